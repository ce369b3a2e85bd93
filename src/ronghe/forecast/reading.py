"""A history file, read and checked: CSV with the columns series, period, actual and, if wanted, kind."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal

from ronghe.forecast.cells import SPOILT, Cells, read_cells
from ronghe.forecast.model import KINDS, Kind
from ronghe.forecast.months import parse_month
from ronghe.scoring.problems import InputError, Problem

REQUIRED = ("series", "period", "actual")
COLUMNS = (*REQUIRED, "kind")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?", re.ASCII)
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
_LONGEST_NUMBER = 60
_LARGEST = Decimal("1e18")


@dataclass
class SeriesHistory:
    """One series of a file: its figures by month, how they add up, how many decimals they are written with."""

    name: str
    kind: Kind = "sum"
    figures: dict[str, Decimal | None] = field(default_factory=dict)
    decimals: int = 0


def read_history(path: str, levels: Collection[str] = ()) -> list[SeriesHistory]:
    """Return the series of a file in the order of their first rows; those named in `levels` are levels.

    Raises InputError with every problem, OSError where the file cannot be read.
    """
    reader = _Reader(read_cells(path), path)
    reader.check_header()
    reader.read_rows()
    reader.apply_levels(levels)
    if reader.problems:
        raise InputError(sorted(reader.problems, key=lambda problem: problem.row or 0))
    return list(reader.series.values())


class _Reader:
    def __init__(self, cells: Cells, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = list(cells.problems)
        self.header = cells.header
        self.cells = cells.rows
        self.places = {name: self.header.index(name) for name in COLUMNS if name in self.header}
        self.rows = cells.lines
        self.series: dict[str, SeriesHistory] = {}
        self.where: dict[tuple[str, str], int] = {}
        self.kinds: dict[str, tuple[str, int]] = {}

    def check_header(self) -> None:
        if not self.header and self.problems:
            return
        for name in COLUMNS:
            if name in REQUIRED and name not in self.header:
                self._note(1, name, "缺少必需的列")
            if self.header.count(name) > 1:
                self._note(1, name, "同名的列出现了两次")
        if not self.rows and not self.problems:
            self._note(1, self.header[0] if self.header else "-", "没有任何数据行")

    def read_rows(self) -> None:
        for index, row in enumerate(self.rows):
            name = self._cell("series", index)
            period = self._read_period(index, row)
            figure = self._read_figure(index, row)
            if name == "":
                self._note_unspoilt(index, row, "series", "不能为空")
            if not name:
                continue
            series = self.series.setdefault(name, SeriesHistory(name))
            self._read_kind(series, index, row)
            if period:
                self._add(series, period, figure, row)

    def apply_levels(self, levels: Collection[str]) -> None:
        for name in levels:
            series = self.series.get(name)
            if series is None:
                self.problems.append(Problem("--levels", "1", "series", f"文件中没有这个序列:{name}"))
            elif self.kinds.get(name, ("level", 0))[0] != "level":
                self.problems.append(Problem("--levels", "1", "series", f"文件的 kind 列写的是 sum:{name}"))
            else:
                series.kind = "level"

    def _read_period(self, index: int, row: int) -> str | None:
        text = self._cell("period", index)
        if text is None:
            return None
        try:
            parse_month(text)
        except ValueError as error:
            self._note_unspoilt(index, row, "period", "不能为空" if text == "" else str(error))
            return None
        return text

    def _read_figure(self, index: int, row: int) -> Decimal | None:
        text = self._cell("actual", index)
        if not text:  # a month not reported
            return None
        if len(text) <= _LONGEST_NUMBER and _NUMBER.fullmatch(text):
            figure = Decimal(text)
            if abs(figure) < _LARGEST:
                return figure
            self._note_unspoilt(index, row, "actual", f"数字过大:{text}")
        elif _NOT_FINITE.fullmatch(text):
            self._note_unspoilt(index, row, "actual", f"数字应是有限的:{text}")
        else:
            self._note_unspoilt(index, row, "actual", f"应为数字:{text}")
        return None

    def _read_kind(self, series: SeriesHistory, index: int, row: int) -> None:
        text = self._cell("kind", index)
        if not text:
            return
        if text not in KINDS:
            self._note_unspoilt(index, row, "kind", f"应为 sum(各月相加)或 level(水平):{text}")
            return
        before = self.kinds.setdefault(series.name, (text, row))
        if before[0] != text:
            self._note(row, "kind", f"同一序列的 kind 前后不同,第 {before[1]} 行是 {before[0]}:{text}")
        elif text == "level":
            series.kind = "level"

    def _add(self, series: SeriesHistory, period: str, figure: Decimal | None, row: int) -> None:
        first = self.where.setdefault((series.name, period), row)
        if first != row:
            self._note(row, "period", f"{series.name} 的 {period} 已在第 {first} 行出现过")
            return
        series.figures[period] = figure
        if figure is not None:
            exponent = figure.as_tuple().exponent
            series.decimals = max(series.decimals, -exponent if isinstance(exponent, int) else 0)

    def _cell(self, column: str, index: int) -> str | None:
        """Return the text of a cell; None where there is no such column."""
        return self.cells[index][self.places[column]] if column in self.places else None

    def _note_unspoilt(self, index: int, row: int, column: str, message: str) -> None:
        # A cell that is not UTF-8 has its problem already.
        if SPOILT not in (self._cell(column, index) or ""):
            self._note(row, column, message)

    def _note(self, row: int, column: str, message: str) -> None:
        self.problems.append(Problem(self.path, str(row), column, message, row))
