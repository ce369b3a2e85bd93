"""Whether figures are right, asked of Spark's executors: the rules of `figures_checks.py` as one flag for each row.

What exactly is wrong is said by `figures_checks.py` itself, for the periods that are found here.
"""

from __future__ import annotations

from typing import Any

from ronghe.scoring.figures_numbers import FIGURE_PATTERN
from ronghe.scoring.periods import PERIOD_PATTERNS
from ronghe.scoring.scheme_model import Events, Scheme, Veto
from ronghe.scoring.tables import GIVEN, NO_TRACK

NUMBERS = ("actual", "target", "base")
SPACES = (
    "".join(map(chr, [*range(0x09, 0x0E), *range(0x1C, 0x20)]))
    + " \x85\xa0\u1680"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + "\u2028\u2029\u202f\u205f\u3000"
)
"""What Arrow trims off a text."""


class CannotTell(Exception):
    """Columns that only the ordinary reader takes exactly: doubles, for one, or types that differ from file to file."""


def list_figures(raw: Any, scheme: Scheme) -> Any:
    """Return the rows as `tables.GIVEN`, numbers in millionths, with `wrong`: whether the row itself breaks a rule.

    Raises CannotTell for columns of a type that is not read here.
    """
    from pyspark.sql import functions as f

    columns = {name.strip(): name for name in raw.columns}
    flags: list[Any] = []
    values: list[Any] = []
    for field in GIVEN:
        name = columns.get(field.name)
        if field.name in NUMBERS:
            value, bad = _number(raw, name)
            values.append(value.alias(field.name))
            flags.append(bad)
        else:
            text = f.lit(None).cast("string") if name is None else text_of(raw, name)
            values.append((f.coalesce(text, f.lit(NO_TRACK)) if field.name == "track" else text).alias(field.name))
    rows = raw.select(*values, _any(flags).alias("unread"))
    return rows.select(*GIVEN.names, _any([f.col("unread"), *_rules(scheme)]).alias("wrong"))


def spoilt_periods(given: Any) -> list[str | None] | None:
    """Return the periods with something wrong, None where all is right, and an empty list where there are no rows.

    Raises CannotTell where files differ in a column's type.
    """
    from pyspark.sql import functions as f

    # A unit's rows of a period meet once: two of one indicator, or two tracks, are seen there.
    groups = given.groupBy("period", "unit").agg(
        f.bool_or("wrong").alias("wrong"),
        (f.count(f.lit(1)) != f.size(f.collect_set("indicator"))).alias("twice"),
        (f.min("track") != f.max("track")).alias("mixed"),
    )
    try:
        found = groups.groupBy("period").agg(f.bool_or(f.col("wrong") | f.col("twice") | f.col("mixed")).alias("bad")).collect()
    except Exception as error:
        if "PARQUET_COLUMN_DATA_TYPE_MISMATCH" not in str(error):
            raise
        raise CannotTell("各文件同名列的类型不同") from error
    if not found:
        return []
    return [row.period for row in found if row.bad] or None


def text_of(raw: Any, name: str) -> Any:
    """Return a column's trimmed text, NULL where nothing is left. Raises CannotTell for types that are no texts."""
    from pyspark.sql import functions as f

    if raw.schema[name].dataType.typeName() not in ("string", "byte", "short", "integer", "long", "void"):
        raise CannotTell(f"{name} 列不是文字、整数或定长小数")
    return f.nullif(f.trim(f.col(f"`{name}`").cast("string"), f.lit(SPACES)), f.lit(""))


def _number(raw: Any, name: str | None) -> tuple[Any, Any]:
    """Return a column in millionths, and whether a cell is no figure."""
    from pyspark.sql import functions as f

    if name is None:
        return f.lit(None).cast("bigint"), f.lit(False)
    kind = raw.schema[name].dataType
    column = f.col(f"`{name}`")
    if kind.typeName() == "decimal":
        figure = column.try_cast("decimal(18,6)")
        fits = kind.scale <= 6 and kind.precision - kind.scale <= 12
        bad = f.lit(False) if fits else column.isNotNull() & (figure.isNull() | (figure != column))
    elif kind.typeName() in ("byte", "short", "integer", "long"):
        figure = column.try_cast("decimal(18,6)")
        bad = column.isNotNull() & figure.isNull()
    else:
        text = text_of(raw, name)
        right = text.rlike(FIGURE_PATTERN)
        figure = f.when(right, text).try_cast("decimal(18,6)")
        bad = text.isNotNull() & ~right
    return (figure * f.lit(1_000_000).cast("decimal(7,0)")).cast("bigint"), bad


def _rules(scheme: Scheme) -> list[Any]:
    from pyspark.sql import functions as f

    indicator, actual = f.col("indicator"), f.col("actual")
    flags = [f.col(name).isNull() for name in ("unit", "period", "indicator")]
    flags.append(~f.col("period").rlike(PERIOD_PATTERNS[scheme.period]))
    flags.append(~indicator.isin(*scheme.indicator_by_code))
    for item in scheme.indicators:
        if item.tracks is not None:
            flags.append((indicator == item.code) & ~f.col("track").isin(*item.tracks))
    counted = [item.code for item in scheme.indicators if isinstance(item.rule, Events | Veto)]
    if counted:
        flags.append(indicator.isin(*counted) & ((actual < 0) | (actual % 1_000_000 != 0)))
    return flags


def _any(flags: list[Any]) -> Any:
    from pyspark.sql import functions as f

    found = f.lit(False)
    for flag in flags:
        found = found | f.coalesce(flag, f.lit(False))
    return found
