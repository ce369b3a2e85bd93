"""What came between the marks and the total, in words, as Ibis expressions (SCORING.md, Result tables: totals).

A reason is a text that begins with ';', or empty; `totals.py` joins a unit's reasons in the scheme's order.
"""

from __future__ import annotations

import ibis

from ronghe.scoring.exact import Expr, fixed_text, plain_text
from ronghe.scoring.expressions_marks import UNIT


def explain_dimensions(totals: Expr, summed: Expr, dimensions: Expr, tracks: Expr) -> Expr:
    """Return one row for each unit and dimension of the scheme, whether or not its track has it."""
    sums = summed.join(tracks.drop("cap_units"), "track")
    sums = sums.mutate(
        sum_text=_marks(sums.mark_sum, sums),
        scaled_text=_marks(sums.scaled, sums),
        all_text=_fulls(sums.full_all, sums),
        left_text=_fulls(sums.full_left, sums),
        cap_text=_marks(sums.cap, sums),
    )
    kept = ~sums.left_out
    reason = (
        _say(sums.left_out & (sums.scored > 0), ibis.literal("有分值的指标全部免考,不计入总分"))
        + _say(
            kept & sums.scales,
            ibis.literal("有指标免考,") + sums.sum_text + " × " + sums.all_text + " ÷ " + sums.left_text + " = " + sums.scaled_text,
        )
        + _say(
            kept & sums.cap.notnull() & (sums.scaled > sums.capped),
            ibis.literal("合计 ") + sums.scaled_text + ",封顶 " + sums.cap_text,
        )
        + _say(kept & (sums.zeroing > 0), ibis.literal("一票否决,计 0 分"))
    )
    sums = sums.mutate(reason=reason).select(*UNIT, "dimension", "subtotal", "reason")
    grid = totals.select(*UNIT).cross_join(dimensions.filter(dimensions.dimension != "").drop("cap"))
    rows = grid.left_join(sums, [*UNIT, "dimension"]).select(*UNIT, "seq", "name", "subtotal", "reason")
    named = rows.reason.fill_null("").replace(";", ibis.literal(";") + rows.name + ":")
    return rows.select(*UNIT, "seq", subtotal=rows.subtotal, reason=named)


def explain_vetoes(totals: Expr, marks: Expr, vetoes: Expr) -> Expr:
    """Return one row for each unit and veto of the scheme, whether or not its track has it."""
    rows = marks.filter(marks.is_veto).select(*UNIT, "indicator", "strikes", "state", "actual")
    grid = totals.select(*UNIT).cross_join(vetoes)
    rows = grid.left_join(rows, [*UNIT, "indicator"]).select(*UNIT, "seq", "name", "strikes", "state", "actual")
    named = ibis.literal(";否决项 ") + rows.name
    reason = ibis.cases(
        (rows.state.isnull() | (rows.state == "exempt"), ""),
        (rows.strikes, named + " 已触发"),
        (rows.actual.isnull(), named + " 未报,按未发生计"),
        else_="",
    )
    return rows.select(*UNIT, "seq", reason=reason)


def publish_totals(totals: Expr) -> Expr:
    """Return a unit's total with the reasons that concern the total itself; the caller adds the dimensions."""
    rows = totals.mutate(
        sum_text=_marks(totals.dimension_sum, totals),
        all_text=_fulls(totals.total_full_all, totals),
        kept_text=_fulls(totals.total_full_kept, totals),
        scaled_text=_marks(totals.total_scaled, totals),
        bounded_text=_marks(totals.total_bounded, totals),
        limited_text=_marks(totals.total_limited, totals),
        cap_text=_marks(totals.cap_units, totals),
        floor_text=_marks(totals.floor_units, totals),
        limit_text=_marks(totals.total_limit, totals),
    )
    kept = rows.kept > 0
    reason = (
        _say(rows.kept == 0, ibis.literal("没有可计分的维度,没有总分"))
        + _say(
            kept & rows.total_scales,
            ibis.literal("有维度不计入,各维度合计 ")
            + rows.sum_text
            + " × "
            + rows.all_text
            + " ÷ "
            + rows.kept_text
            + " = "
            + rows.scaled_text,
        )
        + _say(
            kept & rows.cap_units.notnull() & (rows.total_scaled > rows.cap_units),
            ibis.literal("总分 ") + rows.scaled_text + ",封顶 " + rows.cap_text,
        )
        + _say(
            kept & rows.floor_units.notnull() & (rows.total_scaled < rows.floor_units),
            ibis.literal("总分 ") + rows.scaled_text + ",保底 " + rows.floor_text,
        )
        + _say(
            kept & rows.total_limit.notnull(),
            ibis.literal("一票否决,总分 ") + rows.bounded_text + ",不超过 " + rows.limit_text,
        )
        + _say(kept & (rows.zeroing_total > 0), ibis.literal("一票否决,总分 ") + rows.limited_text + " 改计 0 分")
    )
    return rows.select(*UNIT, "total", "final", "missing", "vetoed", reason=reason)


def _say(condition: Expr, text: Expr) -> Expr:
    said = ibis.literal(";") + text.fill_null("")
    return ibis.ifelse(condition.fill_null(False), said, ibis.literal(""))


def _marks(units: Expr, rows: Expr) -> Expr:
    return fixed_text(units, rows.digits, rows.mark_unit).fill_null("")


def _fulls(units: Expr, rows: Expr) -> Expr:
    return plain_text(units, rows.full_digits, rows.full_unit).fill_null("")
