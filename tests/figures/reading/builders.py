"""Small sheets for the tests of the reader: one request, and files of every kind made from plain rows."""

import csv
import datetime
import io
import zipfile
from decimal import Decimal
from xml.sax.saxutils import escape

import openpyxl
import xlwt

from ronghe.figures.reading import Indicator, Reading, Request, Unit
from ronghe.figures.reading.parse import parse_sheet

UNITS = (
    Unit("s1", "采油一站", ("一站",)),
    Unit("s2", "采油二站"),
    Unit("s3", "集输站党小组"),
)
INDICATORS = (
    Indicator("oil", "原油产量", ("产油量", "产量"), "t", 1),
    Indicator("rate", "油井利用率", (), "%", 2),
    Indicator("cost", "单位操作成本", (), "元/t", 2),
    Indicator("accident", "事故起数", ("污染事故",), "起", 0, "veto"),
)
EVERYTHING = frozenset((unit.code, indicator.code) for unit in UNITS for indicator in INDICATORS)
REQUEST = Request("2026-10", UNITS, INDICATORS, EVERYTHING)
HEADER = ["单位", "原油产量(t)", "油井利用率(%)", "单位操作成本(元/t)", "事故起数(起)"]
GOOD_ROWS = [
    HEADER,
    ["采油一站", 3456.7, 95.5, 612.34, 0],
    ["采油二站", 2100, 96, 598.1, 1],
    ["集输站", 0, 97.25, 601, 0],
]
EXPECTED = {
    ("s1", "oil"): Decimal("3456.7"), ("s1", "rate"): Decimal("95.5"), ("s1", "cost"): Decimal("612.34"), ("s1", "accident"): Decimal(0),
    ("s2", "oil"): Decimal(2100), ("s2", "rate"): Decimal(96), ("s2", "cost"): Decimal("598.1"), ("s2", "accident"): Decimal(1),
    ("s3", "oil"): Decimal(0), ("s3", "rate"): Decimal("97.25"), ("s3", "cost"): Decimal(601), ("s3", "accident"): Decimal(0),
}  # fmt: skip


def make_xlsx(rows, *, name="Sheet1", formats=None, change=None, sheets=()):
    """An .xlsx from rows; `formats` {'C2': '0%'}; `change(sheet)` for the rest; `sheets` further (name, rows)."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(row)
    for place, code in (formats or {}).items():
        sheet[place].number_format = code
    if change:
        change(sheet)
    for other, other_rows in sheets:
        more = book.create_sheet(other)
        for row in other_rows:
            more.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def make_large_xlsx(rows):
    """An .xlsx of many rows; its XML is written as text, a hundred times faster than cell by cell."""
    lines = []
    for row in rows:
        cells = (
            f"<c><v>{value}</v></c>" if isinstance(value, int | float) else f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'
            for value in row
        )
        lines.append(f"<row>{''.join(cells)}</row>")
    sheet = (
        f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{"".join(lines)}</sheetData></worksheet>'
    )
    return change_part(make_xlsx([]), "xl/worksheets/sheet1.xml", lambda _: sheet)


def make_xls(rows, *, change=None):
    """A real BIFF8 .xls from rows; a (value, format) pair sets a number format."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    for row_number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, tuple):
                sheet.write(row_number, column, value[0], xlwt.easyxf(num_format_str=value[1]))
            elif isinstance(value, datetime.date):
                sheet.write(row_number, column, value, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
            else:
                sheet.write(row_number, column, value)
    if change:
        change(sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def make_csv(rows, *, encoding="utf-8", delimiter=","):
    """Delimited text from rows."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    return buffer.getvalue().encode(encoding)


def change_part(data, part, change):
    """The same zip with one part's text passed through `change`."""
    source = zipfile.ZipFile(io.BytesIO(data))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content.decode()) if name == part else content)
    return buffer.getvalue()


def read_here(data, request=REQUEST, filename="月报.xlsx") -> Reading:
    """Read in this process."""
    return parse_sheet(data, filename, request)


def read_rows(rows, request=REQUEST, **options) -> Reading:
    """Read an .xlsx made from rows, in this process."""
    return read_here(make_xlsx(rows, **options), request)


def list_figures(reading, field="actual"):
    """The figures that are not blank: (unit, indicator) → value."""
    return {(cell.unit, cell.indicator): cell.value for cell in reading.cells if cell.field == field and cell.value is not None}


def list_errors(reading):
    """The messages of the errors."""
    return [problem.message for problem in reading.errors]


def list_notes(reading):
    """The messages of the notes."""
    return [problem.message for problem in reading.notes]
