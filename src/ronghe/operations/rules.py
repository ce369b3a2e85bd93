"""Which days of a tick are still to be run, and when its silence is a warning."""

from datetime import date, datetime, timedelta

MOST_DAYS = 31
SILENCE = timedelta(hours=26)
CLAIM = timedelta(hours=1)
RETRY = timedelta(minutes=10)


def list_missing_days(last: date | None, today: date, *, each_day: bool, may_run_today: bool) -> list[date]:
    """Return the days to run, oldest first: those after the last good one up to today, or only today.

    At most a month is made up for; before the first run nothing is.
    """
    end = today if may_run_today else today - timedelta(days=1)
    if last is not None and last >= end:
        return []
    if not each_day or last is None:
        return [today] if may_run_today else []
    first = max(last + timedelta(days=1), end - timedelta(days=MOST_DAYS - 1))
    return [first + timedelta(days=n) for n in range((end - first).days + 1)]


def may_claim(started_at: datetime, ended_at: datetime | None, ok: bool, now: datetime) -> bool:
    """Tell whether a tick that somebody has begun may be begun again: it failed a while ago, or its worker died."""
    if ok:
        return False
    if ended_at is not None:
        return now - ended_at >= RETRY
    return now - started_at >= CLAIM


def is_silent(last_good: datetime | None, now: datetime) -> bool:
    """Tell whether the last good run is so long ago that a person must look."""
    return last_good is None or now - last_good > SILENCE


def is_limit_passed(before: int, after: int, limit: int) -> bool:
    """Tell whether a sum has just passed its limit: said once, not with every further export."""
    return before <= limit < after
