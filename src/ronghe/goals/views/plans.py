"""目标计划: the list, one plan with its tree, and the steps on its way (M1, M16, M18)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.audit.queries import format_time, list_history
from ronghe.common.access import access
from ronghe.common.actions import StaleForm
from ronghe.common.exports import Sheet, hand_out
from ronghe.common.forms import PROBLEMS, read_number, read_version, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.common.registry import find_meeting
from ronghe.goals.actions import plans as write
from ronghe.goals.actions.follow import waits_for_night
from ronghe.goals.forms_plans import (
    AcceptForm,
    ApproveForm,
    DimensionFormSet,
    DiscussForm,
    PlanForm,
    ReasonForm,
    ReviseForm,
    first_plan_values,
)
from ronghe.goals.models import Acceptance, Dimension, Goal, GoalPlan
from ronghe.goals.permissions import may_approve_plan, may_issue_plan, may_plan, may_read_plans
from ronghe.goals.queries.checks import list_problems
from ronghe.goals.queries.export import HEADS, list_rows
from ronghe.goals.queries.tree import MOST_SHOWN, list_branch, list_plans
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of

TONES = {"draft": "", "discussed": "yellow", "approved": "blue", "issued": "green", "replaced": "", "dropped": ""}
SHOWN_PROBLEMS = 20


def get_plan(request: HttpRequest, pk: int) -> GoalPlan:
    """Fetch a plan that the user may read, or answer 404."""
    return get_object_or_404(list_plans(request.user).select_related("area", "author__person", "previous", "approved_by__person"), pk=pk)


def planning_area(request: HttpRequest) -> Unit:
    """Fetch the area for which the user plans."""
    areas = [post.area_id for post in standing_of(request.user).posts if may_plan(request.user, Unit(area_id=post.area_id))]
    return get_object_or_404(Unit, pk=areas[0] if areas else 0)


@access(may_read_plans)
def show_list(request: HttpRequest) -> HttpResponse:
    """Show the plans by year, the newest first."""
    plans = list(list_plans(request.user)[:100])
    waiting = {row.plan_id: row for row in Acceptance.objects.filter(plan__in=plans, person_id=standing_of(request.user).person_id or 0)}
    lines = [(plan, TONES[plan.state], waiting.get(plan.pk)) for plan in plans]
    return render(request, "goals/plans.html", {"lines": lines, "may_plan": may_plan(request.user)})


@access(may_plan)
@submit_once
def add_plan(request: HttpRequest) -> HttpResponse:
    """Begin a plan, empty or from an earlier one."""
    area = planning_area(request)
    plans = GoalPlan.objects.visible_to(request.user).filter(area=area).exclude(state=GoalPlan.State.DROPPED)
    form = PlanForm(request.POST or None, initial=first_plan_values(), plans=plans)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        source = values.pop("source")
        try:
            if source is not None:
                values.pop("basis")
                plan = write.copy_plan(source, by=request.user, **values)
            else:
                plan = write.draft_plan(area, by=request.user, **values)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已建立,接下来增加目标。"))
            return redirect("goals:plan", pk=plan.pk)
    context = {"form": form, "heading": _("新的目标计划"), "back": "goals:plans", "once": request.POST.get("once") or new_key()}
    return render(request, "goals/plan_form.html", context, status=422 if form.is_bound else 200)


@access(may_read_plans)
def show_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a plan: where it stands, its tree, what keeps it, 六同步, who accepted, its history."""
    return render_plan(request, get_plan(request, pk))


def render_plan(request: HttpRequest, plan: GoalPlan, *, status: int = 200, **bound: Any) -> HttpResponse:
    """Render a plan's page; a step's form with problems is shown in its place, with what was typed."""
    user, state = request.user, plan.state
    writes = may_plan(user, plan)
    problems = list_problems(plan) if writes and state in ("draft", "discussed", "approved") else []
    me = standing_of(user).person_id or 0
    shown = plan.acceptances.filter(Q(by_unit=False) | Q(person_id=me)).select_related("person__unit").order_by("person__sort_key")
    asked = list(shown) if state in ("issued", "replaced") else []
    mine = next((row for row in asked if row.person_id == me and row.goals), None)
    acceptances = [row for row in asked if not row.by_unit]
    context = {
        "plan": plan,
        "tone": TONES[state],
        "nodes": list_branch(plan, None, user=user),
        "problems": problems[:SHOWN_PROBLEMS],
        "more_problems": max(0, len(problems) - SHOWN_PROBLEMS),
        "parts": list(plan.parts.order_by("pk")),
        "acceptances": [(row, format_time(row.at) if row.at else "") for row in acceptances],
        "accepted": sum(row.at is not None for row in acceptances),
        "may_write": writes and plan.is_editable,
        "may_return": writes and state in ("discussed", "approved"),
        "may_drop": writes and state in ("draft", "discussed", "approved"),
        "discuss_form": bound.get("discuss") or (DiscussForm() if writes and state in ("draft", "discussed") and not problems else None),
        "approve_form": bound.get("approve")
        or (ApproveForm() if state == "discussed" and not problems and may_approve_plan(user, plan) else None),
        "may_issue": state == "approved" and not problems and may_issue_plan(user, plan),
        "revise_form": bound.get("revise") or (ReviseForm(plan=plan) if state == "issued" and writes else None),
        "accept_form": bound.get("accept") or (AcceptForm() if mine is not None and mine.at is None and state == "issued" else None),
        "reason_form": bound.get("reason") or ReasonForm(),
        "mine": mine,
        "at_night": state == "issued" and waits_for_night(plan),
        "meeting_url": find_meeting(user, plan.area_id, plan.meeting, plan.meeting_on) if plan.meeting else "",
        "newer": GoalPlan.objects.visible_to(user).filter(previous=plan).exclude(state=GoalPlan.State.DROPPED).first(),
        "history": list_history(plan),
        "once": request.POST.get("once") or new_key(),
    }
    return render(request, "goals/plan.html", context, status=status)


@access(may_read_plans)
def show_branch(request: HttpRequest, pk: int, goal: int) -> HttpResponse:
    """Answer with the rows below a goal, for the tree that opens branch by branch."""
    plan = get_plan(request, pk)
    parent = get_object_or_404(Goal.objects.standing(), pk=goal, plan=plan)
    start = read_number(request.GET.get("from", "")) or 0
    nodes = list_branch(plan, parent, user=request.user, start=start, limit=MOST_SHOWN + 1)
    more = start + MOST_SHOWN if len(nodes) > MOST_SHOWN else 0
    return render(request, "goals/branch.html", {"plan": plan, "nodes": nodes[:MOST_SHOWN], "more": more, "parent": parent})


@access(may_read_plans)
def export_plan(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the whole tree as a table."""
    plan = get_plan(request, pk)
    owners = plan.acceptances.filter(by_unit=False).select_related("person__unit").order_by("person__sort_key")
    sheets = [
        Sheet("目标分解", HEADS, list_rows(plan, user=request.user)),
        Sheet(
            "认领",
            ("责任人", "单位", "目标数", "认领时间", "意见", "内容摘要"),
            [(row.person.name, row.person.unit.name, row.goals, row.at, row.note, row.digest) for row in owners],
        ),
        Sheet(
            "六同步",
            ("同步内容", "安排", "没有安排的原因"),
            [(row.get_kind_display(), row.text, row.empty_reason) for row in plan.parts.order_by("pk")],
        ),
    ]
    return hand_out(request.user, what=f"目标计划 {plan}", sheets=sheets, name=str(plan), area_id=plan.area_id)


@access(may_plan)
@submit_once
def edit_parts(request: HttpRequest, pk: int) -> HttpResponse:
    """Write 六同步: what is arranged in each of the six, or why nothing is."""
    plan = get_plan(request, pk)
    parts = list(plan.parts.order_by("pk"))
    problem = ""
    if request.method == "POST":
        typed = {
            row.kind: (request.POST.get(f"text-{row.kind}", "")[:1000], request.POST.get(f"reason-{row.kind}", "")[:300]) for row in parts
        }
        for row in parts:
            row.text, row.empty_reason = typed[row.kind]
        try:
            write.save_parts(plan, typed, by=request.user, version=read_version(request))
        except (ValidationError, StaleForm) as trouble:
            problem = "".join(trouble.messages) if isinstance(trouble, ValidationError) else str(trouble)
        else:
            messages.success(request, _("六同步已保存。"))
            return redirect("goals:plan", pk=pk)
    context = {"plan": plan, "parts": parts, "problem": problem, "once": request.POST.get("once") or new_key()}
    return render(request, "goals/parts.html", context, status=422 if problem else 200)


def take_step(request: HttpRequest, plan: GoalPlan, form: Any, name: str, act: Callable[..., Any], done: str) -> HttpResponse:
    """Carry out a step with its form; with problems the page is shown again with what was typed."""
    if form.is_valid():
        try:
            act(plan, by=request.user, **form.cleaned_data)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, done)
            return redirect("goals:plan", pk=plan.pk)
    return render_plan(request, get_plan(request, plan.pk), status=422, **{name: form})


@require_POST
@access(may_plan)
@submit_once
def discuss(request: HttpRequest, pk: int) -> HttpResponse:
    """Write that the plan was discussed."""
    return take_step(request, get_plan(request, pk), DiscussForm(request.POST), "discuss", write.discuss_plan, _("已登记讨论情况。"))


@require_POST
@access(may_approve_plan)
@submit_once
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Write that a meeting approved the plan."""
    return take_step(request, get_plan(request, pk), ApproveForm(request.POST), "approve", write.approve_plan, _("已批准,可以下达。"))


@require_POST
@access(may_issue_plan)
@submit_once
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the plan to its owners."""
    plan = get_plan(request, pk)
    write.issue_plan(plan, by=request.user)
    messages.success(request, _("已下达,责任人收到认领待办,月度目标已写入。"))
    return redirect("goals:plan", pk=pk)


@require_POST
@access(may_plan)
@submit_once
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the plan back to be redrafted."""
    return take_step(request, get_plan(request, pk), ReasonForm(request.POST), "reason", write.return_plan, _("已退回起草。"))


@require_POST
@access(may_plan)
@submit_once
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the plan up."""
    return take_step(request, get_plan(request, pk), ReasonForm(request.POST), "reason", write.drop_plan, _("已作废。"))


@require_POST
@access(may_plan)
@submit_once
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a new version of an issued plan."""
    plan = get_plan(request, pk)
    form = ReviseForm(request.POST, plan=plan)
    if form.is_valid():
        try:
            made = write.revise_plan(plan, by=request.user, **form.cleaned_data)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已建立第 %(n)d 版,改好后同样讨论、批准、下达。") % {"n": made.number})
            return redirect("goals:plan", pk=made.pk)
    return render_plan(request, plan, status=422, revise=form)


@require_POST
@access(may_read_plans)
@submit_once
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept one's goals."""
    return take_step(request, get_plan(request, pk), AcceptForm(request.POST), "accept", write.accept_goals, _("已认领,认领记录等同签字。"))


@access(may_plan)
@submit_once
def edit_dimensions(request: HttpRequest) -> HttpResponse:
    """Name and order the area's dimensions."""
    area = planning_area(request)
    write.make_dimensions(area)
    initial = list(Dimension.objects.filter(area=area).values("pk", "name", "side"))
    rows: Any = DimensionFormSet(request.POST or None, initial=initial)
    problem = ""
    if request.method == "POST" and rows.is_valid():
        typed = [
            (one.get("pk"), one.get("name", ""), one.get("side") or "business")
            for one in rows.cleaned_data
            if one.get("name") or one.get("pk")
        ]
        try:
            write.save_dimensions(area, typed, by=request.user)
        except ValidationError as trouble:
            problem = "".join(trouble.messages)
        else:
            messages.success(request, _("维度已保存。"))
            return redirect("goals:plans")
    context = {"rows": rows, "problem": problem, "once": request.POST.get("once") or new_key()}
    return render(request, "goals/dimensions.html", context, status=422 if rows.is_bound else 200)
