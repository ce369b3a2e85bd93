"""A sheet as plain cells, whatever file it came from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from ronghe.common.sheets import limits

# 'lost' is a formula without a stored value; 'error' is #DIV/0! and the like.
CellKind = Literal["text", "number", "bool", "date", "error", "lost"]
Range = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell that is not empty. `text` is what a reader of the sheet would call its content."""

    kind: CellKind
    text: str
    number: Decimal | None = None
    percent: bool = False
    formula: bool = False


EMPTY = RawCell("text", "")


class SheetTooLargeError(Exception):
    """A sheet passes a limit; the text is a Chinese message for its sender."""


@dataclass
class Grid:
    """One sheet: cells by (row, column) from 1, what is hidden, what is merged. `trouble`: why it was not read."""

    name: str
    visible: bool = True
    cells: dict[tuple[int, int], RawCell] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    trouble: str = ""
    transposed: bool = False
    height: int = 0
    width: int = 0
    anchors: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    # How many fields each row of a delimited text has; empty for a workbook.
    lengths: dict[int, int] = field(default_factory=dict)

    def add_cell(self, row: int, column: int, cell: RawCell) -> None:
        """Put one cell. SheetTooLargeError where the sheet passes a limit."""
        if not cell.text and cell.kind == "text":
            return
        if row > limits.MAX_ROWS:
            raise SheetTooLargeError(f"工作表「{self.name}」超过 {limits.MAX_ROWS} 行的上限(第 {row} 行还有内容),请只保留要上报的行再传")
        if column > limits.MAX_COLUMNS:
            raise SheetTooLargeError(
                f"工作表「{self.name}」超过 {limits.MAX_COLUMNS} 列的上限(第 {column} 列还有内容),请只保留要上报的列再传"
            )
        if len(self.cells) >= limits.MAX_CELLS:
            raise SheetTooLargeError(f"工作表「{self.name}」有内容的单元格超过 {limits.MAX_CELLS} 个的上限,请只保留要上报的部分再传")
        self.cells[row, column] = cell
        self.height = max(self.height, row)
        self.width = max(self.width, column)

    def spread_merges(self) -> None:
        """Let every cell of a merged range know its first cell. SheetTooLargeError where that is absurdly much."""
        filled = 0
        for top, left, bottom, right in self.merges:
            # Excel allows no overlap; in a broken file the first range counts.
            if (top, left) in self.anchors:
                continue
            last_row, last_column = min(bottom, self.height), min(right, self.width)
            filled += max(0, last_row - top + 1) * max(0, last_column - left + 1)
            if filled > limits.MAX_MERGE_FILL:
                raise SheetTooLargeError(f"工作表「{self.name}」的合并单元格太多太大,请取消不必要的合并再传")
            for row in range(top, last_row + 1):
                for column in range(left, last_column + 1):
                    self.anchors.setdefault((row, column), (top, left))

    def own_cell(self, row: int, column: int) -> RawCell:
        """Give the cell that stands exactly here."""
        return self.cells.get((row, column), EMPTY)

    def shown_cell(self, row: int, column: int) -> RawCell:
        """Give the cell that a reader sees here: of a merged range, its first cell."""
        place = self.anchors.get((row, column), (row, column))
        return self.cells.get(place, EMPTY)

    def shown_text(self, row: int, column: int) -> str:
        """Give the text that a reader sees here."""
        return self.shown_cell(row, column).text

    def own_row(self, row: int) -> Iterator[tuple[int, RawCell]]:
        """Give (column, cell) of one row, left to right."""
        for column in range(1, self.width + 1):
            cell = self.cells.get((row, column))
            if cell is not None:
                yield column, cell

    def transpose(self) -> "Grid":
        """Give the same sheet with rows and columns swapped."""
        return Grid(
            name=self.name,
            visible=self.visible,
            cells={(column, row): cell for (row, column), cell in self.cells.items()},
            merges=[(left, top, right, bottom) for top, left, bottom, right in self.merges],
            hidden_rows=set(self.hidden_columns),
            hidden_columns=set(self.hidden_rows),
            transposed=not self.transposed,
            height=self.width,
            width=self.height,
            anchors={(column, row): (left, top) for (row, column), (top, left) in self.anchors.items()},
        )


def check_merge(name: str, area: Range) -> None:
    """Refuse a merged range that no real sheet has: it costs gigabytes in readers that spread it out."""
    top, left, bottom, right = area
    if (bottom - top + 1) * (right - left + 1) > limits.MAX_MERGE_AREA:
        raise SheetTooLargeError(f"工作表「{name}」有一处合并单元格大得不正常(第 {top} 到 {bottom} 行),请取消这处合并再传")


def dump_grid(grid: Grid) -> dict[str, Any]:
    """Give the grid as JSON-ready values, for a marked copy."""
    return {
        "name": grid.name,
        "visible": grid.visible,
        "trouble": grid.trouble,
        "merges": [list(area) for area in grid.merges],
        "hidden_rows": sorted(grid.hidden_rows),
        "hidden_columns": sorted(grid.hidden_columns),
        "cells": [
            [row, column, cell.kind, cell.text, None if cell.number is None else str(cell.number), cell.percent]
            for (row, column), cell in sorted(grid.cells.items())
        ],
    }


def load_grid(values: dict[str, Any]) -> Grid:
    """Give back the grid that `dump_grid` wrote. SheetTooLargeError where that passes a limit."""
    grid = Grid(
        name=values["name"],
        visible=values["visible"],
        trouble=values["trouble"],
        merges=[(top, left, bottom, right) for top, left, bottom, right in values["merges"]],
        hidden_rows=set(values["hidden_rows"]),
        hidden_columns=set(values["hidden_columns"]),
    )
    for row, column, kind, text, number, percent in values["cells"]:
        grid.add_cell(row, column, RawCell(kind, text, None if number is None else Decimal(number), percent))
    grid.spread_merges()
    return grid
