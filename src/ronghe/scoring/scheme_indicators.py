"""Reading one [[indicator]] table of a scheme with the keys of its method (SCORING.md, Methods)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast, get_args

from ronghe.scoring.numbers import count_decimals
from ronghe.scoring.problems import Problem
from ronghe.scoring.scheme_keys import KeyReader
from ronghe.scoring.scheme_model import (
    ONE,
    ZERO,
    Bands,
    Curve,
    Direct,
    Effect,
    Events,
    Indicator,
    Method,
    Missing,
    On,
    Rule,
    Step,
    Veto,
    bounds_of,
)

_METHODS = get_args(Method)
_ON = get_args(On)
_EFFECTS = get_args(Effect)
_MISSING = get_args(Missing)
_LOOKS_AT_X = ("curve", "step", "bands")


def read_indicator(
    table: dict[str, Any], position: int, dimensions: set[str], digits: int, file: str, problems: list[Problem]
) -> Indicator:
    """Read one indicator; where `problems` has grown the result must not be used."""
    code = table.get("code")
    label = f"indicator {code}" if isinstance(code, str) and code.strip() else f"indicator #{position}"
    keys = KeyReader(file, label, table, problems)
    code = keys.code("code")
    name, unit = keys.text("name", required=True), keys.text("unit", required=True)
    method = keys.choice("method", _METHODS, required=True)
    decimals = keys.integer("decimals", default=2, low=0, high=6)
    missing = keys.choice("missing", _MISSING) if keys.has("missing") else ""
    tracks = keys.texts("tracks")
    if tracks == ():
        keys.complain("tracks", "不能为空列表")
    on = keys.choice("on", _ON, required=method in _LOOKS_AT_X)
    if not method:
        # Without a method the method's own keys cannot be judged.
        return Indicator(code=code, name=name, unit=unit, rule=Direct(), dimension=keys.text("dimension") or None)
    full = keys.number("full", required=method != "veto", default=ZERO)
    if full < 0:
        keys.complain("full", "满分不能小于 0")
    rule = _read_rule(keys, method, digits)
    if isinstance(rule, Veto) and full != 0:
        keys.complain("full", "否决项没有分值,full 应省略或为 0")
    dimension = _read_dimension(keys, rule, dimensions)
    if isinstance(rule, Step | Events):
        _check_bounds(keys, rule, full)
    keys.refuse_unknown()
    return Indicator(
        code=code,
        name=name,
        unit=unit,
        rule=rule,
        full=full,
        dimension=dimension or None,
        decimals=decimals,
        on=cast(On, on) if on and method in _LOOKS_AT_X else None,
        missing=cast(Missing, missing) if missing else None,
        tracks=tracks,
    )


def _read_dimension(keys: KeyReader, rule: Rule, dimensions: set[str]) -> str:
    needed = not isinstance(rule, Veto) or rule.effect == "zero_dimension"
    dimension = keys.text("dimension", required=needed)
    if dimension and dimension not in dimensions:
        keys.complain("dimension", f"方案中没有维度 {dimension}")
    return dimension


def _read_rule(keys: KeyReader, method: str, digits: int) -> Rule:
    if method == "curve":
        return Curve(points=keys.pairs("points", least=2, first="x"))
    if method == "step":
        return _read_step(keys)
    if method == "bands":
        return Bands(bands=keys.pairs("bands", least=1, first="from"), below=keys.number("below", default=ZERO))
    if method == "events":
        each = keys.number("each", required=True, default=ZERO)
        floor = keys.number("floor", default=ZERO)
        return Events(each=each, start=keys.number("start"), cap=keys.number("cap"), floor=floor)
    if method == "veto":
        return _read_veto(keys, digits)
    return Direct()


def _read_step(keys: KeyReader) -> Step:
    per = keys.number("per", required=True, default=ONE)
    if per <= 0:
        keys.complain("per", "每一步的大小 per 须大于 0")
        per = ONE
    return Step(
        per=per,
        up=keys.number("up", default=ZERO),
        down=keys.number("down", default=ZERO),
        origin=keys.number("origin"),
        start=keys.number("start"),
        cap=keys.number("cap"),
        floor=keys.number("floor", default=ZERO),
        whole=keys.flag("whole", default=True),
    )


def _read_veto(keys: KeyReader, digits: int) -> Veto:
    at = keys.number("at", default=ONE)
    if at <= 0:
        keys.complain("at", "否决的起点 at 须大于 0")
    effect = cast(Effect, keys.choice("effect", _EFFECTS, required=True))
    limit = None
    if effect == "cap_total":
        limit = keys.number("limit", required=True)
        if limit is not None and count_decimals(limit) > digits:
            keys.complain("limit", f"小数位数多于 digits = {digits}")
    elif not effect:
        keys.number("limit")
    return Veto(effect=effect, at=at, limit=limit)


def _check_bounds(keys: KeyReader, rule: Step | Events, full: Decimal) -> None:
    floor, cap = bounds_of(rule, full)
    if floor > cap:
        keys.complain("floor", "下限 floor 高于上限 cap")
