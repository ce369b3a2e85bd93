"""每个人的贡献: one's own by three kinds, units and tracks in total, and for a leader the people led, by name."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out
from ronghe.common.forms import read_number
from ronghe.initiatives.models import Idea
from ronghe.initiatives.permissions import is_in_area, leads_person
from ronghe.initiatives.queries import added
from ronghe.initiatives.sheets import list_totals
from ronghe.org.models import Person
from ronghe.org.standing import standing_of


def read_year(request: HttpRequest) -> int:
    """Return the year that the address asks for; this one otherwise."""
    year = read_number(request.GET.get("year", ""))
    return year if year is not None and 2000 <= year <= today().year else today().year


@access(is_in_area)
def show_added(request: HttpRequest) -> HttpResponse:
    """Show what I added, and what the units added together."""
    standing, year = standing_of(request.user), read_year(request)
    units, tracks = added.list_units(standing.readable_areas, year)
    led = added.list_led(request.user, read_number(request.GET.get("unit", "")))
    context: dict[str, Any] = {
        "year": year,
        "years": added.list_years(standing.readable_areas),
        "tiles": added.list_own_tiles(standing.person_id or 0, year),
        "own": added.list_own(standing.person_id or 0, year),
        "units": units,
        "tracks": tracks,
        "kinds": Idea.Kind.labels,
        "led": led,
        "people": added.list_people(led[0], year) if len(led) == 1 else [],
    }
    return render(request, "initiatives/added.html", context)


@access(is_in_area)
def show_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what one person added, to that person and to whoever leads that person."""
    person = get_object_or_404(Person.objects.visible_to(request.user).select_related("unit"), pk=pk)
    if not leads_person(request.user, person):
        raise PermissionDenied(_("个人贡献只给本人和他的领导看。"))
    year = read_year(request)
    context = {"person": person, "year": year, "tiles": added.list_own_tiles(pk, year), "own": added.list_own(pk, year)}
    return render(request, "initiatives/person.html", context)


@access(is_in_area)
def export_added(request: HttpRequest) -> FileResponse:
    """Hand out the totals of units and tracks; no individual stands in them."""
    areas, year = standing_of(request.user).readable_areas, read_year(request)
    units, tracks = added.list_units(areas, year)
    sheets = [list_totals(_("各单位"), units), list_totals(_("各赛道"), tracks)]
    return hand_out(request.user, what=_("创效贡献汇总"), sheets=sheets, name=f"创效贡献-{year}", area_id=min(areas, default=None))
