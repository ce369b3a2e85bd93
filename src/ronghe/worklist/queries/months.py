"""The month's list: its dates, one person's or a group's tasks in the order of the days, and what still waits for an answer."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Q

from ronghe.common.calendar import describe_day, is_working_day, load_library_year, load_own_days
from ronghe.common.lights import light_for
from ronghe.common.links import link_to
from ronghe.common.models import WorkingDay
from ronghe.org.standing import standing_of
from ronghe.worklist.models import Task, TaskQuerySet
from ronghe.worklist.rules.recurrence import read_month
from ronghe.worklist.sources import Month

LED = ("station_chief", "group_leader")


def describe_month(area_id: int, month: str) -> Month:
    """Return what sources are asked for, with the unit's own table of working days read once."""
    first, last = read_month(month)
    own = load_own_days({first.year, last.year})
    return Month(area_id, month, first, last, partial(is_working_day, own=own))


def is_year_confirmed(year: int) -> bool:
    """Tell whether a year's holidays and swap days are known for certain: by the own table, or by a library that has its notice."""
    own = list(WorkingDay.objects.filter(day__year=year).values_list("confirmed", flat=True))
    if own:
        return all(own)
    _off, swapped = load_library_year(year)
    return any(day.year == year for day in swapped)


@dataclass(frozen=True)
class MonthLine:
    """One task of the list, ready to print; `may` says what this reader may do in the row."""

    pk: int
    title: str
    kind: str
    url: str
    due: date
    owner: str
    unit: str
    light: str
    word: str
    note: str
    state: str
    open: bool
    asks: str
    asks_name: str
    remark: str
    result: str
    mine: bool
    offered: bool
    version: int
    listed: bool = True

    @property
    def one_tap(self) -> bool:
        return self.open and self.mine and self.listed and self.asks == Task.Asks.NONE and not self.offered


@dataclass(frozen=True)
class DayLines:
    """The tasks of one day."""

    title: str
    today: bool
    lines: list[MonthLine]


def list_month(user: Any, month: str, *, scope: str = "", unit_id: int | None = None) -> TaskQuerySet:
    """Return what is due in a month of what the user may read: one's own, or that of the units that one leads.

    Beside what was generated for the month stands whatever another context expects by a day of it: a milestone, a cure, a resolution to
    carry out. So that there is one list, and nothing has to be registered twice.
    """
    first, last = read_month(month)
    rows = Task.objects.visible_to(user).filter(Q(month=month) | Q(key="", due__gte=first, due__lte=last))
    me = standing_of(user).person_id or 0
    if scope == "led":
        rows = rows.filter(unit_id=unit_id) if unit_id else rows
    else:
        rows = rows.filter(Q(owner_id=me) | Q(offered_to_id=me, state=Task.State.OPEN))
    return (
        rows.exclude(key="", state=Task.State.DROPPED)
        .select_related("owner", "unit", "offered_to", "refused_by")
        .order_by("due", "unit_id", "id")
    )


def describe_line(task: Task, me: int, day: date) -> MonthLine:
    done = task.state != Task.State.OPEN
    light = light_for(task.due, day, done=done)
    parts = [task.remark]
    if not done and task.offered_to is not None:
        parts.append(f"等 {task.offered_to.name} 接收")
    if not done and task.refused_by is not None:
        parts.append(f"{task.refused_by.name} 退回:{task.reason}")
    elif not done and task.planned is not None and task.due != task.planned and task.reason:
        parts.append(f"改期:{task.reason}")
    return MonthLine(
        task.pk,
        task.title,
        task.kind,
        link_to("worklist:task", task.pk) if not task.path else task.path,
        task.due or day,
        task.owner.name,
        task.unit.name if task.unit else "",
        light.state,
        light.word,
        light.note,
        str(task.get_state_display()),
        not done,
        task.asks,
        str(task.get_asks_display()),
        ";".join(part for part in parts if part),
        task.line or task.result,
        task.owner_id == me,
        task.offered_to_id is not None,
        task.version,
        task.is_listed and not task.path,
    )


def group_by_day(lines: list[MonthLine], day: date) -> list[DayLines]:
    """Return the lines under their days, in order."""
    found: dict[date, list[MonthLine]] = {}
    for line in lines:
        found.setdefault(line.due, []).append(line)
    return [DayLines(describe_day(one), one == day, rows) for one, rows in sorted(found.items())]


def leads(user: Any) -> bool:
    """Tell whether the user reads more than one's own list."""
    standing = standing_of(user)
    return standing.is_leader or standing.holds(LED)


def list_refused(user: Any) -> TaskQuerySet:
    """Return what was refused and waits for this leader's answer."""
    me = standing_of(user).person_id or 0
    return (
        Task.objects.filter(owner_id=me, state=Task.State.OPEN)
        .exclude(refused_by=None)
        .select_related("owner", "unit", "refused_by", "offered_to")
    )


def list_offered(user: Any) -> TaskQuerySet:
    """Return what others want to hand to this person."""
    me = standing_of(user).person_id or 0
    return Task.objects.filter(offered_to_id=me, state=Task.State.OPEN).select_related("owner", "unit", "refused_by", "offered_to")
