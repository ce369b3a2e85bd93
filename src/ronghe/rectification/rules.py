"""The rules of a cure, pure: who may close, what is still in its watch period, which dates hold together."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

LIVE = ("open", "curing", "proving", "returned", "recurred")
ENDED = ("closed", "void")
# while one of these lasts, the owner is the one who acts; while 'proving', the verifier
CURING = ("open", "curing", "returned", "recurred")

STEPS = {
    "open": "制定整改方案",
    "recurred": "重新制定整改方案",
    "curing": "落实措施并提交整改证明",
    "returned": "按退回意见补充整改",
    "proving": "核实证明,销号或退回",
    "closed": "",
    "void": "",
}


def make_number(year: int, count: int) -> str:
    """Return the number of the count-th item of a year: 'ZG-2026-0012'."""
    return f"ZG-{year}-{count:04d}"


def find_bar_to_closing(actor: int, *, owner: int, verifier: int, filers: Iterable[int]) -> str:
    """Return why this person may not close the item, or ''. Whoever cured it or filed a proof of it never does."""
    if actor == owner:
        return "责任人不能验证自己的整改。"
    if actor in set(filers):
        return "提交证明的人不能验证自己提交的证明。"
    if actor != verifier:
        return "只有指定的验证人可以销号或退回。"
    return ""


def find_bar_to_deciding(actor: int, *, owner: int, asker: int) -> str:
    """Return why this person may not decide on a request, or ''."""
    if actor == asker:
        return "申请人不能批准自己的申请。"
    if actor == owner:
        return "责任人不能批准自己整改项的申请。"
    return ""


# what a finding is about, by the words in it; the first that fits. A person may say otherwise
SUBJECT_WORDS = {
    "environment": ("环保", "环境", "污染", "泄漏", "渗漏", "跑冒滴漏", "落地油", "含油污泥", "外排", "危废"),
    "safety": (
        "安全",
        "隐患",
        "违章",
        "事故",
        "护栏",
        "消防",
        "灭火",
        "触电",
        "接地",
        "动火",
        "高处",
        "受限空间",
        "硫化氢",
        "可燃气",
        "未遂",
    ),
    "quality": ("质量", "不合格", "返工", "化验", "计量误差"),
}


def guess_subject(text: str) -> str:
    """Return which of safety, environment, quality the words of a finding speak of, or ''. What speaks of all three at once is safety's."""
    if "安全环保" in text:
        return "safety"
    return next((subject for subject, words in SUBJECT_WORDS.items() if any(word in text for word in words)), "")


def is_watched(ended_on: date | None, watch_days: int, day: date) -> bool:
    """Tell whether a closed item is still in its watch period on the day (the last day counts)."""
    return ended_on is not None and day <= ended_on + timedelta(days=watch_days)


def find_bar_to_date(new: date | None, *, old: date, today: date) -> str:
    """Return why a deadline may not be moved to the new date, or ''."""
    if new is None:
        return "请填写新的期限。"
    if new <= today:
        return "新的期限须晚于今天。"
    if new == old:
        return "新的期限与现在的期限相同。"
    return ""


def find_late_measures(dues: Sequence[date], *, due: date) -> list[int]:
    """Return the positions (from 1) of measures that end after the item's own deadline."""
    return [place for place, one in enumerate(dues, start=1) if one > due]
