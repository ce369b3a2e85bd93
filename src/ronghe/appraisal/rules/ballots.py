"""民主测评, pure: when a group's result may be seen, what its marks come to, how far they lie apart, what the groups make together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import isqrt

LEAST = 5  # ballots below which an anonymous group has no result of its own
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Merged:
    """Which anonymous groups are shown together (each with at least LEAST ballots), and which are not shown at all."""

    shown: tuple[tuple[str, ...], ...]
    withheld: tuple[str, ...] = ()


def merge_groups(ballots: Mapping[str, int], least: int = LEAST) -> Merged:
    """Put groups with too few ballots together until nothing smaller than `least` is shown.

    The small ones are merged with each other first; where they still are too few, with the smallest of the others. Groups without a
    ballot are left out: they are missing, not small.
    """
    voted = {code: count for code, count in ballots.items() if count > 0}
    small = tuple(code for code, count in voted.items() if count < least)
    large = [code for code, count in voted.items() if count >= least]
    if not small:
        return Merged(tuple((code,) for code in large))
    if sum(voted[code] for code in small) >= least:
        return Merged((*((code,) for code in large), small))
    if not large:
        return Merged((), small)
    host = min(large, key=lambda code: (voted[code], large.index(code)))
    return Merged(tuple((code, *small) if code == host else (code,) for code in large))


def add_counts(parts: Sequence[Sequence[int]]) -> list[int]:
    """Return the sum of histograms of one shape."""
    return [sum(column) for column in zip(*parts, strict=True)]


def cut_items(counts: Sequence[int], options: int) -> list[list[int]]:
    """Return the histogram of each item from an urn's counts, item by item."""
    return [list(counts[start : start + options]) for start in range(0, len(counts), options)]


def place_marks(marks: Sequence[int], options: int) -> list[int]:
    """Return one ballot as counts: for each item a 1 at the chosen option. Raises ValueError for a choice that there is not."""
    counts = [0] * (len(marks) * options)
    for item, choice in enumerate(marks):
        if not 0 <= choice < options:
            raise ValueError(f"no option {choice}")
        counts[item * options + choice] += 1
    return counts


def trim_counts(counts: Sequence[int], points: Sequence[Decimal], share: Decimal) -> list[int]:
    """Take the declared share off both ends, whole ballots only: the best and the worst marks, as many of each."""
    left = list(counts)
    cut = int(Fraction(share) * sum(counts) / 100)
    if 2 * cut >= sum(counts):
        cut = max(0, (sum(counts) - 1) // 2)
    rising = sorted(range(len(points)), key=lambda place: points[place])
    for order in (rising, rising[::-1]):
        rest = cut
        for place in order:
            taken = min(rest, left[place])
            left[place] -= taken
            rest -= taken
    return left


def mean_of(counts: Sequence[int], points: Sequence[Decimal]) -> Fraction | None:
    """Return the mean of a histogram, exactly; None where it is empty."""
    number = sum(counts)
    if not number:
        return None
    return sum((Fraction(point) * count for count, point in zip(counts, points, strict=True)), Fraction(0)) / number


def spread_of(counts: Sequence[int], points: Sequence[Decimal]) -> Decimal | None:
    """Return how far the marks lie apart: the standard deviation at one decimal; None where there is nothing."""
    middle = mean_of(counts, points)
    if middle is None:
        return None
    variance = sum((count * (Fraction(point) - middle) ** 2 for count, point in zip(counts, points, strict=True)), Fraction(0)) / sum(
        counts
    )
    hundredths = isqrt(int(variance * 10_000))
    return (Decimal(hundredths) / 100).quantize(Decimal("0.1"), ROUND_HALF_UP)


def to_cents(value: Fraction) -> Decimal:
    """Return an exact value at two decimals, half up."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(CENT, ROUND_HALF_UP)


def score_group(items: Sequence[Sequence[int]], points: Sequence[Decimal], trim: Decimal) -> Decimal | None:
    """Return a group's score: the plain mean over the items of each item's trimmed mean."""
    means = [mean_of(trim_counts(counts, points, trim), points) for counts in items]
    known = [one for one in means if one is not None]
    return to_cents(sum(known, Fraction(0)) / len(known)) if known else None


@dataclass(frozen=True)
class Part:
    """One group (or several together) in the whole: its weight and score; no score where it is missing."""

    name: str
    weight: Decimal
    score: Decimal | None


@dataclass(frozen=True)
class Whole:
    """What the groups make together, with the sentence that lets one do the sum by hand."""

    score: Decimal | None
    because: str
    missing: tuple[str, ...] = field(default=())


def combine(parts: Sequence[Part], missing: str) -> Whole:
    """Return the weighted mean of the groups. `missing`: 'spread' leaves groups without a score out, 'hold' gives no score at all."""
    weighted = [part for part in parts if part.weight > 0]
    gone = tuple(part.name for part in weighted if part.score is None)
    there = [part for part in weighted if part.score is not None]
    if not there:
        return Whole(None, "没有一组有测评结果", gone)
    if gone and missing == "hold":
        return Whole(None, f"{'、'.join(gone)}没有结果,按规则不出测评分", gone)
    weights = sum((part.weight for part in there), Decimal(0))
    total = sum((Fraction(part.weight) * Fraction(part.score or 0) for part in there), Fraction(0)) / Fraction(weights)
    terms = " + ".join(f"{part.name} {part.score} × {plain(part.weight)}" for part in there)
    because = f"({terms}) ÷ {plain(weights)} = {to_cents(total)}"
    if gone:
        because += f";{'、'.join(gone)}没有结果,不计"
    return Whole(to_cents(total), because, gone)


def plain(value: Decimal) -> str:
    """Write a number without trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def is_uniform(marks: Sequence[int]) -> bool:
    """Tell whether a judge gave the same mark everywhere, where there was something to tell apart."""
    return len(marks) > 2 and len(set(marks)) == 1
