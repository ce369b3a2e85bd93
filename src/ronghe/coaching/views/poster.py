"""晾晒 on the station's screen, and as a print: the published month, nobody by name."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ronghe.assessment.permissions import may_read_ranking
from ronghe.assessment.queries.areas import list_shown_runs, pick_area, pick_run
from ronghe.coaching.queries.poster import build_poster
from ronghe.common.access import access
from ronghe.common.exports import mark_export


def load(request: HttpRequest) -> dict[str, Any]:
    """Return the published month that the address asks for, the newest without. Raises Http404 where nothing is published."""
    area_id, period = pick_area(request), request.GET.get("period", "")
    run = pick_run(list_shown_runs(request.user, area_id, period), period)
    if run is None:
        raise Http404(_("还没有公示的结果。"))
    poster = build_poster(run, request.user)
    track = request.GET.get("track", "")
    shown = [one for one in poster.tracks if one.table.code == track] or poster.tracks
    return {"run": run, "poster": poster, "tracks": shown}


@access(may_read_ranking)
def show_poster(request: HttpRequest) -> HttpResponse:
    """Show the month in large type for a screen on the wall: it renews itself, nothing is to be touched."""
    return render(request, "coaching/poster.html", load(request))


@access(may_read_ranking)
def print_poster(request: HttpRequest) -> HttpResponse:
    """Show the same as a paper to be put up."""
    found = load(request)
    rows = sum(len(track.rows) for track in found["tracks"])
    context = {
        **found, "page_title": f"{found['run'].area.name}{found['poster'].month}晾晒", "back_url": "../",
        "mark": mark_export(request.user, what=_("晾晒张贴页"), rows=rows, area_id=found["run"].area_id),
    }  # fmt: skip
    return render(request, "coaching/print_poster.html", context)
