"""追标分析: where a unit may begin, its gaps, the cheapest way, and the sliders."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.assessment import kernel
from ronghe.assessment.forms_chase import FIELD, ChaseFilter, FiguresForm, GoalForm
from ronghe.assessment.models import Chase, Run
from ronghe.assessment.permissions import may_chase, may_read_ranking
from ronghe.assessment.queries.areas import list_areas, list_shown_runs, month_options, pick_area, pick_run
from ronghe.assessment.queries.chase import ChasePage, Tried, build_chase, describe_plan, search, try_values
from ronghe.assessment.queries.chase_duties import list_answered
from ronghe.assessment.queries.chases import describe_chase, filter_chases, list_units
from ronghe.assessment.rules import describe_month
from ronghe.assessment.views.station import find_run
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.pages import paginate
from ronghe.org.models import PartyOrg, Unit


@access(may_read_ranking)
def list_chases(request: HttpRequest) -> HttpResponse:
    """Show from where to chase: the units of the newest month, and the plans that are saved."""
    area_id = pick_area(request)
    runs = list_shown_runs(request.user, area_id, request.GET.get("period", ""))
    run = pick_run(runs, request.GET.get("period", ""))
    rows = Chase.objects.visible_to(request.user).filter(area_id=area_id)
    units = dict(rows.order_by().values_list("unit_id", "unit__name"))
    months = sorted(set(rows.order_by().values_list("month", flat=True)), reverse=True)
    form = ChaseFilter(request.GET, units=list(units.items()), months=months)
    page = paginate(request, filter_chases(rows, form.cleaned_data if form.is_valid() else {}))
    lines = list_units(run, request.user) if run else []
    day = today()
    context = {
        "run": run,
        "month": describe_month(run.period) if run else "",
        "months": month_options(runs, run.period if run else ""),
        "areas": list_areas(request.user),
        "area_id": area_id,
        "own": [line for line in lines if line.ours],
        "lines": lines,
        "answered": list_answered(run, request.user) if run else [],
        "form": form,
        "page": page,
        "chases": [describe_chase(row, day) for row in page.object_list],
        "is_filtered": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "assessment/chases.html", context)


def get_page(request: HttpRequest, unit_id: int) -> tuple[Unit, Run | None, list[Run], ChasePage | None]:
    """Return the unit, the month's run and the analysis; 404 for what may not be seen."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user).without_tree_fields().select_related("area"), pk=unit_id)
    runs = list_shown_runs(request.user, unit.area_id or 0, request.GET.get("period", ""))
    run = find_run(request, runs, unit)
    return unit, run, runs, build_chase(run, unit, request.user) if run else None


def name_run(run: Run) -> tuple[str, str]:
    """Return what names the run in an address: its month, or itself where it is not the month's shown one."""
    return ("period", run.period) if run.state in Run.IN_FORCE else ("run", str(run.pk))


def read_values(request: HttpRequest, page: ChasePage) -> FiguresForm | None:
    """Return the form of the figures in the address, or None where there are none."""
    data = request.GET if request.method == "GET" else request.POST
    return FiguresForm(data, lines=page.movable) if any(name.startswith(FIELD) for name in data) else None


def try_form(run: Run, page: ChasePage, form: FiguresForm | None) -> Tried | None:
    """Return what the figures of the form come to; None where one of them is wrong."""
    if form is not None and not form.is_valid():
        return None
    return try_values(run, page, form.changed_values() if form is not None else {})


@access(may_read_ranking)
def show_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Show a unit's gaps, the way to a goal, and what other figures would come to."""
    unit, run, runs, page = get_page(request, unit_id)
    context: dict[str, Any] = {
        "unit": unit,
        "run": run,
        "month": describe_month(run.period) if run else "",
        "months": month_options(runs, run.period if run else ""),
        "group": PartyOrg.objects.filter(unit=unit, kind=PartyOrg.Kind.GROUP).without_tree_fields().first(),
        "station_url": reverse("assessment:station", args=[unit.pk]) + (f"?period={run.period}" if run else ""),
    }
    if run is None or page is None:
        return render(request, "assessment/chase_unit.html", context)
    form = read_values(request, page)
    goal = GoalForm(request.GET if "goal" in request.GET else None, places=page.places)
    day = today()
    under_way = Chase.objects.visible_to(request.user).active().filter(unit=unit).select_related("unit", "author__person")
    context |= {
        "page": page,
        "asked": name_run(run),
        "goal": goal,
        "figures": list_figures(page, form),
        "tried": try_form(run, page, form),
        "problems": bool(form is not None and form.errors),
        # with a goal in the address the way is searched with the page; else the browser fetches it afterwards
        "plan": find_plan(run, page, goal) if goal.is_bound else None,
        "plan_url": reverse("assessment:chase-plan", args=[unit.pk]) + "?{}={}".format(*name_run(run)),
        "try_url": reverse("assessment:chase-try", args=[unit.pk]),
        "new_url": reverse("assessment:chase-new", args=[unit.pk]) if run.state in Run.IN_FORCE and may_chase(request.user, unit) else "",
        "chases": [describe_chase(row, day) for row in under_way.prefetch_related("steps")],
    }
    return render(request, "assessment/chase_unit.html", context, status=422 if context["problems"] or goal.errors else 200)


def list_figures(page: ChasePage, form: FiguresForm | None) -> dict[str, list[dict[str, Any]]]:
    """Return the fields of the sliders: those that lose marks, and the others."""
    rows: dict[str, list[dict[str, Any]]] = {"losing": [], "full": []}
    for line in page.movable:
        name = f"{FIELD}{line.code}"
        typed = form.data.get(name, "") if form is not None else ""
        errors: Any = form.errors.get(name, []) if form is not None else []
        row = {"line": line, "name": name, "value": typed or line.value, "errors": errors}
        rows["losing" if line.lost_value > 0 or typed or errors else "full"].append(row)
    return rows


def find_plan(run: Run, page: ChasePage, form: GoalForm) -> dict[str, Any] | None:
    """Return the cheapest plan for the goal asked for; None where the question is wrong."""
    from ronghe.scoring.chase import Goal  # noqa: PLC0415  (loads the kernel)

    if form.is_bound and not form.is_valid():
        return None
    asked = form.cleaned_data if form.is_bound else {}
    kind = asked.get("goal") or GoalForm.NEXT
    if kind == GoalForm.TOTAL:
        goal = Goal(total=asked["total"])
        words = _("总分 %(total)s") % {"total": kernel.plain(asked["total"])}
    else:
        place = asked["place"] if kind == GoalForm.PLACE else max((page.result.place or 1) - 1, 1)
        goal = Goal(place=place)
        words = _("第 %(n)d 名") % {"n": place}
    return {**describe_plan(run, page, search(run, page, goal)), "goal": words}


@access(may_read_ranking)
def show_plan(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Answer the goal's form with the cheapest plan (htmx); without htmx the whole page does."""
    unit, run, _runs, page = get_page(request, unit_id)
    if not request.headers.get("HX-Request"):
        return redirect(reverse("assessment:chase-unit", args=[unit_id]) + f"?{request.GET.urlencode()}")
    if run is None or page is None:
        raise Http404
    goal = GoalForm(request.GET if "goal" in request.GET else None, places=page.places)
    context = {"plan": find_plan(run, page, goal), "goal": goal, "page": page, "asked": name_run(run), "unit": unit}
    return render(request, "assessment/chase_plan.html", context, status=422 if goal.errors else 200)


@access(may_read_ranking)
def try_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Answer the sliders with total, place and light (htmx); without htmx the whole page does."""
    _unit, run, _runs, page = get_page(request, unit_id)
    if not request.headers.get("HX-Request"):
        return redirect(reverse("assessment:chase-unit", args=[unit_id]) + f"?{request.GET.urlencode()}#try")
    if run is None or page is None:
        raise Http404
    form = read_values(request, page)
    tried = try_form(run, page, form)
    problems = [f"{form[name].label}:{error}" for name, errors in form.errors.items() for error in errors] if form is not None else []
    return render(request, "assessment/chase_try.html", {"tried": tried, "page": page, "wrong": problems}, status=422 if problems else 200)
