"""The totals table as an Ibis expression, with what came between the marks and the total (SCORING.md, Result tables)."""

from __future__ import annotations

from collections.abc import Iterable

import ibis

from ronghe.scoring.exact import BIG, Expr, big, fixed_text, plain_text
from ronghe.scoring.expressions_marks import UNIT
from ronghe.scoring.numbers import as_units, plain
from ronghe.scoring.scheme_checks import full_scale
from ronghe.scoring.scheme_model import Dimension, Indicator, Scheme, Veto


def publish_totals(totals: Expr, dimensions: Expr, marks: Expr, scheme: Scheme) -> Expr:
    """Return the columns of the totals table; totals as integers, which the caller scales."""
    wide = _widen_dimensions(dimensions, scheme)
    rows = totals.join(wide, UNIT)
    if scheme.vetoes:
        rows = rows.join(_widen_vetoes(marks, scheme), UNIT)
    reasons = [rows[f"why_{number}"] for number in range(len(scheme.dimensions))]
    reasons += [rows[f"veto_{number}"] for number in range(len(scheme.vetoes))]
    reasons += _explain_total(rows, scheme)
    # Each reason carries a separator in front; the first one is cut off.
    because = _concat(reasons).substr(1)
    return rows.select(
        *UNIT, "total", grade=_grade(rows, scheme),
        state=ibis.ifelse(rows.final, "final", "provisional"),
        missing=rows.missing, vetoed=rows.vetoed, because=because,
        **{f"dim_{item.code}": rows[f"dim_{number}"] for number, item in enumerate(scheme.dimensions)},
    )


def _grade(rows: Expr, scheme: Scheme) -> Expr:
    if not scheme.grades:
        return ibis.literal("")
    # A grade's minimum may have more decimals than a total: compare with the next total on the grid.
    cases = [
        (rows.final & (rows.total >= big(_ceiling_units(grade.min, scheme.digits))), grade.name)
        for grade in scheme.grades
    ]
    return ibis.cases(*cases, else_="")


def _ceiling_units(value: object, digits: int) -> int:
    from fractions import Fraction
    from math import ceil

    return ceil(Fraction(str(value)) * 10**digits)


def _widen_dimensions(dimensions: Expr, scheme: Scheme) -> Expr:
    rows = dimensions.filter(dimensions.dimension != "")
    for number, item in enumerate(scheme.dimensions):
        rows = rows.mutate(**{f"text_{number}": _explain_dimension(rows, item, scheme)})
    columns: dict[str, Expr] = {}
    for number, item in enumerate(scheme.dimensions):
        mine = rows.dimension == item.code
        columns[f"dim_{number}"] = ibis.ifelse(mine, rows.subtotal, ibis.null(BIG)).max()
        columns[f"why_{number}"] = ibis.ifelse(mine, rows[f"text_{number}"], "").max()
    units = dimensions.select(*UNIT).distinct()
    wide = rows.group_by(UNIT).agg(**columns)
    # A unit may have no dimension at all: a track of which only vetoes speak.
    joined = units.left_join(wide, UNIT)
    return joined.select(
        *UNIT,
        **{f"dim_{number}": joined[f"dim_{number}"] for number in range(len(scheme.dimensions))},
        **{f"why_{number}": joined[f"why_{number}"].fill_null("") for number in range(len(scheme.dimensions))},
    )


def _explain_dimension(rows: Expr, item: Dimension, scheme: Scheme) -> Expr:
    digits, scale = scheme.digits, full_scale(scheme)
    name = item.name
    left_out = ibis.ifelse(
        rows.left_out & (rows.scored > 0), ibis.literal(f";{name}:有分值的指标全部免考,不计入总分"), ""
    )
    kept = ~rows.left_out
    scaled = ibis.ifelse(
        kept & rows.scales,
        ibis.literal(f";{name}:有指标免考,") + fixed_text(rows.mark_sum, digits) + " × "
        + plain_text(rows.full_all, scale) + " ÷ " + plain_text(rows.full_left, scale) + " = "
        + fixed_text(rows.scaled.fill_null(big(0)), digits),
        "",
    )
    parts = [left_out, scaled]
    if item.cap is not None:
        parts.append(ibis.ifelse(
            kept & (rows.scaled > rows.capped),
            ibis.literal(f";{name}:合计 ") + fixed_text(rows.scaled.fill_null(big(0)), digits)
            + f",封顶 {plain(item.cap)}",
            "",
        ))
    parts.append(ibis.ifelse(kept & (rows.zeroing > 0), ibis.literal(f";{name}:一票否决,计 0 分"), ""))
    return _concat([part.fill_null("") for part in parts])


def _widen_vetoes(marks: Expr, scheme: Scheme) -> Expr:
    rows = marks.filter(marks.is_veto)
    columns = {
        f"veto_{number}": ibis.ifelse(rows.indicator == veto.code, _explain_veto(rows, veto), "").max()
        for number, veto in enumerate(scheme.vetoes)
    }
    wide = rows.group_by(UNIT).agg(**columns)
    units = marks.select(*UNIT).distinct()
    joined = units.left_join(wide, UNIT)
    return joined.select(
        *UNIT, **{name: joined[name].fill_null("") for name in columns}
    )


def _explain_veto(rows: Expr, veto: Indicator) -> Expr:
    assert isinstance(veto.rule, Veto)  # noqa: S101 - the caller passes vetoes only
    return ibis.cases(
        (rows.strikes, f";否决项 {veto.name} 已触发"),
        (rows.state == "exempt", ""),
        (rows.actual.isnull(), f";否决项 {veto.name} 未报,按未发生计"),
        else_="",
    )


def _explain_total(rows: Expr, scheme: Scheme) -> list[Expr]:
    digits, scale = scheme.digits, full_scale(scheme)
    kept = rows.kept > 0
    parts = [
        ibis.ifelse(rows.kept == 0, ";没有可计分的维度,没有总分", ""),
        ibis.ifelse(
            kept & rows.total_scales,
            ibis.literal(";有维度不计入,各维度合计 ") + fixed_text(rows.dimension_sum, digits) + " × "
            + plain_text(rows.total_full_all, scale) + " ÷ " + plain_text(rows.total_full_kept, scale) + " = "
            + fixed_text(rows.total_scaled.fill_null(big(0)), digits),
            "",
        ),
    ]
    scaled = rows.total_scaled.fill_null(big(0))
    if scheme.cap is not None:
        cap = big(as_units(scheme.cap, digits))
        parts.append(ibis.ifelse(
            kept & (scaled > cap),
            ibis.literal(";总分 ") + fixed_text(scaled, digits) + f",封顶 {plain(scheme.cap)}", "",
        ))
    if scheme.floor is not None:
        floor = big(as_units(scheme.floor, digits))
        parts.append(ibis.ifelse(
            kept & (scaled < floor),
            ibis.literal(";总分 ") + fixed_text(scaled, digits) + f",保底 {plain(scheme.floor)}", "",
        ))
    parts.append(ibis.ifelse(
        kept & rows.total_limit.notnull(),
        ibis.literal(";一票否决,总分 ") + fixed_text(rows.total_bounded.fill_null(big(0)), digits) + ",不超过 "
        + fixed_text(rows.total_limit.fill_null(big(0)), digits),
        "",
    ))
    parts.append(ibis.ifelse(
        kept & (rows.zeroing_total > 0),
        ibis.literal(";一票否决,总分 ") + fixed_text(rows.total_limited.fill_null(big(0)), digits) + " 改计 0 分",
        "",
    ))
    return [part.fill_null("") for part in parts]


def _concat(parts: Iterable[Expr]) -> Expr:
    text = ibis.literal("")
    for part in parts:
        text = text + part
    return text
