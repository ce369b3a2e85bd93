"""双挂钩, pure: party work against business, each unit a point; where the two drift apart (两张皮) within a track."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

MARGIN = Decimal(3)  # per cent of full marks by which a unit must lie above the track's median on one side and below it on the other
LEAST_UNITS = 3  # in a smaller track a median says nothing


@dataclass(frozen=True)
class Point:
    """One unit in one quarter: its marks of either side in per cent of their full."""

    unit_id: int
    track: str
    party: Decimal
    business: Decimal


@dataclass(frozen=True)
class Split:
    """A unit whose two sides drift apart: `weak` is the side below the track's median."""

    unit_id: int
    weak: str
    strong_by: Decimal
    weak_by: Decimal


def find_medians(points: Sequence[Point]) -> dict[str, tuple[Decimal, Decimal]]:
    """Return track → the medians of party work and business; only tracks with enough units."""
    found = {}
    for track in dict.fromkeys(point.track for point in points):
        rows = [point for point in points if point.track == track]
        if len(rows) >= LEAST_UNITS:
            found[track] = (Decimal(median(row.party for row in rows)), Decimal(median(row.business for row in rows)))
    return found


def find_splits(points: Sequence[Point], margin: Decimal = MARGIN) -> list[Split]:
    """Return the units that lie above the track's median on one side and below it on the other, by the margin on both; the widest first."""
    medians, found = find_medians(points), []
    for point in points:
        if point.track not in medians:
            continue
        party, business = point.party - medians[point.track][0], point.business - medians[point.track][1]
        if party >= margin and business <= -margin:
            found.append(Split(point.unit_id, "business", party, -business))
        elif business >= margin and party <= -margin:
            found.append(Split(point.unit_id, "party", business, -party))
    return sorted(found, key=lambda split: (-(split.strong_by + split.weak_by), split.unit_id))


@dataclass(frozen=True)
class Scale:
    """From per cent to the picture: what the points span, with a little room."""

    low: Decimal
    high: Decimal
    size: int

    def place(self, value: Decimal) -> int:
        """Return how far along the axis a value lies."""
        span = self.high - self.low or Decimal(1)
        return int((value - self.low) * self.size / span)


def make_scale(values: Sequence[Decimal], size: int) -> Scale:
    """Return a scale on whole fives that holds all values."""
    if not values:
        return Scale(Decimal(0), Decimal(100), size)
    low, high = Decimal(int(min(values)) // 5 * 5), Decimal(-(-int(max(values) + Decimal("0.999")) // 5) * 5)
    return Scale(max(Decimal(0), low - 5), high + 5, size)
