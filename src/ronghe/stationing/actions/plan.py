"""包站 and the week's plan: who goes where on which working day, leave, moves and swaps."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import is_working_day, load_own_days, today
from ronghe.notices.actions import notify
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Person, Unit
from ronghe.org.queries import list_holders
from ronghe.org.standing import standing_of
from ronghe.stationing.models import Cover, Norm, PlanDay, Shift, Swap
from ronghe.stationing.permissions import may_answer_swap, may_change_day, may_cover, may_plan
from ronghe.stationing.queries.plan import find_norm, list_absences, list_wishes, map_good_days
from ronghe.stationing.rules import monday_of, spread_week
from ronghe.worklist.actions import open_tasks, settle_tasks

TASK, SWAP_TASK = "驻站带班", "换班答复"
FARTHEST = 60


def person_of(by: Any) -> Person:
    """Return the person who acts."""
    if standing_of(by).person_id is None:
        raise Refused(_("这个账号没有对应的人员,不能办理。"))
    person: Person = by.person
    return person


def check_leader(area_id: int, leader: Person, field: str = "leader") -> None:
    if not list_holders(LEADERS, area_id=area_id, day=today()).filter(pk=leader.pk).exists():
        raise ValidationError({field: _("%(name)s 现在不是本管理区的班子成员。") % {"name": leader.name}})


@action
def set_norm(area: Unit, values: dict[str, Any], *, by: Any, version: int | None = None) -> Norm:
    """Set how many days a week and what counts as shared; it holds for what is planned from now on."""
    require(may_plan, by, area)
    row = Norm.objects.filter(area=area).first()
    row = lock_row(row, version=version) if row is not None else Norm(area=area)
    changes = {name: [getattr(row, name), value] for name, value in values.items() if getattr(row, name) != value}
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    record(by=by, verb="设定驻站安排", obj=row, area_id=area.pk, name=_("驻站安排"), changes=changes)
    return row


@action
def set_cover(unit: Unit, *, leader: Person, since: date, by: Any) -> Cover:
    """Let a leader answer for a station from a day on; whoever did before ends the day before. The history stays."""
    require(may_cover, by, unit)
    Unit.objects.select_for_update().get(pk=unit.pk)
    area_id = unit.area_id or 0
    check_leader(area_id, leader)
    if unit.kind != Unit.Kind.STATION or unit.closed_on is not None:
        raise ValidationError({"unit": _("只有在运行的班站可以包。")})
    now_covering = Cover.objects.filter(unit=unit, valid_to=None).select_related("leader").first()
    if now_covering is not None:
        if now_covering.leader_id == leader.pk:
            raise ValidationError({"leader": _("现在就由 %(name)s 包站。") % {"name": leader.name}})
        if since <= now_covering.valid_from:
            raise ValidationError({"since": _("须晚于现在这一位的起始日期 %(day)s。") % {"day": now_covering.valid_from}})
        now_covering.valid_to = since - timedelta(days=1)
        now_covering.save()
    cover = Cover.objects.create(area_id=area_id, unit=unit, leader=leader, valid_from=since)
    before = now_covering.leader.name if now_covering else ""
    record(by=by, verb="确定包站", obj=cover, area_id=area_id, note=f"自 {since} 起", changes={"leader": [before, leader.name]})
    tell([leader], _("请您包站:%(unit)s,自 %(day)s 起") % {"unit": unit.name, "day": since}, area_id=area_id, by=by)
    return cover


def tell(people: list[Person], text: str, *, area_id: int, by: Any, path: str = "") -> None:
    me = standing_of(by).person_id
    wanted = {one.pk: one for one in people if one.pk != me}
    notify(wanted.values(), kind="驻站", title=text, path=path or reverse("stationing:week"), area_id=area_id, by=by)


@action
def set_shift(unit: Unit, *, anchor: date, cycle: int, places: list[int], by: Any) -> Shift:
    """Say on which days of its shift cycle a station is best visited."""
    require(may_plan, by, unit)
    if not places or any(place < 1 or place > cycle for place in places):
        raise ValidationError({"places": _("请写周期里的第几天,从 1 到 %(n)d。") % {"n": cycle}})
    row, _made = Shift.objects.get_or_create(
        unit=unit, defaults={"area_id": unit.area_id or 0, "anchor": anchor, "cycle": cycle, "places": sorted(set(places))}
    )
    row = lock_row(row)
    row.anchor, row.cycle, row.places = anchor, cycle, sorted(set(places))
    row.save()
    record(
        by=by,
        verb="设定倒班周期",
        obj=row,
        area_id=unit.area_id,
        name=f"{unit.name}倒班周期",
        note=f"自 {anchor} 起 {cycle} 天一轮:{row.places}",
    )
    return row


@action
def plan_week(area: Unit, *, monday: date, by: Any) -> list[PlanDay]:
    """Fill what a week still lacks: each leader's days at their stations, on working days on which they are there. Repeatable."""
    require(may_plan, by, area)
    Unit.objects.select_for_update().get(pk=area.pk)
    monday = monday_of(monday)
    if monday + timedelta(days=6) < today():
        raise Refused(_("这一周已经过去,不能再排。"))
    norm = find_norm(area.pk)
    own = load_own_days({monday.year, (monday + timedelta(days=6)).year})
    days = [day for day in (monday + timedelta(days=n) for n in range(7)) if is_working_day(day, own) and day >= today()]
    taken = list(PlanDay.objects.filter(area=area, day__gte=monday, day__lt=monday + timedelta(days=7)).exclude(state=PlanDay.State.OFF))
    load: dict[date, int] = {}
    for row in taken:
        load[row.day] = load.get(row.day, 0) + 1
    wishes = list_wishes(area.pk, monday, days, taken)
    units = [unit for wish in wishes for unit in wish.units]
    found = spread_week(wishes, norm.days_a_week, map_good_days(units, days), load)
    people = {row.pk: row for row in Person.objects.filter(pk__in=[leader for leader, _unit, _day in found])}
    rows = [PlanDay.objects.create(area=area, leader_id=leader, unit_id=unit, day=day) for leader, unit, day in found]
    for row in rows:
        expect(row)
    if rows:
        record(by=by, verb="排驻站带班", obj=area, area_id=area.pk, note=f"{monday} 起一周,{len(rows)} 个带班日")
        for pk, person in people.items():
            mine = "、".join(f"{row.day:%m-%d} {row.unit.name}" for row in rows if row.leader_id == pk)
            tell([person], _("下面的带班已排好:%(days)s") % {"days": mine}, area_id=area.pk, by=by)
    return rows


def expect(row: PlanDay) -> None:
    """Put the day into its leader's list."""
    open_tasks(
        row, kind=TASK, owners=[row.leader], title=f"到{row.unit.name}带班", path=f"{reverse('stationing:field')}?day={row.pk}",
        due=row.day, area_id=row.area_id, unit_id=row.unit_id,
    )  # fmt: skip


def check_free(leader: Person, day: date, *, but: int = 0, field: str = "day") -> None:
    """Raise ValidationError where the leader already goes somewhere on the day, or is away."""
    if day < today() or day > today() + timedelta(days=FARTHEST):
        raise ValidationError({field: _("请选今天起 %(n)d 天以内的日期。") % {"n": FARTHEST}})
    if not is_working_day(day):
        raise ValidationError({field: _("%(day)s 不是工作日。") % {"day": day}})
    if day in list_absences([leader.pk], day, day).get(leader.pk, set()):
        raise ValidationError({field: _("%(name)s 这一天离岗。") % {"name": leader.name}})
    if PlanDay.objects.filter(leader=leader, day=day).exclude(state=PlanDay.State.OFF).exclude(pk=but).exists():
        raise ValidationError({field: _("%(name)s 这一天已经安排了带班。") % {"name": leader.name}})


@action
def plan_day(unit: Unit, *, leader: Person, day: date, by: Any) -> PlanDay:
    """Plan one day by hand."""
    require(may_plan, by, unit)
    Person.objects.select_for_update().get(pk=leader.pk)
    check_leader(unit.area_id or 0, leader)
    check_free(leader, day)
    row = PlanDay.objects.create(area_id=unit.area_id or 0, unit=unit, leader=leader, day=day)
    record(by=by, verb="排驻站带班", obj=row, area_id=row.area_id)
    expect(row)
    tell([leader], _("请您 %(day)s 到%(unit)s带班") % {"day": day, "unit": unit.name}, area_id=row.area_id, by=by)
    return row


def lock_planned(row: PlanDay, *, by: Any, version: int | None) -> PlanDay:
    row = lock_row(row, version=version)
    require(may_change_day, by, row)
    if row.state != PlanDay.State.PLANNED:
        raise Refused(_("这一天现在是“%(state)s”,不能再改。") % {"state": row.get_state_display()})
    return row


@action
def move_day(row: PlanDay, *, day: date, reason: str, by: Any, version: int | None = None) -> PlanDay:
    """Go on another day instead, with a reason."""
    row = lock_planned(row, by=by, version=version)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明为什么改期。")})
    check_free(row.leader, day, but=row.pk)
    before, row.day = row.day, day
    row.note = f"原定 {before}:{reason.strip()}"[:200]
    row.save()
    record(by=by, verb="带班改期", obj=row, area_id=row.area_id, note=reason, changes={"day": [before, day]})
    drop_swaps(row)
    expect(row)
    return row


@action
def call_off(row: PlanDay, *, reason: str, by: Any, version: int | None = None) -> PlanDay:
    """Not go: leave or a duty elsewhere. The day ends with its reason."""
    row = lock_planned(row, by=by, version=version)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明为什么不去。")})
    row.call_off()
    row.note = reason.strip()[:200]
    row.save()
    record(by=by, verb="带班请假", obj=row, area_id=row.area_id, note=reason)
    drop_swaps(row)
    settle_tasks(row, result="不去:" + reason.strip(), dropped=True)
    return row


def drop_swaps(row: PlanDay) -> None:
    for swap in Swap.objects.filter(state=Swap.State.ASKED).filter(one=row) | Swap.objects.filter(state=Swap.State.ASKED, other=row):
        swap.decline()
        swap.save()
        settle_tasks(swap, result="日期已变,不再需要", dropped=True)


@action
def ask_swap(row: PlanDay, *, other: PlanDay, reason: str, by: Any, version: int | None = None) -> Swap:
    """Ask another leader to exchange days."""
    row = lock_planned(row, by=by, version=version)
    if other.area_id != row.area_id or other.state != PlanDay.State.PLANNED or other.leader_id == row.leader_id or other.day < today():
        raise ValidationError({"other": _("请选另一位领导还没到的带班日。")})
    if not reason.strip():
        raise ValidationError({"reason": _("请写明为什么换。")})
    if Swap.objects.filter(one=row, state=Swap.State.ASKED).exists():
        raise Refused(_("这一天已经提出换班,正在等答复。"))
    swap = Swap.objects.create(area_id=row.area_id, one=row, other=other, asked_by=row.leader, asked_of=other.leader, reason=reason.strip())
    record(by=by, verb="申请换班", obj=swap, area_id=row.area_id, name=f"{row} ⇄ {other}", note=reason)
    open_tasks(
        swap, kind=SWAP_TASK, owners=[other.leader], title=f"答复换班:{row.day:%m-%d} {row.unit.name} ⇄ {other.day:%m-%d} {other.unit.name}",
        path=reverse("stationing:week") + f"?week={other.day}", due=min(row.day, other.day), area_id=row.area_id,
    )  # fmt: skip
    return swap


@action
def answer_swap(swap: Swap, *, agreed: bool, by: Any) -> Swap:
    """Exchange the two days, or leave them as they are."""
    swap = lock_row(swap)
    require(may_answer_swap, by, swap)
    if swap.state != Swap.State.ASKED:
        raise Refused(_("这个换班已经答复过。"))
    one, other = lock_row(swap.one), lock_row(swap.other)
    if agreed:
        if one.state != PlanDay.State.PLANNED or other.state != PlanDay.State.PLANNED:
            raise Refused(_("其中一天已经变了,不能再换。"))
        first, second = one.leader, other.leader
        check_free(first, other.day, but=one.pk)
        check_free(second, one.day, but=other.pk)
        settle_tasks(one, result="已换班", dropped=True)
        settle_tasks(other, result="已换班", dropped=True)
        swap.agree()
        other.leader = first
        other.save()
        one.leader = second
        one.save()
        expect(one)
        expect(other)
    else:
        swap.decline()
    swap.save()
    record(by=by, verb="同意换班" if agreed else "不同意换班", obj=swap, area_id=swap.area_id, name=f"{one} ⇄ {other}")
    settle_tasks(swap, result=swap.get_state_display())
    text = _("换班已同意:%(day)s") if agreed else _("换班未同意:%(day)s")
    tell([swap.asked_by], text % {"day": one.day}, area_id=swap.area_id, by=by)
    return swap
