"""When somebody is reminded, and when a message may leave the house."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta


def is_point_passed(before: int, now: int, points: Iterable[int], every: int | None) -> bool:
    """Tell whether a reminder's point lies after position `before` and up to `now` (working days from the due date, overdue
    positive). After the last point it comes again every so many days. A day on which no tick ran loses no point."""
    ordered = sorted(points)
    if not ordered or now <= before:
        return False
    if any(before < point <= now for point in ordered):
        return True
    last = ordered[-1]
    if not every or now <= last or last < 0:
        return False
    return (now - last) // every > max(0, before - last) // every


def move_out_of_quiet(at: datetime, quiet_from: time, quiet_to: time) -> datetime:
    """Return the first moment from `at` on that is not in the quiet hours (which may run over midnight)."""
    clock = at.time()
    if quiet_from == quiet_to:
        return at
    over_midnight = quiet_from > quiet_to
    quiet = (clock >= quiet_from or clock < quiet_to) if over_midnight else quiet_from <= clock < quiet_to
    if not quiet:
        return at
    end = at.replace(hour=quiet_to.hour, minute=quiet_to.minute, second=0, microsecond=0)
    return end + timedelta(days=1) if over_midnight and clock >= quiet_from else end


def wait_before_retry(tries: int) -> timedelta:
    """Return how long to wait after so many tries: 5, 10, 20, 40 minutes."""
    return timedelta(minutes=5 * 2 ** max(0, tries - 1))
