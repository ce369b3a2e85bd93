"""采用目标制度包: one form with the goals that the pack offers and the numbers that are the unit's own; the plan is drafted with its cascade done."""

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ronghe.common.access import access
from ronghe.common.forms import PROBLEMS, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.goals.actions.adopt import adopt_goals, begin_plan
from ronghe.goals.actions.plans import require_editable
from ronghe.goals.forms_plans import AdoptGoalsForm, first_plan_values
from ronghe.goals.models import GoalPlan
from ronghe.goals.packs import read_goal_pack
from ronghe.goals.permissions import may_keep_indicators, may_plan
from ronghe.goals.queries.offers import list_offers
from ronghe.goals.rules import is_month
from ronghe.goals.rules.curve import list_months
from ronghe.goals.views.plans import get_plan, planning_area

HEAD = ("title", "first_month", "last_month", "basis")


@access(may_plan)
@submit_once
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a plan with goals of the pack."""
    area = planning_area(request)
    values = first_plan_values()
    months = [request.POST.get(name, "") for name in ("first_month", "last_month")]
    if not all(is_month(month) for month in months) or months[1] < months[0]:
        months = [values["first_month"], values["last_month"]]
    offers = list_offers(area, list_months(*months))
    form = AdoptGoalsForm(request.POST or None, initial=values, offers=[one for one in offers if not one.problem], begins=True)

    def act() -> GoalPlan:
        head = {name: form.cleaned_data[name] for name in HEAD}
        return begin_plan(area, numbers=form.numbers(), by=request.user, **head)

    return take(request, form, act, area=area, offers=offers)


@access(may_plan)
@submit_once
def add_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Take goals of the pack into a plan that is being written: those that it does not have yet."""
    plan = get_plan(request, pk)
    require_editable(plan)
    offers = list_offers(plan.area, plan.months, plan)
    form = AdoptGoalsForm(request.POST or None, offers=[one for one in offers if not one.problem], begins=False)

    def act() -> GoalPlan:
        adopt_goals(plan, numbers=form.numbers(), by=request.user)
        return plan

    return take(request, form, act, area=plan.area, offers=offers, plan=plan)


def take(request: HttpRequest, form: AdoptGoalsForm, act: Callable[[], GoalPlan], **context: Any) -> HttpResponse:
    """Carry out the adoption, or show the form with what is wrong at its fields and everything typed kept."""
    if request.method == "POST" and form.is_valid():
        try:
            plan = act()
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已列入 %(n)d 项目标并分到单位,接着核对、讨论、批准、下达。") % {"n": len(form.numbers())})
            return redirect("goals:plan", pk=plan.pk)
    rows = form.rows()
    context |= {
        "form": form,
        "pack": read_goal_pack(),
        "groups": [(name, list(lines)) for name, lines in groupby(rows, key=lambda row: name_dimension(row[0]))],
        "left_out": [one for one in context["offers"] if one.problem],
        "no_handbook": all(one.indicator is None for one in context["offers"]),
        "may_adopt_handbook": may_keep_indicators(request.user, context["area"]),
        "faults": sum(name in form.fields for name in form.errors),
        "once": request.POST.get("once") or new_key(),
    }
    return render(request, "goals/adopt_goals.html", context, status=422 if form.is_bound else 200)


def name_dimension(offer: Any) -> str:
    return str(offer.dimension or offer.spec.dimension)
