"""What a person holds in 措施, and how it is handed over."""

from typing import Any

from ronghe.audit.actions import record
from ronghe.coaching.actions.measures import pass_measure
from ronghe.coaching.actions.steps import DECIDE, PAIR, expect, path_of, settle
from ronghe.coaching.models import Measure, PairTask, Proposal
from ronghe.coaching.permissions import may_decide_on
from ronghe.common.actions import lock_row
from ronghe.common.links import link_to
from ronghe.common.registry import Held
from ronghe.org.models import Person
from ronghe.rectification.queries import list_takers

LABELS = ("coaching.measure", "coaching.proposal", "coaching.pairtask", "coaching.followup")


def list_held(person_id: int) -> list[Held]:
    """Return what somebody is to decide, carry out or do here."""
    held = []
    for proposal in Proposal.objects.filter(owner_id=person_id, state="open").select_related("kind", "unit", "person").order_by("pk"):
        held.append(Held(f"proposal:{proposal.pk}", "措施建议", str(proposal), link_to("coaching:proposal", proposal.pk)))
    for measure in Measure.objects.live().filter(owner_id=person_id).select_related("kind", "unit", "person").order_by("pk"):
        held.append(Held(f"measure:{measure.pk}", "措施", str(measure), link_to("coaching:measure", measure.pk)))
    for task in PairTask.objects.filter(owner_id=person_id, done_on=None).order_by("pk"):
        held.append(Held(f"task:{task.pk}", "结对任务", str(task), link_to("coaching:pair", task.pair_id)))
    return held


def hand_over(key: str, giver: Person, to: Person, by: Any, note: str) -> str:
    """Pass one of these on; returns why it can't. Part of the caller's action, which has asked whether it may."""
    role, _colon, pk = key.partition(":")
    if role == "task":
        task = lock_row(PairTask(pk=int(pk)))
        bar = find_bar(task.area_id, to, gone=task.done_on is not None or task.owner_id != giver.pk)
        if not bar:
            settle(task, PAIR, dropped=True)
            task.owner = to
            task.save()
            expect(task, PAIR, [to], f"结对任务:{task.text}", due=task.due, area_id=task.area_id, path=path_of(task.pair))
            record(by=by, verb="移交结对任务", obj=task.pair, area_id=task.area_id, note=note, changes={"owner": [giver.name, to.name]})
        return bar
    if role == "proposal":
        proposal = lock_row(Proposal(pk=int(pk)))
        bar = find_bar(proposal.area_id, to, gone=proposal.state != "open" or proposal.owner_id != giver.pk, subject=proposal.person_id)
        if not bar and (to.user is None or not may_decide_on(to.user, proposal.kind, proposal.unit)):
            bar = "对方的岗位不能决定这种措施"
        if not bar:
            settle(proposal, DECIDE, dropped=True)
            proposal.owner = to
            proposal.save()
            expect(proposal, DECIDE, [to], f"{proposal.kind.name}:系统建议,请研究", due=proposal.due, area_id=proposal.area_id)
            record(by=by, verb="移交措施建议", obj=proposal, area_id=proposal.area_id, note=note, changes={"owner": [giver.name, to.name]})
        return bar
    measure = lock_row(Measure(pk=int(pk)))
    bar = find_bar(measure.area_id, to, gone=not measure.is_live or measure.owner_id != giver.pk, subject=measure.person_id)
    if not bar and measure.state == Measure.State.CONFIRMING:
        bar = "谈话记录正待双方确认,确认后再移交"
    if not bar:
        pass_measure(measure, to)
        record(by=by, verb="移交措施", obj=measure, area_id=measure.area_id, note=note, changes={"owner": [giver.name, to.name]})
    return bar


def find_bar(area_id: int, to: Person, *, gone: bool, subject: int | None = None) -> str:
    if gone:
        return "已办结或已换人"
    if subject == to.pk:
        return "不能交给措施的对象本人"
    return "" if list_takers(area_id).filter(pk=to.pk).exists() else "对方在本管理区没有在任岗位或没有账号"
