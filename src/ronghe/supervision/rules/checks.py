"""Who checks what, pure: never the supervised, in turn among those who may; which checks lapse; rates."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

# what a log entry counts as: only this one is a measure of discipline; 约谈提醒 never is
MEASURES = ("accountable",)


def choose_checker(preferred: Sequence[int], others: Sequence[int], barred: Collection[int], turn: int) -> int | None:
    """Return who checks: one of those whose post it is, in turn; where they are all barred, the first of the others; None where nobody may."""
    able = [one for one in preferred if one not in barred]
    if able:
        return able[turn % len(able)]
    return next((one for one in others if one not in barred), None)


def find_bar_to_checking(actor: int, *, checker: int, supervised: Collection[int]) -> str:
    """Return why this person may not do the check, or ''. Nobody checks what they answer for."""
    if actor in supervised:
        return "被监督的人不能检查自己的业务。"
    if actor != checker:
        return "这次检查由指定的监督人办理。"
    return ""


def find_fault(supervisor: str, supervised: str) -> str:
    """Return what is wrong with who supervises whom, or ''."""
    return "监督岗位和被监督岗位不能是同一个:不能自己监督自己。" if supervisor == supervised else ""


def find_lapsed(checks: Iterable[tuple[int, str, int, date]], day: date) -> list[int]:
    """Return which open checks are made good by a later one of the same line and unit that is due by now.

    `checks`: (key, line, unit, due) of the open ones and of those done, all of them.
    """
    latest: dict[tuple[str, int], date] = {}
    rows = list(checks)
    for _pk, line, unit, due in rows:
        if due <= day:
            latest[line, unit] = max(latest.get((line, unit), due), due)
    return [pk for pk, line, unit, due in rows if due < latest.get((line, unit), due)]


def rate_of(part: int, whole: int, digits: int = 1) -> Decimal | None:
    """Return a percentage, or None where there is nothing to divide by."""
    if not whole:
        return None
    return (Decimal(part) * 100 / whole).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
