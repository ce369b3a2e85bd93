"""An old .xls to plain cells: values from calamine, what it leaves out from the record walk of `biff`."""

import datetime
import io
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ronghe.common.sheets import limits
from ronghe.common.sheets.biff import BookDetails, SheetDetails, read_details
from ronghe.common.sheets.container import SAVE_AS, NotASheetError, check_chains
from ronghe.common.sheets.grid import Grid, RawCell, SheetTooLargeError, check_merge
from ronghe.common.sheets.text import shorten_text
from ronghe.common.sheets.xlsx import EPOCH_1900, EPOCH_1904, print_date, print_number, round_double

BROKEN: Final = f"文件已损坏,无法读取,{SAVE_AS}"
# calamine lays a sheet out as a full rectangle; a cell in each far corner would take half a gigabyte.
MAX_AREA: Final = 2_500_000


def read_xls(data: bytes, report: Callable[[str, int, int], None]) -> list[Grid]:
    """Read all worksheets of an .xls. NotASheetError with a Chinese message where it cannot be read."""
    details = read_details(data)
    check_size(details)
    check_chains(data)
    try:
        return read_book(data, details, report)
    except (NotASheetError, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # A panic inside calamine derives from BaseException.
        if "password" in str(error).casefold():
            raise NotASheetError("文件加了密码,请取消密码后再传") from None
        raise NotASheetError(BROKEN) from None


def check_size(details: BookDetails | None) -> None:
    """Refuse what calamine would need too much memory for."""
    if details is None:
        return
    if len(details.sheets) > limits.MAX_SHEETS:
        raise NotASheetError(f"工作簿里有 {len(details.sheets)} 张工作表,上限是 {limits.MAX_SHEETS} 张,请只保留要上报的再传")
    if sum(sheet.height * sheet.width for sheet in details.sheets) > MAX_AREA:
        raise NotASheetError(f"工作表太大(上限 {limits.MAX_ROWS} 行、{limits.MAX_COLUMNS} 列),请只保留要上报的部分再传")


def read_book(data: bytes, details: BookDetails | None, report: Callable[[str, int, int], None]) -> list[Grid]:
    """Read the sheets with calamine; anything may be raised on broken bytes."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    known = details.sheets if details is not None else []
    epoch = EPOCH_1904 if details is not None and details.date1904 else EPOCH_1900
    grids: list[Grid] = []
    for place, metadata in enumerate(book.sheets_metadata[: limits.MAX_SHEETS]):
        if metadata.typ != SheetTypeEnum.WorkSheet:
            continue
        report(f"读取工作表「{metadata.name}」", place, len(book.sheets_metadata))
        grid = Grid(name=metadata.name, visible=metadata.visible == SheetVisibleEnum.Visible)
        sheet_details = known[place] if place < len(known) and len(known) == len(book.sheets_metadata) else None
        sheet = book.get_sheet_by_index(place)
        try:
            fill_grid(grid, sheet.to_python(skip_empty_area=False), sheet_details, epoch)
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
                check_merge(grid.name, (top + 1, left + 1, bottom + 1, right + 1))
                grid.merges.append((top + 1, left + 1, bottom + 1, right + 1))
            grid.spread_merges()
        except SheetTooLargeError as trouble:
            grid = Grid(name=grid.name, visible=grid.visible, trouble=str(trouble))
        grids.append(grid)
    if not grids:
        raise NotASheetError("工作簿里没有可读的工作表")
    return grids


def fill_grid(grid: Grid, rows: Sequence[Sequence[object]], details: SheetDetails | None, epoch: datetime.date) -> None:
    """Put values and details together. SheetTooLargeError past a limit."""
    if details is not None:
        grid.hidden_rows = {row for row in details.hidden_rows if row <= limits.MAX_ROWS}
        grid.hidden_columns = details.hidden_columns
    for row_number, row in enumerate(rows, start=1):
        for column_number, value in enumerate(row, start=1):
            cell = make_cell(value, (row_number, column_number), details, epoch)
            if cell is not None:
                grid.add_cell(row_number, column_number, cell)


def make_cell(value: object, place: tuple[int, int], details: SheetDetails | None, epoch: datetime.date) -> RawCell | None:
    """Give one plain cell; None for an empty one."""
    formula = details is not None and place in details.formulas
    if details is not None and place in details.errors:
        return RawCell("error", details.errors[place], formula=formula)
    if details is not None and place in details.numbers:
        return make_number(details.numbers[place], details.shown[place], formula, epoch)
    if isinstance(value, bool):
        return RawCell("bool", "TRUE" if value else "FALSE", formula=formula)
    if isinstance(value, int | float):
        number = round_double(repr(value))
        text = repr(value) if number is None else print_number(number, percent=False)
        return RawCell("number", text, number, formula=formula)
    if isinstance(value, datetime.datetime | datetime.date):
        return RawCell("date", value.isoformat()[:10], formula=formula)
    if isinstance(value, datetime.time | datetime.timedelta):
        return RawCell("date", shorten_text(str(value)), formula=formula)
    text = str(value)[: limits.MAX_CELL_TEXT]
    return RawCell("text", text, formula=formula) if text else None


def make_number(number: Decimal | None, shown: str, formula: bool, epoch: datetime.date) -> RawCell:
    """Give a number cell, or a date where its format shows one."""
    if number is None:
        return RawCell("number", "不是数字", formula=formula)
    if shown == "date":
        return RawCell("date", print_date(number, epoch), number, formula=formula)
    text = print_number(number, percent=shown == "percent")
    return RawCell("number", text, number, percent=shown == "percent", formula=formula)
