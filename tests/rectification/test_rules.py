"""The pure rules."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronghe.rectification import rules

TODAY = date(2026, 11, 23)


@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 4), st.sets(st.integers(1, 4)))
def test_only_the_verifier_closes_and_never_who_cured(actor, owner, verifier, filers):
    allowed = rules.find_bar_to_closing(actor, owner=owner, verifier=verifier, filers=filers) == ""
    assert allowed == (actor == verifier and actor != owner and actor not in filers)


@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 4))
def test_a_request_is_decided_by_a_third(actor, owner, asker):
    assert (rules.find_bar_to_deciding(actor, owner=owner, asker=asker) == "") == (actor not in (owner, asker))


@pytest.mark.parametrize(("day", "watched"), [(date(2026, 12, 3), True), (date(2026, 12, 4), False), (TODAY, True)])
def test_watch_period_includes_its_last_day(day, watched):
    assert rules.is_watched(TODAY, 10, day) is watched
    assert rules.is_watched(None, 10, day) is False


@pytest.mark.parametrize(
    ("new", "ok"), [(date(2026, 11, 24), True), (TODAY, False), (date(2026, 12, 1), False), (None, False), (date(2027, 1, 1), True)]
)
def test_new_date_lies_ahead_and_differs(new, ok):
    assert (rules.find_bar_to_date(new, old=date(2026, 12, 1), today=TODAY) == "") is ok


def test_late_measures_are_named_by_place():
    assert rules.find_late_measures([date(2026, 12, 1), date(2026, 12, 3)], due=date(2026, 12, 2)) == [2]


def test_number():
    assert rules.make_number(2026, 12) == "ZG-2026-0012"


def test_every_state_says_its_step():
    assert set(rules.STEPS) == {*rules.LIVE, *rules.ENDED}
    assert all(rules.STEPS[state] for state in rules.LIVE)
