"""From names to numbers: checked figures as the steps read them (`tables.INPUTS`).

Units, groups and indicators are numbered in the order of the results, so that all that follows joins, groups and sorts by small
integers. (Spark numbers them itself, in Ibis: `expressions_coding.py`.)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ronghe.scoring.scheme_model import Scheme
from ronghe.scoring.tables import CODED_FIGURES, NOTES, UNITS, low_words

Numbers = Any
"""A NumPy array of integers."""
_DENSE = 4
"""Numbers are marked off in a table where it is no longer than so many times the rows, else they are sorted."""


@dataclass(frozen=True)
class Coded:
    """Figures in the order of `u` and `seq`, and what stands behind their numbers."""

    figures: pa.Table
    units: pa.Table
    notes: pa.Table

    @property
    def tracks(self) -> tuple[str, ...]:
        """The tracks that occur, in their order."""
        return tuple(sorted(pc.unique(self.units["track"]).to_pylist()))

    def as_inputs(self) -> dict[str, pa.Table]:
        """Return the tables by the names of `tables.INPUTS`."""
        return {"figures": self.figures, "units": self.units, "notes": self.notes}


def code_figures(figures: pa.Table, scheme: Scheme) -> Coded:
    """Number the units, groups and indicators of figures that have been checked."""
    rows = figures.num_rows
    period, periods = rank_names(figures["period"])
    track, tracks = rank_names(figures["track"])
    unit, units = rank_names(figures["unit"])
    group = period.astype(np.int64) * len(tracks) + track
    g, groups = number(group, len(periods) * len(tracks))
    u, keys = number(g.astype(np.int64) * len(units) + unit, len(groups) * len(units))
    seq = _number_indicators(figures["indicator"], scheme)
    columns: dict[str, pa.Array] = {"u": pa.array(u), "g": pa.array(g), "seq": pa.array(seq)}
    columns |= {name: integers(_one(figures[name])) for name in ("actual", "target", "base")}
    exempt = figures["exempt"].combine_chunks()
    columns["is_exempt"] = exempt.is_valid()
    table = pa.Table.from_arrays([columns[name] for name in CODED_FIGURES.names], schema=CODED_FIGURES)
    notes = _notes(u, seq, exempt, figures["target_note"].combine_chunks())
    place = u.astype(np.int64) * len(scheme.indicators) + seq
    if rows and not bool((place[1:] > place[:-1]).all()):
        table = table.take(pa.array(np.argsort(place, kind="stable")))
    group_of, unit_of = np.divmod(keys, len(units))
    period_of, track_of = np.divmod(groups, len(tracks))
    wanted = np.array([sum(item.applies_to(name) for item in scheme.indicators) for name in tracks.to_pylist()])
    named = [
        pa.array(np.arange(len(keys), dtype=np.int32)),
        pa.array(group_of.astype(np.int32)),
        periods.take(pa.array(period_of[group_of])),
        tracks.take(pa.array(track_of[group_of])),
        units.take(pa.array(unit_of)),
        pa.array(np.bincount(u, minlength=len(keys)) < wanted[track_of[group_of]]),
    ]
    return Coded(table, pa.Table.from_arrays(named, schema=UNITS), notes)


def split(coded: Coded, size: int) -> Iterator[Coded]:
    """Yield parts of about `size` rows, each of whole groups, in their order."""
    rows = coded.figures.num_rows
    if rows <= size:
        yield coded
        return
    group = coded.figures["g"].combine_chunks().to_numpy()
    first_of = coded.units["g"].combine_chunks().to_numpy()
    ends = [*(np.flatnonzero(group[1:] != group[:-1]) + 1).tolist(), rows]
    start = 0
    for end, after in zip(ends, [*ends[1:], None], strict=True):
        if after is not None and after - start <= size:
            continue
        low = int(np.searchsorted(first_of, group[start], "left"))
        high = int(np.searchsorted(first_of, group[end - 1], "right"))
        within = pc.and_(pc.greater_equal(coded.notes["u"], low), pc.less(coded.notes["u"], high))
        yield Coded(coded.figures.slice(start, end - start), coded.units.slice(low, high - low), coded.notes.filter(within))
        start = end


def rank_names(column: pa.ChunkedArray) -> tuple[Numbers, pa.Array]:
    """Return a number for each row, and the names in the order of these numbers, which is that of their code points."""
    encoded = column.unify_dictionaries().combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    names = encoded.dictionary
    order = pc.array_sort_indices(names).to_numpy()
    ranks = np.empty(len(order), dtype=np.int32)
    ranks[order] = np.arange(len(order), dtype=np.int32)
    return ranks[encoded.indices.to_numpy()], names.take(pa.array(order))


def number(keys: Numbers, end: int) -> tuple[Numbers, Numbers]:
    """Number keys 0 ≤ key < `end` without gaps in their order; return each row's number, and the key of each number."""
    if end > _DENSE * len(keys) + 1024:
        found, numbers = np.unique(keys, return_inverse=True)
        return numbers.astype(np.int32), found
    occurs = np.zeros(end, dtype=bool)
    occurs[keys] = True
    return (np.cumsum(occurs, dtype=np.int32) - 1).astype(np.int32)[keys], np.flatnonzero(occurs)


def _number_indicators(column: pa.ChunkedArray, scheme: Scheme) -> Numbers:
    encoded = column.unify_dictionaries().combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    numbers = {item.code: seq for seq, item in enumerate(scheme.indicators)}
    # a dictionary may name what no row has
    table = np.array([numbers.get(code, -1) for code in encoded.dictionary.to_pylist()], dtype=np.int32)
    return table[encoded.indices.to_numpy()]


def integers(chunk: pa.Array) -> pa.Array:
    """Return decimals of up to 18 digits as the integers that they are."""
    return pa.array(low_words(chunk), mask=chunk.is_null().to_numpy(zero_copy_only=False) if chunk.null_count else None)


def _one(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def _notes(u: Numbers, seq: Numbers, exempt: pa.Array, target_note: pa.Array) -> pa.Table:
    if exempt.null_count == target_note.null_count == len(exempt):
        return NOTES.empty_table()
    rows = pc.indices_nonzero(pc.or_(exempt.is_valid(), target_note.is_valid()))
    where = rows.to_numpy()
    texts = [column.take(rows).cast(pa.string()) for column in (exempt, target_note)]
    return pa.Table.from_arrays([pa.array(u[where]), pa.array(seq[where]), *texts], schema=NOTES)
