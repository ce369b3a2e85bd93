"""进度曲线: a year's value by months. Amounts add up, levels hold month by month; whichever, the year is met exactly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ronghe.goals.rules.cascade import round_at, split_total

EQUAL, WORKDAYS, LAST_YEAR, HAND = "equal", "workdays", "last_year", "hand"
METHODS = (EQUAL, WORKDAYS, LAST_YEAR, HAND)
# how the months of a measure make its year (Indicator.rollup)
ADDS_UP = frozenset({"sum"})
ENDS_AT = frozenset({"last"})


def list_months(first: str, last: str) -> list[str]:
    """Return '2026-01' … '2026-12'. Raises ValueError where the last comes before the first."""
    months, year, month = [], int(first[:4]), int(first[5:7])
    while f"{year:04d}-{month:02d}" <= last:
        months.append(f"{year:04d}-{month:02d}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    if not months:
        raise ValueError(f"{first} > {last}")
    return months


def covers_year(first: str, last: str) -> bool:
    """Tell whether a span of months is one calendar year, as the forecasts are."""
    return first[:4] == last[:4] and (first[5:], last[5:]) == ("01", "12")


def last_years(month: str) -> str:
    """Return the same month of the year before."""
    return f"{int(month[:4]) - 1:04d}{month[4:]}"


def draw_curve(
    total: Decimal, months: Sequence[str], *, rollup: str, method: str, decimals: int, shape: Mapping[str, Decimal] | None = None
) -> dict[str, Decimal]:
    """Return month → value. `shape`: month → working days, or last year's figure of that month; a month without one counts as none.

    Amounts (rollup 'sum') are split so that they add up to the total. Levels stand at the total each month; with last year's
    shape the mean of the months is the total. Raises ValueError for `hand`, which is typed and not drawn.
    """
    if method == HAND:
        raise ValueError("typed by hand")
    shares = [Decimal(1)] * len(months) if method == EQUAL or shape is None else [max(Decimal(0), shape.get(m, Decimal(0))) for m in months]
    if rollup in ADDS_UP:
        return dict(zip(months, split_total(total, shares, decimals), strict=True))
    if method == LAST_YEAR and rollup not in ENDS_AT and all(shares):
        return dict(zip(months, split_total(total * len(months), shares, decimals), strict=True))
    return dict.fromkeys(months, total)


def draw_part(part: Decimal, whole: Decimal, months: Mapping[str, Decimal], *, rollup: str, decimals: int) -> dict[str, Decimal]:
    """Return the months of a member's part, in the shape of the whole's: amounts add up to the part, levels follow the whole's own."""
    if not months:
        return {}
    if rollup in ADDS_UP:
        shares = [max(Decimal(0), value) for value in months.values()]
        return dict(zip(months, split_total(part, shares, decimals), strict=True))
    return dict(months) if part == whole else dict.fromkeys(months, part)


@dataclass(frozen=True)
class CurveBalance:
    """What the months make, and what is missing to the year's value; `checked` is False for a measure whose year is no sum of months."""

    combined: Decimal | None
    left: Decimal | None
    checked: bool = True

    @property
    def reconciles(self) -> bool:
        return not self.checked or self.left == 0


def weigh_curve(total: Decimal | None, values: Sequence[Decimal | None], *, rollup: str, decimals: int) -> CurveBalance:
    """Reconcile a curve with the year: amounts by their sum, a closing level by the last month, other means by the mean at precision."""
    given = [value for value in values if value is not None]
    if total is None or len(given) != len(values) or not given:
        return CurveBalance(None, total)
    if rollup in ADDS_UP:
        combined = sum(given, Decimal(0))
    elif rollup in ENDS_AT:
        combined = given[-1]
    elif rollup == "mean":
        combined = round_at(sum(map(Fraction, given), Fraction(0)) / len(given), decimals)
    else:
        return CurveBalance(None, None, checked=False)
    return CurveBalance(combined, total - combined)


def sum_to(values: Mapping[str, Decimal], month: str, *, rollup: str) -> Decimal | None:
    """Return what a curve (or the actuals) make from the first month up to this one: a sum, the last one, or the mean."""
    given = [values[key] for key in sorted(values) if key <= month]
    if not given:
        return None
    if rollup in ADDS_UP:
        return sum(given, Decimal(0))
    if rollup in ENDS_AT:
        return given[-1]
    return sum(given, Decimal(0)) / len(given)
