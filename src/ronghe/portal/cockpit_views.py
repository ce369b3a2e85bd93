"""驾驶舱: the page for a wall, and the part of it that renews itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from ronghe.common.access import access
from ronghe.common.calendar import now
from ronghe.org.areas import choose_area
from ronghe.org.standing import standing_of
from ronghe.portal.cockpit import read_board
from ronghe.portal.matters import READERS
from ronghe.portal.permissions import may_see_cockpit

EVERY = 120  # seconds


def read_context(request: HttpRequest) -> dict[str, Any]:
    standing = standing_of(request.user)
    area, tabs = choose_area(request, standing.areas_of(READERS) | standing.overseen_areas)
    clock = timezone.localtime(now()).strftime("%H:%M")
    return {"area": area, "areas": tabs, "board": read_board(request.user, area), "at": clock, "every": EVERY}


@never_cache
@access(may_see_cockpit)
def show_cockpit(request: HttpRequest) -> HttpResponse:
    """Show the whole page."""
    return render(request, "portal/cockpit.html", read_context(request))


@never_cache
@access(may_see_cockpit)
def show_board(request: HttpRequest) -> HttpResponse:
    """Answer the page that renews itself (htmx)."""
    return render(request, "portal/cockpit_board.html", read_context(request))
