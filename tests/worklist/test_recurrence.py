"""When an item is due: every month of 2025–2027 against the State Council's holidays and swap days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronghe.common.calendar import is_working_day
from ronghe.worklist.queries.months import is_year_confirmed
from ronghe.worklist.rules import recurrence as r

MONTHS = [f"{year}-{month:02d}" for year in (2025, 2026, 2027) for month in range(1, 13)]


def works(day):
    return is_working_day(day, {})


@pytest.mark.parametrize(
    ("rule", "month", "shift", "due"),
    [
        # National Day 2025 (with Mid-Autumn): 1–8 October off, 28 September and 11 October worked
        ("FREQ=MONTHLY;BYMONTHDAY=1", "2025-10", "after", [date(2025, 10, 9)]),
        ("FREQ=MONTHLY;BYMONTHDAY=1", "2025-10", "before", [date(2025, 10, 9)]),  # stays in its month
        ("FREQ=MONTHLY;BYMONTHDAY=28", "2025-09", "after", [date(2025, 9, 28)]),  # a Sunday that is worked
        ("FREQ=MONTHLY;BYMONTHDAY=11", "2025-10", "after", [date(2025, 10, 11)]),  # a Saturday that is worked
        # Spring Festival 2025: 28 January – 4 February off, 26 January and 8 February worked
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2025-01", "after", [date(2025, 1, 27)]),
        ("FREQ=MONTHLY;BYMONTHDAY=8", "2025-02", "after", [date(2025, 2, 8)]),
        # Spring Festival 2026: 15–23 February off, 14 and 28 February worked
        ("FREQ=MONTHLY;BYMONTHDAY=15", "2026-02", "after", [date(2026, 2, 24)]),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "2026-02", "before", [date(2026, 2, 14)]),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "2026-02", "none", [date(2026, 2, 15)]),
        ("FREQ=WEEKLY;BYDAY=MO", "2026-02", "after", [date(2026, 2, 2), date(2026, 2, 9), date(2026, 2, 24)]),  # a week off has none
        ("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "2026-02", "none", [date(2026, 2, 28)]),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", "2026-06", "after", [date(2026, 6, 22)]),  # Dragon Boat: 19–21 June
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", "2026-07", "after", []),
        # 2027's notice is not out: weekends and statutory days alone
        ("FREQ=MONTHLY;BYMONTHDAY=1", "2027-10", "after", [date(2027, 10, 6)]),
        ("FREQ=MONTHLY;BYDAY=FR;BYSETPOS=3", "2027-03", "after", [date(2027, 3, 19)]),
    ],
)
def test_dates_of_the_holidays(rule, month, shift, due):
    assert [one.due for one in r.list_occurrences(rule, month, shift, works)] == due


@pytest.mark.parametrize(("year", "confirmed"), [(2025, True), (2026, True), (2027, False)])
def test_what_is_confirmed(db, year, confirmed):
    assert is_year_confirmed(year) is confirmed


def test_own_table_confirms_a_year(db):
    from ronghe.common.models import WorkingDay

    row = WorkingDay.objects.create(day=date(2027, 2, 7), works=True, confirmed=False)
    assert is_year_confirmed(2027) is False
    row.confirmed = True
    row.save()
    assert is_year_confirmed(2027) is True


patterns = st.one_of(
    st.builds(r.Pattern, st.just("week"), weekday=st.integers(0, 6)),
    st.builds(r.Pattern, st.just("month"), day=st.sampled_from([-1, *range(1, 32)])),
    st.builds(r.Pattern, st.just("month"), weekday=st.integers(0, 6), nth=st.sampled_from([1, 2, 3, 4, -1])),
    st.builds(r.Pattern, st.just("quarter"), day=st.integers(1, 31), month=st.integers(1, 3)),
    st.builds(r.Pattern, st.just("half"), day=st.integers(1, 31), month=st.integers(1, 6)),
    st.builds(r.Pattern, st.just("year"), day=st.sampled_from([-1, *range(1, 32)]), month=st.integers(1, 12)),
)


@given(patterns)
def test_a_pattern_is_read_back_from_its_rule(pattern):
    assert r.read_pattern(r.check_rule(r.write_rule(pattern))) == pattern


@given(patterns, st.sampled_from(MONTHS), st.sampled_from(["before", "after"]))
def test_a_date_is_a_working_day_of_its_own_month(pattern, month, shift):
    first, last = r.read_month(month)
    found = r.list_occurrences(r.write_rule(pattern), month, shift, works)
    assert all(first <= one.due <= last and works(one.due) for one in found)
    assert len({one.due for one in found}) == len(found)
    if pattern.every == "week":
        assert all(r.monday_of(one.due) == r.monday_of(one.planned) for one in found)


@given(patterns)
def test_each_period_has_its_dates(pattern):
    """A year has 12 monthly dates, 4 quarterly, 2 half-yearly, 1 yearly: no February loses its 30th."""
    count = sum(len(r.list_occurrences(r.write_rule(pattern), f"2026-{n:02d}", "none", works)) for n in range(1, 13))
    assert count == {"month": 12, "quarter": 4, "half": 2, "year": 1}.get(pattern.every, count)
    if pattern.every == "week":
        assert count in (52, 53)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FREQ=DAILY",
        "FREQ=MONTHLY;COUNT=3",
        "FREQ=MONTHLY;BYMONTHDAY=99",
        "FREQ=WEEKLY;BYDAY=XX",
        "x",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31",
    ],
)
def test_what_is_no_rule(text):
    with pytest.raises(r.BadRule):
        r.check_rule(text)


def test_words():
    assert [r.describe_rule(rule) for rule in ("FREQ=WEEKLY;BYDAY=MO", "FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=3", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5", "FREQ=MONTHLY;BYMONTHDAY=5,20")] == [
        "每周一", "每月最后一天", "每季度第 3 个月 20 日", "每月第 3 个星期五", "每年 12 月 5 日", "FREQ=MONTHLY;BYMONTHDAY=5,20",
    ]  # fmt: skip
    assert r.add_months("2026-11", 3) == "2027-02"
    assert r.monday_of(date(2026, 11, 27)) == date(2026, 11, 27) - timedelta(days=4)
