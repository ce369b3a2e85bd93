"""抓两头带中间, pure: who could learn what from whom, from the marks of one month."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

LEAST_UNITS = 3
WEAK, STRONG = Decimal("0.7"), Decimal("0.9")  # a mark rate at most, at least
LEAST_GAP = Decimal(2)  # marks
MOST_PAIRS = 6


@dataclass(frozen=True)
class Cell:
    """One unit's mark for one indicator."""

    unit: int
    track: str
    indicator: str
    mark: Decimal
    full: Decimal


@dataclass(frozen=True)
class Match:
    """`weak` could learn `indicator` from `strong`."""

    weak: int
    strong: int
    track: str
    indicator: str
    weak_rate: Decimal
    strong_rate: Decimal
    gap: Decimal


def match_units(cells: Sequence[Cell], placed: dict[int, int]) -> list[Match]:
    """Return the pairs worth proposing. `placed`: unit → place in its track.

    The weak one is of the lower half of its track, the strong one of the upper half and strong in just this indicator; the widest gaps
    first, no unit twice in one role, so that nobody is given more than one helper or one pupil by the machine.
    """
    by_line: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    sizes: dict[str, set[int]] = defaultdict(set)
    for cell in cells:
        if cell.full > 0:
            by_line[cell.track, cell.indicator].append(cell)
            sizes[cell.track].add(cell.unit)
    found = []
    for (track, indicator), rows in by_line.items():
        size = len(sizes[track])
        if size < LEAST_UNITS:
            continue
        weak = [one for one in rows if one.mark / one.full <= WEAK and placed.get(one.unit, 0) * 2 > size]
        strong = [one for one in rows if one.mark / one.full >= STRONG and 0 < placed.get(one.unit, 0) * 2 <= size + 1]
        for low in weak:
            for high in strong:
                gap = high.mark - low.mark
                if low.unit != high.unit and gap >= LEAST_GAP:
                    found.append(Match(low.unit, high.unit, track, indicator, low.mark / low.full, high.mark / high.full, gap))
    found.sort(key=lambda one: (-one.gap, placed[one.strong], -placed[one.weak], one.indicator))
    chosen: list[Match] = []
    for one in found:
        if all(one.weak != other.weak and one.strong != other.strong for other in chosen):
            chosen.append(one)
    return chosen[:MOST_PAIRS]
