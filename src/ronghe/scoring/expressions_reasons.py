"""What came between the marks and the total, in words, as Ibis expressions (SCORING.md, Result tables: totals).

A reason is a text that begins with ';', or empty; `totals.py` joins a unit's reasons in the scheme's order.
"""

from __future__ import annotations

import ibis

from ronghe.scoring.exact import Expr, mark_text, plain_text
from ronghe.scoring.expressions_marks import EXEMPT


def explain_dimensions(totals: Expr, summed: Expr, dimensions: Expr) -> Expr:
    """Return one row for each unit and dimension of the scheme, whether or not its track has it."""
    sums = summed.join(totals.select("u", "digits", "full_digits", "full_unit"), "u")
    kept = ~sums.left_out
    scaled = _marks(sums.scaled, sums)
    reason = (
        _say(sums.left_out & (sums.scored > 0), ibis.literal("有分值的指标全部免考,不计入总分"))
        + _say(
            kept & sums.scales,
            ibis.literal("有指标免考,")
            + _marks(sums.mark_sum, sums)
            + " × "
            + _fulls(sums.full_all, sums)
            + " ÷ "
            + _fulls(sums.full_left, sums)
            + " = "
            + scaled,
        )
        + _say(kept & sums.cap.notnull() & (sums.scaled > sums.capped), ibis.literal("合计 ") + scaled + ",封顶 " + _marks(sums.cap, sums))
        + _say(kept & (sums.zeroing > 0), ibis.literal("一票否决,计 0 分"))
    )
    sums = sums.mutate(reason=reason).select("u", "dim", "subtotal", "reason")
    grid = totals.select("u").cross_join(dimensions.filter(dimensions.dim >= 0).drop("cap"))
    rows = grid.left_join(sums, ["u", "dim"]).select("u", "dim", "name", "subtotal", "reason")
    named = ibis.ifelse(
        rows.reason.fill_null("") == "",
        ibis.literal(""),
        rows.reason.fill_null("").replace(";", ibis.literal(";") + rows.name + ":"),
    )
    return rows.select("u", seq=rows.dim, subtotal=rows.subtotal, reason=named)


def explain_vetoes(totals: Expr, marks: Expr, vetoes: Expr) -> Expr:
    """Return one row for each unit and veto of the scheme, whether or not its track has it."""
    rows = marks.filter(marks.is_veto).select("u", "strikes", "state", "actual", item=marks.seq)
    grid = totals.select("u").cross_join(vetoes)
    rows = grid.left_join(rows, ["u", "item"]).select("u", "seq", "name", "strikes", "state", "actual")
    named = ibis.literal(";否决项 ") + rows.name
    reason = ibis.cases(
        (rows.state.isnull() | (rows.state == EXEMPT), ""),
        (rows.strikes, named + " 已触发"),
        (rows.actual.isnull(), named + " 未报,按未发生计"),
        else_="",
    )
    return rows.select("u", "seq", reason=reason)


def publish_totals(totals: Expr) -> Expr:
    """Return a unit's total with the reasons that concern the total itself; the caller adds the dimensions."""
    rows = totals
    kept = rows.kept > 0
    scaled = _marks(rows.total_scaled, rows)
    reason = (
        _say(rows.kept == 0, ibis.literal("没有可计分的维度,没有总分"))
        + _say(
            kept & rows.total_scales,
            ibis.literal("有维度不计入,各维度合计 ")
            + _marks(rows.dimension_sum, rows)
            + " × "
            + _fulls(rows.total_full_all, rows)
            + " ÷ "
            + _fulls(rows.total_full_kept, rows)
            + " = "
            + scaled,
        )
        + _say(
            kept & rows.cap_units.notnull() & (rows.total_scaled > rows.cap_units),
            ibis.literal("总分 ") + scaled + ",封顶 " + _marks(rows.cap_units, rows),
        )
        + _say(
            kept & rows.floor_units.notnull() & (rows.total_scaled < rows.floor_units),
            ibis.literal("总分 ") + scaled + ",保底 " + _marks(rows.floor_units, rows),
        )
        + _say(
            kept & rows.total_limit.notnull(),
            ibis.literal("一票否决,总分 ") + _marks(rows.total_bounded, rows) + ",不超过 " + _marks(rows.total_limit, rows),
        )
        + _say(kept & (rows.zeroing_total > 0), ibis.literal("一票否决,总分 ") + _marks(rows.total_limited, rows) + " 改计 0 分")
    )
    return rows.select("u", "total", "final", "missing", "vetoed", reason=reason)


def _say(condition: Expr, text: Expr) -> Expr:
    said = ibis.literal(";") + text.fill_null("")
    return ibis.ifelse(condition.fill_null(False), said, ibis.literal(""))


def _marks(units: Expr, rows: Expr) -> Expr:
    return mark_text(units, rows.digits).fill_null("")


def _fulls(units: Expr, rows: Expr) -> Expr:
    return plain_text(units, rows.full_digits, rows.full_unit).fill_null("")
