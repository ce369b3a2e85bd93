"""The list of meetings, planning the year's, and one more."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import Sheet, hand_out
from ronghe.common.once import submit_once
from ronghe.common.pages import paginate
from ronghe.meetings.actions import plan
from ronghe.meetings.forms import MeetingFilter, MeetingForm, YearForm
from ronghe.meetings.models import UNIT_LEADERS, Kind, Meeting
from ronghe.meetings.permissions import is_in_area, leads_area, may_plan
from ronghe.meetings.queries.lists import describe_meeting, filter_meetings
from ronghe.meetings.views.steps import home_area, list_people, take_step
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of

MOST_EXPORTED = 5000


def read_filter(request: HttpRequest) -> tuple[MeetingFilter, Any]:
    """Return the filter's form and the meetings that it keeps, of those that the user may read."""
    seen = Meeting.objects.visible_to(request.user)
    standing = standing_of(request.user)
    kinds = Kind.objects.filter(area_id__in=standing.readable_areas, valid_to=None).values_list("code", "name")
    units = Unit.objects.filter(pk__in=seen.order_by().values("unit_id")).values_list("pk", "name")
    form = MeetingFilter(request.GET, kinds=list(dict(kinds).items()), units=list(units))
    chosen = form.cleaned_data if form.is_valid() else {}
    return form, filter_meetings(seen, chosen, standing.person_id or 0)


@access(is_in_area)
def list_meetings(request: HttpRequest) -> HttpResponse:
    """Show the meetings: without a filter those that are not finished, the nearest first."""
    form, rows = read_filter(request)
    page = paginate(request, rows)
    day = today()
    context = {
        "form": form,
        "page": page,
        "lines": [describe_meeting(row, day) for row in page.object_list],
        "may_plan": may_plan(request.user),
        "is_filtered": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "meetings/list.html", context)


@access(is_in_area)
def export_meetings(request: HttpRequest) -> FileResponse:
    """Hand out just what the list shows."""
    _form, rows = read_filter(request)
    day = today()
    lines = [describe_meeting(row, day) for row in rows[:MOST_EXPORTED]]
    heads = [_("会议"), _("类别"), _("单位"), _("时间"), _("地点"), _("主持人"), _("状态")]
    cells = [[line.title, line.kind, line.unit, line.when, line.place, line.presider, line.state] for line in lines]
    area_id = min(standing_of(request.user).readable_areas, default=None)
    return hand_out(
        request.user, what=_("会议清单"), sheets=[Sheet(_("会议清单"), heads, cells)], name=f"会议清单-{day:%Y%m%d}", area_id=area_id
    )


def list_own_units(request: HttpRequest, area: Unit) -> Any:
    """Return the units for which the user may plan: an area's leader all, a group's leader the own."""
    units = Unit.objects.filter(Q(pk=area.pk) | Q(area=area), closed_on=None).order_by("order", "code")
    if leads_area(request.user, area.pk):
        return units
    return units.filter(pk__in=standing_of(request.user).units_of(UNIT_LEADERS))


def list_own_kinds(request: HttpRequest, area: Unit) -> Any:
    kinds = Kind.objects.on(today()).filter(area=area)
    return kinds if leads_area(request.user, area.pk) else kinds.filter(body__in=(Kind.Body.GROUP, Kind.Body.UNIT))


@access(may_plan)
@submit_once
def plan_year(request: HttpRequest) -> HttpResponse:
    """Plan what the norms ask for the rest of a year."""
    area = home_area(request)
    kinds = list_own_kinds(request, area).exclude(norm="")
    form = YearForm(request.POST or None, kinds=kinds, initial={"year": today().year, "kinds": list(kinds)})

    def act(values: dict[str, Any]) -> None:
        made = plan.plan_year(area, list(values["kinds"]), year=values["year"], day=values["day"], by=request.user)
        messages.info(request, _("已排 %(n)d 次会议。") % {"n": len(made)})

    head = {"hint": _("按会议制度,为每个支部、党小组每一期补一次;已有的不重排,可随时再补。")}
    return take_step(
        request,
        form,
        act,
        done=_("计划已排好,可逐次改期。"),
        back=reverse("meetings:list"),
        heading=_("排全年计划"),
        head=head,
        button=_("排计划"),
    )


@access(may_plan)
@submit_once
def new_meeting(request: HttpRequest) -> HttpResponse:
    """Plan one meeting and go to it."""
    area = home_area(request)
    given = request.POST or None
    initial = {"held_on": request.GET.get("day") or today(), "kind": request.GET.get("kind"), "unit": request.GET.get("unit") or area.pk}
    form = MeetingForm(
        given,
        kinds=list_own_kinds(request, area),
        units=list_own_units(request, area),
        people=list_people(area.pk),
        initial=initial,
    )
    made: list[Meeting] = []
    answer = take_step(
        request,
        form,
        lambda values: made.append(plan.plan_meeting(by=request.user, **values)),
        done=_("会议已列入计划,接着定议程。"),
        back=reverse("meetings:list"),
        heading=_("安排会议"),
        head={"hint": _("支委会、班子会、党员大会由管理区召开,党小组会、班前会由班站召开。")},
        button=_("列入计划"),
    )
    return redirect("meetings:meeting", pk=made[0].pk) if made else answer
