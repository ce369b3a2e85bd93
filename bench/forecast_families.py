"""Made-up monthly series of known shapes, to test forecasts on: the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ronghe.forecast.methods import Floats
from ronghe.forecast.months import count_days, parse_month

FIRST_YEAR = 2021
Draw = Callable[[np.random.Generator, Floats, Floats], Floats]


def _season(rng: np.random.Generator, time: Floats, low: float, high: float) -> Floats:
    return 1 + rng.uniform(low, high) * np.cos(2 * np.pi * (time - rng.integers(12)) / 12)


def _noise(rng: np.random.Generator, time: Floats, spread: float) -> Floats:
    return np.clip(1 + rng.normal(0, spread, len(time)), 0, None)


def _step(rng: np.random.Generator, time: Floats, _: Floats) -> Floats:
    at = rng.integers(6, len(time) - 3)
    return np.where(time >= at, rng.choice([0.6, 1.5]), 1.0) * _noise(rng, time, 0.05)


def _hyperbolic(rng: np.random.Generator, time: Floats, _: Floats) -> Floats:
    return (1 + 0.8 * rng.uniform(0.03, 0.1) * time) ** (-1 / 0.8) * _noise(rng, time, 0.03)


# Shape of the months, in multiples of the series' level. `days` is 1 for a month of the usual length.
FAMILIES: dict[str, Draw] = {
    "decline": lambda rng, time, days: np.exp(-rng.uniform(0.01, 0.04) * time) * days * _noise(rng, time, 0.03),
    "hyperbolic decline": _hyperbolic,
    "decline with season": lambda rng, time, days: (
        np.exp(-rng.uniform(0.005, 0.03) * time) * _season(rng, time, 0.05, 0.3) * _noise(rng, time, 0.03)
    ),
    "season": lambda rng, time, days: _season(rng, time, 0.2, 0.6) * _noise(rng, time, 0.05),
    "December lump": lambda rng, time, days: np.where(time % 12 == 11, 2.5, 1.0) * _noise(rng, time, 0.1),
    "quarter ends": lambda rng, time, days: np.where(time % 3 == 2, 1.5, 0.75) * _noise(rng, time, 0.05),
    "growth": lambda rng, time, days: np.exp(rng.uniform(0.01, 0.03) * time) * _noise(rng, time, 0.05),
    "ramp": lambda rng, time, days: (0.3 + time / len(time)) * _noise(rng, time, 0.05),
    "step": _step,
    "flat, 2% noise": lambda rng, time, days: _noise(rng, time, 0.02),
    "flat, 10% noise": lambda rng, time, days: _noise(rng, time, 0.1),
    "flat, 30% noise": lambda rng, time, days: _noise(rng, time, 0.3),
    "random walk": lambda rng, time, days: np.exp(np.cumsum(rng.normal(0, 0.06, len(time)))),
    "wild": lambda rng, time, days: np.exp(rng.normal(0, 0.6, len(time))),
    "intermittent zeros": lambda rng, time, days: rng.poisson(0.4, len(time)).astype(float),
    "counts": lambda rng, time, days: rng.poisson(1.8, len(time)).astype(float),
}
COUNTED = ("intermittent zeros", "counts")


def draw_series(family: str, months: int, seed: int) -> dict[str, float]:
    """Return figures by month, from January of FIRST_YEAR on."""
    rng = np.random.default_rng([seed, list(FAMILIES).index(family), months])
    time = np.arange(months, dtype=float)
    names = [f"{FIRST_YEAR + step // 12}-{step % 12 + 1:02d}" for step in range(months)]
    days = np.array([count_days(parse_month(name)) / 30.4 for name in names])
    level = 1.0 if family in COUNTED else 10 ** rng.uniform(0, 4)
    values = level * FAMILIES[family](rng, time, days)
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}
