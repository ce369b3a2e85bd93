"""What is brought before meetings, and what came of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ronghe.common.registry.base import Registry


@dataclass(frozen=True)
class AgendaOffer:
    """Something that waits for a meeting. `label` and `pk` name it; `matter_class` is one of meetings.rules.CLASSES."""

    label: str
    pk: int
    title: str
    matter_class: str
    text: str = ""
    due: date | None = None
    url: str = ""
    proposal: str = ""
    reporter: int | None = None


@dataclass(frozen=True)
class Resolved:
    """What a meeting decided on a matter: `meeting` and `item` are keys of meetings.meeting and meetings.item."""

    meeting: int
    item: int
    kind: str
    title: str
    day: date
    passed: bool
    matter_class: str
    resolution: str
    because: str


@dataclass(frozen=True)
class Brought:
    """What an agenda shows of something that was brought: its papers as (name, address), and why it rests now, or ''."""

    papers: tuple[tuple[str, str], ...] = ()
    halted: str = ""


@dataclass(frozen=True)
class AgendaSource:
    """What an upper context brings before meetings and is told of them.

    `offers(area id, kind of meeting)` → what waits; `bar(label, pk, kind)` → why the item may not be opened, or '';
    `resolved(label, pk, outcome, by)` is called in the transaction that closes the item;
    `follow_bar(label, pk)` → why what follows the resolution may not be carried out now (the matter is stopped), or '';
    `look(pks)` → pk → what a meeting's and an item's page show of it, all in a constant number of queries.
    """

    offers: Callable[[int, str], list[AgendaOffer]]
    bar: Callable[[str, int, str], str] = lambda label, pk, kind: ""
    resolved: Callable[[str, int, Resolved, Any], None] = lambda label, pk, outcome, by: None
    follow_bar: Callable[[str, int], str] = lambda label, pk: ""
    look: Callable[[list[int]], dict[int, Brought]] = lambda pks: {}


# agenda: label of what is brought ('decisions.step') → its source
agenda: Registry[AgendaSource] = Registry()


def find_agenda_offers(area_id: int, kind: str) -> list[AgendaOffer]:
    """Return what waits for a meeting of this kind, from every context that brings matters before meetings."""
    return [offer for source in agenda.values() for offer in source.offers(area_id, kind)]


def find_agenda_bar(label: str, pk: int | None, kind: str) -> str:
    """Return why the matter may not be taken up now, or ''. What no context brought has no bar."""
    source = agenda.get(label)
    return source.bar(label, pk, kind) if source is not None and pk is not None else ""


def find_brought(origins: Iterable[tuple[str, int | None]]) -> dict[tuple[str, int], Brought]:
    """Return (label, pk) → what is to be shown of it, for the origins of the items of an agenda."""
    by_label: dict[str, list[int]] = {}
    for label, pk in origins:
        if pk is not None:
            by_label.setdefault(label, []).append(pk)
    found = {}
    for label, pks in by_label.items():
        source = agenda.get(label)
        found.update({(label, pk): one for pk, one in source.look(pks).items()} if source is not None else {})
    return found


def find_halt(label: str, pk: int | None) -> str:
    """Return why what was brought rests now, also in the middle of a vote, or ''."""
    return next((one.halted for one in find_brought([(label, pk)]).values()), "")


def find_follow_bar(label: str, pk: int | None) -> str:
    """Return why what a meeting assigned may not be carried out now, or ''."""
    source = agenda.get(label)
    return source.follow_bar(label, pk) if source is not None and pk is not None else ""


def tell_agenda(label: str, pk: int | None, outcome: Resolved, by: Any) -> None:
    """Tell the context that brought a matter what was decided on it."""
    source = agenda.get(label)
    if source is not None and pk is not None:
        source.resolved(label, pk, outcome, by)


# meetings: name → function(user, area id, title, day) → address of a meeting's page, '' where there is none for this reader
meetings: Registry[Callable[[Any, int, str, date | None], str]] = Registry()


def find_meeting(user: Any, area_id: int, title: str, day: date | None) -> str:
    """Return the page of a meeting that another context names by its title and day."""
    return next((url for find in meetings.values() if (url := find(user, area_id, title, day))), "")
