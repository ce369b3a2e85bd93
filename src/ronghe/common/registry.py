"""What must look upward: small lists of named functions, filled at start by each context's AppConfig.ready().

Lower contexts never import upper ones; they ask these lists.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """Entries by name, in the order of their `order`, each registered once."""

    def __init__(self) -> None:
        self._entries: dict[str, Entry] = {}

    def add(self, name: str, entry: Entry) -> None:
        self._entries[name] = entry

    def get(self, name: str) -> Entry | None:
        return self._entries.get(name)

    def items(self) -> Iterable[tuple[str, Entry]]:
        return self._entries.items()

    def values(self) -> Iterable[Entry]:
        return self._entries.values()


@dataclass(frozen=True)
class MenuItem:
    """One line of the side menu. `may` decides who sees it; `tab` puts it on the phone's bar as well.

    `holds(user, path)` tells of a page elsewhere that it belongs to this line (our own station's, among all stations').
    """

    section: str
    label: str
    url_name: str
    icon: str
    may: Callable[..., bool]
    order: int
    tab: str = ""
    count: Callable[[Any], int] | None = None
    holds: Callable[[Any, str], bool] | None = None


@dataclass(frozen=True)
class Hit:
    """One search result. `kind` is the Chinese word for what it is."""

    kind: str
    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class Panel:
    """A part of the workbench: `build(user)` returns its context or None; `order` places it (do now, how we stand, what is new); `aside` puts it in the narrow column."""

    template: str
    build: Callable[[Any], dict[str, Any] | None]
    order: int
    aside: bool = False


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
# what org tells the contexts below it: 'standing' → function(user) → Standing
people: Registry[Callable[[Any], Any]] = Registry()
menu: Registry[MenuItem] = Registry()
# badges: name → function(user) → the rows that are counted, or None for somebody without any (common.badges)
badges: Registry[Callable[[Any], Any]] = Registry()
# search: name → function(user, query, limit) → list[Hit]
searches: Registry[Callable[[Any, str, int], list[Hit]]] = Registry()
panels: Registry[Panel] = Registry()
# links: model label ('figures.batch') → function(pk) → address of its page; what audit, tasks and notices open
links: Registry[Callable[[int], str]] = Registry()

# export watchers: name → function(export, user), called in the transaction that logs an export
export_watchers: Registry[Callable[[Any, Any], None]] = Registry()
# followers: name → function(row, by), called in the transaction that decides on a batch or an adjustment, or takes it back
followers: Registry[Callable[[Any, Any], None]] = Registry()
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


@dataclass(frozen=True)
class Column:
    """A column of a list that its reader may leave out. `place`: the how-manieth it is, from the end where it is negative (a box to tick may
    stand before the first). `heads`: what it is called in the list's sheet."""

    key: str
    label: Any
    place: int
    heads: tuple[str, ...] = ()


@dataclass(frozen=True)
class ListPage:
    """A list whose filters and columns can be saved as a view; known by the name of its address."""

    title: Any
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True)
class Shelves:
    """What the lists ask of who keeps views: `load(request)` → what stands above the list, or None; `hidden(request, list)` → keys of columns."""

    load: Callable[..., Any]
    hidden: Callable[[Any, str], list[str]]


# lists: name of an address → the list there, with the columns that may be left out
lists: Registry[ListPage] = Registry()
# shelves: who keeps the views of lists
shelves: Registry[Shelves] = Registry()


@dataclass(frozen=True)
class EventKind:
    """Something of which other systems may be told: an act on an object (`label`) that the audit knows by one of `verbs`.

    `write(row)` says what leaves the house: numbers, codes, states and dates, no person and no text that people write; None: nothing does.
    """

    title: Any
    label: str
    verbs: tuple[str, ...]
    write: Callable[[Any], dict[str, Any] | None]


# events: code ('item.closed') → what other systems may be told of; webhooks hears of each act as it is recorded
events: Registry[EventKind] = Registry()
# witnesses: name → function(object, verb, area id), called in the transaction that records an act
witnesses: Registry[Callable[[Any, str, int | None], None]] = Registry()


def tell_witnesses(obj: Any, verb: str, area_id: int | None) -> None:
    for hear in witnesses.values():
        hear(obj, verb, area_id)


def tell_subject(item: Any, by: Any) -> None:
    """Tell whoever asks more of findings about safety, environment or quality that one was opened."""
    for hear in subjects.values():
        hear(item, by)


# endings: name → function(label, pk), called in the transaction that ends what was opened for an origin (整改 closed, 督办 done)
endings: Registry[Callable[[str, int], None]] = Registry()


def tell_ending(label: str, pk: int | None) -> None:
    """Tell whoever found it that something which stood for it has ended: it may be solved now."""
    if label and pk is not None:
        for hear in endings.values():
            hear(label, pk)


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


def tell_followers(row: Any, by: Any) -> None:
    """Tell what looks down on this row (an objection that waits for its correction) that its state has changed."""
    for follow in followers.values():
        follow(row, by)


@dataclass(frozen=True)
class Series:
    """The last months of one unit's figures for an indicator, oldest first; None where nothing is in force."""

    name: str
    values: tuple[Decimal | None, ...]
    latest: Decimal | None
    month: str


# series: name → function(user, indicator pk) → what the user may read of its figures, one line a unit
series: Registry[Callable[[Any, int], list[Series]]] = Registry()


Actuals = dict[tuple[int, int, str], Decimal]
# actuals: name → function(area id, indicator ids, first month, last month) → (unit, indicator, month) → figure in force. One query
actuals: Registry[Callable[[int, Iterable[int], str, str], Actuals]] = Registry()


def find_actuals(area_id: int, indicator_ids: Iterable[int], first: str, last: str) -> Actuals:
    """Return the figures in force of an area for contexts below the figures: they judge, nobody is shown them by this."""
    wanted = list(indicator_ids)
    found: Actuals = {}
    for load in actuals.values():
        found.update(load(area_id, wanted, first, last))
    return found


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


@dataclass(frozen=True)
class Prefill:
    """A number that the product already has from its own records: offered where it would otherwise be typed."""

    value: Decimal
    note: str


# prefills: name → function(area id, month, indicators) → (unit id, indicator id) → number; no query where none of the indicators is its own
prefills: Registry[Callable[[int, str, Iterable[Any]], dict[tuple[int, int], Prefill]]] = Registry()


def find_prefills(area_id: int, period: str, indicators: Iterable[Any]) -> dict[tuple[int, int], Prefill]:
    """Return what the product's own records say of the month's indicators."""
    wanted = list(indicators)
    found: dict[tuple[int, int], Prefill] = {}
    for load in prefills.values():
        found.update(load(area_id, period, wanted))
    return found


# meetings: name → function(user, area id, title, day) → address of a meeting's page, '' where there is none for this reader
meetings: Registry[Callable[[Any, int, str, date | None], str]] = Registry()


def find_meeting(user: Any, area_id: int, title: str, day: date | None) -> str:
    """Return the page of a meeting that another context names by its title and day."""
    return next((url for find in meetings.values() if (url := find(user, area_id, title, day))), "")


@dataclass(frozen=True)
class Benefit:
    """Verified benefits of a unit in a month: the sum of one kind ('output', 'value', 'safety') in one unit of measure, and of how many ideas."""

    unit_id: int
    period: str
    kind: str
    measure: str
    value: Decimal
    count: int


# benefits: name → function(area id, first month, last month) → what was verified in these months. One query
benefits: Registry[Callable[[int, str, str], list[Benefit]]] = Registry()


def find_benefits(area_id: int, first: str, last: str) -> list[Benefit]:
    """Return the verified benefits of an area by unit and month, for indicators, 述职 and appraisal: units only, no person's number."""
    return [one for load in benefits.values() for one in load(area_id, first, last)]


# credits: name → function(person ids, unit of measure, year) → person id → what was credited to that person. One query
credits: Registry[Callable[[Iterable[int], str, int], dict[int, Decimal]]] = Registry()


def find_credits(person_ids: Iterable[int], unit_text: str, year: int) -> dict[int, Decimal]:
    """Return what people were credited with in a year, in one unit of measure: for their own leader, who shares work out by it."""
    wanted, found = list(person_ids), dict[int, Decimal]()
    for load in credits.values():
        for person, value in load(wanted, unit_text, year).items():
            found[person] = found.get(person, Decimal(0)) + value
    return found


@dataclass(frozen=True)
class Forecast:
    """Where a unit's year in an indicator is heading, as last computed at the end of `period`."""

    period: str
    estimate: Decimal | None
    low: Decimal | None
    high: Decimal | None


Forecasts = dict[tuple[int, int], Forecast]
# forecasts: name → function(area id, indicator ids) → (unit, indicator) → the newest forecast. One query
forecasts: Registry[Callable[[int, Iterable[int]], Forecasts]] = Registry()


def find_forecasts(area_id: int, indicator_ids: Iterable[int]) -> Forecasts:
    """Return the newest forecasts of an area for contexts below them: they judge, nobody is shown them by this."""
    wanted = list(indicator_ids)
    found: Forecasts = {}
    for load in forecasts.values():
        found.update(load(area_id, wanted))
    return found


@dataclass(frozen=True)
class GaugeReading:
    """A number of something on a day: `key` names what it is the number of, within its gauge."""

    key: str
    unit_id: int
    day: date
    value: Decimal
    title: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Gauge:
    """A number on which rules of 预警 may stand. `read(area id, days, subject, window in days)` reads all the days at once, by what was
    so on each of them: past days tell the same for ever. `subject_hint` says what a rule may narrow it to ('' : nothing)."""

    name: str
    measure: str
    read: Callable[[int, Sequence[date], str, int], list[GaugeReading]]
    subject_hint: str = ""


# gauges: name → a number that the product has (a stage that waits, sums near a threshold, a quorum at risk), for 预警
gauges: Registry[Gauge] = Registry()


def find_link(label: str, pk: int | None) -> str:
    """Return the address of an object's page, or '' where it has none."""
    build = links.get(label)
    return build(pk) if build and pk is not None else ""


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
