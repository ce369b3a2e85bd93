"""The entry grid of `<c-grid>`: what stands in it, as plain values that a view prepares once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Column:
    title: str
    unit: str = ""


@dataclass(frozen=True)
class Cell:
    """One input. `label` names row and column for those who hear the page; `hint` shows while the cell has the focus."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    problem: str = ""
    level: str = "error"  # or "warn": worth a second look, yet it may be saved
    readonly: bool = False
    mode: str = "decimal"  # or "text"

    @property
    def is_wrong(self) -> bool:
        return bool(self.problem) and self.level == "error"


@dataclass(frozen=True)
class Row:
    """`infos` are ready texts before the inputs (unit, last month); a cell that is None is not asked for here."""

    title: str
    cells: Sequence[Cell | None]
    note: str = ""
    infos: Sequence[str] = ()


@dataclass(frozen=True)
class Grid:
    caption: str
    stub: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    infos: Sequence[str] = field(default=())

    @property
    def is_list(self) -> bool:
        """One station's list of indicators fits a phone; a wide grid scrolls inside its box."""
        return len(self.columns) <= 2

    @property
    def filled(self) -> int:
        return sum(1 for cell in self._asked() if cell.value.strip())

    @property
    def left(self) -> int:
        return sum(1 for cell in self._asked() if not cell.value.strip())

    @property
    def asks(self) -> bool:
        """Whether anything is to be typed here by this reader."""
        return self.filled + self.left > 0

    @property
    def share(self) -> float:
        total = self.filled + self.left
        return round(self.filled / total, 3) if total else 1.0

    def _asked(self) -> Iterator[Cell]:
        return (cell for row in self.rows for cell in row.cells if cell and not cell.readonly and cell.mode == "decimal")
