"""What a person or a branch holds, grows and has done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ronghe.common.registry.base import Registry


@dataclass(frozen=True)
class Matter:
    """One number of the 底数: how many of something a unit or a person has open, and how many of these are late.

    `url` leads to the list where each is cured; it is shown to those who may read the area, never to those above it.
    """

    what: str
    area_id: int
    unit_id: int | None
    owner_id: int | None
    count: int
    late: int = 0
    url: str = ""


# matters: name → function(area ids) → matters; a constant number of queries for any number of units
matters: Registry[Callable[[list[int]], list[Matter]]] = Registry()


@dataclass(frozen=True)
class Held:
    """One thing that a person holds and can hand over. `key` names it within its holder's registry entry."""

    key: str
    what: str
    title: str
    url: str = ""


@dataclass(frozen=True)
class Holder:
    """What a context knows of holding: `list(person id)` → what this person holds; `hand_over(key, giver, to, by, note)` passes one
    thing on and returns why it can't ('' where it could). `labels`: the origins whose tasks go along with it."""

    list: Callable[[int], list[Held]]
    hand_over: Callable[[str, Any, Any, Any, str], str]
    labels: tuple[str, ...] = ()


# holdings: name → Holder. Handing over (duties) asks them all, so that nothing is left with nobody
holdings: Registry[Holder] = Registry()


@dataclass(frozen=True)
class Crop:
    """One thing that grows on a person's plot (责任田): a goal, a cure, a task, with its light."""

    group: str
    title: str
    light: str
    word: str
    note: str = ""
    url: str = ""


# crops: name → function(user, person id) → what this person answers for, of what the user may read
crops: Registry[Callable[[Any, int], list[Crop]]] = Registry()


@dataclass(frozen=True)
class Fact:
    """One thing that a person did or answered for in a period, from the product's own records: what opens a report already filled.

    `side` is 'business', 'party' or '' (both); `group` names the kind ('目标', '整改'); `value` is the number in words, `light` may stay empty.
    Never anything about the use of this system, nor what only few may read (a personnel matter): all who judge the person read it.
    """

    side: str
    group: str
    title: str
    value: str
    note: str = ""
    url: str = ""
    light: str = ""


# facts: name → function(person, first day, last day) → the person's facts of these days. A constant number of queries
facts: Registry[Callable[[Any, date, date], list[Fact]]] = Registry()


def find_facts(person: Any, first: date, last: date) -> list[Fact]:
    """Return what the records say of a person in a period, for the person's own report; whoever calls has authorised."""
    return [one for load in facts.values() for one in load(person, first, last)]
