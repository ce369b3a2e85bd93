"""What is asked of whom in a month, and how it stands: the form of one unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Q

from ronghe.common.registry import Prefill, find_prefills
from ronghe.figures.models import Batch, Figure, ReportingPeriod
from ronghe.figures.rules import Cell, is_answered, last_day, previous_month
from ronghe.goals.models import Indicator, Target
from ronghe.org.models import Unit
from ronghe.org.queries import list_scored_units, map_tracks
from ronghe.org.standing import standing_of

# confirmed answers: figures in force, and blanks with a note of confirmed batches
ANSWERED = Q(actual__isnull=False) | ~Q(note="")
CONFIRMED = Q(in_force=True, actual__isnull=False) | Q(batch__state=Batch.State.CONFIRMED, actual__isnull=True) & ~Q(note="")
OPEN_STATES = (Batch.State.DRAFT, Batch.State.RETURNED, Batch.State.SUBMITTED)


def list_indicators(area_id: int, period: str) -> list[Indicator]:
    """Return the area's indicators that are valid in the month, in order. One query."""
    rows = Indicator.objects.filter(area_id=area_id, valid_from__lte=period)
    return [row for row in rows if not row.valid_to or row.valid_to >= period]


def list_asked(
    units: Iterable[Unit], tracks: dict[int, str], indicators: Iterable[Indicator], *, reporter_unit_id: int | None = None
) -> list[tuple[Unit, Indicator]]:
    """Return the cells (unit, indicator) that are asked, all of them or those that one unit reports.

    A station reports its own row of the indicators without a reporting office; an office reports its columns for all.
    """
    indicators = list(indicators)
    cells = []
    for unit in units:
        track = tracks.get(unit.pk)
        if track is None:
            continue
        for indicator in indicators:
            reporter = indicator.reported_by_id or unit.pk
            if indicator.applies_to(track) and reporter_unit_id in (None, reporter):
                cells.append((unit, indicator))
    return cells


@dataclass
class Asked:
    """All cells of an area's month, by the unit that reports them. Three queries for any number of units."""

    units: list[Unit]
    indicators: list[Indicator]
    cells: list[tuple[Unit, Indicator]]

    def by_reporter(self) -> dict[int, list[Cell]]:
        """Return reporting unit → the cells asked of it."""
        found: dict[int, list[Cell]] = {}
        for unit, indicator in self.cells:
            found.setdefault(indicator.reported_by_id or unit.pk, []).append((unit.pk, indicator.pk))
        return found


def load_asked(area_id: int, period: str) -> Asked:
    """Return everything that is asked in an area's month. Three queries."""
    day = last_day(period)
    units = list_scored_units(area_id, day)
    indicators = [row for row in list_indicators(area_id, period) if row.is_asked_in(period)]
    return Asked(units, indicators, list_asked(units, map_tracks(area_id, day), indicators))


@dataclass
class Form:
    """What one unit is asked in one period, what is already in force, what its open batch holds."""

    period: ReportingPeriod
    unit: Unit
    asked: Asked
    cells: list[tuple[Unit, Indicator]]
    held: dict[Cell, Figure]
    last: dict[Cell, Decimal]
    targets: dict[Cell, Decimal | None]
    batch: Batch | None
    figures: dict[Cell, Figure]
    # without a figure, and confirmed so: nothing to report, with a note
    explained: set[Cell]

    @property
    def reports_all(self) -> bool:
        """Tell whether this is the form of the 管理区 itself, that of its 指标管理员."""
        return self.unit.pk == self.period.area_id

    @property
    def units(self) -> list[Unit]:
        return list({unit.pk: unit for unit, _indicator in self.cells}.values())

    @property
    def indicators(self) -> list[Indicator]:
        found = {indicator.pk: indicator for _unit, indicator in self.cells}
        return sorted(found.values(), key=lambda row: (row.order, row.code))

    def may_write(self, cell: Cell) -> bool:
        """Tell whether this form may fill the cell: not in force yet, or in force from the batch that is being corrected."""
        held = self.held.get(cell)
        return held is None or (self.batch is not None and held.batch_id == self.batch.replaces_id)

    @property
    def writable(self) -> list[Cell]:
        """The cells that may still be filled here."""
        return [(u.pk, i.pk) for u, i in self.cells if self.may_write((u.pk, i.pk))]

    @cached_property
    def recorded(self) -> dict[Cell, Prefill]:
        """What the product's own records say of the cells that may be filled here."""
        writable = set(self.writable)
        found = find_prefills(self.period.area_id, self.period.period, self.indicators) if writable else {}
        return {cell: row for cell, row in found.items() if cell in writable}

    @property
    def offered(self) -> dict[Cell, Prefill]:
        """What is recorded of cells that are still blank here; nothing is saved before somebody hands it in."""
        return {cell: row for cell, row in self.recorded.items() if cell not in self.figures}

    @property
    def missing(self) -> list[tuple[Unit, Indicator]]:
        """The asked cells that neither are confirmed nor answered in the open batch."""
        answered = {cell for cell, row in self.figures.items() if is_answered(row.actual, row.note)} | self.held.keys() | self.explained
        return [(u, i) for u, i in self.cells if (u.pk, i.pk) not in answered]


def load_form(period: ReportingPeriod, unit: Unit) -> Form:
    """Return a unit's form: an area (its 指标管理员) fills every cell, a unit its own. Eight queries."""
    asked = load_asked(period.area_id, period.period)
    reports_all = unit.pk == period.area_id
    cells = [(u, i) for u, i in asked.cells if reports_all or (i.reported_by_id or u.pk) == unit.pk]
    held: dict[Cell, Figure] = {}
    explained: set[Cell] = set()
    for row in Figure.objects.filter(CONFIRMED, area=period.area_id, period=period.period):
        if row.actual is None:
            explained.add((row.unit_id, row.indicator_id))
        else:
            held[row.unit_id, row.indicator_id] = row
    last = Figure.objects.filter(area=period.area_id, period=previous_month(period.period), in_force=True)
    targets = Target.objects.filter(area=period.area_id, period=period.period)
    batch = find_open_batch(period, unit)
    figures = {} if batch is None else {(row.unit_id, row.indicator_id): row for row in batch.figures.all()}
    return Form(
        period=period,
        unit=unit,
        asked=asked,
        cells=cells,
        held=held,
        last={(u, i): actual for u, i, actual in last.values_list("unit_id", "indicator_id", "actual")},
        targets={(u, i): value for u, i, value in targets.values_list("unit_id", "indicator_id", "value")},
        batch=batch,
        figures=figures,
        explained=explained,
    )


def find_open_batch(period: ReportingPeriod, unit: Unit) -> Batch | None:
    """Return the unit's batch that is neither confirmed nor dropped; there is at most one. One query."""
    return Batch.objects.filter(period=period, unit=unit, state__in=OPEN_STATES).select_related("author__person", "replaces").first()


def list_reporting_units(user: Any) -> list[Unit]:
    """Return the units for which the user reports: those of the 填报人 posts, the area of a 指标管理员."""
    standing = standing_of(user)
    pks = standing.units_of(("reporter", "indicator_admin"))
    return list(Unit.objects.filter(pk__in=pks).order_by("order", "code")) if pks else []
