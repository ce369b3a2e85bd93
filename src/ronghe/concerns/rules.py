"""The rules of 关切, pure: who answers, what may be counted aloud, when what was said is gone."""

from collections.abc import Mapping
from datetime import date, timedelta

LEAST = 5

# topic → the posts that answer it, in this order; the first who neither raised it nor is named by the raiser as unsuited
ANSWERERS = {
    "work": ("deputy_production", "area_manager", "branch_secretary"),
    "life": ("deputy_party", "branch_secretary", "area_manager"),
    "safety": ("deputy_production", "area_manager", "branch_secretary"),
    "pay": ("deputy_business", "area_manager", "branch_secretary"),
    "training": ("deputy_party", "branch_secretary", "area_manager"),
    "other": ("deputy_party", "branch_secretary", "area_manager"),
}
ABOVE = ("branch_secretary", "area_manager")


def mask_counts(counts: Mapping[str, int], least: int = LEAST) -> tuple[dict[str, int | None], int | None]:
    """Return the counts that may be shown and their sum: none below `least`, and none from which a hidden one could be worked out.

    What is hidden must together be `least` or more while the sum is shown, or the sum is hidden too.
    """
    shown: dict[str, int | None] = {name: count if count >= least else None for name, count in counts.items()}
    total = sum(counts.values())
    hidden = sum(count for name, count in counts.items() if shown[name] is None)
    if hidden == 0 and total >= least:
        return shown, total
    return shown, total if hidden >= least and sum(1 for name, count in counts.items() if shown[name] is None and count) > 1 else None


def is_gone(ended_on: date | None, keep_days: int, day: date) -> bool:
    """Tell whether what was said is to be taken out: its term after the end is over."""
    return ended_on is not None and ended_on + timedelta(days=keep_days) < day


def last_quarter(day: date) -> tuple[date, date]:
    """Return the first and the last day of the quarter that ended before this day: only whole quarters are counted aloud."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    last = first - timedelta(days=1)
    return date(last.year, last.month - 2, 1), last
