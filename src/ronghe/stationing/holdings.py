"""What a leader holds here: stations, planned days ahead, problems that go nowhere yet."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse

from ronghe.audit.actions import record
from ronghe.common.actions import lock_row
from ronghe.common.calendar import today
from ronghe.common.registry import Held
from ronghe.org.models import Person
from ronghe.stationing.actions.plan import check_free, check_leader, expect, set_cover
from ronghe.stationing.actions.visits import expect as expect_point
from ronghe.stationing.models import Cover, PlanDay, Point
from ronghe.worklist.actions import settle_tasks

LABELS = ("stationing.planday", "stationing.point")


def list_held(person_id: int) -> list[Held]:
    """Return what somebody holds here. Three queries."""
    held = [
        Held(f"cover:{row.pk}", "包站", row.unit.name, reverse("stationing:covers"))
        for row in Cover.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today()), leader_id=person_id).select_related("unit")
    ]
    days = PlanDay.objects.filter(leader_id=person_id, state=PlanDay.State.PLANNED, day__gte=today()).select_related("unit", "leader")
    held += [Held(f"day:{row.pk}", "驻站带班", str(row), reverse("stationing:week")) for row in days]
    points = Point.objects.filter(leader_id=person_id, state=Point.State.OPEN).order_by("pk")
    held += [Held(f"point:{row.pk}", "驻站问题", str(row), reverse("stationing:point", args=[row.pk])) for row in points]
    return held


def hand_over(key: str, giver: Person, to: Person, by: Any, note: str) -> str:
    """Pass one of these on; returns why it can't. Part of the caller's action, which has asked whether it may."""
    kind, _colon, pk = key.partition(":")
    try:
        if kind == "point":
            point = lock_row(Point(pk=int(pk)))
            if point.state != Point.State.OPEN or point.leader_id != giver.pk:
                return "已办过"
            point.leader = to
            point.save()
            settle_tasks(point, result=f"移交 {to.name}", dropped=True)
            expect_point(point)
            record(by=by, verb="移交驻站问题", obj=point, area_id=point.area_id, note=note, changes={"leader": [giver.name, to.name]})
            return ""
        check_leader(giver.area_id or 0, to)
        if kind == "cover":
            cover = lock_row(Cover(pk=int(pk)))
            if cover.valid_to is not None or cover.leader_id != giver.pk:
                return "已不再包站"
            set_cover(cover.unit, leader=to, since=max(today(), cover.valid_from), by=by)
            return ""
        row = lock_row(PlanDay(pk=int(pk)))
        if row.state != PlanDay.State.PLANNED or row.leader_id != giver.pk:
            return "已办过"
        check_free(to, row.day)
        settle_tasks(row, result=f"移交 {to.name}", dropped=True)
        row.leader = to
        row.save()
        expect(row)
        record(by=by, verb="移交带班日", obj=row, area_id=row.area_id, note=note, changes={"leader": [giver.name, to.name]})
    except ValidationError as problem:
        return " ".join(problem.messages)
    return ""
