"""What is wrong with an input, said in one line each (SCORING.md, The command)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: FILE:TABLE:KEY for a scheme, FILE:ROW:COLUMN for figures.

    For figures `row` is the line as an editor counts (the header is 1), so that a caller can mark the cell.
    """

    file: str
    place: str
    key: str
    message: str
    row: int | None = None

    def __str__(self) -> str:
        line = f"{self.file}:{self.place}:{self.key}: {self.message}"
        # A value quoted in a message may hold a line break; a problem stays one line.
        return line.replace("\r", "\\r").replace("\n", "\\n")


class InputError(ValueError):
    """Inputs that cannot be scored, with every problem found in them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class SchemeError(InputError):
    """A scheme that breaks the contract."""


class FiguresError(InputError):
    """Figures that break the contract."""
