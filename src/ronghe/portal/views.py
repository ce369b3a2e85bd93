"""工作台 and search."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from ronghe.common.access import access, anyone, signed_in
from ronghe.portal.queries import FOUND, SUGGESTED, build_panels, search_all


@never_cache
@access(signed_in)
def show_home(request: HttpRequest) -> HttpResponse:
    """Show the workbench: what must I do now, how do we stand, what is new."""
    main, aside = build_panels(request.user)
    return render(request, "portal/home.html", {"main": main, "aside": aside})


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


@access(anyone)
def check_health(request: HttpRequest) -> HttpResponse:
    """Tell a load balancer that the server answers; says nothing else."""
    return JsonResponse({"ok": True})
