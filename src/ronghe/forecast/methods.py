"""The methods: each turns histories into the expected figure of every month of a window, all histories at once.

A history is a row of lags: column 0 is the as-of month, column 1 the month before, and so on, NaN where no figure is
known. The window is the year: `elapsed` months that end at lag 0 and `left` months after it. A back-test gives one row
for each origin, the forecast itself is one more row, so that a method is the same arithmetic in both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ronghe.forecast.model import RUN_RATE

Floats = NDArray[np.float64]

LAGS = 36
AHEAD = 11
_FEWEST_PAIRS = 3  # months that a ratio to last year rests on
_LARGEST_RATIO = 5.0  # a larger change from last year is no season but something else
_NOTHING = 1e-9  # a wobble of logs below this is rounding, not a trend


@dataclass(frozen=True)
class Histories:
    """Rows of lags and what belongs to them.

    values (rows, LAGS); weights (rows, AHEAD + LAGS): days of the month at lag −AHEAD and on (ones for levels);
    shares (rows, elapsed + left): planned shares of the window's months, or None.
    """

    values: Floats
    weights: Floats
    elapsed: int
    left: int
    shares: Floats | None = None

    @property
    def lags(self) -> NDArray[np.int64]:
        """Lag of each month of the window; negative: still to come."""
        return self.elapsed - 1 - np.arange(self.elapsed + self.left)

    @property
    def window(self) -> Floats:
        """Figures of the window's elapsed months, newest first."""
        return self.values[:, : self.elapsed]

    @property
    def last_year(self) -> Floats:
        """Figures a year before each month of the window."""
        return self.values[:, self.lags + 12]


def list_methods() -> dict[str, Callable[[Histories], Floats]]:
    """Return every method in the order in which ties are settled; the run rate is the first."""
    return {
        RUN_RATE: expect_run_rate,
        "planned_curve": expect_planned_curve,
        "seasonal_drift": expect_seasonal_drift,
        "plan_curve": expect_plan_curve,
        "last_year": expect_last_year,
        "decline_24": lambda rows: expect_decline(rows, span=24, fewest=12),
        "decline_12": lambda rows: expect_decline(rows, span=12, fewest=6),
        "last_12": lambda rows: expect_recent(rows, span=12, fewest=9),
        "recent_3": lambda rows: expect_recent(rows, span=3, fewest=3),
    }


def expect_run_rate(rows: Histories) -> Floats:
    """The mean of this year's months; where none is known yet, of the last twelve, then of all."""
    mean = _mean(rows.window)
    for wider in (rows.values[:, :12], rows.values):
        mean = np.where(np.isnan(mean), _mean(wider), mean)
    return np.repeat(mean[:, None], rows.elapsed + rows.left, axis=1)


def expect_planned_curve(rows: Histories) -> Floats:
    """This year's figures so far, carried on along the planned shares."""
    if rows.shares is None:
        return _unavailable(rows)
    past = rows.shares[:, : rows.elapsed][:, ::-1]
    known = ~np.isnan(rows.window)
    ratio = _divide(_sum(rows.window, known), _sum(past, known))
    return ratio[:, None] * rows.shares


def expect_plan_curve(rows: Histories) -> Floats:
    """Last year's months, scaled as this year's months so far stand to the same months of last year."""
    return _ratio_to_last_year(rows, rows.elapsed)[:, None] * rows.last_year


def expect_seasonal_drift(rows: Histories) -> Floats:
    """Last year's months, scaled by the last (up to) twelve months' ratio to a year before: decline with a season."""
    return _ratio_to_last_year(rows, 12)[:, None] * rows.last_year


def expect_last_year(rows: Histories) -> Floats:
    """Last year's months again."""
    return rows.last_year


def expect_recent(rows: Histories, *, span: int, fewest: int) -> Floats:
    """The mean of the last `span` months per day, for as many days as each month has."""
    values = rows.values[:, :span]
    known = ~np.isnan(values)
    rate = _divide(_sum(values, known), _sum(rows.weights[:, AHEAD : AHEAD + span], known))
    rate[known.sum(axis=1) < fewest] = np.nan
    return rate[:, None] * _window_weights(rows)


def expect_decline(rows: Histories, *, span: int, fewest: int) -> Floats:
    """Exponential decline (Arps, b = 0) or growth per day, fitted to the logs of the last `span` months.

    The slope is shrunk by how far it stands out of the scatter, and the curve is scaled so that it adds up to what was.
    Only where all the known months are above zero.
    """
    rate = rows.values[:, :span] / rows.weights[:, AHEAD : AHEAD + span]
    known = ~np.isnan(rate)
    positive = known & (np.where(known, rate, 0) > 0)
    count = positive.sum(axis=1)
    logs = np.log(np.where(positive, rate, 1.0))
    time = np.broadcast_to(-np.arange(span, dtype=float), rate.shape)
    mean_time, mean_log = _mean_where(time, positive), _mean_where(logs, positive)
    from_time, from_log = time - mean_time[:, None], logs - mean_log[:, None]
    spread = _sum(from_time**2, positive)
    slope = _divide(_sum(from_time * from_log, positive), spread)
    scatter = _sum((from_log - slope[:, None] * from_time) ** 2, positive) / np.maximum(count - 2, 1) + _NOTHING**2
    slope *= np.maximum(0.0, 1 - _divide(4 * scatter, slope**2 * spread, otherwise=1.0))

    def curve(at: Floats | NDArray[np.int64]) -> Floats:
        steps = -at - mean_time[:, None]
        return np.exp(np.clip(slope[:, None] * steps + mean_log[:, None], -500, 500))

    scale = _divide(_sum(rate, positive), _sum(curve(-time), positive))
    expected = scale[:, None] * curve(np.broadcast_to(rows.lags, (len(rate), len(rows.lags)))) * _window_weights(rows)
    expected[(count < fewest) | (positive != known).any(axis=1)] = np.nan
    return expected


def _ratio_to_last_year(rows: Histories, span: int) -> Floats:
    now, before = rows.values[:, :span], rows.values[:, 12 : 12 + span]
    pairs = ~np.isnan(now) & ~np.isnan(before)
    ratio = _divide(_sum(now, pairs), _sum(before, pairs))
    unfit = (pairs.sum(axis=1) < min(_FEWEST_PAIRS, span)) | ~(ratio > 1 / _LARGEST_RATIO) | ~(ratio < _LARGEST_RATIO)
    ratio[unfit] = np.nan
    return ratio


def _window_weights(rows: Histories) -> Floats:
    return rows.weights[:, AHEAD + rows.lags]


def _unavailable(rows: Histories) -> Floats:
    return np.full((len(rows.values), rows.elapsed + rows.left), np.nan)


def _sum(values: Floats, known: NDArray[np.bool_]) -> Floats:
    return np.where(known, values, 0.0).sum(axis=1)


def _mean(values: Floats) -> Floats:
    return _mean_where(values, ~np.isnan(values))


def _mean_where(values: Floats, known: NDArray[np.bool_]) -> Floats:
    return _divide(_sum(values, known), known.sum(axis=1).astype(float))


def _divide(upper: Floats, lower: Floats, *, otherwise: float = np.nan) -> Floats:
    """Divide row by row; `otherwise` where the lower is zero."""
    zero = lower == 0
    return np.where(zero, otherwise, upper / np.where(zero, 1.0, lower))
