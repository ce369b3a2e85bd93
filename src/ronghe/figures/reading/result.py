"""What came out of a sheet: figures with their places, problems, and how the sheet was understood."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Literal

from ronghe.common.sheets.problems import Problem
from ronghe.figures.reading.request import Field

Form = Literal["wide", "transposed", "long", ""]


@dataclass(frozen=True)
class Cell:
    """One figure as read. `value` None means left blank. `row` counts from 1; `column` is its letters ('C')."""

    unit: str
    indicator: str
    field: Field
    value: Decimal | None
    sheet: str
    row: int
    column: str
    raw: str


@dataclass(frozen=True)
class Recognised:
    """One column (one row in the transposed form) and what it was taken for."""

    sheet: str
    place: str
    heading: str
    meaning: str
    indicator: str = ""
    field: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Ignored:
    """One row, column or sheet that was not read, and why. `place` is '第 9 行', 'H 列' or a sheet's name."""

    sheet: str
    place: str
    text: str
    why: str


@dataclass(frozen=True)
class Blank:
    """A figure that is asked for and not there. `row` is None where the sheet has no place for it."""

    unit: str
    indicator: str
    row: int | None = None
    column: str = ""


@dataclass(frozen=True)
class Reading:
    """All of it. `format` is 'xlsx', 'xls', 'csv' or ''; `sheet` the one that was read."""

    filename: str
    format: str = ""
    sheet: str = ""
    form: Form = ""
    cells: tuple[Cell, ...] = ()
    problems: tuple[Problem, ...] = ()
    columns: tuple[Recognised, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    blanks: tuple[Blank, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop the sheet from being saved."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def notes(self) -> tuple[Problem, ...]:
        """The problems that only say how something was read."""
        return tuple(problem for problem in self.problems if problem.severity == "note")

    @property
    def is_clean(self) -> bool:
        """Whether the figures may be saved as they are."""
        return not self.errors


def refuse_file(filename: str, message: str, *, kind: str = "") -> Reading:
    """Give the reading of a file that could not be read at all: one error about the whole file."""
    return Reading(filename=filename, format=kind, problems=(Problem("", None, "", "error", message),))


def dump_reading(reading: Reading) -> dict[str, Any]:
    """Give the reading as JSON-ready values."""
    values = asdict(reading)
    for cell in values["cells"]:
        cell["value"] = None if cell["value"] is None else str(cell["value"])
    return values


def load_reading(values: Mapping[str, Any]) -> Reading:
    """Give back the reading that `dump_reading` wrote. KeyError, TypeError or ValueError on anything else."""
    return Reading(
        filename=values["filename"],
        format=values["format"],
        sheet=values["sheet"],
        form=values["form"],
        cells=tuple(Cell(**{**cell, "value": None if cell["value"] is None else Decimal(cell["value"])}) for cell in values["cells"]),
        problems=tuple(Problem(**problem) for problem in values["problems"]),
        columns=tuple(Recognised(**column) for column in values["columns"]),
        ignored=tuple(Ignored(**entry) for entry in values["ignored"]),
        blanks=tuple(Blank(**blank) for blank in values["blanks"]),
    )
