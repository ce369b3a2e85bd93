"""The four result tables as Spark frames: what `totals.py` and `tables.py` do in Arrow, done where the rows are.

Nothing is computed here but texts laid side by side; an integer becomes a decimal by its scale.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

import pyarrow as pa

from ronghe.scoring.scheme_model import Scheme
from ronghe.scoring.tables import RESULT_NAMES, result_schema

Frames = dict[str, Any]


def result_frames(scheme: Scheme, frames: Frames, *, files: int) -> Frames:
    """Return the tables without their period, in so many partitions of neighbouring units, each in the order of the results."""
    named = {name: frames[f"named_{name}"] for name in RESULT_NAMES}
    named["totals"] = _totals(scheme, named["totals"], frames["dimension_reasons"], frames["veto_reasons"])
    units = max(1, frames["named_places"].count())
    tables = {}
    for name in RESULT_NAMES:
        rows = _in_order(named[name], units, files)
        schema = result_schema(name, scheme)
        tables[name] = rows.select(*(_typed(field) for field in schema if field.name != "period"))
    return tables


def _totals(scheme: Scheme, totals: Any, dimension_reasons: Any, veto_reasons: Any) -> Any:
    from pyspark.sql import functions as f

    def at(column: str, number: int) -> Any:
        return f.max(f.when(f.col("seq") == number, f.col(column)))

    codes = [dimension.code for dimension in scheme.dimensions]
    said = [at("reason", number) for number in range(len(codes))]
    subtotals = [at("subtotal", number).alias(f"dim_{code}") for number, code in enumerate(codes)]
    rows = totals.join(dimension_reasons.groupBy("u").agg(*subtotals, f.concat(*said).alias("of_dimensions")), "u")
    of_vetoes = f.lit("")
    if scheme.vetoes:
        struck = veto_reasons.groupBy("u").agg(f.concat(*(at("reason", number) for number in range(len(scheme.vetoes)))).alias("of_vetoes"))
        rows, of_vetoes = rows.join(struck, "u"), f.col("of_vetoes")
    # Each reason begins with a separator; the first one is cut off.
    because = f.substring(f.concat("of_dimensions", of_vetoes, "reason"), 2, 1 << 30)
    state = f.when(f.col("final"), "final").otherwise("provisional")
    return rows.select("*", because.alias("because"), state.alias("state"), _grade(scheme).alias("grade"))


def _grade(scheme: Scheme) -> Any:
    from pyspark.sql import functions as f

    grade = f.lit(None).cast("string")
    for item in reversed(scheme.grades):
        # A minimum may have more decimals than a total: compare with the next total on the grid.
        least = Decimal(ceil(Fraction(item.min) * 10**scheme.digits))
        grade = f.when(f.col("final") & (f.col("total") >= f.lit(least).cast("decimal(38,0)")), item.name).otherwise(grade)
    return grade


def _typed(field: pa.Field) -> Any:
    from pyspark.sql import functions as f

    column = f.col(f"`{field.name}`")
    if pa.types.is_decimal(field.type):
        scale = field.type.scale
        one = f.lit(Decimal(1).scaleb(-scale)).cast(f"decimal({scale + 1},{scale})")
        kind = f"decimal({field.type.precision},{scale})"
        return (column.cast("decimal(38,0)" if field.type.precision == 38 else "decimal(18,0)") * one).cast(kind).alias(field.name)
    return column.cast("bigint" if pa.types.is_int64(field.type) else "string").alias(field.name)


def _in_order(rows: Any, units: int, files: int) -> Any:
    """Put the rows of each range of units into the partition of its number, and in order there."""
    from pyspark.sql import functions as f

    order = ["u", "seq"] if "seq" in rows.columns else ["u"]
    if files == 1:
        return rows.coalesce(1).sortWithinPartitions(*order)
    # Spark sends a row where the hash of a number says; to sort by ranges it would have to compute all rows twice.
    session = rows.sparkSession
    hashed = session.range(files * 64).select("id", f.pmod(f.hash(f.col("id").cast("int")), f.lit(files)).alias("part"))
    key_of = {row.part: row.key for row in hashed.groupBy("part").agg(f.min("id").alias("key")).collect()}
    keys = f.array(*(f.lit(key_of[part]).cast("int") for part in range(files)))
    part = f.least(f.floor(f.col("u").cast("bigint") * files / f.lit(units)).cast("int"), f.lit(files - 1))
    return rows.withColumn("placed", f.element_at(keys, part + 1)).repartition(files, "placed").sortWithinPartitions(*order)
