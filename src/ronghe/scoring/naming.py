"""Names back in place of numbers, in the order of the results: what DuckDB returned becomes the four tables.

Each step returns narrow rows in any order; they are put in order by their numbers, and a name is a number into a dictionary.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ronghe.scoring.numbers import as_units
from ronghe.scoring.results import Results
from ronghe.scoring.scheme_model import Scheme
from ronghe.scoring.tables import RESULT_NAMES, STATES, result_schema, scale_result
from ronghe.scoring.totals import assemble_totals

UNIT = ("period", "track", "unit")


def name_results(scheme: Scheme, raw: dict[str, pa.Table], units: pa.Table) -> Results:
    """Return the four result tables of a part."""
    names = {name: units[name].combine_chunks().dictionary_encode() for name in UNIT}
    first = units["u"][0].as_py() if len(units) else 0
    wide = {"totals": assemble_totals(scheme, *(in_order(raw[name]) for name in ("totals", "dimension_reasons", "veto_reasons")))}
    wide["places"] = in_order(raw["places"])
    wide["marks"] = _with_rules(scheme, in_order(raw["marks"], "seq"))
    wide["gaps"] = _with_rules(scheme, in_order(raw["gaps"], "seq"))
    wide["gaps"] = wide["gaps"].append_column("leader", _pick(names["unit"], wide["gaps"]["leading"], first))
    tables = {}
    for name in RESULT_NAMES:
        table = wide[name]
        for unit, values in names.items():
            table = table.append_column(unit, _pick(values, table["u"], first))
        tables[name] = scale_result(table, result_schema(name, scheme))
    return Results(scheme=scheme, **tables)


def in_order(table: pa.Table, then: str | None = None) -> pa.Table:
    """Return rows in the order of `u`, then that of another column; most steps keep the order of the figures anyway."""
    then = then or ("seq" if "seq" in table.column_names else None)
    place = _numbers(table["u"]).astype(np.int64)
    if then:
        place = (place << 32) + _numbers(table[then])
    if len(place) < 2 or bool((place[1:] > place[:-1]).all()):
        return table
    return table.take(pa.array(np.argsort(place, kind="stable")))


def _numbers(column: pa.ChunkedArray) -> Any:
    return column.to_numpy()


def _pick(values: pa.DictionaryArray, rows: pa.ChunkedArray, first: int) -> pa.Array:
    """Return the name that each row's number stands for, as a dictionary; NULL where there is no number."""
    where = rows.combine_chunks().cast(pa.int64())
    indices = values.indices.take(pc.subtract(where, first) if first else where)
    return pa.DictionaryArray.from_arrays(indices, values.dictionary)


def _with_rules(scheme: Scheme, table: pa.Table) -> pa.Table:
    seq = pa.array(_numbers(table["seq"]).astype(np.int32))
    codes = pa.array([item.code for item in scheme.indicators])
    table = table.append_column("indicator", pa.DictionaryArray.from_arrays(seq, codes))
    if "state" not in table.column_names:
        return table
    dimensions = [item.dimension or "" for item in scheme.indicators]
    distinct = list(dict.fromkeys(dimensions))
    of = np.array([distinct.index(name) for name in dimensions], dtype=np.int32)[seq.to_numpy()]
    table = table.append_column("dimension", pa.DictionaryArray.from_arrays(pa.array(of), pa.array(distinct)))
    full = np.array([as_units(item.full, scheme.digits) for item in scheme.indicators], dtype=object)
    small = max(full, default=0) < 2**63
    table = table.append_column(
        "full", pa.array(full.astype(np.int64)[seq.to_numpy()]) if small else pa.array(full, pa.decimal128(38, 0)).take(seq)
    )
    state = pa.DictionaryArray.from_arrays(table["state"].combine_chunks().cast(pa.int32()), pa.array(STATES))
    return table.set_column(table.column_names.index("state"), "state", state)
