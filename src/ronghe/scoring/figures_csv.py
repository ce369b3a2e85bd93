"""Reading figures from CSV: quickly with Arrow where the file is sound, cell by cell where it is not."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from pyarrow import csv as arrow_csv

from ronghe.scoring.figures_raw import (
    NO_COLUMN,
    Locator,
    RawFigures,
    consecutive,
    fit_row,
    ragged_problem,
    row_problem,
    table_of_texts,
)

_SURROGATES = re.compile("[\udc80-\udcff]")
_LONGEST_CELL = 1 << 30


def read_csv(path: Path, file: str) -> RawFigures:
    """Read a CSV file: UTF-8 with or without a BOM, RFC 4180 quotes. Raises OSError where it cannot be read."""
    return parse_csv(path.read_bytes(), file)


def parse_csv(data: bytes, file: str) -> RawFigures:
    """Read the bytes of a CSV file; see `read_csv`."""
    data = data.removeprefix(codecs.BOM_UTF8)
    # Arrow takes an unclosed quote for the end of a cell: such a file goes the careful way.
    if data.count(b'"') % 2 == 0:
        try:
            table = _read_fast(data)
        except pa.ArrowInvalid:
            return _read_carefully(data, file)
        return RawFigures(file, table, _lazy_locator(data, file, table.num_rows))
    return _read_carefully(data, file)


def _read_fast(data: bytes) -> pa.Table:
    parsing = arrow_csv.ParseOptions(newlines_in_values=b'"' in data)
    # closed at once and without a Python file behind it: a reader thread left over can abort the interpreter's exit
    with arrow_csv.open_csv(pa.BufferReader(data), parse_options=parsing) as reader:
        header = reader.schema.names
    return arrow_csv.read_csv(
        pa.BufferReader(data),
        parse_options=parsing,
        convert_options=arrow_csv.ConvertOptions(column_types=dict.fromkeys(header, pa.string()), strings_can_be_null=False),
    )


def _lazy_locator(data: bytes, file: str, rows: int) -> Locator:
    """Return a locator that reads the file again only where a line's number is not plain from a row's."""
    lines = data.count(b"\n") + (0 if data.endswith(b"\n") else 1)
    if b'"' not in data and lines == rows + 1:
        return consecutive(file)

    starts: list[int] = []

    def locate(indices: list[int]) -> list[tuple[str, int]]:
        if indices and not starts:
            starts.extend(line for line, _ in _records(data.decode("utf-8")))
        return [(file, starts[index + 1]) for index in indices]

    return locate


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line on which it begins; blank lines are no records. Raises csv.Error."""
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        last = 0
        for record in reader:
            line, last = last + 1, reader.line_num
            if record and not (len(record) == 1 and not record[0].strip()):
                yield line, record
    finally:
        csv.field_size_limit(before)


def _read_carefully(data: bytes, file: str) -> RawFigures:
    raw = RawFigures(file, pa.table({}), consecutive(file))
    header: list[str] = []
    rows: list[list[str]] = []
    starts: list[int] = []
    line = 0
    try:
        for line, record in _records(data.decode("utf-8", errors="surrogateescape")):
            if not header:
                header = [_clean(cell) for cell in record]
                raw.problems += _spoilt_header(record, header, file)
                continue
            if len(record) != len(header):
                raw.problems.append(ragged_problem(file, line, len(record), header))
            rows.append(_clean_row(fit_row(record, len(header)), header, line, len(rows), raw))
            starts.append(line)
    except csv.Error as error:
        raw.problems.append(row_problem(file, line + 1, NO_COLUMN, f"CSV 引号不配对或格式错误:{error}"))
    raw.table = table_of_texts(header, rows)
    raw.locate = lambda indices: [(file, starts[index]) for index in indices]
    return raw


def _spoilt_header(record: list[str], header: list[str], file: str) -> list:
    return [
        row_problem(file, 1, name, "不是 UTF-8 编码的文字") for cell, name in zip(record, header, strict=True) if _SURROGATES.search(cell)
    ]


def _clean_row(cells: list[str], header: list[str], line: int, index: int, raw: RawFigures) -> list[str]:
    for number, cell in enumerate(cells):
        if _SURROGATES.search(cell):
            raw.problems.append(row_problem(raw.file, line, header[number].strip(), "不是 UTF-8 编码的文字"))
            raw.spoilt.add((index, header[number].strip()))
    return [_clean(cell) for cell in cells]


def _clean(cell: str) -> str:
    return _SURROGATES.sub("\ufffd", cell)
