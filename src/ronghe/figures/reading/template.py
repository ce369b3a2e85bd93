"""The sheet that a station clerk downloads, fills in WPS or Excel, and uploads again.

Each station has two rows: last month's figures in grey, locked, and this month's below them, white, to be filled. A
grey row in sight needs no clicking, unlike comments, and no second sheet that could be taken for the one to fill.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from xlsxwriter.worksheet import Worksheet

from ronghe.common.sheets.writer import Book, name_sheet
from ronghe.figures.reading.own import LAST_MONTH, THIS_MONTH, print_mark
from ronghe.figures.reading.periods import print_month
from ronghe.figures.reading.request import Indicator, Request, Unit
from ronghe.figures.reading.units import read_unit

Values = Mapping[tuple[str, str], Decimal]

TITLE_ROW, INSTRUCTION_ROW, NAME_ROW, UNIT_ROW, CODE_ROW, FIRST_ROW = range(6)
CODE_COLUMN, NAME_COLUMN, TAG_COLUMN, FIRST_COLUMN = range(4)
HEAD: Final[dict[str, Any]] = {"bold": True, "bg_color": "#DCE6F1", "border": 1, "align": "center", "text_wrap": True}
LABEL: Final[dict[str, Any]] = {"border": 1, "text_wrap": True}
GREY: Final[dict[str, Any]] = {"border": 1, "bg_color": "#EDEDED", "font_color": "#595959"}
CLOSED: Final[dict[str, Any]] = {"border": 1, "bg_color": "#BFBFBF"}
OPEN: Final[dict[str, Any]] = {"border": 1, "locked": False, "align": "right"}
PROTECTION: Final = {"format_columns": True, "format_rows": True, "select_locked_cells": True, "select_unlocked_cells": True}
LARGEST: Final = 999_999_999_999


def write_template(request: Request, previous: Values, *, title: str, instructions: str) -> bytes:
    """Give an .xlsx to fill in; `read_sheet` reads it back without a problem once filled.

    `previous` holds last month's figures by (unit code, indicator code). Units and indicators of which nothing is
    allowed are left out; single cells that are not this sender's are dark and locked. `request.known` is filled in.
    """
    book = Book()
    sheet = book.workbook.add_worksheet(name_sheet(f"{print_month(request.period)}填报", set()))
    units = [unit for unit in request.units if any(code == unit.code for code, _ in request.allowed)]
    indicators = [entry for entry in request.indicators if any(code == entry.code for _, code in request.allowed)]
    write_head(book, sheet, request, indicators, title, instructions)
    for place, unit in enumerate(units):
        write_unit(book, sheet, request, previous, unit, indicators, FIRST_ROW + 2 * place)
    set_view(sheet, indicators)
    return book.close_bytes()


def write_head(book: Book, sheet: Worksheet, request: Request, indicators: list[Indicator], title: str, instructions: str) -> None:
    """Write title, instructions and the three header rows: name, unit, and the code, hidden."""
    book.write_text(sheet, TITLE_ROW, NAME_COLUMN, title, bold=True, font_size=16)
    period = f"填报期间:{print_month(request.period)}"
    book.write_text(sheet, INSTRUCTION_ROW, NAME_COLUMN, f"{period}。白色格由您填写,灰色格不用填。{instructions}", font_color="#404040")
    for column, name in ((CODE_COLUMN, "单位代码"), (NAME_COLUMN, "单位名称"), (TAG_COLUMN, "本月/上月")):
        book.write_text(sheet, NAME_ROW, column, name, **HEAD)
        book.write_text(sheet, UNIT_ROW, column, "计量单位" if column == NAME_COLUMN else "", **HEAD)
        book.write_text(sheet, CODE_ROW, column, print_mark(request.period) if column == CODE_COLUMN else "", **HEAD)
    for place, indicator in enumerate(indicators):
        column = FIRST_COLUMN + place
        book.write_text(sheet, NAME_ROW, column, indicator.name, **HEAD)
        book.write_text(sheet, UNIT_ROW, column, indicator.unit, **{**HEAD, "bold": False})
        book.write_text(sheet, CODE_ROW, column, indicator.code, **{**HEAD, "bold": False})


def write_unit(book: Book, sheet: Worksheet, request: Request, previous: Values, unit: Unit, indicators: list[Indicator], row: int) -> None:
    """Write a station's two rows: last month's, then this month's."""
    for offset, tag, properties in ((0, LAST_MONTH, GREY), (1, THIS_MONTH, LABEL)):
        book.write_text(sheet, row + offset, CODE_COLUMN, unit.code, **properties)
        book.write_text(sheet, row + offset, NAME_COLUMN, unit.name, **properties)
        book.write_text(sheet, row + offset, TAG_COLUMN, tag, **properties)
    for place, indicator in enumerate(indicators):
        column = FIRST_COLUMN + place
        pair = (unit.code, indicator.code)
        if pair not in request.allowed:
            sheet.write_blank(row, column, None, book.make_format(**CLOSED))
            sheet.write_blank(row + 1, column, None, book.make_format(**CLOSED))
            continue
        write_value(book, sheet, row, column, indicator, previous.get(pair), GREY)
        write_value(book, sheet, row + 1, column, indicator, request.known.get(pair), OPEN)
        sheet.data_validation(row + 1, column, row + 1, column, make_rule(indicator))


def write_value(
    book: Book, sheet: Worksheet, row: int, column: int, indicator: Indicator, value: Decimal | None, properties: Mapping[str, Any]
) -> None:
    """Write one figure as the indicator shows it, or an empty cell of that format."""
    style = book.make_format(**properties, num_format=name_format(indicator))
    if value is None:
        sheet.write_blank(row, column, None, style)
        return
    scale = 100 if is_percent(indicator) and indicator.percent_points else 1
    sheet.write_number(row, column, float(value / scale), style)


def is_percent(indicator: Indicator) -> bool:
    """Whether the indicator is in '%'."""
    return read_unit(indicator.unit) == read_unit("%")


def name_format(indicator: Indicator) -> str:
    """Give the number format. A true percent format lets '95' and '95%' both become 95 % as they are typed."""
    places = "." + "0" * indicator.decimals if indicator.decimals > 0 else ""
    if indicator.kind != "quantity":
        return "0"
    return f"0{places}%" if is_percent(indicator) else f"#,##0{places}"


def make_rule(indicator: Indicator) -> dict[str, Any]:
    """Give the check that WPS and Excel make as a number is typed, with a hint beside the cell."""
    whole = indicator.kind != "quantity"
    unit = f"({indicator.unit})" if indicator.unit else ""
    error = "请填 0 或正整数" if whole else "请填数字,如 " + ("95%" if is_percent(indicator) else "1234.5")
    return {
        "validate": "integer" if whole else "decimal",
        "criteria": "between",
        "minimum": 0 if whole else -LARGEST,
        "maximum": LARGEST,
        "ignore_blank": True,
        "input_title": cut_hint(indicator.name),
        "input_message": f"{error}{unit};没有数就留空"[:255],
        "error_title": "这里只能填数字",
        "error_message": error,
    }


def cut_hint(text: str) -> str:
    """Give a title within Excel's 32 characters."""
    return text[:32]


def set_view(sheet: Worksheet, indicators: list[Indicator]) -> None:
    """Set widths, hide the codes, freeze the headers, lock all but the white cells, print on A4 across."""
    sheet.set_column(CODE_COLUMN, CODE_COLUMN, 12, None, {"hidden": True})
    sheet.set_column(NAME_COLUMN, NAME_COLUMN, 22)
    sheet.set_column(TAG_COLUMN, TAG_COLUMN, 10)
    for place, indicator in enumerate(indicators):
        sheet.set_column(FIRST_COLUMN + place, FIRST_COLUMN + place, max(12, min(24, 2 * len(indicator.name) + 2)))
    sheet.set_row(TITLE_ROW, 28)
    sheet.set_row(NAME_ROW, 32)
    sheet.set_row(CODE_ROW, None, None, {"hidden": True})
    sheet.freeze_panes(FIRST_ROW, FIRST_COLUMN)
    sheet.protect("", PROTECTION)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(NAME_ROW, UNIT_ROW)
