"""Each indicator as segments of x on which its mark is one integer formula (SCORING.md, Engines).

With x = P/R the exact mark on a segment is (a·P + b·R)/(c·R), or, where only whole steps count,
(u·k + v)/w with k = floor((a·P + b·R)/(c·R)). All coefficients are integers and c, w > 0. Unbounded ends are -1/0 and
1/0: compared by cross-multiplying, lo·R ≤ P·0 and P·0 < hi·R hold for every P, so that no engine needs a NULL for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Literal

from ronghe.scoring.numbers import DECIMAL_LIMIT, FIGURE_LIMIT, MICRO, as_units, percent, plain, round_half_up
from ronghe.scoring.scheme_model import (
    Bands,
    Curve,
    Direct,
    Events,
    Indicator,
    Step,
    Veto,
    bounds_of,
    start_of,
)

Bound = tuple[int, int]
Line = tuple[int, int, int]
BELOW_ALL: Bound = (-1, 0)
ABOVE_ALL: Bound = (1, 0)
NO_LINE: Line = (0, 0, 1)


@dataclass(frozen=True)
class Sentence:
    """How a segment's mark is explained: text1 + x + text2 + y + text3 + (x or y again) + text4 + result + mark.

    x and y are absolute numbers (a·P + b·R)/(c·R); y is floored where `whole`. `again` names the one that the formula
    uses. A `result` of None shows no mark.
    """

    text1: str
    text2: str = ""
    text3: str = ""
    text4: str = ""
    x: Line | None = None
    y: Line | None = None
    again: Literal["", "x", "y"] = ""
    result: str | None = " = "
    low: str = ""
    high: str = ""


@dataclass(frozen=True)
class Segment:
    """One stretch lo ≤ x < hi. `low` and `high` are the least and greatest mark on it, in units of 10^-digits."""

    lo: Bound
    hi: Bound
    line: Line
    low: int
    high: int
    sentence: Sentence
    whole: bool = False
    stair: Line = NO_LINE
    strikes: bool = False


def compile_segments(indicator: Indicator, digits: int) -> list[Segment]:
    """Turn an indicator's rule into segments that cover every x once, from left to right."""
    rule, full = indicator.rule, indicator.full
    if isinstance(rule, Curve):
        return _curve(rule, full, digits)
    if isinstance(rule, Step):
        return _step(rule, full, digits, indicator)
    if isinstance(rule, Bands):
        return _bands(rule, full, digits)
    if isinstance(rule, Events):
        return [_events(rule, full, digits)]
    if isinstance(rule, Direct):
        return [_direct(full, digits)]
    return _veto(rule)


def size_of(on: str | None) -> tuple[int, int]:
    """Return the greatest |P| and R that legal figures can make, for what a method looks at."""
    p = 2 * FIGURE_LIMIT if on in ("deviation", "difference", "growth") else FIGURE_LIMIT
    r = FIGURE_LIMIT if on in ("attainment", "deviation", "growth") else MICRO
    return p, r


def fits(segment: Segment, on: str | None, digits: int) -> bool:
    """Tell whether every number that the engines form on the segment stays within 38 digits."""
    p, r = size_of(on)
    a, b, c = segment.line
    u, v, w = segment.stair
    scale = 2 * 10**digits
    mark = 2 * max(abs(segment.low), abs(segment.high)) + 1
    numerator, denominator = abs(a) * p + abs(b) * r, c * r
    sizes = [
        # where x lies, and the whole numbers P of a segment
        max(abs(segment.lo[0]), abs(segment.hi[0])) * r + max(segment.lo[1], segment.hi[1]) * p,
        # the mark, and the P with a wanted mark: an engine may compute what it then does not choose
        scale * numerator + 2 * denominator,
        mark * denominator + scale * (abs(b) * r + abs(a)),
    ]
    if segment.whole:
        steps = (abs(a) * p + abs(b)) // c + 1
        sizes += [scale * (abs(u) * steps + abs(v)) + 2 * w, mark * w + scale * (abs(v) + abs(u))]
    needed = (mark * w + scale * abs(v)) // (scale * abs(u) or 1) + 3
    sizes.append((needed * c + abs(b)) * r + abs(a))
    # Half of the room is left, so that no sum of two such numbers can pass it.
    return all(2 * size < DECIMAL_LIMIT for size in sizes)


def line_fits(line: Line, on: str | None) -> bool:
    """Tell whether a value of a sentence can be computed to 6 decimals within 38 digits."""
    p, r = size_of(on)
    a, b, c = line
    return 2 * MICRO * (abs(a) * p + abs(b) * r) + 2 * c * r < DECIMAL_LIMIT


def _line(slope: Fraction, intercept: Fraction) -> Line:
    c = lcm(slope.denominator, intercept.denominator)
    return int(slope * c), int(intercept * c), c


def _bound(value: Decimal) -> Bound:
    fraction = Fraction(value)
    return fraction.numerator, fraction.denominator


def _constant(lo: Bound, hi: Bound, mark: Fraction, digits: int, sentence: Sentence) -> Segment:
    units = round_half_up(mark, digits)
    return Segment(lo, hi, _line(Fraction(0), mark), units, units, sentence)


def _share_sentence(reason: str, share: Decimal, full: Decimal) -> Sentence:
    return Sentence(f"{reason},按 {percent(share)} 计,{plain(full)} × {percent(share)}")


def _curve(rule: Curve, full: Decimal, digits: int) -> list[Segment]:
    points = [(Fraction(x), Fraction(share)) for x, share in rule.points]
    worth = Fraction(full)
    (first, first_share), (last, last_share) = rule.points[0], rule.points[-1]
    left = _share_sentence(f",低于起点 {plain(first)}", first_share, full)
    segments = [_constant(BELOW_ALL, _bound(first), worth * points[0][1], digits, left)]
    for index, ((x0, y0), (x1, y1)) in enumerate(zip(points, points[1:], strict=False)):
        slope = (y1 - y0) / (x1 - x0)
        share = _line(slope * 100, (y0 - slope * x0) * 100)
        (from_x, from_share), (to_x, to_share) = rule.points[index], rule.points[index + 1]
        ends = sorted((round_half_up(worth * y0, digits), round_half_up(worth * y1, digits)))
        sentence = Sentence(
            f",在 {plain(from_x)}({percent(from_share)})与 {plain(to_x)}({percent(to_share)})之间按直线计",
            f"%,{plain(full)} × ",
            text4="%",
            x=share,
            again="x",
        )
        segments.append(Segment(_bound(from_x), _bound(to_x), _line(worth * slope, worth * (y0 - slope * x0)), ends[0], ends[1], sentence))
    right = _share_sentence(f",达到终点 {plain(last)}", last_share, full)
    return [*segments, _constant(_bound(last), ABOVE_ALL, worth * points[-1][1], digits, right)]


def _step(rule: Step, full: Decimal, digits: int, indicator: Indicator) -> list[Segment]:
    origin = rule.origin if rule.origin is not None else Decimal(1 if indicator.on == "attainment" else 0)
    return [
        _ray(rule, full, digits, origin, upward=False),
        _ray(rule, full, digits, origin, upward=True),
    ]


def _ray(rule: Step, full: Decimal, digits: int, origin: Decimal, *, upward: bool) -> Segment:
    """One side of a step rule's origin; at the origin itself the upward side holds."""
    sign = 1 if upward else -1
    per, begin = Fraction(rule.per), Fraction(start_of(rule, full))
    each = Fraction(rule.up) if upward else -Fraction(rule.down)
    floor, cap = bounds_of(rule, full)
    steps = _line(sign / per, -sign * Fraction(origin) / per)
    ends = (_bound(origin), ABOVE_ALL) if upward else (BELOW_ALL, _bound(origin))
    counting, counted = ("满", "个整步") if rule.whole else ("合", "步")
    worth = rule.up if upward else rule.down
    operator = "+" if upward else "−"
    sentence = Sentence(
        f",比基准 {plain(origin)} {'高' if upward else '低'}",
        f",每 {plain(rule.per)} 为一步,{counting}",
        f" {counted},{plain(start_of(rule, full))} {operator} {_signed(worth)} × ",
        x=_line(Fraction(sign), -sign * Fraction(origin)),
        y=steps,
        again="y",
        low=plain(floor),
        high=plain(cap),
    )
    low, high = as_units(floor, digits), as_units(cap, digits)
    if rule.whole:
        return Segment(*ends, steps, low, high, sentence, whole=True, stair=_line(each, begin))
    slope = each * sign / per
    return Segment(*ends, _line(slope, begin - slope * Fraction(origin)), low, high, sentence)


def _bands(rule: Bands, full: Decimal, digits: int) -> list[Segment]:
    first = rule.bands[0][0]
    below = _share_sentence(f",低于最低一档 {plain(first)}", rule.below, full)
    segments = [_constant(BELOW_ALL, _bound(first), Fraction(full) * Fraction(rule.below), digits, below)]
    ends = [_bound(start) for start, _ in rule.bands[1:]] + [ABOVE_ALL]
    for (start, share), end in zip(rule.bands, ends, strict=True):
        sentence = _share_sentence(f",达到 {plain(start)} 一档", share, full)
        segments.append(_constant(_bound(start), end, Fraction(full) * Fraction(share), digits, sentence))
    return segments


def _events(rule: Events, full: Decimal, digits: int) -> Segment:
    floor, cap = bounds_of(rule, full)
    begin = start_of(rule, full)
    operator = "−" if rule.each < 0 else "+"
    sentence = Sentence(
        "发生",
        f" 次,{plain(begin)} {operator} {plain(abs(rule.each))} × ",
        x=(1, 0, 1),
        again="x",
        low=plain(floor),
        high=plain(cap),
    )
    line = _line(Fraction(rule.each), Fraction(begin))
    return Segment(BELOW_ALL, ABOVE_ALL, line, as_units(floor, digits), as_units(cap, digits), sentence)


def _direct(full: Decimal, digits: int) -> Segment:
    sentence = Sentence("评定", " 分", x=(1, 0, 1), result=",得 ", low="0", high=plain(full))
    return Segment(BELOW_ALL, ABOVE_ALL, (1, 0, 1), 0, as_units(full, digits), sentence)


def _veto(rule: Veto) -> list[Segment]:
    at = plain(rule.at)
    effects = {
        "zero_total": "总分计 0 分",
        "zero_dimension": "本维度计 0 分",
        "cap_total": f"总分不超过 {plain(rule.limit) if rule.limit is not None else ''} 分",
    }
    calm = Sentence("发生", f" 次,未达到 {at} 次,不触发否决", x=(1, 0, 1), result=None)
    struck = Sentence("发生", f" 次,达到 {at} 次,触发一票否决:{effects[rule.effect]}", x=(1, 0, 1), result=None)
    return [
        Segment(BELOW_ALL, _bound(rule.at), NO_LINE, 0, 0, calm),
        Segment(_bound(rule.at), ABOVE_ALL, NO_LINE, 0, 0, struck, strikes=True),
    ]


def _signed(value: Decimal) -> str:
    return f"({plain(value)})" if value < 0 else plain(value)
