"""The methods on cases that can be reckoned by hand. Lags: column 0 is the as-of month."""

import math

import numpy as np
import pytest

from ronghe.forecast.methods import (
    AHEAD,
    LAGS,
    Floats,
    Histories,
    expect_decline,
    expect_last_year,
    expect_plan_curve,
    expect_planned_curve,
    expect_recent,
    expect_run_rate,
    expect_seasonal_drift,
)


def make_rows(oldest_first: list[float], elapsed: int, shares: list[float] | None = None) -> Histories:
    values = np.full((1, LAGS), np.nan)
    values[0, : len(oldest_first)] = oldest_first[::-1]
    return Histories(values, np.ones((1, AHEAD + LAGS)), elapsed, 12 - elapsed, None if shares is None else np.array([shares], dtype=float))


def ahead(expected: Floats, elapsed: int) -> list[float]:
    return [float(value) for value in expected[0, elapsed:]]


def test_run_rate_is_the_mean_of_this_year() -> None:
    rows = make_rows([99, 99, 10, 20, 30], elapsed=3)
    assert expect_run_rate(rows).tolist() == [[20.0] * 12]


def test_run_rate_without_a_figure_this_year_takes_the_last_twelve_months() -> None:
    rows = make_rows([*[4.0] * 12, math.nan], elapsed=1)
    assert expect_run_rate(rows).tolist() == [[4.0] * 12]


def test_plan_curve_carries_this_year_along_last_years_months() -> None:
    last_year = [10, 10, 10, 30, 10, 10, 10, 10, 10, 10, 10, 50]
    expected = expect_plan_curve(make_rows([*last_year, 20, 20, 20], elapsed=3))
    assert ahead(expected, 3) == [60, 20, 20, 20, 20, 20, 20, 20, 100]


def test_planned_curve_carries_this_year_along_the_plan() -> None:
    shares = [5, 5, 10, *[10] * 8, 20]
    expected = expect_planned_curve(make_rows([11, 11, 22], elapsed=3, shares=shares))
    assert ahead(expected, 3) == pytest.approx([22] * 8 + [44])


def test_seasonal_drift_takes_the_change_of_all_months_that_have_a_year_before() -> None:
    months = [100.0, *[50.0] * 11]
    expected = expect_seasonal_drift(make_rows([*months, *[0.9 * value for value in months], 81.0, 40.5], elapsed=2))
    assert ahead(expected, 2) == pytest.approx([40.5] * 10)


def test_a_ratio_rests_on_three_months_and_is_no_jump() -> None:
    short = make_rows([*[10.0] * 12, 20.0, 20.0], elapsed=2)
    assert np.isnan(expect_seasonal_drift(short)).all()
    jump = make_rows([*[10.0] * 12, 60.0, 60.0, 60.0], elapsed=3)
    assert np.isnan(expect_seasonal_drift(jump)).all()


def test_last_year_is_last_year() -> None:
    assert ahead(expect_last_year(make_rows([*range(1, 13), 7], elapsed=1)), 1) == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]


def test_recent_months_need_all_of_them() -> None:
    assert ahead(expect_recent(make_rows([9, 1, 2, 3], elapsed=4), span=3, fewest=3), 4) == [2.0] * 8
    assert np.isnan(expect_recent(make_rows([9, 1, math.nan, 3], elapsed=4), span=3, fewest=3)).all()


def test_decline_continues_an_exact_exponential() -> None:
    months = [1000 * math.exp(-0.02 * step) for step in range(18)]
    for span, fewest in ((12, 6), (24, 12)):
        expected = expect_decline(make_rows(months, elapsed=6), span=span, fewest=fewest)
        assert ahead(expected, 6) == pytest.approx([1000 * math.exp(-0.02 * step) for step in range(18, 24)], rel=1e-6)


def test_decline_agrees_with_arps_of_petbox() -> None:
    dca = pytest.importorskip("petbox.dca", reason="petbox-dca is not installed")
    curve = dca.MH(qi=1000.0, Di=0.2, bi=0.0, Dterm=0.0)
    rates = curve.rate(np.arange(1, 25) * 30.4)
    expected = expect_decline(make_rows(list(rates[:18]), elapsed=6), span=12, fewest=6)
    assert ahead(expected, 6) == pytest.approx(list(rates[18:]), rel=1e-6)


def test_decline_wants_figures_above_zero() -> None:
    assert np.isnan(expect_decline(make_rows([5, 4, 0, 3, 2, 2, 1], elapsed=7), span=12, fewest=6)).all()


def test_a_trend_that_does_not_stand_out_is_none() -> None:
    expected = expect_decline(make_rows([10, 11, 10, 9, 10, 11, 10, 9, 10], elapsed=9), span=12, fewest=6)
    assert ahead(expected, 9) == pytest.approx([10, 10, 10], rel=1e-9)
