"""Laying a unit's dimensions side by side and joining its reasons (SCORING.md, Result tables: totals).

The engines give long tables, sorted by unit and then by the order in the scheme, with a row for each unit and
dimension (veto) of the scheme; so column k of n is every n-th row from k on.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil

import pyarrow as pa
import pyarrow.compute as pc

from ronghe.scoring.scheme_model import Scheme


def assemble_totals(scheme: Scheme, totals: pa.Table, dimension_reasons: pa.Table, veto_reasons: pa.Table) -> pa.Table:
    """Return the totals table with its `dim_` columns, grades and reasons; marks are integers still."""
    width = len(scheme.dimensions)
    reasons = [_column(dimension_reasons["reason"], number, width) for number in range(width)]
    count = len(scheme.vetoes)
    reasons += [_column(veto_reasons["reason"], number, count) for number in range(count)]
    joined = pc.binary_join_element_wise(*reasons, totals["reason"].combine_chunks(), "")
    columns = {
        "u": totals["u"],
        "total": totals["total"],
        "grade": grade_totals(scheme, totals).dictionary_encode(),
        "state": pc.if_else(totals["final"], "final", "provisional").combine_chunks().dictionary_encode(),
        "missing": totals["missing"],
        "vetoed": totals["vetoed"],
        # Each reason begins with a separator; the first one is cut off.
        "because": pc.utf8_slice_codeunits(joined, 1),
    }
    for number, dimension in enumerate(scheme.dimensions):
        columns[f"dim_{dimension.code}"] = _column(dimension_reasons["subtotal"], number, width)
    return pa.table(columns)


def _column(long: pa.ChunkedArray, first: int, width: int) -> pa.Array:
    rows = pa.array(range(first, len(long), width), type=pa.int64())
    return long.combine_chunks().take(rows)


def name_columns(scheme: Scheme, totals: pa.Table, dimension_reasons: pa.Table, veto_reasons: pa.Table) -> pa.Table:
    """`assemble_totals` for rows that have their names already."""
    assembled = assemble_totals(scheme, totals, dimension_reasons, veto_reasons)
    for name in ("period", "track", "unit"):
        assembled = assembled.append_column(name, totals[name])
    return assembled


def grade_totals(scheme: Scheme, totals: pa.Table) -> pa.Array:
    """Return each final total's grade: the best whose minimum it reaches; empty elsewhere."""
    total = totals["total"].combine_chunks()
    grades: pa.Array = pa.nulls(len(total), pa.string())
    for grade in reversed(scheme.grades):
        # A minimum may have more decimals than a total: compare with the next total on the grid.
        least = Decimal(ceil(Fraction(grade.min) * 10**scheme.digits))
        reached = pc.greater_equal(total, pa.scalar(least, total.type))
        grades = pc.if_else(pc.and_(totals["final"].combine_chunks(), reached), grade.name, grades)
    return grades
