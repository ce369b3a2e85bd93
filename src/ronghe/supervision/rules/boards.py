"""The week's board, pure: which week a day lies in, how an item stood then, when it goes up a level and to whom."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

LIVE = ("running", "claimed")
ENDED = ("done", "dropped")
RED_DAYS = 21  # three weeks of red, and it goes up


def monday_of(day: date) -> date:
    """Return the Monday that names the week of a day."""
    return day - timedelta(days=day.weekday())


def sunday_of(week: date) -> date:
    return week + timedelta(days=6)


def make_number(year: int, count: int) -> str:
    """Return the number of the count-th item of a year: 'DB-2026-0012'."""
    return f"DB-{year}-{count:04d}"


def count_weeks(opened: date, week: date) -> int:
    """Return for how many weeks an item has stood on the board in a week: 1 in the week in which it was opened."""
    return (week - monday_of(opened)).days // 7 + 1


def count_red_weeks(due: date, day: date) -> int:
    """Return how many full weeks an item has been red on a day: red begins on the day after its date."""
    return max(0, (day - due).days // 7)


def find_due(due: date, moves: Iterable[tuple[date, date]], day: date) -> date:
    """Return the date that held on a day; `moves`: (day of the move, date before it), oldest first."""
    return next((old for moved_on, old in moves if moved_on > day), due)


def is_up(due: date, raised_on: date | None, level: int, top: int, day: date) -> bool:
    """Tell whether an item goes up a level: red for three weeks since its date, or since it last went up."""
    if level >= top:
        return False
    since = due if raised_on is None or raised_on < due else raised_on
    return (day - since).days >= RED_DAYS


def list_levels(chief: int | None, manager: int | None, secretary: int | None, *, owner: int, supervisor: int) -> list[int]:
    """Return who stands above an item, level by level: never its owner, never who supervises it already."""
    levels: list[int] = []
    for one in (chief, manager, secretary):
        if one is not None and one not in (owner, supervisor) and one not in levels:
            levels.append(one)
    return levels


def find_bar_to_confirming(actor: int, *, owner: int, reporters: Sequence[int]) -> str:
    """Return why this person may not confirm that an item is done, or ''. Whoever did it or said so never does."""
    if actor == owner:
        return "责任人不能确认自己的督办事项。"
    if actor in reporters:
        return "汇报办结的人不能确认。"
    return ""
