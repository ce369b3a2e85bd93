"""A track's totals and places for figures that somebody thinks of: the kernel's own steps, without its reasons and gaps.

What is computed here is what `engine.score` computes, by the same SQL; it leaves out the sentences and the needed actuals,
which cost most of the time (a test compares both). 追标 asks it, for one track at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa

from ronghe.scoring.coding import code_figures
from ronghe.scoring.compile import compile_sql
from ronghe.scoring.parameters import parameter_tables
from ronghe.scoring.run_duckdb import run_few
from ronghe.scoring.scheme_model import Scheme
from ronghe.scoring.tables import FIGURES, STATES
from ronghe.scoring.totals import grade_totals

_KERNEL_STEPS = ("marked", "summed", "totalled", "ranked")
_READ = {
    "mark_values": (
        "SELECT n.period, n.unit, c.indicator, m.mark, m.state, m.strikes, m.p, m.r, m.present "
        'FROM "marked" m JOIN "units" n USING (u) JOIN "rules" c USING (seq)'
    ),
    "dimension_values": (
        "SELECT n.period, n.unit, d.dimension, s.scaled, s.subtotal, s.scales, s.full_all, s.full_left, s.left_out, s.zeroing "
        'FROM "summed" s JOIN "units" n USING (u) JOIN (SELECT DISTINCT dim, dimension FROM "rules") d USING (dim)'
    ),
    "unit_values": (
        "SELECT n.period, n.unit, t.total, t.final, t.total_scaled, t.total_scales, t.total_full_all, t.total_full_kept "
        'FROM "totalled" t JOIN "units" n USING (u)'
    ),
    "place_values": 'SELECT n.period, n.unit, r.place, r.peers, r.tied FROM "ranked" r JOIN "units" n USING (u)',
}
Row = dict[str, Any]
Key = tuple[str, str]


@dataclass(frozen=True)
class Sums:
    """A unit's dimension as the kernel added it up, in units of 10^-digits; `factor`: what a mark counts for there (exemptions)."""

    scaled: int
    subtotal: int
    factor: tuple[int, int]
    counts: bool


@dataclass(frozen=True)
class Standing:
    """A unit's total and place. `raw`: the total before caps, floors and vetoes, in units of 10^-digits."""

    total: Decimal | None
    grade: str
    is_final: bool
    place: int | None
    peers: int
    tied: int | None
    raw: int
    factor: tuple[int, int]


@dataclass(frozen=True)
class Outcome:
    """What came out, by unit; marks by (unit, indicator), None where there is none."""

    marks: dict[Key, Decimal | None]
    states: dict[Key, str]
    xs: dict[Key, Decimal | None]
    struck: frozenset[Key]
    sums: dict[Key, Sums]
    standings: dict[str, Standing]


def change_figures(figures: pa.Table, unit: str, values: Mapping[str, Decimal | None]) -> pa.Table:
    """Return the figures with other actuals for a unit's indicators; the rest stays."""
    rows = figures.to_pylist()
    for row in rows:
        if row["unit"] == unit and row["indicator"] in values:
            row["actual"] = values[row["indicator"]]
    return make_table(rows)


def make_table(rows: Iterable[Row]) -> pa.Table:
    """Return rows as a table of figures."""
    return pa.Table.from_pylist(list(rows), schema=FIGURES)


def compute(scheme: Scheme, figures: pa.Table) -> dict[str, Outcome]:
    """Return what came out for each period in the figures (`tables.FIGURES`, checked before)."""
    every = compile_sql(scheme)
    steps = {name: every[name] for name in _KERNEL_STEPS} | _READ
    tracks = sorted(set(figures["track"].to_pylist()))
    raw = run_few(steps, code_figures(figures, scheme).as_inputs(), parameter_tables(scheme, tracks), tuple(_READ))
    grades = dict(zip(_keys(raw["unit_values"]), grade_totals(scheme, raw["unit_values"]).to_pylist(), strict=True))
    tables = {name: table.to_pylist() for name, table in raw.items()}
    return {period: _read(scheme, tables, grades, period) for period in sorted(set(figures["period"].to_pylist()))}


def _keys(table: pa.Table) -> list[Key]:
    return list(zip(table["period"].to_pylist(), table["unit"].to_pylist(), strict=True))


def _read(scheme: Scheme, tables: dict[str, list[Row]], grades: dict[Key, str | None], period: str) -> Outcome:
    marks = [row for row in tables["mark_values"] if row["period"] == period]
    places = {row["unit"]: row for row in tables["place_values"] if row["period"] == period}
    sums = [row for row in tables["dimension_values"] if row["period"] == period and row["dimension"]]
    units = [row for row in tables["unit_values"] if row["period"] == period]

    def mark_of(units: Any) -> Decimal | None:
        return None if units is None else Decimal(int(units)).scaleb(-scheme.digits)

    return Outcome(
        marks={(row["unit"], row["indicator"]): mark_of(row["mark"]) for row in marks},
        states={(row["unit"], row["indicator"]): STATES[row["state"]] for row in marks},
        xs={(row["unit"], row["indicator"]): Decimal(row["p"]) / Decimal(row["r"]) if row["present"] else None for row in marks},
        struck=frozenset((row["unit"], row["indicator"]) for row in marks if row["strikes"] and STATES[row["state"]] == "veto"),
        sums={
            (row["unit"], row["dimension"]): Sums(
                int(row["scaled"] or 0),
                int(row["subtotal"] or 0),
                (int(row["full_all"]), int(row["full_left"])) if row["scales"] and row["full_left"] else (1, 1),
                not row["left_out"] and not row["zeroing"],
            )
            for row in sums
        },
        standings={
            row["unit"]: Standing(
                total=mark_of(row["total"]),
                grade=grades[period, row["unit"]] or "",
                is_final=bool(row["final"]),
                place=places[row["unit"]]["place"],
                peers=int(places[row["unit"]]["peers"] or 0),
                tied=places[row["unit"]]["tied"],
                raw=int(row["total_scaled"] or 0),
                factor=(int(row["total_full_all"]), int(row["total_full_kept"])) if row["total_scales"] else (1, 1),
            )
            for row in units
        },
    )
