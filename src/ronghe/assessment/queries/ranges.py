"""合理范围: how far an indicator of a unit may plausibly go, from what its track has shown in 24 months. Three queries."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Any

from ronghe.assessment import kernel
from ronghe.assessment.models import Mark, Run
from ronghe.assessment.rules import last_months
from ronghe.figures.models import Figure
from ronghe.goals.models import Indicator, Target

if TYPE_CHECKING:
    from ronghe.scoring.candidates import Range

SEEN_MONTHS = 24
RATIOS = ("attainment", "deviation", "difference", "growth")


@dataclass(frozen=True)
class Reach:
    """From where to where a figure may go; `best` is the end that is better, with the month in which the track saw it.

    Where a method looks at a ratio or a difference (完成率 …), what was seen is the ratio, turned into this unit's figure by its own
    target or base: the output of a large station is no range for a small one.
    """

    low: Decimal
    high: Decimal
    best: Decimal
    month: str
    better: str  # up, down, none

    def improving(self, actual: Decimal) -> "Range":
        """Return the part of the range that is no worse than the actual."""
        from ronghe.scoring.candidates import Range  # noqa: PLC0415

        if self.better == Indicator.Direction.UP:
            return Range(actual, max(self.high, actual))
        if self.better == Indicator.Direction.DOWN:
            return Range(min(self.low, actual), actual)
        return Range(min(self.low, actual), max(self.high, actual))


def measure(item: Any, actual: Decimal, target: Decimal | None, base: Decimal | None) -> Decimal | None:
    """Return what was seen as comparable among units: the ratio or difference that the method looks at, else the figure."""
    if item.on not in RATIOS:
        return actual
    against = base if item.on == "growth" else target
    if against is None:
        return None
    if item.on == "difference":
        return actual - against
    if against == 0:
        return None
    return actual / against if item.on == "attainment" else (actual - against) / abs(against)


def place_back(item: Any, seen: Decimal, target: Decimal | None, base: Decimal | None) -> Decimal | None:
    """Return the unit's own figure for a ratio or difference that was seen."""
    if item.on not in RATIOS:
        return seen
    against = base if item.on == "growth" else target
    if against is None:
        return None
    if item.on == "difference":
        return against + seen
    return seen * against if item.on == "attainment" else against + seen * abs(against)


def list_reaches(run: Run, marks: list[Mark], bases: Mapping[str, Decimal | None], indicators: dict[str, Indicator]) -> dict[str, Reach]:
    """Return indicator → range of a unit whose marks of the run these are. Three queries, for any number of months and units."""
    scheme = kernel.scheme_of(run.scheme)
    seen = collect_seen(run, marks[0].track if marks else "", scheme)
    found = {}
    for mark in marks:
        item, row = scheme.indicator_by_code.get(mark.indicator), indicators.get(mark.indicator)
        if item is None or row is None or mark.actual is None or mark.state == "exempt":
            continue
        base = bases.get(mark.indicator)
        points = [
            (value, month) for x, month in seen.get(mark.indicator, []) if (value := place_back(item, x, mark.target, base)) is not None
        ]
        found[mark.indicator] = enclose(row, item, mark.actual, points, run.period)
    return found


def collect_seen(run: Run, track: str, scheme: Any) -> dict[str, list[tuple[Decimal, str]]]:
    """Return indicator → least and greatest measure that any unit of the track had in the last 24 months, each with its month."""
    months = last_months(run.period, SEEN_MONTHS)
    units = list(run.results.filter(track=track).values_list("unit_id", flat=True))
    figures = Figure.objects.filter(unit_id__in=units, period__in=months, in_force=True, actual__isnull=False)
    targets = {
        (unit, code, period): (value, base)
        for unit, code, period, value, base in Target.objects.filter(unit_id__in=units, period__in=months).values_list(
            "unit_id", "indicator__code", "period", "value", "base"
        )
    }
    ends: dict[str, list[tuple[Decimal, str]]] = {}
    rows = figures.order_by("period").values_list("unit_id", "indicator__code", "period", "actual")
    for unit, code, period, actual in rows:
        item = scheme.indicator_by_code.get(code)
        x = measure(item, actual, *targets.get((unit, code, period), (None, None))) if item is not None else None
        if x is None:
            continue
        known = ends.get(code)
        if known is None:
            ends[code] = [(x, period), (x, period)]
        elif x < known[0][0]:
            known[0] = (x, period)
        elif x > known[1][0]:
            known[1] = (x, period)
    return ends


def enclose(row: Indicator, item: Any, actual: Decimal, points: list[tuple[Decimal, str]], period: str) -> Reach:
    """Return the range around the actual: what was seen, within what the handbook calls plausible, on the grid of its figures."""
    step = Decimal(1) if item.method in ("events", "veto") else Decimal(1).scaleb(-item.decimals)
    seen = [clip(value, row) for value, _month in points] or [actual]
    low = min(actual, to_grid(min(seen), step, ROUND_CEILING))
    high = max(actual, to_grid(max(seen), step, ROUND_FLOOR))
    if item.method == "direct":
        high = min(high, max(item.full, actual))
    if item.method in ("events", "veto"):
        low = Decimal(0)
    pick: Callable[..., tuple[Decimal, str]] = min if row.direction == Indicator.Direction.DOWN else max
    best, month = pick(points, key=lambda point: point[0], default=(actual, period))
    best = min(max(clip(best, row), low), high)
    return Reach(low, high, best, month, row.direction)


def clip(value: Decimal, row: Indicator) -> Decimal:
    """Keep a figure within the handbook's plausible range."""
    if row.plausible_low is not None:
        value = max(value, row.plausible_low)
    return min(value, row.plausible_high) if row.plausible_high is not None else value


def to_grid(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    """Return the nearest figure that can be written, on the side that stays within."""
    return (value / step).to_integral_value(rounding=rounding) * step
