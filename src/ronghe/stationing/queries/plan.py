"""包站 and the week: who answers for what, who is away, who goes where."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Q

from ronghe.common.calendar import WEEKDAYS, is_working_day, load_own_days, today
from ronghe.duties.models import Handover
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Appointment, Person, Unit
from ronghe.org.standing import standing_of
from ronghe.stationing.models import Cover, Norm, PlanDay, Shift, Swap, Visit
from ronghe.stationing.rules import Wish, monday_of, suits_shift

BASIS = "系统默认值,请按本管理区驻站带班规定修改:班子成员每周到所包班站带班 1–2 天"


def find_norm(area_id: int) -> Norm:
    """Return the area's own rules, else the default ones (not saved)."""
    return Norm.objects.filter(area_id=area_id).first() or Norm(area_id=area_id, days_a_week=1, min_units=3, decide_days=3, basis=BASIS)


def list_leaders(area_id: int) -> list[Person]:
    """Return the 班子 in the order of their posts. One query."""
    rows = Appointment.objects.on(today()).filter(post__area_id=area_id, post__kind__in=LEADERS).select_related("person__unit")
    return list({row.person_id: row.person for row in rows.order_by("post__order", "pk")}.values())


def list_absences(person_ids: Iterable[int], first: date, last: date) -> dict[int, set[date]]:
    """Return person → the days on which they have handed over their work (duties' 交接): leave is said once. One query."""
    rows = Handover.objects.filter(giver_id__in=list(person_ids), starts_on__lte=last).filter(
        Q(ends_on__gte=first) | Q(ends_on=None), state__in=[Handover.State.PLANNED, Handover.State.RUNNING]
    )
    away: dict[int, set[date]] = defaultdict(set)
    for giver, starts, ends in rows.values_list("giver_id", "starts_on", "ends_on"):
        day = max(starts, first)
        while day <= min(ends or last, last):
            away[giver].add(day)
            day += timedelta(days=1)
    return away


def list_wishes(area_id: int, monday: date, days: Sequence[date], taken: Sequence[PlanDay]) -> list[Wish]:
    """Return what each leader with stations may still be planned for. Four queries."""
    leaders = list_leaders(area_id)
    covers: dict[int, list[int]] = defaultdict(list)
    rows = Cover.objects.on(monday + timedelta(days=6)).filter(area_id=area_id).order_by("unit__order")
    for leader_id, unit in rows.values_list("leader_id", "unit_id"):
        covers[leader_id].append(unit)
    been = dict(
        PlanDay.objects.filter(area_id=area_id, day__lt=monday)
        .exclude(state=PlanDay.State.OFF)
        .order_by()
        .values_list("unit_id")
        .annotate(Max("day"))
    )
    away = list_absences([row.pk for row in leaders], monday, monday + timedelta(days=6))
    wishes = []
    for leader in leaders:
        own = [row for row in taken if row.leader_id == leader.pk]
        gone = {row.unit_id for row in own}
        units = sorted(covers[leader.pk], key=lambda unit: (unit in gone, been.get(unit, date.min)))
        free = [day for day in days if day not in away[leader.pk] and day not in {row.day for row in own}]
        wishes.append(Wish(leader.pk, tuple(units), tuple(free), len(own)))
    return wishes


def map_good_days(units: Iterable[int], days: Sequence[date]) -> dict[int, set[date]]:
    """Return unit → the days that suit its shifts; a unit without shifts is not in it. One query."""
    return {
        row.unit_id: {day for day in days if suits_shift(day, anchor=row.anchor, cycle=row.cycle, places=row.places)}
        for row in Shift.objects.filter(unit_id__in=list(units))
    }


@dataclass(frozen=True)
class Cell:
    """A planned day in the week's table."""

    pk: int
    unit: str
    state: str
    tone: str
    note: str
    visit: int | None
    changeable: bool


@dataclass(frozen=True)
class Row:
    """One leader's week."""

    leader: str
    covers: str
    days: list[tuple[str, bool, list[Cell]]]


TONES = {"planned": "blue", "visited": "green", "off": ""}


def build_week(user: Any, area_id: int, monday: date) -> tuple[list[tuple[str, bool]], list[Row]]:
    """Return the heads (day, is it a working day) and each leader's week. A constant number of queries."""
    own = load_own_days({monday.year, (monday + timedelta(days=6)).year})
    days = [monday + timedelta(days=n) for n in range(7)]
    heads = [(f"周{WEEKDAYS[day.weekday()]} {day.month}/{day.day}", is_working_day(day, own)) for day in days]
    leaders = list_leaders(area_id)
    planned: dict[tuple[int, date], list[PlanDay]] = defaultdict(list)
    rows = (
        PlanDay.objects.visible_to(user)
        .filter(area_id=area_id, day__gte=days[0], day__lte=days[-1])
        .select_related("unit", "filed", "leader")
    )
    for row in rows:
        planned[row.leader_id, row.day].append(row)
    # the plan is everybody's, a visit is not: what can't be opened is no link
    opened = set(Visit.objects.visible_to(user).filter(area_id=area_id, day__gte=days[0], day__lte=days[-1]).values_list("pk", flat=True))
    former = {row.leader_id: row.leader for row in rows if row.leader_id not in {leader.pk for leader in leaders}}
    covers: dict[int, list[str]] = defaultdict(list)
    for leader_id, name in Cover.objects.on(days[-1]).filter(area_id=area_id).values_list("leader_id", "unit__name"):
        covers[leader_id].append(name)
    away = list_absences([leader.pk for leader in leaders], days[0], days[-1])
    me, head = standing_of(user).person_id, standing_of(user).holds(("branch_secretary", "area_manager"), area_id=area_id)
    table = []
    for leader in [*leaders, *former.values()]:
        line = []
        for (name, _works), day in zip(heads, days, strict=True):
            cells = [
                Cell(
                    row.pk, row.unit.name, row.get_state_display(), TONES[row.state], row.note,
                    row.filed.pk if hasattr(row, "filed") and row.filed.pk in opened else None,
                    row.state == PlanDay.State.PLANNED and (head or row.leader_id == me),
                )
                for row in planned[leader.pk, day]
            ]  # fmt: skip
            line.append((name, day in away[leader.pk], cells))
        table.append(Row(leader.name, "、".join(covers[leader.pk]), line))
    return heads, table


def list_swaps(user: Any) -> list[Swap]:
    """Return the swaps that wait for the user's answer, and those that the user has asked for."""
    me = standing_of(user).person_id or 0
    rows = Swap.objects.visible_to(user).filter(Q(asked_of_id=me) | Q(asked_by_id=me), state=Swap.State.ASKED)
    return list(rows.select_related("one__unit", "other__unit", "asked_by", "asked_of"))


def list_covers(user: Any, area_id: int, day: date) -> list[dict[str, Any]]:
    """Return each station with who answers for it now, since when, and its shifts; first those that nobody covers. Three queries."""
    units = Unit.objects.filter(area_id=area_id, kind=Unit.Kind.STATION, closed_on=None).order_by("order", "code")
    covers = {row.unit_id: row for row in Cover.objects.visible_to(user).on(day).filter(area_id=area_id).select_related("leader")}
    shifts = {row.unit_id: row for row in Shift.objects.visible_to(user).filter(area_id=area_id)}
    lines = []
    for unit in units:
        cover, shift = covers.get(unit.pk), shifts.get(unit.pk)
        text = f"{shift.cycle} 天一轮,第 {'、'.join(map(str, shift.places))} 天" if shift else ""
        lines.append(
            {"unit": unit, "leader": cover.leader.name if cover else "", "since": cover.valid_from if cover else None, "shift": text}
        )
    return sorted(lines, key=lambda line: bool(line["leader"]))


def read_week(text: str) -> date:
    """Return the Monday of the week of a day in an address; this week's where it names none."""
    try:
        return monday_of(date.fromisoformat(text))
    except ValueError:
        return monday_of(today())
