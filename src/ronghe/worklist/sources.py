"""Where a month's tasks come from. Each context registers one function; the guides are the first of them.

A source is asked for one area and month and yields what is to be done by whom and when. It may yield the same again at any time:
the `key` names what a task stands for, and nothing is made twice. Upper contexts (duties, goals, decisions, supervision) register
in their apps.py:  `sources.add("duties", list_duty_tasks)`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ronghe.common.registry import Registry


@dataclass(frozen=True, slots=True)
class Planned:
    """One task that a month's list is to have. It goes to whoever holds the post on its day, or to `owner_id` where no post is named.

    `key` begins with the source's name and a colon; `planned` is the date by the rule, `due` the one among working days.
    `each_month`: the next one makes a missed one good, so that it isn't made when its day is past.
    """

    key: str
    kind: str
    title: str
    due: date
    planned: date
    each_month: bool
    unit_id: int | None = None
    post_id: int | None = None
    post_title: str = ""
    owner_id: int | None = None
    path: str = ""
    asks: str = "none"
    item_id: int | None = None


@dataclass(frozen=True)
class Month:
    """What a source is asked for; `works` tells working days (the unit's own table first)."""

    area_id: int
    month: str
    first: date
    last: date
    works: Callable[[date], bool]


Source = Callable[[Month], Iterable[Planned]]
# sources: name → function(month) → what is to be done; a constant number of queries for any number of posts
sources: Registry[Source] = Registry()


@dataclass(frozen=True)
class Asked:
    """What one list asks of the holders of one kind of post in a month: so many of each kind of field (packs/entry-minutes.toml).

    `holders` is of how many people, `feeds` what is made of it ('' : nothing), `keeper` the words for who owns the list,
    `url` where its owner retires or changes it. Counts are of a list, never of a person.
    """

    source: str
    name: str
    role: str
    holders: int
    fields: dict[str, int]
    feeds: str = ""
    feeds_name: str = ""
    url: str = ""
    retire_url: str = ""


Demands = Callable[[int, str], Iterable[Asked]]
# demands: name → function(area id, month) → what each list asks, by role
demands: Registry[Demands] = Registry()


@dataclass(frozen=True)
class Dated:
    """A date that is no task (a month's closing, a meeting): for the calendar's page."""

    day: date
    title: str
    url: str = ""


Dates = Callable[[Any, date, date], Iterable[Dated]]
# dates: name → function(user, first, last) → what else the calendar shows to this reader
dates: Registry[Dates] = Registry()


@dataclass(frozen=True)
class Feed:
    """Something that an item of a guide can serve: an indicator, a duty, a matter. `code` is kept, `name` is shown."""

    code: str
    name: str


Feeds = Callable[[int], Iterable[Feed]]
# feeds: name → function(area id) → what the items of the area's guides can be said to serve
feeds: Registry[Feeds] = Registry()


def list_feeds(area_id: int) -> list[Feed]:
    return [feed for find in feeds.values() for feed in find(area_id)]
