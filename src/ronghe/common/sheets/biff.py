"""What calamine does not tell of an old .xls: number formats, formulas, errors, hidden rows and columns.

A walk over the record headers of the BIFF stream. It also measures each sheet before calamine lays it out in memory.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from ronghe.common.sheets import limits
from ronghe.common.sheets.container import SMALL_STREAM, NotASheetError, find_streams, read_chain
from ronghe.common.sheets.styles import Shown, classify_format, classify_number
from ronghe.common.sheets.xlsx import round_double

BOF, EOF, BOUNDSHEET, FILEPASS, DATEMODE = 0x809, 0x0A, 0x85, 0x2F, 0x22
FORMAT, XF, ROW, COLINFO = 0x41E, 0xE0, 0x208, 0x7D
NUMBER, RK, MULRK, FORMULA, BOOLERR = 0x203, 0x27E, 0xBD, 0x06, 0x205
TEXTS: Final = frozenset({0xFD, 0x204, 0xD6})
ERRORS: Final = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
BIFF8: Final = 0x600

Record = tuple[int, bytes]
Place = tuple[int, int]


@dataclass
class SheetDetails:
    """One sheet: what its cells are, by (row, column) from 1."""

    visible: bool = True
    is_worksheet: bool = True
    offset: int = 0
    numbers: dict[Place, Decimal | None] = field(default_factory=dict)
    shown: dict[Place, Shown] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)
    formulas: set[Place] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    height: int = 0
    width: int = 0
    count: int = 0


@dataclass
class BookDetails:
    """The whole stream. `sheets` in the order of the workbook."""

    sheets: list[SheetDetails] = field(default_factory=list)
    formats: dict[int, Shown] = field(default_factory=dict)
    styles: list[Shown] = field(default_factory=list)
    date1904: bool = False
    version: int = BIFF8


def read_details(data: bytes) -> BookDetails | None:
    """Walk an .xls. None where its stream is too small to be stored by itself; NotASheetError where it is no workbook."""
    streams = find_streams(data)
    if "EncryptedPackage" in streams:
        raise NotASheetError("文件加了密码,请取消密码后再传")
    if "WordDocument" in streams:
        raise NotASheetError("这是 Word 文档,不是表格。请上传 .xlsx、.xls 或 .csv")
    if "PowerPoint Document" in streams:
        raise NotASheetError("这是演示文稿,不是表格。请上传 .xlsx、.xls 或 .csv")
    found = streams.get("Workbook") or streams.get("Book")
    if found is None:
        raise NotASheetError("这不是 Excel 表格。请上传 .xlsx、.xls 或 .csv")
    first, size = found
    if size < SMALL_STREAM:
        return None
    stream = read_chain(data, first)[:size]
    book = read_globals(stream)
    for sheet in book.sheets:
        if sheet.is_worksheet:
            read_sheet_records(stream, sheet, book)
    return book


def walk_records(stream: bytes, offset: int) -> Iterator[Record]:
    """Give (type, payload) from an offset to the end of that part, nested parts (charts) left out."""
    depth = 0
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        payload = stream[offset + 4 : offset + 4 + length]
        offset += 4 + length
        if kind == BOF:
            depth += 1
        if kind == EOF:
            depth -= 1
            if depth <= 0:
                return
        if depth <= 1:
            yield kind, payload


def read_globals(stream: bytes) -> BookDetails:
    """Read sheets, formats and styles. NotASheetError for a password."""
    book = BookDetails()
    for kind, payload in walk_records(stream, 0):
        if kind == FILEPASS:
            raise NotASheetError("文件加了密码,请取消密码后再传")
        if kind == BOF and len(payload) >= 2:
            book.version = struct.unpack_from("<H", payload)[0]
        elif kind == BOUNDSHEET and len(payload) >= 6:
            offset, state, sort = struct.unpack_from("<IBB", payload)
            book.sheets.append(SheetDetails(visible=state & 3 == 0, is_worksheet=sort == 0, offset=offset))
        elif kind == DATEMODE and len(payload) >= 2:
            book.date1904 = payload[0] == 1
        elif kind == FORMAT and len(payload) >= 3:
            number = struct.unpack_from("<H", payload)[0]
            book.formats[number] = classify_format(read_format(payload, book.version))
        elif kind == XF and len(payload) >= 4 and len(book.styles) < limits.MAX_STYLES:
            number = struct.unpack_from("<H", payload, 2)[0]
            book.styles.append(book.formats.get(number) or classify_number(number))
    return book


def read_format(payload: bytes, version: int) -> str:
    """Give a format code as text; what is not ASCII in an old one does not matter here."""
    if version < BIFF8:
        return payload[3:].decode("latin-1")
    wide = len(payload) > 4 and payload[4] & 1
    return payload[5:].decode("utf-16-le" if wide else "latin-1", "replace")


def read_sheet_records(stream: bytes, sheet: SheetDetails, book: BookDetails) -> None:
    """Fill one sheet's details from its records."""
    readers: dict[int, Callable[[bytes, SheetDetails, BookDetails], None]] = {
        NUMBER: take_number,
        RK: take_rk,
        MULRK: take_many,
        FORMULA: take_formula,
        BOOLERR: take_error,
        ROW: take_row,
        COLINFO: take_columns,
    }
    for kind, payload in walk_records(stream, sheet.offset):
        reader = readers.get(kind)
        try:
            if reader is not None:
                reader(payload, sheet, book)
            elif kind in TEXTS:
                take_place(payload, sheet)
        except struct.error:
            continue


def take_place(payload: bytes, sheet: SheetDetails) -> Place:
    """Give a record's (row, column) from 1 and widen the sheet to it."""
    row, column = struct.unpack_from("<HH", payload)
    sheet.height, sheet.width = max(sheet.height, row + 1), max(sheet.width, column + 1)
    sheet.count += 1
    return row + 1, column + 1


def put_number(place: Place, style: int, value: Decimal | None, sheet: SheetDetails, book: BookDetails) -> None:
    """Note one number and what it is shown as."""
    if len(sheet.numbers) > limits.MAX_CELLS:
        return
    sheet.numbers[place] = value
    sheet.shown[place] = book.styles[style] if style < len(book.styles) else "plain"


def take_number(payload: bytes, sheet: SheetDetails, book: BookDetails) -> None:
    """Take a NUMBER record."""
    place = take_place(payload, sheet)
    style, value = struct.unpack_from("<Hd", payload, 4)
    put_number(place, style, round_double(repr(value)), sheet, book)


def take_rk(payload: bytes, sheet: SheetDetails, book: BookDetails) -> None:
    """Take an RK record: a number in four bytes."""
    place = take_place(payload, sheet)
    style, packed = struct.unpack_from("<HI", payload, 4)
    put_number(place, style, unpack_rk(packed), sheet, book)


def take_many(payload: bytes, sheet: SheetDetails, book: BookDetails) -> None:
    """Take a MULRK record: numbers side by side."""
    row, column = take_place(payload, sheet)
    for index in range((len(payload) - 6) // 6):
        style, packed = struct.unpack_from("<HI", payload, 4 + index * 6)
        put_number((row, column + index), style, unpack_rk(packed), sheet, book)
        sheet.width = max(sheet.width, column + index)
        sheet.count += 1


def take_formula(payload: bytes, sheet: SheetDetails, book: BookDetails) -> None:
    """Take a FORMULA record with its stored result."""
    place = take_place(payload, sheet)
    sheet.formulas.add(place)
    style = struct.unpack_from("<H", payload, 4)[0]
    result = payload[6:14]
    if len(result) == 8 and result[6:] == b"\xff\xff":
        if result[0] == 2:
            sheet.errors[place] = ERRORS.get(result[2], "#ERR")
        return
    value = struct.unpack("<d", result)[0]
    put_number(place, style, round_double(repr(value)), sheet, book)


def take_error(payload: bytes, sheet: SheetDetails, book: BookDetails) -> None:
    """Take a BOOLERR record; calamine gives the booleans."""
    place = take_place(payload, sheet)
    value, is_error = struct.unpack_from("<BB", payload, 6)
    if is_error:
        sheet.errors[place] = ERRORS.get(value, "#ERR")


def take_row(payload: bytes, sheet: SheetDetails, book: BookDetails) -> None:
    """Take whether a row is hidden."""
    row = struct.unpack_from("<H", payload)[0]
    if struct.unpack_from("<H", payload, 12)[0] & 0x20:
        sheet.hidden_rows.add(row + 1)


def take_columns(payload: bytes, sheet: SheetDetails, book: BookDetails) -> None:
    """Take which columns are hidden."""
    first, last = struct.unpack_from("<HH", payload)
    if struct.unpack_from("<H", payload, 8)[0] & 1:
        sheet.hidden_columns.update(range(first + 1, min(last + 1, limits.MAX_COLUMNS) + 1))


def unpack_rk(packed: int) -> Decimal | None:
    """Give the number in an RK: a whole one or a cut double, perhaps in hundredths."""
    if packed & 2:
        whole = packed >> 2
        value = float(whole - (1 << 30) if whole >= 1 << 29 else whole)
    else:
        value = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0]
    if packed & 1:
        value /= 100
    return round_double(repr(value))
