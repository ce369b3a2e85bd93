"""项目组: list, page, founding, and each step of its life."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.audit.queries import list_history
from ronghe.common.access import access, require
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out, mark_export
from ronghe.common.forms import PROBLEMS, carry_out, posted_version, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.goals.models import Goal, GoalPlan
from ronghe.initiatives import actions, forms, permissions
from ronghe.initiatives.models import Project, ProjectStep
from ronghe.initiatives.queries import projects as queries
from ronghe.initiatives.queries.ideas import show_amount
from ronghe.initiatives.queries.terms import list_able
from ronghe.initiatives.sheets import list_team_sheets, list_teams
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of

FIRST_ROWS, MORE_ROWS = 3, 2
MOST_EXPORTED = 2000


def get_project(request: HttpRequest, pk: int) -> Project:
    """Fetch a team that the user may read, or answer 404."""
    rows = queries.annotate_projects(Project.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("area", "head", "proposed_by", "approved_by", "accepted_by", "goal__plan"), pk=pk)


@access(permissions.is_in_area)
def list_projects(request: HttpRequest) -> HttpResponse:
    """Show the teams with their targets."""
    form = forms.ProjectFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.annotate_projects(queries.filter_projects(Project.objects.visible_to(request.user), chosen, request.user))
    page = paginate(request, rows)
    context = {
        "form": form,
        "page": page,
        "lines": [queries.describe_project(row) for row in page.object_list],
        "may_found": permissions.may_found(request.user),
    }
    return render(request, "initiatives/projects.html", context)


@access(permissions.is_in_area)
def export_projects(request: HttpRequest) -> FileResponse:
    """Hand out just what the list shows as a workbook."""
    form = forms.ProjectFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queries.annotate_projects(queries.filter_projects(Project.objects.visible_to(request.user), chosen, request.user))
    sheet = list_teams([queries.describe_project(row) for row in rows[:MOST_EXPORTED]])
    area_id = min(standing_of(request.user).readable_areas, default=None)
    return hand_out(request.user, what=_("项目组清单"), sheets=[sheet], name=f"项目组-{today():%Y%m%d}", area_id=area_id)


@access(permissions.is_in_area)
def export_project(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out one team: its members with their dates, milestones, months."""
    project = get_project(request, pk)
    reports = project.reports.select_related("filed_by")
    sheets = list_team_sheets(queries.list_members(project), queries.list_steps(project), reports)
    return hand_out(request.user, what=f"项目组 {project.name}", sheets=sheets, name=project.name, area_id=project.area_id)


def summarise(project: Project) -> dict[str, Any]:
    return {"project": project, "line": queries.describe_project(project), "target": show_amount(project.target, project.unit_name)}


@access(permissions.is_in_area)
def show_project(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one team: what comes next, target and progress, milestones, members, the months, its ideas, history."""
    project = get_project(request, pk)
    user, state = request.user, project.state
    context = {
        **summarise(project),
        "steps": queries.list_steps(project, user),
        "members": queries.list_members(project),
        "reports": [(row, show_amount(row.value, project.unit_name)) for row in project.reports.select_related("filed_by")],
        "amounts": queries.list_team_amounts(project, user),
        "may_approve": state == "draft" and permissions.may_approve(user, project) and not permissions.is_head(user, project),
        "may_report": state == "running" and permissions.may_report(user, project),
        "may_manage": state in ("draft", "running") and permissions.may_manage(user, project),
        "may_review": state == "review" and permissions.may_accept(user, project),
        "may_drop": state in ("draft", "running") and permissions.may_approve(user, project),
        "history": list_history(project),
        "once": new_key(),
    }
    return render(request, "initiatives/project.html", context)


@access(permissions.is_in_area)
def print_project(request: HttpRequest, pk: int) -> HttpResponse:
    """Print a team's charter."""
    project = get_project(request, pk)
    members = queries.list_members(project)
    context = {
        **summarise(project),
        "steps": queries.list_steps(project),
        "members": [line for line in members if not line.gone],
        "issuer": project.area.name,
        "page_title": _("关于成立“%(name)s”项目组的通知") % {"name": project.name},
        "back_url": f"/initiatives/projects/{project.pk}/",
        "mark": mark_export(
            request.user, what=_("打印项目组章程 %(name)s") % {"name": project.name}, rows=len(members), area_id=project.area_id
        ),
    }
    return render(request, "initiatives/print_project.html", context)


@access(permissions.may_found)
@submit_once
def new_project(request: HttpRequest) -> HttpResponse:
    """Draft a team with its members and milestones."""
    standing = standing_of(request.user)
    areas = standing.areas_of((*LEADERS, "station_chief", "group_leader"))
    area = get_object_or_404(Unit, pk=min(areas, default=0))
    people = list(list_able(area.pk).select_related("unit"))
    goals = (
        Goal.objects.standing().filter(plan__in=GoalPlan.objects.current().filter(area=area), person=None).select_related("plan", "unit")
    )
    seats = forms.build_rows(forms.SeatForm, "p", request.POST or None, people, rows=FIRST_ROWS)
    stages = forms.build_rows(forms.StageForm, "t", request.POST or None, people, rows=FIRST_ROWS)
    form = forms.ProjectForm(request.POST or None, people=people, goals=goals)
    if "more" in request.POST:
        form = forms.ProjectForm(initial=request.POST.dict(), people=people, goals=goals)
        seats = forms.copy_rows(forms.SeatForm, "p", request.POST, people, more=MORE_ROWS)
        stages = forms.copy_rows(forms.StageForm, "t", request.POST, people, more=MORE_ROWS)
    elif request.method == "POST" and all([form.is_valid(), seats.is_valid(), stages.is_valid()]):
        try:
            given: dict[str, Any] = {"seats": forms.read_seats(seats), "stages": forms.read_stages(stages)}
            project = actions.found_project(area, by=request.user, **given, **form.cleaned_data)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("项目组已提出,等班子成员批准。"))
            return redirect("initiatives:project", pk=project.pk)
    context = {"form": form, "seats": seats, "stages": stages, "once": request.POST.get("once") or new_key()}
    return render(request, "initiatives/project_new.html", context, status=422 if form.is_bound else 200)


def take_step(
    request: HttpRequest, project: Project, form: Form, act: Callable[[dict[str, Any]], Any], *, done: str, heading: str, **extra: Any
) -> HttpResponse:
    """Carry out a form's action and go to the team; what the action refuses is shown at the form."""
    if carry_out(request, form, act, done=done):
        return redirect("initiatives:project", pk=project.pk)
    if form.is_bound:
        project = get_project(request, project.pk)
    context = {**summarise(project), "form": form, "heading": heading, "once": request.POST.get("once") or new_key(), **extra}
    return render(request, "initiatives/project_step.html", context, status=422 if form.is_bound else 200)


@require_POST
@access(permissions.may_approve)
@submit_once
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a team work."""
    project = get_project(request, pk)
    actions.approve_project(project, by=request.user, version=posted_version(request))
    messages.success(request, _("已批准运行。"))
    return redirect("initiatives:project", pk=pk)


@access(permissions.may_approve)
@submit_once
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a team up."""
    project = get_project(request, pk)
    require(permissions.may_approve, request.user, project)
    form = forms.ReasonForm(request.POST or None)
    return take_step(
        request,
        project,
        form,
        lambda values: actions.drop_project(project, by=request.user, version=posted_version(request), **values),
        done=_("已撤销。"),
        heading=_("撤销项目组"),
    )


@access(permissions.is_in_area)
@submit_once
def finish_step(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """Say that a milestone is reached."""
    project = get_project(request, pk)
    row = get_object_or_404(ProjectStep.objects.select_related("project"), pk=step, project=project)
    require(permissions.owns_step, request.user, row)
    form = forms.StepResultForm(request.POST or None)
    return take_step(
        request,
        project,
        form,
        lambda values: actions.finish_step(row, by=request.user, **values),
        done=_("里程碑已完成。"),
        heading=row.text,
    )


@access(permissions.may_report)
@submit_once
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """File the month's line."""
    project = get_project(request, pk)
    require(permissions.may_report, request.user, project)
    form = forms.ReportForm(request.POST or None, initial={"month": f"{today():%Y-%m}"})
    return take_step(
        request,
        project,
        form,
        lambda values: actions.report_month(project, by=request.user, **values),
        done=_("月报已填写。"),
        heading=_("填写月报"),
    )


@access(permissions.may_report)
@submit_once
def hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of the team's work."""
    project = get_project(request, pk)
    require(permissions.may_report, request.user, project)
    form = forms.HandInForm(request.POST or None, members=queries.list_members(project))

    def act(values: dict[str, Any]) -> None:
        given = {"result": values["result"], "reached": values["reached"], "contributions": form.read_contributions()}
        actions.hand_in_project(project, by=request.user, version=posted_version(request), **given)

    return take_step(request, project, form, act, done=_("已申请结题,等组外的班子成员验收。"), heading=_("申请结题"))


@access(permissions.may_accept)
@submit_once
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a result, or send it back."""
    project = get_project(request, pk)
    require(permissions.may_accept, request.user, project)
    form = forms.ReviewForm(request.POST or None)
    closing = request.POST.get("verdict") == "close"
    act = actions.close_project if closing else actions.return_project
    return take_step(
        request,
        project,
        form,
        lambda values: act(project, by=request.user, version=posted_version(request), **values),
        done=_("已结题。") if closing else _("已退回。"),
        heading=_("验收"),
        review=True,
    )
