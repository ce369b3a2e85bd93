"""When an item of a guide is due: an RRULE (RFC 5545) inside one month, moved to working days of the Chinese calendar.

Three agreements, because an official's month is not a calendar's:
- a date stays in its month: what would be moved out of it goes to the nearest working day on the other side;
- a weekly date stays in its week (Monday to Sunday): a week without a working day has no such date;
- two dates that come to lie on the same day are one, named by the earlier.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from dateutil.rrule import rrulestr

Works = Callable[[date], bool]
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEKDAY_WORDS = "一二三四五六日"
LAST = -1
ALLOWED = {"FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST"}
# a rule is counted from the first Monday of a year long past, so that 'every second week' is the same for everybody
START = datetime(2018, 1, 1)  # noqa: DTZ001  (days, not moments)
LONGEST_RULE = 120


class BadRule(ValueError):
    """The text is no rule that this product follows; the message says why, in Chinese."""


@dataclass(frozen=True)
class Occurrence:
    """One date of an item. `planned` is what the rule says and names it for good; `due` is where it lies among working days."""

    planned: date
    due: date

    @property
    def is_moved(self) -> bool:
        return self.planned != self.due


def read_month(text: str) -> tuple[date, date]:
    """Return the first and the last day of '2026-11'."""
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
    if not found:
        raise BadRule(f"“{text}”不是月份,请写成 2026-11 这样。")
    year, month = int(found[1]), int(found[2])
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def name_month(day: date) -> str:
    return f"{day.year}-{day.month:02d}"


def add_months(text: str, count: int) -> str:
    """Return the month that lies `count` months after another."""
    first, _last = read_month(text)
    number = first.year * 12 + first.month - 1 + count
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def split_rule(text: str) -> dict[str, str]:
    """Return the parts of a rule, or raise BadRule."""
    parts: dict[str, str] = {}
    for piece in text.strip().upper().removeprefix("RRULE:").split(";"):
        name, equals, value = piece.partition("=")
        if not equals or not value or name in parts:
            raise BadRule(f"看不懂“{piece}”。")
        if name not in ALLOWED:
            raise BadRule(f"不用“{name}”:起止写在事项的起止日期里,次数由月份决定。")
        parts[name] = value
    if parts.get("FREQ") not in ("WEEKLY", "MONTHLY", "YEARLY"):
        raise BadRule("频次只能是每周、每月或每年(FREQ=WEEKLY、MONTHLY、YEARLY)。")
    return parts


def check_rule(text: str) -> str:
    """Return the rule in its plain form, or raise BadRule saying what is wrong with it."""
    if len(text) > LONGEST_RULE:
        raise BadRule("规则太长。")
    parts = split_rule(text)
    plain = ";".join(f"{name}={value}" for name, value in parts.items())
    try:
        rule = rrulestr(plain, dtstart=START)
        first = rule.after(START, inc=True)
    except (ValueError, TypeError, IndexError) as problem:
        raise BadRule("规则里的数不对,请检查月份、日期和星期。") from problem
    if first is None:
        raise BadRule("按这条规则一次也不会发生。")
    return plain


def list_occurrences(rule: str, month: str, shift: str, works: Works) -> list[Occurrence]:
    """Return the dates of a rule in one month, in the order of the days."""
    first, last = read_month(month)
    weekly = is_weekly(rule)
    found: dict[date, Occurrence] = {}
    for planned in list_planned(rule, first, last):
        low, high = (max(first, monday_of(planned)), min(last, monday_of(planned) + timedelta(days=6))) if weekly else (first, last)
        due = move_to_working_day(planned, shift, works, low, high)
        if due is not None and due not in found:
            found[due] = Occurrence(planned, due)
    return sorted(found.values(), key=lambda one: (one.due, one.planned))


@lru_cache(maxsize=2000)
def list_planned(rule: str, first: date, last: date) -> tuple[date, ...]:
    """Return the days of a rule by its letter. Kept: a rule is counted from START, and a company's areas ask for the same ones."""
    begin, end = datetime.combine(first, time.min), datetime.combine(last, time.min)
    return tuple(moment.date() for moment in rrulestr(rule, dtstart=START).between(begin, end, inc=True))


def move_to_working_day(day: date, shift: str, works: Works, low: date, high: date) -> date | None:
    """Return the working day for a date within low..high; None where there is none. 'none' keeps the date as it is."""
    if shift == "none" or works(day):
        return day
    step = timedelta(days=-1 if shift == "before" else 1)
    for direction in (step, -step):
        other = day + direction
        while low <= other <= high:
            if works(other):
                return other
            other += direction
    return None


def is_weekly(rule: str) -> bool:
    return split_rule(rule)["FREQ"] == "WEEKLY"


def comes_each_month(rule: str) -> bool:
    """Tell whether a missed date is made good by next month's: weekly and monthly ones are, quarterly and yearly ones aren't."""
    parts = split_rule(rule)
    return parts["FREQ"] == "WEEKLY" or (parts["FREQ"] == "MONTHLY" and "BYMONTH" not in parts and int(parts.get("INTERVAL", "1")) < 3)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class Pattern:
    """What the form asks: how often, and on which day. It becomes an RRULE, and is read back from one that it could have written."""

    every: str  # week, month, quarter, half, year
    day: int = 0  # of the month; -1: the last
    weekday: int = -1  # 0 Monday
    nth: int = 0  # which of these weekdays in the month; -1: the last
    month: int = 0  # in the quarter (1–3), the half-year (1–6) or the year (1–12)


PERIODS = {"quarter": 3, "half": 6, "year": 12}


def write_rule(pattern: Pattern) -> str:
    """Return the RRULE of a pattern, or raise BadRule."""
    if pattern.every == "week":
        if not 0 <= pattern.weekday <= 6:
            raise BadRule("请选星期几。")
        return f"FREQ=WEEKLY;BYDAY={WEEKDAYS[pattern.weekday]}"
    if pattern.every != "month" and pattern.every not in PERIODS:
        raise BadRule("请选频次。")
    parts = ["FREQ=MONTHLY"]
    if pattern.every != "month":
        length = PERIODS[pattern.every]
        if not 1 <= pattern.month <= length:
            raise BadRule(f"请选第几个月(1–{length})。")
        months = ",".join(str(number) for number in range(pattern.month, 13, length))
        parts = [f"FREQ={'YEARLY' if length == 12 else 'MONTHLY'}", f"BYMONTH={months}"]
    return ";".join([*parts, *write_day(pattern)])


def write_day(pattern: Pattern) -> list[str]:
    if pattern.nth:
        if pattern.nth not in (1, 2, 3, 4, LAST) or not 0 <= pattern.weekday <= 6:
            raise BadRule("请选第几个星期几。")
        return [f"BYDAY={WEEKDAYS[pattern.weekday]}", f"BYSETPOS={pattern.nth}"]
    if pattern.day == LAST:
        return ["BYMONTHDAY=-1"]
    if not 1 <= pattern.day <= 31:
        raise BadRule("请写几号(1–31),或选最后一天。")
    if pattern.day <= 28:
        return [f"BYMONTHDAY={pattern.day}"]
    # the 30th of a February is its last day: RRULE alone would leave the month out
    return [f"BYMONTHDAY={','.join(str(day) for day in range(28, pattern.day + 1))}", "BYSETPOS=-1"]


def read_pattern(rule: str) -> Pattern | None:
    """Return the pattern that writes this rule, or None for a rule of another shape."""
    parts = split_rule(rule)
    every, month = ("week" if parts["FREQ"] == "WEEKLY" else "month"), 0
    if "BYMONTH" in parts:
        months = [int(number) for number in parts["BYMONTH"].split(",")]
        every = {4: "quarter", 2: "half", 1: "year"}.get(len(months), "")
        month = months[0]
    weekday = WEEKDAYS.index(parts["BYDAY"]) if parts.get("BYDAY") in WEEKDAYS else -1
    days = [int(number) for number in parts.get("BYMONTHDAY", "0").split(",")]
    nth = int(parts.get("BYSETPOS", "0")) if weekday >= 0 and every != "week" else 0
    pattern = Pattern(every, day=max(days) if max(days) > 0 else days[0], weekday=weekday, nth=nth, month=month)
    try:
        return pattern if write_rule(pattern) == check_rule(rule) else None
    except BadRule:
        return None


def describe_rule(rule: str) -> str:
    """Return '每季度第 3 个月 20 日' of a rule."""
    pattern = read_pattern(rule)
    if pattern is None:
        return rule
    if pattern.every == "week":
        return f"每周{WEEKDAY_WORDS[pattern.weekday]}"
    start = {"month": "每月", "quarter": f"每季度第 {pattern.month} 个月", "half": f"每半年第 {pattern.month} 个月"}
    begin = start.get(pattern.every, f"每年 {pattern.month} 月")
    if pattern.nth:
        which = "最后一个" if pattern.nth == LAST else f"第 {pattern.nth} 个"
        return f"{begin}{which}星期{WEEKDAY_WORDS[pattern.weekday]}"
    if pattern.day == LAST:
        return f"{begin}最后一天"
    return f"{begin} {pattern.day} 日"
