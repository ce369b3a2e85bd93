"""The order of a meeting: what may still come on the agenda, who speaks when, who confirms the minutes."""

from collections.abc import Collection
from datetime import date, timedelta

PLANNED, NOTICED, OPEN, CLOSED, LOCKED, CANCELLED = "planned", "noticed", "open", "closed", "locked", "cancelled"
AHEAD = (PLANNED, NOTICED)
HELD = (CLOSED, LOCKED)


def find_bar_to_listing(state: str, *, in_room: bool, days: int, held_on: date, day: date) -> str:
    """Return why an item may not come on the agenda now, or ''. After the notice only as long before as the materials need."""
    if state == PLANNED:
        return ""
    if state == NOTICED:
        if day + timedelta(days=days) <= held_on:
            return ""
        return f"会议通知已发,距开会不足 {days} 天,不能再加议题;请列入下次会议。"
    if state == OPEN:
        return "" if in_room else "会议已开始,这类会议不临时动议,请列入下次会议。"
    return "会议已结束或已取消。"


def find_bar_to_notice(*, items: int, held_on: date, day: date, days: int, reason: str) -> str:
    """Return why the notice may not leave, or ''. Sent later than the materials need, it wants a reason, which stands in the minutes."""
    if not items:
        return "议程还是空的,请先列入议题。"
    if day > held_on:
        return "开会日期已过,请先改期。"
    if day + timedelta(days=days) > held_on and not reason.strip():
        return f"材料应提前 {days} 天送达。时间不够的,请改期,或写明紧急召开的理由。"
    return ""


def find_bar_to_speaking(speaker: int, *, head: int | None, waiting: Collection[int]) -> str:
    """Return why this person may not speak yet, or ''. 主要负责人末位表态: the head speaks after everyone else who decides."""
    others = set(waiting) - {speaker}
    if head is not None and speaker == head and others:
        return f"主要负责人末位表态:还有 {len(others)} 人没有发表意见。"
    return ""


def find_bar_to_voting(*, head: int | None, voters: Collection[int], spoken: Collection[int], by_name: bool) -> str:
    """Return why the vote may not begin, or ''. In a small body each who decides has been heard, the head last."""
    if not by_name:
        return ""
    silent = set(voters) - set(spoken)
    if silent - {head}:
        return f"还有 {len(silent - {head})} 人没有发表意见,逐人发表后再表决。"
    if silent:
        return "主要负责人还没有表态。"
    return ""


def find_bar_to_confirming(actor: int, *, presider: int, recorder: int) -> str:
    """Return why this person may not confirm the minutes, or ''."""
    if presider == recorder:
        return "主持人和记录人须是两个人。"
    return "" if actor in (presider, recorder) else "纪要由主持人和记录人确认。"


def name_meeting(kind: str, *, year: int, month: int, number: int, org: str = "") -> str:
    """Return '2026年第3次支委会', or before it is opened '2026年3月支委会'; a group's bears its name."""
    when = f"{year}年第{number}次" if number else f"{year}年{month}月"
    return f"{org}{when}{kind}"
