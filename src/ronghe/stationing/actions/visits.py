"""A visit is written once, wherever its leader was when it was typed; each problem goes somewhere, and comes to an end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common import registry
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, today
from ronghe.concerns.actions import raise_concern
from ronghe.concerns.models import Concern
from ronghe.org.models import Person, Unit
from ronghe.org.queries import list_holders
from ronghe.org.standing import standing_of
from ronghe.rectification.actions import open_item
from ronghe.rectification.models import Item
from ronghe.rectification.rules import guess_subject
from ronghe.stationing.actions.plan import person_of, tell
from ronghe.stationing.models import PlanDay, Point, Visit
from ronghe.stationing.permissions import may_settle, may_visit
from ronghe.stationing.queries.plan import find_norm
from ronghe.stationing.rules import JOINED
from ronghe.worklist.actions import open_tasks, settle_tasks

TASK = "驻站问题"
LABEL = "stationing.point"
OLDEST = 14


@dataclass(frozen=True)
class NewPoint:
    """One thing that a visit brought home; with `result` it was solved on the spot."""

    kind: str
    side: str
    text: str
    result: str = ""


@dataclass(frozen=True)
class Heard:
    """A concern that somebody asked the leader to take along; whose it is stands nowhere."""

    topic: str
    text: str
    consent: bool


@action
def file_visit(
    *,
    unit: Unit,
    day: date,
    joined: Sequence[str],
    points: Sequence[NewPoint],
    by: Any,
    once: str,
    note: str = "",
    plan: PlanDay | None = None,
    heard: Heard | None = None,
) -> Visit:
    """Write a visit. `once` is made where the visit was typed: the same one again, from whichever queue, gives back the first."""
    require(may_visit, by, unit)
    leader = person_of(by)
    Person.objects.select_for_update().get(pk=leader.pk)
    key = f"{leader.pk}:{once}"[:64]
    known = Visit.objects.filter(once=key).first()
    if known is not None:
        return known
    if unit.kind != Unit.Kind.STATION:
        raise ValidationError({"unit": _("请选择班站。")})
    if day > today() or day < today() - timedelta(days=OLDEST):
        raise ValidationError({"day": _("请选今天或以前 %(n)d 天以内的日期。") % {"n": OLDEST}})
    if not joined:
        raise ValidationError({"joined": _("请至少选一项参加了什么。")})
    if unknown := [one for one in joined if one not in JOINED]:
        raise ValidationError({"joined": _("不认识的选项:%(one)s") % {"one": unknown[0]}})
    visit = Visit(
        area_id=unit.area_id or 0,
        unit=unit,
        leader=leader,
        day=day,
        joined=[one for one in JOINED if one in joined],
        note=note.strip(),
        once=key,
    )
    visit.plan_day = find_planned(visit, plan)
    if heard is not None:
        take_along(unit.area, heard, key=key, by=by)
        visit.heard = 1
    visit.save()
    if visit.plan_day is not None:
        planned = lock_row(visit.plan_day)
        planned.visit()
        planned.save()
        settle_tasks(planned, result="已到站")
    rows = [add_point(visit, one) for one in points]
    record(by=by, verb="填写带班记录", obj=visit, area_id=visit.area_id, note=_("%(n)d 条") % {"n": len(rows)})
    found = [row for row in rows if row.state == Point.State.OPEN]
    chiefs = list_holders(("station_chief", "group_leader"), area_id=visit.area_id, day=today(), unit_id=unit.pk)
    if rows:
        text = _("%(name)s 带班带走 %(n)d 条问题和点子:%(unit)s") % {"name": leader.name, "n": len(rows), "unit": unit.name}
        tell(list(chiefs), text, area_id=visit.area_id, by=by, path=reverse("stationing:visit", args=[visit.pk]))
    for row in found:
        expect(row)
    return visit


def take_along(area: Unit | None, heard: Heard, *, key: str, by: Any) -> None:
    """Hand a concern to who answers it: nothing of it stays with the visit but that there was one."""
    if area is None:
        return
    try:
        raise_concern(area, topic=heard.topic, text=heard.text, code=f"visit:{key}", way=Concern.Way.VISIT, consent=heard.consent, by=by)
    except ValidationError as problem:
        if not hasattr(problem, "error_dict"):
            raise
        raise ValidationError({f"heard_{name}": errors for name, errors in problem.error_dict.items()}) from problem


def find_planned(visit: Visit, plan: PlanDay | None) -> PlanDay | None:
    """Return the planned day that the visit is of: the one named, else the leader's own at this station on the day."""
    rows = PlanDay.objects.filter(leader=visit.leader, unit=visit.unit, state=PlanDay.State.PLANNED)
    return (rows.filter(pk=plan.pk).first() if plan else None) or rows.filter(day=visit.day).first()


def add_point(visit: Visit, one: NewPoint) -> Point:
    if not one.text.strip():
        raise ValidationError(_("有一条没有写内容。"))
    row = Point(
        area_id=visit.area_id, unit=visit.unit, visit=visit, leader=visit.leader, kind=one.kind, side=one.side, text=one.text.strip(),
        found_on=visit.day, due=add_working_days(today(), find_norm(visit.area_id).decide_days),
    )  # fmt: skip
    if one.result.strip():
        row.solve()
        row.on_the_spot, row.result, row.ended_on = True, one.result.strip(), visit.day
    row.save()
    return row


def expect(row: Point) -> None:
    """Ask the leader to say where it goes."""
    open_tasks(
        row, kind=TASK, owners=[row.leader], title=f"{row.unit.name}:{row.text[:60]}", path=reverse("stationing:point", args=[row.pk]),
        due=row.due, area_id=row.area_id, unit_id=row.unit_id,
    )  # fmt: skip


def lock_point(point: Point, *, by: Any, version: int | None) -> Point:
    point = lock_row(point, version=version)
    require(may_settle, by, point)
    if not point.is_live:
        raise Refused(_("这一条现在是“%(state)s”,不能再办。") % {"state": point.get_state_display()})
    return point


@action
def rectify_point(point: Point, *, by: Any, version: int | None = None) -> Item:
    """转整改 in one tap: the station's chief cures it in the source's term; the words are the visit's."""
    point = lock_point(point, by=by, version=version)
    holders = list_holders("station_chief", area_id=point.area_id, day=today(), unit_id=point.unit_id)
    owner = holders.exclude(pk=standing_of(by).person_id or 0).first()
    if owner is None:
        raise Refused(_("%(unit)s 现在没有站长,请用“转督办”指定责任人。") % {"unit": point.unit.name})
    return open_item(
        area=point.area, unit=point.unit, title=point.text[:40], problem=point.text, source="stationing", owner=owner, by=by, origin=point,
        subject=guess_subject(point.text),
    )  # fmt: skip


def note_arrival(origin: models.Model, words: str, by: Any) -> None:
    """What was sent on has arrived: its leader need not say any more where it goes. Part of the receiving context's action."""
    if not isinstance(origin, Point):
        return
    point = lock_row(origin)
    if not point.is_live or (point.state == Point.State.SENT and point.kind == Point.Kind.IDEA):
        return
    if point.kind == Point.Kind.IDEA and words.startswith("创效"):
        point.answer()
        end(point, f"已作为{words}提出", by=by, verb="答复驻站问题")
        return
    point.send()
    point.save()
    record(by=by, verb="驻站问题已转办", obj=point, area_id=point.area_id, note=words)
    settle_tasks(point, result="已转办")


@action
def solve_point(point: Point, *, result: str, by: Any, version: int | None = None) -> Point:
    """Solved without a list: say how."""
    point = lock_point(point, by=by, version=version)
    if not result.strip():
        raise ValidationError({"result": _("请写明怎样解决的,班站会看到。")})
    point.solve()
    end(point, result, by=by, verb="驻站问题已解决")
    return point


@action
def answer_point(point: Point, *, result: str, by: Any, version: int | None = None) -> Point:
    """Nothing is to be done about it (or the idea is taken up elsewhere), for a reason that the station reads."""
    point = lock_point(point, by=by, version=version)
    if not result.strip():
        raise ValidationError({"result": _("请写明答复,班站会看到。")})
    if point.state != Point.State.OPEN:
        raise Refused(_("已经转办,办结后这里自动更新。"))
    point.answer()
    end(point, result, by=by, verb="答复驻站问题")
    return point


def end(point: Point, result: str, *, by: Any, verb: str) -> None:
    point.result, point.ended_on = result.strip()[:500], today()
    point.save()
    record(by=by, verb=verb, obj=point, area_id=point.area_id, note=result)
    settle_tasks(point, result=point.get_state_display())
    tell_station(point, by=by)


def tell_station(point: Point, *, by: Any) -> None:
    chiefs = list_holders(("station_chief", "group_leader"), area_id=point.area_id, day=today(), unit_id=point.unit_id)
    text = _("带班问题有了结果:%(text)s") % {"text": point.text[:60]}
    tell(list(chiefs), text, area_id=point.area_id, by=by, path=reverse("stationing:point", args=[point.pk]))


@action
def finish_sent(point: Point, *, words: Iterable[str], day: date) -> bool:
    """End a problem whose every cure has ended."""
    point = lock_row(point)
    if point.state != Point.State.SENT:
        return False
    settle_tasks(point, result="已解决")
    closed = Item.objects.filter(occurrences__origin_type__app_label="stationing", occurrences__origin_type__model="point")
    last = closed.filter(occurrences__origin_id=point.pk, ended_on__isnull=False).order_by("-ended_on").values_list("ended_on", flat=True)
    point.solve()
    point.ended_on = max(point.found_on, last.first() or day)
    point.result = ";".join(words)[:500]
    point.save()
    record(by=None, verb="驻站问题已解决", obj=point, area_id=point.area_id, note=point.result)
    tell_station(point, by=None)
    return True


def note_ending(label: str, pk: int) -> None:
    """Something that stood for a problem has ended: if it was the last of it, the problem is solved at this moment. Part of that action."""
    if label == LABEL:
        follow(Point.objects.filter(pk=pk, state=Point.State.SENT), today())


def follow_points(day: date) -> str:
    """The day's tick: end what was missed (an end by hand in the database, a restored copy)."""
    ended = follow(Point.objects.filter(state=Point.State.SENT), day)
    return _("转办后已解决的驻站问题:%(n)d 条") % {"n": ended}


def follow(points: models.QuerySet[Point], day: date) -> int:
    """End what was sent on and has ended there. A constant number of queries to look, one action for each that ended."""
    rows = list(points.order_by("pk"))
    pks = [row.pk for row in rows]
    cures, boards = registry.find_cures(None, LABEL, pks), registry.find_followed(None, LABEL, pks)
    ended = 0
    for row in rows:
        lines = [*cures.get(row.pk, ()), *boards.get(row.pk, ())]
        if lines and all(line.ended for line in lines):
            ended += finish_sent(row, words=[f"{line.title} {line.word}" for line in lines], day=day)
    return ended
