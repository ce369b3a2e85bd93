"""The shapes of the figures table and of the four result tables (SCORING.md, Figures; Result tables)."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from ronghe.scoring.scheme_model import Scheme

FIGURE = pa.decimal128(18, 6)
NO_TRACK = "-"
RESULT_NAMES = ("marks", "totals", "places", "gaps")

FIGURES = pa.schema(
    [
        ("unit", pa.string()),
        ("track", pa.string()),
        ("period", pa.string()),
        ("indicator", pa.string()),
        ("actual", FIGURE),
        ("target", FIGURE),
        ("base", FIGURE),
        ("exempt", pa.string()),
        ("target_note", pa.string()),
    ]
)
"""One row for each (unit, period, indicator); `exempt` and `target_note` are our extension, NULL where empty."""


ENGINE_FIGURES = pa.schema([pa.field(field.name, pa.int64() if field.type == FIGURE else field.type) for field in FIGURES])
"""The figures as the engines get them: numbers as integers of millionths, so that no engine has to convert decimals."""


def to_engine(figures: pa.Table) -> pa.Table:
    """Return checked figures in the engines' shape."""
    columns = [_integers(figures.column(field.name), field.type) for field in ENGINE_FIGURES]
    return pa.Table.from_arrays(columns, schema=ENGINE_FIGURES)


def _integers(column: pa.ChunkedArray, wanted: pa.DataType) -> pa.ChunkedArray:
    """Read decimals of 18 digits as the integers that they are; texts stay."""
    if column.type == wanted:
        return column
    return pa.chunked_array([_low_words(chunk) for chunk in column.chunks], type=wanted)


def _low_words(chunk: pa.Array) -> pa.Array:
    import numpy as np

    words = np.frombuffer(chunk.buffers()[1], dtype="<i8")[2 * chunk.offset : 2 * (chunk.offset + len(chunk)) : 2]
    return pa.array(words, mask=pc.is_null(chunk).to_numpy(zero_copy_only=False) if chunk.null_count else None)


def result_schema(name: str, scheme: Scheme) -> pa.Schema:
    """Return the columns of a result table. Marks are decimal(38, digits), x and figures decimal(38, 6)."""
    mark, figure, text, count = pa.decimal128(38, scheme.digits), pa.decimal128(38, 6), pa.string(), pa.int64()
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
            ("because", text),
        ]
    elif name == "totals":
        rest = [
            ("total", mark),
            ("grade", text),
            ("state", text),
            ("missing", count),
            ("vetoed", count),
            ("because", text),
            *((f"dim_{dimension.code}", mark) for dimension in scheme.dimensions),
        ]
    elif name == "places":
        rest = [
            ("total", mark),
            ("place", count),
            ("peers", count),
            ("tied", count),
            ("to_next", mark),
            ("because", text),
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
