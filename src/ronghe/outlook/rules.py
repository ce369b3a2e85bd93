"""What of a unit's figures and monthly targets makes a year to forecast: pure values in, values out."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

HISTORY_MONTHS = 60
MONTHS = 12


@dataclass(frozen=True)
class Limits:
    """亮灯规则 in force: a forecast may miss its target by `green` per cent of it and stay green, by `yellow` and stay yellow."""

    green: Decimal
    yellow: Decimal
    basis: str
    number: int = 0
    valid_from: str = ""

    @property
    def shares(self) -> tuple[Decimal, Decimal]:
        """Return both as shares of the target, written one way only: 5 and 5.00 are one rule."""
        return (self.green / 100).normalize(), (self.yellow / 100).normalize()


def pick_limits(rules: Sequence[Limits], period: str, default: Limits) -> Limits:
    """Return the rule of a month: of those that begin by then the one that begins last, of these the newest; else the default."""
    begun = [rule for rule in rules if rule.valid_from <= period]
    return max(begun, key=lambda rule: (rule.valid_from, rule.number), default=default)


@dataclass(frozen=True)
class YearTarget:
    """A year's target from its months'. `months`: how many of the twelve have one; the rest are taken at their mean."""

    whole: Decimal
    so_far: Decimal | None
    months: int
    shares: tuple[Decimal, ...] | None


def months_of_year(year: str) -> list[str]:
    return [f"{year}-{number:02d}" for number in range(1, MONTHS + 1)]


def sum_target(targets: Mapping[str, Decimal], period: str, *, is_sum: bool) -> YearTarget | None:
    """Return the year's target as seen at the end of `period`; None where no month of the year has one.

    A sum's target is the sum of the months', a level's their mean. Where months lack one, they count as the mean of the others.
    """
    months = months_of_year(period[:4])
    known = {month: targets[month] for month in months if month in targets}
    if not known:
        return None
    mean = sum(known.values(), Decimal(0)) / len(known)
    past = [known[month] for month in months if month in known and month <= period]
    if is_sum:
        whole = sum(known.values(), Decimal(0)) + mean * (MONTHS - len(known))
        so_far = sum(past, Decimal(0)) if past else None
    else:
        whole, so_far = mean, (sum(past, Decimal(0)) / len(past) if past else None)
    complete = is_sum and len(known) == MONTHS and all(value > 0 for value in known.values())
    return YearTarget(whole, so_far, len(known), tuple(known[month] for month in months) if complete else None)


def digest_inputs(*parts: object) -> str:
    """Return the digest of what a row was computed from: equal inputs need not be computed again."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def share_of(value: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Return a value as a share of a whole; None where there is none."""
    return value / whole if value is not None and whole else None


def cumulate(values: Sequence[Decimal | None]) -> list[Decimal | None]:
    """Return running sums; after the last known month nothing."""
    last = max((number for number, value in enumerate(values) if value is not None), default=-1)
    total, sums = Decimal(0), []
    for number, value in enumerate(values):
        total += value or Decimal(0)
        sums.append(total if number <= last else None)
    return sums
