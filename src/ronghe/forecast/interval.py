"""How far off: the 80% interval, from the chosen method's own back-test, scaled to the months that remain."""

from __future__ import annotations

import math

import numpy as np

from ronghe.forecast.methods import Floats
from ronghe.forecast.selection import Choice

COVERAGE = 0.8
NORMAL_QUANTILE = 1.2816  # of 80%, two-sided
_ENOUGH_ORIGINS = 4
_USUAL_SPREAD = 0.25  # of a month, as a share of its size, where a series is too short to show its own
_HORIZON_POWER = 0.75  # between independent months (½) and a lasting error of the rate (1)


def half_width(choice: Choice, recent: Floats, unknown: int) -> float:
    """Return how far the sum of the `unknown` months may lie from its forecast on either side.

    `recent` are the newest known months (at most twelve). From the back-test where it has enough origins: its errors as
    multiples of the months' size then, so that a series in decline is not measured by its early size; the quantile leaves
    room for how few they are. Else from the scatter of the months, as if they were independent.
    """
    if unknown == 0:
        return 0.0
    tested = choice.horizons * 2 >= unknown
    if tested.sum() < _ENOUGH_ORIGINS:
        return _from_scatter(recent, unknown)
    errors = np.abs(choice.errors[tested]) * (unknown / choice.horizons[tested]) ** _HORIZON_POWER
    size = float(np.abs(recent).mean())
    levels = choice.levels[tested]
    if size > 0 and (levels > 0).all():
        errors = errors / levels * size
    ordered = np.sort(errors)
    place = math.ceil(COVERAGE * (len(ordered) + 1)) - 1
    return float(ordered[min(place, len(ordered) - 1)])


def _from_scatter(recent: Floats, unknown: int) -> float:
    """Independent months around a mean, and as far again as a trend that stands out of them would carry."""
    count = len(recent)
    if count <= 2:
        spread, drift = _USUAL_SPREAD * float(np.abs(recent).mean()), 0.0
    else:
        time = np.arange(count) - (count - 1) / 2
        slope = float((time * recent).sum() / (time**2).sum())
        rest = recent - recent.mean() - slope * time
        noise = float((rest**2).sum()) / (count - 2) / float((time**2).sum())
        kept = max(0.0, 1 - noise / slope**2) if slope else 0.0
        spread = float(recent.std(ddof=1)) if kept < 0.5 else math.sqrt(float((rest**2).sum()) / (count - 2))
        drift = abs(slope) * kept * (count + unknown) / 2 * unknown
    return NORMAL_QUANTILE * spread * math.sqrt(unknown + unknown**2 / count) + drift
