"""晾晒: the track tables of a month, each row with what changed and how the year went. Three queries for any number of units."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.urls import reverse

from ronghe.assessment import kernel
from ronghe.assessment.models import Result, Run
from ronghe.assessment.queries.stability import TrackFirmness, UnitFirmness, mark_edges, read_firmness
from ronghe.assessment.rules import Change, compare_marks, compare_places, last_months, light_of_grade, mean, shift_month
from ronghe.common.spark import spark_svg

LIGHTS = {"g": "green", "y": "yellow", "r": "red"}
History = dict[int, dict[str, tuple[Decimal | None, int | None]]]


@dataclass(frozen=True)
class RankingRow:
    """One unit in a track table, every number already written."""

    unit_id: int
    unit: str
    url: str
    leader: str
    place: str
    top: bool
    total: str
    grade: str
    light: str
    total_change: Change
    place_change: Change
    party: str
    business: str
    missing: int
    vetoed: int
    note: str
    spark: str
    value: Decimal | None
    firm: UnitFirmness | None


@dataclass
class TrackTable:
    """The units of one track, placed ones first."""

    code: str
    name: str
    rows: list[RankingRow] = field(default_factory=list)
    mean: str = ""
    firmness: TrackFirmness | None = None

    @property
    def placed(self) -> int:
        return sum(bool(row.place) for row in self.rows)


def load_results(run: Run) -> list[Result]:
    """Return a run's rows with their units, in the order of a table: placed first, then by total, then as units are listed."""
    rows = Result.objects.filter(run=run).select_related("unit")
    return sorted(rows, key=lambda row: (row.place is None, row.place or 0, -(row.total or Decimal(0)), row.unit.order, row.unit.code))


def load_history(area_id: int, months: Iterable[str], *, unit_id: int | None = None) -> History:
    """Return unit → month → (total, place) from the runs in force of those months. One query."""
    history: History = {}
    rows = Result.objects.filter(run__area_id=area_id, run__state__in=Run.IN_FORCE, run__period__in=list(months))
    if unit_id is not None:
        rows = rows.filter(unit_id=unit_id)
    for unit, period, total, place in rows.values_list("unit_id", "run__period", "total", "place"):
        history.setdefault(unit, {})[period] = (total, place)
    return history


def build_tables(run: Run) -> list[TrackTable]:
    """Return the track tables of a run, with the change against last month and twelve months' line."""
    scheme = kernel.scheme_of(run.scheme)
    grades = [grade.name for grade in scheme.grades]
    months = last_months(run.period, 12)
    history = load_history(run.area_id, months)
    before = shift_month(run.period, -1)
    tables = {code: TrackTable(code, name) for code, name in run.tracks}
    results = load_results(run)
    firmness = read_firmness(run, {result.unit.code: result.unit.name for result in results})
    for result in results:
        table = tables.setdefault(result.track, TrackTable(result.track, result.track))
        past = history.get(result.unit_id, {})
        table.rows.append(write_row(run, result, past, before, months, grades, scheme.digits, firmness.get(result.track)))
    for table in tables.values():
        average = mean(row.value for row in table.rows)
        table.mean = kernel.fixed(average, scheme.digits)
        table.firmness = firmness.get(table.code)
        mark_edges([row.firm for row in table.rows])
    return list(tables.values())


def write_row(
    run: Run,
    result: Result,
    past: dict[str, tuple[Decimal | None, int | None]],
    before: str,
    months: list[str],
    grades: list[str],
    digits: int,
    firmness: TrackFirmness | None,
) -> RankingRow:
    """Write one unit's row."""
    total_before, place_before = past.get(before, (None, None))
    line = [result.total if month == run.period else past.get(month, (None, None))[0] for month in months]
    known = [value for value in line if value is not None]
    rising = len(known) < 2 or known[-1] >= known[0]
    place = str(result.place) if result.place is not None else ""
    return RankingRow(
        unit_id=result.unit_id,
        unit=result.unit.name,
        url=reverse("assessment:station", args=[result.unit_id]) + f"?period={run.period}",
        leader=result.leader_name,
        place=place,
        top=bool(result.place and result.place <= 3),
        total=kernel.fixed(result.total, digits),
        grade=result.grade,
        light=LIGHTS.get(light_of_grade(result.grade, grades), ""),
        total_change=compare_marks(result.total, total_before, digits),
        place_change=compare_places(result.place, place_before),
        party=write_side(result.party, result.party_full, digits),
        business=write_side(result.business, result.business_full, digits),
        missing=result.missing,
        vetoed=result.vetoed,
        note=result.place_because or result.because,
        spark=spark_svg(line, describe_line(result.unit.name, months, line, digits), tone="green" if rising else "red"),
        value=result.total,
        firm=firmness.units.get(result.unit.code) if firmness else None,
    )


def write_side(marks: Decimal | None, full: Decimal | None, digits: int) -> str:
    """Write '41.20 / 45'."""
    if marks is None or full is None:
        return ""
    return f"{kernel.fixed(marks, digits)} / {kernel.plain(full)}"


def describe_line(name: str, months: list[str], values: list[Decimal | None], digits: int) -> str:
    """Say a sparkline in words: the first and the last value."""
    known = [(month, value) for month, value in zip(months, values, strict=True) if value is not None]
    if not known:
        return name
    (first, low), (last, high) = known[0], known[-1]
    return f"{name} {first} {kernel.fixed(low, digits)} → {last} {kernel.fixed(high, digits)}"


def count_flags(tables: list[TrackTable]) -> dict[str, Any]:
    """Return what the head of the page says: how many units, placed, provisional, vetoed."""
    rows = [row for table in tables for row in table.rows]
    return {
        "units": len(rows),
        "placed": sum(bool(row.place) for row in rows),
        "missing": sum(bool(row.missing) for row in rows),
        "vetoed": sum(bool(row.vetoed) for row in rows),
    }
