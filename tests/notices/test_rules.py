"""When a reminder's point is passed, and when a message may leave."""

from datetime import datetime, time

import pytest

from ronghe.notices.rules import is_point_passed, move_out_of_quiet, wait_before_retry

POINTS = [-3, -1, 0, 1, 3]


@pytest.mark.parametrize(
    ("before", "now", "passed"),
    [
        (-10, -4, False),
        (-4, -3, True),
        (-3, -3, False),
        (-3, -2, False),
        (-4, 0, True),
        (3, 4, False),
        (3, 8, True),
        (8, 12, False),
        (8, 13, True),
        (-100, 200, True),
    ],
)
def test_point_passed(before, now, passed):
    assert is_point_passed(before, now, POINTS, 5) is passed


def test_no_repeat():
    assert not is_point_passed(3, 100, POINTS, None)


def test_no_points():
    assert not is_point_passed(-1, 5, [], 5)


@pytest.mark.parametrize(
    ("at", "then"),
    [("18 12:00", "18 12:00"), ("18 20:00", "19 07:30"), ("18 23:59", "19 07:30"), ("19 03:00", "19 07:30"), ("19 07:30", "19 07:30")],
)
def test_quiet_over_midnight(at, then):
    def read(text):
        return datetime.strptime(f"2026-11-{text}", "%Y-%m-%d %H:%M")

    assert move_out_of_quiet(read(at), time(20, 0), time(7, 30)) == read(then)


def test_quiet_by_day():
    at = datetime(2026, 11, 18, 12, 30)
    assert move_out_of_quiet(at, time(12), time(13)) == datetime(2026, 11, 18, 13, 0)
    assert move_out_of_quiet(at, time(12), time(12)) == at


def test_waits_grow():
    assert [wait_before_retry(tries).seconds // 60 for tries in (1, 2, 3, 4)] == [5, 10, 20, 40]
