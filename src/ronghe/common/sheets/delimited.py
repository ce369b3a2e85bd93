"""Delimited text (CSV and its cousins) to plain cells: which encoding, which separator."""

import codecs
import csv
import io
from typing import Final

from ronghe.common.sheets import limits
from ronghe.common.sheets.container import NotASheetError
from ronghe.common.sheets.grid import Grid, RawCell, SheetTooLargeError

SEPARATORS: Final = (",", "\t", ";", "|")
SAMPLE_LINES: Final = 30
SHEET_NAME: Final = "CSV"


def read_delimited(data: bytes) -> list[Grid]:
    """Read delimited text as one sheet named 'CSV'. NotASheetError where the bytes are no text."""
    text = decode_text(data)
    grid = Grid(name=SHEET_NAME)
    csv.field_size_limit(limits.MAX_STRING_CHARACTERS)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=find_separator(text))
    try:
        for number, row in enumerate(rows, start=1):
            if number <= limits.MAX_ROWS:
                grid.lengths[number] = len(row)
            for column, value in enumerate(row, start=1):
                grid.add_cell(number, column, RawCell("text", value[: limits.MAX_CELL_TEXT]))
    except csv.Error:
        raise NotASheetError(f"第 {rows.line_num} 行不是规范的 CSV(引号没有成对?),请检查后再传") from None
    except SheetTooLargeError as trouble:
        return [Grid(name=SHEET_NAME, trouble=str(trouble))]
    return [grid]


def decode_text(data: bytes) -> str:
    """Decode UTF-8 with or without BOM, UTF-16 with BOM, else GB18030 (which holds GBK). NotASheetError otherwise."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode_strictly(data, "utf-16")
    if b"\x00" in data:
        raise NotASheetError("文件不是表格,也不是文本。请上传 .xlsx、.xls 或 .csv")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decode_strictly(data, "gb18030")


def decode_strictly(data: bytes, encoding: str) -> str:
    """Decode, or say that the file is no text. Control characters mean that GB18030 only seemed to fit."""
    message = "文件不是表格,也不是 UTF-8 或 GBK 编码的文本。请上传 .xlsx、.xls 或 .csv"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise NotASheetError(message) from None
    if any(mark < " " and mark not in "\t\r\n\f" for mark in text[:4096]):
        raise NotASheetError(message)
    return text


def find_separator(text: str) -> str:
    """Give the separator that splits the first lines most often; a comma where none does."""
    lines = text.splitlines()[:SAMPLE_LINES] if len(text) < 1_000_000 else text[:100_000].splitlines()[:SAMPLE_LINES]
    counts = {separator: sum(count_outside(line, separator) for line in lines) for separator in SEPARATORS}
    return max(SEPARATORS, key=lambda separator: counts[separator])


def count_outside(line: str, separator: str) -> int:
    """Count a separator outside quotes."""
    return sum(part.count(separator) for part in line.split('"')[::2])
