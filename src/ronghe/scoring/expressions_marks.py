"""Marks as Ibis expressions: from figures and parameters to one row for each unit and indicator (SCORING.md, Methods)."""

from __future__ import annotations

import ibis

from ronghe.scoring.exact import (
    BIG,
    Expr,
    at_least,
    at_most,
    big,
    fixed_text,
    half_up,
    micro_text,
    quotient,
)
from ronghe.scoring.numbers import MICRO

UNIT = ["period", "track", "unit"]
FIGURE_COLUMNS = ("actual", "target", "base")
NOTE_COLUMNS = ("exempt", "target_note")


def complete_figures(figures: Expr, items: Expr) -> Expr:
    """Add an empty row for each indicator of the scheme that a unit with any row lacks."""
    counts = figures.group_by(UNIT).agg(present_rows=figures.count())
    sizes = items.group_by("track").agg(wanted_rows=items.count())
    short = counts.join(sizes, "track")
    short = short.filter(short.present_rows < short.wanted_rows).select(*UNIT)
    wanted = short.join(items.select("track", "indicator"), "track").select(*UNIT, "indicator")
    # Only the units that lack something are looked up, not the whole file.
    reported = figures.semi_join(short, UNIT)
    absent = wanted.anti_join(reported, [*UNIT, "indicator"])
    absent = absent.mutate(**{name: ibis.null(figures.schema()[name]) for name in (*FIGURE_COLUMNS, *NOTE_COLUMNS)})
    columns = (*UNIT, "indicator", *FIGURE_COLUMNS, *NOTE_COLUMNS)
    return figures.select(*columns).union(absent.select(*columns))


def measure_figures(rows: Expr, items: Expr) -> Expr:
    """Add what each method looks at, x = p/r; `present` where x exists and the unit is not exempt."""
    rows = rows.join(items, ["track", "indicator"])
    rows = rows.mutate(**{name: rows[name].cast(BIG) for name in FIGURE_COLUMNS})
    actual, target, base = rows.actual, rows.target, rows.base
    on = rows.looks_at
    rows = rows.mutate(
        raw_p=ibis.cases(
            # x = actual/target with a positive divisor: the sign moves to the numerator.
            (on == "attainment", ibis.ifelse(target < 0, -actual, actual)),
            ((on == "deviation") | (on == "difference"), actual - target),
            (on == "growth", actual - base),
            else_=actual,
        ),
        raw_r=ibis.cases(
            ((on == "attainment") | (on == "deviation"), target.abs()),
            (on == "growth", base.abs()),
            else_=big(MICRO),
        ),
        is_exempt=rows.exempt.notnull(),
    )
    present = (rows.raw_p.notnull() & (rows.raw_r > 0)).fill_null(False) & ~rows.is_exempt
    rows = rows.mutate(present=present)
    return (
        rows.mutate(p=ibis.ifelse(rows.present, rows.raw_p, big(0)), r=ibis.ifelse(rows.present, rows.raw_r, big(1)))
        .drop("raw_p")
        .drop("raw_r")
    )


def mark_rows(rows: Expr, segments: Expr) -> Expr:
    """Find each row's segment, compute its mark in units of 10^-digits and its state."""
    joined = rows.join(
        segments,
        [
            rows.indicator == segments.indicator,
            rows.present == segments.present,
            segments.lo_n * rows.r <= rows.p * segments.lo_d,
            rows.p * segments.hi_d < segments.hi_n * rows.r,
        ],
    )
    joined = joined.mutate(line_n=joined.a * joined.p + joined.b * joined.r, line_d=joined.c * joined.r)
    joined = joined.mutate(
        # Only a rule of whole steps pays for this division; its numerator is never below 0 on its segment.
        steps=ibis.ifelse(joined.whole, quotient(at_least(joined.line_n, big(0)), joined.line_d), big(0))
    )
    joined = joined.mutate(
        mark_n=ibis.ifelse(joined.whole, joined.u * joined.steps + joined.v, joined.line_n) * joined.mark_unit,
        mark_d=ibis.ifelse(joined.whole, joined.w, joined.line_d),
    )
    joined = joined.mutate(free=half_up(joined.mark_n, joined.mark_d))
    state = ibis.cases(
        (joined.is_exempt, "exempt"),
        (joined.strikes, "veto"),
        (joined.present | joined.is_veto, "ok"),
        (joined.policy == "exempt", "exempt"),
        else_="missing",
    )
    joined = joined.mutate(state=state)
    unmarked = (joined.state == "exempt") | ((joined.state == "missing") & (joined.policy == "unplaced"))
    mark = ibis.ifelse(unmarked, ibis.null(BIG), at_least(at_most(joined.free, joined.high), joined.low))
    joined = joined.mutate(mark=mark)
    return joined.select(
        *UNIT,
        "indicator",
        "seq",
        "dimension",
        "is_veto",
        *FIGURE_COLUMNS,
        *NOTE_COLUMNS,
        "looks_at",
        "policy",
        "present",
        "p",
        "r",
        "segment",
        "free",
        "low",
        "high",
        "mark",
        "state",
        "strikes",
        "full_units",
        "full_scaled",
        "grid",
        "counts",
        "effect",
        "limit_units",
        "digits",
        "mark_unit",
    )


def publish_marks(marks: Expr, sentences: Expr) -> Expr:
    """Return the columns of the marks table; marks and x as integers, which the caller scales."""
    rows = marks.join(sentences, ["indicator", "present", "segment"])
    rows = _count_values(rows)
    rows = _write_values(rows)
    again = ibis.cases((rows.again == "x", rows.x_text), (rows.again == "y", rows.y_text), else_="")
    rows = rows.mutate(
        counted=_explain_x(rows) + rows.text1 + _shown(rows, "x") + rows.text2 + _shown(rows, "y") + rows.text3 + again + rows.text4,
        rounded=((rows.again == "x") & ~rows.x_exact) | ((rows.again == "y") & ~rows.y_exact),
    )
    has_x = rows.present & ~rows.looks_at.isin(["count", "mark"])
    # A mark is on the grid of the digits and `full` perhaps not: rounding `full` first gives the same difference.
    lost = at_least(rows.full_units - rows.mark, big(0))
    return rows.select(
        *UNIT,
        "dimension",
        "indicator",
        "actual",
        "target",
        x=ibis.ifelse(has_x, rows.ratio, ibis.null(BIG)),
        full=rows.full_units,
        mark=rows.mark,
        lost=lost,
        state=rows.state,
        because=_explain(rows),
        seq=rows.seq,
    )


def _count_values(rows: Expr) -> Expr:
    """Add x and the numbers of the sentence, in millionths."""
    rows = rows.mutate(
        x_n=(rows.x_a * rows.p + rows.x_b * rows.r).abs(),
        x_d=rows.x_c * rows.r,
        y_n=(rows.y_a * rows.p + rows.y_b * rows.r).abs(),
        y_d=rows.y_c * rows.r,
    )
    return rows.mutate(
        ratio=half_up(rows.p * big(MICRO), rows.r),
        x_units=half_up(rows.x_n * big(MICRO), rows.x_d),
        y_units=ibis.ifelse(
            # Whole steps are counted, not rounded.
            rows.y_whole,
            quotient(rows.y_n, rows.y_d) * big(MICRO),
            half_up(rows.y_n * big(MICRO), rows.y_d),
        ),
    )


def _write_values(rows: Expr) -> Expr:
    rows = rows.mutate(
        ratio_exact=rows.ratio * rows.r == rows.p * big(MICRO),
        x_exact=rows.x_units * rows.x_d == rows.x_n * big(MICRO),
        y_exact=rows.y_whole | (rows.y_units * rows.y_d == rows.y_n * big(MICRO)),
    )
    rows = rows.mutate(
        mark_text=fixed_text(rows.mark, rows.digits, rows.mark_unit).fill_null(""),
        ratio_text=_either(rows.ratio_exact, " = ", " ≈ ") + micro_text(rows.ratio),
        x_text=ibis.ifelse(rows.has_x, micro_text(rows.x_units), ""),
        y_text=ibis.ifelse(rows.has_y, micro_text(rows.y_units), ""),
        **{f"{name}_text": micro_text(rows[name]).fill_null("") for name in FIGURE_COLUMNS},
    )
    # A negative figure is bracketed where it is an operand.
    return rows.mutate(
        **{
            f"{name}_operand": ibis.ifelse(
                (rows[name] < 0).fill_null(False), ibis.literal("(") + rows[f"{name}_text"] + ")", rows[f"{name}_text"]
            )
            for name in FIGURE_COLUMNS
        }
    )


def _either(condition: Expr, yes: str, no: str) -> Expr:
    return ibis.ifelse(condition, ibis.literal(yes), ibis.literal(no))


def _shown(rows: Expr, name: str) -> Expr:
    """Write a sentence's number where it is first told; it says so where 6 decimals do not hold it."""
    text = _either(rows[f"{name}_exact"], " ", "约 ") + rows[f"{name}_text"]
    return ibis.ifelse(rows[f"has_{name}"], text, ibis.literal(""))


def _explain(rows: Expr) -> Expr:
    """Write the sentence that lets a person redo the mark by hand."""
    end = ibis.cases(
        (~rows.shows_mark, ""),
        (
            rows.free > rows.high,
            ibis.literal(",超过上限 ") + rows.high_text + ",按上限计 " + rows.mark_text,
        ),
        (rows.free < rows.low, ibis.literal(",低于下限 ") + rows.low_text + ",按下限计 " + rows.mark_text),
        (rows.rounded, ibis.literal(" ≈ ") + rows.mark_text),
        else_=rows.result + rows.mark_text,
    )
    text = ibis.cases(
        (rows.exempt.notnull(), ibis.literal("经批准本期免考:") + rows.exempt.fill_null("")),
        (rows.present, rows.counted + end),
        (rows.is_veto, "未报,按未发生计"),
        else_=_absence(rows) + _consequence(rows),
    )
    note = ibis.ifelse(rows.target_note.notnull(), ibis.literal(";目标说明:") + rows.target_note.fill_null(""), ibis.literal(""))
    return text + note


def _explain_x(rows: Expr) -> Expr:
    actual, target, base = (rows[f"{name}_operand"] for name in FIGURE_COLUMNS)
    ratio = rows.ratio_text
    return ibis.cases(
        (rows.looks_at == "actual", ibis.literal("实际值 ") + rows.actual_text),
        (rows.looks_at == "attainment", ibis.literal("完成率 ") + actual + " ÷ " + target + ratio),
        (
            rows.looks_at == "deviation",
            ibis.literal("偏差率 [") + actual + " − " + target + "] ÷ |" + rows.target_text + "|" + ratio,
        ),
        (rows.looks_at == "difference", ibis.literal("差值 ") + actual + " − " + target + ratio),
        (
            rows.looks_at == "growth",
            ibis.literal("增长率 [") + actual + " − " + base + "] ÷ |" + rows.base_text + "|" + ratio,
        ),
        else_="",
    )


def _absence(rows: Expr) -> Expr:
    against_target = rows.looks_at.isin(["attainment", "deviation", "difference"])
    return ibis.cases(
        (rows.actual.isnull(), "未报实际值"),
        (against_target & rows.target.isnull(), "没有目标值"),
        (against_target, "目标值为 0,不能作除数"),
        (rows.base.isnull(), "没有对比基数"),
        else_="对比基数为 0,不能作除数",
    )


def _consequence(rows: Expr) -> Expr:
    return ibis.cases(
        (rows.policy == "zero", ibis.literal(",按规定计 ") + rows.mark_text),
        (rows.policy == "exempt", ",按规定免考,所在维度按其余指标的满分折算"),
        else_=",本项暂无得分,总分为暂定",
    )
