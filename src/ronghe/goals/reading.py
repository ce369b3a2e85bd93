"""Goals from a sheet (last year's, or the product's own export): one goal a row, its level telling under which one it stands.

Plain data in, plain data out: what is wrong is a problem at its cell.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from ronghe.common.sheets.grid import Grid
from ronghe.common.sheets.problems import Problem
from ronghe.common.sheets.text import key_text, name_column, shorten_text
from ronghe.goals.rules import read_number

HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "level": ("层级", "级"),
    "dimension": ("维度",),
    "title": ("目标", "目标名称"),
    "coordinator": ("统筹协调", "分管领导", "牵头"),
    "unit": ("落实单位", "责任单位", "落实"),
    "person": ("落实人", "责任人"),
    "indicator": ("指标",),
    "value": ("目标值", "全年目标", "指标值"),
    "rule": ("合成方式",),
    "degree": ("抓到什么程度", "工作标准", "要求"),
    "basis": ("依据",),
}
NEEDED: Final = ("dimension", "title", "degree")
HEAD_ROWS: Final = 15
MOST_LEVEL: Final = 5


@dataclass(frozen=True)
class Known:
    """The names of an area by their keys (`key_text`); a name that means two things has both ids."""

    dimensions: Mapping[str, tuple[int, ...]]
    coordinators: Mapping[str, tuple[int, ...]]
    units: Mapping[str, tuple[int, ...]]
    people: Mapping[str, tuple[int, ...]]
    indicators: Mapping[str, tuple[int, ...]]
    rules: Mapping[str, str]


@dataclass(frozen=True)
class GoalLine:
    """One goal as read; `row` is where it stands, `level` counts from 1."""

    row: int
    level: int
    title: str
    degree: str
    basis: str
    rule: str
    value: Decimal | None
    ids: Mapping[str, int | None]


@dataclass
class GoalReading:
    """What was read, and what is wrong with it."""

    sheet: str = ""
    lines: list[GoalLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return bool(self.lines) and not self.problems


def refuse_goals(message: str) -> GoalReading:
    return GoalReading(problems=[Problem("", None, "", "error", message)])


def read_goals(grids: Iterable[Grid], known: Known) -> GoalReading:
    """Read the first sheet that has the heads."""
    for grid in grids:
        for row in range(1, min(grid.height, HEAD_ROWS) + 1):
            columns = find_heads(grid, row)
            if set(NEEDED) <= columns.keys():
                return Reader(grid, columns, known).read(row + 1)
    return refuse_goals("没有找到表头:要有 维度、目标、抓到什么程度 三列;层级、指标、目标值、统筹协调、落实单位、落实人、依据可以没有")


def find_heads(grid: Grid, row: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in range(1, grid.width + 1):
        key = key_text(grid.shown_text(row, column)).partition("(")[0]
        for name, names in HEADS.items():
            if key in names:
                found.setdefault(name, column)
    return found


class Reader:
    """Reads the rows of one sheet."""

    def __init__(self, grid: Grid, columns: dict[str, int], known: Known) -> None:
        self.grid, self.columns, self.known = grid, columns, known
        self.found = GoalReading(grid.name)

    def text(self, row: int, name: str) -> str:
        return self.grid.shown_text(row, self.columns[name]).strip() if name in self.columns else ""

    def complain(self, row: int, name: str, message: str) -> None:
        column = name_column(self.columns[name]) if name in self.columns else ""
        self.found.problems.append(Problem(self.grid.name, row, column, "error", message, shorten_text(self.text(row, name))))

    def read(self, first: int) -> GoalReading:
        above = 0
        for row in range(first, self.grid.height + 1):
            if not any(self.grid.own_cell(row, column).text for column in self.columns.values()):
                continue
            level = self.read_level(row, above)
            above = level or above
            self.found.lines.append(self.read_line(row, level))
        if not self.found.lines:
            return refuse_goals("表头下面没有目标")
        return self.found

    def read_level(self, row: int, above: int) -> int:
        text = self.text(row, "level")
        if not text:
            return 1
        try:
            level = int(read_number(text) or 0)
        except ValueError:
            level = 0
        if not 1 <= level <= min(above + 1, MOST_LEVEL):
            self.complain(row, "level", f"层级应是 1 到 {min(above + 1, MOST_LEVEL)} 的整数:上一行是第 {above} 层")
            return above or 1
        return level

    def read_line(self, row: int, level: int) -> GoalLine:
        for name in ("title", "degree"):
            if not self.text(row, name):
                self.complain(row, name, "没有写")
        ids: dict[str, int | None] = {
            "dimension": self.find(row, "dimension", self.known.dimensions, needed=True),
            "coordinator": self.find(row, "coordinator", self.known.coordinators),
            "unit": self.find(row, "unit", self.known.units),
            "person": self.find(row, "person", self.known.people),
            "indicator": self.find(row, "indicator", self.known.indicators),
        }
        value = self.read_value(row)
        if value is not None and not self.text(row, "indicator"):
            self.complain(row, "value", "没有指标的目标用节点任务衡量,不填目标值")
        rule = self.known.rules.get(key_text(self.text(row, "rule")), "")
        return GoalLine(
            row, level, self.text(row, "title")[:120], self.text(row, "degree")[:300], self.text(row, "basis")[:200], rule, value, ids
        )

    def read_value(self, row: int) -> Decimal | None:
        if "value" not in self.columns:
            return None
        cell = self.grid.shown_cell(row, self.columns["value"])
        try:
            return read_number(str(cell.number) if cell.kind == "number" and not cell.percent else cell.text)
        except ValueError:
            self.complain(row, "value", "不是可用的数字")
            return None

    def find(self, row: int, name: str, names: Mapping[str, tuple[int, ...]], *, needed: bool = False) -> int | None:
        text = self.text(row, name)
        if not text:
            if needed:
                self.complain(row, name, "没有写")
            return None
        key = key_text(text)
        ids = names.get(key) or names.get(key.partition("(")[0], ())
        if len(ids) != 1:
            self.complain(row, name, f"「{shorten_text(text)}」对应不止一个,请写全称" if ids else f"不认识「{shorten_text(text)}」")
            return None
        return ids[0]


def map_names(pairs: Iterable[tuple[int, Iterable[Any]]]) -> dict[str, tuple[int, ...]]:
    """Return key → ids of (id, names)."""
    found: dict[str, tuple[int, ...]] = {}
    for pk, names in pairs:
        for key in dict.fromkeys(key_text(str(name)) for name in names if name):
            found[key] = (*found.get(key, ()), pk)
    return found
