"""Marks as Ibis expressions: from figures and parameters to one row for each unit and indicator (SCORING.md, Methods)."""

from __future__ import annotations

import ibis

from ronghe.scoring.exact import (
    BIG,
    Expr,
    at_least,
    at_most,
    big,
    concat,
    half_up,
    mark_text,
    micro_text,
    quotient,
)
from ronghe.scoring.numbers import MICRO
from ronghe.scoring.tables import STATES

FIGURE_COLUMNS = ("actual", "target", "base")
OK, MISSING, EXEMPT, VETO = range(len(STATES))


def complete_figures(figures: Expr, units: Expr, items: Expr) -> Expr:
    """Add an empty row for each indicator of the scheme that a unit with any row lacks."""
    short = units.filter(units.short)
    wanted = short.join(items.select("track", "seq"), "track").select("u", "g", "seq")
    # Only the units that lack something are looked up, not the whole file.
    absent = wanted.anti_join(figures.semi_join(short, "u"), ["u", "seq"])
    absent = absent.mutate(**{name: ibis.null("int64") for name in FIGURE_COLUMNS}, is_exempt=False)
    return figures.union(absent.select(*figures.columns))


def measure_figures(rows: Expr, rules: Expr) -> Expr:
    """Add what each method looks at, x = p/r; `present` where x exists and the unit is not exempt."""
    rows = rows.join(rules.select("seq", "dim", "looks_at", "is_veto", "policy"), "seq")
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
    # First the segment alone, by its bounds; the rest of its numbers only for the one that was found.
    bounds = segments.select("seq", "present", "segment", "lo_n", "lo_d", "hi_n", "hi_d")
    found = rows.join(
        bounds,
        [
            rows.seq == bounds.seq,
            rows.present == bounds.present,
            bounds.lo_n * rows.r <= rows.p * bounds.lo_d,
            rows.p * bounds.hi_d < bounds.hi_n * rows.r,
        ],
    )
    found = found.select(*rows.columns, "segment")
    joined = found.join(
        segments.select(*(name for name in segments.columns if name[:3] not in ("lo_", "hi_"))), ["seq", "present", "segment"]
    )
    joined = joined.mutate(line_n=joined.a * joined.p + joined.b * joined.r, line_d=joined.c * joined.r)
    joined = joined.mutate(
        # Only a rule of whole steps pays for this division; its numerator is never below 0 on its segment.
        steps=ibis.ifelse(joined.whole, quotient(at_least(joined.line_n, big(0)), joined.line_d), big(0))
    )
    joined = joined.mutate(
        mark_n=ibis.ifelse(joined.whole, joined.each * joined.steps + joined.v, joined.line_n) * joined.mark_unit,
        mark_d=ibis.ifelse(joined.whole, joined.w, joined.line_d),
    )
    joined = joined.mutate(free=half_up(joined.mark_n, joined.mark_d))
    state = ibis.cases(
        (joined.is_exempt, code(EXEMPT)),
        (joined.strikes, code(VETO)),
        (joined.present | joined.is_veto, code(OK)),
        (joined.policy == "exempt", code(EXEMPT)),
        else_=code(MISSING),
    )
    joined = joined.mutate(state=state)
    unmarked = (joined.state == EXEMPT) | ((joined.state == MISSING) & (joined.policy == "unplaced"))
    mark = ibis.ifelse(unmarked, ibis.null(BIG), at_least(at_most(joined.free, joined.high), joined.low))
    joined = joined.mutate(mark=mark)
    return joined.select(
        "u",
        "g",
        "seq",
        "dim",
        "is_veto",
        *FIGURE_COLUMNS,
        "is_exempt",
        "present",
        "p",
        "r",
        "segment",
        "free",
        "mark",
        "state",
        "strikes",
    )


def code(value: int) -> Expr:
    """Return a literal of a small number."""
    return ibis.literal(value, type="int8")


def publish_marks(marks: Expr, notes: Expr, rules: Expr, segments: Expr, sentences: Expr) -> Expr:
    """Return what the marks table says of each unit and indicator; marks and x as integers, which the caller scales."""
    words = sentences.join(segments.select("seq", "present", "segment", "low", "high"), ["seq", "present", "segment"])
    words = words.join(rules.select("seq", "looks_at", "policy", "full_units", "digits"), "seq")
    rows = marks.select("u", "seq", "is_veto", *FIGURE_COLUMNS, "is_exempt", "present", "p", "r", "segment", "free", "mark", "state").join(
        words, ["seq", "present", "segment"]
    )
    rows = _write_numbers(_count_values(rows))
    rows = rows.mutate(rounded=((rows.again == "x") & ~rows.x_exact) | ((rows.again == "y") & ~rows.y_exact))
    # A mark is on the grid of the digits and `full` perhaps not: rounding `full` first gives the same difference.
    lost = at_least(rows.full_units - rows.mark, big(0))
    rows = rows.select(
        "u", "seq", "actual", "target", "is_exempt", x=rows.ratio, mark=rows.mark, lost=lost, state=rows.state, said=_explain(rows)
    )
    rows = rows.left_join(notes, ["u", "seq"]).select(*rows.columns, "exempt", "target_note")
    text = ibis.ifelse(rows.is_exempt, concat("经批准本期免考:", rows.exempt.fill_null("")), rows.said)
    rows = rows.mutate(text=text)
    # Few rows have a note: the others' sentences are not copied once more.
    noted = ibis.ifelse(rows.target_note.notnull(), concat(rows.text, ";目标说明:", rows.target_note.fill_null("")), rows.text)
    return rows.select("u", "seq", "actual", "target", "x", "mark", "lost", "state", because=noted)


def _count_values(rows: Expr) -> Expr:
    """Add x and the numbers of the sentence, in millionths, and whether these are exact."""
    rows = rows.mutate(
        has_ratio=rows.present & ~rows.looks_at.isin(["count", "mark"]),
        x_n=(rows.x_a * rows.p + rows.x_b * rows.r).abs() * big(MICRO),
        x_d=rows.x_c * rows.r,
        y_n=(rows.y_a * rows.p + rows.y_b * rows.r).abs(),
        y_d=rows.y_c * rows.r,
    )
    rows = rows.mutate(
        ratio=ibis.ifelse(rows.has_ratio, half_up(rows.p * big(MICRO), rows.r), ibis.null(BIG)),
        x_units=ibis.ifelse(rows.has_x, half_up(rows.x_n, rows.x_d), big(0)),
        y_units=ibis.cases(
            (~rows.has_y, big(0)),
            # Whole steps are counted, not rounded.
            (rows.y_whole, quotient(rows.y_n, rows.y_d) * big(MICRO)),
            else_=half_up(rows.y_n * big(MICRO), rows.y_d),
        ),
    )
    return rows.mutate(
        x_exact=~rows.has_x | (rows.x_units * rows.x_d == rows.x_n),
        y_exact=~rows.has_y | rows.y_whole | (rows.y_units * rows.y_d == rows.y_n * big(MICRO)),
    )


def _write_numbers(rows: Expr) -> Expr:
    """Add every number of the sentence as a text: each is written once, however many sentences could show it."""
    on = rows.looks_at
    rows = rows.mutate(
        # What the actual is held against, where it is.
        other=ibis.cases(
            (on.isin(["attainment", "deviation", "difference"]), rows.target), (on == "growth", rows.base), else_=ibis.null(BIG)
        ),
        x_text=ibis.ifelse(rows.has_x, micro_text(rows.x_units), ""),
        y_text=ibis.ifelse(rows.has_y, micro_text(rows.y_units), ""),
    )
    return rows.mutate(
        actual_text=micro_text(rows.actual),
        other_text=micro_text(rows.other),
        ratio_text=micro_text(rows.ratio),
        mark_text=mark_text(rows.mark, rows.digits),
    )


def _operand(figure: Expr, text: Expr) -> Expr:
    """Return a figure's text where it is an operand: a negative one is bracketed."""
    return ibis.ifelse(figure < 0, concat("(", text, ")"), text)


def _either(condition: Expr, yes: str, no: str) -> Expr:
    return ibis.ifelse(condition, ibis.literal(yes), ibis.literal(no))


def _about(rows: Expr, name: str) -> Expr:
    """Return what stands before a sentence's number where it is first told: it says so where 6 decimals do not hold it."""
    return ibis.cases((~rows[f"has_{name}"], ""), (rows[f"{name}_exact"], " "), else_="约 ")


def _explain(rows: Expr) -> Expr:
    """Write the sentence that lets a person redo the mark by hand."""
    again = ibis.cases((rows.again == "x", rows.x_text), (rows.again == "y", rows.y_text), else_="")
    end = ibis.cases(
        (~rows.shows_mark, ""),
        (rows.free > rows.high, concat(",超过上限 ", rows.high_text, ",按上限计 ", rows.mark_text)),
        (rows.free < rows.low, concat(",低于下限 ", rows.low_text, ",按下限计 ", rows.mark_text)),
        (rows.rounded, concat(" ≈ ", rows.mark_text)),
        else_=concat(rows.result, rows.mark_text),
    )
    x, y = (_about(rows, "x"), rows.x_text), (_about(rows, "y"), rows.y_text)
    return ibis.cases(
        (rows.present, concat(_explain_x(rows), rows.text1, *x, rows.text2, *y, rows.text3, again, rows.text4, end)),
        (rows.is_veto, "未报,按未发生计"),
        else_=concat(_absence(rows), _consequence(rows)),
    )


def _explain_x(rows: Expr) -> Expr:
    actual, other = _operand(rows.actual, rows.actual_text), _operand(rows.other, rows.other_text)
    ratio = (_either(rows.ratio * rows.r == rows.p * big(MICRO), " = ", " ≈ "), rows.ratio_text)
    growth = ibis.cases((rows.looks_at == "deviation", "偏差率 ["), else_="增长率 [")
    return ibis.cases(
        (rows.looks_at == "attainment", concat("完成率 ", actual, " ÷ ", other, *ratio)),
        (rows.looks_at == "actual", concat("实际值 ", rows.actual_text)),
        (rows.looks_at == "difference", concat("差值 ", actual, " − ", other, *ratio)),
        (rows.looks_at.isin(["deviation", "growth"]), concat(growth, actual, " − ", other, "] ÷ |", rows.other_text, "|", *ratio)),
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
        (rows.policy == "zero", concat(",按规定计 ", rows.mark_text)),
        (rows.policy == "exempt", ",按规定免考,所在维度按其余指标的满分折算"),
        else_=",本项暂无得分,总分为暂定",
    )
