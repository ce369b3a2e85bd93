"""A small exact scorer for the default scheme: enough to see that the demo's totals are believable.

The judge of the kernel is the kernel's own; this one knows only what the default pack uses.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import Any

from ronghe.portal.demo.series import Figure


def round_half_up(value: Fraction, digits: int = 2) -> Fraction:
    scaled = abs(value) * 10**digits
    whole = Fraction(floor(scaled + Fraction(1, 2)), 10**digits)
    return whole if value >= 0 else -whole


def exact(number: Any) -> Fraction:
    return Fraction(Decimal(str(number)))


def look_at(rule: dict[str, Any], row: Figure) -> Fraction | None:
    if row.actual is None:
        return None
    actual = exact(row.actual)
    on = rule.get("on", "actual")
    if on == "actual":
        return actual
    other = row.base if on == "growth" else row.target
    if other is None or (other == 0 and on != "difference"):
        return None
    reference = exact(other)
    if on == "attainment":
        return actual / reference
    if on == "difference":
        return actual - reference
    return (actual - reference) / abs(reference)


def clamp(value: Fraction, low: Any, high: Any) -> Fraction:
    return max(exact(low), min(exact(high), value))


def mark_curve(rule: dict[str, Any], x: Fraction) -> Fraction:
    points = [(exact(a), exact(b)) for a, b in rule["points"]]
    full = exact(rule["full"])
    if x <= points[0][0]:
        return full * points[0][1]
    for (x0, y0), (x1, y1) in pairwise(points):
        if x <= x1:
            return full * (y0 + (y1 - y0) * (x - x0) / (x1 - x0))
    return full * points[-1][1]


def mark_step(rule: dict[str, Any], x: Fraction) -> Fraction:
    origin = exact(rule.get("origin", 1 if rule["on"] == "attainment" else 0))
    start = rule.get("start", rule["full"])
    steps = (x - origin) / exact(rule["per"])
    change = exact(rule.get("up", 0)) * floor(steps) if steps >= 0 else -exact(rule.get("down", 0)) * floor(-steps)
    return clamp(exact(start) + change, rule.get("floor", 0), rule.get("cap", max(start, rule["full"])))


def mark_bands(rule: dict[str, Any], x: Fraction) -> Fraction:
    share = exact(rule.get("below", 0))
    for start, value in rule["bands"]:
        if exact(start) <= x:
            share = exact(value)
    return exact(rule["full"]) * share


def mark_events(rule: dict[str, Any], x: Fraction) -> Fraction:
    start = rule.get("start", rule["full"] if rule["each"] < 0 else 0)
    return clamp(exact(start) + exact(rule["each"]) * x, rule.get("floor", 0), rule.get("cap", rule["full"]))


def mark_direct(rule: dict[str, Any], x: Fraction) -> Fraction:
    return clamp(x, 0, rule["full"])


MARKS = {"curve": mark_curve, "step": mark_step, "bands": mark_bands, "events": mark_events, "direct": mark_direct}


def total_unit(scheme: dict[str, Any], rows: dict[str, Figure]) -> tuple[Fraction, bool, dict[str, Fraction]]:
    """The total of one unit's month, whether it is final, and the total of each dimension."""
    final = True
    sums: dict[str, list[Fraction]] = {row["code"]: [Fraction(0), Fraction(0), Fraction(0)] for row in scheme["dimension"]}
    struck: list[dict[str, Any]] = []
    for rule in scheme["indicator"]:
        row = rows.get(rule["code"])
        if row is None:
            continue
        if rule["method"] == "veto":
            if row.actual is not None and row.actual >= rule["at"]:
                struck.append(rule)
            continue
        dimension, full = sums[rule["dimension"]], exact(rule["full"])
        dimension[1] += full
        x = look_at(rule, row)
        policy = rule.get("missing", scheme["scheme"]["missing"])
        if x is None and policy == "exempt":
            continue
        dimension[2] += full
        if x is not None:
            dimension[0] += round_half_up(MARKS[rule["method"]](rule, x))
        elif policy == "unplaced":
            final = False
    totals: dict[str, Fraction] = {}
    for row in scheme["dimension"]:
        mark, full, counted = sums[row["code"]]
        value = round_half_up(mark * full / counted) if counted not in (0, full) else mark
        totals[row["code"]] = min(value, exact(row["cap"])) if "cap" in row else value
    for rule in struck:
        if rule["effect"] == "zero_dimension":
            totals[rule["dimension"]] = Fraction(0)
    total = clamp(sum(totals.values(), Fraction(0)), scheme["scheme"]["floor"], scheme["scheme"]["cap"])
    for rule in struck:
        if rule["effect"] == "cap_total":
            total = min(total, exact(rule["limit"]))
    if any(rule["effect"] == "zero_total" for rule in struck):
        total = Fraction(0)
    return total, final, totals
