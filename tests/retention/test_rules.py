"""Terms and cuts: a row lives its whole last day, a shorter term never takes less."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronghe.retention.rules import cut_of, find_fault, is_stopped, write_line

ZONE = ZoneInfo("Asia/Shanghai")


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 3000), st.integers(0, 3000))
def test_a_shorter_term_cuts_later(day, one, other):
    short, long = sorted((one, other))
    assert cut_of(day, long, ZONE) <= cut_of(day, short, ZONE)
    assert cut_of(day, short, ZONE).date() == day - timedelta(days=short)


@pytest.mark.parametrize(
    ("days", "least", "wrong"), [(None, 183, False), (182, 183, True), (183, 183, False), (-1, 0, True), (40_000, 0, True)]
)
def test_a_term_keeps_what_a_law_wants(days, least, wrong):
    assert bool(find_fault(days, least)) == wrong


@pytest.mark.parametrize(
    ("by_area", "holds", "stopped"),
    [(True, [], False), (True, [1], False), (True, [1, None], True), (False, [1], True), (False, [], False), (False, [None], True)],
)
def test_a_hold_stops_what_cannot_be_told_apart(by_area, holds, stopped):
    assert is_stopped(by_area, holds) == stopped


def test_each_part_of_a_line_is_digested():
    values = {
        "kind": "a",
        "rule": 1,
        "days": 2,
        "basis": "b",
        "way": "remove",
        "day": date(2026, 1, 1),
        "before": datetime(2026, 1, 1, tzinfo=ZONE),
    }
    values |= {"count": 3, "first": None, "last": None, "held": 0, "left": 0}
    plain = write_line("", values)
    assert write_line("x", values) != plain
    assert all(write_line("", {**values, name: "other"}) != plain for name in values)
