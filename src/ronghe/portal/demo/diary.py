"""The demo's days in their order. A story is a generator that yields the moment of its next step and then takes it; all stories are
lived through side by side, so that the audit trail stands in the order of its dates, as it would have come about."""

import heapq
from collections.abc import Generator, Iterable
from datetime import datetime

from ronghe.common.calendar import at_time, now

Story = Generator[datetime, None, None]


def live_through(stories: Iterable[Story]) -> None:
    """Take every step of every story, the earliest first; at the same moment the story that was told first goes first.

    What somebody does later today is done now: who opens the demo before office hours would else stand before entries of the audit
    that lie ahead of the clock, and the first act of their own would look like one put in afterwards.
    """
    waiting: list[tuple[datetime, int, Story]] = []
    present = now()
    for number, story in enumerate(stories):
        push_next(waiting, number, story)
    while waiting:
        moment, number, story = heapq.heappop(waiting)
        with at_time(min(moment, present)):
            push_next(waiting, number, story, after=moment)


def push_next(waiting: list[tuple[datetime, int, Story]], number: int, story: Story, after: datetime | None = None) -> None:
    """Let a story take its step and put it back with the moment of its next one, never before the step just taken."""
    moment = next(story, None)
    if moment is not None:
        heapq.heappush(waiting, (max(moment, after) if after else moment, number, story))
