"""The cells of a CSV file and where each row begins. By the standard library alone: a history is small, Arrow is not."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

from ronghe.scoring.problems import Problem

SPOILT = "\ufffd"
_LONGEST_CELL = 1 << 30


@dataclass
class Cells:
    """Trimmed cells, each row as long as the header; `lines`: the line on which each row begins, as an editor counts."""

    header: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_cells(path: str) -> Cells:
    """Read UTF-8 (with or without BOM), RFC 4180 quotes; blank lines are no rows. Raises OSError where it cannot be read.

    Rows of another length than the header's and cells that are not UTF-8 are problems.
    """
    text = Path(path).read_bytes().decode("utf-8-sig", errors="surrogateescape")
    cells = Cells()
    before = csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for record in reader:
            if any(cell.strip() for cell in record):
                _add(cells, [cell.strip() for cell in record], line, path)
            line = reader.line_num + 1
    except csv.Error as error:
        cells.problems.append(Problem(path, str(line), "-", f"CSV 引号不配对或格式错误:{error}", line))
    finally:
        csv.field_size_limit(before)
    return cells


def _add(cells: Cells, record: list[str], line: int, path: str) -> None:
    header = cells.header or record
    if len(record) != len(header):
        column = header[len(record)] if len(record) < len(header) else header[-1]
        message = f"该行有 {len(record)} 个单元格,表头有 {len(header)} 个"
        cells.problems.append(Problem(path, str(line), column, message, line))
        return
    clean = [_clean(cell) for cell in record]
    for cell, readable, column in zip(record, clean, header, strict=True):
        if cell != readable:
            cells.problems.append(Problem(path, str(line), _clean(column), "不是 UTF-8 编码的文字", line))
    if not cells.header:
        cells.header = clean
    else:
        cells.rows.append(clean)
        cells.lines.append(line)


def _clean(cell: str) -> str:
    """Return the cell with what was no UTF-8 replaced."""
    return "".join(SPOILT if "\udc80" <= letter <= "\udcff" else letter for letter in cell)
