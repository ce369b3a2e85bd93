"""What the product makes that is worth keeping or showing: minutes, letters, rankings, decisions. Each context registers its own.

The year's folder (归档) takes what has ended, an inspection pack (迎检包) whatever belongs to its topics; both ask as the person who
wants it, so that nobody carries out more than may be read. Never registered: discipline names, ballots, what was said in 关切.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ronghe.common.registry import Registry


@dataclass(frozen=True)
class Paper:
    """One thing in the list. `ended`: it is final, so that the archive takes it."""

    label: str
    pk: int
    title: str
    day: date
    unit_id: int | None
    unit: str
    url: str
    ended: bool = True


@dataclass(frozen=True)
class Table:
    """A table within a paper."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Content:
    """What a paper says: fields with their names, a text, tables, and files as they are (name, bytes)."""

    fields: Sequence[tuple[str, Any]] = ()
    text: str = ""
    tables: Sequence[Table] = ()
    files: Sequence[tuple[str, bytes]] = ()


@dataclass(frozen=True)
class Source:
    """A kind of paper. `find(user, area id, first day, last day)` lists what the user may read, `read(user, pks)` gives what they say;
    both with a constant number of queries."""

    title: Any
    find: Callable[[Any, int, date, date], list[Paper]]
    read: Callable[[Any, list[int]], dict[int, Content]]


sources: Registry[Source] = Registry()
