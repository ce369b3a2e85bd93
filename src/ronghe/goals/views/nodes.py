"""One goal of a plan: its page, its split into children, its months, its milestones."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.audit.queries import HistoryLine, list_history
from ronghe.common.access import access
from ronghe.common.actions import StaleForm
from ronghe.common.forms import PROBLEMS, read_number, read_version, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.common.registry import Way, find_boards
from ronghe.goals.actions import cascade as write
from ronghe.goals.forms_plans import FinishForm, GoalForm, MilestoneForm, SplitForm, read_numbers
from ronghe.goals.models import Goal, GoalPlan, Milestone, Progress
from ronghe.goals.permissions import may_finish_milestone, may_plan, may_read_plans, may_share_out
from ronghe.goals.queries.members import count_accepted, list_terms, trace_part
from ronghe.goals.queries.nodes import build_split, describe_months, draw_goal, hide_results, list_milestones
from ronghe.goals.queries.tree import describe_goals, list_branch, list_chain, list_my_part, may_see_result
from ronghe.goals.rules import print_number
from ronghe.goals.rules.cascade import Part, weigh_parts
from ronghe.goals.views.plans import get_plan
from ronghe.org.models import Track, Unit

RELATED = ("plan__area", "parent__parent__parent__parent", "indicator", "unit", "person", "coordinator", "dimension")


def get_goal(request: HttpRequest, pk: int) -> Goal:
    """Fetch a goal that the user may read, or answer 404."""
    return get_object_or_404(Goal.objects.visible_to(request.user).standing().select_related(*RELATED), pk=pk)


@access(may_read_plans)
def show_goal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a goal: what it asks, what it is part of, how far it is, its children, months and milestones."""
    return render_goal(request, get_goal(request, pk))


def list_board_ways(request: HttpRequest, goal: Goal) -> list[Way]:
    """Return where the goal can be put under 督办. No query."""
    area_id = goal.plan.area_id
    unit = Unit(pk=goal.unit_id or area_id, area_id=area_id)
    return find_boards(request.user, unit, origin=f"{goal._meta.label_lower}:{goal.pk}", title=str(goal)[:120])


def render_goal(request: HttpRequest, goal: Goal, *, status: int = 200, **bound: Any) -> HttpResponse:
    writes = may_plan(request.user, goal.plan) and goal.plan.is_editable
    node = describe_goals([goal], user=request.user)[0]
    months = describe_months(goal)
    progress = Progress.objects.filter(goal=goal).first() if node.estimate else None
    mine = list_my_part(request.user, goal)
    issued = goal.plan.state == GoalPlan.State.ISSUED
    leads = issued and may_share_out(request.user, goal)
    nodes = list_branch(goal.plan, goal, user=request.user)
    parts = [] if goal.person_id else Goal.objects.standing().filter(parent=goal, person__isnull=False, indicator__isnull=False)
    shared = [row.pk for row in parts] if goal.unit_id and nodes else []
    results = may_see_result(request.user, goal)
    months = hide_results(months, shown=results)
    chain = list_chain(goal)
    context = {
        "goal": goal,
        "node": node,
        "chain": chain,
        "ups": trace_part(goal, chain, request.user) if chain else [],
        "terms": list_terms(goal, results=results) if goal.person_id else [],
        "may_share_out": leads and goal.person_id is None and goal.value is not None and (bool(shared) or not nodes),
        "may_pass": leads and goal.person_id is not None,
        "may_give": leads and goal.person_id is None,
        "shared": len(shared),
        "accepted": count_accepted(goal, shared) if shared and issued else None,
        "nodes": nodes,
        "months": months,
        "chart": draw_goal(goal, months, progress.estimate if progress else None) if not months.is_empty else None,
        "my_part": describe_goals(mine, user=request.user) if mine else [],
        "milestones": list_milestones(goal),
        "may_write": writes,
        "may_split": writes and goal.indicator is not None,
        "may_finish": issued and may_finish_milestone(request.user, goal),
        "milestone_form": bound.get("milestone") or (MilestoneForm() if writes and goal.indicator is None else None),
        "finish_form": bound.get("finish") or FinishForm(),
        "finishing": bound.get("finishing"),
        "boards": list_board_ways(request, goal) if issued and results else [],
        "history": read_history(goal) if results else [],
        "once": request.POST.get("once") or new_key(),
    }
    return render(request, "goals/goal.html", context, status=status)


def read_history(goal: Goal) -> list[HistoryLine]:
    """Return a goal's history with that of the same goal in the version before: a change in the year begins no new story."""
    return [*list_history(goal), *(list_history(Goal(pk=goal.origin_id)) if goal.origin_id else [])]


@access(may_plan)
@submit_once
def add_goal(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a goal to a plan, under ?parent= or at the top."""
    plan = get_plan(request, pk)
    parent_pk = read_number(request.POST.get("parent") or request.GET.get("parent", ""))
    parent = get_object_or_404(Goal.objects.standing(), pk=parent_pk, plan=plan) if parent_pk is not None else None
    form = GoalForm(request.POST or None, plan=plan, people=parent is not None, initial=offer_values(parent))
    if request.method == "POST" and form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        try:
            goal = write.add_goal(plan, parent=parent, by=request.user, **values)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已增加「%(title)s」。") % {"title": goal.title})
            return redirect("goals:goal", pk=goal.pk)
    return render_form(request, form, plan=plan, parent=parent, heading=_("增加目标"))


def offer_values(parent: Goal | None) -> dict[str, Any]:
    """Return what a child is offered from its parent."""
    if parent is None:
        return {}
    names = ("title", "dimension", "indicator", "rule", "coordinator", "degree", "basis", "unit")
    return {name: getattr(parent, name) for name in names}


def render_form(request: HttpRequest, form: GoalForm, **context: Any) -> HttpResponse:
    context = {"form": form, "once": request.POST.get("once") or new_key(), **context}
    return render(request, "goals/goal_form.html", context, status=422 if form.is_bound else 200)


@access(may_plan)
@submit_once
def edit_goal(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a goal of a plan that is being written."""
    goal = get_goal(request, pk)
    initial = {name: getattr(goal, name) for name in (*write.GOAL_FIELDS, "version")}
    form = GoalForm(request.POST or None, plan=goal.plan, people=goal.parent_id is not None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            write.change_goal(goal, by=request.user, version=values.pop("version"), **values)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已保存。"))
            return redirect("goals:goal", pk=pk)
    return render_form(request, form, plan=goal.plan, parent=goal.parent, goal=goal, heading=goal.title)


@require_POST
@access(may_plan)
@submit_once
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a goal with what is under it out of the plan."""
    goal = get_goal(request, pk)
    write.withdraw_goal(goal, by=request.user)
    messages.success(request, _("已撤销「%(title)s」和它的下级。") % {"title": goal.title})
    return redirect("goals:goal", pk=goal.parent_id) if goal.parent_id else redirect("goals:plan", pk=goal.plan_id)


@access(may_plan)
@submit_once
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Split a goal among units: choose whom and by what, see at once what is left, change by hand, save."""
    goal = get_goal(request, pk)
    data = request.POST or request.GET
    tracks = list(Track.objects.filter(area=goal.plan.area_id))
    form = SplitForm(data, tracks=tracks)
    chosen = form.cleaned_data if form.is_valid() else {}
    values, wrong = read_numbers(data, "v-")
    weights, wrong_weights = read_numbers(data, "w-")
    shares, wrong_shares = read_numbers(data, "s-")
    rows = build_split(
        goal,
        track=chosen.get("track", ""),
        by=chosen.get("shares", "") if "draw" in data else "",
        values=values,
        weights=weights,
        shares=shares,
    )
    problem = "".join({*wrong.values(), *wrong_weights.values(), *wrong_shares.values()})
    if request.method == "POST" and not problem and "draw" not in request.POST:
        children = [write.Child(row.unit.pk, row.value, row.weight) for row in rows if row.chosen]
        try:
            write.split_goal(goal, children, by=request.user, version=read_version(request))
        except (ValidationError, StaleForm) as trouble:
            problem = "".join(trouble.messages) if isinstance(trouble, ValidationError) else str(trouble)
        else:
            messages.success(request, _("已分解到 %(n)d 个单位。") % {"n": len(children)})
            return redirect("goals:goal", pk=pk)
    balance = weigh_parts(goal.rule, goal.value, [Part(row.value, row.weight) for row in rows if row.chosen], goal.decimals, goal.named)
    context = {
        "goal": goal,
        "form": form,
        "rows": [row.show(data, goal.decimals) for row in rows],
        "weighted": goal.rule == "weighted",
        "combined": print_number(balance.combined) or "—",
        "left": print_number(balance.left - balance.named) if balance.left is not None else "—",
        "fits": balance.reconciles,
        "problem": problem,
        "wrong": {**wrong, **wrong_weights, **wrong_shares},
        "once": request.POST.get("once") or new_key(),
    }
    return render(request, "goals/split.html", context, status=422 if problem else 200)


@access(may_plan)
@submit_once
def edit_curve(request: HttpRequest, pk: int) -> HttpResponse:
    """Set how the year is spread over its months."""
    goal = get_goal(request, pk)
    months = describe_months(goal)
    typed, wrong = read_numbers(request.POST, "m-")
    problem = "".join(set(wrong.values()))
    if request.method == "POST" and not problem:
        method = request.POST.get("method", "")
        if method not in Goal.Curve.values:
            problem = _("请选择按什么分到各月。")
        else:
            try:
                write.set_curve(goal, method=method, values=typed, by=request.user, version=read_version(request))
            except (ValidationError, StaleForm) as trouble:
                problem = "".join(trouble.messages) if isinstance(trouble, ValidationError) else str(trouble)
            else:
                messages.success(request, _("进度曲线已保存。"))
                return redirect("goals:goal", pk=pk)
    rows = [(line.month, line.label, request.POST.get(f"m-{line.month}", line.target)) for line in months.lines]
    context = {
        "goal": goal,
        "months": months,
        "rows": rows,
        "methods": Goal.Curve.choices,
        "method": request.POST.get("method", goal.curve),
        "problem": problem,
        "once": request.POST.get("once") or new_key(),
    }
    return render(request, "goals/curve.html", context, status=422 if problem else 200)


@require_POST
@access(may_plan)
@submit_once
def add_milestone(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a milestone to a goal that is no number."""
    goal = get_goal(request, pk)
    form = MilestoneForm(request.POST)
    if form.is_valid():
        try:
            write.add_milestone(goal, by=request.user, **form.cleaned_data)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("节点已增加。"))
            return redirect("goals:goal", pk=pk)
    return render_goal(request, goal, status=422, milestone=form)


@require_POST
@access(may_read_plans)
@submit_once
def finish_milestone(request: HttpRequest, pk: int, milestone: int) -> HttpResponse:
    """Write that a milestone is reached."""
    goal = get_goal(request, pk)
    row = get_object_or_404(Milestone, pk=milestone, goal=goal)
    form = FinishForm(request.POST)
    if form.is_valid():
        try:
            write.finish_milestone(row, by=request.user, version=read_version(request), **form.cleaned_data)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已登记完成。"))
            return redirect("goals:goal", pk=pk)
    return render_goal(request, goal, status=422, finish=form, finishing=row.pk)
