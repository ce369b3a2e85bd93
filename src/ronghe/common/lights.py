"""红黄绿: read from the date when asked, never painted by a job. A light is a shape, a word and a colour."""

from dataclasses import dataclass
from datetime import date

SOON_DAYS = 3


@dataclass(frozen=True)
class Light:
    """`state` is green, yellow, red or done (the light component's names); `word` says it; `note` says how long."""

    state: str
    word: str
    note: str = ""


def light_for(due: date | None, today: date, *, done: bool = False, soon: int = SOON_DAYS) -> Light:
    """Return the light of something due. Without a date: green; past: red; within `soon` days: yellow."""
    if done:
        return Light("done", "已办结")
    if due is None:
        return Light("green", "绿灯", "")
    left = (due - today).days
    if left < 0:
        return Light("red", "红灯", f"逾期 {-left} 天")
    if left == 0:
        return Light("yellow", "黄灯", "今天到期")
    if left <= soon:
        return Light("yellow", "黄灯", f"剩 {left} 天")
    return Light("green", "绿灯", f"{due.month}月{due.day}日")
