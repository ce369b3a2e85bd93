"""Months as the figures know them: `2026-10`."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def shift_month(month: date, by: int) -> date:
    """The first day of the month that lies `by` months from this one."""
    count = month.year * 12 + month.month - 1 + by
    return date(count // 12, count % 12 + 1, 1)


def name_period(month: date) -> str:
    return f"{month.year:04d}-{month.month:02d}"


def count_days(month: date) -> int:
    return monthrange(month.year, month.month)[1]


def list_months(today: date, count: int) -> list[date]:
    """The last `count` whole months before the month of `today`, oldest first."""
    current = first_of_month(today)
    return [shift_month(current, -back) for back in range(count, 0, -1)]
