"""Who checks, which checks lapse, rates: pure."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ronghe.supervision.rules import checks as rules

PEOPLE = st.lists(st.integers(1, 8), max_size=5, unique=True)


@given(PEOPLE, PEOPLE, st.sets(st.integers(1, 8)), st.integers(0, 50))
def test_never_the_supervised(preferred, others, barred, turn):
    chosen = rules.choose_checker(preferred, others, barred, turn)
    assert chosen not in barred
    able = [one for one in preferred if one not in barred]
    if able:
        assert chosen == able[turn % len(able)]
    elif chosen is not None:
        assert chosen == next(one for one in others if one not in barred)
    else:
        assert set(others) <= barred


def test_turns_spread():
    assert [rules.choose_checker([1, 2, 3], [], {2}, n) for n in range(4)] == [1, 3, 1, 3]


def test_bars():
    assert rules.find_bar_to_checking(1, checker=1, supervised={2}) == ""
    assert "被监督" in rules.find_bar_to_checking(1, checker=1, supervised={1})
    assert "指定" in rules.find_bar_to_checking(3, checker=1, supervised={2})
    assert rules.find_fault("reviewer", "reporter") == ""
    assert "自己监督自己" in rules.find_fault("reviewer", "reviewer")


DAY = date(2026, 11, 20)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 2), st.integers(-60, 20)), unique=True, max_size=20))
def test_what_a_later_one_made_good_lapses(rows):
    checks = [(pk, line, unit, DAY + timedelta(days=n)) for pk, (line, unit, n) in enumerate(rows)]
    lapsed = set(rules.find_lapsed(checks, DAY))
    for pk, line, unit, due in checks:
        later = any(due < other <= DAY for _pk, code, where, other in checks if (code, where) == (line, unit))
        assert (pk in lapsed) == later


def test_rates():
    assert rules.rate_of(1, 3) == Decimal("33.3")
    assert rules.rate_of(1, 8, 2) == Decimal("12.50")
    assert rules.rate_of(0, 0) is None
    assert rules.MEASURES == ("accountable",)
