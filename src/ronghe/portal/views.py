"""工作台 and search."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from ronghe.common.access import access, anyone, signed_in
from ronghe.opening.tours import is_tour_due
from ronghe.org.permissions import is_upper_committee
from ronghe.portal.matters import table_by_area, table_by_owner, table_by_unit
from ronghe.portal.permissions import may_read_area_matters, may_read_matters
from ronghe.portal.queries import FOUND, SUGGESTED, build_panels, search_all


@never_cache
@access(signed_in)
def show_home(request: HttpRequest) -> HttpResponse:
    """Show the workbench: what must I do now, how do we stand, what is new."""
    main, aside = build_panels(request.user)
    tour = "tour" in request.GET or is_tour_due(request.user)
    return render(request, "portal/home.html", {"main": main, "aside": aside, "tour": tour})


@access(signed_in)
def search(request: HttpRequest) -> HttpResponse:
    """Show what a search finds."""
    query = request.GET.get("q", "")
    return render(request, "portal/search.html", {"query": query, "groups": search_all(request.user, query, FOUND)})


@access(signed_in)
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer the search box while one types (htmx)."""
    query = request.GET.get("q", "")
    return render(request, "portal/suggest.html", {"query": query, "groups": search_all(request.user, query, SUGGESTED)})


@access(may_read_matters)
def show_matters(request: HttpRequest) -> HttpResponse:
    """Show the 底数: by unit or by person for those of the area, by area for those above it."""
    by = request.GET.get("by", "unit")
    if is_upper_committee(request.user) and not may_read_area_matters(request.user):
        table, by = table_by_area(request.user), "area"
    elif by == "owner":
        table = table_by_owner(request.user)
    else:
        table, by = table_by_unit(request.user), "unit"
    tabs = [
        {"label": _("按单位"), "url": "?by=unit", "active": by == "unit"},
        {"label": _("按责任人"), "url": "?by=owner", "active": by == "owner"},
    ]
    return render(request, "portal/matters.html", {"table": table, "by": by, "tabs": tabs if by != "area" else []})


@access(anyone)
def check_health(request: HttpRequest) -> HttpResponse:
    """Tell a load balancer that the server and its database answer (else 503); says nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        return JsonResponse({"ok": False}, status=503)
    return JsonResponse({"ok": True})
