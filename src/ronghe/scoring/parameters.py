"""A scheme as tables that the compiled SQL joins: what the scheme says is data, not text in a query.

`items` has one row for each track and indicator that exists there, `rules` one for each indicator, `segments` one for each stretch of x of an
indicator (and one for an absent x), `sentences` the words that explain a segment; `tracks`, `dimensions`, `vetoes` and
`ties` hold what their names say. Large numbers are decimal(38, 0). So the SQL depends on no scheme, but for the number
of ties.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pyarrow as pa

from ronghe.scoring.numbers import MICRO, as_units
from ronghe.scoring.scheme_checks import full_scale
from ronghe.scoring.scheme_model import Direct, Events, Indicator, Scheme, Veto
from ronghe.scoring.segments import (
    ABOVE_ALL,
    BELOW_ALL,
    NO_LINE,
    Line,
    Segment,
    Sentence,
    compile_segments,
    line_fits,
)

BIG = pa.decimal128(38, 0)
NO_DIMENSION = -1
ABSENT = Segment(BELOW_ALL, ABOVE_ALL, NO_LINE, 0, 0, Sentence("", result=None))

ITEMS = pa.schema([("track", pa.string()), ("indicator", pa.string()), ("seq", pa.int32())])
RULES = pa.schema(
    [
        ("seq", pa.int32()),
        ("indicator", pa.string()),
        ("dimension", pa.string()),
        ("dim", pa.int32()),
        ("looks_at", pa.string()),
        ("is_veto", pa.bool_()),
        ("policy", pa.string()),
        ("full_units", BIG),
        ("full_scaled", BIG),
        ("grid", BIG),
        ("counts", pa.bool_()),
        ("effect", pa.string()),
        ("limit_units", BIG),
        ("digits", pa.int32()),
    ]
)
SEGMENTS = pa.schema(
    [
        ("seq", pa.int32()),
        ("present", pa.bool_()),
        ("segment", pa.int32()),
        *((name, BIG) for name in ("lo_n", "lo_d", "hi_n", "hi_d", "a", "b", "c")),
        ("whole", pa.bool_()),
        *((name, BIG) for name in ("each", "v", "w", "low", "high")),
        ("strikes", pa.bool_()),
        ("mark_unit", BIG),
    ]
)
SENTENCES = pa.schema(
    [
        ("seq", pa.int32()),
        ("present", pa.bool_()),
        ("segment", pa.int32()),
        *((name, pa.string()) for name in ("text1", "text2", "text3", "text4", "again", "result", "low_text", "high_text")),
        *((name, BIG) for name in ("x_a", "x_b", "x_c", "y_a", "y_b", "y_c")),
        *((name, pa.bool_()) for name in ("has_x", "has_y", "y_whole", "shows_mark")),
    ]
)
TRACKS = pa.schema(
    [
        ("track", pa.string()),
        ("digits", pa.int32()),
        ("mark_unit", BIG),
        ("full_digits", pa.int32()),
        ("full_unit", BIG),
        ("cap_units", BIG),
        ("floor_units", BIG),
        ("min_peers", pa.int64()),
    ]
)
DIMENSIONS = pa.schema([("dim", pa.int32()), ("name", pa.string()), ("cap", BIG)])
VETOES = pa.schema([("item", pa.int32()), ("seq", pa.int32()), ("name", pa.string())])
TIES = pa.schema([("seq", pa.int32()), ("tie", pa.int32())])
PARAMETERS = {
    "items": ITEMS,
    "rules": RULES,
    "segments": SEGMENTS,
    "sentences": SENTENCES,
    "tracks": TRACKS,
    "dimensions": DIMENSIONS,
    "vetoes": VETOES,
    "ties": TIES,
}


def parameter_tables(scheme: Scheme, tracks: Iterable[str]) -> dict[str, pa.Table]:
    """Return the tables of PARAMETERS for the tracks that occur in the figures."""
    tracks = sorted(set(tracks))
    scale = full_scale(scheme)
    items = [
        {"track": track, "indicator": indicator.code, "seq": seq}
        for track in tracks
        for seq, indicator in enumerate(scheme.indicators)
        if indicator.applies_to(track)
    ]
    rules = [_rule(scheme, indicator, seq, scale) for seq, indicator in enumerate(scheme.indicators)]
    segments: list[dict[str, Any]] = []
    sentences: list[dict[str, Any]] = []
    numbers = {indicator.code: seq for seq, indicator in enumerate(scheme.indicators)}
    for seq, indicator in enumerate(scheme.indicators):
        for number, segment in enumerate(compile_segments(indicator, scheme.digits)):
            segments.append(_segment(scheme, seq, number, segment, present=True))
            sentences.append(_sentence(indicator, seq, number, segment, present=True))
        segments.append(_segment(scheme, seq, 0, ABSENT, present=False))
        sentences.append(_sentence(indicator, seq, 0, ABSENT, present=False))
    rows = {
        "items": items,
        "rules": rules,
        "segments": segments,
        "sentences": sentences,
        "tracks": [_track(scheme, track, scale) for track in tracks],
        "dimensions": _dimensions(scheme),
        "vetoes": [{"item": numbers[veto.code], "seq": seq, "name": veto.name} for seq, veto in enumerate(scheme.vetoes)],
        "ties": [{"seq": numbers[code], "tie": tie} for tie, code in enumerate(scheme.tie_break)],
    }
    return {name: pa.Table.from_pylist(rows[name], schema=schema) for name, schema in PARAMETERS.items()}


def _track(scheme: Scheme, track: str, scale: int) -> dict[str, Any]:
    return {
        "track": track,
        "digits": scheme.digits,
        "mark_unit": Decimal(10**scheme.digits),
        "full_digits": scale,
        "full_unit": Decimal(10**scale),
        "cap_units": _units(scheme.cap, scheme),
        "floor_units": _units(scheme.floor, scheme),
        "min_peers": scheme.min_peers,
    }


def _dimensions(scheme: Scheme) -> list[dict[str, Any]]:
    """Return the dimensions, and one without a code for vetoes that concern the total."""
    rows: list[dict[str, Any]] = [{"dim": NO_DIMENSION, "name": "", "cap": None}]
    rows += [{"dim": seq, "name": item.name, "cap": _units(item.cap, scheme)} for seq, item in enumerate(scheme.dimensions)]
    return rows


def _units(value: Decimal | None, scheme: Scheme) -> Decimal | None:
    return None if value is None else Decimal(as_units(value, scheme.digits))


def _rule(scheme: Scheme, indicator: Indicator, seq: int, scale: int) -> dict[str, Any]:
    rule = indicator.rule
    counts = isinstance(rule, Events)
    limit = rule.limit if isinstance(rule, Veto) else None
    codes = [dimension.code for dimension in scheme.dimensions]
    return {
        "seq": seq,
        "indicator": indicator.code,
        "dimension": indicator.dimension or "",
        "digits": scheme.digits,
        "dim": codes.index(indicator.dimension) if indicator.dimension else NO_DIMENSION,
        "looks_at": indicator.on or ("mark" if isinstance(rule, Direct) else "count"),
        "is_veto": indicator.is_veto,
        "policy": scheme.policy_of(indicator),
        "full_units": Decimal(as_units(indicator.full, scheme.digits)),
        "full_scaled": Decimal(as_units(indicator.full, scale)),
        "grid": Decimal(MICRO if counts else 10 ** (6 - indicator.decimals)),
        "counts": counts,
        "effect": rule.effect if isinstance(rule, Veto) else "",
        "limit_units": _units(limit, scheme),
    }


def _segment(scheme: Scheme, seq: int, number: int, segment: Segment, *, present: bool) -> dict[str, Any]:
    numbers = {
        "lo_n": segment.lo[0],
        "lo_d": segment.lo[1],
        "hi_n": segment.hi[0],
        "hi_d": segment.hi[1],
        "a": segment.line[0],
        "b": segment.line[1],
        "c": segment.line[2],
        "each": segment.stair[0],
        "v": segment.stair[1],
        "w": segment.stair[2],
        "low": segment.low,
        "high": segment.high,
    }
    return {
        "seq": seq,
        "present": present,
        "segment": number,
        **{name: Decimal(value) for name, value in numbers.items()},
        "whole": segment.whole,
        "strikes": segment.strikes,
        "mark_unit": Decimal(10**scheme.digits),
    }


def _sentence(indicator: Indicator, seq: int, number: int, segment: Segment, *, present: bool) -> dict[str, Any]:
    sentence = segment.sentence
    x, y = _printable(sentence.x, indicator), _printable(sentence.y, indicator)
    lines = dict(zip(("x_a", "x_b", "x_c"), x or NO_LINE, strict=True))
    lines |= dict(zip(("y_a", "y_b", "y_c"), y or NO_LINE, strict=True))
    return {
        "seq": seq,
        "present": present,
        "segment": number,
        "text1": sentence.text1,
        "text2": sentence.text2,
        "text3": sentence.text3,
        "text4": sentence.text4,
        "again": sentence.again,
        "result": sentence.result or "",
        "low_text": sentence.low,
        "high_text": sentence.high,
        **{name: Decimal(value) for name, value in lines.items()},
        "has_x": x is not None,
        "has_y": y is not None,
        "y_whole": segment.whole,
        "shows_mark": sentence.result is not None,
    }


def _printable(line: Line | None, indicator: Indicator) -> Line | None:
    # A number too long to be printed is left out of the sentence; the mark itself is exact all the same.
    return line if line is not None and line_fits(line, indicator.on) else None
