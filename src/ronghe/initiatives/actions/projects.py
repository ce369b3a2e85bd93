"""项目组: founded, approved by a leader, worked in by people of several units, reported by the month, ended with a result."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, now, today
from ronghe.initiatives.actions.steps import check_able, person_of
from ronghe.initiatives.models import Project, ProjectMember, ProjectReport, ProjectStep
from ronghe.initiatives.permissions import may_accept, may_approve, may_found, may_report, owns_step
from ronghe.notices.actions import notify
from ronghe.org.models import Person, Unit
from ronghe.org.queries import list_holders
from ronghe.org.standing import standing_of
from ronghe.worklist.actions import open_tasks, settle_tasks

STEP_TASK, REPORT_TASK, APPROVAL_TASK, REVIEW_TASK = "项目组里程碑", "项目组月报", "项目组批准", "项目组验收"
REPORT_DAYS = 5
APPROVAL_DAYS, REVIEW_DAYS = 5, 10


@dataclass(frozen=True)
class Seat:
    """One member as entered."""

    person: Person
    role: str
    duty: str


@dataclass(frozen=True)
class Stage:
    """One milestone as entered."""

    text: str
    due: date
    owner: Person


def path_of(project: Project) -> str:
    return reverse("initiatives:project", args=[project.pk])


def require_state(project: Project, *states: str) -> None:
    if project.state not in states:
        raise Refused(_("项目组“%(name)s”现在是“%(state)s”,不能这样办理。") % {"name": project.name, "state": project.get_state_display()})


def expect(origin: Any, project: Project, *, kind: str, owner: Person, title: str, due: date) -> None:
    open_tasks(
        origin, kind=kind, owners=[owner], title=title, path=path_of(project), due=due, area_id=project.area_id, unit_id=owner.unit_id
    )


def tell(people: Sequence[Person], project: Project, text: str, *, by: Any) -> None:
    me = standing_of(by).person_id
    wanted = {person.pk: person for person in people if person.pk != me}
    notify(wanted.values(), kind="项目组", title=text, path=path_of(project), area_id=project.area_id, by=by)


def list_team(project: Project) -> list[Person]:
    """Return the people of the team now."""
    return [row.person for row in ProjectMember.objects.filter(project=project, valid_to=None).select_related("person")]


def check_project(values: dict[str, Any], area: Unit) -> None:
    """Raise ValidationError at the field that does not hold."""
    if values["ends_on"] <= values["starts_on"]:
        raise ValidationError({"ends_on": _("止须晚于起。")})
    if values["target"] <= 0:
        raise ValidationError({"target": _("目标值须大于 0;越小越好的指标请写成“减少多少”。")})
    goal = values.get("goal")
    if goal is not None and goal.plan.area_id != area.pk:
        raise ValidationError({"goal": _("这个目标不属于本管理区。")})


@action
def found_project(area: Unit, *, head: Person, seats: Sequence[Seat], stages: Sequence[Stage], by: Any, **values: Any) -> Project:
    """Draft a team: its target, its head, its members from several units, its milestones; a leader approves it."""
    require(may_found, by, area)
    check_project(values, area)
    check_able(area.pk, head=head)
    if Project.objects.filter(area=area, name=values["name"], starts_on=values["starts_on"]).exists():
        raise ValidationError({"name": _("同一天起已经有一个同名的项目组。")})
    project = Project.objects.create(area=area, head=head, proposed_by=person_of(by), **values)
    ProjectMember.objects.create(
        project=project, person=head, role=ProjectMember.Role.HEAD, duty=_("牵头,对目标负责"), valid_from=project.starts_on
    )
    for seat in seats:
        seat_member(project, seat, since=project.starts_on)
    for stage in stages:
        set_stage(project, stage)
    record(
        by=by,
        verb="发起项目组",
        obj=project,
        area_id=area.pk,
        note=f"组长 {head.name};{project.measure} {project.target:f} {project.unit_name}",
    )
    approver = choose_approver(project)
    expect(
        project,
        project,
        kind=APPROVAL_TASK,
        owner=approver,
        title=f"项目组待批准:{project.name}",
        due=add_working_days(today(), APPROVAL_DAYS),
    )
    tell([approver, head], project, _("项目组待批准:%(name)s(由 %(who)s 批准)") % {"name": project.name, "who": approver.name}, by=by)
    return project


def choose_approver(project: Project) -> Person:
    """Return which leader approves or accepts: the manager, else the secretary or a deputy, never one of the team."""
    team = ProjectMember.objects.filter(project=project).values("person_id")
    for kind in (
        "area_manager",
        "branch_secretary",
        "deputy_business",
        "deputy_geology",
        "deputy_engineering",
        "deputy_production",
        "deputy_party",
    ):
        found = list_holders(kind, area_id=project.area_id, day=today()).exclude(pk__in=team).filter(user__is_active=True).first()
        if found is not None:
            return found
    raise Refused(_("没有组外的班子成员可以批准或验收这个项目组。"))


def seat_member(project: Project, seat: Seat, *, since: date) -> ProjectMember:
    check_able(project.area_id, person=seat.person)
    if ProjectMember.objects.filter(project=project, person=seat.person, valid_to=None).exists():
        raise ValidationError({"person": _("%(name)s 已经在组里。") % {"name": seat.person.name}})
    if seat.role == ProjectMember.Role.HEAD:
        raise ValidationError({"role": _("组长只有一位。")})
    if not seat.duty.strip():
        raise ValidationError({"duty": _("请写明分工。")})
    return ProjectMember.objects.create(project=project, person=seat.person, role=seat.role, duty=seat.duty.strip(), valid_from=since)


def set_stage(project: Project, stage: Stage) -> ProjectStep:
    if not project.starts_on <= stage.due <= project.ends_on:
        raise ValidationError({"due": _("里程碑的期限须在项目组起止之间。")})
    if not ProjectMember.objects.filter(project=project, person=stage.owner, valid_to=None).exists():
        raise ValidationError({"owner": _("%(name)s 不在组里。") % {"name": stage.owner.name}})
    return ProjectStep.objects.create(project=project, text=stage.text.strip(), due=stage.due, owner=stage.owner)


@action
def approve_project(project: Project, *, by: Any, version: int | None = None) -> Project:
    """Let the team work; each milestone becomes somebody's task."""
    project = lock_row(project, version=version)
    require(may_approve, by, project)
    require_state(project, Project.State.DRAFT)
    me = person_of(by)
    if me.pk == project.head_id:
        raise Refused(_("组长不能批准自己的项目组。"))
    project.start()
    project.approved_by, project.approved_on = me, today()
    project.save()
    record(by=by, verb="批准项目组", obj=project, area_id=project.area_id)
    settle_tasks(project, result="已批准")
    for step in ProjectStep.objects.filter(project=project, done_on=None).select_related("owner"):
        expect_step(step, project)
    tell(list_team(project), project, _("项目组已批准运行:%(name)s") % {"name": project.name}, by=by)
    return project


def expect_step(step: ProjectStep, project: Project) -> None:
    expect(step, project, kind=STEP_TASK, owner=step.owner, title=f"{project.name}:{step.text}", due=step.due)


@action
def finish_step(step: ProjectStep, *, result: str, by: Any) -> ProjectStep:
    """Say that a milestone is reached, and with what."""
    project = lock_row(Project(pk=step.project_id))
    step = lock_row(step)
    require(owns_step, by, step)
    require_state(project, Project.State.RUNNING)
    if step.done_on is not None:
        raise Refused(_("这个里程碑已经登记完成。"))
    if not result.strip():
        raise ValidationError({"result": _("请写明结果。")})
    step.done_on, step.result = today(), result.strip()
    step.save()
    record(by=by, verb="完成里程碑", obj=project, area_id=project.area_id, note=f"{step.text}:{step.result}")
    settle_tasks(step, result=step.result)
    return step


@action
def report_month(project: Project, *, month: str, value: Decimal, text: str, by: Any) -> ProjectReport:
    """File the month's line, or correct it."""
    project = lock_row(project)
    require(may_report, by, project)
    require_state(project, Project.State.RUNNING)
    if not f"{project.starts_on:%Y-%m}" <= month <= f"{today():%Y-%m}":
        raise ValidationError({"month": _("只能填项目组运行以来、到本月为止的月份。")})
    if not text.strip():
        raise ValidationError({"text": _("请写一句本月做了什么、下月做什么。")})
    row = ProjectReport.objects.select_for_update().filter(project=project, month=month).first()
    old = row.value if row is not None else None
    row = row or ProjectReport(project=project, month=month)
    row.value, row.text, row.filed_by, row.filed_at = value, text.strip(), person_of(by), now()
    row.save()
    changes = {"value": [old, value]} if old is not None and old != value else {}
    record(by=by, verb="填写月报", obj=project, area_id=project.area_id, note=f"{month}:{value:f} {project.unit_name}", changes=changes)
    if month >= last_month(today()):
        settle_tasks(project, kind=REPORT_TASK, result="已填写")
    return row


def last_month(day: date) -> str:
    """Return the month before the day's."""
    return f"{day.replace(day=1) - timedelta(days=1):%Y-%m}"


def expect_report(project: Project, day: date) -> bool:
    """Ask the head for last month's line, where the team worked then and there is none."""
    month = last_month(day)
    if month < f"{project.starts_on:%Y-%m}" or ProjectReport.objects.filter(project=project, month__gte=month).exists():
        return False
    due = add_working_days(day.replace(day=1), REPORT_DAYS)
    expect(project, project, kind=REPORT_TASK, owner=project.head, title=f"{project.name}:填写 {month} 一行月报", due=due)
    return True


@action
def ask_reports(day: date) -> str:
    """Ask each running team for last month's line: the day's tick. Idempotent."""
    running = Project.objects.filter(state=Project.State.RUNNING).select_related("head").order_by("pk")
    asked = sum(expect_report(project, day) for project in running)
    return _("等待月报的项目组:%(n)d 个") % {"n": asked}


@action
def hand_in_project(
    project: Project, *, result: str, reached: Decimal, contributions: dict[int, str], by: Any, version: int | None = None
) -> Project:
    """Say what came of it, and in a sentence what each member brought; a leader outside the team accepts it."""
    project = lock_row(project, version=version)
    require(may_report, by, project)
    require_state(project, Project.State.RUNNING)
    if not result.strip():
        raise ValidationError({"result": _("请写明成果。")})
    left = ProjectStep.objects.filter(project=project, done_on=None).count()
    if left:
        raise Refused(_("还有 %(n)d 个里程碑没有完成,完成后再申请结题。") % {"n": left})
    rows = list(ProjectMember.objects.select_for_update().filter(project=project).select_related("person"))
    missing = [row.person.name for row in rows if not contributions.get(row.pk, "").strip()]
    if missing:
        raise ValidationError(_("请写明每位成员的贡献,还缺:%(names)s。") % {"names": "、".join(missing)})
    for row in rows:
        row.contribution = contributions[row.pk].strip()
        row.save()
    approver = choose_approver(project)
    project.hand_in()
    project.result, project.reached = result.strip(), reached
    project.save()
    record(by=by, verb="申请结题", obj=project, area_id=project.area_id, note=f"{reached:f} {project.unit_name}(目标 {project.target:f})")
    settle_tasks(project, result="已申请结题")
    expect(
        project, project, kind=REVIEW_TASK, owner=approver, title=f"项目组待验收:{project.name}", due=add_working_days(today(), REVIEW_DAYS)
    )
    tell([approver], project, _("项目组申请结题,请验收:%(name)s") % {"name": project.name}, by=by)
    return project


@action
def close_project(project: Project, *, note: str, by: Any, version: int | None = None) -> Project:
    """Accept the result: a leader who never belonged to the team."""
    project = lock_review(project, by=by, version=version)
    project.close()
    project.accepted_by, project.ended_on, project.ending = person_of(by), today(), note
    project.save()
    record(by=by, verb="验收结题", obj=project, area_id=project.area_id, note=note)
    settle_tasks(project, result="已结题")
    tell(list_team(project), project, _("项目组已结题:%(name)s") % {"name": project.name}, by=by)
    return project


@action
def return_project(project: Project, *, note: str, by: Any, version: int | None = None) -> Project:
    """Send the result back with a reason."""
    project = lock_review(project, by=by, version=version)
    if not note.strip():
        raise ValidationError({"note": _("退回须写明理由。")})
    project.send_back()
    project.save()
    record(by=by, verb="退回结题", obj=project, area_id=project.area_id, note=note)
    settle_tasks(project, result="已退回")
    tell([project.head], project, _("项目组结题被退回:%(name)s(%(note)s)") % {"name": project.name, "note": note[:80]}, by=by)
    return project


def lock_review(project: Project, *, by: Any, version: int | None) -> Project:
    project = lock_row(project, version=version)
    require(may_accept, by, project)
    require_state(project, Project.State.REVIEW)
    return project


@action
def drop_project(project: Project, *, reason: str, by: Any, version: int | None = None) -> Project:
    """Give a team up, with a reason."""
    project = lock_row(project, version=version)
    require(may_approve, by, project)
    require_state(project, Project.State.DRAFT, Project.State.RUNNING)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明撤销的原因。")})
    project.drop()
    project.ended_on, project.ending = today(), reason
    project.save()
    record(by=by, verb="撤销项目组", obj=project, area_id=project.area_id, note=reason)
    settle_tasks(project, result="项目组已撤销", dropped=True)
    for step in ProjectStep.objects.filter(project=project, done_on=None):
        settle_tasks(step, result="项目组已撤销", dropped=True)
    tell(list_team(project), project, _("项目组已撤销:%(name)s(%(reason)s)") % {"name": project.name, "reason": reason[:80]}, by=by)
    return project
