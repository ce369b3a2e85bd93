"""Numbers that one context has and another asks for."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ronghe.common.registry.base import Registry


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
