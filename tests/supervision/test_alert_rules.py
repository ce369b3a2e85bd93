"""When numbers fire, how firings join to episodes, what they led to: pure."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ronghe.decisions.rules import is_just_below
from ronghe.supervision.rules import alerts as rules

D = Decimal
START = date(2026, 1, 1)


def test_crossing():
    assert [rules.crosses(D(n), D(3), "over") for n in (2, 3, 4)] == [False, True, True]
    assert [rules.crosses(D(n), D(3), "under") for n in (2, 3, 4)] == [True, True, False]


def test_worsening():
    series = [D(5), D(4), D(3), D(2)]
    assert rules.count_worsening(series, "up") == 3
    assert rules.count_worsening(series, "down") == 0
    assert rules.count_worsening([D(5), None, D(3), D(2)], "up") == 1
    assert rules.count_worsening([D(1), D(2), D(2)], "down") == 0
    assert rules.count_worsening([D(1)], "up") == 0


@given(st.lists(st.integers(0, 5), min_size=1, max_size=13))
def test_a_run_ends_where_it_did_not_get_worse(numbers):
    run = rules.count_worsening([D(n) for n in numbers], "up")
    tail = numbers[len(numbers) - 1 - run :]
    assert all(after < before for before, after in zip(tail, tail[1:], strict=False))
    if run < len(numbers) - 1:
        assert not numbers[-run - 1] < numbers[-run - 2]


def test_quiet_days():
    assert not rules.is_quiet(None, START, 30)
    assert rules.is_quiet(START, START + timedelta(days=29), 30)
    assert not rules.is_quiet(START, START + timedelta(days=30), 30)


@given(st.sets(st.tuples(st.sampled_from("ab"), st.integers(0, 11)), max_size=20))
def test_days_that_follow_each_other_are_one_episode(fired):
    days = [START + timedelta(days=30 * n) for n in range(12)]
    episodes = rules.find_episodes([(key, 1, days[n]) for key, n in fired], days)
    starts = {(key, days[n]) for key, n in fired if (key, n - 1) not in fired}
    ends = {(key, days[n]) for key, n in fired if (key, n + 1) not in fired}
    assert {(one.key, one.first) for one in episodes} == starts
    assert {(one.key, one.last) for one in episodes} == ends
    assert len(episodes) == len(starts)


def test_what_firings_led_to():
    one = rules.Episode("a", 7, START, START + timedelta(days=30))
    assert rules.count_led([one], [(7, START - timedelta(days=1)), (8, START)]) == 0
    assert rules.count_led([one, one], [(7, START)]) == 2
    assert rules.count_led([one], [(7, START + timedelta(days=90))]) == 1
    assert rules.count_led([one], [(7, START + timedelta(days=91))]) == 0


def test_shares_and_month_ends():
    assert rules.share(1, 3) == D("33.3")
    assert rules.share(0, 0) == 0
    assert rules.list_month_ends(date(2026, 3, 5), 3) == [date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 5)]


@given(st.integers(1, 1000), st.integers(0, 1100))
def test_just_below_a_limit(limit, amount):
    assert is_just_below(D(amount), D(limit)) == (10 * amount >= 9 * limit and amount < limit)
