"""动态跟踪 (M2): how far a goal is, as a light. Declared thresholds; a light says nothing that the numbers beside it don't."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

# a goal is yellow while it is short by no more than this share of its target to date
YELLOW = Fraction(5, 100)
SOON_DAYS = 7


def find_short(actual: Decimal, target: Decimal, direction: str) -> Fraction:
    """Return by which share of the target the actual is on its wrong side; 0 or less when it is met."""
    gap = Fraction(target) - Fraction(actual) if direction != "down" else Fraction(actual) - Fraction(target)
    if gap <= 0:
        return Fraction(0)
    return gap / abs(Fraction(target)) if target else Fraction(1)


def judge_number(actual: Decimal | None, target: Decimal | None, direction: str) -> str:
    """Return 'green', 'yellow', 'red', or '' where there is nothing to judge yet."""
    if actual is None or target is None:
        return ""
    short = find_short(actual, target, direction)
    if not short:
        return "green"
    return "yellow" if short <= YELLOW else "red"


@dataclass(frozen=True)
class Node:
    """One milestone: when it is due, when it was done, which share of the goal it is (percent)."""

    due: date
    done_on: date | None
    share: Decimal = Decimal(0)


def judge_milestones(nodes: Sequence[Node], day: date) -> str:
    """Return the light of a goal by milestones: red once one is overdue, yellow when one is near, 'done' when all are done."""
    if not nodes:
        return ""
    waiting = [node.due for node in nodes if node.done_on is None]
    if not waiting:
        return "done"
    if min(waiting) < day:
        return "red"
    return "yellow" if (min(waiting) - day).days <= SOON_DAYS else "green"


def count_done(nodes: Sequence[Node]) -> Decimal:
    """Return how many percent of a goal by milestones are done: by their shares, or equally where none has one."""
    if not nodes:
        return Decimal(0)
    whole = sum((node.share for node in nodes), Decimal(0))
    if whole:
        return sum((node.share for node in nodes if node.done_on), Decimal(0)) / whole * 100
    return Decimal(100 * sum(node.done_on is not None for node in nodes)) / len(nodes)


def join_lights(lights: Sequence[str]) -> str:
    """Return the light of a goal whose own cannot be told: the worst of its children's; '' where none says anything."""
    for light in ("red", "yellow", "green", "done"):
        if light in lights:
            return light
    return ""


def list_phases(first_month: str, last_month: str, day: date) -> list[str]:
    """Return the quarters of a plan that have begun, the newest first: '2026-Q3'."""
    year, quarter = int(first_month[:4]), (int(first_month[5:]) + 2) // 3
    found: list[str] = []
    while (start := f"{year:04d}-{quarter * 3 - 2:02d}") <= min(last_month, f"{day:%Y-%m}"):
        found.append(f"{start[:4]}-Q{quarter}")
        year, quarter = (year + 1, 1) if quarter == 4 else (year, quarter + 1)
    return found[::-1]
