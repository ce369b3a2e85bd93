"""The Chinese working calendar: weekends, holidays and swap days (调休).

The `holidays` library knows the published years; rows of `WorkingDay` come first, so a unit can enter what a library
lacks. A year whose notice is not out yet counts weekends and statutory days only and is said to be unconfirmed.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

WEEKDAYS = "一二三四五六日"


_clock: ContextVar[datetime | None] = ContextVar("clock", default=None)


@contextmanager
def at_time(moment: datetime) -> Iterator[None]:
    """Let `now()` and `today()` say this moment inside the block: how the demo lives through its year, and tests their days."""
    token = _clock.set(moment)
    try:
        yield
    finally:
        _clock.reset(token)


def today() -> date:
    """Return the local date of now."""
    return timezone.localdate(now())


def now() -> datetime:
    """Return now, with its zone."""
    return _clock.get() or timezone.now()


@lru_cache(maxsize=32)
def load_library_year(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Return (days off, swapped working days) that the library knows for a year."""
    import holidays  # noqa: PLC0415  (half a second to load; only pages that count working days need it)
    from holidays.constants import HALF_DAY, PUBLIC  # noqa: PLC0415, F401

    china: Any = holidays.country_holidays("CN", years=year)
    return frozenset(china), frozenset(getattr(china, "weekend_workdays", ()))


def load_own_days(years: Iterable[int]) -> dict[date, bool]:
    """Return the unit's own table for the years: day → works. One query."""
    from ronghe.common.models import WorkingDay  # noqa: PLC0415

    return dict(WorkingDay.objects.filter(day__year__in=list(years)).values_list("day", "works"))


def is_working_day(day: date, own: dict[date, bool] | None = None) -> bool:
    """Tell whether people work on this day. `own` is load_own_days() for loops."""
    table = load_own_days([day.year]) if own is None else own
    if day in table:
        return table[day]
    off, swapped = load_library_year(day.year)
    if day in swapped:
        return True
    return day.weekday() < 5 and day not in off


def add_working_days(start: date, days: int) -> date:
    """Return the day that is `days` working days after `start` (0: start itself or the next working day)."""
    own = load_own_days([start.year, start.year + 1])
    day = start
    while not is_working_day(day, own):
        day += timedelta(days=1)
    for _step in range(days):
        day += timedelta(days=1)
        while not is_working_day(day, own):
            day += timedelta(days=1)
    return day


def count_working_days(start: date, end: date) -> int:
    """Return how many working days lie after `start` up to and with `end`."""
    own = load_own_days(range(start.year, end.year + 1))
    return sum(is_working_day(start + timedelta(days=n), own) for n in range(1, (end - start).days + 1))


def describe_day(day: date) -> str:
    """Return '2026年11月20日 星期五'."""
    return f"{day.year}年{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]}"


def describe_today() -> str:
    """Return today's line above the workbench, with the working days left in the year."""
    day = today()
    left = count_days_left(day)
    return _("%(day)s · 距年底 %(left)d 个工作日") % {"day": describe_day(day), "left": left}


@lru_cache(maxsize=4)
def count_days_left(day: date) -> int:
    """Working days left in the year, by the library's calendar (cached: it stands on every page)."""
    off, swapped = load_library_year(day.year)
    days = (day + timedelta(days=n) for n in range(1, (date(day.year, 12, 31) - day).days + 1))
    return sum(d in swapped or (d.weekday() < 5 and d not in off) for d in days)
