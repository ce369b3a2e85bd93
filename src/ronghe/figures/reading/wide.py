"""The wide form: one row a station, one column an indicator; headers of one or more rows above."""

from dataclasses import dataclass, replace
from decimal import Decimal

from ronghe.common.sheets import limits
from ronghe.common.sheets.grid import Grid, RawCell
from ronghe.common.sheets.text import shorten_text, widen_text
from ronghe.figures.reading.collector import Collector, Source
from ronghe.figures.reading.headings import Heading, Headings, join_headings
from ronghe.figures.reading.names import Names, is_remark, is_total
from ronghe.figures.reading.numbers import PERCENT, PLAIN, SCALES, is_blank
from ronghe.figures.reading.periods import print_month
from ronghe.figures.reading.request import Field, Indicator
from ronghe.figures.reading.units import read_unit


@dataclass(frozen=True)
class Layout:
    """Where things stand: header rows `top` to `bottom`, the units' column, the first column with an indicator."""

    grid: Grid
    top: int
    header: int
    bottom: int
    unit_column: int
    first_value: int
    units: int
    indicators: int

    @property
    def score(self) -> int:
        """How much was recognised."""
        return self.units + self.indicators if self.units else 0


@dataclass(frozen=True)
class ValueColumn:
    """One column of figures. `field` None: the row says which, else the actual."""

    indicator: Indicator
    field: Field | None
    factor: Decimal
    heading: str


def find_layout(grid: Grid, names: Names, headings: Headings) -> Layout | None:
    """Find the table in a sheet; None where no header names an indicator."""
    best: dict[str, int] = {}
    header = 0
    for row in range(1, min(grid.height, limits.HEADER_ROWS) + 1):
        found = find_indicators(grid, row, headings)
        if len(found) > len(best):
            best, header = found, row
    if not header:
        return None
    first_value = min(best.values())
    unit_column, units = find_unit_column(grid, names, header)
    layout = Layout(grid, header, header, header, unit_column, first_value, units, len(best))
    if not units:
        return layout
    value_columns = set(best.values())
    return replace(layout, top=find_top(layout, headings), bottom=find_bottom(layout, names, headings, value_columns))


def find_indicators(grid: Grid, row: int, headings: Headings) -> dict[str, int]:
    """Give the indicators that a row's cells name, with their first columns."""
    found: dict[str, int] = {}
    for column, cell in grid.own_row(row):
        if cell.kind != "text":
            continue
        for code in headings.read_text(cell.text).indicators[:1]:
            found.setdefault(code, column)
    return found


def find_unit_column(grid: Grid, names: Names, header: int) -> tuple[int, int]:
    """Give the column below the header that names most units, and how many; (0, 0) where none does."""
    found: dict[int, set[str]] = {}
    for (row, column), cell in grid.cells.items():
        if row > header and cell.kind in ("text", "number"):
            codes = names.find_unit(cell.text).codes
            if codes and (cell.kind == "text" or len(cell.text) > 2):
                found.setdefault(column, set()).update(codes)
    if not found:
        return 0, 0
    column = min(found, key=lambda place: (-len(found[place]), place))
    return column, len(found[column])


def find_top(layout: Layout, headings: Headings) -> int:
    """Give the first header row: 计划 and 实际 may stand above the indicators."""
    top = layout.header
    while top > 1 and any(
        heading.is_plain and (heading.field or heading.other or heading.indicators)
        for heading in (headings.read_text(text) for text in list_texts(layout, top - 1))
    ):
        top -= 1
    return top


def list_texts(layout: Layout, row: int) -> list[str]:
    """Give the header texts of a row above the figures."""
    texts = (header_text(layout, row, column) for column in range(layout.first_value, layout.grid.width + 1))
    return [text for text in texts if text]


def header_text(layout: Layout, row: int, column: int) -> str:
    """Give one header cell's text; a title merged from the left over the table is no header of the column."""
    anchor = layout.grid.anchors.get((row, column), (row, column))
    if anchor[1] <= layout.unit_column < column:
        return ""
    cell = layout.grid.cells.get(anchor)
    if cell is None:
        return ""
    if cell.kind == "date":
        return print_month(cell.text[:7])
    return cell.text.strip() if cell.kind == "text" else ""


def find_bottom(layout: Layout, names: Names, headings: Headings, value_columns: set[int]) -> int:
    """Give the last header row: the row before the first station, known or not."""
    for row in range(layout.header + 1, layout.grid.height + 1):
        text = layout.grid.shown_text(row, layout.unit_column)
        if names.find_unit(text).codes:
            return row - 1
        has_number = any(is_number(layout.grid.own_cell(row, column)) for column in value_columns)
        if text and has_number and not headings.read_text(text).role and not is_number(layout.grid.own_cell(row, layout.unit_column)):
            return row - 1
    return layout.grid.height


def is_number(cell: RawCell) -> bool:
    """Whether a cell holds something meant as a number."""
    if cell.kind != "text":
        return True
    return bool(PLAIN.match(widen_text(cell.text)))


def is_figure(cell: RawCell) -> bool:
    """Whether a cell holds a number and nothing more; '3口井停' is a remark."""
    if cell.kind != "text":
        return True
    plain = widen_text(cell.text)
    found = PLAIN.match(plain)
    rest = plain[found.end() :].strip() if found else "?"
    return not rest or rest in PERCENT or rest in SCALES or read_unit(rest) is not None


def is_filled(cell: RawCell) -> bool:
    """Whether a cell holds anything but a blank."""
    return not (cell.kind == "text" and is_blank(cell.text))


def read_wide(layout: Layout, collector: Collector, headings: Headings) -> None:
    """Read the table into the collector."""
    columns = read_header(layout, collector, headings)
    units_seen: dict[tuple[str, str], int] = {}
    rows_read: set[int] = set()
    for row in range(layout.bottom + 1, layout.grid.height + 1):
        if read_row(layout, collector, headings, columns, row, units_seen):
            rows_read.add(row)
    collector.note_hidden(rows_read, set(columns))


def read_header(layout: Layout, collector: Collector, headings: Headings) -> dict[int, ValueColumn]:
    """Give the columns of figures; the others are named in the collector."""
    columns: dict[int, ValueColumn] = {}
    taken: dict[tuple[str, str], int] = {}
    for column in range(1, layout.grid.width + 1):
        if column == layout.unit_column:
            collector.add_column(column, layout.grid.shown_text(layout.header, column), "单位(班站)")
            continue
        texts = stack_texts(layout, column)
        heading = stack_headings([headings.read_text(text) for text in texts])
        text = " ".join(texts)
        found = read_column(layout, collector, heading, text, column)
        if found is None:
            continue
        key = (found.indicator.code, found.field or "actual")
        if key in taken:
            collector.add_cell_problem(
                text, f"与 {collector.name_file_column(taken[key])}是同一个指标,只能保留一处", row=layout.header, column=column
            )
            continue
        taken[key] = column
        columns[column] = found
        collector.add_column(
            column,
            text,
            found.indicator.name,
            indicator=found.indicator.code,
            field=found.field or "actual",
            unit=heading.measure or found.indicator.unit,
        )
    return columns


def stack_texts(layout: Layout, column: int) -> list[str]:
    """Give the header texts above one column, top first, each once."""
    texts: list[str] = []
    for row in range(layout.top, layout.bottom + 1):
        text = header_text(layout, row, column)
        if text and text not in texts:
            texts.append(text)
    return texts


def stack_headings(levels: list[Heading]) -> Heading:
    """Join header levels: the lowest indicator counts, groups above it say nothing, what is below it must be clear."""
    lowest = max((place for place, level in enumerate(levels) if level.indicators), default=-1)
    joined = Heading()
    for place, level in enumerate(levels):
        if place < lowest:
            # Codes under names: 'oil' below 原油产量 is the same indicator; another name above is only a group.
            level = replace(level, indicators=(), unknown="")
        joined = join_headings(joined, level)
    return joined


def read_column(layout: Layout, collector: Collector, heading: Heading, text: str, column: int) -> ValueColumn | None:
    """Give what a column holds; None, named in the collector, where it is not for us."""
    if heading.indicators and heading.is_plain:
        return read_value_column(layout, collector, heading, text, column)
    if column < layout.unit_column:
        if text:
            collector.ignore_column(column, text, "单位左侧的说明列")
        return None
    if heading.is_plain and (heading.role or heading.other or heading.measure):
        collector.ignore_column(column, text, "备注或其他说明列,不读取")
        return None
    cells = [layout.grid.own_cell(row, column) for row in range(layout.bottom + 1, layout.grid.height + 1)]
    if any(is_figure(cell) and is_filled(cell) for cell in cells):
        message = (
            "不认识这一列,但里面有数字;请用指标的名称或代码作列名,或删去这一列"
            if text
            else "这一列没有列名,但里面有数字;请写上指标名称,或删去这一列"
        )
        collector.add_cell_problem(text, message, row=layout.header, column=column)
        return None
    if text:
        collector.ignore_column(column, text, "不认识这一列,里面没有数字,不读取")
    return None


def read_value_column(layout: Layout, collector: Collector, heading: Heading, text: str, column: int) -> ValueColumn | None:
    """Give a column of figures; None where it is another month's, not asked for, or in an unclear unit."""
    if len(heading.indicators) > 1:
        names = "、".join(f"「{collector.names.indicators[code].name}」" for code in heading.indicators)
        collector.add_cell_problem(text, f"可能是{names},请用指标代码区分", row=layout.header, column=column)
        return None
    indicator = collector.names.indicators[heading.indicators[0]]
    if heading.other:
        collector.ignore_column(column, text, f"「{heading.other}」不是本月数,不读取")
        return None
    if heading.role:
        collector.ignore_column(column, text, "备注或其他说明列,不读取")
        return None
    if heading.field and not collector.check_field(heading.field, column, text):
        return None
    factor = collector.find_factor(heading, indicator, text, row=layout.header, column=column)
    if factor is None:
        collector.troubled.update((unit.code, indicator.code) for unit in collector.request.units)
        return None
    return ValueColumn(indicator, heading.field, factor, indicator.name)


def read_row(
    layout: Layout, collector: Collector, headings: Headings, columns: dict[int, ValueColumn], row: int, seen: dict[tuple[str, str], int]
) -> bool:
    """Read one row; False where it holds no station's figures."""
    grid = layout.grid
    text = grid.shown_text(row, layout.unit_column)
    match = collector.names.find_unit(text)
    filled = [column for column in columns if is_filled(grid.own_cell(row, column))]
    if not match.codes:
        explain_row(layout, collector, row, text, filled)
        return False
    if len(match.codes) > 1:
        collector.add_cell_problem("", f"「{shorten_text(text)}」可能是几个单位,请用单位代码区分", row=row, column=layout.unit_column)
        return False
    unit = match.codes[0]
    if not check_labels(layout, collector, row, unit):
        return False
    if match.bent:
        collector.add_cell_problem(
            "", f"「{shorten_text(text)}」按「{collector.names.units[unit].name}」读取", row=row, column=layout.unit_column, severity="note"
        )
    tag = find_tag(layout, headings, row)
    if tag.other:
        collector.ignore_row(row, f"{text} {tag.other}", f"「{tag.other}」不是本月数,不读取")
        return False
    field: Field = tag.field or "actual"
    if field != "actual" and field not in collector.request.extra_fields:
        collector.ignore_row(row, text, "本次不收目标值或基数")
        return False
    if (unit, field) in seen and not filled:
        collector.ignore_row(row, text, "空行,不读取")
        return False
    if (unit, field) in seen:
        name = collector.names.units[unit].name
        collector.add_cell_problem(
            "", f"「{name}」与{collector.name_line(seen[unit, field])}重复,只能保留一行", row=row, column=layout.unit_column
        )
        return False
    seen[unit, field] = row
    if not collector.check_width(row, layout.header):
        return False
    for column, value in columns.items():
        source = Source(unit, value.indicator, value.field or field, value.factor, value.heading)
        collector.take_figure(source, row, column)
    return True


def explain_row(layout: Layout, collector: Collector, row: int, text: str, filled: list[int]) -> None:
    """Say why a row without a known station is not read."""
    whole = text or next((cell.text for _, cell in layout.grid.own_row(row)), "")
    numbers = [column for column in filled if is_number(layout.grid.own_cell(row, column))]
    labels = [layout.grid.own_cell(row, column).text for column in range(1, layout.first_value)]
    if not whole.strip():
        return
    if any(is_total(label) for label in (text, *labels)):
        collector.ignore_row(row, whole, "合计行,不读取")
    elif is_remark(whole) or not numbers:
        collector.ignore_row(row, whole, "说明行,不读取")
    elif not text.strip():
        collector.add_cell_problem("", "这一行没有单位名称,但有数字;请补上单位,或删去这一行", row=row, column=layout.unit_column)
    else:
        collector.add_cell_problem("", f"不认识单位「{shorten_text(text)}」,请用单位的名称或代码", row=row, column=layout.unit_column)


def check_labels(layout: Layout, collector: Collector, row: int, unit: str) -> bool:
    """Check that code and name, where both stand in a row, mean the same unit."""
    for column in range(1, layout.first_value):
        text = layout.grid.shown_text(row, column)
        codes = collector.names.find_unit(text).codes
        if column == layout.unit_column or not codes or unit in codes or len(text) < 2:
            continue
        collector.add_cell_problem(
            "", f"同一行写了两个单位:「{shorten_text(text)}」和「{collector.names.units[unit].name}」", row=row, column=column
        )
        return False
    return True


def find_tag(layout: Layout, headings: Headings, row: int) -> Heading:
    """Give what the cells beside the unit say of the row: 上月, 计划, 实际."""
    for column in range(1, layout.first_value):
        if column == layout.unit_column:
            continue
        heading = headings.read_text(layout.grid.shown_text(row, column))
        if heading.is_plain and not heading.indicators and (heading.field or heading.other):
            return heading
    return Heading()
