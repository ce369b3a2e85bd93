"""Dimensions' and units' totals, and places, as Ibis expressions (SCORING.md, Rounding, totals, missing; Places)."""

from __future__ import annotations

from collections.abc import Callable

import ibis

from ronghe.scoring.exact import BIG, Expr, at_least, at_most, big, half_up
from ronghe.scoring.expressions_marks import EXEMPT, MISSING


def sum_dimensions(marks: Expr, rules: Expr, dimensions: Expr) -> Expr:
    """Add up marks by dimension: exact sum, scaling, cap, zero_dimension, in this order.

    A veto without a dimension is counted under the dimension −1, which is left out of every total.
    """
    marks = marks.select("u", "g", "seq", "dim", "is_veto", "mark", "state", "strikes").join(
        rules.select("seq", "full_scaled", "policy", "effect", "limit_units"), "seq"
    )
    scored = ~marks.is_veto
    exempt = marks.state == EXEMPT
    struck = marks.strikes
    rows = marks.group_by(["u", "g", "dim"]).agg(
        scored=scored.cast("int64").sum(),
        exempted=(scored & exempt).cast("int64").sum(),
        mark_sum=marks.mark.sum().fill_null(big(0)).cast(BIG),
        full_all=marks.full_scaled.sum().cast(BIG),
        full_left=ibis.ifelse(exempt, big(0), marks.full_scaled).sum().cast(BIG),
        missing=(marks.state == MISSING).cast("int64").sum(),
        unplaced=((marks.state == MISSING) & (marks.policy == "unplaced")).cast("int64").sum(),
        vetoed=struck.cast("int64").sum(),
        zeroing=(struck & (marks.effect == "zero_dimension")).cast("int64").sum(),
        zeroing_total=(struck & (marks.effect == "zero_total")).cast("int64").sum(),
        veto_limit=ibis.ifelse(struck, marks.limit_units, ibis.null(BIG)).min(),
    )
    rows = rows.join(dimensions.select("dim", "cap"), "dim")
    rows = rows.mutate(
        scales=rows.full_all != rows.full_left,
        left_out=(rows.scored == rows.exempted) | ((rows.full_all != rows.full_left) & (rows.full_left == 0)),
    )
    # The divisor is guarded apart: an engine may compute both arms of a case.
    divisor = ibis.ifelse(rows.full_left > 0, rows.full_left, big(1))
    scaled = ibis.ifelse(rows.scales, half_up(rows.mark_sum * rows.full_all, divisor), rows.mark_sum)
    rows = rows.mutate(scaled=ibis.ifelse(rows.left_out, ibis.null(BIG), scaled))
    rows = rows.mutate(capped=_bound(at_most, rows.scaled, rows.cap))
    zeroed = (rows.zeroing > 0) & ~rows.left_out
    return rows.mutate(subtotal=ibis.ifelse(zeroed, big(0), rows.capped))


def sum_units(dimensions: Expr, units: Expr, tracks: Expr) -> Expr:
    """Add up dimensions by unit: exact sum, scaling, cap and floor, cap_total, zero_total, in this order."""
    kept = ~dimensions.left_out
    rows = dimensions.group_by(["u", "g"]).agg(
        kept=kept.cast("int64").sum(),
        dimension_sum=dimensions.subtotal.sum().fill_null(big(0)).cast(BIG),
        total_full_all=dimensions.full_all.sum().cast(BIG),
        total_full_kept=ibis.ifelse(kept, dimensions.full_all, big(0)).sum().cast(BIG),
        missing=dimensions.missing.sum(),
        unplaced=dimensions.unplaced.sum(),
        vetoed=dimensions.vetoed.sum(),
        zeroing_total=dimensions.zeroing_total.sum(),
        total_limit=dimensions.veto_limit.min(),
    )
    rows = rows.mutate(
        total_scales=(rows.total_full_all != rows.total_full_kept) & (rows.total_full_kept > 0),
    )
    divisor = ibis.ifelse(rows.total_full_kept > 0, rows.total_full_kept, big(1))
    scaled = ibis.ifelse(rows.total_scales, half_up(rows.dimension_sum * rows.total_full_all, divisor), rows.dimension_sum)
    rows = rows.mutate(total_scaled=ibis.ifelse(rows.kept > 0, scaled, ibis.null(BIG)))
    rows = rows.join(units.select("u", "track"), "u").join(tracks, "track").drop("track")
    rows = rows.mutate(total_capped=_bound(at_most, rows.total_scaled, rows.cap_units))
    rows = rows.mutate(total_bounded=_bound(at_least, rows.total_capped, rows.floor_units))
    rows = rows.mutate(total_limited=_bound(at_most, rows.total_bounded, rows.total_limit))
    zeroed = (rows.zeroing_total > 0) & (rows.kept > 0)
    return rows.mutate(
        total=ibis.ifelse(zeroed, big(0), rows.total_limited),
        final=(rows.kept > 0) & (rows.unplaced == 0),
    )


def rank_units(totals: Expr, marks: Expr, ties: Expr, tie_count: int) -> Expr:
    """Give places within (period, track) to units with a final total, one row for each unit.

    `tie_count` is the number of indicators that break a tie. Aggregates come before windows: the windows run over
    units only, and the step from one place to the next over places.
    """
    finals = totals.filter(totals.final).select("u", "g", "total")
    keys = [finals.total.desc()]
    if tie_count:
        finals = finals.left_join(_tie_marks(marks, ties, tie_count), "u").select(
            "u", "g", "total", *(f"tie_{number}" for number in range(tie_count))
        )
        keys = [finals.total.desc()]
        for number in range(tie_count):
            mark = finals[f"tie_{number}"]
            # An empty mark comes last; said so explicitly, as engines differ in where they put NULL.
            keys += [mark.isnull().asc(), mark.fill_null(big(0)).desc()]
    ranked = finals.mutate(place=ibis.rank().over(ibis.window(group_by="g", order_by=keys)).cast("int64") + 1)
    places = ranked.group_by(["g", "place"]).agg(place_total=ranked.total.max(), tied=ranked.count())
    steps = places.mutate(better=places.place_total.lag().over(ibis.window(group_by="g", order_by=places.place)))
    placed = ranked.join(steps, ["g", "place"]).select("u", "place", "tied", "better")
    peers = totals.group_by("g").agg(peers=totals.final.cast("int64").sum())
    names = ("u", "total", "final", "kept", "unplaced", "min_peers", "peers")
    rows = totals.join(peers, "g").select(*names)
    rows = rows.left_join(placed, "u").select(*names, "place", "tied", "better")
    enough = rows.peers >= rows.min_peers
    return rows.mutate(
        enough=enough,
        **{name: ibis.ifelse(enough, rows[name], ibis.null(rows[name].type())) for name in ("place", "tied", "better")},
    )


def publish_places(ranks: Expr) -> Expr:
    """Return the columns of the places table; totals as integers, which the caller scales."""
    because = ibis.cases(
        (ranks.kept == 0, "全部指标免考,没有总分,不排名"),
        (~ranks.final, ibis.literal("缺 ") + ranks.unplaced.cast("string") + " 项指标,总分为暂定,不排名"),
        (
            ~ranks.enough,
            ibis.literal("本赛道有最终总分的单位 ")
            + ranks.peers.cast("string")
            + " 个,少于 "
            + ranks.min_peers.cast("string")
            + " 个,不排名",
        ),
        else_="",
    )
    return ranks.select("u", "total", "place", "peers", "tied", to_next=ranks.better - ranks.total, because=because)


def _bound(bind: Callable[[Expr, Expr], Expr], value: Expr, bound: Expr) -> Expr:
    """Apply a bound where there is one."""
    return ibis.ifelse(bound.notnull(), bind(value, bound.fill_null(big(0))), value)


def _tie_marks(marks: Expr, ties: Expr, tie_count: int) -> Expr:
    wanted = marks.join(ties, "seq")
    return wanted.group_by("u").agg(
        **{f"tie_{number}": ibis.ifelse(wanted.tie == number, wanted.mark, ibis.null(BIG)).max() for number in range(tie_count)}
    )
