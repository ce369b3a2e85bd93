"""保存期限: from a term to a cut, and the line of the report that is digested. Pure: no Django."""

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

BATCH = 500
MOST_BATCHES = 40  # a kind and day: what is left waits for tomorrow
LONGEST_DAYS = 100 * 366
REPORTED = ("kind", "rule", "days", "basis", "way", "day", "before", "count", "first", "last", "held", "left")


def cut_of(day: date, days: int, zone: Any) -> datetime:
    """Return the moment before which rows are over their term on a day: a row lives its whole last day."""
    return datetime.combine(day - timedelta(days=days), time(0), zone)


def find_fault(days: int | None, least: int) -> str:
    """Return what is wrong with a term, or ''. None keeps for ever."""
    if days is None:
        return ""
    if days < least:
        return f"这一类至少保存 {least} 天。"
    if not 0 <= days <= LONGEST_DAYS:
        return "天数应在 0 到 36600 之间;永久保存请勾选“不清除”。"
    return ""


def is_stopped(by_area: bool, holds: list[int | None]) -> bool:
    """Tell whether holds stop a kind altogether: one on everything does, and one on an area where rows know no area."""
    return any(area is None or not by_area for area in holds)


def write_line(previous: str, values: dict[str, Any]) -> str:
    """Return the text that is digested: a report's line with the digest of the one before it."""
    plain = {name: write_value(values[name]) for name in REPORTED}
    return json.dumps([previous, plain], ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def write_value(value: Any) -> Any:
    """Return a value as it is digested: a moment in UTC, as no database's zone changes it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if isinstance(value, date) else value
