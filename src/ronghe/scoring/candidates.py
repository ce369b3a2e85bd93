"""Which figures a unit could report instead: points on the indicator's grid within its range, where the mark may turn.

追标 tabulates the kernel's marks at these points; between two of them it looks again more closely (`chase.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

from ronghe.scoring.scheme_model import Bands, Curve, Events, Indicator, Step

EVEN_POINTS = 40
MOST_STEPS = 60


@dataclass(frozen=True)
class Range:
    """From where to where a figure is taken to be plausible."""

    low: Decimal
    high: Decimal


def grid_of(item: Indicator) -> Decimal:
    """Return the distance between two figures that can be written."""
    return Decimal(1) if isinstance(item.rule, Events) or item.is_veto else Decimal(1).scaleb(-item.decimals)


def list_candidates(item: Indicator, row: dict[str, Any], within: Range) -> list[Decimal]:
    """Return the figures to try: both ends, even steps between them, and the neighbours of every point where the rule turns."""
    grid = grid_of(item)
    low, high = ceil(within.low / grid), floor(within.high / grid)
    if low > high:
        return []
    points = set(_spread(low, high, EVEN_POINTS))
    for turn in _turns(item):
        actual = _actual_of(item, row, turn)
        if actual is not None:
            near = floor(actual / Fraction(grid))
            points |= {point for point in (near - 1, near, near + 1) if low <= point <= high}
    return [point * grid for point in sorted(points)]


def list_between(item: Indicator, low: Decimal, high: Decimal) -> list[Decimal]:
    """Return figures between two that were tried, neither included."""
    grid = grid_of(item)
    first, last = floor(low / grid) + 1, ceil(high / grid) - 1
    return [point * grid for point in _spread(first, last, EVEN_POINTS)] if first <= last else []


def _spread(low: int, high: int, count: int) -> Iterator[int]:
    if high - low < count:
        yield from range(low, high + 1)
        return
    yield from (low + (high - low) * number // (count - 1) for number in range(count))


def _turns(item: Indicator) -> Iterator[Fraction]:
    """Yield the x at which the rule turns or jumps."""
    rule = item.rule
    if isinstance(rule, Curve):
        yield from (Fraction(x) for x, _share in rule.points)
    elif isinstance(rule, Bands):
        yield from (Fraction(x) for x, _share in rule.bands)
    elif isinstance(rule, Step):
        origin = Fraction(rule.origin) if rule.origin is not None else Fraction(1 if item.on == "attainment" else 0)
        yield from (origin + Fraction(rule.per) * number for number in range(-MOST_STEPS, MOST_STEPS + 1))


def _actual_of(item: Indicator, row: dict[str, Any], x: Fraction) -> Fraction | None:
    """Return the figure at which the method sees x; None where it needs a target or base that is not there."""
    target, base = row["target"], row["base"]
    if item.on == "growth":
        return None if base is None else Fraction(base) + x * abs(Fraction(base))
    if item.on in ("attainment", "deviation", "difference") and target is None:
        return None
    if item.on == "attainment":
        return x * Fraction(target)
    if item.on == "deviation":
        return Fraction(target) + x * abs(Fraction(target))
    if item.on == "difference":
        return Fraction(target) + x
    return x
