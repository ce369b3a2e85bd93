"""Names to numbers and back, as Ibis expressions, for an engine that reads the figures where they lie (Spark).

What DuckDB gets is numbered before it (`coding.py`) and named after it (`naming.py`).
"""

from __future__ import annotations

import ibis

from ronghe.scoring.exact import Expr
from ronghe.scoring.expressions_marks import FIGURE_COLUMNS
from ronghe.scoring.tables import STATES

UNIT = ["period", "track", "unit"]


def number_units(given: Expr, items: Expr) -> Expr:
    """Number the units `u` and the groups `g` in the order of the results; the windows run over units only."""
    counts = given.group_by(UNIT).agg(present_rows=given.count())
    sizes = items.group_by("track").agg(wanted_rows=items.count())
    units = counts.join(sizes, "track")
    return units.select(
        u=ibis.row_number().over(ibis.window(order_by=UNIT)).cast("int32"),
        g=ibis.dense_rank().over(ibis.window(order_by=UNIT[:2])).cast("int32"),
        period=units.period,
        track=units.track,
        unit=units.unit,
        short=units.present_rows < units.wanted_rows,
    )


def number_figures(given: Expr, units: Expr, items: Expr) -> Expr:
    """Replace names by numbers."""
    rows = given.join(units.drop("short"), UNIT).join(items, ["track", "indicator"])
    return rows.select("u", "g", "seq", *FIGURE_COLUMNS, is_exempt=rows.exempt.notnull())


def collect_notes(given: Expr, units: Expr, items: Expr) -> Expr:
    """Return the rows that say something in words."""
    noted = given.filter(given.exempt.notnull() | given.target_note.notnull())
    return noted.join(units.drop("short"), UNIT).join(items, ["track", "indicator"]).select("u", "seq", "exempt", "target_note")


def name_marks(marks: Expr, units: Expr, rules: Expr) -> Expr:
    """Return the columns of the marks table; marks and x as integers, which the caller scales."""
    rows = marks.join(units.select("u", *UNIT), "u").join(rules.select("seq", "dimension", "indicator", "full_units"), "seq")
    state = ibis.cases(*((rows.state == code, name) for code, name in enumerate(STATES)))
    return rows.select(
        *UNIT, "dimension", "indicator", "actual", "target", "x", "mark", "lost", "because", "u", "seq", full=rows.full_units, state=state
    )


def name_gaps(gaps: Expr, units: Expr, rules: Expr) -> Expr:
    """Return the columns of the gaps table."""
    rows = gaps.join(units.select("u", *UNIT), "u").join(rules.select("seq", "indicator"), "seq")
    rows = rows.left_join(units.select(leading="u", leader="unit"), "leading")
    names = ("indicator", "mark", "lost", "to_target", "leader", "to_leader", "to_mean", "needed_actual", "u", "seq")
    return rows.select(*UNIT, *names)


def name_units(rows: Expr, units: Expr) -> Expr:
    """Put a unit's names in place of its number."""
    named = rows.join(units.select("u", *UNIT), "u")
    return named.select(*UNIT, *rows.columns)
