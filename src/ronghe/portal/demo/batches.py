"""Who handed in which figures when, and what the reviewer said: one batch for each source, area and month.

All older months are confirmed. Last month has one batch that waits for the reviewer and one that was returned; of this
month nothing is in yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ronghe.portal.demo.catalogue import Indicator, read_indicators
from ronghe.portal.demo.entities import Organisation, World
from ronghe.portal.demo.months import first_of_month, list_months, name_period, shift_month
from ronghe.portal.demo.series import HISTORY

# (unit that hands in, source): state and the reviewer's words, for last month
UNSETTLED = {
    ("A1-CY6", "unit"): ("submitted", ""),
    ("A1-CY4", "unit"): ("returned", "油井利用率与开关井记录不一致,请核对后重报"),
    ("A2-ZH1", "party-office"): ("submitted", ""),
}


@dataclass(frozen=True)
class Batch:
    area: str
    period: str
    reported_by: str  # unit, or the office code
    unit: str  # the unit that hands in; for the discipline group, which is no unit, the area itself
    reporter: str  # employee number
    state: str  # open | submitted | returned | confirmed
    submitted_on: date | None = None
    reviewer: str = ""
    reviewed_on: date | None = None
    note: str = ""


def list_batches(world: World) -> list[Batch]:
    current = first_of_month(world.today)
    indicators = read_indicators()
    areas = [row for row in world.organisations if row.kind == "area"]
    return [
        _make_batch(world, area, month, source, unit)
        for month in [*list_months(world.today, HISTORY), current]
        for area in areas
        for source, unit in _list_sources(world, area, indicators)
    ]


def _list_sources(world: World, area: Organisation, indicators: list[Indicator]) -> list[tuple[str, str]]:
    """Each unit for itself, each office for all, and the discipline group for the area."""
    units = world.list_units(area.code)
    sources = [("unit", unit.code) for unit in units]
    for office in dict.fromkeys(row.reported_by for row in indicators if row.reported_by != "unit"):
        sources.append((office, next((unit.code for unit in units if office in unit.offices), area.code)))
    return sources


def _make_batch(world: World, area: Organisation, month: date, source: str, unit: str) -> Batch:
    current = first_of_month(world.today)
    due = shift_month(month, 1) + timedelta(days=2)
    submitted = min(due, world.today)
    post, place = ("discipline_member", unit) if unit == area.code else ("reporter", unit)
    reporter = world.find_holders(post, place, submitted)[0]
    if month == current:
        return Batch(area.code, name_period(month), source, unit, reporter, "open")
    state, note = "confirmed", ""
    if shift_month(month, 1) == current:
        state, note = UNSETTLED.get((unit, source), (state, note))
    if state == "submitted":
        return Batch(area.code, name_period(month), source, unit, reporter, state, submitted)
    # Two reviewers take turns where there are two; nobody reviews what they reported.
    reviewers = [row for row in world.find_holders("reviewer", area.code, submitted) if row != reporter]
    reviewer = reviewers[month.month % len(reviewers)]
    reviewed = min(due + timedelta(days=2), world.today)
    return Batch(area.code, name_period(month), source, unit, reporter, state, submitted, reviewer, reviewed, note)
