"""决议落实 and 紧急决定."""

from typing import Any

from django.db.models import F, Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import Sheet, hand_out
from ronghe.common.lights import light_for
from ronghe.common.once import submit_once
from ronghe.common.pages import paginate
from ronghe.common.registry import find_boards, find_cures, find_destinations, find_followed, find_link
from ronghe.meetings import permissions
from ronghe.meetings.actions import follow
from ronghe.meetings.forms import AssignmentFilter, ResultForm, UrgentForm
from ronghe.meetings.models import Assignment, Item, Kind, Urgent
from ronghe.meetings.queries.lists import AssignmentLine, describe_assignment
from ronghe.meetings.views.steps import home_area, take_step
from ronghe.org.standing import standing_of

MOST_EXPORTED = 5000


def read_filter(request: HttpRequest) -> tuple[AssignmentFilter, Any]:
    form = AssignmentFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = Assignment.objects.visible_to(request.user).select_related("owner", "item__meeting")
    if chosen.get("unit", "").isdigit():
        rows = rows.filter(unit_id=int(chosen["unit"]))
    if chosen.get("state") == "mine":
        rows = rows.filter(owner_id=standing_of(request.user).person_id)
    elif chosen.get("state") != "all":
        rows = rows.filter(done_on=None)
    return form, rows


def describe_all(request: HttpRequest, rows: Any) -> list[AssignmentLine]:
    day, me = today(), standing_of(request.user).person_id or 0
    return [describe_assignment(row, light_for(row.due, day, done=row.done_on is not None), me) for row in rows]


@access(permissions.is_in_area)
def list_assignments(request: HttpRequest) -> HttpResponse:
    """Show what resolutions ask for, with lights."""
    form, rows = read_filter(request)
    page = paginate(request, rows)
    return render(request, "meetings/assignments.html", {"form": form, "page": page, "lines": describe_all(request, page.object_list)})


@access(permissions.is_in_area)
def export_assignments(request: HttpRequest) -> FileResponse:
    """Hand out just what the list shows."""
    _form, rows = read_filter(request)
    lines = describe_all(request, rows[:MOST_EXPORTED])
    heads = [_("落实事项"), _("责任人"), _("期限"), _("灯"), _("进展"), _("落实情况"), _("会议"), _("议题")]
    cells = [[one.text, one.owner, one.due, one.word, one.note, one.result, one.meeting, one.item] for one in lines]
    area_id = min(standing_of(request.user).readable_areas, default=None)
    return hand_out(
        request.user, what=_("决议落实"), sheets=[Sheet(_("决议落实"), heads, cells)], name=f"决议落实-{today():%Y%m%d}", area_id=area_id
    )


@access(permissions.is_in_area)
@submit_once
def show_assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one, and let its owner say what was done."""
    rows = Assignment.objects.visible_to(request.user).select_related("owner", "unit", "item__meeting", "item__proposed_by")
    row = get_object_or_404(rows, pk=pk)
    may = row.done_on is None and permissions.may_finish(request.user, row)
    origin = f"{Assignment._meta.label_lower}:{row.pk}"
    ways = [] if row.done_on else find_destinations(request.user, row.unit, source="manual", origin=origin, title=row.text[:100])
    if not row.done_on:
        ways += find_boards(request.user, row.unit, origin=origin, title=row.text[:120], demand=row.text, owner=row.owner_id, due=row.due)
    label = Assignment._meta.label_lower
    cures = [line for find in (find_cures, find_followed) for line in find(request.user, label, [row.pk]).get(row.pk, [])]
    return take_step(
        request,
        ResultForm(request.POST or None),
        lambda values: follow.finish_assignment(row, by=request.user, **values),
        done=_("已办结。"),
        back=reverse("meetings:assignments"),
        heading=row.text,
        head={"row": row, "may": may, "light": light_for(row.due, today(), done=row.done_on is not None), "ways": ways, "cures": cures},
        template="meetings/assignment.html",
    )


@access(permissions.may_read_urgents)
def list_urgents(request: HttpRequest) -> HttpResponse:
    """Show the urgent decisions, those on decision matters among them: red until they are ratified."""
    rows = Urgent.objects.visible_to(request.user).select_related("decided_by", "origin_type")
    page = paginate(request, rows.order_by(F("settled_on").desc(nulls_first=True), "-decided_on", "-id"))
    kinds = dict(Kind.objects.filter(area_id__in=standing_of(request.user).readable_areas).values_list("code", "name"))
    lines = [(row, kinds.get(row.kind_code, ""), find_link(row.origin_label, row.origin_id)) for row in page.object_list]
    return render(
        request, "meetings/urgents.html", {"page": page, "lines": lines, "may_add": permissions.may_decide_urgently(request.user)}
    )


@access(permissions.is_leader)
@submit_once
def new_urgent(request: HttpRequest) -> HttpResponse:
    """Note a decision that could not wait."""
    area = home_area(request)
    kinds = Kind.objects.on(today()).filter(area=area, by_name=True)
    made: list[Urgent] = []
    answer = take_step(
        request,
        UrgentForm(request.POST or None, kinds=kinds),
        lambda values: made.append(follow.decide_urgently(area, by=request.user, **values)),
        done=_("已登记,追认的议题已进议题库。"),
        back=reverse("meetings:urgents"),
        heading=_("登记紧急决定"),
        head={"hint": _("会外作出的紧急决定,下次会议追认前一直亮红灯。已登记的决策事项请在该事项页上作紧急决定,同样列在这里。")},
    )
    return redirect("meetings:urgent", pk=made[0].pk) if made else answer


@access(permissions.may_read_urgents)
def show_urgent(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one, with the item that ratifies it."""
    row = get_object_or_404(Urgent.objects.visible_to(request.user).select_related("decided_by", "origin_type"), pk=pk)
    about = Q(origin_type__app_label="meetings", origin_type__model="urgent", origin_id=row.pk)
    if row.origin_id is not None:
        about |= Q(origin_type_id=row.origin_type_id, origin_id=row.origin_id)
    items = Item.objects.visible_to(request.user).filter(about).select_related("meeting")
    context = {"row": row, "items": items, "origin_url": find_link(row.origin_label, row.origin_id)}
    return render(request, "meetings/urgent.html", context)
