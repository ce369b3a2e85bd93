"""Our own template coming back: a hidden mark and hidden codes make its reading exact, whatever the names are."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ronghe.common.sheets import limits
from ronghe.common.sheets.grid import Grid
from ronghe.common.sheets.text import shorten_text
from ronghe.figures.reading.collector import Collector, Source
from ronghe.figures.reading.periods import print_month
from ronghe.figures.reading.request import Indicator
from ronghe.figures.reading.wide import is_figure, is_filled, is_number

MARK: Final = "ronghe-figures"
MARK_TEXT: Final = re.compile(rf"{MARK} (\S{{1,20}})")
NAME_OFFSET, TAG_OFFSET, VALUE_OFFSET = 1, 2, 3
LAST_MONTH, THIS_MONTH = "上月", "本月"


@dataclass(frozen=True)
class OwnLayout:
    """Where the mark stands: codes of indicators to its right, codes of units below it."""

    grid: Grid
    row: int
    column: int
    period: str


def print_mark(period: str) -> str:
    """Give the text of the mark."""
    return f"{MARK} {period}"


def find_own(grid: Grid) -> OwnLayout | None:
    """Find the mark of our template; None where it is another sheet."""
    for row in range(1, min(grid.height, limits.HEADER_ROWS) + 1):
        for column, cell in grid.own_row(row):
            found = MARK_TEXT.fullmatch(cell.text.strip()) if cell.kind == "text" else None
            if found:
                return OwnLayout(grid, row, column, found.group(1))
    return None


def read_own(layout: OwnLayout, collector: Collector) -> None:
    """Read the template into the collector."""
    if layout.period != collector.request.period:
        collector.refuse_month(print_month(layout.period), layout.row, layout.column)
    columns = read_codes(layout, collector)
    seen: dict[str, int] = {}
    for row in range(layout.row + 1, layout.grid.height + 1):
        unit = read_unit_row(layout, collector, columns, row)
        if not unit:
            continue
        if unit in seen:
            name = collector.names.units[unit].name
            collector.add_cell_problem(
                "", f"「{name}」与{collector.name_line(seen[unit])}重复,只能保留一行", row=row, column=layout.column + NAME_OFFSET
            )
            continue
        seen[unit] = row
        for column, indicator in columns.items():
            collector.take_figure(Source(unit, indicator, "actual", Decimal(1), indicator.name), row, column)


def read_codes(layout: OwnLayout, collector: Collector) -> dict[int, Indicator]:
    """Give the columns by their hidden codes; a column of figures without one is a problem."""
    columns: dict[int, Indicator] = {}
    taken: dict[str, int] = {}
    collector.add_column(layout.column + NAME_OFFSET, "单位名称", "单位(班站)")
    for column in range(layout.column + VALUE_OFFSET, layout.grid.width + 1):
        code = layout.grid.own_cell(layout.row, column).text.strip()
        indicator = collector.names.indicators.get(code)
        if indicator is None:
            explain_column(layout, collector, column, code)
            continue
        if code in taken:
            first = collector.name_file_column(taken[code])
            collector.add_cell_problem(indicator.name, f"与 {first}是同一个指标,只能保留一处", row=layout.row, column=column)
            continue
        taken[code], columns[column] = column, indicator
        collector.add_column(column, indicator.name, indicator.name, indicator=code, field="actual", unit=indicator.unit)
    return columns


def explain_column(layout: OwnLayout, collector: Collector, column: int, code: str) -> None:
    """Say what is with a column that is none of the template's."""
    heading = next((text for row in range(layout.row - 1, 0, -1) if (text := layout.grid.own_cell(row, column).text)), "")
    cells = [layout.grid.own_cell(row, column) for row in range(layout.row + 1, layout.grid.height + 1)]
    if any(is_figure(cell) and is_filled(cell) for cell in cells):
        collector.add_cell_problem(
            heading or code, "这一列不是模板里的指标,但里面有数字;请删去这一列,或重新下载模板", row=layout.row, column=column
        )
    elif heading or code or any(cell.text for cell in cells):
        collector.ignore_column(column, heading or code, "不是模板里的指标,不读取")


def read_unit_row(layout: OwnLayout, collector: Collector, columns: dict[int, Indicator], row: int) -> str:
    """Give the unit whose figures of this month stand in a row; '' where it is another row."""
    grid = layout.grid
    code = grid.own_cell(row, layout.column).text.strip()
    name = grid.own_cell(row, layout.column + NAME_OFFSET).text
    tag = grid.own_cell(row, layout.column + TAG_OFFSET).text.strip()
    if tag == LAST_MONTH:
        collector.ignore_row(row, f"{name} {tag}", "「上月」不是本月数,不读取")
        return ""
    if code in collector.names.units and tag == THIS_MONTH:
        return code
    if any(is_number(grid.own_cell(row, column)) and is_filled(grid.own_cell(row, column)) for column in columns):
        shown = shorten_text(name or code)
        collector.add_cell_problem(
            "", f"这一行「{shown}」不是模板里的行,但有数字;请删去这一行,或重新下载模板", row=row, column=layout.column + NAME_OFFSET
        )
    elif code or name:
        collector.ignore_row(row, name or code, "说明行,不读取")
    return ""
