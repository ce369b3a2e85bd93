"""Exact integer arithmetic in Ibis expressions. Every number here is decimal(38, 0) on every engine.

Where all of a file's numbers are small, DuckDB runs the same SQL over BIGINT (`compile.narrow_sql`), several times as
fast; its arithmetic is checked, so that a number too long for it is an error, never a wrong result, and the wide SQL runs.

Only the few functions `quotient`, `mark_text` and `micro_text` are written for each engine (decimal division gives a float
on DuckDB, texts are slow where every step is an expression): `functions.py` defines them when a connection opens.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from inspect import Parameter, Signature
from typing import Any

import ibis
import ibis.expr.datatypes as dt

BIG = dt.Decimal(38, 0)
CONCAT = "ronghe_concat"
"""Written as `concat` when a step's SQL is done: by that name Ibis would write a chain of operators."""
Expr = Any
"""An Ibis column or scalar; Ibis builds its classes dynamically, so that a type checker sees little of them."""


@ibis.udf.scalar.builtin(name="ronghe_quotient", signature=((BIG, BIG), BIG))
def quotient(a: Expr, b: Expr) -> Expr:
    """Return a // b for a ≥ 0 and b > 0."""


def big(value: int) -> Expr:
    """Return a literal that no engine takes for a smaller type."""
    return ibis.literal(Decimal(value), type=BIG)


def half_up(numerator: Expr, denominator: Expr) -> Expr:
    """Return numerator/denominator rounded half away from zero; the denominator is above 0."""
    return quotient(numerator.abs() * big(2) + denominator, denominator * big(2)) * _sign(numerator)


def _sign(value: Expr) -> Expr:
    # A factor instead of a case: each operand is written once, or nested formulas would double with each level.
    return ibis.ifelse(value < 0, big(-1), big(1))


def floor_quotient(a: Expr, b: Expr) -> Expr:
    """Return the greatest integer not above a/b, for b > 0 and a of either sign."""
    return quotient(a.abs() + ibis.ifelse(a < 0, b - big(1), big(0)), b) * _sign(a)


def ceil_quotient(a: Expr, b: Expr) -> Expr:
    """Return the least integer not below a/b, for b > 0 and a of either sign."""
    return -floor_quotient(-a, b)


def at_most(value: Expr, bound: Expr) -> Expr:
    """Return the lesser of both; NULL where either is NULL (`least` would ignore it and let nothing win)."""
    return ibis.ifelse(value > bound, bound, value)


def at_least(value: Expr, bound: Expr) -> Expr:
    """Return the greater of both; NULL where either is NULL."""
    return ibis.ifelse(value < bound, bound, value)


def integer_text(value: Expr) -> Expr:
    """Write an integer column of decimal(38, 0)."""
    return value.cast("string")


@ibis.udf.scalar.builtin(name="ronghe_mark_text", signature=((BIG, dt.int32), dt.string))
def mark_text(units: Expr, digits: Expr) -> Expr:
    """Write units of 10^-digits with exactly `digits` decimals, 0 to 4; NULL for NULL."""


@ibis.udf.scalar.builtin(name="ronghe_micro_text", signature=((BIG,), dt.string))
def micro_text(units: Expr) -> Expr:
    """Write millionths without trailing zeros; NULL for NULL."""


def concat(*parts: Any) -> Expr:
    """Join texts, none of them NULL, in one step: a chain of `+` copies what it has so far once for each part."""
    return _concat_of(len(parts))(*(ibis.literal(part) if isinstance(part, str) else part for part in parts))


@cache
def _concat_of(count: int) -> Any:
    def join(*parts: Expr) -> Expr:
        raise NotImplementedError

    join.__signature__ = Signature([Parameter(f"part{number}", Parameter.POSITIONAL_OR_KEYWORD) for number in range(count)])  # type: ignore[attr-defined]
    return ibis.udf.scalar.builtin(name=CONCAT, signature=((dt.string,) * count, dt.string))(join)


def plain_text(units: Expr, digits: Expr, unit: Expr) -> Expr:
    """Write units of 10^-digits without trailing zeros; `unit` is 10^digits, units are not below 0."""
    whole = quotient(units, unit)
    rest = integer_text(units - whole * unit).lpad(digits, "0")
    text = integer_text(whole) + ibis.literal(".") + rest
    return ibis.ifelse(digits > 0, text.re_replace(r"\.?0+$", ""), integer_text(units))
