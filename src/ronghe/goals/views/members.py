"""分到成员: a unit's goal among its members, what each did by month, handing a part on."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ronghe.common.access import access, require
from ronghe.common.actions import StaleForm
from ronghe.common.calendar import today
from ronghe.common.forms import carry_out, read_version
from ronghe.common.once import new_key, submit_once
from ronghe.goals.actions import members as write
from ronghe.goals.forms_plans import MemberSplitForm, PassForm, ReasonForm, TaskForm, read_numbers
from ronghe.goals.models import Goal, GoalPlan
from ronghe.goals.permissions import may_share_out
from ronghe.goals.queries.members import build_members, build_tallies, draw_rows, list_parts, list_staff, weigh_rows
from ronghe.goals.rules import print_number
from ronghe.goals.views.nodes import get_goal


def get_shared(request: HttpRequest, pk: int, *, part: bool = False) -> Goal:
    """Fetch an issued goal (or a member's part) of a unit that the user leads."""
    goal = get_goal(request, pk)
    require(may_share_out, request.user, goal)
    if goal.plan.state != GoalPlan.State.ISSUED or (goal.person_id is not None) != part:
        raise Http404
    return goal


def read_problem(trouble: Exception) -> str:
    return "".join(trouble.messages) if isinstance(trouble, ValidationError) else str(trouble)


@access(may_share_out)
@submit_once
def split_members(request: HttpRequest, pk: int) -> HttpResponse:
    """Share a unit's goal out: choose who and by what, see at once what is left, change by hand, save."""
    goal = get_shared(request, pk)
    if goal.indicator is None or goal.value is None:
        raise Http404
    data: Any = request.POST
    values, wrong = read_numbers(data, "v-")
    shares, wrong_shares = read_numbers(data, "s-")
    rows = build_members(goal, data, values, shares)
    form = MemberSplitForm(data or None)
    problem = "".join({*wrong.values(), *wrong_shares.values()})
    if "draw" in data and not problem:
        problem = draw_rows(goal, rows, data.get("shares", ""))
    elif request.method == "POST" and not problem:
        parts = [write.MemberPart(row.pk, row.value) for row in rows if row.chosen and row.value is not None]
        try:
            write.split_members(goal, parts, by=request.user, reason=data.get("reason", "")[:300], version=read_version(request))
        except (ValidationError, StaleForm) as trouble:
            problem = read_problem(trouble)
        else:
            messages.success(request, _("已分给 %(n)d 名成员,新分到和有变动的本人收到认领待办。") % {"n": len(parts)})
            return redirect("goals:goal", pk=pk)
    balance = weigh_rows(goal, rows)
    others = [row for row in rows if not row.first]
    context = {
        "goal": goal,
        "form": form,
        "rows": rows,
        "first": [row for row in rows if row.first],
        "others": others,
        "others_open": len(others) == len(rows) or any(row.chosen for row in others),
        "combined": print_number(balance.combined) or "—",
        "left": print_number(balance.left - balance.named) if balance.left is not None else "—",
        "fits": balance.reconciles,
        "shared": any(row.part for row in rows),
        "reason": data.get("reason", ""),
        "problem": problem,
        "once": data.get("once") or new_key(),
    }
    return render(request, "goals/members.html", context, status=422 if problem else 200)


@access(may_share_out)
@submit_once
def file_tallies(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what each member did in a month, beside the unit's own figure."""
    goal = get_shared(request, pk)
    open_months = [month for month in goal.plan.months if month <= f"{today():%Y-%m}"]
    if not open_months or not list_parts(goal):
        raise Http404
    month = request.POST.get("month") or request.GET.get("month", "")
    month = month if month in open_months else open_months[-2:][0]  # last month's, once there is one: this month is not over
    typed, wrong = read_numbers(request.POST, "d-")
    problem = "".join(set(wrong.values()))
    if request.method == "POST" and not problem:
        values = {int(key): value for key, value in typed.items() if key.isascii() and key.isdigit() and value is not None}
        try:
            count = write.file_tallies(goal, month=month, values=values, by=request.user, version=read_version(request))
        except (ValidationError, StaleForm) as trouble:
            problem = read_problem(trouble)
        else:
            messages.success(request, _("已登记 %(n)d 名成员的完成量。") % {"n": count} if count else _("没有改动。"))
            return redirect("goals:goal", pk=pk)
    context = {
        "goal": goal,
        "months": open_months,
        "month": month,
        "table": build_tallies(goal, month, request.POST if problem else {}),
        "problem": problem,
        "once": request.POST.get("once") or new_key(),
    }
    return render(request, "goals/tallies.html", context, status=422 if problem else 200)


@access(may_share_out)
@submit_once
def pass_part(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a member's part on to another of the unit."""
    part = get_shared(request, pk, part=True)
    form = PassForm(request.POST or None, people=list_staff(part).exclude(pk=part.person_id or 0).select_related("unit"))
    if carry_out(
        request,
        form,
        lambda values: write.pass_part(part, by=request.user, version=read_version(request), **values),
        done=_("已移交,此前完成的留在原来的人名下。"),
    ):
        return redirect("goals:goal", pk=pk)
    heading = _("移交%(name)s的目标") % {"name": part.person.name if part.person else ""}
    return show_step(request, part, form, heading, _("整份移交,从今天起由新的人落实;此前完成的留在原来的人名下。新的人要认领。"), _("移交"))


@access(may_share_out)
@submit_once
def give_task(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a member a task under a unit's goal."""
    goal = get_shared(request, pk)
    form = TaskForm(request.POST or None, people=list_staff(goal).select_related("unit"))
    if carry_out(
        request,
        form,
        lambda values: write.give_task(goal, by=request.user, version=read_version(request), **values),
        done=_("已交给本人,等他认领。"),
    ):
        return redirect("goals:goal", pk=pk)
    return show_step(
        request,
        goal,
        form,
        _("交给成员一项任务"),
        _("不是数的任务:做什么、抓到什么程度、什么时候完成。本人认领,完成后由他登记。"),
        _("交给他"),
    )


@access(may_share_out)
@submit_once
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a member's task back."""
    task = get_shared(request, pk, part=True)
    form = ReasonForm(request.POST or None)
    if carry_out(
        request,
        form,
        lambda values: write.take_back_task(task, by=request.user, version=read_version(request), **values),
        done=_("已收回,记在本单位目标的经过里。"),
    ):
        return redirect("goals:goal", pk=task.parent_id)
    return show_step(request, task, form, _("收回成员任务"), _("收回以后本人不再认领、不再登记。"), _("收回"))


def show_step(request: HttpRequest, goal: Goal, form: Form, heading: str, hint: str, button: str) -> HttpResponse:
    """Show the form of a step about a goal; with problems as it was typed."""
    context = {"goal": goal, "form": form, "heading": heading, "hint": hint, "button": button}
    context["once"] = request.POST.get("once") or new_key()
    return render(request, "goals/member_step.html", context, status=422 if form.is_bound else 200)
