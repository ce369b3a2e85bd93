"""Where a finding goes, what else it goes through, and what became of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from ronghe.common.registry.base import Registry


@dataclass(frozen=True)
class Destination:
    """Where a finding can be sent: a form that opens prefilled. `may(user, unit)` decides who is shown the way there."""

    label: str
    address: Callable[[], str]
    may: Callable[..., bool]
    icon: str = ""


@dataclass(frozen=True)
class CureLine:
    """What became of a finding: for the page of what it was found on. `url` is empty for who may not read the cure itself."""

    title: str
    light: str
    word: str
    note: str = ""
    url: str = ""
    ended: bool = False


# destinations: name → where a finding (a gap, a visit's problem) can be sent; `find_destinations` makes the links
destinations: Registry[Destination] = Registry()
# cures: name → function(user, label, pks) → pk → lines: what became of what was sent from these objects. One query for all pks
cures: Registry[Callable[[Any, str, Iterable[int]], dict[int, list[CureLine]]]] = Registry()
# boards: name → where what has an owner and a date can be put under 督办 (转督办): resolutions, decisions, goals ask `find_boards`
boards: Registry[Destination] = Registry()
# followed: name → function(user, label, pks) → pk → what of these objects stands under 督办. Two queries for all pks
followed: Registry[Callable[[Any, str, Iterable[int]], dict[int, list[CureLine]]]] = Registry()


@dataclass(frozen=True)
class Way:
    """A link to a destination's prefilled form."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True)
class Aspect:
    """Something more that an item of 整改 goes through: its page, what it has come to, and why the proof may not be filed yet ('' : it may)."""

    label: str
    url: str
    text: str
    bar: str


@dataclass(frozen=True)
class Amended:
    """A line of a guide or a list that was changed lately. `label` and `key` name it through all its versions."""

    label: str
    key: str
    name: str
    url: str


# aspects: name → function(user, item of 整改) → what else it goes through, or None
aspects: Registry[Callable[[Any, Any], Aspect | None]] = Registry()
# proof_bars: name → function(item of 整改) → why its proof may not be filed yet, or ''
proof_bars: Registry[Callable[[Any], str]] = Registry()
# amended: name → function(area id, since) → the lines of an upper context that were changed since a day
amended: Registry[Callable[[int, date], list[Amended]]] = Registry()


@dataclass(frozen=True)
class ProofPlace:
    """Something open to which a person may attach a photo: `key` names it within its keeper, `kind` says what the photo becomes."""

    key: str
    kind: str
    title: str
    note: str = ""


@dataclass(frozen=True)
class ProofKeeper:
    """`list(user)` → what this person may attach a photo to now; `put(user, key, name, data, line)` attaches it by the context's own
    action and returns the address where it stands. What the user may not reach raises Refused like a thing that is not there."""

    list: Callable[[Any], list[ProofPlace]]
    put: Callable[[Any, str, str, bytes, str], str]


# proof_places: name → who keeps what a shared photo can be proof of
proof_places: Registry[ProofKeeper] = Registry()
# lessons: name → function(user, label, keys) → key → the findings from which these lines come
lessons: Registry[Callable[[Any, str, Iterable[str]], dict[str, list[CureLine]]]] = Registry()


def find_aspects(user: Any, item: Any) -> list[Aspect]:
    return [aspect for describe in aspects.values() if (aspect := describe(user, item)) is not None]


def find_proof_bar(item: Any) -> str:
    """Return the first reason why the proof of an item may not be filed yet, or ''."""
    return next((bar for find in proof_bars.values() if (bar := find(item))), "")


def find_lessons(user: Any, label: str, keys: Iterable[str]) -> dict[str, list[CureLine]]:
    """Return key → the findings from which lines come; two queries for any number of keys."""
    wanted = list(keys)
    found: dict[str, list[CureLine]] = {}
    for find in lessons.values():
        found.update(find(user, label, wanted))
    return found


# arrivals: name → function(origin, words, by), called in the transaction that opens something for an origin: where it was found hears where it went
arrivals: Registry[Callable[[Any, str, Any], None]] = Registry()


def tell_arrival(origin: Any, words: str, by: Any) -> None:
    """Tell whoever found it that it has arrived. `words` name what stands for it now ('整改')."""
    if origin is not None:
        for hear in arrivals.values():
            hear(origin, words, by)


# subjects: name → function(item of 整改, by), called in the transaction that says what a finding is about (安全、环保、质量)
subjects: Registry[Callable[[Any, Any], None]] = Registry()


def tell_subject(item: Any, by: Any) -> None:
    """Tell whoever asks more of findings about safety, environment or quality that one was opened."""
    for hear in subjects.values():
        hear(item, by)


def find_destinations(user: Any, unit: Any, **prefill: Any) -> list[Way]:
    """Return where the user may send a finding of the unit. `prefill`: source, origin ('assessment.gap:12'), title, problem, key, due …"""
    return find_ways(destinations, user, unit, prefill)


def find_boards(user: Any, unit: Any, **prefill: Any) -> list[Way]:
    """Return where the user may put it under 督办. `prefill`: origin ('meetings.assignment:12'), title, demand, owner, due."""
    return find_ways(boards, user, unit, prefill)


def find_ways(places: Registry[Destination], user: Any, unit: Any, prefill: dict[str, Any]) -> list[Way]:
    query = urlencode({name: value for name, value in {"unit": unit.pk, **prefill}.items() if value not in (None, "")})
    return [Way(one.label, f"{one.address()}?{query}", one.icon) for one in places.values() if one.may(user, unit)]


def find_followed(user: Any, label: str, pks: Iterable[int]) -> dict[int, list[CureLine]]:
    """Return pk → what of these objects stands or stood under 督办."""
    wanted = list(pks)
    found: dict[int, list[CureLine]] = {}
    for find in followed.values():
        for pk, lines in find(user, label, wanted).items():
            found.setdefault(pk, []).extend(lines)
    return found


def find_cures(user: Any, label: str, pks: Iterable[int]) -> dict[int, list[CureLine]]:
    """Return pk → what became of the findings on these objects; one query for each kind of cure, whatever the number of pks."""
    wanted = list(pks)
    found: dict[int, list[CureLine]] = {}
    for find in cures.values():
        for pk, lines in find(user, label, wanted).items():
            found.setdefault(pk, []).extend(lines)
    return found
