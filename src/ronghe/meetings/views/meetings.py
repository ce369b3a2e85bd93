"""One meeting before it begins, its page and its paper."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.audit.queries import list_history
from ronghe.common.access import access, require
from ronghe.common.exports import mark_export
from ronghe.common.forms import PROBLEMS, read_version
from ronghe.common.once import new_key, submit_once
from ronghe.common.registry import find_agenda_offers
from ronghe.meetings import permissions
from ronghe.meetings.actions import agenda, plan
from ronghe.meetings.forms import ChangeForm, ItemForm, NoticeForm, ReasonForm
from ronghe.meetings.models import Attendee, Item, Meeting
from ronghe.meetings.queries import detail
from ronghe.meetings.views.steps import get_meeting, list_people, show_meeting_head, take_step


def page_of(meeting: Meeting) -> str:
    return reverse("meetings:meeting", args=[meeting.pk])


@access(permissions.is_in_area)
def show_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a meeting: what comes next, agenda, who comes, minutes, corrections, history."""
    meeting = get_meeting(request, pk)
    roll = detail.list_roll(meeting)
    items = detail.list_agenda(meeting)
    context = {
        **show_meeting_head(meeting),
        "roll": roll,
        "items": items,
        "next": detail.find_next_step(meeting, request.user, roll, items),
        "others": detail.list_other_steps(meeting, request.user, roll),
        "may_run": permissions.may_run(request.user, meeting),
        "corrections": meeting.corrections.select_related("by"),
        "history": list_history(meeting),
        "once": new_key(),
    }
    return render(request, "meetings/meeting.html", context)


@access(permissions.may_prepare)
@submit_once
def edit_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a meeting or change who leads and writes."""
    meeting = get_meeting(request, pk)
    require(permissions.may_prepare, request.user, meeting)
    names = ("held_on", "held_at", "place")
    initial = {
        **{name: getattr(meeting, name) for name in names},
        "presider": str(meeting.presider_id),
        "recorder": str(meeting.recorder_id),
    }
    form = ChangeForm(request.POST or None, people=list_people(meeting.area_id), initial=initial)

    def act(values: dict[str, Any]) -> None:
        reason = values.pop("reason")
        kept = {name: value for name, value in values.items() if value is not None or name == "held_at"}
        plan.change_meeting(meeting, kept, reason=reason, by=request.user, version=read_version(request))

    return take_step(
        request,
        form,
        act,
        done=_("已保存。"),
        back=page_of(meeting),
        heading=_("改期、换人"),
        head=show_meeting_head(meeting),
        button=_("保存"),
    )


@access(permissions.may_prepare)
@submit_once
def edit_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose items for the agenda from the backlog and from what other contexts have waiting."""
    meeting = get_meeting(request, pk)
    require(permissions.may_prepare, request.user, meeting)
    waiting = Item.objects.visible_to(request.user).waiting().filter(area_id=meeting.area_id, kind_code=meeting.kind_code)
    if meeting.kind.is_small:
        waiting = waiting.filter(unit_id=meeting.unit_id)
    offers = {
        f"{one.label}:{one.pk}": one for one in detail.list_open_offers(meeting, find_agenda_offers(meeting.area_id, meeting.kind_code))
    }
    problem = ""
    if request.method == "POST":
        try:
            for item in waiting.filter(pk__in=[int(one) for one in request.POST.getlist("item") if one.isdigit()]):
                agenda.list_item(item, meeting, by=request.user)
            for key in request.POST.getlist("offer"):
                if key in offers:
                    agenda.list_offer(offers[key], meeting, by=request.user)
        except PROBLEMS as found:
            problem = " ".join(getattr(found, "messages", [str(found)]))
        else:
            return redirect(page_of(meeting))
    context = {
        **show_meeting_head(meeting),
        "waiting": waiting.select_related("proposed_by", "reporter").order_by("wanted_by", "id")[:200],
        "offers": offers.items(),
        "ratifications": detail.list_ratifications(meeting.area_id, meeting.kind_code),
        "problem": problem,
        "once": new_key(),
    }
    return render(request, "meetings/agenda.html", context, status=422 if problem else 200)


@access(permissions.may_prepare)
@submit_once
def add_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an item straight onto the agenda; in the room where the kind allows it."""
    meeting = get_meeting(request, pk)
    require(permissions.may_prepare, request.user, meeting)
    form = ItemForm(request.POST or None, people=list_people(meeting.area_id), initial={"matter_class": "info"})
    return take_step(
        request,
        form,
        lambda values: agenda.add_item(meeting, by=request.user, **values),
        done=_("已列入议程。"),
        back=page_of(meeting),
        heading=_("加议题"),
        head=show_meeting_head(meeting),
        button=_("列入议程"),
    )


@access(permissions.may_prepare)
@submit_once
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the notice."""
    meeting = get_meeting(request, pk)
    require(permissions.may_prepare, request.user, meeting)
    return take_step(
        request,
        NoticeForm(request.POST or None) if request.method == "GET" or "short_notice" in request.POST else NoticeForm({}),
        lambda values: plan.send_notice(meeting, by=request.user, version=read_version(request), **values),
        done=_("通知已发给参会的人,议程和材料以现在的为准。"),
        back=page_of(meeting),
        heading=_("发会议通知"),
        head={**show_meeting_head(meeting), "items": detail.list_agenda(meeting)},
        button=_("发通知"),
    )


@access(permissions.may_prepare)
@submit_once
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the notice back."""
    meeting = get_meeting(request, pk)
    require(permissions.may_prepare, request.user, meeting)
    return take_step(
        request,
        ReasonForm(request.POST or None),
        lambda values: plan.recall_notice(meeting, by=request.user, version=read_version(request), **values),
        done=_("通知已收回。"),
        back=page_of(meeting),
        heading=_("收回通知"),
        head=show_meeting_head(meeting),
    )


@access(permissions.may_prepare)
@submit_once
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a meeting."""
    meeting = get_meeting(request, pk)
    require(permissions.may_prepare, request.user, meeting)
    return take_step(
        request,
        ReasonForm(request.POST or None),
        lambda values: plan.cancel_meeting(meeting, by=request.user, version=read_version(request), **values),
        done=_("会议已取消,议题回到议题库。"),
        back=page_of(meeting),
        heading=_("取消会议"),
        head=show_meeting_head(meeting),
    )


@access(permissions.is_in_area)
def print_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Print the minutes of a meeting that was held, else its agenda as a notice."""
    meeting = get_meeting(request, pk)
    context = {
        **show_meeting_head(meeting),
        "items": detail.list_agenda(meeting),
        "lines": meeting.minutes.splitlines(),
        "corrections": meeting.corrections.select_related("by"),
        "invited": Attendee.objects.filter(meeting=meeting).select_related("person"),
        "page_title": f"{meeting.title}{_('纪要') if meeting.minutes else _('通知')}",
        "issuer": meeting.party_org.name if meeting.party_org else meeting.unit.name,
        "back_url": page_of(meeting),
        "mark": mark_export(request.user, what=_("打印%(title)s") % {"title": meeting.title}, rows=1, area_id=meeting.area_id),
    }
    return render(request, "meetings/print_meeting.html", context)
