"""Months as text (2025-06) and as a running number, so that they can be counted."""

from __future__ import annotations

import calendar
import re

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])", re.ASCII)


def parse_month(text: str) -> int:
    """Return a month's running number, January of year 0 being 0. Raises ValueError where the text is no month."""
    found = _MONTH.fullmatch(text)
    if found is None:
        raise ValueError(f"应为月份,如 2025-06:{text}")
    year = int(found[1])
    if year == 0:
        raise ValueError(f"年份应在 0001 至 9999 之间:{text}")
    return year * 12 + int(found[2]) - 1


def count_days(month: int) -> int:
    """Return how many days a month has. A month outside the calendar has 30: it stands next to a year's edge and weighs nothing."""
    year = month // 12
    return calendar.monthrange(year, month % 12 + 1)[1] if 1 <= year <= 9999 else 30


def january_of(month: int) -> int:
    """Return the first month of the year that a month lies in."""
    return month // 12 * 12
