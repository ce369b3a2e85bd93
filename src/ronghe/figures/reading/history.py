"""Years of months in one sheet: one figure a row, or the months across. Plain data in, plain data out.

Long: 月份 | 单位 | 指标 | 实际值 | 目标值 | 基数. Across: 单位 | 指标 | 2024年1月 | 2024年2月 … (the year may stand merged above).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from ronghe.common.sheets.grid import Grid
from ronghe.common.sheets.problems import Problem
from ronghe.common.sheets.text import key_text, name_column, shorten_text
from ronghe.figures.reading.names import Names, is_remark, is_total
from ronghe.figures.reading.numbers import NotAFigureError, read_figure
from ronghe.figures.reading.periods import find_months
from ronghe.figures.reading.request import Request

HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "month": ("月份", "年月", "期间", "月"),
    "unit": ("单位", "班站", "单位名称", "组室", "站"),
    "indicator": ("指标", "指标名称"),
    "actual": ("实际值", "实际", "完成值", "完成", "数值"),
    "target": ("目标值", "目标", "计划值", "计划"),
    "base": ("基数",),
}
FIELDS: Final = ("actual", "target", "base")
HEAD_ROWS: Final = 15
NO_YEAR: Final = "0000"


@dataclass(frozen=True)
class HistoryCell:
    """One figure of one month."""

    month: str
    unit: str
    indicator: str
    field: str
    value: Decimal
    sheet: str
    row: int
    column: str


@dataclass(frozen=True)
class History:
    """What was read, and what is wrong with it."""

    sheet: str = ""
    cells: tuple[HistoryCell, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "error"]

    @property
    def is_clean(self) -> bool:
        return bool(self.cells) and not self.errors

    @property
    def months(self) -> list[str]:
        return sorted({cell.month for cell in self.cells})


@dataclass(frozen=True)
class Layout:
    """Where the heads stand: the last head row, columns by field, months by column (across)."""

    grid: Grid
    row: int
    columns: dict[str, int]
    months: dict[int, str]


def refuse_history(message: str) -> History:
    """Give the reading of a file that could not be read at all."""
    return History(problems=(Problem("", None, "", "error", message),))


def read_history(grids: Iterable[Grid], request: Request, *, first: str, last: str, closed: Mapping[str, str]) -> History:
    """Read the first sheet that has the heads. Months lie between `first` and `last`; `closed`: month → why nothing is taken for it."""
    for grid in grids:
        layout = find_layout(grid)
        if layout is not None:
            return read_layout(layout, request, first=first, last=last, closed=closed)
    return refuse_history("没有找到表头:长表要有 月份、单位、指标、实际值;横表要有 单位、指标 和写明年月的各月列")


def find_layout(grid: Grid) -> Layout | None:
    for row in range(1, min(grid.height, HEAD_ROWS) + 1):
        columns = find_columns(grid, row)
        if {"month", "unit", "indicator", "actual"} <= columns.keys():
            return Layout(grid, row, columns, {})
        if {"unit", "indicator"} <= columns.keys():
            while find_columns(grid, row + 1).keys() >= {"unit", "indicator"}:  # heads merged over two rows
                row += 1
            months = find_across(grid, row, set(columns.values()))
            if months:
                return Layout(grid, row, columns, months)
    return None


def find_columns(grid: Grid, row: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in range(1, grid.width + 1):
        key = key_text(grid.shown_text(row, column)).partition("(")[0]
        for field, names in HEADS.items():
            if key in names:
                found.setdefault(field, column)
    return found


def find_across(grid: Grid, row: int, taken: set[int]) -> dict[int, str]:
    """Give column → month, from its own head or from the year merged above it."""
    found: dict[int, str] = {}
    for column in range(1, grid.width + 1):
        if column in taken:
            continue
        own = grid.shown_text(row, column)
        texts = [own, *(f"{grid.shown_text(up, column)}{own}" for up in range(row - 1, max(0, row - 3), -1))]
        for text in texts:
            months = {month for month in find_months(text, year=NO_YEAR) if not month.startswith(NO_YEAR)}
            if len(months) == 1:
                found[column] = months.pop()
                break
    return found


class Reader:
    """Collects the figures of one sheet with its problems."""

    def __init__(self, layout: Layout, request: Request, *, first: str, last: str, closed: Mapping[str, str]) -> None:
        self.layout, self.grid = layout, layout.grid
        self.names = Names(request)
        self.first, self.last, self.closed = first, last, closed
        self.cells: dict[tuple[str, str, str, str], HistoryCell] = {}
        self.problems: list[Problem] = []

    def complain(self, row: int, column: int, message: str, severity: Any = "error") -> None:
        raw = shorten_text(self.grid.shown_text(row, column))
        self.problems.append(Problem(self.grid.name, row, name_column(column), severity, message, raw))

    def read_row(self, row: int) -> None:
        columns = self.layout.columns
        values = {column: self.grid.own_cell(row, column) for column in self.list_value_columns()}
        filled = [column for column, cell in values.items() if cell.text]
        name = self.grid.shown_text(row, columns["unit"])
        if not filled or is_total(name) or is_remark(name or self.grid.shown_text(row, 1)):
            return
        unit = self.find_one(row, columns["unit"], self.names.find_unit(name).codes, "单位")
        head = self.grid.shown_text(row, columns["indicator"])
        key = key_text(head)
        codes = self.names.find_indicator(key).codes or self.names.find_indicator(key.partition("(")[0]).codes
        indicator = self.find_one(row, columns["indicator"], codes, "指标")
        month = self.find_month(row) if not self.layout.months else ""
        if not unit or not indicator or month is None:
            return
        for column in filled:
            self.read_value(row, column, month or self.layout.months[column], unit, indicator)

    def list_value_columns(self) -> list[int]:
        return list(self.layout.months) or [self.layout.columns[field] for field in FIELDS if field in self.layout.columns]

    def find_one(self, row: int, column: int, codes: tuple[str, ...], what: str) -> str:
        """Give the one code that a name means, or complain at its cell."""
        if len(codes) == 1:
            return codes[0]
        text = self.grid.shown_text(row, column)
        if not text:
            self.complain(row, column, f"没有写{what}")
        else:
            self.complain(
                row, column, f"「{shorten_text(text)}」对应不止一个{what},请写全称" if codes else f"不认识的{what}「{shorten_text(text)}」"
            )
        return ""

    def find_month(self, row: int) -> str | None:
        column = self.layout.columns["month"]
        months = {month for month in find_months(self.grid.shown_text(row, column), year=NO_YEAR) if not month.startswith(NO_YEAR)}
        if len(months) != 1:
            self.complain(row, column, "月份要写明年和月,如 2025年3月 或 2025-03")
            return None
        return months.pop()

    def read_value(self, row: int, column: int, month: str, unit: str, indicator: str) -> None:
        if not self.first <= month <= self.last:
            return self.complain(row, column, f"{month} 不在可以补录的 {self.first} 至 {self.last} 之内")
        if month in self.closed:
            return self.complain(row, column, f"{month} {self.closed[month]}")
        field = next((name for name in FIELDS if self.layout.columns.get(name) == column), "actual") if not self.layout.months else "actual"
        try:
            figure = read_figure(self.grid.own_cell(row, column), self.names.indicators[indicator])
        except NotAFigureError as trouble:
            return self.complain(row, column, str(trouble))
        if figure.value is None:
            return None
        if figure.note:
            self.complain(row, column, figure.note, "note")
        key = (month, unit, indicator, field)
        known = self.cells.get(key)
        if known is not None and known.value != figure.value:
            return self.complain(row, column, f"与 {known.column}{known.row} 是同一格,数值却不同")
        self.cells.setdefault(key, HistoryCell(*key, figure.value, self.grid.name, row, name_column(column)))
        return None


def read_layout(layout: Layout, request: Request, *, first: str, last: str, closed: Mapping[str, str]) -> History:
    reader = Reader(layout, request, first=first, last=last, closed=closed)
    for row in range(layout.row + 1, layout.grid.height + 1):
        reader.read_row(row)
    if not reader.cells and not reader.problems:
        return refuse_history("表头下面没有数值")
    return History(layout.grid.name, tuple(reader.cells.values()), tuple(reader.problems))


def dump_history(found: History) -> dict[str, Any]:
    """Give the reading as JSON-ready values."""
    return {
        "sheet": found.sheet,
        "cells": [[c.month, c.unit, c.indicator, c.field, str(c.value), c.sheet, c.row, c.column] for c in found.cells],
        "problems": [[p.sheet, p.row, p.column, p.severity, p.message, p.raw] for p in found.problems],
    }


def load_history(values: Mapping[str, Any]) -> History:
    """Give back what `dump_history` wrote."""
    return History(
        values["sheet"],
        tuple(HistoryCell(m, u, i, f, Decimal(v), s, r, c) for m, u, i, f, v, s, r, c in values["cells"]),
        tuple(Problem(*row) for row in values["problems"]),
    )
