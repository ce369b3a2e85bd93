"""目标分解 (M1): a goal is split into children that add up again, to the last decimal. Exact fractions; no floats."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

SUM, MEAN, WEIGHTED, SAME, MILESTONES = "sum", "mean", "weighted", "same", "milestones"
RULES = (SUM, MEAN, WEIGHTED, SAME, MILESTONES)


@dataclass(frozen=True)
class Part:
    """A child's value and the weight that it has in a weighted mean (production, for decline rates). Either may be open."""

    value: Decimal | None
    weight: Decimal | None = None


def find_step(total: Decimal, decimals: int) -> Decimal:
    """Return the smallest unit that is allotted: the measure's precision, or finer where the total itself is finer."""
    exponent = total.normalize().as_tuple().exponent  # a database gives 100.000000
    return Decimal(1).scaleb(-max(decimals, -exponent if isinstance(exponent, int) else 0))


def split_total(total: Decimal, shares: Sequence[Decimal], decimals: int) -> list[Decimal]:
    """Split a total by shares, by largest remainder at the measure's precision: the parts re-add exactly.

    Shares without weight (all zero) count as equal. Ties go to the earlier part. Raises ValueError for none, or a negative share.
    """
    if not shares:
        raise ValueError("nothing to split among")
    if any(share < 0 for share in shares):
        raise ValueError("a share is negative")
    weights = [Fraction(share) for share in shares]
    whole = sum(weights)
    if not whole:
        weights, whole = [Fraction(1)] * len(shares), Fraction(len(shares))
    step = find_step(total, decimals)
    units = Fraction(total) / Fraction(step)
    exact = [units * weight / whole for weight in weights]
    floors = [part.numerator // part.denominator for part in exact]
    left = int(units) - sum(floors)
    by_remainder = sorted(range(len(shares)), key=lambda n: (floors[n] - exact[n], n))
    for n in by_remainder[:left]:
        floors[n] += 1
    return [floor * step for floor in floors]


def combine(rule: str, parts: Iterable[Part], decimals: int) -> Decimal | None:
    """Return what the children make together, rounded at the measure's precision; None where nothing can be said.

    `same` gives the common value, and None where they differ; milestones have no number.
    """
    given = [part for part in parts if part.value is not None]
    if not given or rule == MILESTONES:
        return None
    values = [Fraction(part.value) for part in given if part.value is not None]
    if rule == SUM:
        return sum((part.value for part in given if part.value is not None), Decimal(0))
    if rule == SAME:
        return given[0].value if len(set(values)) == 1 else None
    weights = [Fraction(part.weight or 0) for part in given] if rule == WEIGHTED else [Fraction(1)] * len(given)
    if not sum(weights):
        return None
    whole = sum((value * weight for value, weight in zip(values, weights, strict=True)), Fraction(0))
    return round_at(whole / sum(weights, Fraction(0)), decimals)


def round_at(value: Fraction, decimals: int) -> Decimal:
    """Return a fraction as a decimal, half away from zero."""
    step = Decimal(1).scaleb(-decimals)
    units = value / Fraction(step)
    doubled = abs(units) * 2
    nearest = (doubled.numerator + doubled.denominator) // (2 * doubled.denominator)
    return (Decimal(nearest if units >= 0 else -nearest) * step).quantize(step, ROUND_HALF_UP)


@dataclass(frozen=True)
class Balance:
    """How a goal stands with its children: `left` is what is still to allot (parent − children); `open`: children without a value."""

    combined: Decimal | None
    left: Decimal | None
    open: int
    named: Decimal = Decimal(0)

    @property
    def reconciles(self) -> bool:
        """Whether nothing is left but what is named 预留 (kept back) or 压担子 (asked on top), and every child has its value."""
        return self.open == 0 and self.left is not None and self.left == self.named


def weigh_parts(rule: str, value: Decimal | None, parts: Sequence[Part], decimals: int, named: Decimal = Decimal(0)) -> Balance:
    """Reconcile a goal with its children. `named` is the difference that was given a name and a reason (negative for 压担子)."""
    if rule == MILESTONES:
        return Balance(None, Decimal(0), 0)
    still_open = sum(part.value is None for part in parts)
    combined = combine(rule, parts, decimals)
    if value is None:
        return Balance(combined, None, still_open, named)
    if rule == SAME:
        apart = [part for part in parts if part.value is not None and part.value != value]
        return Balance(combined, apart[0].value and value - apart[0].value if apart else Decimal(0), still_open, named)
    if combined is None:
        return Balance(None, value if rule == SUM else None, still_open, named)
    return Balance(combined, value - combined, still_open, named)


def split_goal(
    rule: str, total: Decimal, shares: Sequence[Decimal], decimals: int, weights: Sequence[Decimal] | None = None
) -> list[Decimal]:
    """Return the children's values for a goal, as a start to be changed by hand; together they reconcile with it.

    sum: by shares. same: each the total. mean: in proportion to the shares (last year's levels), so that their mean is the total.
    weighted: each the total, which reconciles with any weights.
    """
    if not shares:
        raise ValueError("nothing to split among")
    if rule == SUM:
        return split_total(total, shares, decimals)
    if rule == MEAN and any(shares):
        return split_total(total * len(shares), shares, decimals)
    return [total] * len(shares)
