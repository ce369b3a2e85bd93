"""The norms of 组织生活: how often a kind is due, and whether the records fulfil it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

NORMS = {"": "按需", "week": "每周", "month": "每月", "quarter": "每季度", "half": "每半年", "year": "每年"}
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True)
class Span:
    """One stretch of a norm with its first and last day."""

    name: str
    first: date
    last: date


@dataclass(frozen=True)
class Fulfilment:
    """How one stretch stands: 'held', 'missed' (over without), 'due' (running), 'ahead'."""

    span: Span
    wanted: int
    held: int
    state: str


def last_of(year: int, month: int) -> date:
    """Return the last day of a month."""
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


def list_spans(norm: str, year: int) -> list[Span]:
    """Return the stretches of a year in which the norm asks anew. A weekly norm is kept month by month."""
    step = MONTHS.get("month" if norm == "week" else norm)
    if step is None:
        return []
    names = {1: "{n}月", 3: "第{n}季度", 6: "{h}半年", 12: "全年"}
    spans = []
    for number, month in enumerate(range(1, 13, step), 1):
        name = names[step].format(n=number, h="上下"[number - 1] if step == 6 else "")
        spans.append(Span(name, date(year, month, 1), last_of(year, month + step - 1)))
    return spans


def judge_norm(norm: str, times: int, days: Iterable[date], *, year: int, today: date, since: date | None = None) -> list[Fulfilment]:
    """Return how each stretch of the year stands. A stretch that began before `since` (the body did not exist) asks nothing."""
    known = sorted(days)
    found = []
    for span in list_spans(norm, year):
        if since is not None and span.first < since:
            continue
        held = sum(1 for day in known if span.first <= day <= span.last)
        state = "held" if held >= times else "ahead" if span.first > today else "missed" if span.last < today else "due"
        found.append(Fulfilment(span, times, held, state))
    return found


def is_asked_in(norm: str, year: int, month: int) -> bool:
    """Tell whether a stretch of the norm ends with this month: what a month's figure counts."""
    return any(span.last.month == month for span in list_spans(norm, year))


def rate(held: int, wanted: int) -> Decimal | None:
    """Return the percentage to one digit, at most 100; None where nothing was asked."""
    if not wanted:
        return None
    return (Decimal(min(held, wanted)) * 100 / Decimal(wanted)).quantize(Decimal("0.1"))
