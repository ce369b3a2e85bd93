"""预警, pure: when a rule's numbers fire, how a run of firings is one episode, what a preview on history says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

LIVE, QUIET_DAYS = ("open",), 30
LED_DAYS = 60  # a problem found within so many days after a firing counts as what it led to


def crosses(value: Decimal, limit: Decimal, direction: str) -> bool:
    """Tell whether a number fires: 'over' at or above the limit, 'under' at or below it."""
    return value >= limit if direction == "over" else value <= limit


def count_worsening(values: Sequence[Decimal | None], better: str) -> int:
    """Return for how many months in a row, up to the last, a series has become worse. A month without a figure ends the run."""
    run = 0
    for before, after in zip(reversed(values[:-1]), reversed(values[1:]), strict=True):
        if before is None or after is None or not (after < before if better == "up" else after > before):
            break
        run += 1
    return run


def share(part: int, whole: int) -> Decimal:
    """Return a percentage with one decimal."""
    return (Decimal(part) * 100 / whole).quantize(Decimal("0.1")) if whole else Decimal(0)


def is_quiet(ended_on: date | None, day: date, quiet_days: int) -> bool:
    """Tell whether an alert that has ended keeps the same one from being raised again on a day."""
    return ended_on is not None and day < ended_on + timedelta(days=quiet_days)


@dataclass(frozen=True)
class Episode:
    """A run of firings of one key, from its first day to its last."""

    key: str
    unit_id: int
    first: date
    last: date


def find_episodes(fired: Iterable[tuple[str, int, date]], days: Sequence[date]) -> list[Episode]:
    """Join firings on days that follow each other into episodes. `fired`: (key, unit, day); `days`: all days that were looked at, in order."""
    place = {day: number for number, day in enumerate(days)}
    by_key: dict[str, list[tuple[int, int, date]]] = {}
    for key, unit_id, day in fired:
        by_key.setdefault(key, []).append((place[day], unit_id, day))
    episodes = []
    for key, rows in by_key.items():
        rows.sort()
        start = rows[0]
        for before, after in zip(rows, rows[1:], strict=False):
            if after[0] > before[0] + 1:
                episodes.append(Episode(key, start[1], start[2], before[2]))
                start = after
        episodes.append(Episode(key, start[1], start[2], rows[-1][2]))
    return sorted(episodes, key=lambda one: (one.first, one.key))


def count_led(episodes: Iterable[Episode], found: Iterable[tuple[int, date]]) -> int:
    """Return how many episodes a problem at the same unit followed, from the first firing on. `found`: (unit, day on which it was opened)."""
    by_unit: dict[int, list[date]] = {}
    for unit_id, day in found:
        by_unit.setdefault(unit_id, []).append(day)
    return sum(any(one.first <= day <= one.last + timedelta(days=LED_DAYS) for day in by_unit.get(one.unit_id, ())) for one in episodes)


def list_month_ends(day: date, count: int) -> list[date]:
    """Return the last days of the months before a day's, and the day itself, oldest first."""
    ends, first = [day], day.replace(day=1)
    for _n in range(count):
        last = first - timedelta(days=1)
        ends.append(last)
        first = last.replace(day=1)
    return ends[::-1]
