"""A scheme's rules as Chinese sentences: what a person reads instead of TOML."""

from decimal import Decimal
from typing import Any

from ronghe.assessment.kernel import plain

ON_WORDS = {
    "actual": "实际值",
    "attainment": "完成率(实际÷目标)",
    "deviation": "偏差率((实际−目标)÷|目标|)",
    "difference": "差值(实际−目标)",
    "growth": "增长率((实际−基数)÷|基数|)",
}
SHARES = ("attainment", "deviation", "growth")
MISSING_WORDS = {"unplaced": "缺报不排名", "zero": "缺报计零分", "exempt": "缺报免考"}


def describe_missing(policy: str) -> str:
    """Say what a missing figure means."""
    return MISSING_WORDS.get(policy, policy)


def percent(value: Decimal) -> str:
    """Write a share as a percentage."""
    return f"{plain(value * 100)}%"


def describe_x(item: Any, value: Decimal) -> str:
    """Write a value on the axis that the method looks at."""
    if item.on in SHARES:
        return percent(value)
    return f"{plain(value)}{item.unit}"


def describe_method(item: Any) -> str:
    """Say how an indicator's mark comes about, in one sentence."""
    describe = {"curve": curve, "step": step, "bands": bands, "events": events, "direct": direct}.get(item.method)
    return describe(item) if describe else ""


def curve(item: Any) -> str:
    points = ",".join(f"{describe_x(item, x)} 得 {percent(share)}" for x, share in item.rule.points)
    return f"按{ON_WORDS[item.on]}在各点之间直线计分:{points};两端以外取端点"


def step(item: Any) -> str:
    rule = item.rule
    origin = rule.origin if rule.origin is not None else Decimal(1 if item.on == "attainment" else 0)
    start = rule.start if rule.start is not None else item.full
    cap = rule.cap if rule.cap is not None else max(start, item.full)
    each = "每满" if rule.whole else "每"
    parts = [f"按{ON_WORDS[item.on]},{describe_x(item, origin)} 得 {plain(start)} 分"]
    if rule.up:
        parts.append(f"{each}高 {describe_x(item, rule.per)} {signed(rule.up)}")
    if rule.down:
        parts.append(f"{each}低 {describe_x(item, rule.per)} {signed(-rule.down)}")
    return ",".join(parts) + f";最低 {plain(rule.floor)} 分,最高 {plain(cap)} 分"


def bands(item: Any) -> str:
    steps = ",".join(f"达到 {describe_x(item, start)} 得 {percent(share)}" for start, share in item.rule.bands)
    return f"按{ON_WORDS[item.on]}分档:{steps};低于首档得 {percent(item.rule.below)}"


def events(item: Any) -> str:
    rule = item.rule
    start = rule.start if rule.start is not None else (item.full if rule.each < 0 else Decimal(0))
    cap = rule.cap if rule.cap is not None else item.full
    return f"起算 {plain(start)} 分,每发生一{item.unit or '次'}{signed(rule.each)};最低 {plain(rule.floor)} 分,最高 {plain(cap)} 分"


def direct(item: Any) -> str:
    return f"按评定分直接计,0 到 {plain(item.full)} 分"


def signed(value: Decimal) -> str:
    """Write a step as 加 or 减."""
    return f"加 {plain(value)} 分" if value >= 0 else f"减 {plain(-value)} 分"


def describe_effect(item: Any, dimensions: dict[str, Any]) -> str:
    """Say what a veto does."""
    rule = item.rule
    when = f"达到 {plain(rule.at)} {item.unit}"
    if rule.effect == "zero_total":
        return f"{when},总分记 0"
    if rule.effect == "cap_total":
        return f"{when},总分不超过 {plain(rule.limit)} 分"
    return f"{when},「{dimensions[item.dimension].name}」记 0 分"
