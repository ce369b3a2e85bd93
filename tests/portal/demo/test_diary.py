"""The demo's steps are taken in the order of their dates, and none lies ahead of the clock."""

from datetime import datetime, timedelta

from ronghe.common.calendar import at_time, now
from ronghe.portal.demo.diary import live_through


def tell(name, moments, seen):
    for moment in moments:
        yield moment
        seen.append((name, now()))


def test_steps_are_taken_in_order_and_never_in_the_future():
    present, seen = datetime.fromisoformat("2026-11-28T02:57:00+08:00"), []
    early, evening = present - timedelta(days=1), present + timedelta(hours=6)
    with at_time(present):
        live_through([tell("a", [early, evening], seen), tell("b", [early, present, evening + timedelta(hours=1)], seen)])
    assert seen == [("a", early), ("b", early), ("b", present), ("a", present), ("b", present)]
