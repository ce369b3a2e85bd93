"""Domain rules of the assessment: pure values in, values out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

DEFAULT_SHOWN_DAYS = 3
DEFAULT_OBJECTION_DAYS = 5
ANSWER_DAYS = 3
# after an objection holds: to name the figure again, to run the month again, to publish it
STEP_DAYS = 2
ESCALATED_DAYS = 1


def is_month(period: str) -> bool:
    """Tell whether the text is a month '2026-10'."""
    if len(period) != 7 or period[4] != "-" or not (period[:4] + period[5:]).isascii():
        return False
    return period[:4].isdigit() and period[5:].isdigit() and 1 <= int(period[5:]) <= 12


def shift_month(period: str, by: int) -> str:
    """Return the month `by` months later (earlier where negative)."""
    months = int(period[:4]) * 12 + int(period[5:]) - 1 + by
    return f"{months // 12:04d}-{months % 12 + 1:02d}"


def month_of(day: date) -> str:
    """Return the month of a day."""
    return f"{day.year:04d}-{day.month:02d}"


def last_months(period: str, count: int) -> list[str]:
    """Return the `count` months up to and with `period`, the oldest first."""
    return [shift_month(period, -back) for back in range(count - 1, -1, -1)]


def describe_month(period: str) -> str:
    """Return '2026年10月'; what is no month stays as it is."""
    return f"{period[:4]}年{int(period[5:])}月" if is_month(period) else period


@dataclass(frozen=True)
class Change:
    """How a number moved: an arrow and a word, so that colour is never needed. `better` is None where nothing moved."""

    arrow: str
    word: str
    better: bool | None


SAME = Change("→", "持平", None)
UNKNOWN = Change("", "—", None)


def compare_marks(now: Decimal | None, before: Decimal | None, digits: int = 2) -> Change:
    """Return how a mark or total moved (more is better)."""
    if now is None or before is None:
        return UNKNOWN
    if now == before:
        return SAME
    word = f"{abs(now - before):.{digits}f}"
    return Change("↑", f"升 {word}", True) if now > before else Change("↓", f"降 {word}", False)


def compare_places(now: int | None, before: int | None) -> Change:
    """Return how a place moved (smaller is better)."""
    if now is None or before is None:
        return UNKNOWN
    if now == before:
        return SAME
    return Change("↑", f"升 {before - now} 位", True) if now < before else Change("↓", f"降 {now - before} 位", False)


def light_of_grade(grade: str, grades: Sequence[str]) -> str:
    """Return g, y or r for a grade: the last of the scheme's grades is red, the upper half of the others green."""
    if grade not in grades:
        return ""
    place = list(grades).index(grade)
    if len(grades) > 1 and place == len(grades) - 1:
        return "r"
    return "g" if place < max(len(grades) // 2, 1) else "y"


def is_plausible(value: Decimal | None, low: Decimal | None, high: Decimal | None) -> bool:
    """Tell whether a figure lies in the indicator's plausible range (an open end where none is declared)."""
    if value is None:
        return True
    return (low is None or value >= low) and (high is None or value <= high)


def mean(values: Iterable[Decimal | None]) -> Decimal | None:
    """Return the mean of what is there, or None."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) / len(known) if known else None
