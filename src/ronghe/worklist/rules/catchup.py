"""What is made of dates that are already past when a list is generated: nobody opens the month under a flood of red lights."""

from dataclasses import dataclass
from datetime import date

BACK_MONTHS = 3  # further back nothing is made good


@dataclass(frozen=True)
class Verdict:
    """`due` is the date of the task that is made, None where none is; `late` tells that it was moved because it came late."""

    due: date | None
    late: bool = False


def judge(due: date, day: date, *, each_month: bool, catch_up_on: date) -> Verdict:
    """Decide about a date on the day of generation.

    What is not past is made as it is. Of what is past, the weekly and monthly are left out (the next one makes them good); what
    comes once a quarter, half-year or year is made with a new date, `catch_up_on`.
    """
    if due >= day:
        return Verdict(due)
    return Verdict(None) if each_month else Verdict(catch_up_on, late=True)


def list_missed(last_done: str | None, current: str, months_between: list[str]) -> list[str]:
    """Return the months before `current` that were not generated, the oldest first. Without a first month there is nothing to make good."""
    if last_done is None or last_done >= current:
        return []
    return [month for month in months_between if last_done < month < current][-BACK_MONTHS:]
