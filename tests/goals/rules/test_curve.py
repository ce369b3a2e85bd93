"""进度曲线: the months reconcile with the year."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronghe.goals.rules.curve import draw_curve, last_years, list_months, sum_to, weigh_curve

D = Decimal
MONTHS = list_months("2026-01", "2026-12")
WORKDAYS = dict(zip(MONTHS, map(D, (20, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23)), strict=True))
totals = st.decimals(min_value=0, max_value=10**9, places=2)


@given(totals, st.sampled_from(["equal", "workdays", "last_year"]), st.sampled_from(["sum", "last", "mean"]), st.integers(0, 3))
def test_every_drawn_curve_meets_the_year(total, method, rollup, places):
    drawn = draw_curve(total, MONTHS, rollup=rollup, method=method, decimals=places, shape=WORKDAYS)
    assert list(drawn) == MONTHS
    assert weigh_curve(total, list(drawn.values()), rollup=rollup, decimals=max(places, 2)).reconciles


def test_amounts_follow_the_working_days():
    drawn = draw_curve(D(2470), MONTHS, rollup="sum", method="workdays", decimals=0, shape=WORKDAYS)
    assert [drawn[month] for month in MONTHS] == [value * 10 for value in WORKDAYS.values()]


def test_last_years_shape_and_a_month_that_it_lacks():
    shape = {"2026-01": D(3), "2026-02": D(1)}
    drawn = draw_curve(D(100), ["2026-01", "2026-02", "2026-03"], rollup="sum", method="last_year", decimals=0, shape=shape)
    assert drawn == {"2026-01": D(75), "2026-02": D(25), "2026-03": D(0)}


def test_a_level_stands_each_month():
    assert set(draw_curve(D("9.5"), MONTHS, rollup="last", method="equal", decimals=1).values()) == {D("9.5")}


def test_a_hand_made_curve_is_not_drawn():
    with pytest.raises(ValueError, match="hand"):
        draw_curve(D(1), MONTHS, rollup="sum", method="hand", decimals=0)


@pytest.mark.parametrize(
    ("rollup", "values", "left", "fits"),
    [
        ("sum", ["40", "60"], "0", True),
        ("sum", ["40", "50"], "10", False),
        ("last", ["40", "100"], "0", True),
        ("mean", ["90", "110"], "0", True),
        ("recomputed", ["1", "2"], None, True),
        ("sum", ["40", None], "100", False),
    ],
)
def test_reconciling_with_the_year(rollup, values, left, fits):
    balance = weigh_curve(D(100), [D(value) if value else None for value in values], rollup=rollup, decimals=0)
    assert (balance.left, balance.reconciles) == (D(left) if left is not None else None, fits)


def test_to_date():
    values = {"2026-01": D(1), "2026-02": D(2), "2026-03": D(9)}
    assert [sum_to(values, "2026-02", rollup=rollup) for rollup in ("sum", "last", "mean")] == [D(3), D(2), D("1.5")]
    assert sum_to({}, "2026-02", rollup="sum") is None


def test_months():
    assert list_months("2026-11", "2027-02") == ["2026-11", "2026-12", "2027-01", "2027-02"]
    assert last_years("2026-02") == "2025-02"
    with pytest.raises(ValueError, match=">"):
        list_months("2026-02", "2026-01")
