"""How firm a ranking is, as plain data that a page can print and a database keep (issue C, Why this place)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

SPREADS = (10, 20)
"""By how many percent each weight is moved up or down."""
DRAWS = 2_000
CENTRAL_PERCENT = 90
ALIKE_PERCENT = 10
"""Neighbours whose order is lost in more than so many percent of the ±10% draws cannot honestly be told apart."""


@dataclass(frozen=True)
class Spread:
    """Where a unit came out over all draws: the central 90% (low–high), all of them (least–most), draws in each place."""

    low: int
    high: int
    least: int
    most: int
    counts: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class UnitStability:
    """One placed unit. `group` numbers, from 1, those that cannot be told apart; 0 where it stands alone."""

    unit: str
    place: int
    group: int
    topsis: int
    closeness: float
    spreads: dict[int, Spread]


@dataclass(frozen=True)
class Neighbours:
    """Two units of neighbouring places: in how many draws `second` is level with `first` or before it.

    `hangs_on` names the indicators without which `second` would be before `first`.
    """

    first: str
    second: str
    lost: dict[int, int]
    level: bool
    alike: bool
    hangs_on: tuple[str, ...]


@dataclass(frozen=True)
class LeftOut:
    """The places without one indicator, in the order of the units: how many change, by how many places in all."""

    indicator: str
    changed: int
    moved: int
    places: tuple[int, ...]


@dataclass(frozen=True)
class TrackStability:
    """How firm the places of one track in one period are; units in the order of their places."""

    period: str
    track: str
    draws: int
    seed: int
    units: tuple[UnitStability, ...]
    neighbours: tuple[Neighbours, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Return the units that cannot be told apart, group by group."""
        last = max((row.group for row in self.units), default=0)
        return tuple(tuple(row.unit for row in self.units if row.group == number) for number in range(1, last + 1))

    @property
    def hangs_on(self) -> LeftOut | None:
        """Return the indicator whose leaving out changes the most places (then by most places, then the first); None where none does."""
        best = max(self.left_out, key=lambda row: (row.changed, row.moved), default=None)
        return best if best is not None and best.changed else None

    def as_data(self) -> dict[str, Any]:
        """Return what JSON can hold; `from_data` reads it."""
        return {**asdict(self), "seed": str(self.seed)}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> TrackStability:
        """Read what `as_data` wrote, also after JSON has made texts of keys and lists of tuples."""
        return cls(
            period=data["period"],
            track=data["track"],
            draws=data["draws"],
            seed=int(data["seed"]),
            units=tuple(UnitStability(**{**row, "spreads": _read_spreads(row["spreads"])}) for row in data["units"]),
            neighbours=tuple(
                Neighbours(**{**row, "lost": {int(key): value for key, value in row["lost"].items()}, "hangs_on": tuple(row["hangs_on"])})
                for row in data["neighbours"]
            ),
            left_out=tuple(LeftOut(**{**row, "places": tuple(row["places"])}) for row in data["left_out"]),
        )


def _read_spreads(data: dict[Any, Any]) -> dict[int, Spread]:
    return {int(key): Spread(**{**row, "counts": tuple((place, count) for place, count in row["counts"])}) for key, row in data.items()}
