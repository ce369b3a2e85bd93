"""Periods as text (SCORING.md, Figures)."""

from __future__ import annotations

import pytest

from ronghe.scoring import periods


@pytest.mark.parametrize(
    ("period", "kind", "before", "after", "months"),
    [
        ("2026-10", "month", "2026-09", "2026-11", ["2026-10"]),
        ("2026-01", "month", "2025-12", "2026-02", ["2026-01"]),
        ("2026Q4", "quarter", "2026Q3", "2027Q1", ["2026-10", "2026-11", "2026-12"]),
        ("2026H2", "half", "2026H1", "2027H1", [f"2026-{month:02d}" for month in range(7, 13)]),
        ("2026", "year", "2025", "2027", [f"2026-{month:02d}" for month in range(1, 13)]),
    ],
)
def test_period(period: str, kind: str, before: str, after: str, months: list[str]) -> None:
    assert periods.kind_of(period) == kind
    assert periods.format_period(*periods.parse_period(period)) == period
    assert (periods.previous_period(period), periods.next_period(period)) == (before, after)
    assert periods.months_of(period) == months


@pytest.mark.parametrize("text", ["", "2026-13", "2026-00", "2026-1", "2026Q5", "2026H3", "26", "２０２６", "2026-10\n"])
def test_what_is_no_period(text: str) -> None:
    assert periods.kind_of(text) is None
    with pytest.raises(ValueError, match="不是有效的期间"):
        periods.parse_period(text)


def test_periods_end_with_the_calendar() -> None:
    with pytest.raises(ValueError, match="期间超出范围"):
        periods.next_period("9999-12")
