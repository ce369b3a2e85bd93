"""One series: its history to the as-of month in, its year out. The one entry of pages and of the command."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext

import numpy as np

from ronghe.forecast.interval import half_width
from ronghe.forecast.methods import AHEAD, Floats
from ronghe.forecast.model import ACTUAL, NONE, Forecast, Kind, label_method
from ronghe.forecast.months import count_days, january_of, parse_month
from ronghe.forecast.selection import Choice, Past, choose_method

LONGEST = 120  # months that are looked at: what lies further back says nothing about this year
# Wide exponents, so that no finite figure overflows; twelve digits are what a float's arithmetic can vouch for.
_EXACT = Context(prec=40, Emax=MAX_EMAX, Emin=MIN_EMIN)
_PRINTED = Context(prec=12, Emax=MAX_EMAX, Emin=MIN_EMIN)
History = Sequence[tuple[str, Decimal | None]]


def forecast_series(
    history: History,
    *,
    as_of: str,
    kind: Kind = "sum",
    plan_shares: Sequence[Decimal] | None = None,
    target: Decimal | None = None,
    floor: Decimal | None = None,
    ceiling: Decimal | None = None,
) -> Forecast:
    """Forecast the calendar year of `as_of` ('2025-06') from (month, figure) pairs in any order.

    Figures after `as_of` are ignored; None is a month without a figure. `kind` "sum" forecasts the year's total, "level" the
    mean of its months. `plan_shares`: twelve planned shares, January first, of any sum. `target`: of the same year and
    kind. `floor`, `ceiling`: what one month's figure cannot pass (a rate: 0 and 100).
    Raises ValueError where a month is no month or comes twice, a figure is not finite, or shares are not twelve.
    """
    now = parse_month(as_of)
    if kind not in ("sum", "level"):
        raise ValueError(f"kind 应为 sum 或 level:{kind}")
    if plan_shares is not None and len(plan_shares) != 12:
        raise ValueError("月度比例应为十二个")
    known = _read_history(history, now)
    with localcontext(_EXACT):
        year = _Year(known, now, kind, plan_shares)
        low, estimate, high, choice = year.estimate(floor, ceiling)
        return year.describe(low, estimate, high, choice, target)


def _read_history(history: History, now: int) -> dict[int, Decimal]:
    known: dict[int, Decimal] = {}
    seen: set[int] = set()
    for period, figure in history:
        month = parse_month(period)
        if month in seen:
            raise ValueError(f"同一月份出现了两次:{period}")
        seen.add(month)
        if figure is not None and not figure.is_finite():
            raise ValueError(f"数字应是有限的:{period} {figure}")
        if figure is not None and now - LONGEST < month <= now:
            known[month] = figure
    return known


class _Year:
    """The year under way: which months are known, and in what unit they are reckoned."""

    def __init__(self, known: dict[int, Decimal], now: int, kind: Kind, shares: Sequence[Decimal] | None) -> None:
        self.known = known
        self.now = now
        self.kind = kind
        self.shares = shares
        # A series that begins in the middle of this year owes nothing for the months before.
        self.first = max(january_of(now), min(known, default=now))
        self.left = january_of(now) + 11 - now
        self.elapsed = now - self.first + 1
        self.this_year = [known[month] for month in range(self.first, now + 1) if month in known]
        self.sum_so_far = sum(self.this_year, Decimal(0))
        # Largest figure 1: nothing over- or underflows, and a change of units changes no decision.
        self.unit = max((abs(figure) for figure in known.values()), default=Decimal(0)) or Decimal(1)

    @property
    def unknown(self) -> int:
        return self.elapsed + self.left - len(self.this_year)

    def estimate(self, floor: Decimal | None, ceiling: Decimal | None) -> tuple[Decimal, Decimal, Decimal, Choice] | tuple[None, ...]:
        """Return low, estimate, high of the year and the choice behind them; all None without any figure."""
        if not self.known:
            return None, None, None, None
        choice = choose_method(self._past())
        months = self._dense(self.first)
        months = np.append(months, np.full(self.left, np.nan))
        missing = np.isnan(months)
        expected = choice.expected
        if np.isnan(expected).any():
            # Nothing in three years: the last known figure is all there is.
            expected = np.full(len(months), self._newest(1)[0])
        rest = Decimal(float(expected[missing].sum())) * self.unit
        half = Decimal(half_width(choice, self._newest(12), self.unknown)) * self.unit
        if floor is None and min(self.known.values()) >= 0:
            floor = Decimal(0)
        bounds = [self._bound(value, floor, ceiling) for value in (rest - half, rest, rest + half)]
        low, estimate, high = (self._of_year(self.sum_so_far + value) for value in bounds)
        return low, estimate, high, choice

    def describe(
        self, low: Decimal | None, estimate: Decimal | None, high: Decimal | None, choice: Choice | None, target: Decimal | None
    ) -> Forecast:
        method = NONE if choice is None else choice.method if self.unknown else ACTUAL
        error = Decimal(0) if method == ACTUAL else _percent(choice)
        gone = Decimal(12 - self.left) / 12
        reached = None
        if target and self.kind == "sum" and self.known:
            reached = self.sum_so_far / target
        return Forecast(
            method=method,
            method_label=label_method(method),
            estimate=_print(estimate),
            low=_print(low),
            high=_print(high),
            backtest_error=error,
            so_far=_print(self._so_far()),
            months_left=self.left,
            months_missing=self.unknown - self.left,
            required_rate=_print(self._required_rate(target)),
            year_gone=_PRINTED.plus(gone),
            target_reached=_print(reached),
            against_time=_print(None if reached is None else reached - gone),
        )

    def _past(self) -> Past:
        start = min(self.known)
        span = range(start, self.now + AHEAD + 1)
        weights = np.array([count_days(month) / 30.4 if self.kind == "sum" else 1.0 for month in span])
        shares = None
        if self.shares is not None:
            shares = np.array([float(self.shares[month % 12]) for month in span])
        return Past(self._dense(start), weights, self.elapsed, self.left, shares)

    def _dense(self, start: int) -> Floats:
        return np.array([float(self.known[month] / self.unit) if month in self.known else np.nan for month in range(start, self.now + 1)])

    def _newest(self, count: int) -> Floats:
        newest = [self.known[month] for month in sorted(self.known)[-count:]]
        return np.array([float(figure / self.unit) for figure in newest])

    def _bound(self, rest: Decimal, floor: Decimal | None, ceiling: Decimal | None) -> Decimal:
        if ceiling is not None:
            rest = min(rest, ceiling * self.unknown)
        if floor is not None:
            rest = max(rest, floor * self.unknown)
        return rest

    def _of_year(self, total: Decimal) -> Decimal:
        return total if self.kind == "sum" else total / (self.elapsed + self.left)

    def _so_far(self) -> Decimal | None:
        if not self.this_year:
            return None
        return self.sum_so_far if self.kind == "sum" else self.sum_so_far / len(self.this_year)

    def _required_rate(self, target: Decimal | None) -> Decimal | None:
        if target is None or self.left == 0:
            return None
        whole = target if self.kind == "sum" else target * (self.elapsed + self.left)
        return (whole - self.sum_so_far) / self.left


def _percent(choice: Choice | None) -> Decimal | None:
    error = None if choice is None else choice.percentage_error
    return None if error is None else _PRINTED.create_decimal_from_float(error)


def _print(value: Decimal | None) -> Decimal | None:
    return None if value is None else _PRINTED.plus(value)
