"""The long form: one row a figure, columns unit, period, indicator, actual, target, base, in English or Chinese."""

from dataclasses import dataclass, field
from typing import Final

from ronghe.common.sheets import limits
from ronghe.common.sheets.grid import Grid
from ronghe.common.sheets.text import shorten_text
from ronghe.figures.reading.collector import FIELD_NAMES, Collector, Source
from ronghe.figures.reading.headings import Heading, Headings
from ronghe.figures.reading.names import Names, is_remark, is_total
from ronghe.figures.reading.periods import is_period, print_month
from ronghe.figures.reading.request import Field
from ronghe.figures.reading.titles import find_only_unit
from ronghe.figures.reading.units import read_unit

# A sheet with these very headers is written by a program to the scoring contract: its numbers are exact.
CONTRACT: Final = frozenset({"unit", "period", "indicator", "actual"})
MAX_LABELS: Final = 12


@dataclass(frozen=True)
class LongLayout:
    """Where the columns stand; 0 or empty where there is none."""

    grid: Grid
    header: int
    indicator: int
    units: tuple[int, ...] = ()
    period: int = 0
    measure: int = 0
    fields: dict[Field, int] = field(default_factory=dict)
    exact: bool = False

    @property
    def used(self) -> set[int]:
        """The columns that are read."""
        return {self.indicator, self.period, self.measure, *self.units, *self.fields.values()} - {0}


def find_long(grid: Grid, names: Names, headings: Headings) -> LongLayout | None:
    """Find a header row with an indicator and an actual column; None where there is none."""
    for row in range(1, min(grid.height, limits.HEADER_ROWS) + 1):
        read = {column: headings.read_text(cell.text) for column, cell in grid.own_row(row) if cell.kind == "text"}
        indicators = [column for column, heading in read.items() if heading.role == "indicator" and heading.is_plain]
        fields = find_fields(read)
        if not indicators or "actual" not in fields:
            continue
        if any(names.find_unit(cell.text).codes for _, cell in grid.own_row(row)):
            continue
        return place_columns(grid, row, read, fields, names, headings)
    return None


def find_fields(read: dict[int, Heading]) -> dict[Field, int]:
    """Give the columns of actual, target and base; of two for one field, the first."""
    fields: dict[Field, int] = {}
    for column, heading in read.items():
        if heading.is_plain and heading.field and not heading.indicators and not heading.other:
            fields.setdefault(heading.field, column)
    return fields


def place_columns(grid: Grid, row: int, read: dict[int, Heading], fields: dict[Field, int], names: Names, headings: Headings) -> LongLayout:
    """Tell the columns apart; 单位 may be the station or the measure, which its content decides."""
    units: list[int] = []
    measure = 0
    best, indicator, looked = -1, 0, 0
    for column, heading in read.items():
        # Columns titled so again and again are no table of ours, and each costs a look at all of its cells.
        looked += heading.role in ("unit", "measure", "indicator")
        if heading.role not in ("unit", "measure", "indicator") or looked > MAX_LABELS:
            continue
        texts = {grid.shown_text(below, column) for below in range(row + 1, grid.height + 1)}
        known = sum(bool(names.find_unit(text).codes) for text in texts)
        measures = sum(read_unit(text) is not None for text in texts)
        if heading.role == "unit":
            if known or not measures:
                units.append(column)
            else:
                measure = column
        elif heading.role == "measure":
            measure = column
        elif heading.role == "indicator":
            named = sum(bool(headings.read_text(text).indicators) for text in texts)
            if named > best:
                best, indicator = named, column
    period = next((column for column, heading in read.items() if heading.role == "period"), 0)
    texts_above = {grid.own_cell(row, column).text.strip().casefold() for column in read}
    return LongLayout(grid, row, indicator, tuple(units), period, measure, fields, texts_above >= CONTRACT)


def read_long(layout: LongLayout, collector: Collector, headings: Headings) -> None:
    """Read the table into the collector."""
    name_columns(layout, collector)
    only_unit = ""
    if not layout.units:
        only_unit = find_only_unit(layout.grid, layout.header, collector.names, collector.request)
        if not only_unit:
            collector.add_problem(f"工作表「{layout.grid.name}」没有单位列,也看不出是哪个单位的;请加一列「单位」")
            return
        name = collector.names.units[only_unit].name
        collector.add_problem(f"没有单位列,全部按「{name}」读取", row=layout.header, severity="note")
    fields: dict[Field, int] = {}
    for name_of_field, column in layout.fields.items():
        text = layout.grid.shown_text(layout.header, column)
        if collector.check_field(name_of_field, column, text):
            fields[name_of_field] = column
    rows_read: set[int] = set()
    for row in range(layout.header + 1, layout.grid.height + 1):
        if read_long_row(layout, collector, headings, row, only_unit, fields):
            rows_read.add(row)
    collector.note_hidden(rows_read, layout.used)


def name_columns(layout: LongLayout, collector: Collector) -> None:
    """Tell the collector what each column is."""
    grid = layout.grid
    meanings = {layout.indicator: "指标", layout.period: "期间", layout.measure: "计量单位"}
    meanings |= dict.fromkeys(layout.units, "单位(班站)")
    for field_name, column in layout.fields.items():
        meanings[column] = FIELD_NAMES[field_name]
    fields = {column: field_name for field_name, column in layout.fields.items()}
    for column, cell in grid.own_row(layout.header):
        if column in meanings:
            collector.add_column(column, cell.text, meanings[column], field=fields.get(column, ""))
            continue
        collector.ignore_column(column, cell.text, "备注或其他说明列,不读取")


def read_long_row(layout: LongLayout, collector: Collector, headings: Headings, row: int, only_unit: str, fields: dict[Field, int]) -> bool:
    """Read one row; False where it holds no figure."""
    grid = layout.grid
    values = [column for column in layout.fields.values() if grid.own_cell(row, column).text]
    labels = [grid.shown_text(row, column) for column in (*layout.units, layout.indicator)]
    text = next((label for label in labels if label.strip()), "")
    if not text and not values:
        return False
    heading = headings.read_text(grid.shown_text(row, layout.indicator))
    if not heading.indicators and (not values or any(is_total(label) or is_remark(label) for label in labels if label)):
        collector.ignore_row(row, text, "说明行或合计行,不读取")
        return False
    if not collector.check_width(row, layout.header):
        return False
    unit = only_unit or find_row_unit(layout, collector, row)
    if not unit or not check_period(layout, collector, row):
        return False
    source = find_row_indicator(layout, collector, heading, headings, row, unit)
    if source is None:
        return False
    for field_name, column in fields.items():
        collector.take_figure(Source(unit, source.indicator, field_name, source.factor, source.heading, layout.exact), row, column)
    return True


def find_row_unit(layout: LongLayout, collector: Collector, row: int) -> str:
    """Give the row's unit; '' with a problem where it is not known for certain."""
    found = ""
    for column in layout.units:
        text = layout.grid.shown_text(row, column)
        match = collector.names.find_unit(text)
        if not text.strip():
            continue
        if not match.codes:
            collector.add_cell_problem("", f"不认识单位「{shorten_text(text)}」,请用单位的名称或代码", row=row, column=column)
            return ""
        if len(match.codes) > 1 and found not in match.codes:
            collector.add_cell_problem("", f"「{shorten_text(text)}」可能是几个单位,请用单位代码区分", row=row, column=column)
            return ""
        if found and found not in match.codes:
            name = collector.names.units[found].name
            collector.add_cell_problem("", f"同一行写了两个单位:「{shorten_text(text)}」和「{name}」", row=row, column=column)
            return ""
        if not found and match.bent:
            name = collector.names.units[match.codes[0]].name
            collector.add_cell_problem("", f"「{shorten_text(text)}」按「{name}」读取", row=row, column=column, severity="note")
        found = found or match.codes[0]
    if not found:
        collector.add_cell_problem("", "这一行没有单位名称,但有数字;请补上单位,或删去这一行", row=row, column=layout.units[0])
    return found


def check_period(layout: LongLayout, collector: Collector, row: int) -> bool:
    """Whether the row is of the asked period; a problem where it is not."""
    if not layout.period:
        return True
    cell = layout.grid.shown_cell(row, layout.period)
    text = cell.text[:7] if cell.kind == "date" else cell.text
    period = collector.request.period
    if is_period(text, period):
        return True
    asked = print_month(period)
    if not text.strip():
        collector.add_cell_problem("", f"没有写期间,请写 {period}", row=row, column=layout.period)
    else:
        collector.add_cell_problem("", f"期间是「{shorten_text(text)}」,而现在要填报的是 {asked}({period})", row=row, column=layout.period)
    return False


def find_row_indicator(
    layout: LongLayout, collector: Collector, heading: Heading, headings: Headings, row: int, unit: str
) -> Source | None:
    """Give the row's indicator with its factor; None with a problem where it is not certain."""
    text = layout.grid.shown_text(row, layout.indicator)
    if not heading.indicators or not heading.is_plain:
        message = (
            f"不认识指标「{shorten_text(text)}」,请用指标的名称或代码"
            if text.strip()
            else "这一行没有指标名称,但有数字;请补上指标,或删去这一行"
        )
        collector.add_cell_problem("", message, row=row, column=layout.indicator)
        return None
    if len(heading.indicators) > 1:
        names = "、".join(f"「{collector.names.indicators[code].name}」" for code in heading.indicators)
        collector.add_cell_problem(text, f"可能是{names},请用指标代码区分", row=row, column=layout.indicator)
        return None
    if heading.other:
        collector.ignore_row(row, text, f"「{heading.other}」不是本月数,不读取")
        return None
    indicator = collector.names.indicators[heading.indicators[0]]
    column = layout.indicator
    written = layout.grid.shown_text(row, layout.measure).strip() if layout.measure else ""
    if written:
        heading, column = Heading(heading.indicators, measure=written), layout.measure
    factor = collector.find_factor(heading, indicator, text, row=row, column=column)
    if factor is None:
        collector.troubled.add((unit, indicator.code))
        return None
    return Source(unit, indicator, "actual", factor, indicator.name)
