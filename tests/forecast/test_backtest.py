"""Out of sample, over families of series: better than the run rate together, and no series much worse where it matters."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import pytest

from bench.forecast import Score, list_demo, score_series
from bench.forecast_families import FAMILIES, draw_series

CLEAR = ("decline", "hyperbolic decline", "decline with season", "season", "December lump", "quarter ends", "growth", "ramp")
MONTHS = (2, 4, 6, 8, 10)


def score_family(family: str, months: int, count: int = 6) -> list[Score]:
    year = 2020 + months // 12
    scores = (score_series(draw_series(family, months, 100 + seed), year, months=MONTHS) for seed in range(count))
    return [score for score in scores if score]


def ratio(scores: Iterable[Score]) -> float:
    scores = list(scores)
    return float(np.mean([np.mean(score.ours) for score in scores]) / np.mean([np.mean(score.rate) for score in scores]))


@pytest.mark.parametrize("family", CLEAR)
def test_what_can_be_seen_is_used(family: str) -> None:
    scores = score_family(family, 36)
    assert ratio(scores) < 0.95
    # A few origins can mislead: no more than one series of the six.
    assert sum(score.ratio > 1.05 for score in scores) <= 1


@pytest.mark.parametrize("family", FAMILIES)
def test_a_first_year_is_never_worse(family: str) -> None:
    assert all(score.ratio == pytest.approx(1) for score in score_family(family, 12))


def test_all_together_better_and_seldom_worse() -> None:
    scores = [score for family in FAMILIES for months in (24, 36) for score in score_family(family, months, 4)]
    assert ratio(scores) < 0.85
    assert np.mean([score.ratio > 1.05 for score in scores]) < 0.2
    assert 0.7 < np.mean([hit for score in scores for hit in score.inside]) < 0.95


def test_the_demo_is_better_together() -> None:
    scores = [score for _, score in list_demo([date(2026, 1, 10)], ("oil", "measure_oil", "savings", "expense"), months=MONTHS)]
    assert ratio(scores) < 1
    assert np.median([score.ratio for score in scores]) <= 1 + 1e-9
