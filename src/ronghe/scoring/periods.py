"""Periods as text: a month 2026-10, a quarter 2026Q4, a half 2026H2, a year 2026 (SCORING.md, Figures)."""

from __future__ import annotations

import re
from typing import Literal, get_args

PeriodKind = Literal["month", "quarter", "half", "year"]
PERIOD_KINDS: tuple[PeriodKind, ...] = get_args(PeriodKind)

PERIOD_PATTERNS: dict[PeriodKind, str] = {
    "month": r"^[0-9]{4}-(0[1-9]|1[0-2])$",
    "quarter": r"^[0-9]{4}Q[1-4]$",
    "half": r"^[0-9]{4}H[12]$",
    "year": r"^[0-9]{4}$",
}
KIND_NAMES: dict[PeriodKind, str] = {"month": "月", "quarter": "季", "half": "半年", "year": "年"}
_PER_YEAR: dict[PeriodKind, int] = {"month": 12, "quarter": 4, "half": 2, "year": 1}


def kind_of(period: str) -> PeriodKind | None:
    """Return the kind of a period, or None where the text is no period."""
    for kind, pattern in PERIOD_PATTERNS.items():
        if re.fullmatch(pattern, period, re.ASCII):
            return kind
    return None


def parse_period(period: str) -> tuple[PeriodKind, int, int]:
    """Split a period into its kind, its year and its number within the year (from 1).

    Raises ValueError where the text is no period.
    """
    kind = kind_of(period)
    if kind is None:
        raise ValueError(f"不是有效的期间:{period}")
    year = int(period[:4])
    if kind == "year":
        return kind, year, 1
    return kind, year, int(period[5:])


def format_period(kind: PeriodKind, year: int, number: int = 1) -> str:
    """Write a period as text. Raises ValueError where the year or the number is out of range."""
    if not 0 <= year <= 9999 or not 1 <= number <= _PER_YEAR[kind]:
        raise ValueError(f"期间超出范围:{kind} {year} {number}")
    if kind == "month":
        return f"{year:04d}-{number:02d}"
    if kind == "quarter":
        return f"{year:04d}Q{number}"
    if kind == "half":
        return f"{year:04d}H{number}"
    return f"{year:04d}"


def shift_period(period: str, steps: int) -> str:
    """Return the period of the same kind that lies `steps` later (earlier where negative)."""
    kind, year, number = parse_period(period)
    per_year = _PER_YEAR[kind]
    index = year * per_year + (number - 1) + steps
    return format_period(kind, index // per_year, index % per_year + 1)


def previous_period(period: str) -> str:
    """Return the period of the same kind just before this one."""
    return shift_period(period, -1)


def next_period(period: str) -> str:
    """Return the period of the same kind just after this one."""
    return shift_period(period, 1)


def months_of(period: str) -> list[str]:
    """Return the months that a period covers, in order."""
    kind, year, number = parse_period(period)
    span = 12 // _PER_YEAR[kind]
    first = (number - 1) * span + 1
    return [format_period("month", year, month) for month in range(first, first + span)]
