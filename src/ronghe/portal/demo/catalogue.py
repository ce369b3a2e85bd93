"""What the demo needs to know of packs/indicators.toml, and where the default packs lie."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

PACKS = Path(__file__).resolve().parents[4] / "packs"


@dataclass(frozen=True)
class Indicator:
    code: str
    name: str
    unit: str
    decimals: int
    direction: str
    kind: str
    side: str  # party | business
    reported_by: str  # unit, or an office code
    tracks: tuple[str, ...]  # empty: every track
    needs_target: bool
    needs_base: bool

    def applies_to(self, track: str) -> bool:
        return not self.tracks or track in self.tracks


def read_indicators(packs: Path = PACKS) -> list[Indicator]:
    """The indicators in the order of the handbook, which is the scheme's."""
    with (packs / "indicators.toml").open("rb") as file:
        rows = tomllib.load(file)["indicator"]
    return [
        Indicator(
            code=row["code"],
            name=row["name"],
            unit=row["unit"],
            decimals=row["decimals"],
            direction=row["direction"],
            kind=row["kind"],
            side=row["side"],
            reported_by=row["reported_by"],
            tracks=tuple(row.get("tracks", [])),
            needs_target=row["target"],
            needs_base=row["base"],
        )
        for row in rows
    ]
