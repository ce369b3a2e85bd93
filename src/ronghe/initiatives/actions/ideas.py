"""An idea is proposed, taken back, decided on within a term, goes up a level when that is over, is handed to another."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from ronghe.audit.actions import diff, record
from ronghe.common import registry
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, today
from ronghe.initiatives.actions.steps import (
    check_able,
    end,
    find_bar,
    find_decider,
    hold,
    pass_on,
    person_of,
    tell,
)
from ronghe.initiatives.kinds import DEFAULT_TERMS
from ronghe.initiatives.models import Idea, Likeness, NumberRange, Project, Terms
from ronghe.initiatives.permissions import may_decide, may_propose, may_reassign, may_set_terms, may_stop, may_withdraw
from ronghe.initiatives.queries.alike import list_alike
from ronghe.initiatives.queries.terms import find_terms
from ronghe.initiatives.rules import STEPS, find_bar_to_deciding, make_number
from ronghe.org.models import Person, Unit


@action
def propose_idea(
    *,
    unit: Unit,
    kind: str,
    title: str,
    problem: str,
    expected: Decimal,
    measure: str,
    measuring: str,
    by: Any,
    project: Project | None = None,
    origin: models.Model | None = None,
) -> Idea:
    """Propose an idea of a unit; the unit's chief (or the next above who did not propose it) has the term's days to answer."""
    require(may_propose, by, unit)
    if unit.area_id is None:
        raise ValidationError({"unit": _("请选择本管理区的单位。")})
    proposer = person_of(by)
    if project is not None and (project.area_id != unit.area_id or project.state != Project.State.RUNNING):
        raise ValidationError({"project": _("这个项目组现在不在运行,请留空。")})
    for field, text in (("title", title), ("problem", problem), ("measuring", measuring)):
        if not text.strip():
            raise ValidationError({field: _("这一项请填写。")})
    if expected < 0:
        raise ValidationError({"expected": _("预计效益不能是负数。")})
    day = today()
    terms = find_terms(unit.area_id)
    idea = Idea(
        area_id=unit.area_id,
        unit=unit,
        project=project,
        kind=kind,
        title=title.strip(),
        problem=problem.strip(),
        expected=expected,
        measure=measure,
        measuring=measuring.strip(),
        proposer=proposer,
        proposed_on=day,
    )
    if origin is not None:
        idea.origin_type, idea.origin_id, idea.origin_name = ContentType.objects.get_for_model(origin), origin.pk, str(origin)[:200]
    found = find_decider(idea, 0)
    if found is None:
        raise Refused(_("本管理区现在没有可以受理的人,请先任命班站长或班子成员。"))
    decider, idea.level = found
    idea.number = take_number(unit.area_id, day.year)
    hold(idea, decider, add_working_days(day, terms.decide_days))
    idea.raise_on = idea.step_due
    alike = list_alike(unit.area_id, idea.title, idea.problem)
    idea.save()
    Likeness.objects.bulk_create(Likeness(idea=idea, earlier_id=line.pk, degree=line.degree) for line in alike)
    record(
        by=by,
        verb="提出创效建议",
        obj=idea,
        area_id=idea.area_id,
        note=f"{idea.get_kind_display()};由 {decider.name} 受理,{idea.step_due} 前",
    )
    pass_on(idea, result="")
    registry.tell_arrival(origin, f"创效建议 {idea.number}", by)
    tell([decider], idea, _("创效建议请您受理:%(title)s(%(due)s 前)") % {"title": idea.title, "due": idea.step_due}, by=by)
    return idea


def take_number(area_id: int, year: int) -> str:
    """Take the next number of the year, locked until the end of the transaction."""
    NumberRange.objects.get_or_create(area_id=area_id, year=year)
    numbers = NumberRange.objects.select_for_update().get(area_id=area_id, year=year)
    numbers.last += 1
    numbers.save()
    return make_number(year, numbers.last)


@action
def withdraw_idea(idea: Idea, *, reason: str, by: Any, version: int | None = None) -> Idea:
    """Take an idea back before it is decided on; it stays readable."""
    idea = lock_row(idea, version=version)
    require(may_withdraw, by, idea)
    require_state(idea, Idea.State.PROPOSED)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明为什么撤回。")})
    decider = idea.holder
    idea.withdraw()
    end(idea, reason)
    idea.save()
    record(by=by, verb="撤回创效建议", obj=idea, area_id=idea.area_id, note=reason)
    pass_on(idea, result="提出人已撤回", dropped=True)
    tell([decider], idea, _("创效建议已撤回:%(title)s") % {"title": idea.title}, by=by)
    return idea


@action
def accept_idea(idea: Idea, *, owner: Person, due: date, note: str, by: Any, version: int | None = None) -> Idea:
    """Take an idea up: who does it, until when."""
    idea = lock_decision(idea, by=by, version=version)
    if due <= today():
        raise ValidationError({"due": _("完成期限须晚于今天。")})
    check_able(idea.area_id, owner=owner)
    idea.accept()
    decide(idea, note, by=by)
    idea.owner, idea.due = owner, due
    hold(idea, owner, due)
    idea.save()
    record(by=by, verb="采纳", obj=idea, area_id=idea.area_id, note=f"{owner.name} 实施,{due} 前。{note}".strip())
    pass_on(idea, result="已采纳")
    text = _("创效建议已采纳:%(title)s,由 %(name)s 实施,%(due)s 前完成") % {"title": idea.title, "name": owner.name, "due": due}
    tell([idea.proposer, owner], idea, text, by=by)
    return idea


@action
def decline_idea(idea: Idea, *, note: str, by: Any, version: int | None = None) -> Idea:
    """Not take an idea up, with a reason that its proposer reads."""
    idea = lock_decision(idea, by=by, version=version)
    if not note.strip():
        raise ValidationError({"note": _("不采纳须写明理由,提出人会看到。")})
    idea.decline()
    decide(idea, note, by=by)
    end(idea, note)
    idea.save()
    record(by=by, verb="不采纳", obj=idea, area_id=idea.area_id, note=note)
    pass_on(idea, result="未采纳")
    tell([idea.proposer], idea, _("创效建议未采纳:%(title)s(%(note)s)") % {"title": idea.title, "note": note[:80]}, by=by)
    return idea


def decide(idea: Idea, note: str, *, by: Any) -> None:
    idea.decided_by, idea.decided_on, idea.decision = person_of(by), today(), note
    idea.raise_on = None


def lock_decision(idea: Idea, *, by: Any, version: int | None) -> Idea:
    """Lock an idea that waits for a decision that this person may take."""
    idea = lock_row(idea, version=version)
    require(may_decide, by, idea)
    require_state(idea, Idea.State.PROPOSED)
    bar = find_bar_to_deciding(person_of(by).pk, proposer=idea.proposer_id)
    if bar:
        raise Refused(bar)
    return idea


def require_state(idea: Idea, *states: str) -> None:
    """Raise Refused with where the idea stands now."""
    if idea.state not in states:
        raise Refused(_("%(number)s 现在是“%(state)s”,不能这样办理。") % {"number": idea.number, "state": idea.get_state_display()})


@action
def raise_idea(idea: Idea, *, day: date) -> bool:
    """Take an idea on which nobody has decided in time up a level. It stays red: the term was the first one's. False: nothing to do."""
    idea = lock_row(idea)
    if idea.state != Idea.State.PROPOSED or idea.raise_on is None or idea.raise_on >= day:
        return False
    found = find_decider(idea, idea.level + 1)
    if found is None:
        idea.raise_on = None
        idea.save()
        return False
    before = idea.holder
    idea.holder, idea.level = found
    idea.raise_on = add_working_days(day, find_terms(idea.area_id).raise_days)
    idea.save()
    record(by=None, verb="逾期上报一级", obj=idea, area_id=idea.area_id, note=f"{before.name if before else ''} → {idea.holder.name}")
    pass_on(idea, result=f"逾期未受理,已上报 {idea.holder.name}", dropped=True)
    tell(
        [before, idea.holder, idea.proposer],
        idea,
        _("创效建议逾期未受理,已上报 %(name)s:%(title)s") % {"name": idea.holder.name, "title": idea.title},
        by=None,
    )
    return True


def raise_late_ideas(day: date) -> str:
    """Take every idea that is late up a level: the day's tick. Idempotent: an idea's next level has its own days."""
    late = Idea.objects.filter(state=Idea.State.PROPOSED, raise_on__lt=day).order_by("pk")
    raised = sum(raise_idea(idea, day=day) for idea in late)
    return _("逾期未受理的创效建议上报一级:%(n)d 项") % {"n": raised}


@action
def stop_idea(idea: Idea, *, reason: str, by: Any, version: int | None = None) -> Idea:
    """Give an idea up that was taken up, with a reason."""
    idea = lock_row(idea, version=version)
    require(may_stop, by, idea)
    require_state(idea, Idea.State.DOING)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明为什么终止。")})
    idea.stop()
    end(idea, reason)
    idea.save()
    record(by=by, verb="终止", obj=idea, area_id=idea.area_id, note=reason)
    pass_on(idea, result="已终止", dropped=True)
    tell([idea.proposer, idea.owner], idea, _("创效项目已终止:%(title)s(%(note)s)") % {"title": idea.title, "note": reason[:80]}, by=by)
    return idea


@action
def reassign_idea(idea: Idea, *, person: Person, note: str, by: Any, version: int | None = None) -> Idea:
    """Give the step that is next to another: the decision, the doing, the verification, or settling the shares."""
    idea = lock_row(idea, version=version)
    require(may_reassign, by, idea)
    if not idea.is_live:
        require_state(idea, *STEPS)
    if not note.strip():
        raise ValidationError({"note": _("请写明改派的原因。")})
    return pass_idea(idea, person, by=by, note=note)


def pass_idea(idea: Idea, person: Person, *, by: Any, note: str, verb: str = "改派") -> Idea:
    """Give the next step of a locked live idea to another who may take it. Part of an action that has asked whether it may."""
    before = idea.holder
    if before == person:
        raise ValidationError({"person": _("现在就由 %(name)s 办理。") % {"name": person.name}})
    check_able(idea.area_id, person=person)
    if idea.state == Idea.State.PROPOSED and person.pk == idea.proposer_id:
        raise ValidationError({"person": find_bar_to_deciding(person.pk, proposer=idea.proposer_id)})
    if idea.state == Idea.State.VERIFYING:
        bar = find_bar(idea, person.pk)
        if bar:
            raise ValidationError({"person": bar})
    if idea.state == Idea.State.VERIFIED and person.pk == idea.verified_by_id:
        raise ValidationError({"person": _("核实人不能商定份额。")})
    if idea.state == Idea.State.DOING:
        idea.owner = person
    hold(idea, person, idea.step_due)
    idea.save()
    record(by=by, verb=verb, obj=idea, area_id=idea.area_id, note=note, changes={"holder": [before.name if before else "", person.name]})
    pass_on(idea, result=f"已改派 {person.name}", dropped=True)
    tell([before, person], idea, _("创效建议改由 %(name)s 办理:%(title)s") % {"name": person.name, "title": idea.title}, by=by)
    return idea


@action
def set_terms(area: Unit, values: dict[str, Any], *, by: Any, version: int | None = None) -> Terms:
    """Set the area's own terms; they hold for steps that begin from now on."""
    require(may_set_terms, by, area)
    row = Terms.objects.filter(area=area).first()
    row = lock_row(row, version=version) if row is not None else Terms(area=area, **vars(DEFAULT_TERMS))
    changes = diff(row, values)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    record(by=by, verb="设定创效期限", obj=row, area_id=area.pk, name=_("创效期限"), changes=changes)
    return row
