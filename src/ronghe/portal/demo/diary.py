"""The demo's days in their order. A story is a generator that yields the moment of its next step and then takes it; all stories are
lived through side by side, so that the audit trail stands in the order of its dates, as it would have come about."""

import heapq
from collections.abc import Generator, Iterable
from datetime import datetime

from django.utils import timezone

from ronghe.common.calendar import at_time, now, today

Story = Generator[datetime, None, None]


def live_through(stories: Iterable[Story]) -> None:
    """Take every step of every story, the earliest first; at the same moment the story that was told first goes first.

    What the stories put later on the very day on which they are told is lived now: what people do afterwards must not stand before it.
    """
    day, latest = today(), now()
    waiting: list[tuple[datetime, int, Story]] = []
    for number, story in enumerate(stories):
        push_next(waiting, number, story)
    while waiting:
        moment, number, story = heapq.heappop(waiting)
        with at_time(min(moment, latest) if timezone.localdate(moment) == day else moment):
            push_next(waiting, number, story, after=moment)


def push_next(waiting: list[tuple[datetime, int, Story]], number: int, story: Story, after: datetime | None = None) -> None:
    """Let a story take its step and put it back with the moment of its next one, never before the step just taken."""
    moment = next(story, None)
    if moment is not None:
        heapq.heappush(waiting, (max(moment, after) if after else moment, number, story))
