"""What is asked of a reporter now: one card for each open month and unit."""

from dataclasses import dataclass
from typing import Any

from ronghe.common.calendar import today
from ronghe.common.lights import Light, light_for
from ronghe.figures.models import Batch, ReportingPeriod
from ronghe.figures.queries.asked import OPEN_STATES, load_asked
from ronghe.figures.queries.progress import STATE_WORDS, gather_cells
from ronghe.figures.rules import Progress, measure_progress, name_state
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of

LATEST = 8
NAMED = 6


@dataclass
class Card:
    """One unit's month: how far it is, what is blank, until when."""

    period: ReportingPeriod
    unit: Unit
    progress: Progress
    state: str
    word: str
    light: Light
    missing: list[str]
    more: int
    batch: Batch | None
    may_fill: bool

    @property
    def done(self) -> int:
        return self.progress.confirmed + self.progress.submitted

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.progress.asked) if self.progress.asked else 100


@dataclass
class Home:
    cards: list[Card]
    latest: list[Batch]
    areas: list[tuple[ReportingPeriod, Unit]]


def load_home(user: Any) -> Home:
    """Return the cards of the units that the user reports or leads, and their latest batches."""
    standing = standing_of(user)
    own = standing.units_of(("reporter", "station_chief", "group_leader"))
    day = today()
    cards: list[Card] = []
    areas: list[tuple[ReportingPeriod, Unit]] = []
    periods = ReportingPeriod.objects.visible_to(user).filter(opens_on__lte=day, closes_on__gte=day).select_related("area")
    for period in periods:
        if standing.holds("indicator_admin", area_id=period.area_id):
            areas.append((period, period.area))
        if own:
            cards += list_cards(period, own, reported=standing.units_of("reporter"))
    latest = Batch.objects.visible_to(user).filter(unit_id__in=own | standing.units_of("indicator_admin"))
    return Home(cards, list(latest.select_related("unit", "period")[:LATEST]), areas)


def list_cards(period: ReportingPeriod, unit_ids: frozenset[int], *, reported: frozenset[int]) -> list[Card]:
    """Return a card for each of the units that is asked something in the period. Six queries."""
    confirmed, submitted, drafted = gather_cells(period)
    asked = load_asked(period.area_id, period.period)
    names = {(u.pk, i.pk): i.name if (i.reported_by_id or u.pk) == u.pk else f"{u.name} {i.name}" for u, i in asked.cells}
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=unit_ids)}
    batches = {row.unit_id: row for row in Batch.objects.filter(period=period, unit_id__in=unit_ids, state__in=OPEN_STATES)}
    cards = []
    for pk, cells in asked.by_reporter().items():
        if pk not in units:
            continue
        progress = measure_progress(cells, confirmed=confirmed, submitted=submitted, drafted=drafted)
        batch = batches.get(pk)
        state = name_state(progress, batch.state if batch else "")
        blank = [names[cell] for cell in cells if cell not in confirmed | submitted | drafted]
        light = light_for(period.due_on, today(), done=not progress.missing)
        cards.append(
            Card(
                period, units[pk], progress, state, STATE_WORDS[state], light, blank[:NAMED], max(0, len(blank) - NAMED), batch,
                may_fill=pk in reported,
            )
        )  # fmt: skip
    return cards
