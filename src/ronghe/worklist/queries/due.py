"""Reads over what is due: one's own list, the group's, counts and lights."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from ronghe.common.badges import count_badge
from ronghe.common.calendar import today
from ronghe.common.lights import SOON_DAYS, light_for
from ronghe.org.standing import standing_of
from ronghe.worklist.models import Task

PANEL_ROWS = 8


@dataclass(frozen=True)
class TaskLine:
    """One task, ready to print."""

    pk: int
    kind: str
    title: str
    path: str
    owner: str
    unit: str
    light: str
    word: str
    due: str
    result: str
    tone: str = "blue"

    @property
    def url(self) -> str:
        """The name under which the task component asks for the address."""
        return self.path

    @property
    def note(self) -> str:
        return " · ".join(part for part in (self.unit, self.owner) if part)


def list_open(user: Any) -> QuerySet[Task] | None:
    """Return the open tasks of the user (counted beside the menu line)."""
    owner = standing_of(user).person_id
    return None if owner is None else Task.objects.filter(owner_id=owner).open()


def list_own(user: Any) -> QuerySet[Task]:
    """Return the open tasks of the user, the most pressing first."""
    owned = Task.objects.filter(owner_id=standing_of(user).person_id or 0).open()
    return owned.select_related("owner", "unit").order_by(F("due").asc(nulls_last=True), "id")


def count_open(user: Any) -> int:
    """Return how many open tasks the user owns (menu and workbench)."""
    return count_badge(user, "worklist")


def describe_task(task: Task, day: date) -> TaskLine:
    done = task.state != Task.State.OPEN
    light = light_for(task.due, day, done=done)
    return TaskLine(
        task.pk,
        task.kind,
        task.title,
        task.url,
        task.owner.name,
        task.unit.name if task.unit else "",
        light.state,
        light.word,
        task.result or task.get_state_display() if done else light.note,
        task.result,
    )


def build_panel(user: Any) -> dict[str, Any] | None:
    """Return the workbench's first panel: what is due today, then what is overdue, then what comes. One query, and one for the count."""
    if standing_of(user).person_id is None:
        return None
    day = today()
    turn = Case(When(due=day, then=Value(0)), When(due__lt=day, then=Value(1)), default=Value(2))
    lines = [describe_task(task, day) for task in list_own(user).order_by(turn, F("due").asc(nulls_last=True), "id")[:PANEL_ROWS]]
    return {"lines": lines, "total": count_open(user)}


def count_lights(rows: QuerySet[Task], day: date) -> dict[str, int]:
    """Return how many of the rows are red, yellow and green today. One query."""
    soon = date.fromordinal(day.toordinal() + SOON_DAYS)
    counted = rows.order_by().aggregate(
        r=Count("pk", filter=Q(due__lt=day)),
        y=Count("pk", filter=Q(due__gte=day, due__lte=soon)),
        g=Count("pk", filter=Q(due__gt=soon) | Q(due=None)),
    )
    return counted
