"""A running 项目组 changes: somebody comes, goes, does something else from a day on; another leads it; a milestone comes or moves."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.initiatives.actions.projects import (
    REPORT_TASK,
    Seat,
    Stage,
    expect_report,
    expect_step,
    require_state,
    seat_member,
    set_stage,
    tell,
)
from ronghe.initiatives.actions.steps import check_able
from ronghe.initiatives.models import Project, ProjectMember, ProjectStep
from ronghe.initiatives.permissions import may_manage
from ronghe.org.models import Person
from ronghe.worklist.actions import settle_tasks


def lock_team(project: Project, *, by: Any, version: int | None) -> Project:
    """Lock a team that is founded or running, for whoever manages it."""
    project = lock_row(project, version=version)
    require(may_manage, by, project)
    require_state(project, Project.State.DRAFT, Project.State.RUNNING)
    return project


def check_day(project: Project, day: date, *, field: str = "since") -> None:
    """Raise ValidationError for a day outside of the team's time, or to come (a team that has not begun may be seated ahead)."""
    if not project.starts_on <= day <= max(today(), project.starts_on):
        raise ValidationError({field: _("日期须在项目组开始(%(day)s)以后、不晚于今天。") % {"day": project.starts_on}})


@action
def add_member(project: Project, seat: Seat, *, by: Any, since: date | None = None, version: int | None = None) -> ProjectMember:
    """Take somebody in, from a day on."""
    project = lock_team(project, by=by, version=version)
    since = since or max(today(), project.starts_on)
    check_day(project, since)
    member = seat_member(project, seat, since=since)
    project.save()
    note = f"{seat.person.name}:{member.get_role_display()},{member.duty},自 {since} 起"
    record(by=by, verb="加入项目组", obj=project, area_id=project.area_id, note=note)
    tell([seat.person], project, _("您已加入项目组“%(name)s”:%(duty)s") % {"name": project.name, "duty": member.duty}, by=by)
    return member


def lock_seat(member: ProjectMember, *, by: Any, version: int | None = None) -> tuple[Project, ProjectMember]:
    """Lock a seat that is still held."""
    project = lock_team(Project(pk=member.project_id), by=by, version=version)
    member = lock_row(member)
    if member.valid_to is not None:
        raise Refused(_("%(name)s 已经退出。") % {"name": member.person.name})
    return project, member


@action
def change_member(
    member: ProjectMember, *, role: str, duty: str, by: Any, since: date | None = None, version: int | None = None
) -> ProjectMember:
    """Let a member do something else from a day on: the seat before keeps its dates."""
    project, member = lock_seat(member, by=by, version=version)
    since = since or today()
    if not duty.strip():
        raise ValidationError({"duty": _("请写明分工。")})
    if (member.role == ProjectMember.Role.HEAD) != (role == ProjectMember.Role.HEAD):
        raise ValidationError({"role": _("换组长请用“换组长”。")})
    if (member.role, member.duty) == (role, duty.strip()):
        raise ValidationError({"duty": _("没有改动。")})
    check_day(project, since)
    before = f"{member.get_role_display()},{member.duty}"
    made = reseat(member, role=role, duty=duty.strip(), since=since)
    project.save()
    after = f"{made.get_role_display()},{made.duty}"
    record(
        by=by, verb="调整分工", obj=project, area_id=project.area_id, note=f"自 {since} 起", changes={member.person.name: [before, after]}
    )
    text = _("您在项目组“%(name)s”的分工自 %(day)s 起改为:%(duty)s")
    tell([member.person], project, text % {"name": project.name, "day": since, "duty": made.duty}, by=by)
    return made


def reseat(member: ProjectMember, *, role: str, duty: str, since: date) -> ProjectMember:
    """End a seat the day before and begin another; one that began on that day is corrected in place."""
    if since < member.valid_from:
        raise ValidationError({"since": _("不能早于现在的分工开始的日期(%(day)s)。") % {"day": member.valid_from}})
    if since == member.valid_from:
        member.role, member.duty = role, duty
        member.save()
        return member
    member.valid_to = since - timedelta(days=1)
    member.save()
    return ProjectMember.objects.create(project_id=member.project_id, person_id=member.person_id, role=role, duty=duty, valid_from=since)


@action
def end_member(member: ProjectMember, *, by: Any, on: date | None = None, version: int | None = None) -> ProjectMember:
    """Let somebody leave; the time in the team stays. Whoever still has a milestone hands it on first."""
    project, member = lock_seat(member, by=by, version=version)
    on = on or max(today(), member.valid_from)
    if member.person_id == project.head_id:
        raise Refused(_("组长不能退出,请先换组长。"))
    if ProjectStep.objects.filter(project=project, owner_id=member.person_id, done_on=None).exists():
        raise Refused(_("%(name)s 还有没完成的里程碑,请先完成或改由他人负责。") % {"name": member.person.name})
    if on < member.valid_from or on > max(today(), member.valid_from):
        raise ValidationError({"on": _("最后一天须在加入(%(day)s)以后、不晚于今天。") % {"day": member.valid_from}})
    member.valid_to = on
    member.save()
    project.save()
    record(by=by, verb="退出项目组", obj=project, area_id=project.area_id, note=f"{member.person.name},最后一天 {on}")
    tell([member.person], project, _("您已退出项目组“%(name)s”") % {"name": project.name}, by=by)
    return member


@action
def change_head(
    project: Project, *, person: Person, stays: bool, by: Any, since: date | None = None, version: int | None = None
) -> Project:
    """Let another lead the team from a day on; the one before stays as a member or leaves."""
    project = lock_team(project, by=by, version=version)
    since = since or today()
    check_day(project, since)
    if person.pk == project.head_id:
        raise ValidationError({"person": _("现在就由 %(name)s 任组长。") % {"name": person.name}})
    note = pass_head(project, person, stays=stays, since=since)
    record(
        by=by, verb="换组长", obj=project, area_id=project.area_id, note=f"自 {since} 起;{note}",
    )  # fmt: skip
    return project


def pass_head(project: Project, person: Person, *, stays: bool, since: date) -> str:
    """Seat another head in a locked team, with what waits for the head; → 'old → new'. Part of an action that has asked whether it may."""
    before = project.head
    check_able(project.area_id, person=person)
    seat = ProjectMember.objects.filter(project=project, person=before, valid_to=None).first()
    if seat is not None:
        if stays:
            reseat(seat, role=ProjectMember.Role.MEMBER, duty=_("协助新组长"), since=max(since, seat.valid_from))
        else:
            seat.valid_to = max(seat.valid_from, since - timedelta(days=1))
            seat.save()
    known = ProjectMember.objects.filter(project=project, person=person, valid_to=None).first()
    duty = _("牵头,对目标负责")
    if known is None:
        ProjectMember.objects.create(project=project, person=person, role=ProjectMember.Role.HEAD, duty=duty, valid_from=since)
    else:
        reseat(known, role=ProjectMember.Role.HEAD, duty=duty, since=max(since, known.valid_from))
    if not stays:
        for step in ProjectStep.objects.select_for_update().filter(project=project, owner=before, done_on=None):
            give_step(step, person, project)
    project.head = person
    project.save()
    if settle_tasks(project, kind=REPORT_TASK, owner=before, result=f"组长改为 {person.name}", dropped=True):
        expect_report(project, today())
    tell([before, person], project, _("项目组“%(name)s”的组长改为 %(who)s") % {"name": project.name, "who": person.name}, by=None)
    return f"{before.name} → {person.name}"


def give_step(step: ProjectStep, person: Person, project: Project) -> None:
    """Let another see to a milestone; in a running team its task goes along."""
    settle_tasks(step, result=f"改由 {person.name} 负责", dropped=True)
    step.owner = person
    step.save()
    if project.state == Project.State.RUNNING:
        expect_step(step, project)


@action
def add_step(project: Project, stage: Stage, *, by: Any, version: int | None = None) -> ProjectStep:
    """Set another milestone."""
    project = lock_team(project, by=by, version=version)
    if not stage.text.strip():
        raise ValidationError({"text": _("请写明要做到什么。")})
    step = set_stage(project, stage)
    project.save()
    if project.state == Project.State.RUNNING:
        expect_step(step, project)
    record(by=by, verb="增加里程碑", obj=project, area_id=project.area_id, note=f"{step.text},{stage.owner.name},{step.due} 前")
    return step


@action
def change_step(step: ProjectStep, *, owner: Person, due: date, reason: str, by: Any, version: int | None = None) -> ProjectStep:
    """Give a milestone another date or person, with the reason; both stay in the team's history."""
    project = lock_team(Project(pk=step.project_id), by=by, version=version)
    step = lock_row(step)
    if step.done_on is not None:
        raise Refused(_("这个里程碑已经登记完成。"))
    if not reason.strip():
        raise ValidationError({"reason": _("请写明调整的原因。")})
    if (owner.pk, due) == (step.owner_id, step.due):
        raise ValidationError({"due": _("没有改动。")})
    if not project.starts_on <= due <= project.ends_on:
        raise ValidationError({"due": _("里程碑的期限须在项目组起止之间。")})
    if not ProjectMember.objects.filter(project=project, person=owner, valid_to=None).exists():
        raise ValidationError({"owner": _("%(name)s 不在组里。") % {"name": owner.name}})
    changes = {step.text[:60]: [f"{step.owner.name} {step.due}", f"{owner.name} {due}"]}
    step.due = due
    give_step(step, owner, project)
    project.save()
    record(by=by, verb="调整里程碑", obj=project, area_id=project.area_id, note=reason.strip(), changes=changes)
    tell([owner], project, _("里程碑“%(text)s”由您负责,%(due)s 前") % {"text": step.text, "due": due}, by=by)
    return step
