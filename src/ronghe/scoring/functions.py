"""The few functions that each engine has in its own words, because Ibis's words for them are inexact or slow there.

`ronghe_quotient(a, b)`: a // b for a ≥ 0, b > 0. `ronghe_mark_text(units, digits)`: units of 10^-digits with exactly so
many decimals. `ronghe_micro_text(units)`: millionths without trailing zeros. Tests hold all of them against Python.
"""

from __future__ import annotations

_MARK_TEXT = """
CREATE TEMP MACRO ronghe_mark_text(units, digits) AS CASE digits
    WHEN 2 THEN CAST(CAST(units AS {wide}) * CAST(0.01 AS DECIMAL(3, 2)) AS VARCHAR)
    WHEN 0 THEN CAST(units AS VARCHAR)
    WHEN 1 THEN CAST(CAST(units AS {wide}) * CAST(0.1 AS DECIMAL(2, 1)) AS VARCHAR)
    WHEN 3 THEN CAST(CAST(units AS {wide}) * CAST(0.001 AS DECIMAL(4, 3)) AS VARCHAR)
    WHEN 4 THEN CAST(CAST(units AS {wide}) * CAST(0.0001 AS DECIMAL(5, 4)) AS VARCHAR)
END
"""

DUCKDB_WIDE = (
    """
CREATE TEMP MACRO ronghe_quotient(a, b) AS CASE
    WHEN a < 1000000000000000000 AND b < 1000000000000000000
    THEN CAST(CAST(CAST(a AS DECIMAL(18, 0)) AS BIGINT) // CAST(CAST(b AS DECIMAL(18, 0)) AS BIGINT) AS DECIMAL(38, 0))
    ELSE CAST(CAST(a AS HUGEINT) // CAST(b AS HUGEINT) AS DECIMAL(38, 0))
END
""",
    _MARK_TEXT.format(wide="DECIMAL(38, 0)"),
    r"""
CREATE TEMP MACRO ronghe_micro_text(units) AS
    regexp_replace(CAST(CAST(units AS DECIMAL(38, 0)) * CAST(0.000001 AS DECIMAL(7, 6)) AS VARCHAR), '\.?0+$', '')
""",
)

DUCKDB_NARROW = (
    "CREATE TEMP MACRO ronghe_quotient(a, b) AS a // b",
    _MARK_TEXT.format(wide="DECIMAL(18, 0)"),
    # Most figures have two decimals or fewer: a text that needs no cutting takes a third of the time.
    r"""
CREATE TEMP MACRO ronghe_micro_text(units) AS CASE
    WHEN units % 1000000 = 0 THEN CAST(units // 1000000 AS VARCHAR)
    WHEN units % 100000 = 0 THEN CAST(CAST(units // 100000 AS DECIMAL(18, 0)) * CAST(0.1 AS DECIMAL(2, 1)) AS VARCHAR)
    WHEN units % 10000 = 0 THEN CAST(CAST(units // 10000 AS DECIMAL(18, 0)) * CAST(0.01 AS DECIMAL(3, 2)) AS VARCHAR)
    ELSE regexp_replace(CAST(CAST(units AS DECIMAL(18, 0)) * CAST(0.000001 AS DECIMAL(7, 6)) AS VARCHAR), '0+$', '')
END
""",
)

SPARK = {
    # The quotient of exact multiples is exact in decimal(38, 6); nothing is rounded.
    "ronghe_quotient": (("a", "b"), "CAST((a - a % b) / b AS DECIMAL(38, 0))"),
    "ronghe_mark_text": (
        ("units", "digits"),
        """
CASE WHEN digits = 0 THEN CAST(units AS STRING) ELSE REGEXP_REPLACE(
    CONCAT(CASE WHEN units < 0 THEN '-' ELSE '' END, LPAD(CAST(ABS(units) AS STRING), GREATEST(LENGTH(CAST(ABS(units) AS STRING)), digits + 1), '0')),
    CONCAT('([0-9]{', digits, '})$'), '.$1'
) END
""",
    ),
    "ronghe_micro_text": (
        ("units",),
        """
REGEXP_REPLACE(REGEXP_REPLACE(
    CONCAT(CASE WHEN units < 0 THEN '-' ELSE '' END, LPAD(CAST(ABS(units) AS STRING), GREATEST(LENGTH(CAST(ABS(units) AS STRING)), 7), '0')),
    '([0-9]{6})$', '.$1'
), '[.]?0+$', '')
""",
    ),
}
"""Written into the SQL where they are called: Spark analyses a function anew at each of its calls, which takes minutes."""

SPARK_NARROW = {**SPARK, "ronghe_quotient": (("a", "b"), "a DIV b")}
"""The same over BIGINT, whose division is whole; in ANSI mode no operation on it passes 64 bits unseen."""
