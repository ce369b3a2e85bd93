"""我们的成绩: the page of one unit."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from ronghe.assessment.models import Run
from ronghe.assessment.permissions import is_within_term, may_read_ranking
from ronghe.assessment.queries.areas import NAMES, find_before, list_shown_runs, month_options, pick_run
from ronghe.assessment.queries.marks import find_mark
from ronghe.assessment.queries.runs import describe_provenance
from ronghe.assessment.queries.station import build_page
from ronghe.assessment.rules import describe_month
from ronghe.common.access import access
from ronghe.org.models import PartyOrg, Unit
from ronghe.org.standing import standing_of
from ronghe.outlook.queries import list_unit


@access(may_read_ranking)
def show_own(request: HttpRequest) -> HttpResponse:
    """Lead to the page of one's own unit; who belongs to none that is scored sees the ranking."""
    standing = standing_of(request.user)
    led = standing.units_of(("station_chief", "group_leader", "reporter"))
    unit_id = min(led) if led and standing.unit_id not in led else standing.unit_id
    if unit_id is None or unit_id in standing.readable_areas or unit_id not in own_units(standing.readable_areas):
        return redirect("assessment:ranking")
    return redirect("assessment:station", unit_id=unit_id)


def own_units(areas: frozenset[int]) -> set[int]:
    """Return the units that run in a track of these areas."""
    return set(Unit.objects.filter(area_id__in=areas, track_places__isnull=False).values_list("pk", flat=True))


@access(may_read_ranking)
def show_station(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Show a unit's month: place, marks with their reasons, what would close the gap, the way there."""
    user = request.user
    unit = get_object_or_404(Unit.objects.visible_to(user).without_tree_fields().select_related("area"), pk=unit_id)
    runs = list_shown_runs(user, unit.area_id or 0, request.GET.get("period", ""))
    run = find_run(request, runs, unit)
    period = run.period if run else request.GET.get("period", "")
    against = find_against(request, runs, period)
    page = build_page(run, unit, user, runs=runs, against=against) if run else None
    group = PartyOrg.objects.filter(unit=unit, kind=PartyOrg.Kind.GROUP).without_tree_fields().first()
    context = {
        "unit": unit,
        "group": group,
        "run": run,
        "page": page,
        "month": describe_month(period) if period else "",
        "months": month_options(runs, period),
        "others": [option for option in month_options(runs, against.period if against else "") if option.value != period],
        "against": describe_month(against.period) if against else "",
        "asked_run": request.GET.get("run", ""),
        "objections_until": run.objections_until if run and is_within_term(run) else None,
        "outlooks": list_unit(user, unit),
        "provenance": describe_provenance(run) if run else [],
        "ranking_url": reverse("assessment:ranking") + (f"?period={period}&area={unit.area_id}" if run else f"?area={unit.area_id}"),
    }
    return render(request, "assessment/station.html", context)


@access(may_read_ranking)
def show_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to a mark on the page of its unit: where a finding came from."""
    mark = find_mark(request.user, pk)
    if mark is None:
        raise Http404
    wanted = f"period={mark.run.period}" if mark.run.state in Run.IN_FORCE else f"run={mark.run_id}"
    return redirect(reverse("assessment:station", args=[mark.unit_id]) + f"?{wanted}#mark-{mark.indicator}")


def find_run(request: HttpRequest, runs: list[Run], unit: Unit) -> Run | None:
    """Return the run asked for by its id (a preview or a replaced one), else the month's, else the newest in force."""
    asked = request.GET.get("run", "")
    if not asked:
        return pick_run(runs, request.GET.get("period", ""))
    if not (asked.isascii() and asked.isdigit()):
        raise Http404
    shown = Run.objects.visible_to(request.user).light().select_related(*NAMES)
    return get_object_or_404(shown, pk=int(asked), area_id=unit.area_id)


def find_against(request: HttpRequest, runs: list[Run], period: str) -> Run | None:
    """Return the month that the page is compared with: the one asked for, else the month before."""
    asked = request.GET.get("against", "")
    if asked:
        return next((run for run in runs if run.period == asked and run.period != period), None)
    return find_before(runs, period) if period else None
