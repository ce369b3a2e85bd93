"""Figures as they stand in a file: a table whose cells are still unchecked, and where each row is found.

Every reader returns a RawFigures; it notes what already went wrong on the way (bytes, quotes, ragged rows).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import pyarrow as pa

from ronghe.scoring.problems import Problem

Locator = Callable[[list[int]], list[tuple[str, int]]]
NO_COLUMN = "-"


@dataclass
class RawFigures:
    """Unchecked rows: texts, or numbers where the file has types.

    `locate` turns indices of rows into (file, row as an editor counts). `spoilt` holds the cells (index, column) that
    have a problem already.
    """

    file: str
    table: pa.Table
    locate: Locator
    problems: list[Problem] = field(default_factory=list)
    spoilt: set[tuple[int, str]] = field(default_factory=set)


def row_problem(file: str, row: int, column: str, message: str) -> Problem:
    """Return a problem at a cell of a figures file."""
    return Problem(file, str(row), column, message, row)


def consecutive(file: str, first: int = 2) -> Locator:
    """Return a locator for a file whose rows follow each other; the header is row 1."""
    return lambda indices: [(file, index + first) for index in indices]


def table_of_texts(header: list[str], rows: list[list[str]]) -> pa.Table:
    """Return rows of texts, all as long as the header, as a table."""
    columns = [pa.array([row[number] for row in rows], pa.string()) for number in range(len(header))]
    return pa.Table.from_arrays(columns, names=header)


def fit_row(row: list[str], width: int) -> list[str]:
    """Cut or fill a row to the header's width."""
    return row[:width] + [""] * (width - len(row))


def ragged_problem(file: str, row: int, cells: int, header: list[str]) -> Problem:
    """Return the problem of a row whose number of cells is not the header's."""
    column = header[cells] if cells < len(header) else header[-1]
    return row_problem(file, row, column, f"该行有 {cells} 个单元格,表头有 {len(header)} 个")


def broken_file(file: str, message: str) -> RawFigures:
    """Return no rows and one problem for a file that cannot be read at all."""
    return RawFigures(file, pa.table({}), consecutive(file), [row_problem(file, 1, NO_COLUMN, message)])


def join_raw(file: str, parts: Iterable[RawFigures]) -> RawFigures:
    """Put the rows of several files one after another; each keeps its own file and row."""
    parts = list(parts)
    offsets, total = [], 0
    for part in parts:
        offsets.append(total)
        total += part.table.num_rows

    def locate(indices: list[int]) -> list[tuple[str, int]]:
        found: list[tuple[str, int]] = []
        for index in indices:
            number = max(position for position, offset in enumerate(offsets) if offset <= index)
            found += parts[number].locate([index - offsets[number]])
        return found

    problems = [problem for part in parts for problem in part.problems]
    spoilt = {(index + offset, column) for part, offset in zip(parts, offsets, strict=True) for index, column in part.spoilt}
    tables = [part.table for part in parts if part.table.num_columns]
    table = pa.concat_tables(tables, promote_options="permissive") if tables else pa.table({})
    return RawFigures(file, table, locate, problems, spoilt)
