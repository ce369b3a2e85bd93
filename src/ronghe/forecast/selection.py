"""Which method to trust: every method is tested on the series' own past, and only clear evidence displaces the run rate.

Each past month is an origin: the methods see what was known then and forecast as many months ahead as are left now.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ronghe.forecast.methods import AHEAD, LAGS, Floats, Histories, list_methods
from ronghe.forecast.model import HALF, RUN_RATE

FEWEST_ORIGINS = 3
FEWEST_WITH_ZEROS = 8  # where months of nothing occur, a few hits are luck
SHORT_PAST = 6  # with fewer origins of full length than this, the run rate's error is also taken where it saw fewer months
CLEARLY_BETTER = 0.3  # errors together, as a share of the run rate's
FEW_ORIGINS = 8  # with fewer, a method is never taken whole, only its mean with the run rate
STILL_BETTER = 0.5  # the same over the newest origins: a method that stopped working is not taken
NEWEST = 4
WORSE_THIS_YEAR = 1.2  # errors at this year's origins, as a share of those of the months since January
STANDS_OUT = 2.0  # mean advantage in standard errors, of origins that overlap
NEVER_WORSE = 1.05  # mean absolute percentage error, as a share of the run rate's
_DIGITS = 9  # comparisons are rounded, so that a change of units settles no tie differently


@dataclass(frozen=True)
class Past:
    """What a series' methods are tested on, month by month from its first figure to the as-of month; NaN: no figure.

    values (months,); weights (months + AHEAD,): days of each month and of those ahead, ones for levels;
    shares (months + AHEAD,): planned share of each month, or None. The year: `elapsed` months gone, `left` to come.
    """

    values: Floats
    weights: Floats
    elapsed: int
    left: int
    shares: Floats | None = None


@dataclass(frozen=True)
class Choice:
    """The method taken: expected figures of the window's months, and how it did at each origin where it could be tested.

    errors, horizons, levels, totals (origins,): forecast − actual over the known months ahead; how many; mean size of
    a month then; the window's actual total up to the last known month.
    """

    method: str
    expected: Floats
    errors: Floats
    horizons: NDArray[np.int64]
    levels: Floats
    totals: Floats

    @property
    def percentage_error(self) -> float | None:
        """Mean absolute error in % of the window's total; None where nothing could be tested.

        Origins whose whole horizon is known count alone where there are enough of them.
        """
        whole = self.horizons == self.horizons.max(initial=0)
        usable = self.totals != 0
        if (whole & usable).sum() >= FEWEST_ORIGINS:
            usable &= whole
        if not usable.any():
            return None
        return float(np.mean(np.abs(self.errors[usable] / self.totals[usable]))) * 100


def choose_method(past: Past) -> Choice:
    """Return the run rate, or the method (or its mean with the run rate) that was clearly better on this series."""
    trial = _Trial(past)
    best = trial.judge(RUN_RATE, 1.0)
    rate, share = best, CLEARLY_BETTER
    for name in list(trial.expected)[1:]:
        if np.isnan(trial.expected[name][-1]).any():
            continue
        tested = trial.testable(name) & trial.whole_windows
        for weight in (1.0, 0.5) if tested.sum() >= FEW_ORIGINS else (0.5,):
            candidate = trial.judge(name, weight)
            found = _compare(candidate, rate, tested, past)
            if found is None or found >= share or trial.fails_this_year(candidate, tested):
                continue
            if trial.prints_no_worse(candidate, rate, name):
                best, share = candidate, found
    return trial.keep_tested(best)


class _Trial:
    """All methods at all origins of one series; the last row is the forecast itself."""

    def __init__(self, past: Past) -> None:
        self.past = past
        first = past.elapsed - 1
        if len(past.values) - past.elapsed < SHORT_PAST:
            first = min(first, FEWEST_ORIGINS - 1)
        self.origins = np.arange(first, len(past.values))
        # The run rate is wilder after fewer months than are gone now: beating it there proves nothing.
        self.whole_windows = self.origins[:-1] >= past.elapsed - 1
        self.rows = _gather(past, self.origins)
        with np.errstate(all="ignore"):
            self.expected = {name: method(self.rows) for name, method in list_methods().items()}
        self._fill_past_months()
        ahead = self.origins[:, None] + 1 + np.arange(past.left)
        known = ahead < len(past.values)
        self.actual = np.where(known, past.values[np.where(known, ahead, 0)], np.nan)[:-1]
        self.horizons = (~np.isnan(self.actual)).sum(axis=1)
        window = np.where(np.isnan(self.rows.window), 0, self.rows.window)[:-1]
        self.totals = window.sum(axis=1) + np.nansum(self.actual, axis=1)
        count = np.maximum((~np.isnan(self.rows.window[:-1])).sum(axis=1), 1)
        self.levels = np.abs(window).sum(axis=1) / count

    def testable(self, name: str) -> NDArray[np.bool_]:
        return ~np.isnan(self._errors(self.expected[name])) & (self.horizons > 0)

    def judge(self, name: str, weight: float) -> Choice:
        expected = self.expected[name]
        if weight < 1:
            expected = weight * expected + (1 - weight) * self.expected[RUN_RATE]
        method = name if weight == 1 else name + HALF
        return Choice(method, expected[-1], self._errors(expected), self.horizons, self.levels, self.totals)

    def fails_this_year(self, candidate: Choice, tested: NDArray[np.bool_]) -> bool:
        """Tell whether the months since January alone would have done clearly better at this year's origins.

        Elsewhere the run rate is the mean of as many months as are gone now. After a step around New Year those months
        mix both levels, and whatever else is tried would look good beside them.
        """
        values = self.past.values[-self.past.elapsed :]
        known = ~np.isnan(values)
        count = np.cumsum(known)
        means = np.cumsum(np.where(known, values, 0.0)) / np.maximum(count, 1)
        place = self.origins[:-1] - (len(self.past.values) - self.past.elapsed)
        ahead = np.where(np.isnan(self.actual), 0.0, means[np.maximum(place, 0)][:, None] - self.actual).sum(axis=1)
        fit = tested & (place >= 0) & (count[np.maximum(place, 0)] >= 2)
        return bool(round(np.abs(candidate.errors[fit]).sum() - WORSE_THIS_YEAR * np.abs(ahead[fit]).sum(), _DIGITS) > 0)

    def prints_no_worse(self, candidate: Choice, rate: Choice, name: str) -> bool:
        """Tell whether the error that would be printed is no worse than the run rate's at the very same origins."""
        mine, other = (self._keep(choice, self.testable(name)).percentage_error for choice in (candidate, rate))
        return mine is None or other is None or round(mine - NEVER_WORSE * other, _DIGITS) <= 0

    def keep_tested(self, choice: Choice) -> Choice:
        return self._keep(choice, self.testable(choice.method.removesuffix(HALF)))

    def _keep(self, choice: Choice, tested: NDArray[np.bool_]) -> Choice:
        return Choice(
            choice.method, choice.expected, choice.errors[tested], choice.horizons[tested], choice.levels[tested], choice.totals[tested]
        )

    def _errors(self, expected: Floats) -> Floats:
        ahead = expected[:-1, self.past.elapsed :]
        return np.where(np.isnan(self.actual), 0.0, ahead - self.actual).sum(axis=1)

    def _fill_past_months(self) -> None:
        # A method that lacks last year's figure only for a month already gone is no worse for the months to come.
        rate = self.expected[RUN_RATE]
        gone = np.arange(rate.shape[1]) < self.past.elapsed
        for name, expected in self.expected.items():
            self.expected[name] = np.where(np.isnan(expected) & gone, rate, expected)


def _compare(candidate: Choice, rate: Choice, tested: NDArray[np.bool_], past: Past) -> float | None:
    """Return the candidate's errors as a share of the run rate's; None where the evidence does not do."""
    zeros = (past.values[-24:] == 0).any()
    if tested.sum() < (FEWEST_WITH_ZEROS if zeros else FEWEST_ORIGINS):
        return None
    mine, other = np.abs(candidate.errors[tested]), np.abs(rate.errors[tested])
    share = _share(mine, other)
    if share >= CLEARLY_BETTER or _share(mine[-NEWEST:], other[-NEWEST:]) > STILL_BETTER:
        return None
    advantage = other - mine
    # Origins a month apart share most of their horizon: they are worth fewer independent ones.
    independent = max(1.0, len(mine) / min(max(past.left, 1), 6))
    if round(advantage.mean() * independent**0.5, _DIGITS) < round(STANDS_OUT * advantage.std(), _DIGITS):
        return None
    totals = np.abs(candidate.totals[tested])
    usable = totals > 0
    if _share(mine[usable] / totals[usable], other[usable] / totals[usable]) > NEVER_WORSE:
        return None
    return share


def _share(mine: Floats, other: Floats) -> float:
    upper, lower = round(float(mine.sum()), _DIGITS), round(float(other.sum()), _DIGITS)
    return round(upper / lower, _DIGITS) if lower > 0 else 1.0


def _gather(past: Past, origins: NDArray[np.int64]) -> Histories:
    """Return the lags of each origin; figures after an origin are not in its row."""
    back = origins[:, None] - np.arange(LAGS)
    values = np.where(back >= 0, past.values[np.maximum(back, 0)], np.nan)
    near = origins[:, None] - np.arange(-AHEAD, LAGS)
    weights = past.weights[np.clip(near, 0, len(past.weights) - 1)]
    shares = None
    if past.shares is not None:
        months = origins[:, None] - past.elapsed + 1 + np.arange(past.elapsed + past.left)
        shares = past.shares[np.clip(months, 0, len(past.shares) - 1)]
    return Histories(values, weights, past.elapsed, past.left, shares)
