"""What is wrong with a sheet, at its cell."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "note"]


@dataclass(frozen=True)
class Problem:
    """One finding. An 'error' stops the sheet from being saved, a 'note' says how something was read.

    `row` is None and `column` '' where the finding is about the whole sheet or file.
    """

    sheet: str
    row: int | None
    column: str
    severity: Severity
    message: str
    raw: str = ""
