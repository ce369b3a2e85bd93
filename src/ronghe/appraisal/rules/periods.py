"""Periods of cycles: '2026-10', '2026Q3', '2026'; their days and names."""

import re
from datetime import date, timedelta

SHAPES = {"month": re.compile(r"\d{4}-(0[1-9]|1[0-2])"), "quarter": re.compile(r"\d{4}Q[1-4]"), "year": re.compile(r"\d{4}")}


def is_period(text: str, rhythm: str) -> bool:
    """Tell whether a text names a period of this rhythm."""
    return text.isascii() and SHAPES[rhythm].fullmatch(text) is not None


def days_of(period: str) -> tuple[date, date]:
    """Return the first and the last day of a period."""
    year = int(period[:4])
    if "Q" in period:
        first, months = int(period[5]) * 3 - 2, 3
    elif "-" in period:
        first, months = int(period[5:7]), 1
    else:
        first, months = 1, 12
    end = year * 12 + first - 1 + months
    return date(year, first, 1), date(end // 12, end % 12 + 1, 1) - timedelta(days=1)


def name_period(period: str) -> str:
    """Return '2026年', '2026年第三季度', '2026年10月'."""
    if "Q" in period:
        return f"{period[:4]}年第{'一二三四'[int(period[5]) - 1]}季度"
    if "-" in period:
        return f"{period[:4]}年{int(period[5:7])}月"
    return f"{period}年"


def propose_period(rhythm: str, day: date) -> str:
    """Return the period that is reported on next: the one that ends last before the day; a year and a quarter from 20 days before their end."""
    ahead = day + timedelta(days=40 if rhythm == "year" else 10 if rhythm == "quarter" else 0)
    if rhythm == "year":
        return str(ahead.year - 1)
    if rhythm == "quarter":
        quarter = (ahead.month - 1) // 3
        return f"{ahead.year}Q{quarter}" if quarter else f"{ahead.year - 1}Q4"
    before = ahead.replace(day=1) - timedelta(days=1)
    return f"{before:%Y-%m}"
