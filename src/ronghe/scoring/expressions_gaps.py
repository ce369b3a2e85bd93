"""Gaps to the target, the leader, the mean and the next place, as Ibis expressions (SCORING.md, Result tables: gaps).

`needed_actual` inverts the way from a figure to the total step by step. Everything after the mark rises with it, so
there is a least mark that reaches the wanted total; each segment then gives the figures whose mark is at least that.
"""

from __future__ import annotations

import ibis

from ronghe.scoring.exact import (
    BIG,
    Expr,
    at_least,
    at_most,
    big,
    ceil_quotient,
    floor_quotient,
    half_up,
)
from ronghe.scoring.expressions_marks import OK
from ronghe.scoring.numbers import FIGURE_LIMIT

_ROW = ["u", "seq"]
_UNITS = 2**31
"""More than the units of a file: they are numbered from 0."""
_BEYOND = 4 * (FIGURE_LIMIT + 1)
"""Further from 0 than any x's numerator can be, so that an unbounded end of a segment bounds nothing."""


def compare_peers(marks: Expr, rules: Expr) -> Expr:
    """Return for each group and indicator the leader, its mark, and the sum and number of marks."""
    marked = marks.filter(~marks.is_veto)
    # One number orders marks: the best first, and of equal ones that of the first unit.
    peers = marked.group_by(["g", "seq"]).agg(
        first=(marked.mark * big(_UNITS) - marked.u.cast(BIG)).max(),
        mark_total=marked.mark.sum().cast(BIG),
        marked=marked.mark.count(),
    )
    peers = peers.mutate(best=ceil_quotient(peers.first, big(_UNITS)))
    peers = peers.mutate(leading=(peers.best * big(_UNITS) - peers.first).cast("int64"))
    return peers.select("g", "seq", "best", "mark_total", "marked", "leading").join(rules.select("seq", "full_units"), "seq")


def find_least_marks(marks: Expr, rules: Expr, dimensions: Expr, totals: Expr, ranks: Expr) -> Expr:
    """Return for each figure that could lift its unit the least mark with which the total is high enough."""
    rows = marks.filter(marks.present & ~marks.is_veto & (marks.state == OK) & marks.mark.notnull() & marks.actual.notnull()).select(
        *_ROW, "dim", "mark", "actual", "target", "base", "r"
    )
    wanted = ranks.filter(ranks.better > ranks.total).select("u", "better")
    sums = totals.select(
        "u",
        "dimension_sum",
        "total_full_all",
        "total_full_kept",
        "total_scales",
        "zeroing_total",
        "total_limit",
        "cap_units",
    )
    wanted = wanted.join(sums, "u")
    wanted = wanted.filter(
        (wanted.zeroing_total == 0)
        & (wanted.total_limit.isnull() | (wanted.total_limit >= wanted.better))
        & (wanted.cap_units.isnull() | (wanted.cap_units >= wanted.better))
    )
    divided = ibis.ifelse(wanted.total_full_kept > 0, wanted.total_full_kept, big(1))
    wanted = wanted.mutate(
        wanted_sum=ibis.ifelse(
            wanted.total_scales,
            _least_before_scaling(wanted.better, _or_one(wanted.total_full_all), divided),
            wanted.better,
        )
    ).select("u", "wanted_sum", "dimension_sum")
    parts = dimensions.filter(~dimensions.left_out & (dimensions.zeroing == 0)).select(
        "u", "dim", "subtotal", "mark_sum", "full_all", "full_left", "scales", "cap"
    )
    wanted = wanted.join(parts, "u")
    wanted = wanted.mutate(wanted_subtotal=wanted.wanted_sum - (wanted.dimension_sum - wanted.subtotal))
    wanted = wanted.filter(wanted.cap.isnull() | (wanted.wanted_subtotal <= wanted.cap))
    wanted = wanted.mutate(
        wanted_marks=ibis.ifelse(
            wanted.scales,
            _least_before_scaling(wanted.wanted_subtotal, _or_one(wanted.full_all), _or_one(wanted.full_left)),
            wanted.wanted_subtotal,
        )
    ).select("u", "dim", "wanted_marks", "mark_sum")
    rows = rows.join(wanted, ["u", "dim"])
    rows = rows.mutate(wanted_mark=rows.wanted_marks - (rows.mark_sum - rows.mark))
    rows = rows.select(*_ROW, "actual", "target", "base", "r", "wanted_mark")
    return rows.join(rules.select("seq", "looks_at", "grid", "counts"), "seq")


def find_needed_actuals(least: Expr, segments: Expr) -> Expr:
    """Return for each figure the nearest one on its grid with a sufficient mark; no row where none is.

    The search is exact: on every segment the sufficient P are an interval of integers, found by floor and ceiling;
    the grid point nearest to the actual, cut to that interval, is the segment's candidate, and the nearest
    candidate wins.
    """
    joined = least.join(
        segments,
        [
            least.seq == segments.seq,
            segments.present == ibis.literal(True),
            segments.high >= least.wanted_mark,
        ],
    )
    rows = _bound_p(_bound_by_segment(joined))
    rows = rows.filter(rows.p_low <= rows.p_high)
    rows = _bound_grid(rows)
    rows = rows.filter(rows.n_low <= rows.n_high)
    nearest = floor_quotient(rows.actual * big(2) + rows.grid, rows.grid * big(2))
    rows = rows.mutate(candidate=at_least(at_most(nearest, rows.n_high), rows.n_low) * rows.grid)
    distance = rows.candidate - rows.actual
    # One number orders candidates: by distance, and of two equally near the greater first.
    rows = rows.mutate(order=distance.abs() * big(2) - ibis.ifelse(distance > 0, big(1), big(0)))
    found = rows.group_by(_ROW).agg(order=rows.order.min(), actual=rows.actual.max())
    half = floor_quotient(found.order + big(1), big(2))
    above = half * big(2) != found.order
    return found.select(*_ROW, needed=ibis.ifelse(above, found.actual + half, found.actual - half))


def publish_gaps(marks: Expr, peers: Expr, needed: Expr) -> Expr:
    """Return what the gaps table says of each unit and indicator; marks and figures as integers, which the caller scales."""
    rows = marks.filter(~marks.is_veto).select(*_ROW, "g", "mark", "actual", "target")
    rows = rows.join(peers, ["g", "seq"]).drop("g")
    rows = rows.left_join(needed, _ROW).select(
        *_ROW, "mark", "full_units", "actual", "target", "best", "mark_total", "marked", "leading", "needed"
    )
    count = rows.marked.cast(BIG)
    return rows.select(
        *_ROW,
        mark=rows.mark,
        lost=at_least(rows.full_units - rows.mark, big(0)),
        to_target=rows.target - rows.actual,
        leading=rows.leading,
        to_leader=rows.best - rows.mark,
        to_mean=half_up(rows.mark_total - rows.mark * count, count),
        needed_actual=rows.needed,
    )


def _or_one(value: Expr) -> Expr:
    return ibis.ifelse(value > 0, value, big(1))


def _least_before_scaling(total: Expr, multiplier: Expr, divisor: Expr) -> Expr:
    """Return the least integer s for which s·multiplier/divisor, rounded half away from zero, is at least `total`.

    At a half a positive number rounds up and a negative one down: above 0 the half suffices, else it must be passed.
    """
    half = (total * big(2) - big(1)) * divisor
    double = multiplier * big(2)
    return ibis.ifelse(total > 0, ceil_quotient(half, double), floor_quotient(half, double) + big(1))


def _bound_by_segment(rows: Expr) -> Expr:
    """Add the integers P with lo·R ≤ P·1 < hi·R, and the wanted mark within what the segment can give."""
    low = ibis.ifelse(rows.lo_d == 0, big(-_BEYOND), ceil_quotient(rows.lo_n * rows.r, _or_one(rows.lo_d)))
    high = ibis.ifelse(rows.hi_d == 0, big(_BEYOND), ceil_quotient(rows.hi_n * rows.r, _or_one(rows.hi_d)) - big(1))
    return rows.mutate(
        segment_low=low,
        segment_high=high,
        all_suffice=rows.wanted_mark <= rows.low,
        reach=at_least(at_most(rows.wanted_mark, rows.high), rows.low),
    )


def _bound_p(rows: Expr) -> Expr:
    """Add the interval [p_low, p_high] of the P whose mark, rounded and clamped, is at least the wanted one."""
    scale = rows.mark_unit * big(2)
    half = rows.reach * big(2) - big(1)
    strict = ibis.ifelse(rows.reach > 0, big(0), big(1))
    rows = rows.mutate(
        # 2·10^digits·(each·k + v) ≥ half·w in whole steps k
        stair_need=half * rows.w - scale * rows.v + strict,
        stair_rate=scale * rows.each,
        line_need=(half * rows.c - scale * rows.b) * rows.r + strict,
    )
    size = _or_one(rows.stair_rate.abs())
    most = floor_quotient(-rows.stair_need, size)
    rows = rows.mutate(
        steps_need=ibis.ifelse(
            rows.stair_rate > 0,
            # k ≥ ceil(need/rate): P·a ≥ (k·c − b)·R
            (at_least(-most, big(0)) * rows.c - rows.b) * rows.r,
            # k ≤ floor(need/rate): P·a < ((k + 1)·c − b)·R
            -((most + big(1)) * rows.c - rows.b) * rows.r + big(1),
        ),
        never=rows.whole & (rows.stair_rate < 0) & (most < 0),
    )
    rate = ibis.ifelse(
        rows.whole,
        ibis.cases((rows.stair_rate > 0, rows.a), (rows.stair_rate < 0, -rows.a), else_=big(0)),
        scale * rows.a,
    )
    need = ibis.cases((~rows.whole, rows.line_need), (rows.stair_rate == 0, rows.stair_need), else_=rows.steps_need)
    rows = rows.mutate(rate=rate, need=need)
    size = _or_one(rows.rate.abs())
    from_need = ibis.ifelse(rows.rate > 0, ceil_quotient(rows.need, size), big(-_BEYOND))
    to_need = ibis.ifelse(rows.rate < 0, floor_quotient(-rows.need, size), big(_BEYOND))
    possible = rows.all_suffice | (~rows.never & ((rows.rate != 0) | (rows.need <= 0)))
    return rows.mutate(
        p_low=ibis.ifelse(rows.all_suffice, rows.segment_low, at_least(from_need, rows.segment_low)),
        p_high=ibis.cases(
            (~possible, big(-2 * _BEYOND)),
            (rows.all_suffice, rows.segment_high),
            else_=at_most(to_need, rows.segment_high),
        ),
    )


def _bound_grid(rows: Expr) -> Expr:
    """Turn the interval of P into one of figures that can be written, and that into grid points."""
    target, base = rows.target, rows.base
    flipped = (rows.looks_at == "attainment") & (target < 0).fill_null(False)
    offset = ibis.cases(
        (rows.looks_at.isin(["deviation", "difference"]), target),
        (rows.looks_at == "growth", base),
        else_=big(0),
    )
    least = ibis.ifelse(rows.counts, big(0), big(-FIGURE_LIMIT))
    low = at_least(ibis.ifelse(flipped, -rows.p_high, rows.p_low + offset), least)
    high = at_most(ibis.ifelse(flipped, -rows.p_low, rows.p_high + offset), big(FIGURE_LIMIT))
    return rows.mutate(n_low=ceil_quotient(low, rows.grid), n_high=floor_quotient(high, rows.grid))
