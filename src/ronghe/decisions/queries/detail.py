"""One matter ready to print: its steps, results of meetings, stops, exceptions, assignments. A constant number of queries."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from ronghe.common import registry
from ronghe.common.calendar import today
from ronghe.common.own_fields import list_filled
from ronghe.decisions import permissions
from ronghe.decisions.models import Assignment, Matter, Outcome, Step, Stop
from ronghe.decisions.queries.matters import label_step
from ronghe.decisions.rules import (
    NEVER_EXCEPTED,
    SamePeople,
    Sitting,
    count_base,
    count_voters,
    find_bar_to_excepting,
    find_bar_to_reconsidering,
    find_bar_to_resuming,
    find_same_people,
)
from ronghe.documents.models import Document
from ronghe.meetings.models import Assignment as MeetingAssignment
from ronghe.meetings.models import Item, Urgent
from ronghe.org.standing import standing_of

STEP_TONES = {"waiting": "", "open": "blue", "done": "green", "excepted": "yellow", "urgent": "red", "void": ""}


@dataclass(frozen=True)
class StepLine:
    pk: int
    kind: str
    label: str
    state: str
    word: str
    tone: str
    owner: str
    opened: str
    due: str
    done: str
    note: str
    late: bool
    ready: bool
    filled: list[tuple[str, str]]
    files: list[tuple[str, str]]
    may_reassign: bool


@dataclass(frozen=True)
class Attendance:
    """One sitting, as it stands beside another."""

    body: str
    name: str
    url: str
    day: str
    members: int
    present: int
    recused: str
    base: int
    voters: int
    needed: str
    agree: int
    oppose: int
    abstain: int
    presider: str
    names: str
    verdict: str
    resolution: str
    because: str
    urgent: bool = False


@dataclass(frozen=True)
class Move:
    """What this reader may do next."""

    url: str
    label: str
    icon: str


@dataclass(frozen=True)
class Detail:
    steps: list[StepLine]
    sittings: list[Attendance]
    same: SamePeople | None
    stops: list[Stop]
    exceptions: list[Matter]
    assignments: list[Any]
    follow: list[Any] = field(default_factory=list)
    agenda: list[Any] = field(default_factory=list)


def load_detail(matter: Matter, user: Any) -> Detail:
    """Return everything of a matter that its page and its print show."""
    steps = list(Step.objects.filter(matter=matter).select_related("owner", "done_by").order_by("place"))
    kind = ContentType.objects.get_for_model(Step)
    files: dict[int, list[tuple[str, str]]] = {}
    for one in Document.objects.filter(object_type=kind, object_id__in=[step.pk for step in steps]):
        files.setdefault(one.object_id, []).append((one.name, reverse("documents:download", args=[one.pk])))
    outcomes = list(Outcome.objects.filter(matter=matter).order_by("id"))
    asked = [row.step_id for row in outcomes if row.urgent]
    urgents = dict(Urgent.objects.filter(origin_type=kind, origin_id__in=asked).values_list("origin_id", "pk")) if asked else {}
    records = [(outcome, outcome.read_sitting()) for outcome in outcomes]
    may_assign = permissions.may_reassign(user, matter) and matter.state == Matter.State.RUNNING
    me = standing_of(user).person_id
    assignments = list(Assignment.objects.filter(matter=matter).select_related("owner"))
    for row in assignments:
        row.may = matter.state == Matter.State.RUNNING and row.done_on is None and me in (row.owner_id, matter.owner_id)  # type: ignore[attr-defined]
        row.late = row.done_on is None and row.due < today()  # type: ignore[attr-defined]
    stops = Stop.objects.filter(matter=matter).select_related("step", "stopped_by", "target", "cured_by", "reconsidered_by", "resumed_by")
    return Detail(
        [describe_step(step, matter, files.get(step.pk, []), may_assign=may_assign) for step in steps],
        [describe_outcome(outcome, sitting, urgents.get(outcome.step_id)) for outcome, sitting in records],
        find_repetition([sitting for _outcome, sitting in records if sitting is not None]),
        list(stops),
        list(Matter.objects.visible_to(user).filter(excepts__in=steps).select_related("excepts", "owner")),
        assignments,
        list(MeetingAssignment.objects.filter(item_id__in=[row.item for row in outcomes if row.item]).select_related("owner")),
        list_agenda(kind, steps),
    )


def list_agenda(kind: ContentType, steps: list[Step]) -> list[Item]:
    """Return where steps wait for a meeting or are under discussion there. One query, none where no step waits for one."""
    waits = [step.pk for step in steps if step.is_meeting and step.state in (Step.State.OPEN, Step.State.URGENT)]
    if not waits:
        return []
    live = Item.objects.filter(origin_type=kind, origin_id__in=waits, state__in=("waiting", "listed", "open", "voting"))
    return list(live.select_related("meeting"))


def describe_step(step: Step, matter: Matter, files: list[tuple[str, str]], *, may_assign: bool) -> StepLine:
    done = f"{step.done_on} {step.done_by.name}" if step.done_on and step.done_by else ""
    live = step.state == Step.State.OPEN
    word = str(step.get_state_display())
    if step.state == Step.State.EXCEPTED and step.note.startswith("紧急决定"):
        word = "紧急决定越过"
    if live and step.is_meeting:
        word = "待上会" if step.prepared_on else "备上会材料"
    if live and matter.state == Matter.State.STOPPED:
        word = "已叫停"
    return StepLine(
        step.pk,
        step.kind,
        label_step(step, matter),
        step.state,
        word,
        "red" if live and matter.state == Matter.State.STOPPED else STEP_TONES[step.state],
        step.owner.name,
        str(step.opened_on or ""),
        str(step.due or ""),
        done,
        step.note,
        bool(live and step.due and step.due < today()),
        step.prepared_on is not None,
        list_filled(matter.edition.list_fields(step.form), step.values),
        files,
        may_assign and step.state in (Step.State.OPEN, Step.State.WAITING) and not matter.is_exception,
    )


def describe_outcome(outcome: Outcome, sitting: Sitting | None, urgent: int | None = None) -> Attendance:
    """Return a result with its quorum, side by side with others."""
    body = str(outcome.get_body_display())
    url = registry.find_link("meetings.meeting", outcome.meeting)
    verdict = "通过" if outcome.passed else "未通过"
    if sitting is None:
        return Attendance(
            body, outcome.name, registry.find_link("meetings.urgent", urgent), str(outcome.held_on), 0, 0, "", 0, 0, "", 0, 0, 0, "", "", "紧急决定", outcome.resolution,
            outcome.because, urgent=True,
        )  # fmt: skip
    names = sitting.names
    return Attendance(
        body,
        sitting.name,
        url,
        str(sitting.held_on),
        len(sitting.members),
        len(set(sitting.members) & set(sitting.present)),
        "、".join(names.get(pk, str(pk)) for pk in sitting.recused),
        count_base(sitting),
        count_voters(sitting),
        str(max(sitting.needed, count_base(sitting) // 2 + 1)),
        sitting.agree,
        sitting.oppose,
        sitting.abstain,
        sitting.presider,
        "、".join(names.get(pk, str(pk)) for pk in sitting.present),
        verdict,
        outcome.resolution,
        outcome.because,
    )


def find_repetition(sittings: list[Sitting]) -> SamePeople | None:
    """Return who sat in both bodies on one matter, where they were the same people. The minutes stay two."""
    first = next((one for one in sittings if one.body == "branch"), None)
    second = next((one for one in sittings if one.body == "leaders"), None)
    if first is None or second is None:
        return None
    return find_same_people(first.present, second.present, {**first.names, **second.names}, same_day=first.held_on == second.held_on)


def list_moves(matter: Matter, user: Any, steps: list[StepLine], stops: list[Stop]) -> tuple[Move | None, list[Move]]:
    """Return what this reader should do next, and what else may be done."""
    me = standing_of(user).person_id
    main: Move | None = None
    others: list[Move] = []
    step = next((line for line in steps if line.state == "open"), None)
    stop = next((one for one in stops if one.state in ("stopped", "cured", "reconsidered")), None)

    def way(name: str, label: str, *args: int, icon: str) -> Move:
        return Move(reverse(f"decisions:{name}", args=args or (matter.pk,)), label, icon)

    if stop is not None:
        curer = stop.cured_by_id
        if stop.state == "stopped" and me in (matter.owner_id, stop.target_id):
            main = way("cure", "报告纠正情况", matter.pk, stop.pk, icon="tool")
        if stop.state == "cured" and permissions.may_stop(user, matter):
            bar = find_bar_to_reconsidering(me or 0, owner=matter.owner_id, target=stop.target_id, curer=curer)
            if not bar:
                main = way("reconsider", "复议", matter.pk, stop.pk, icon="scale")
        if stop.state == "reconsidered" and permissions.may_resume(user, matter):
            bar = find_bar_to_resuming(
                me or 0, owner=matter.owner_id, target=stop.target_id, curer=curer, stopper=stop.stopped_by_id
            )  # fmt: skip
            if not bar:
                main = way("resume", "恢复办理", matter.pk, stop.pk, icon="player-play")
    elif step is not None and matter.state == Matter.State.RUNNING:
        row = Step.objects.get(pk=step.pk)
        if step.kind == "approve":
            target = matter.excepts
            asked = matter.registered_by_id
            if target is not None and permissions.may_except(user, target.matter):
                bar = find_bar_to_excepting(me or 0, asker=asked, owner=target.matter.owner_id, step_owner=target.owner_id)
                main = None if bar else way("except", "批准或不批准例外", icon="gavel")
        elif row.owner_id == me:
            label = "修改上会材料" if step.ready else f"办理“{step.label}”"
            main = way("step", label, matter.pk, step.pk, icon="edit")
        if step.kind == "execute" and me == matter.owner_id:
            others.append(way("assign", "分派落实", icon="user-plus"))
        row.matter = matter
        if step.kind not in NEVER_EXCEPTED and permissions.may_ask_exception(user, row):
            others.append(way("ask-exception", "申请例外", matter.pk, step.pk, icon="route-off"))
        decided = any(line.kind == "decide" and line.state in ("done", "urgent") for line in steps)
        if not decided and not matter.is_exception and permissions.may_decide_urgently(user, matter):
            others.append(way("urgent", "紧急决定", icon="urgent"))
    if matter.state == Matter.State.RUNNING and permissions.may_stop(user, matter):
        others.append(way("stop", "警示叫停", icon="hand-stop"))
    decided = any(line.kind == "decide" and line.state in ("done", "urgent") for line in steps)
    if matter.is_live and not decided and permissions.may_withdraw(user, matter):
        others.append(way("withdraw", "撤回", icon="arrow-back-up"))
    if matter.split_state == "flagged" and permissions.may_judge_split(user, matter):
        others.append(way("split", "核实拆分", icon="zoom-question"))
    return main, others


def describe_wait(matter: Matter, steps: list[StepLine]) -> str:
    """Return what the matter waits for, for those who have no step."""
    step = next((line for line in steps if line.state == "open"), None)
    if not matter.is_live or step is None:
        return ""
    if matter.state == Matter.State.STOPPED:
        return f"已叫停,等 {matter.holder.name if matter.holder else ''} 在 {matter.step_due} 前办理。"
    if step.ready:
        return f"“{step.label}”材料已备齐,等上会;会议结果由会议记录带入。"
    return f"等 {step.owner} 在 {step.due} 前办理“{step.label}”。"
