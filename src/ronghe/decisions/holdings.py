"""What a person holds here: live matters, steps that wait for them, stops to judge or resume, what they carry out."""

from typing import Any

from django.urls import reverse

from ronghe.audit.actions import record
from ronghe.common.actions import lock_row
from ronghe.common.registry import Held
from ronghe.decisions.actions.steps import expect_assignment, give_step, lock_matter, lock_step, name_step
from ronghe.decisions.actions.stops import give_stop
from ronghe.decisions.models import Assignment, Matter, Step, Stop
from ronghe.decisions.rules import LIVE
from ronghe.org.models import Person
from ronghe.worklist.actions import settle_tasks

LABELS = ("decisions.matter", "decisions.step", "decisions.stop", "decisions.assignment")


def list_held(person_id: int) -> list[Held]:
    """Return what somebody holds in 议事决策. Four queries."""

    def page(matter_id: int) -> str:
        return reverse("decisions:matter", args=[matter_id])

    held = []
    for matter in Matter.objects.filter(owner_id=person_id, state__in=LIVE).order_by("pk"):
        held.append(Held(f"matter:{matter.pk}", "决策事项责任", str(matter), page(matter.pk)))
    steps = Step.objects.filter(owner_id=person_id, state__in=("open", "waiting"), matter__state__in=LIVE)
    for step in steps.select_related("matter__edition").order_by("matter_id", "place"):
        held.append(Held(f"step:{step.pk}", "决策步骤", f"{name_step(step)}:{step.matter.title}", page(step.matter_id)))
    stops = Stop.objects.filter(matter__holder_id=person_id, matter__state="stopped", state__in=("cured", "reconsidered"))
    for stop in stops.select_related("matter").order_by("pk"):
        held.append(Held(f"stop:{stop.pk}", "叫停复议、恢复", stop.matter.title, page(stop.matter_id)))
    rows = Assignment.objects.filter(owner_id=person_id, done_on=None, matter__state__in=LIVE).order_by("pk")
    held += [Held(f"assignment:{row.pk}", "决议执行", row.text, page(row.matter_id)) for row in rows]
    return held


def hand_over(key: str, giver: Person, to: Person, by: Any, note: str) -> str:
    """Pass one of these on; returns why it can't. Part of the caller's action, which has asked whether it may."""
    role, _colon, pk = key.partition(":")
    if role == "matter":
        return hand_matter(int(pk), giver, to, by, note)
    if role == "step":
        return hand_step(int(pk), giver, to, by, note)
    if role == "stop":
        return give_stop(Stop.objects.select_related("matter").get(pk=int(pk)), giver, to, by=by, note=note)
    return hand_assignment(int(pk), giver, to, by, note)


def hand_matter(pk: int, giver: Person, to: Person, by: Any, note: str) -> str:
    matter = lock_matter(Matter(pk=pk))
    if not matter.is_live or matter.owner_id != giver.pk:
        return "已办结或已改派"
    stop = matter.stops.exclude(state__in=("resumed", "ended")).first()
    if stop is not None and to.pk in (stop.stopped_by_id, stop.reconsidered_by_id):
        return "接收人叫停或复议过这个事项,不能作责任人"
    matter.owner = to
    matter.save()
    if stop is not None and stop.state == Stop.State.STOPPED:
        give_stop(stop, giver, to, by=by, note=note)
    record(by=by, verb="移交决策事项", obj=matter, area_id=matter.area_id, note=note, changes={"owner": [giver.name, to.name]})
    return ""


def hand_step(pk: int, giver: Person, to: Person, by: Any, note: str) -> str:
    matter, step = lock_step(Step.objects.select_related("matter").get(pk=pk))
    if not matter.is_live or step.owner_id != giver.pk or step.state not in (Step.State.OPEN, Step.State.WAITING):
        return "已办完或已改派"
    if step.kind == "approve":
        return "例外的批准不能移交,由另一名有权批准的人办理"
    if step.kind == "opinion" and to.pk == matter.registered_by_id:
        return "申请人不能对自己的例外出具意见"
    give_step(matter, step, to)
    record(
        by=by, verb="移交决策步骤", obj=matter, area_id=matter.area_id, note=note, changes={name_step(step): [giver.name, to.name]}
    )  # fmt: skip
    return ""


def hand_assignment(pk: int, giver: Person, to: Person, by: Any, note: str) -> str:
    row = Assignment.objects.select_related("matter").get(pk=pk)
    matter = lock_matter(row.matter)
    row = lock_row(row)
    row.matter = matter
    if row.done_on is not None or row.owner_id != giver.pk or not matter.is_live:
        return "已办结或已改派"
    settle_tasks(row, result=f"移交 {to.name}", dropped=True)
    row.owner = to
    row.save()
    if matter.state == Matter.State.RUNNING:
        expect_assignment(row)
    record(by=by, verb="移交落实事项", obj=matter, area_id=matter.area_id, note=note, changes={row.text[:60]: [giver.name, to.name]})
    return ""
