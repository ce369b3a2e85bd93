"""底数 (P2): everything open, overdue, below target, sent back, by unit, by person and by 管理区, from what each context counts."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from ronghe.common import registry
from ronghe.common.access import may_open
from ronghe.common.registry import Matter
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Person, Unit
from ronghe.org.standing import standing_of

READERS = (*LEADERS, "discipline_member", "indicator_admin", "reviewer")
UNIT_READERS = ("station_chief", "group_leader")


@dataclass
class Cell:
    """One number of the table. Several matters of one kind add up; the link stays where they share it."""

    count: int = 0
    late: int = 0
    url: str = ""

    def add(self, matter: Matter) -> None:
        self.url = matter.url if not self.count or self.url == matter.url else ""
        self.count += matter.count
        self.late += matter.late


@dataclass
class Row:
    """One unit, person or area with its numbers, in the order of the table's columns."""

    name: str
    note: str
    cells: list[Cell | None] = field(default_factory=list)

    @property
    def late(self) -> int:
        return sum(cell.late for cell in self.cells if cell)

    @property
    def total(self) -> int:
        return sum(cell.count for cell in self.cells if cell)


@dataclass
class Table:
    columns: list[str]
    rows: list[Row]

    @property
    def lines(self) -> list[tuple[Row, list[tuple[str, Cell | None]]]]:
        """Each row with its numbers by name: a narrow screen shows no heads."""
        return [(row, list(zip(self.columns, row.cells, strict=True))) for row in self.rows]


def collect_matters(area_ids: list[int]) -> list[Matter]:
    """Return all matters of the areas, from every context that counts some."""
    return [matter for count in registry.matters.values() for matter in count(area_ids)]


def readable_units(user: Any) -> tuple[list[int], set[int] | None]:
    """Return (areas, units) whose 底数 the user may read; units None: all of the areas."""
    standing = standing_of(user)
    whole = standing.areas_of(READERS)
    if whole:
        return sorted(whole), None
    own = standing.units_of(UNIT_READERS)
    areas = {post.area_id for post in standing.posts if post.unit_id in own and post.area_id is not None}
    return sorted(areas), set(own)


def build_table(matters: list[Matter], names: dict[int, tuple[str, str]], key: str, *, reader: Any = None) -> Table:
    """Return the table of the matters grouped by 'unit_id', 'owner_id' or 'area_id'; the most overdue first.

    A number leads somewhere only for a reader who may open that page; without one nowhere.
    """
    columns = list(dict.fromkeys(matter.what for matter in matters))
    grouped: dict[int, dict[str, Cell]] = defaultdict(dict)
    for matter in matters:
        pk = getattr(matter, key)
        if pk in names:
            grouped[pk].setdefault(matter.what, Cell()).add(matter)
    rows = [Row(*names[pk], [found.get(what) for what in columns]) for pk, found in grouped.items()]
    doors: dict[str, bool] = {}
    for cell in (cell for row in rows for cell in row.cells if cell and cell.url):
        door = cell.url.partition("?")[0]
        if door not in doors:
            doors[door] = reader is not None and may_open(reader, door)
        cell.url = cell.url if doors[door] else ""
    rows.sort(key=lambda row: (-row.late, -row.total, row.name))
    return Table(columns, rows)


def table_by_unit(user: Any) -> Table:
    """Return the units of the user's areas (or the user's own units) with their numbers."""
    areas, own = readable_units(user)
    units = Unit.objects.filter(area_id__in=areas)
    names = {unit.pk: (unit.name, unit.get_kind_display()) for unit in units if own is None or unit.pk in own}
    return build_table(collect_matters(areas), names, "unit_id", reader=user)


def table_by_owner(user: Any) -> Table:
    """Return the people who answer for something in the user's areas (or units), with their numbers."""
    areas, own = readable_units(user)
    people = Person.objects.filter(area_id__in=areas).select_related("unit")
    names = {person.pk: (person.name, person.unit.name) for person in people if own is None or person.unit_id in own}
    return build_table(collect_matters(areas), names, "owner_id", reader=user)


def table_by_area(user: Any) -> Table:
    """Return the areas above which the user stands, side by side: counts only, no way to the content."""
    areas = sorted(standing_of(user).overseen_areas)
    names = {unit.pk: (unit.name, "") for unit in Unit.objects.filter(pk__in=areas)}
    return build_table(collect_matters(areas), names, "area_id")
