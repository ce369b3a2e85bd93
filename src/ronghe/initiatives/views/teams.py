"""A running team changes: each a page with a form, with the date from which it holds."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from ronghe.common.access import access, require
from ronghe.common.calendar import today
from ronghe.common.forms import posted_version
from ronghe.common.once import submit_once
from ronghe.initiatives import actions, forms, permissions
from ronghe.initiatives.models import Project, ProjectMember, ProjectStep
from ronghe.initiatives.queries.terms import list_able
from ronghe.initiatives.views.projects import get_project, take_step
from ronghe.org.models import Person


def get_team(request: HttpRequest, pk: int) -> Project:
    """Fetch a team that the user manages."""
    project = get_project(request, pk)
    require(permissions.may_manage, request.user, project)
    return project


def list_seated(project: Project) -> list[Person]:
    """Return who is in the team now."""
    seats = ProjectMember.objects.filter(project=project, valid_to=None).select_related("person__unit")
    return [row.person for row in seats.order_by("person__sort_key", "person__number")]


def first_day(project: Project) -> dict[str, Any]:
    return {"since": max(today(), project.starts_on)}


@access(permissions.may_manage)
@submit_once
def add_member(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody in."""
    project = get_team(request, pk)
    people = list(list_able(project.area_id).select_related("unit"))
    form = forms.JoinForm(request.POST or None, people=people, initial=first_day(project))

    def act(values: dict[str, Any]) -> None:
        since = values.pop("since")
        actions.add_member(project, actions.Seat(**values), since=since, by=request.user, version=posted_version(request))

    return take_step(request, project, form, act, done=_("已加入。"), heading=_("增加成员"))


@access(permissions.may_manage)
@submit_once
def change_member(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Let a member do something else."""
    project = get_team(request, pk)
    row = get_object_or_404(ProjectMember.objects.select_related("person"), pk=member, project=project)
    initial = {"role": row.role, "duty": row.duty, **first_day(project)}
    form = forms.ChangeSeatForm(request.POST or None, head=row.role == ProjectMember.Role.HEAD, initial=initial)
    return take_step(
        request,
        project,
        form,
        lambda values: actions.change_member(row, by=request.user, version=posted_version(request), **values),
        done=_("分工已调整,此前的分工和起止保留。"),
        heading=_("调整%(name)s的分工") % {"name": row.person.name},
    )


@access(permissions.may_manage)
@submit_once
def end_member(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Let somebody leave."""
    project = get_team(request, pk)
    row = get_object_or_404(ProjectMember.objects.select_related("person"), pk=member, project=project)
    form = forms.LeaveForm(request.POST or None)
    return take_step(
        request,
        project,
        form,
        lambda values: actions.end_member(row, by=request.user, version=posted_version(request), **values),
        done=_("已退出,参加过的时间保留。"),
        heading=_("%(name)s退出项目组") % {"name": row.person.name},
    )


@access(permissions.may_manage)
@submit_once
def change_head(request: HttpRequest, pk: int) -> HttpResponse:
    """Let another lead the team."""
    project = get_team(request, pk)
    people = [person for person in list_able(project.area_id).select_related("unit") if person.pk != project.head_id]
    form = forms.HeadForm(request.POST or None, people=people, initial=first_day(project))
    return take_step(
        request,
        project,
        form,
        lambda values: actions.change_head(project, by=request.user, version=posted_version(request), **values),
        done=_("组长已更换。"),
        heading=_("换组长"),
    )


@access(permissions.may_manage)
@submit_once
def add_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Set another milestone."""
    project = get_team(request, pk)
    form = forms.NewStageForm(request.POST or None, people=list_seated(project))
    return take_step(
        request,
        project,
        form,
        lambda values: actions.add_step(project, actions.Stage(**values), by=request.user, version=posted_version(request)),
        done=_("里程碑已增加。"),
        heading=_("增加里程碑"),
    )


@access(permissions.may_manage)
@submit_once
def change_step(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """Give a milestone another date or person."""
    project = get_team(request, pk)
    row = get_object_or_404(ProjectStep, pk=step, project=project)
    initial = {"owner": str(row.owner_id), "due": row.due}
    form = forms.MoveStageForm(request.POST or None, people=list_seated(project), initial=initial)
    return take_step(
        request,
        project,
        form,
        lambda values: actions.change_step(row, by=request.user, version=posted_version(request), **values),
        done=_("里程碑已调整,原来的期限和责任人记在经过里。"),
        heading=_("调整里程碑:%(text)s") % {"text": row.text},
    )
