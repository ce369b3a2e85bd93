"""异议: the list, the chips on a unit's page, and the way of one from its question to its end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.assessment import kernel
from ronghe.assessment.models import OBJECTORS, PREVIEWERS, Objection, ObjectionQuerySet, Result, Run
from ronghe.assessment.queries.marks import list_marks
from ronghe.assessment.queries.runs import name_of, write_figures, write_mark
from ronghe.assessment.rules import compare_marks, describe_month
from ronghe.common.calendar import today
from ronghe.common.lights import Light, light_for
from ronghe.common.registry import Hit, find_link
from ronghe.figures.models import Adjustment, Batch
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of

TONES = {"asked": "yellow", "upheld": "blue", "cured": "blue", "rerun": "blue", "corrected": "green", "rejected": "", "withdrawn": ""}
CHIPS = {"corrected": "已更正", "rejected": "异议不成立"}
NAMES = ("unit", "run__scheme", "mark", "asked_by__person", "answered_by__person", "batch", "adjustment", "new_run__scheme")
STUCK = (Batch.State.DRAFT, Batch.State.RETURNED, Batch.State.DROPPED)


@dataclass(frozen=True)
class ObjectionChip:
    """An objection beside its mark; `url` is empty for who may not read it."""

    word: str
    tone: str
    url: str
    is_open: bool


@dataclass(frozen=True)
class ObjectionLine:
    """One objection, ready to print in the list."""

    url: str
    number: str
    what: str
    unit: str
    month: str
    state: str
    tone: str
    light: str
    word: str
    note: str
    asked: str
    answered: str


@dataclass(frozen=True)
class Step:
    """One step on the way of an objection. `state`: done, now, ahead, late."""

    label: str
    note: str
    state: str
    url: str = ""

    @property
    def light(self) -> str:
        return {"done": "done", "now": "yellow", "late": "red"}.get(self.state, "")


@dataclass(frozen=True)
class MarkColumn:
    """The mark in one run, for the comparison old beside new."""

    label: str
    mark: str
    figures: str
    because: str
    total: str
    place: str
    url: str


def speaks_for_unit(user: Any, unit_id: int) -> bool:
    return standing_of(user).holds(OBJECTORS, unit_id=unit_id)


def is_stuck(row: Objection) -> bool:
    """Tell whether an upheld objection waits for whoever answered, because its correction was not taken."""
    if row.state != Objection.State.UPHELD:
        return False
    if row.batch is not None:
        return row.batch.state in STUCK
    return row.adjustment is not None and row.adjustment.state == Adjustment.State.DECLINED


def find_objections(run: Run, unit: Unit, user: Any) -> dict[str, list[ObjectionChip]]:
    """Return indicator → the objections to a unit's marks in a run, and those that this run answers. One query."""
    reads = bool(standing_of(user).areas_of(PREVIEWERS) & {run.area_id}) or speaks_for_unit(user, unit.pk)
    rows = Objection.objects.filter(Q(run=run) | Q(new_run=run), unit=unit).exclude(state=Objection.State.WITHDRAWN).order_by("id")
    found: dict[str, list[ObjectionChip]] = {}
    for row in rows:
        url = reverse("assessment:objection", args=[row.pk]) if reads else ""
        word = CHIPS.get(row.state, _("异议中"))
        if row.new_run_id == run.pk and row.state == Objection.State.CORRECTED:
            word = _("因异议更正")
        found.setdefault(row.indicator, []).append(ObjectionChip(word, TONES[row.state], url, row.is_open))
    return found


def read_light(row: Objection, day: date) -> Light:
    return light_for(row.due, day, done=not row.is_open)


def local_day(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d") if moment else ""


def describe_objection(row: Objection, day: date) -> ObjectionLine:
    """Return an objection ready to print; wants select_related(unit, run, asked_by__person, answered_by__person)."""
    light = read_light(row, day)
    return ObjectionLine(
        reverse("assessment:objection", args=[row.pk]),
        row.number,
        row.indicator_name,
        row.unit.name,
        describe_month(row.run.period),
        row.get_state_display(),
        TONES[row.state],
        light.state,
        light.word,
        light.note if row.is_open else local_day(row.ended_at),
        f"{name_of(row.asked_by)} {local_day(row.asked_at)}",
        name_of(row.answered_by) if row.answered_by_id else "",
    )


def filter_objections(rows: ObjectionQuerySet, chosen: dict[str, Any]) -> ObjectionQuerySet:
    """Keep what the list's filters ask for; without a state: what is not ended, the most pressing first."""
    if chosen.get("period"):
        rows = rows.filter(run__period=chosen["period"])
    if chosen.get("unit"):
        rows = rows.filter(unit_id=chosen["unit"])
    state = chosen.get("state", "")
    if state == "late":
        return rows.filter(state=Objection.State.ASKED, due__lt=today()).order_by("due", "id")
    if state in Objection.State.values:
        return rows.filter(state=state)
    return rows if state == "all" else rows.open().order_by("due", "id")


def list_choices(rows: ObjectionQuerySet) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the months and the units that have objections. Two queries."""
    periods = list(rows.order_by("-run__period").values_list("run__period", flat=True).distinct())
    units = rows.order_by("unit__order", "unit__code").values_list("unit_id", "unit__name").distinct()
    return periods, [(str(pk), name) for pk, name in units]


def search_objections(user: Any, query: str, limit: int) -> list[Hit]:
    """Find objections by number, indicator or unit among those that the user may read."""
    text = query.strip()
    wanted = Q(number__icontains=text) | Q(indicator_name__icontains=text) | Q(unit__name__icontains=text)
    rows = Objection.objects.visible_to(user).filter(wanted).select_related("unit")[:limit]
    return [
        Hit(
            "异议",
            f"{row.number} {row.indicator_name}",
            f"{row.unit.name} · {row.get_state_display()}",
            find_link(row._meta.label_lower, row.pk),
        )
        for row in rows
    ]


def list_steps(row: Objection, day: date) -> list[Step]:
    """Return the way of an objection: what is done, what is next by when, what lies ahead."""
    asked = Step(_("提出"), f"{name_of(row.asked_by)} {local_day(row.asked_at)}", "done")
    if row.state == Objection.State.WITHDRAWN:
        return [asked, Step(_("撤回"), local_day(row.ended_at), "done")]
    if row.state == Objection.State.ASKED:
        late = row.due is not None and row.due < day
        gone_up = _(",已报上级") if row.escalated_on else ""
        now = Step(_("答复"), _("%(due)s 前%(up)s") % {"due": row.due, "up": gone_up}, "late" if late else "now")
        return [asked, now]
    verdict = _("不成立") if row.state == Objection.State.REJECTED else _("成立")
    answered = Step(_("答复:%(verdict)s") % {"verdict": verdict}, f"{name_of(row.answered_by)} {local_day(row.answered_at)}", "done")
    if row.state == Objection.State.REJECTED:
        return [asked, answered]
    order = [Objection.State.UPHELD, Objection.State.CURED, Objection.State.RERUN, Objection.State.CORRECTED]
    at = order.index(Objection.State(row.state))
    steps = [asked, answered]
    for place, (label, note, url) in enumerate(describe_ahead(row)):
        if place < at:
            steps.append(Step(label, note, "done", url))
        elif place == at:
            late = row.due is not None and row.due < day
            steps.append(Step(label, note or _("%(due)s 前") % {"due": row.due}, "late" if late else "now", url))
        else:
            steps.append(Step(label, "", "ahead"))
    return steps


def describe_ahead(row: Objection) -> Iterable[tuple[str, str, str]]:
    """Return (label, note, address) of the three steps that follow an objection that holds."""
    if row.adjustment is not None:
        what, url = _("批准%(kind)s") % {"kind": row.adjustment.get_kind_display()}, find_link("figures.adjustment", row.adjustment_id)
        note = row.adjustment.get_state_display()
    else:
        what, url = _("更正批次确认"), find_link("figures.batch", row.batch_id)
        note = f"{row.batch.number} {row.batch.get_state_display()}" if row.batch else ""
    yield what, note + (f" {local_day(row.cured_at)}" if row.cured_at else ""), url
    run = row.new_run
    run_url = reverse("assessment:run", args=[run.pk]) if run else ""
    yield _("重新计分"), f"{run} {local_day(run.created_at)}" if run else "", run_url
    yield _("公示新结果"), local_day(run.published_at) if run else "", run_url


def compare_marks_of(row: Objection) -> tuple[list[MarkColumn], str]:
    """Return the objected mark and, once there is one, the new mark beside it, and how it moved. Two queries."""
    runs = [row.run] + ([row.new_run] if row.new_run is not None else [])
    marks = {mark.run_id: mark for mark in list_marks(runs, units=[row.unit_id], indicators=[row.indicator])}
    results = {one.run_id: one for one in Result.objects.filter(run__in=runs, unit_id=row.unit_id)}
    labels = [_("被异议的得分"), _("更正后的得分")]
    columns = []
    for label, run in zip(labels, runs, strict=False):
        digits = kernel.scheme_of(run.scheme).digits
        mark, result = marks.get(run.pk), results.get(run.pk)
        columns.append(
            MarkColumn(
                label=label,
                mark=write_mark(mark, digits),
                figures=write_figures(mark),
                because=mark.because if mark else "",
                total=kernel.fixed(result.total, digits) if result else "",
                place=f"{result.place} / {result.peers}" if result and result.place else "",
                url=reverse("assessment:station", args=[row.unit_id]) + f"?run={run.pk}#mark-{row.indicator}",
            )
        )
    if row.new_run is None:
        return columns, ""
    old, new = marks.get(row.run_id), marks.get(row.new_run.pk)
    moved = compare_marks(new.mark if new else None, old.mark if old else None, kernel.scheme_of(row.new_run.scheme).digits)
    return columns, f"{moved.arrow} {moved.word}".strip()
