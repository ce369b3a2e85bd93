"""How far everybody is with a month: the 未报 board and what is still outstanding."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ronghe.figures.models import Adjustment, Batch, Demand, Figure, ReportingPeriod
from ronghe.figures.queries.asked import ANSWERED, OPEN_STATES, load_asked
from ronghe.figures.queries.periods import map_reporters
from ronghe.figures.rules import Cell, Progress, measure_progress, name_state
from ronghe.org.models import Person, Unit

STATE_WORDS = {
    "none": "未填报",
    "draft": "草稿中",
    "returned": "被退回",
    "partly": "部分确认",
    "submitted": "待审核",
    "confirmed": "已确认",
}
# what a row of the board is waiting for comes first
STATE_ORDER = ("none", "returned", "draft", "partly", "submitted", "confirmed")


@dataclass
class BoardRow:
    """One reporting unit on the board."""

    unit: Unit
    state: str
    progress: Progress
    reporters: list[Person]
    batch: Batch | None
    demand: Demand | None

    @property
    def word(self) -> str:
        return STATE_WORDS[self.state]

    @property
    def is_outstanding(self) -> bool:
        return self.progress.missing > 0


@dataclass
class Board:
    period: ReportingPeriod
    rows: list[BoardRow]
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def outstanding(self) -> int:
        return sum(row.is_outstanding for row in self.rows)


def gather_cells(row: ReportingPeriod) -> tuple[set[Cell], set[Cell], set[Cell]]:
    """Return the cells (confirmed, submitted, drafted) of a period; what is exempted is settled. Two queries."""
    exempt = Adjustment.objects.filter(area_id=row.area_id, period=row.period, kind=Adjustment.Kind.EXEMPT, state=Adjustment.State.APPROVED)
    confirmed: set[Cell] = set(exempt.values_list("unit_id", "indicator_id"))
    submitted: set[Cell] = set()
    drafted: set[Cell] = set()
    found = Figure.objects.filter(ANSWERED, batch__period=row).values_list("unit_id", "indicator_id", "actual", "in_force", "batch__state")
    for unit_id, indicator_id, actual, in_force, state in found:
        if in_force or (actual is None and state == Batch.State.CONFIRMED):
            confirmed.add((unit_id, indicator_id))
        elif state == Batch.State.SUBMITTED:
            submitted.add((unit_id, indicator_id))
        elif state in OPEN_STATES:
            drafted.add((unit_id, indicator_id))
    return confirmed, submitted, drafted


def measure_units(row: ReportingPeriod) -> dict[int, Progress]:
    """Return reporting unit → how far it is. Four queries."""
    confirmed, submitted, drafted = gather_cells(row)
    asked = load_asked(row.area_id, row.period).by_reporter()
    return {pk: measure_progress(cells, confirmed=confirmed, submitted=submitted, drafted=drafted) for pk, cells in asked.items()}


def list_outstanding(row: ReportingPeriod, unit_ids: Iterable[int] | None = None) -> dict[int, Progress]:
    """Return the reporting units that still have to hand in something. Four queries."""
    wanted = None if unit_ids is None else set(unit_ids)
    return {pk: progress for pk, progress in measure_units(row).items() if progress.missing and (wanted is None or pk in wanted)}


def load_board(row: ReportingPeriod) -> Board:
    """Return the 未报 board of a period, what waits for somebody first. Eight queries for any number of units."""
    measured = measure_units(row)
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=measured)}
    reporters = map_reporters(row.area_id)
    batches = {batch.unit_id: batch for batch in Batch.objects.filter(period=row, state__in=OPEN_STATES)}
    demands = {demand.unit_id: demand for demand in Demand.objects.filter(period=row)}
    rows = []
    for pk, progress in measured.items():
        batch = batches.get(pk)
        state = name_state(progress, batch.state if batch else "")
        rows.append(BoardRow(units[pk], state, progress, reporters.get(pk, []), batch, demands.get(pk)))
    rows.sort(key=lambda item: (STATE_ORDER.index(item.state), item.unit.order, item.unit.code))
    counts = {state: sum(item.state == state for item in rows) for state in STATE_ORDER}
    return Board(row, rows, counts)
