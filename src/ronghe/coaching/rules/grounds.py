"""On what grounds a measure is proposed, pure: from a unit's line of places and mark rates."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

LEAST_PEERS = 3


@dataclass(frozen=True)
class Month:
    """One published month of one unit: its place among peers and its marks in per cent of the full."""

    month: str
    place: int | None
    peers: int
    rate: Decimal | None


def count_run(line: Sequence[Month], *, best: bool) -> int:
    """Return for how many months up to the newest the unit was first (or last) of at least three."""
    count = 0
    for one in reversed(line):
        at_end = one.place is not None and one.peers >= LEAST_PEERS and one.place == (1 if best else one.peers)
        if not at_end:
            break
        count += 1
    return count


def find_swing(line: Sequence[Month]) -> Decimal | None:
    """Return by how much the newest rate lies above the mean of the three months before it; None where one of them is missing."""
    rates = [one.rate for one in line[-4:]]
    if len(rates) < 4 or any(rate is None for rate in rates):
        return None
    known = [rate for rate in rates if rate is not None]
    return known[-1] - sum(known[:-1], Decimal(0)) / 3
