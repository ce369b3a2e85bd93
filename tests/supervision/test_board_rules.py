"""The rules of the board, pure."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ronghe.supervision.rules import boards as rules

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@given(DAYS)
def test_a_week_holds_its_days(day):
    week = rules.monday_of(day)
    assert week.weekday() == 0
    assert week <= day <= rules.sunday_of(week)
    assert rules.monday_of(rules.sunday_of(week)) == week


@given(DAYS, st.integers(0, 300))
def test_weeks_on_the_board_rise_by_one_each_monday(opened, later):
    week = rules.monday_of(opened + timedelta(days=later))
    assert rules.count_weeks(opened, rules.monday_of(opened)) == 1
    assert rules.count_weeks(opened, week + timedelta(days=7)) == rules.count_weeks(opened, week) + 1


@given(DAYS, st.integers(-30, 90))
def test_red_begins_the_day_after(due, later):
    assert rules.count_red_weeks(due, due + timedelta(days=later)) == max(0, later // 7)


def test_the_date_that_held_on_a_day():
    moves = [(date(2026, 3, 10), date(2026, 3, 1)), (date(2026, 4, 10), date(2026, 4, 1))]
    now = date(2026, 5, 1)
    assert [rules.find_due(now, moves, day) for day in (date(2026, 3, 9), date(2026, 3, 10), date(2026, 4, 9), date(2026, 4, 10))] == [
        date(2026, 3, 1), date(2026, 4, 1), date(2026, 4, 1), now,
    ]  # fmt: skip
    assert rules.find_due(now, [], date(2026, 1, 1)) == now


@given(DAYS, st.integers(0, 200), st.integers(0, 3))
def test_three_weeks_red_go_up_a_level_once(due, later, top):
    """Told day by day, it goes up on the 21st day and each 21st day after, and never above the top."""
    level, raised_on, days = 0, None, []
    for n in range(later):
        day = due + timedelta(days=n)
        for _twice in range(2):
            if rules.is_up(due, raised_on, level, top, day):
                level, raised_on = level + 1, day
                days.append(n)
    assert days == [n for n in (21, 42, 63) if n < later][:top]


def test_a_date_moved_starts_anew():
    due, raised = date(2026, 5, 1), date(2026, 4, 20)
    assert not rules.is_up(due, raised, 1, 3, date(2026, 5, 21))
    assert rules.is_up(due, raised, 1, 3, date(2026, 5, 22))


def test_levels():
    assert rules.list_levels(1, 2, 3, owner=9, supervisor=8) == [1, 2, 3]
    assert rules.list_levels(1, 2, 3, owner=1, supervisor=3) == [2]
    assert rules.list_levels(None, 2, 2, owner=9, supervisor=8) == [2]
    assert rules.list_levels(None, None, None, owner=9, supervisor=8) == []


def test_who_confirms():
    assert rules.find_bar_to_confirming(1, owner=2, reporters=[2]) == ""
    assert "责任人" in rules.find_bar_to_confirming(2, owner=2, reporters=[2])
    assert "汇报" in rules.find_bar_to_confirming(3, owner=2, reporters=[3])
