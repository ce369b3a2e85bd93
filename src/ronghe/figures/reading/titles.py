"""What stands above a table: the month, the scale of its figures, perhaps the one unit that it is about."""

import re
from dataclasses import dataclass
from typing import Final

from ronghe.common.sheets.grid import Grid
from ronghe.common.sheets.text import key_text, shorten_text
from ronghe.figures.reading.collector import Collector
from ronghe.figures.reading.names import Names
from ronghe.figures.reading.numbers import print_value
from ronghe.figures.reading.periods import find_months, is_month, print_month
from ronghe.figures.reading.request import Request
from ronghe.figures.reading.units import compare_units, read_unit

# A day, or the day of filling in, is not the month that the figures are of.
DAY: Final = re.compile(r"月\s*\d{1,2}\s*日|日期|截至|截止|打印|填报时间|制表|报送|上报|上月|同期|版")
SCALE: Final = re.compile(r"^(?:计量)?单位[:(](.+?)[)]?$")


@dataclass(frozen=True)
class TitleMonth:
    """Months named above a table, with the first place that names one."""

    months: frozenset[str]
    row: int = 0
    column: int = 0


def find_title_months(grid: Grid, header: int, period: str) -> TitleMonth:
    """Give the months named above the header and in the sheet's name."""
    if not is_month(period):
        return TitleMonth(frozenset())
    months = find_months(grid.name, year=period[:4])
    place = (0, 0)
    for row in range(1, header):
        for column, cell in grid.own_row(row):
            if cell.kind != "text" or DAY.search(cell.text):
                continue
            found = find_months(cell.text, year=period[:4])
            if found and place == (0, 0):
                place = (row, column)
            months |= found
    return TitleMonth(frozenset(months), *place)


def check_month(grid: Grid, header: int, collector: Collector) -> None:
    """Refuse a sheet whose title names another month and not the asked one."""
    title = find_title_months(grid, header, collector.request.period)
    if not title.months or collector.request.period in title.months:
        return
    named = "、".join(print_month(month) for month in sorted(title.months))
    collector.refuse_month(named, title.row, title.column)


def check_scale(grid: Grid, header: int, collector: Collector, columns_without_unit: list[str]) -> None:
    """Refuse a table under '单位:万元' whose columns do not say their own unit: the factor would be a guess."""
    for row in range(1, header):
        for column, cell in grid.own_row(row):
            found = SCALE.match(key_text(cell.text)) if cell.kind == "text" else None
            scale = found.group(1) if found else ""
            if not scale or read_unit(scale) is None:
                continue
            for code in columns_without_unit:
                indicator = collector.names.indicators[code]
                factor = compare_units(scale, indicator.unit)
                if factor is not None and factor != 1:
                    collector.add_cell_problem(
                        "",
                        f"表上写着「{shorten_text(cell.text)}」,而「{indicator.name}」的单位是「{indicator.unit}」(相差 {print_value(factor)} 倍);"
                        f"请在列名里写明单位,如「{indicator.name}({scale})」",
                        row=row,
                        column=column,
                    )


def find_only_unit(grid: Grid, header: int, names: Names, request: Request) -> str:
    """Give the one unit that a sheet without a unit column is about; '' where that is not certain."""
    named: set[str] = set()
    for row in range(1, header):
        for _, cell in grid.own_row(row):
            key = key_text(cell.text)
            named |= {code for spelling, codes in names.unit_keys.items() if len(spelling) > 2 and spelling in key for code in codes}
    if len(named) == 1:
        return named.pop()
    allowed = {unit for unit, _ in request.allowed}
    return allowed.pop() if len(allowed) == 1 and not named else ""
