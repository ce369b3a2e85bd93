"""Numbers of a figures file: -?digits(.digits)? in ASCII, 12 digits before the point and 6 after it (SCORING.md, Figures)."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from ronghe.scoring.tables import FIGURE

FIGURE_PATTERN = r"^-?[0-9]{1,12}(\.[0-9]{1,6})?$"
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)


def read_numbers(column: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Return a column as decimal(18, 6), NULL where empty or wrong, and a mask of the cells that are wrong."""
    kind = column.type
    if pa.types.is_decimal(kind) and kind.scale <= 6 and kind.precision - kind.scale <= 12:
        return column.cast(FIGURE), pc.and_(pc.is_null(column), False)
    texts = _as_texts(column)
    empty = pc.fill_null(pc.equal(texts, ""), True)
    right = pc.fill_null(pc.match_substring_regex(texts, FIGURE_PATTERN), False)
    values = pc.if_else(right, texts, pa.scalar(None, pa.string())).cast(FIGURE)
    return values, pc.and_not(pc.invert(right), empty)


def explain_number(text: str) -> str:
    """Say what is wrong with a cell that is no figure."""
    if _NOT_FINITE.fullmatch(text):
        return f"数字应是有限的:{text}"
    if _NUMBER.fullmatch(text):
        return f"数字过长,小数点前至多 12 位、后至多 6 位:{text}"
    return f"应为数字:{text}"


def _as_texts(column: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_floating(column.type):
        from ronghe.scoring.figures_files import text_of_double

        return pa.array([None if value is None else text_of_double(value) for value in column.to_pylist()], pa.string())
    if pa.types.is_decimal(column.type):
        from ronghe.scoring.numbers import plain

        return pa.array([None if value is None else plain(value) for value in column.to_pylist()], pa.string())
    return pc.utf8_trim_whitespace(column.cast(pa.string()))
