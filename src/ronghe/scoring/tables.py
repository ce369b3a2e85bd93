"""The shapes of the figures table and of the four result tables (SCORING.md, Figures; Result tables)."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ronghe.scoring.scheme_model import Scheme

FIGURE = pa.decimal128(18, 6)
NO_TRACK = "-"
STATES = ("ok", "missing", "exempt", "veto")
"""A mark's state; rows hold its number until they are published."""
RESULT_NAMES = ("marks", "totals", "places", "gaps")

TEXT = pa.dictionary(pa.int32(), pa.string())
"""Texts of figures and results: a file has few different ones, so that each row holds a number."""

FIGURES = pa.schema(
    [
        ("unit", TEXT),
        ("track", TEXT),
        ("period", TEXT),
        ("indicator", TEXT),
        ("actual", FIGURE),
        ("target", FIGURE),
        ("base", FIGURE),
        ("exempt", TEXT),
        ("target_note", TEXT),
    ]
)
"""One row for each (unit, period, indicator); `exempt` and `target_note` are our extension, NULL where empty."""

CODED_FIGURES = pa.schema(
    [
        ("u", pa.int32()),
        ("g", pa.int32()),
        ("seq", pa.int32()),
        ("actual", pa.int64()),
        ("target", pa.int64()),
        ("base", pa.int64()),
        ("is_exempt", pa.bool_()),
    ]
)
"""The figures as the steps read them: a unit in its period and track is `u`, its group (a track in a period) `g`, an indicator its place
in the scheme, numbers are integers of millionths. Names come back where results are published."""

UNITS = pa.schema(
    [("u", pa.int32()), ("g", pa.int32()), ("period", pa.string()), ("track", pa.string()), ("unit", pa.string()), ("short", pa.bool_())]
)
"""What stands behind `u`, in the order of the results; `short`: the unit lacks a row of some indicator of the scheme."""

NOTES = pa.schema([("u", pa.int32()), ("seq", pa.int32()), ("exempt", pa.string()), ("target_note", pa.string())])
"""The few rows that say something in words."""

GIVEN = pa.schema(
    [pa.field(field.name, pa.int64() if field.type == FIGURE else pa.string()) for field in FIGURES],
)
"""Figures as Spark gets them: names, and numbers as integers of millionths."""

INPUTS = {"figures": CODED_FIGURES, "units": UNITS, "notes": NOTES}


def low_words(chunk: pa.Array) -> Any:
    """Return decimals of up to 18 digits as the integers that they are (a NumPy array; what stands at a NULL means nothing)."""
    import numpy as np

    return np.frombuffer(chunk.buffers()[1], dtype="<i8")[2 * chunk.offset : 2 * (chunk.offset + len(chunk)) : 2]


def result_schema(name: str, scheme: Scheme) -> pa.Schema:
    """Return the columns of a result table. Marks are decimal(38, digits), x and figures decimal(38, 6); texts that recur are dictionaries."""
    mark, figure, text, count = pa.decimal128(38, scheme.digits), pa.decimal128(38, 6), TEXT, pa.int64()
    head = [("period", text), ("track", text), ("unit", text)]
    if name == "marks":
        rest = [
            ("dimension", text),
            ("indicator", text),
            ("actual", FIGURE),
            ("target", FIGURE),
            ("x", figure),
            ("full", mark),
            ("mark", mark),
            ("lost", mark),
            ("state", text),
            ("because", pa.string()),
        ]
    elif name == "totals":
        rest = [
            ("total", mark),
            ("grade", text),
            ("state", text),
            ("missing", count),
            ("vetoed", count),
            ("because", pa.string()),
            *((f"dim_{dimension.code}", mark) for dimension in scheme.dimensions),
        ]
    elif name == "places":
        rest = [
            ("total", mark),
            ("place", count),
            ("peers", count),
            ("tied", count),
            ("to_next", mark),
            ("because", pa.string()),
        ]
    else:
        rest = [
            ("indicator", text),
            ("mark", mark),
            ("lost", mark),
            ("to_target", figure),
            ("leader", text),
            ("to_leader", mark),
            ("to_mean", mark),
            ("needed_actual", figure),
        ]
    return pa.schema([*head, *rest])


def scale_result(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Give an engine's result its types: an integer of units becomes a decimal by its scale alone, nothing is computed."""
    columns = [_scale(table.column(field.name), field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def _scale(column: pa.ChunkedArray, wanted: pa.DataType) -> pa.ChunkedArray:
    if column.type == wanted:
        return column
    if pa.types.is_decimal(wanted) and column.type == pa.int64():
        return pa.chunked_array([_decimals(chunk, wanted) for chunk in column.chunks], type=wanted)
    if pa.types.is_decimal(wanted) and pa.types.is_decimal(column.type) and column.type.scale == 0:
        return _rescale(column, wanted)
    return column.cast(wanted)


def _decimals(chunk: pa.Array, wanted: pa.DataType) -> pa.Array:
    """Write 64-bit integers as decimals: 128 bits, the upper half all sign."""
    import numpy as np

    low = np.frombuffer(chunk.buffers()[1], dtype="<i8")[chunk.offset : chunk.offset + len(chunk)]
    words = np.empty((len(chunk), 2), dtype="<i8")
    words[:, 0], words[:, 1] = low, low >> 63
    valid = pc.is_valid(chunk).buffers()[1] if chunk.null_count else None
    return pa.Array.from_buffers(wanted, len(chunk), [valid, pa.py_buffer(words)], null_count=chunk.null_count)


def _rescale(column: pa.ChunkedArray, wanted: pa.DataType) -> pa.ChunkedArray:
    """Read the same integers at another scale."""
    chunks = [
        pa.Array.from_buffers(wanted, len(chunk), chunk.buffers(), null_count=chunk.null_count, offset=chunk.offset)
        for chunk in column.chunks
    ]
    return pa.chunked_array(chunks, type=wanted)
