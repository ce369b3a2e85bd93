"""Measures: decided by a person, carried out by another, looked at again on the days that the kind asks for."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.coaching.actions.steps import (
    CARRY,
    LOOK,
    check_takers,
    expect,
    expect_carrying,
    find_level,
    path_of,
    person_of,
    require_text,
    settle,
    tell,
)
from ronghe.coaching.models import FollowUp, Kind, Measure, Proposal
from ronghe.coaching.permissions import may_carry, may_decide, may_decide_on, may_drop
from ronghe.coaching.rules.kinds import NOTE, TALK, find_bar
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.org.models import Person, Unit
from ronghe.org.queries import list_holders


@action
def decide_measure(
    kind: Kind,
    *,
    unit: Unit,
    person: Person | None,
    ground: str,
    reason: str,
    owner: Person,
    due: date,
    by: Any,
    period: str = "",
    indicator: str = "",
    proposal: Proposal | None = None,
) -> Measure:
    """Decide on a measure for a unit or a person. Nobody decides on oneself; whoever carries it out is another than whom it is about."""
    require(may_decide, by, unit)
    me = person_of(by)
    if kind.valid_to is not None and proposal is None:
        raise ValidationError({"kind": _("这种措施已有新版或已停用。")})
    if unit.area_id != kind.area_id or (person is not None and person.unit_id != unit.pk and person.area_id != unit.area_id):
        raise ValidationError({"unit": _("对象不属于本管理区。")})
    if not may_decide_on(by, kind, unit) or (person is not None and not decides_for(by, kind, unit, person)):
        raise Refused(_("这种措施不由您的岗位决定,或对象不在您的单位。"))
    require_text(ground=ground, reason=reason)
    level = find_level(person, kind.area_id, today())
    bar = find_bar(decider=me.pk, subject=person.pk if person else None, owner=owner.pk, level=level, levels=kind.levels)
    if bar:
        raise ValidationError({"person": bar} if "适用" in bar else bar)
    check_takers(kind.area_id, owner=owner)
    if due < today():
        raise ValidationError({"due": _("期限不能早于今天。")})
    measure = Measure.objects.create(
        area_id=kind.area_id, unit=unit, person=person, level=level, kind=kind, proposal=proposal, ground=ground.strip()[:300],
        reason=reason.strip(), period=period, indicator=indicator, decided_by=me, decided_on=today(), owner=owner, due=due,
    )  # fmt: skip
    record(by=by, verb="作出措施", obj=measure, area_id=measure.area_id, note=kind.basis)
    heads = (
        [person] if person else list(list_holders(("station_chief", "group_leader"), area_id=kind.area_id, day=today(), unit_id=unit.pk))
    )
    text = _("%(kind)s:%(ground)s") % {"kind": kind.name, "ground": measure.ground}
    tell(heads, measure, text, by=by)
    if kind.way == NOTE:
        measure.carried_on = measure.ended_on = today()
        measure.result = _("已通知到本人" if person else "已通知到单位负责人")
        measure.finish()
        measure.save()
    else:
        expect_carrying(measure)
        tell([owner], measure, _("%(kind)s由您负责落实") % {"kind": kind.name}, by=by)
    return measure


def decides_for(by: Any, kind: Kind, unit: Unit, person: Person) -> bool:
    """Tell whether a chief who decides only for the own unit does so for one of its people."""
    return person.unit_id == unit.pk or may_decide_on(by, kind, person.unit)


def lock_live(measure: Measure, *states: str, version: int | None = None) -> Measure:
    measure = lock_row(measure, version=version)
    if measure.state not in states:
        raise Refused(_("这项措施现在是“%(state)s”,不能这样办理。") % {"state": measure.get_state_display()})
    return measure


@action
def carry_out_measure(measure: Measure, *, result: str, by: Any, version: int | None = None) -> Measure:
    """Say what was done. With days to look again it goes on, else it is done. A talk is carried out by its record instead."""
    measure = lock_live(measure, Measure.State.OPEN, version=version)
    require(may_carry, by, measure)
    if measure.kind.way == TALK:
        raise Refused(_("谈话类措施要填谈话记录,由双方确认。"))
    require_text(result=result)
    measure.result = result.strip()
    begin_following(measure)
    record(by=by, verb="落实措施", obj=measure, area_id=measure.area_id)
    tell([measure.decided_by, measure.person], measure, _("%(kind)s已落实") % {"kind": measure.kind.name}, by=by)
    return measure


def begin_following(measure: Measure) -> None:
    """Note that a measure is carried out, and plan when it is looked at again. Part of the caller's action."""
    measure.carried_on = today()
    settle(measure, CARRY, _("已落实"))
    if measure.kind.follow_days:
        measure.follow()
        measure.save()
        for days in measure.kind.follow_days:
            follow = FollowUp.objects.create(measure=measure, due=today() + timedelta(days=days))
            title = _("%(kind)s:到期回访") % {"kind": measure.kind.name}
            expect(follow, LOOK, [measure.owner], title, due=follow.due, area_id=measure.area_id, path=path_of(measure))
    else:
        measure.ended_on = today()
        measure.finish()
        measure.save()


@action
def look_again(follow: FollowUp, *, verdict: str, text: str, help_kept: bool | None, by: Any, version: int | None = None) -> FollowUp:
    """Say what was found at a follow-up; the last one ends the measure."""
    measure = lock_live(Measure(pk=follow.measure_id), Measure.State.FOLLOWING)
    follow = lock_row(follow, version=version)
    require(may_carry, by, measure)
    if follow.done_on is not None:
        raise Refused(_("这次回访已经记过。"))
    require_text(text=text)
    if verdict not in FollowUp.Verdict.values:
        raise ValidationError({"verdict": _("请选择结论。")})
    follow.done_on, follow.verdict, follow.text, follow.help_kept = today(), verdict, text.strip(), help_kept
    follow.save()
    settle(follow, LOOK, follow.get_verdict_display())
    if not measure.follows.filter(done_on=None).exists():
        measure.ended_on = today()
        measure.finish()
        measure.save()
    record(by=by, verb="措施回访", obj=measure, area_id=measure.area_id)
    tell([measure.person, measure.decided_by], measure, _("%(kind)s已回访") % {"kind": measure.kind.name}, by=by)
    return follow


@action
def drop_measure(measure: Measure, *, reason: str, by: Any, version: int | None = None) -> Measure:
    """Take a measure back, with the reason; it stays readable for those who could read it."""
    measure = lock_live(measure, *Measure.LIVE, version=version)
    require(may_drop, by, measure)
    require_text(reason=reason)
    measure.drop()
    measure.ending, measure.ended_on = reason.strip(), today()
    measure.save()
    settle(measure, None, _("已撤销"), dropped=True)
    for follow in measure.follows.filter(done_on=None):
        settle(follow, LOOK, _("已撤销"), dropped=True)
    record(by=by, verb="撤销措施", obj=measure, area_id=measure.area_id, note=measure.ending)
    tell([measure.person, measure.owner], measure, _("%(kind)s已撤销") % {"kind": measure.kind.name}, by=by)
    return measure


def pass_measure(measure: Measure, to: Person) -> None:
    """Give what is to be carried out or looked at to somebody else. Part of the caller's action."""
    settle(measure, CARRY, _("改由 %(name)s 落实") % {"name": to.name}, dropped=True)
    measure.owner = to
    measure.save()
    if measure.state == Measure.State.OPEN:
        expect_carrying(measure)
    for follow in measure.follows.filter(done_on=None):
        settle(follow, LOOK, dropped=True)
        title = _("%(kind)s:到期回访") % {"kind": measure.kind.name}
        expect(follow, LOOK, [to], title, due=follow.due, area_id=measure.area_id, path=path_of(measure))
