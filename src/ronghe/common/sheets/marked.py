"""A copy of an uploaded sheet with every problem at its cell, and a list of them, to correct and upload again."""

from collections.abc import Sequence
from typing import Any, Final

from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.worksheet import Worksheet

from ronghe.common.sheets.grid import Grid, RawCell
from ronghe.common.sheets.problems import Problem
from ronghe.common.sheets.sandbox import read_grids_apart
from ronghe.common.sheets.text import count_column
from ronghe.common.sheets.writer import Book, drop_controls, name_sheet

LIST_NAME: Final = "问题清单"
RED: Final[dict[str, Any]] = {"bg_color": "#FFC7CE", "font_color": "#9C0006", "border": 1}
YELLOW: Final[dict[str, Any]] = {"bg_color": "#FFF2CC"}
HEAD: Final[dict[str, Any]] = {"bold": True, "bg_color": "#DCE6F1", "border": 1}
LINE: Final[dict[str, Any]] = {"border": 1, "text_wrap": True}
SEVERITIES: Final = {"error": "须改正", "note": "提示"}
COLUMNS: Final = (("工作表", 16), ("行", 6), ("列", 6), ("类别", 8), ("原内容", 22), ("问题", 80))
Marks = dict[tuple[int, int], list[Problem]]


def write_marked_copy(data: bytes, sheet_name: str, problems: Sequence[Problem]) -> bytes:
    """Give an .xlsx: the sheet as read, red where it must be corrected, yellow where a note stands, and '问题清单'.

    Where the file could not be read at all, the copy holds the list alone. Formulas come as their values.
    """
    book = Book()
    taken = {LIST_NAME}
    for grid in choose_grids(read_grids_apart(data), sheet_name):
        sheet = book.workbook.add_worksheet(name_sheet(grid.name, taken))
        marks = place_marks(grid, [problem for problem in problems if problem.sheet == grid.name])
        write_grid(book, sheet, grid, marks)
    write_list(book, problems, activate=not sheet_name)
    return book.close_bytes()


def choose_grids(grids: list[Grid], sheet_name: str) -> list[Grid]:
    """Give the sheet that was read; all of them where none was chosen."""
    chosen = [grid for grid in grids if grid.name == sheet_name]
    return chosen or [grid for grid in grids if grid.cells]


def place_marks(grid: Grid, problems: list[Problem]) -> Marks:
    """Give the problems by cell; those of a whole row or column stand at its first cell, those of the sheet at A1.

    In a merged range only the first cell is seen, so that its problems stand there.
    """
    marks: Marks = {}
    for problem in problems:
        place = (problem.row or 1, count_column(problem.column) if problem.column else 1)
        marks.setdefault(grid.anchors.get(place, place), []).append(problem)
    return marks


def write_grid(book: Book, sheet: Worksheet, grid: Grid, marks: Marks) -> None:
    """Write the cells at their places, then marks, merges and what is hidden."""
    merged = write_merges(book, sheet, grid, marks)
    for row, column in sorted({*grid.cells, *marks}):
        if (row, column) not in merged and grid.anchors.get((row, column), (row, column)) not in merged:
            cell = grid.own_cell(row, column)
            write_cell(book, sheet, row, column, cell, choose_style(marks.get((row, column), [])))
    for (row, column), problems in marks.items():
        comment = "\n".join(problem.message for problem in problems)
        sheet.write_comment(row - 1, column - 1, drop_controls(comment)[:2_000], {"x_scale": 2.2, "y_scale": 1.4, "author": "融合"})
    for row in grid.hidden_rows:
        sheet.set_row(row - 1, None, None, {"hidden": True})
    sheet.set_column(0, max(0, grid.width - 1), 14)
    for column in grid.hidden_columns:
        sheet.set_column(column - 1, column - 1, 14, None, {"hidden": True})


def write_merges(book: Book, sheet: Worksheet, grid: Grid, marks: Marks) -> set[tuple[int, int]]:
    """Merge as in the original; ranges that overlap another are left apart. Gives the first cells of those merged."""
    merged: set[tuple[int, int]] = set()
    for top, left, bottom, right in grid.merges:
        if top > grid.height or left > grid.width or (top, left) == (bottom, right):
            continue
        style = choose_style(marks.get((top, left), []))
        try:
            sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", book.make_format(**style))
        except OverlappingRange:
            continue
        write_cell(book, sheet, top, left, grid.own_cell(top, left), style)
        merged.add((top, left))
    return merged


def choose_style(problems: list[Problem]) -> dict[str, Any]:
    """Give red for an error, yellow for a note, nothing for a plain cell."""
    if any(problem.severity == "error" for problem in problems):
        return RED
    return YELLOW if problems else {}


def write_cell(book: Book, sheet: Worksheet, row: int, column: int, cell: RawCell, style: dict[str, Any]) -> None:
    """Write one cell as it was read: a number as a number, everything else as text."""
    if cell.kind == "number" and cell.number is not None:
        number_format = "0.00%" if cell.percent else "General"
        sheet.write_number(row - 1, column - 1, float(cell.number), book.make_format(**style, num_format=number_format))
        return
    if not cell.text:
        sheet.write_blank(row - 1, column - 1, None, book.make_format(**style))
        return
    book.write_text(sheet, row - 1, column - 1, cell.text, **style)


def write_list(book: Book, problems: Sequence[Problem], *, activate: bool) -> None:
    """Write the list of problems: what must be corrected first."""
    sheet = book.workbook.add_worksheet(LIST_NAME)
    for column, (name, width) in enumerate(COLUMNS):
        book.write_text(sheet, 0, column, name, **HEAD)
        sheet.set_column(column, column, width)
    for row, problem in enumerate(sorted(problems, key=lambda problem: problem.severity != "error"), start=1):
        values = (problem.sheet, str(problem.row or ""), problem.column, SEVERITIES[problem.severity], problem.raw, problem.message)
        for column, value in enumerate(values):
            book.write_text(sheet, row, column, value, **LINE)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(problems)), len(COLUMNS) - 1)
    if activate:
        sheet.activate()
