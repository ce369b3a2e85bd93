"""Figures, read and checked: an Arrow table of `tables.FIGURES`, or every problem (SCORING.md, Figures)."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from ronghe.scoring.figures_checks import Checker
from ronghe.scoring.figures_csv import parse_csv
from ronghe.scoring.figures_files import read_raw
from ronghe.scoring.figures_raw import RawFigures, consecutive
from ronghe.scoring.problems import FiguresError, Problem
from ronghe.scoring.scheme_model import Scheme


def read_figures(path: str | Path, scheme: Scheme) -> pa.Table:
    """Read and check a figures file. Raises FiguresError with every problem."""
    return _checked(read_raw(Path(path), str(path)), scheme)


def parse_figures_csv(data: bytes, scheme: Scheme, *, file: str = "figures.csv") -> pa.Table:
    """Read and check the bytes of a CSV file (an upload). Raises FiguresError with every problem."""
    return _checked(parse_csv(data, file), scheme)


def check_figures(table: pa.Table, scheme: Scheme, *, file: str = "figures") -> pa.Table:
    """Check a table in memory as if it were a file; its first row counts as row 2. Raises FiguresError."""
    return _checked(RawFigures(file, table, consecutive(file)), scheme)


def find_problems(path: str | Path, scheme: Scheme | None) -> list[Problem]:
    """Return a file's problems; without a scheme only those that it does not take a scheme to see."""
    return Checker(read_raw(Path(path), str(path)), scheme).check()[1]


def _checked(raw: RawFigures, scheme: Scheme) -> pa.Table:
    table, problems = Checker(raw, scheme).check()
    if problems:
        raise FiguresError(problems)
    return table
