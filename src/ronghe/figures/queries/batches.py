"""Reads over batches: the list, the page of one with each figure beside what it can be judged by, search."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ronghe.audit.queries import format_time
from ronghe.common.badges import count_badge
from ronghe.common.registry import Hit, Prefill, find_link, find_prefills
from ronghe.common.rows import Chip, Head, Link
from ronghe.figures.models import Adjustment, Batch, Figure
from ronghe.figures.rules import Cell, find_change, is_implausible, previous_month, print_change, print_figure
from ronghe.goals.models import Target
from ronghe.org.standing import standing_of

LARGE_CHANGE = 50
STATE_COLOURS = {Batch.State.SUBMITTED: "blue", Batch.State.RETURNED: "red", Batch.State.CONFIRMED: "green"}
HEADS = (
    Head(lazy("批次号")),
    Head(lazy("月份")),
    Head(lazy("填报单位")),
    Head(lazy("数值"), "num"),
    Head(lazy("来源")),
    Head(lazy("填报人")),
    Head(lazy("提交时间"), "text-nowrap"),
    Head(lazy("状态")),
)


@dataclass(frozen=True)
class FigureLine:
    """One figure of a batch, ready to print."""

    unit: str
    indicator: str
    measure: str
    actual: str
    last: str
    change: str
    target: str
    before: str
    remarks: tuple[str, ...]
    is_doubtful: bool
    note: str
    place: str
    in_force: bool


def list_batches(user: Any) -> QuerySet[Batch]:
    """Return the batches that the user may read, with what the list prints. One query for any number of rows."""
    return Batch.objects.visible_to(user).select_related("unit", "period", "author__person", "replaces").order_by("-id")


def build_lines(batches: list[Batch]) -> list[tuple[Any, ...]]:
    """Return the cells of a list of batches (HEADS). One query."""
    counted = Figure.objects.filter(batch__in=[row.pk for row in batches], actual__isnull=False).order_by().values("batch")
    sizes = dict(counted.annotate(size=Count("pk")).values_list("batch", "size"))
    return [
        (
            Link(
                find_link("figures.batch", row.pk),
                row.number,
                _("更正 %(number)s") % {"number": row.replaces.number} if row.replaces else "",
            ),
            str(row.period),
            row.unit.name,
            sizes.get(row.pk, 0),
            row.get_source_display(),
            row.author.person.name,
            format_time(row.submitted_at) if row.submitted_at else "",
            Chip(row.get_state_display(), STATE_COLOURS.get(row.state, "")),
        )
        for row in batches
    ]


def describe_figures(batch: Batch, user: Any) -> list[FigureLine]:
    """Return what the user may read of a batch, beside last month, target, what it replaces, and what is unusual or
    not what the product's own records say. Five queries, and those of the records.
    """
    shown = Figure.objects.visible_to(user).filter(batch=batch)
    figures = list(shown.select_related("unit", "indicator").order_by("unit__order", "unit__code", "indicator__order"))
    area, period = batch.area_id, batch.period.period
    last = map_values(Figure.objects.filter(area_id=area, period=previous_month(period), in_force=True), "actual")
    targets = map_values(Target.objects.filter(area_id=area, period=period), "value")
    before = map_values(Figure.objects.filter(batch_id=batch.replaces_id), "actual") if batch.replaces_id else {}
    granted = {
        (row.unit_id, row.indicator_id): row
        for row in Adjustment.objects.filter(area_id=area, period=period, state__in=[Adjustment.State.ASKED, Adjustment.State.APPROVED])
    }
    recorded = find_prefills(area, period, {row.indicator_id: row.indicator for row in figures}.values())
    return [describe_figure(row, last, targets, before, granted, recorded) for row in figures]


def map_values(rows: Any, name: str) -> dict[Cell, Decimal | None]:
    """Return (unit, indicator) → value. One query."""
    return {(u, i): value for u, i, value in rows.values_list("unit_id", "indicator_id", name)}


def describe_figure(
    row: Figure,
    last: dict[Cell, Decimal | None],
    targets: dict[Cell, Decimal | None],
    before: dict[Cell, Decimal | None],
    granted: dict[Cell, Adjustment],
    recorded: dict[Cell, Prefill],
) -> FigureLine:
    cell, indicator = (row.unit_id, row.indicator_id), row.indicator
    change = find_change(row.actual, last.get(cell))
    remarks = []
    outside = is_implausible(row.actual, indicator.plausible_low, indicator.plausible_high)
    if outside:
        remarks.append(_("超出常见范围"))
    jumps = change is not None and abs(change) >= LARGE_CHANGE
    if jumps:
        remarks.append(_("较上月变化大"))
    if row.target is not None and row.target != targets.get(cell):
        remarks.append(_("随表目标 %(target)s,确认后生效") % {"target": print_figure(row.target)})
    adjustment = granted.get(cell)
    if adjustment is not None:
        remarks.append(f"{adjustment.get_kind_display()}{adjustment.get_state_display()}")
    record = recorded.get(cell)
    differs = record is not None and row.actual is not None and row.actual != record.value
    if record is not None and differs:
        remarks.append(_("与记录不符:%(note)s(%(value)s)") % {"note": record.note, "value": print_figure(record.value)})
    old = before.get(cell)
    return FigureLine(
        unit=row.unit.name,
        indicator=indicator.name,
        measure=indicator.unit_text,
        actual=print_figure(row.actual) or "—",
        last=print_figure(last.get(cell)) or "—",
        change=print_change(change) or "—",
        target=print_figure(targets.get(cell)) or "—",
        before=print_figure(old) if cell in before and old != row.actual else "",
        remarks=tuple(remarks),
        is_doubtful=outside or jumps or differs,
        note=row.note,
        place=row.place,
        in_force=row.in_force,
    )


def count_waiting(user: Any) -> int:
    """Return how many batches wait for the user's review (menu)."""
    return count_badge(user, "review")


def list_waiting(user: Any) -> QuerySet[Batch] | None:
    """Return the batches that wait for the user's review (counted beside the menu line)."""
    areas = standing_of(user).areas_of("reviewer")
    return Batch.objects.filter(area_id__in=areas, state=Batch.State.SUBMITTED) if areas else None


def search_batches(user: Any, query: str, limit: int) -> list[Hit]:
    """Find batches by number or unit among those the user may see."""
    rows = (
        Batch.objects.visible_to(user).filter(Q(number__icontains=query) | Q(unit__name__icontains=query)).select_related("unit", "period")
    )
    return [
        Hit("批次", row.number, f"{row.unit} {row.period} {row.get_state_display()}", find_link("figures.batch", row.pk))
        for row in rows[:limit]
    ]
