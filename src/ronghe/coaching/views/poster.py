"""晾晒: who shows which month to whom, the page for the station's screen and its print."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.assessment.models import Run
from ronghe.assessment.permissions import may_read_ranking
from ronghe.assessment.queries.areas import list_shown_runs, pick_area, pick_run
from ronghe.assessment.rules import describe_month
from ronghe.coaching import permissions
from ronghe.coaching.actions.displays import show_month, withdraw_display
from ronghe.coaching.forms.displays import DisplayForm
from ronghe.coaching.forms.measures import ReasonForm
from ronghe.coaching.models import Display
from ronghe.coaching.queries.poster import build_poster
from ronghe.coaching.views.steps import take_step
from ronghe.common.access import access, require
from ronghe.common.exports import mark_export
from ronghe.common.forms import posted_version
from ronghe.common.once import submit_once
from ronghe.common.pages import paginate

WAITING = 3  # months that are published and not shown yet


@access(may_read_ranking)
def list_displays(request: HttpRequest) -> HttpResponse:
    """Show what is shown to the reader; to who publishes, what waits and what was taken back too."""
    rows = Display.objects.visible_to(request.user).select_related("run__area", "shown_by", "withdrawn_by").order_by("-run__period", "-pk")
    page, may = paginate(request, rows), permissions.may_display(request.user)
    context = {
        "page": page,
        "lines": [
            (row, describe_month(row.run.period), row.state == "shown" and row.run.state in Run.IN_FORCE) for row in page.object_list
        ],
        "waiting": list_waiting(request) if may else [],
        "may_display": may,
    }
    return render(request, "coaching/displays.html", context)


def list_waiting(request: HttpRequest) -> list[tuple[Run, str]]:
    """Return the newest published months that are not shown. Two queries."""
    runs = list_shown_runs(request.user, pick_area(request))[:WAITING]
    shown = set(Display.objects.filter(run__in=runs, state="shown").values_list("run_id", flat=True))
    return [(run, describe_month(run.period)) for run in runs if run.pk not in shown]


@access(permissions.may_display)
@submit_once
def show_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide to show a published month."""
    run = get_object_or_404(Run.objects.visible_to(request.user).in_force().light().select_related("area"), pk=pk)
    require(permissions.may_display, request.user, run)
    last = Display.objects.filter(area_id=run.area_id).order_by("-pk").first()
    initial = {"scope": last.scope, "names": last.names, "basis": last.basis} if last else {}
    preview = f"{reverse('coaching:poster')}?period={run.period}&preview=1"
    return take_step(
        request, DisplayForm(request.POST or None, initial=initial), lambda values: show_month(run, by=request.user, **values),
        back=reverse("coaching:displays"), done=_("已晾晒。"), heading=_("晾晒%(month)s") % {"month": describe_month(run.period)},
        button=_("晾晒"), links=[(preview, _("先看一眼样子"))],
    )  # fmt: skip


@access(permissions.may_display)
@submit_once
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a 晾晒 back."""
    display = get_object_or_404(Display.objects.visible_to(request.user).select_related("run"), pk=pk)
    require(permissions.may_display, request.user, display)
    return take_step(
        request, ReasonForm(request.POST or None),
        lambda values: withdraw_display(display, by=request.user, version=posted_version(request), **values),
        back=reverse("coaching:displays"), done=_("已撤回。"), heading=_("撤回%(month)s晾晒") % {"month": describe_month(display.run.period)},
        version=display.version, button=_("撤回"),
    )  # fmt: skip


def load(request: HttpRequest) -> dict[str, Any]:
    """Return the month that the address asks for and that is shown to the reader, the newest without. Raises Http404 where there is none.

    Who publishes looks at a published month before it is shown, too.
    """
    area_id, period = pick_area(request), request.GET.get("period", "")
    preview = request.GET.get("preview") == "1" and permissions.may_display(request.user)
    if preview:
        run, display = pick_run(list_shown_runs(request.user, area_id, period), period), None
    else:
        rows = (
            Display.objects.visible_to(request.user).live().filter(area_id=area_id).select_related("run__area", "run__scheme", "shown_by")
        )
        display = (rows.filter(run__period=period) if period else rows).order_by("-run__period", "-pk").first()
        run = display.run if display else None
    if run is None:
        raise Http404(_("还没有给您看的晾晒。"))
    poster = build_poster(run, request.user, names=bool(display and display.names))
    track = request.GET.get("track", "")
    shown = [one for one in poster.tracks if one.table.code == track] or poster.tracks
    return {"run": run, "poster": poster, "tracks": shown, "display": display}


@access(may_read_ranking)
def show_poster(request: HttpRequest) -> HttpResponse:
    """Show the month in large type for a screen on the wall: it renews itself, nothing is to be touched."""
    return render(request, "coaching/poster.html", load(request))


@access(may_read_ranking)
def print_poster(request: HttpRequest) -> HttpResponse:
    """Show the same as a paper to be put up; a preview is not for the wall."""
    found = load(request)
    if found["display"] is None:
        return redirect("coaching:displays")
    rows = sum(len(track.rows) for track in found["tracks"])
    context = {
        **found, "page_title": f"{found['run'].area.name}{found['poster'].month}晾晒", "back_url": reverse("coaching:displays"),
        "mark": mark_export(request.user, what=_("晾晒张贴页"), rows=rows, area_id=found["run"].area_id),
    }  # fmt: skip
    return render(request, "coaching/print_poster.html", context)
