"""A year's target from its months', and running sums."""

from decimal import Decimal

from ronghe.outlook.rules import cumulate, share_of, sum_target

D = Decimal
YEAR = {f"2026-{number:02d}": D(100 + number) for number in range(1, 13)}


def test_sum_of_twelve_months():
    found = sum_target(YEAR, "2026-03", is_sum=True)
    assert (found.whole, found.so_far, found.months, found.shares) == (D(1278), D(306), 12, tuple(YEAR.values()))


def test_mean_of_twelve_months():
    found = sum_target(YEAR, "2026-03", is_sum=False)
    assert (found.whole, found.so_far, found.months, found.shares) == (D("106.5"), D(102), 12, None)


def test_missing_months_count_as_the_mean_and_are_told():
    found = sum_target({"2026-01": D(10), "2026-02": D(20)}, "2026-02", is_sum=True)
    assert (found.whole, found.so_far, found.months, found.shares) == (D(180), D(30), 2, None)


def test_other_years_do_not_count():
    assert sum_target({"2025-12": D(10)}, "2026-02", is_sum=True) is None


def test_zero_month_is_no_plan_curve():
    assert sum_target({**YEAR, "2026-05": D(0)}, "2026-06", is_sum=True).shares is None


def test_running_sums_end_with_the_last_figure():
    assert cumulate([D(1), None, D(2), None]) == [D(1), D(1), D(3), None]
    assert cumulate([None]) == [None]
    assert (share_of(D(1), D(4)), share_of(None, D(4)), share_of(D(1), D(0))) == (D("0.25"), None, None)
