"""我的目标, and each person's page: business and party goals side by side (M16, P4), checked by phase; the 目标责任清单 in print."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import mark_export
from ronghe.common.forms import PROBLEMS, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.goals.actions.checks import answer_check, check_leader, remind_leader
from ronghe.goals.forms_plans import CheckForm
from ronghe.goals.models import Acceptance, Check, GoalPlan
from ronghe.goals.permissions import may_check, may_oversee, may_read_plans
from ronghe.goals.queries.owners import list_leaders, list_oversight, load_owner
from ronghe.goals.queries.tree import describe_goals, list_mine, trace_up
from ronghe.goals.rules.progress import list_phases
from ronghe.org.models import Person
from ronghe.org.standing import standing_of
from ronghe.worklist.queries import describe_task, list_own


@access(may_read_plans)
def show_mine(request: HttpRequest) -> HttpResponse:
    """Show what I answer for and which goal of the area it serves, party work beside business, what waits for me."""
    goals = list(list_mine(request.user)[:200])
    nodes = trace_up(goals, describe_goals(goals, user=request.user))
    waiting = Acceptance.objects.filter(
        person_id=standing_of(request.user).person_id or 0, at=None, goals__gt=0, plan__state="issued"
    ).select_related("plan")
    tasks = [describe_task(task, today()) for task in list_own(request.user)[:20]]
    return render(request, "goals/mine.html", {"sides": part_sides(nodes), "waiting": list(waiting), "nodes": nodes, "tasks": tasks})


def part_sides(nodes: list[Any]) -> list[tuple[str, list[Any]]]:
    """Return business goals and party goals apart, both always there."""
    return [
        (_("业务目标"), [node for node in nodes if node.side == "business"]),
        (_("党建目标"), [node for node in nodes if node.side == "party"]),
    ]


@access(may_read_plans)
def show_leaders(request: HttpRequest) -> HttpResponse:
    """Show each leader with the lights of their goals, business and party work apart."""
    return render(request, "goals/leaders.html", {"lines": list_leaders(request.user)})


@access(may_read_plans)
def show_leader(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one person's goals: business and party side by side, the six parts of the plan, the checks by phase."""
    return render_leader(request, find_person(request, pk))


def render_leader(request: HttpRequest, person: Person, form: CheckForm | None = None, **extra: Any) -> HttpResponse:
    owner = load_owner(request.user, person)
    if form is None and owner.plans and owner.nodes and may_check(request.user, person) and person.user_id != request.user.pk:
        form = make_check_form(owner.plans)
    once = request.POST.get("once") or new_key()
    context = {"owner": owner, "sides": part_sides(owner.nodes), "form": form, "once": once, **extra}
    return render(request, "goals/leader.html", context, status=422 if extra or (form is not None and form.is_bound) else 200)


def make_check_form(plans: list[GoalPlan], data: Any = None) -> CheckForm:
    phases = sorted({phase for plan in plans for phase in list_phases(plan.first_month, plan.last_month, today())}, reverse=True)
    return CheckForm(data, plans=GoalPlan.objects.filter(pk__in=[plan.pk for plan in plans]), phases=phases)


@require_POST
@access(may_check)
@submit_once
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a check of somebody's goals."""
    person = find_person(request, pk)
    plans = list(GoalPlan.objects.visible_to(request.user).current().filter(area=person.area_id))
    form = make_check_form(plans, request.POST)
    if form.is_valid():
        values = dict(form.cleaned_data)
        try:
            check_leader(values.pop("plan"), person, by=request.user, **values)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已登记检查,当时的进度一并保存。"))
            return redirect("goals:leader", pk=pk)
    return render_leader(request, person, form)


def get_check(request: HttpRequest, pk: int) -> Check:
    """Fetch a check that the user may read, or answer 404."""
    return get_object_or_404(Check.objects.visible_to(request.user).select_related("plan", "person"), pk=pk)


def go_to_check(row: Check) -> HttpResponse:
    return redirect(f"{reverse('goals:leader', args=[row.person_id])}#check-{row.pk}")


@access(may_read_plans)
def open_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a check where it stands: on the page of whom it is about."""
    return go_to_check(get_check(request, pk))


@require_POST
@access(may_check)
@submit_once
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a leader whose phase fell short for an answer."""
    row = get_check(request, pk)
    remind_leader(row, by=request.user)
    messages.success(request, _("已提醒%(name)s,等他回复怎样补上。") % {"name": row.person.name})
    return go_to_check(row)


@require_POST
@access(may_read_plans)
@submit_once
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what will be done about a phase that fell short."""
    row = get_check(request, pk)
    text = request.POST.get("text", "")[:500]
    try:
        answer_check(row, text=text, by=request.user)
    except PROBLEMS as trouble:
        problem = "".join(trouble.messages) if isinstance(trouble, ValidationError) else str(trouble)
        person = find_person(request, row.person_id)
        return render_leader(request, person, answering=row.pk, answer_text=text, answer_problem=problem)
    messages.success(request, _("已回复,检查的人会收到消息。"))
    return go_to_check(row)


@access(may_read_plans)
def print_leader(request: HttpRequest, pk: int) -> HttpResponse:
    """Print a leader's 目标责任清单 (official style)."""
    owner = load_owner(request.user, find_person(request, pk))
    context = {
        "owner": owner,
        "numbered": [(number, side, nodes) for number, (side, nodes) in zip("一二", part_sides(owner.nodes), strict=True)],
        "page_title": _("%(name)s目标责任清单") % {"name": owner.person.name},
        "back_url": f"/goals/leaders/{pk}/",
        "mark": mark_export(
            request.user, what=_("%(name)s目标责任清单") % {"name": owner.person.name}, rows=len(owner.nodes), area_id=owner.person.area_id
        ),
    }
    return render(request, "goals/print_leader.html", context)


@access(may_oversee)
def show_oversight(request: HttpRequest) -> HttpResponse:
    """Show the committee above how far the goals of its areas are: counts, rates and lights."""
    return render(request, "goals/oversight.html", {"lines": list_oversight(request.user)})


def find_person(request: HttpRequest, pk: int) -> Person:
    """Fetch a person of an area that the user reads, or answer 404."""
    return get_object_or_404(Person.objects.visible_to(request.user).select_related("unit", "area"), pk=pk)
