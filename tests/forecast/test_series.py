"""One series through the one entry."""

from decimal import Decimal

import pytest

from ronghe.forecast.lights import Thresholds, light_for_forecast
from ronghe.forecast.series import forecast_series
from tests.forecast.builders import make_history

SEASON = [140, 130, 110, 90, 70, 60, 60, 70, 90, 110, 130, 140]


def test_a_first_year_is_the_run_rate() -> None:
    forecast = forecast_series(make_history([10, 20, 30], "2025-01"), as_of="2025-03")
    assert (forecast.method, forecast.estimate, forecast.so_far) == ("run_rate", 240, 60)
    assert forecast.low is not None
    assert forecast.high is not None
    assert 60 <= forecast.low < 240 < forecast.high
    assert (forecast.months_left, forecast.months_missing, forecast.backtest_error) == (9, 0, None)


def test_a_season_in_decline_is_carried_on() -> None:
    figures = [*SEASON, *(value * 0.9 for value in SEASON), *(value * 0.81 for value in SEASON[:5])]
    forecast = forecast_series(make_history(figures), as_of="2025-05")
    assert forecast.method in ("seasonal_drift", "plan_curve")
    assert float(forecast.estimate or 0) == pytest.approx(sum(SEASON) * 0.81)


def test_a_season_is_not_believed_before_it_was_seen_twice() -> None:
    """Five months of a second year are too few origins to leave the run rate, however well they fit."""
    forecast = forecast_series(make_history([*SEASON, *SEASON[:5]], "2024-01"), as_of="2025-05")
    assert forecast.method == "run_rate"
    assert float(forecast.estimate or 0) == pytest.approx(sum(SEASON[:5]) / 5 * 12)


def test_a_decline_is_carried_on() -> None:
    months = [1000 * 0.98**step for step in range(36)]
    forecast = forecast_series(make_history(months[:30]), as_of="2025-06")
    assert forecast.method != "run_rate"
    assert float(forecast.estimate or 0) == pytest.approx(sum(months[24:]), rel=0.002)
    assert forecast.backtest_error is not None
    assert forecast.backtest_error < 1


def test_a_full_year_is_its_actual() -> None:
    forecast = forecast_series(make_history(range(1, 13), "2025-01"), as_of="2025-12")
    assert (forecast.method, forecast.estimate, forecast.low, forecast.high) == ("actual", 78, 78, 78)
    assert (forecast.backtest_error, forecast.months_left) == (0, 0)


def test_a_missing_month_is_forecast_too() -> None:
    forecast = forecast_series(make_history([10, None, 10], "2025-01"), as_of="2025-03")
    assert (forecast.estimate, forecast.so_far, forecast.months_missing) == (120, 20, 1)


def test_a_series_that_begins_in_april_owes_nothing_before() -> None:
    forecast = forecast_series(make_history([10, 10, 10], "2025-04"), as_of="2025-06")
    assert (forecast.estimate, forecast.months_left, forecast.months_missing) == (90, 6, 0)


def test_no_figure_this_year_takes_last_years_rate() -> None:
    assert forecast_series(make_history([10] * 12, "2024-01"), as_of="2025-02").estimate == 120


def test_a_series_long_silent_keeps_its_last_figure() -> None:
    assert forecast_series(make_history([7], "2019-05"), as_of="2025-02").estimate == 84


def test_no_figure_at_all_is_said() -> None:
    forecast = forecast_series([("2025-01", None)], as_of="2025-01", target=Decimal(5))
    assert (forecast.method, forecast.estimate, forecast.low, forecast.so_far) == ("none", None, None, None)
    assert light_for_forecast(forecast, Decimal(5), "up") is None


def test_a_level_is_the_mean_of_the_year() -> None:
    forecast = forecast_series(make_history([95, 97], "2025-01"), as_of="2025-02", kind="level", target=Decimal(97), ceiling=Decimal(100))
    assert (forecast.estimate, forecast.so_far, forecast.required_rate) == (96, 96, Decimal("97.2"))
    assert forecast.high is not None
    assert forecast.high <= 100
    assert forecast.target_reached is None


def test_progress_against_target_and_time() -> None:
    forecast = forecast_series(make_history([100] * 6, "2025-01"), as_of="2025-06", target=Decimal(1500))
    assert (forecast.required_rate, forecast.year_gone) == (150, Decimal("0.5"))
    assert (forecast.target_reached, forecast.against_time) == (Decimal("0.4"), Decimal("-0.1"))


def test_planned_shares_are_used_where_they_have_been_right() -> None:
    shares = [Decimal(value) for value in SEASON]
    # Eighteen months, the level falling by half at New Year: last year's own ratio cannot be tested yet.
    figures = [*SEASON, *(value * 0.5 for value in SEASON[:6])]
    forecast = forecast_series(make_history(figures, "2024-01"), as_of="2025-06", plan_shares=shares)
    assert float(forecast.estimate or 0) == pytest.approx(600, rel=0.25)


@pytest.mark.parametrize(
    ("history", "options", "said"),
    [
        ([("2025-13", Decimal(1))], {}, "2025-13"),
        ([("2025-01", Decimal(1)), ("2025-01", Decimal(2))], {}, "两次"),
        ([("2025-01", Decimal("NaN"))], {}, "有限"),
        ([("2025-01", Decimal(1))], {"kind": "other"}, "kind"),
        ([("2025-01", Decimal(1))], {"plan_shares": [Decimal(1)]}, "十二"),
    ],
)
def test_wrong_arguments_are_refused(history: list, options: dict, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        forecast_series(history, as_of="2025-01", **options)


@pytest.mark.parametrize(
    ("direction", "target", "light"),
    [
        ("up", 120, "green"),
        ("up", 125, "yellow"),
        ("up", 130, "red"),
        ("down", 120, "green"),
        ("down", 115, "yellow"),
        ("down", 100, "red"),
    ],
)
def test_light_follows_the_forecast(direction: str, target: int, light: str) -> None:
    forecast = forecast_series(make_history([10], "2025-01"), as_of="2025-01")
    assert light_for_forecast(forecast, Decimal(target), direction) == light  # type: ignore[arg-type]


def test_thresholds_are_data_and_zero_is_strict() -> None:
    forecast = forecast_series(make_history([1], "2025-01"), as_of="2025-01")
    assert light_for_forecast(forecast, Decimal(0), "down") == "red"
    assert light_for_forecast(forecast, Decimal(20), "up", Thresholds(Decimal("0.5"), Decimal("0.6"))) == "green"
    with pytest.raises(ValueError, match="黄灯"):
        Thresholds(Decimal("0.2"), Decimal("0.1"))
    with pytest.raises(ValueError, match="方向"):
        light_for_forecast(forecast, Decimal(1), "none")  # type: ignore[arg-type]
