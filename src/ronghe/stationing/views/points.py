"""A visit, what it found, and what was solved."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.audit.queries import list_history
from ronghe.common import registry
from ronghe.common.access import access, require
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out
from ronghe.common.forms import posted_version, read_number
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.documents.queries import list_documents
from ronghe.org.models import Unit
from ronghe.stationing import actions, permissions
from ronghe.stationing.forms import PointFilter, ResultForm
from ronghe.stationing.models import Point, Visit
from ronghe.stationing.photos import PHOTO
from ronghe.stationing.queries import visits as reading
from ronghe.stationing.sheets import list_outcomes
from ronghe.stationing.sheets import list_points as sheet_of_points
from ronghe.stationing.views.steps import home_area, led_area, take_step

MOST_EXPORTED = 5000


@access(permissions.is_in_area)
def show_visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one visit with what it found and what became of it."""
    visit = get_object_or_404(Visit.objects.visible_to(request.user).select_related("unit", "leader"), pk=pk)
    rows = visit.points.select_related(*reading.RELATED).order_by("pk")
    context = {
        "visit": visit,
        "joined": reading.name_joined(visit),
        "lines": reading.describe_points(request.user, rows),
        "history": list_history(visit),
    }
    return render(request, "stationing/visit.html", context)


def read_filter(request: HttpRequest) -> tuple[PointFilter, Any]:
    units = Unit.objects.visible_to(request.user).filter(kind=Unit.Kind.STATION).order_by("order", "code").values_list("pk", "name")
    form = PointFilter(request.GET, units=units)
    return form, reading.filter_points(request.user, form.cleaned_data if form.is_valid() else {})


@access(permissions.is_in_area)
def list_points(request: HttpRequest) -> HttpResponse:
    """Show the problems and ideas that the filters keep."""
    form, rows = read_filter(request)
    page = paginate(request, rows)
    context = {
        "form": form,
        "page": page,
        "lines": reading.describe_points(request.user, page.object_list),
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "may_visit": permissions.may_visit(request.user),
    }
    return render(request, "stationing/points.html", context)


@access(permissions.is_in_area)
def export_points(request: HttpRequest) -> FileResponse:
    """Hand out just what the list shows."""
    _form, rows = read_filter(request)
    lines = reading.describe_points(request.user, rows[:MOST_EXPORTED])
    area = home_area(request)
    return hand_out(request.user, what=_("驻站问题"), sheets=[sheet_of_points(lines)], name=f"驻站问题-{today():%Y%m%d}", area_id=area.pk)


def get_point(request: HttpRequest, pk: int) -> Point:
    return get_object_or_404(Point.objects.visible_to(request.user).select_related(*reading.RELATED, "area"), pk=pk)


@access(permissions.is_in_area)
def show_point(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one problem: where it went, what became of it, and for its leader where it can go."""
    point = get_point(request, pk)
    (line,) = reading.describe_points(request.user, [point])
    may_settle = point.is_live and permissions.may_settle(request.user, point)
    prefill = {"origin": f"stationing.point:{point.pk}", "title": point.text[:60], "problem": point.text}
    ways = []
    if may_settle and point.kind == Point.Kind.PROBLEM:
        ways = [
            *registry.find_boards(request.user, point.unit, **prefill),
            *(
                one
                for one in registry.find_destinations(request.user, point.unit, source="stationing", **prefill)
                if "整改" not in one.label
            ),
        ]
    context = {
        "point": point,
        "line": line,
        "may_settle": may_settle,
        "is_problem": point.kind == Point.Kind.PROBLEM,
        "is_open": point.state == Point.State.OPEN,
        "ways": ways,
        "photos": [file for file in list_documents(point) if file.purpose == PHOTO],
        "idea_url": f"{reverse('initiatives:new')}?origin={prefill['origin']}&unit={point.unit_id}",
        "history": list_history(point),
        "once": new_key(),
    }
    return render(request, "stationing/point.html", context)


@require_POST
@access(permissions.may_settle)
@submit_once
def rectify(request: HttpRequest, pk: int) -> HttpResponse:
    """转整改: one tap."""
    item = actions.rectify_point(get_point(request, pk), by=request.user, version=posted_version(request))
    text = _("整改 %(number)s 已交给 %(name)s,%(due)s 前完成。")
    messages.success(request, text % {"number": item.number, "name": item.owner.name, "due": item.due})
    return redirect("stationing:point", pk=pk)


@access(permissions.may_settle)
@submit_once
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is solved, or answer it."""
    point = get_point(request, pk)
    require(permissions.may_settle, request.user, point)
    solved = "answer" not in request.GET and point.kind == Point.Kind.PROBLEM
    act = actions.solve_point if solved else actions.answer_point
    return take_step(
        request, ResultForm(request.POST or None),
        lambda values: act(point, by=request.user, version=posted_version(request), **values), done=_("已告知班站。"),
        heading=_("已经解决") if solved else _("答复班站"), back=reverse("stationing:point", args=[pk]), version=point.version, about=point,
    )  # fmt: skip


def read_year(request: HttpRequest) -> int:
    number = read_number(request.GET.get("year", ""))
    return number if number and 2000 <= number <= today().year else today().year


def read_results(request: HttpRequest) -> tuple[int, Unit, Any, Any]:
    year, area = read_year(request), home_area(request)
    leaders, stations = reading.list_results(request.user, area.pk, date(year, 1, 1), date(year, 12, 31))
    return year, area, leaders, stations


@access(permissions.is_in_area)
def show_results(request: HttpRequest) -> HttpResponse:
    """Show what was found and solved in a year, by leader and by station; no visit is counted."""
    year, _area, leaders, stations = read_results(request)
    context = {
        "year": year, "before": year - 1, "after": year + 1 if year < today().year else 0, "leaders": leaders, "stations": stations,
        "may_see_quiet": permissions.may_see_quiet(request.user),
    }  # fmt: skip
    return render(request, "stationing/results.html", context)


@access(permissions.is_in_area)
def export_results(request: HttpRequest) -> FileResponse:
    """Hand out what the page shows."""
    year, area, leaders, stations = read_results(request)
    sheets = [list_outcomes(_("按领导"), leaders), list_outcomes(_("按班站"), stations)]
    return hand_out(request.user, what=_("驻站发现与解决"), sheets=sheets, name=f"驻站发现与解决-{year}", area_id=area.pk)


@access(permissions.may_see_quiet)
def show_quiet(request: HttpRequest) -> HttpResponse:
    """Show, to those who wrote them, the visits with nothing in them."""
    return render(request, "stationing/quiet.html", {"lines": reading.list_quiet(request.user, led_area(request).pk)})
