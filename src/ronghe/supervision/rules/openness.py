"""三务公开 and elections, pure: which period a disclosure is for, whether an election stands."""

from datetime import date

ENTITLED_SHARE = (4, 5)  # 《中国共产党基层组织选举工作条例》: 到会人数不少于应到会人数的五分之四
REMIND_DAYS = 180


def name_period(rule_every: str, planned: date) -> str:
    """Return '2026年11月', '2026年第4季度', '2026年下半年' or '2026年' for a date that comes so often."""
    if rule_every in ("week", "month", ""):
        return f"{planned.year}年{planned.month}月"
    if rule_every == "quarter":
        return f"{planned.year}年第{(planned.month + 2) // 3}季度"
    if rule_every == "half":
        return f"{planned.year}年{'上' if planned.month <= 6 else '下'}半年"
    return f"{planned.year}年"


def find_election_fault(entitled: int, present: int, votes: int) -> str:
    """Return why an election does not stand, or ''."""
    if entitled < 1:
        return "应到会人数须大于 0。"
    if present > entitled or votes > present:
        return "实到不能多于应到,票数不能多于实到。"
    if present * ENTITLED_SHARE[1] < entitled * ENTITLED_SHARE[0]:
        return f"应到 {entitled} 人,实到 {present} 人,不足五分之四,选举无效。"
    return ""


def is_near(ends_on: date, day: date) -> bool:
    """Tell whether a term ends so soon that its election is to be prepared."""
    return (ends_on - day).days <= REMIND_DAYS
