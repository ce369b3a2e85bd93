"""The pure rules of 驻站带班."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ronghe.stationing.rules import Outcome, Wish, group_alike, spread_week, suits_shift, sum_up

MONDAY = date(2026, 11, 2)
WEEK = [MONDAY + timedelta(days=n) for n in range(5)]


@given(
    st.lists(
        st.tuples(st.lists(st.integers(1, 9), max_size=4, unique=True), st.lists(st.sampled_from(WEEK), unique=True), st.integers(0, 2)),
        max_size=8,
    ),
    st.integers(1, 2),
)
def test_a_week_keeps_to_free_days_and_own_stations(wanted, per_week):
    wishes = [Wish(number, tuple(units), tuple(days), planned) for number, (units, days, planned) in enumerate(wanted)]
    found = spread_week(wishes, per_week, {}, {})
    for wish in wishes:
        own = [(unit, day) for leader, unit, day in found if leader == wish.leader]
        days = [day for _unit, day in own]
        assert len(days) == len(set(days))
        assert set(days) <= set(wish.days)
        assert {unit for unit, _day in own} <= set(wish.units)
        assert len(own) == (min(max(0, per_week - wish.planned), len(wish.days)) if wish.units else 0)


def test_leaders_are_spread_over_the_days():
    found = spread_week([Wish(n, (n,), tuple(WEEK)) for n in range(5)], 1, {}, {})
    assert sorted(day for _leader, _unit, day in found) == WEEK


def test_a_day_that_suits_the_shifts_comes_first():
    assert spread_week([Wish(1, (7,), tuple(WEEK))], 1, {7: {WEEK[3]}}, {}) == [(1, 7, WEEK[3])]
    assert spread_week([Wish(1, (7,), tuple(WEEK[:2]))], 1, {7: {WEEK[3]}}, {}) == [(1, 7, WEEK[0])]


def test_a_cycle_begins_with_its_anchor():
    good = [day for day in WEEK if suits_shift(day, anchor=MONDAY - timedelta(days=4), cycle=4, places=[1, 2])]
    assert good == [WEEK[0], WEEK[1], WEEK[4]]


TEXTS = [
    (1, 1, "值班室空调制热不好,夜班冷"),
    (2, 2, "夜班值班室冷,空调制热不好用"),
    (3, 3, "空调制热不好,值班室夜班冷"),
    (4, 1, "井场标识牌褪色看不清井号"),
    (5, 2, "党小组活动记录补填"),
    (6, 3, "污油回收泵密封渗漏"),
]


def test_what_three_stations_say_alike_is_one_group():
    assert group_alike(TEXTS, min_units=3) == [[1, 2, 3]]
    assert group_alike(TEXTS, min_units=4) == []


def test_one_station_alone_is_no_group():
    same = [(pk, 1, text) for pk, _unit, text in TEXTS]
    assert group_alike(same, min_units=2) == []


@given(st.lists(st.tuples(st.integers(1, 4), st.text("空调冷夜班泵漏井场", max_size=12)), max_size=12))
def test_groups_are_apart_and_wide_enough(rows):
    texts = [(pk, unit, text) for pk, (unit, text) in enumerate(rows)]
    groups = group_alike(texts, min_units=2)
    assert all(count == 1 for count in Counter(pk for group in groups for pk in group).values())
    unit_of = {pk: unit for pk, unit, _text in texts}
    assert all(len({unit_of[pk] for pk in group}) >= 2 for group in groups)


def test_problems_are_summed_by_what_became_of_them():
    rows = [(MONDAY, WEEK[2], False), (MONDAY, WEEK[4], False), (MONDAY, None, True), (MONDAY, None, False)]
    assert sum_up(rows) == Outcome(found=4, solved=2, days=3, open=2, late=1)
    assert sum_up([]) == Outcome()
    assert Outcome(4, 2).rate == "50%"
