"""Totals and places of one track under many sets of weights at once: arrays of units × indicators × cases.

A case is a factor for each indicator by which its `full`, and so its marks, are multiplied. The rules between marks and
total are those of SCORING.md (exempt scaling, caps, vetoes, floor); with all factors 1 the totals are the published ones.
Caps, floors and limits stay as the scheme says, whatever the factors: they are rules, not weights.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ronghe.scoring.scheme_model import Indicator, Scheme, Veto

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
TINY = 1e-9
# a half that doubles have put just below a half still rounds up; marks have no more than 4 decimals
HALF = 0.5 + 1e-6
CELLS = 4_000_000


@dataclass(frozen=True)
class TrackMarks:
    """The marks of one track's placed units, in the order of their places."""

    scheme: Scheme
    period: str
    track: str
    units: tuple[str, ...]
    places: tuple[int, ...]
    totals: tuple[Decimal, ...]
    items: tuple[Indicator, ...]
    fulls: Floats
    marks: Floats
    empty: Flags
    exempt: Flags
    zeroed: dict[str, Flags]
    limits: Floats
    struck: Flags

    def columns_of(self, dimension: str) -> list[int]:
        """Return the columns of a dimension's indicators."""
        return [column for column, item in enumerate(self.items) if item.dimension == dimension]


def collect_track(scheme: Scheme, period: str, track: str, placed: list[dict[str, Any]], marks: Iterable[dict[str, Any]]) -> TrackMarks:
    """Lay the marks of placed units out as arrays; `placed` and `marks` are rows of the places and marks tables."""
    placed = sorted(placed, key=lambda row: (row["place"], row["unit"]))
    items = tuple(item for item in scheme.indicators_for(track) if not item.is_veto)
    column = {item.code: number for number, item in enumerate(items)}
    line = {row["unit"]: number for number, row in enumerate(placed)}
    shape = (len(placed), len(items))
    values, empty, exempt = np.zeros(shape), np.ones(shape, dtype=bool), np.zeros(shape, dtype=bool)
    zeroed = {dimension.code: np.zeros(len(placed), dtype=bool) for dimension in scheme.dimensions}
    limits, struck = np.full(len(placed), np.inf), np.zeros(len(placed), dtype=bool)
    for row in marks:
        unit = line.get(row["unit"])
        if unit is None:
            continue
        item = scheme.indicator_by_code[row["indicator"]]
        if isinstance(item.rule, Veto):
            if row["state"] == "veto":
                _strike(item, item.rule, unit, zeroed, limits, struck)
            continue
        cell = unit, column[item.code]
        exempt[cell] = row["state"] == "exempt"
        if row["mark"] is not None:
            values[cell], empty[cell] = float(row["mark"]), False
    return TrackMarks(
        scheme=scheme,
        period=period,
        track=track,
        units=tuple(row["unit"] for row in placed),
        places=tuple(row["place"] for row in placed),
        totals=tuple(row["total"] for row in placed),
        items=items,
        fulls=np.array([float(item.full) for item in items]),
        marks=values,
        empty=empty,
        exempt=exempt,
        zeroed=zeroed,
        limits=limits,
        struck=struck,
    )


def _strike(item: Indicator, rule: Veto, unit: int, zeroed: dict[str, Flags], limits: Floats, struck: Flags) -> None:
    if rule.effect == "zero_total":
        struck[unit] = True
    elif rule.effect == "zero_dimension" and item.dimension is not None:
        zeroed[item.dimension][unit] = True
    elif rule.limit is not None:
        limits[unit] = min(limits[unit], float(rule.limit))


def compute_totals(track: TrackMarks, factors: Floats) -> Integers:
    """Return units × cases: totals in units of the last digit, for factors as indicators × cases."""
    scheme, scale = track.scheme, 10**track.scheme.digits
    cases = factors.shape[1]
    total = np.zeros((len(track.units), cases))
    weight_all, weight_kept = np.zeros(cases), np.zeros((len(track.units), cases))
    for dimension in scheme.dimensions:
        columns = track.columns_of(dimension.code)
        if not columns:
            continue
        part = factors[columns]
        subtotal = track.marks[:, columns] @ part
        weight = track.fulls[columns] @ part
        gone = (track.exempt[:, columns] * track.fulls[columns]) @ part
        left = weight - gone
        scales = (gone > TINY) & (left > TINY)
        if scales.any():
            scaled = _half_up(subtotal * weight / np.where(scales, left, 1.0), scale) / scale
            subtotal = np.where(scales, scaled, subtotal)
        if dimension.cap is not None:
            subtotal = np.minimum(subtotal, float(dimension.cap))
        nothing: Flags = np.logical_and.reduce(track.exempt[:, columns], axis=1)
        out = nothing[:, None] | ((gone > TINY) & (left <= TINY))
        total += np.where(out | track.zeroed[dimension.code][:, None], 0.0, subtotal)
        weight_all += weight
        weight_kept += np.where(out, 0.0, weight)
    scales = (weight_all - weight_kept > TINY) & (weight_kept > TINY)
    if scales.any():
        scaled = _half_up(total * weight_all / np.where(scales, weight_kept, 1.0), scale) / scale
        total = np.where(scales, scaled, total)
    if scheme.cap is not None:
        total = np.minimum(total, float(scheme.cap))
    if scheme.floor is not None:
        total = np.maximum(total, float(scheme.floor))
    total = np.minimum(total, track.limits[:, None])
    total[track.struck] = 0.0
    return _half_up(total, scale).astype(np.int64)


def _half_up(values: Floats, scale: int) -> Floats:
    return np.sign(values) * np.floor(np.abs(values) * scale + HALF)


def rank_ties(track: TrackMarks, *, without: str = "") -> Integers:
    """Return 0 for the best by the marks that break a tie, 1 for the next …; a positive factor never changes it."""
    column = {item.code: number for number, item in enumerate(track.items)}
    codes = [code for code in track.scheme.tie_break if code in column and code != without]
    keys = [
        tuple((bool(track.empty[unit, column[code]]), -track.marks[unit, column[code]]) for code in codes)
        for unit in range(len(track.units))
    ]
    rank = {key: number for number, key in enumerate(sorted(set(keys)))}
    return np.array([rank[key] for key in keys], dtype=np.int64)


def rank_totals(totals: Integers, ties: Integers) -> Integers:
    """Return the places (1, 2, 2, 4) in each column: by total, then by the ties' rank."""
    keys = totals * len(ties) - ties[:, None]
    order = np.argsort(-keys, axis=0, kind="stable")
    ordered = np.take_along_axis(keys, order, axis=0)
    steps = np.ones(keys.shape, dtype=np.int64)
    steps[1:] = np.where(ordered[1:] != ordered[:-1], np.arange(2, len(keys) + 1)[:, None], 0)
    places = np.empty_like(steps)
    np.put_along_axis(places, order, np.maximum.accumulate(steps, axis=0), axis=0)
    return places


def compute_places(track: TrackMarks, factors: Floats) -> Integers:
    """Return units × cases: the places under each set of factors, some cases at a time so that memory stays bounded."""
    ties = rank_ties(track)
    width = max(1, CELLS // len(track.units))
    parts = [rank_totals(compute_totals(track, factors[:, start : start + width]), ties) for start in range(0, factors.shape[1], width)]
    return np.concatenate(parts, axis=1)


def drop_one(track: TrackMarks, column: int) -> Floats | None:
    """Return the factors without one indicator, the others brought to the same sum; None where nothing would be left to weigh."""
    factors = np.ones(len(track.items))
    factors[column] = 0.0
    left = track.fulls @ factors
    if left <= TINY:
        return None
    factors[track.fulls > 0] *= track.fulls.sum() / left
    return factors
