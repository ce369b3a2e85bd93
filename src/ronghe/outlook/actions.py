"""Computing an area's 进度与预测: set-based, idempotent; what has not changed is not computed again."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import action
from ronghe.common.calendar import now, today
from ronghe.figures.models import Adjustment, Batch, Figure
from ronghe.figures.rules import month_of
from ronghe.goals.actions.follow import follow_area
from ronghe.goals.models import Indicator, Target
from ronghe.org.models import Unit
from ronghe.outlook.models import Outlook, Refresh
from ronghe.outlook.permissions import may_refresh
from ronghe.outlook.rules import GREEN_MISS, HISTORY_MONTHS, YELLOW_MISS, YearTarget, digest_inputs, sum_target

PLACES = Decimal("0.000001")
BATCH = 500
WRITTEN = (
    "kind", "method", "estimate", "low", "high", "error", "so_far", "target", "target_so_far", "target_months", "required", "year_gone",
    "against_time", "months_left", "months_missing", "light", "digest", "computed_at",
)  # fmt: skip
Cell = tuple[int, int]


@dataclass
class Material:
    """What an area's rows are computed from."""

    period: str
    indicators: dict[int, Indicator]
    figures: dict[Cell, list[tuple[str, Decimal | None]]] = field(default_factory=dict)
    targets: dict[Cell, dict[str, Decimal]] = field(default_factory=dict)


def find_period(area_id: int) -> str | None:
    """Return the newest month with confirmed figures that is not ahead. One query."""
    rows = Figure.objects.filter(area_id=area_id, in_force=True, actual__isnull=False, period__lte=month_of(today()))
    newest: str | None = rows.aggregate(newest=Max("period"))["newest"]
    return newest


def load_material(area_id: int, period: str) -> Material:
    """Return the figures in force of the last years and the year's targets with approved adjustments. Four queries."""
    kinds = (Indicator.Kind.QUANTITY, Indicator.Kind.COUNT)
    found = Material(period, {row.pk: row for row in Indicator.objects.filter(area_id=area_id, kind__in=kinds)})
    year = period[:4]
    planned = Target.objects.filter(area_id=area_id, period__startswith=f"{year}-", value__isnull=False, indicator__kind__in=kinds)
    for unit, indicator, month, value in planned.values_list("unit_id", "indicator_id", "period", "value"):
        found.targets.setdefault((unit, indicator), {})[month] = Decimal(value or 0)
    adjusted = Adjustment.objects.filter(
        area_id=area_id, period__startswith=f"{year}-", kind=Adjustment.Kind.TARGET, state=Adjustment.State.APPROVED, target__isnull=False
    )
    for unit, indicator, month, value in adjusted.values_list("unit_id", "indicator_id", "period", "target"):
        if (unit, indicator) in found.targets:
            found.targets[unit, indicator][month] = Decimal(value or 0)
    first = f"{int(year) - HISTORY_MONTHS // 12:04d}-01"
    indicators = {indicator for _unit, indicator in found.targets}
    rows = Figure.objects.filter(area_id=area_id, in_force=True, period__gte=first, period__lte=period, indicator_id__in=indicators)
    for unit, indicator, month, actual in rows.order_by("period").values_list("unit_id", "indicator_id", "period", "actual"):
        if (unit, indicator) in found.targets:
            found.figures.setdefault((unit, indicator), []).append((month, actual))
    return found


@action
def refresh_area(area: Unit, *, by: Any = None) -> int:
    """Compute what has changed of an area's newest month. Returns how many rows were written; run twice it writes none."""
    if by is not None:
        require(may_refresh, by, area)
    Refresh.objects.update_or_create(area=area, defaults={"waits": False, "done_at": now()})
    period = find_period(area.pk)
    if period is None:
        return 0
    material = load_material(area.pk, period)
    known = dict(Outlook.objects.filter(area=area, period=period).values_list("pk", "digest"))
    cells = {
        (unit, indicator): pk for pk, unit, indicator in Outlook.objects.filter(pk__in=known).values_list("pk", "unit_id", "indicator_id")
    }
    rows = [row for row in make_rows(area, material, {cell: known[pk] for cell, pk in cells.items()}) if row is not None]
    kept = {cell for cell in material.figures if cell in material.targets}
    # a machine's row for which there is no target or figure any more says nothing
    gone = [pk for cell, pk in cells.items() if cell not in kept]
    Outlook.objects.filter(pk__in=gone).delete()
    Outlook.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["unit", "indicator", "period"], update_fields=WRITTEN
    )
    if rows or gone:
        follow_area(area.pk)
        record(by=by, verb="重算进度与预测", obj=area, area_id=area.pk, note=_("%(month)s,%(n)d 行") % {"month": period, "n": len(rows)})
    return len(rows)


def make_rows(area: Unit, material: Material, known: dict[Cell, str]) -> Iterable[Outlook | None]:
    """Yield the rows whose inputs differ from those that they were computed from."""
    at = now()
    for cell, history in material.figures.items():
        indicator = material.indicators.get(cell[1])
        if indicator is None:
            continue
        is_sum = indicator.rollup == Indicator.Rollup.SUM
        target = sum_target(material.targets[cell], material.period, is_sum=is_sum)
        if target is None or all(actual is None for _month, actual in history):
            continue
        digest = digest_inputs(
            history, sorted(material.targets[cell].items()), indicator.direction, indicator.rollup, indicator.unit_text, 1
        )
        if known.get(cell) != digest:
            yield make_row(area, cell, indicator, material.period, history, target, digest, at)


def make_row(
    area: Unit, cell: Cell, indicator: Indicator, period: str, history: list[tuple[str, Decimal | None]], target: YearTarget, digest: str, at: Any
) -> Outlook:  # fmt: skip
    """Forecast one series."""
    from ronghe.forecast.lights import Thresholds, light_for_forecast  # noqa: PLC0415  (NumPy is loaded only here)
    from ronghe.forecast.series import forecast_series  # noqa: PLC0415

    is_sum = indicator.rollup == Indicator.Rollup.SUM
    is_rate = not is_sum and indicator.unit_text == "%"
    forecast = forecast_series(
        history,
        as_of=period,
        kind="sum" if is_sum else "level",
        plan_shares=target.shares,
        target=target.whole,
        floor=Decimal(0) if is_rate else None,
        ceiling=Decimal(100) if is_rate else None,
    )
    light = None
    if indicator.direction in ("up", "down"):
        light = light_for_forecast(forecast, target.whole, indicator.direction, Thresholds(GREEN_MISS, YELLOW_MISS))  # type: ignore[arg-type]
    numbers: dict[str, Any] = {
        "estimate": forecast.estimate,
        "low": forecast.low,
        "high": forecast.high,
        "error": forecast.backtest_error,
        "so_far": forecast.so_far,
        "target": target.whole,
        "target_so_far": target.so_far,
        "required": forecast.required_rate,
        "against_time": forecast.against_time,
    }
    return Outlook(
        area=area,
        unit_id=cell[0],
        indicator_id=cell[1],
        period=period,
        kind=Outlook.Kind.SUM if is_sum else Outlook.Kind.LEVEL,
        method=forecast.method,
        target_months=target.months,
        year_gone=cut(forecast.year_gone) or Decimal(0),
        months_left=forecast.months_left,
        months_missing=forecast.months_missing,
        light=light or "",
        digest=digest,
        computed_at=at,
        **{name: cut(value) for name, value in numbers.items()},
    )


def cut(value: Decimal | None) -> Decimal | None:
    """Return a number with the decimals that are kept."""
    return None if value is None else value.quantize(PLACES)


def refresh_all(day: date) -> int:
    """The daily tick: every area. Doubled or late it writes nothing more."""
    return sum(refresh_area(area) for area in Unit.objects.filter(kind=Unit.Kind.AREA).without_tree_fields().order_by("pk"))


def follow_decision(row: Any, by: Any) -> None:
    """A batch was confirmed or a target adjusted: have the worker compute the area again, once for any number of them."""
    is_news = isinstance(row, Batch) and row.state == Batch.State.CONFIRMED
    is_news = is_news or (isinstance(row, Adjustment) and row.state == Adjustment.State.APPROVED and row.kind == Adjustment.Kind.TARGET)
    if not is_news:
        return
    Refresh.objects.get_or_create(area_id=row.area_id)
    # locked: a computation under way has either read what is confirmed here, or is over before we ask
    state = Refresh.objects.select_for_update().get(area_id=row.area_id)
    if not state.waits:
        from ronghe.outlook.jobs import refresh  # noqa: PLC0415  (jobs call these actions)

        Refresh.objects.filter(pk=state.pk).update(waits=True)
        refresh.enqueue(area_id=row.area_id)
