"""Cutting a step's SQL where selects are nested (for Spark).

Spark merges nested projections and works out what is known of each row; with formulas on formulas either grows without
bound. So a nested select that computes something becomes a step of its own, whose plan ends where the next one begins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sqlglot
from sqlglot import exp

Functions = Mapping[str, tuple[tuple[str, ...], str]]


def unnest(name: str, sql: str, dialect: str, functions: Functions) -> dict[str, str]:
    """Return the step as steps by their name, the nested ones first and numbered: needed_1, needed_2, needed.

    `functions` are written out where they are called.
    """
    tree = _expand(sqlglot.parse_one(sql, read=dialect), functions, dialect)
    steps: dict[str, str] = {}

    def cut(query: exp.Expression) -> exp.Table:
        view = f"{name}_{len(steps) + 1}"
        steps[view] = query.sql(dialect=dialect, pretty=True)
        return exp.to_table(view)

    common: dict[str, str] = {}
    clause = tree.args.get("with_") or tree.args.get("with")
    if clause is not None:
        clause.pop()
        for query in clause.expressions:
            _cut_below(query.this, common, cut)
            common[query.alias] = cut(query.this).name
    _cut_below(tree, common, cut)
    steps[name] = tree.sql(dialect=dialect, pretty=True)
    return steps


def _expand(tree: Any, functions: Functions, dialect: str) -> Any:
    bodies = {name: (names, sqlglot.parse_one(text, read=dialect)) for name, (names, text) in functions.items()}
    # The innermost first: an argument is written out before it is put in its place.
    for call in reversed(list(tree.find_all(exp.Anonymous))):
        if call.name.lower() not in bodies:
            continue
        names, body = bodies[call.name.lower()]
        arguments = dict(zip(names, call.expressions, strict=True))
        written = exp.paren(body.copy())
        for column in list(written.find_all(exp.Column)):
            column.replace(exp.paren(arguments[column.name].copy()))
        call.replace(written)
    return tree


def _cut_below(query: exp.Expression, common: dict[str, str], cut: Callable[[exp.Expression], exp.Table]) -> None:
    for table in query.find_all(exp.Table):
        if table.name in common:
            table.this.replace(exp.to_identifier(common[table.name]))
    # The innermost first, so that an outer one is written with the names of those that were cut out of it.
    for nested in reversed(list(query.find_all(exp.Subquery))):
        if nested.parent is None or not isinstance(nested.parent, exp.From | exp.Join):
            continue
        if _computes(nested.this):
            view = cut(nested.this)
            nested.replace(exp.alias_(view, nested.alias, table=True) if nested.alias else view)


def _computes(query: exp.Expression) -> bool:
    if not isinstance(query, exp.Select):
        return True
    plain = (exp.Column, exp.Star)
    return any(not isinstance(item.unalias(), plain) for item in query.expressions) or any(
        query.args.get(key) for key in ("where", "group")
    )
