"""How forecasts do against the straight run rate: `python -m bench.forecast` prints the tables of docs/forecast.md.

Out of sample: at each as-of month only what was known then is given, and the year's true total judges.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import numpy as np

from bench.forecast_families import FAMILIES, draw_series
from ronghe.forecast.series import forecast_series
from ronghe.portal.demo.series import build_series
from ronghe.portal.demo.world import build_world

LENGTHS = (14, 24, 36, 60)
PER_FAMILY = 20
DEMO_DAYS = (date(2026, 1, 10), date(2026, 7, 10), date(2027, 1, 10))
SUMS = ("oil", "measure_oil", "savings", "expense", "violations", "labour", "disputes", "theme_results", "adopted")


@dataclass
class Score:
    """One series over all its as-of months: mean absolute errors as shares of the year's total, ours and the run rate's."""

    ours: list[float] = field(default_factory=list)
    rate: list[float] = field(default_factory=list)
    inside: list[bool] = field(default_factory=list)
    methods: Counter[str] = field(default_factory=Counter)

    @property
    def ratio(self) -> float:
        rate = float(np.mean(self.rate))
        return float(np.mean(self.ours)) / rate if rate else 1.0


def score_series(figures: dict[str, float], year: int, *, months: Sequence[int] = range(1, 12)) -> Score | None:
    """Forecast `year` at the end of each of `months`; None where its total is zero or not whole."""
    names = [f"{year}-{month:02d}" for month in range(1, 13)]
    if any(name not in figures for name in names):
        return None
    total = sum(figures[name] for name in names)
    if not total:
        return None
    history = [(name, Decimal(repr(value))) for name, value in figures.items()]
    score = Score()
    for month in months:
        forecast = forecast_series(history, as_of=names[month - 1])
        rate = sum(figures[name] for name in names[:month]) / month * 12
        estimate, low, high = (float(value) for value in (forecast.estimate, forecast.low, forecast.high))
        score.ours.append(abs(estimate - total) / abs(total))
        score.rate.append(abs(rate - total) / abs(total))
        slack = 1e-9 * abs(total)
        score.inside.append(low - slack <= total <= high + slack)
        score.methods[forecast.method] += 1
    return score


def list_synthetic(months: int, count: int = PER_FAMILY) -> Iterator[tuple[str, Score]]:
    """Score every family's series of `months` months; the last calendar year (from its as-of January on) is forecast."""
    year = 2021 + (months - 1) // 12
    whole = -(-months // 12) * 12
    for family in FAMILIES:
        for seed in range(count):
            figures = draw_series(family, whole, seed)
            late = dict(list(figures.items())[whole - months :])
            score = score_series(late, year)
            if score:
                yield family, score


def list_demo(
    days: Sequence[date] = DEMO_DAYS, indicators: Sequence[str] = SUMS, *, months: Sequence[int] = range(1, 12)
) -> Iterator[tuple[str, Score]]:
    """Score the demo's measures that add up, seen from several days: each calendar year that is whole in its 24 months."""
    for today in days:
        rows = build_series(build_world(today)).figures
        by_series: dict[tuple[str, str], dict[str, float]] = {}
        for row in rows:
            if row.indicator in indicators and row.actual is not None:
                by_series.setdefault((row.unit, row.indicator), {})[row.period] = float(row.actual)
        for (_, indicator), figures in by_series.items():
            for year in sorted({int(period[:4]) for period in figures}):
                score = score_series(figures, year, months=months)
                if score:
                    history = min(figures) < f"{year}-01"
                    yield f"{indicator}, {'with' if history else 'without'} a year before", score


def summarise(scores: Iterator[tuple[str, Score]]) -> list[tuple[str, ...]]:
    """Return a row for each family and one for all: errors, their ratio, the spread of ratios, coverage."""
    groups: dict[str, list[Score]] = {}
    for name, score in scores:
        groups.setdefault(name, []).append(score)
    rows = [_row(name, group) for name, group in groups.items()]
    return [*rows, _row("**all**", [score for group in groups.values() for score in group])]


def _row(name: str, group: list[Score]) -> tuple[str, ...]:
    ours = float(np.mean([np.mean(score.ours) for score in group]))
    rate = float(np.mean([np.mean(score.rate) for score in group]))
    ratios = np.array([score.ratio for score in group])
    inside = float(np.mean([hit for score in group for hit in score.inside]))
    return (
        name, str(len(group)), f"{100 * rate:.1f}", f"{100 * ours:.1f}", f"{ours / rate:.2f}", f"{np.median(ratios):.2f}",
        f"{np.quantile(ratios, 0.9):.2f}", f"{ratios.max():.2f}", f"{100 * np.mean(ratios > 1.05):.0f}%", f"{100 * inside:.0f}%",
    )  # fmt: skip


HEADER = ("series", "n", "run rate", "ours", "ratio", "median", "9th decile", "worst", "> 1.05", "inside 80%")


def _print_table(title: str, rows: list[tuple[str, ...]]) -> None:
    print(f"\n### {title}\n")
    for row in (HEADER, ("---", *["---:"] * (len(HEADER) - 1)), *rows):
        print("| " + " | ".join(row) + " |")


def main() -> None:
    started = time.process_time()
    _print_table("Demo", summarise(list_demo()))
    for months in LENGTHS:
        _print_table(f"Made-up series, {months} months at the year's end", summarise(list_synthetic(months)))
    print(f"\nCPU {time.process_time() - started:.0f} s")


if __name__ == "__main__":
    main()
