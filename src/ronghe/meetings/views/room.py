"""The room: leave, guests, opening, attendance, closing, minutes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.common.access import access, require
from ronghe.common.forms import PROBLEMS, read_version
from ronghe.common.once import new_key, submit_once
from ronghe.meetings import permissions
from ronghe.meetings.actions import minutes as writing
from ronghe.meetings.actions import room
from ronghe.meetings.forms import CorrectionForm, GuestForm, MinutesForm, ReasonForm
from ronghe.meetings.models import Attendee
from ronghe.meetings.queries import detail
from ronghe.meetings.views.steps import get_meeting, list_people, show_meeting_head, take_step


def page_of(pk: int) -> str:
    return reverse("meetings:meeting", args=[pk])


@access(permissions.may_attend)
@submit_once
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one can't come."""
    meeting = get_meeting(request, pk)
    return take_step(
        request,
        ReasonForm(request.POST or None),
        lambda values: room.ask_leave(meeting, by=request.user, **values),
        done=_("已请假。"),
        back=page_of(pk),
        heading=_("请假"),
        head=show_meeting_head(meeting),
    )


@access(permissions.may_prepare)
@submit_once
def guest(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite somebody without a vote."""
    meeting = get_meeting(request, pk)
    require(permissions.may_prepare, request.user, meeting)
    return take_step(
        request,
        GuestForm(request.POST or None, people=list_people(meeting.area_id)),
        lambda values: room.invite_guest(meeting, by=request.user, **values),
        done=_("已邀请列席。"),
        back=page_of(pk),
        heading=_("邀请列席"),
        head=show_meeting_head(meeting),
    )


@require_POST
@access(permissions.may_run)
@submit_once
def open_room(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the meeting."""
    room.open_meeting(get_meeting(request, pk), by=request.user)
    messages.success(request, _("会议开始。"))
    return redirect("meetings:meeting-attendance", pk=pk)


@access(permissions.may_run)
@submit_once
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Note who is there: everyone is offered as present, only the others are changed."""
    meeting = get_meeting(request, pk)
    require(permissions.may_run, request.user, meeting)
    roll = detail.list_roll(meeting)
    problem = ""
    if request.method == "POST":
        given = {
            line.pk: room.Came(request.POST.get(f"state-{line.pk}", line.state), request.POST.get(f"reason-{line.pk}", "")[:200])
            for line in roll
        }
        try:
            room.mark_attendance(meeting, given, by=request.user)
        except PROBLEMS as found:
            problem = " ".join(getattr(found, "messages", [str(found)]))
        else:
            messages.success(request, _("出席已登记。"))
            return redirect("meetings:meeting", pk=pk)
    choices = [(code, label) for code, label in Attendee.State.choices if code != "expected"]
    lines = []
    for line in roll:
        chosen = request.POST.get(f"state-{line.pk}") or ("present" if line.state == "expected" else line.state)
        lines.append((line, chosen, request.POST.get(f"reason-{line.pk}", line.reason)))
    context = {**show_meeting_head(meeting), "lines": lines, "choices": choices, "problem": problem, "once": new_key(), "back": page_of(pk)}
    return render(request, "meetings/attendance.html", context, status=422 if problem else 200)


@require_POST
@access(permissions.may_run)
@submit_once
def close_room(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the meeting."""
    writing.close_meeting(get_meeting(request, pk), by=request.user)
    messages.success(request, _("已散会,纪要已起草。"))
    return redirect("meetings:meeting", pk=pk)


@access(permissions.may_run)
@submit_once
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit the draft of the minutes."""
    meeting = get_meeting(request, pk)
    require(permissions.may_run, request.user, meeting)
    return take_step(
        request,
        MinutesForm(request.POST or None, initial={"minutes": meeting.minutes}),
        lambda values: writing.save_minutes(meeting, text=values["minutes"], by=request.user, version=read_version(request)),
        done=_("纪要已保存,请两人重新确认。"),
        back=page_of(pk),
        heading=_("修改纪要"),
        head=show_meeting_head(meeting),
    )


@require_POST
@access(permissions.may_run)
@submit_once
def redraft(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the minutes anew from the record."""
    writing.redraft_minutes(get_meeting(request, pk), by=request.user)
    messages.success(request, _("已按记录重新起草。"))
    return redirect("meetings:meeting", pk=pk)


@require_POST
@access(permissions.may_run)
@submit_once
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the minutes."""
    meeting = writing.confirm_minutes(get_meeting(request, pk), by=request.user)
    messages.success(request, _("纪要已锁定。") if meeting.state == "locked" else _("已确认,等另一人确认。"))
    return redirect("meetings:meeting", pk=pk)


@access(permissions.may_run)
@submit_once
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a correction beside locked minutes."""
    meeting = get_meeting(request, pk)
    require(permissions.may_run, request.user, meeting)
    return take_step(
        request,
        CorrectionForm(request.POST or None),
        lambda values: writing.add_correction(meeting, by=request.user, **values),
        done=_("更正已登记在纪要旁。"),
        back=page_of(pk),
        heading=_("登记更正"),
        head=show_meeting_head(meeting),
    )
