"""Dates of a period and who is to be asked in it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from ronghe.common.calendar import add_working_days, today
from ronghe.figures.models import ReportingPeriod
from ronghe.figures.rules import first_day, next_month
from ronghe.org.models import Appointment, Person

DUE_WORKING_DAY = 5
CLOSES_AFTER = 5


@dataclass(frozen=True)
class Dates:
    opens_on: date
    due_on: date
    closes_on: date


def propose_dates(period: str) -> Dates:
    """Return the usual dates: opens on the 1st of the next month, due on its 5th working day, closes 5 working days later."""
    opens = first_day(next_month(period))
    due = add_working_days(opens, DUE_WORKING_DAY - 1)
    return Dates(opens, due, add_working_days(due, CLOSES_AFTER))


def map_reporters(area_id: int, day: date | None = None) -> dict[int, list[Person]]:
    """Return unit → the people who report for it on the day (default: today). One query."""
    held = Appointment.objects.on(day or today()).filter(post__kind="reporter", post__area_id=area_id)
    found: dict[int, list[Person]] = {}
    for row in held.select_related("person", "post").order_by("post_id", "id"):
        if row.person.left_on is None:
            found.setdefault(row.post.unit_id, []).append(row.person)
    return found


def list_periods(user: Any) -> QuerySet[ReportingPeriod]:
    """Return the months with how many batches wait, are confirmed, are being written. One query for any number of rows."""
    states = {"waiting": ["submitted"], "confirmed": ["confirmed"], "writing": ["draft", "returned"]}
    counts = {name: Count("batches", filter=Q(batches__state__in=wanted)) for name, wanted in states.items()}
    return ReportingPeriod.objects.visible_to(user).annotate(**counts).order_by("-period")
