"""What a person holds here: meetings that they preside over or record, resolutions that they carry out. A vote or a seat is never handed over."""

from typing import Any

from django.db.models import Q
from django.urls import reverse

from ronghe.audit.actions import record
from ronghe.common.actions import lock_row
from ronghe.common.registry import Held
from ronghe.meetings.actions.follow import expect_assignment
from ronghe.meetings.actions.plan import expect_soon
from ronghe.meetings.actions.steps import FOLLOW_TASK, PREPARE_TASK, lock_meeting, settle
from ronghe.meetings.models import Assignment, Meeting
from ronghe.meetings.rules.order import AHEAD
from ronghe.org.models import Person

# the tasks of these go by the lines above or, like a ballot and attendance, not at all
LABELS = ("meetings.meeting", "meetings.item", "meetings.assignment")


def list_held(person_id: int) -> list[Held]:
    """Return what somebody holds in 会议. Two queries."""
    held = []
    leads = Q(presider_id=person_id) | Q(recorder_id=person_id)
    for row in Meeting.objects.filter(leads, state__in=AHEAD).order_by("held_on", "pk"):
        role, what = ("presider", "主持会议") if row.presider_id == person_id else ("recorder", "会议记录")
        held.append(Held(f"{role}:{row.pk}", what, f"{row.title}({row.held_on})", reverse("meetings:meeting", args=[row.pk])))
    rows = Assignment.objects.filter(owner_id=person_id, done_on=None).order_by("due", "pk")
    held += [Held(f"assignment:{row.pk}", "决议落实", row.text, reverse("meetings:assignment", args=[row.pk])) for row in rows]
    return held


def hand_over(key: str, giver: Person, to: Person, by: Any, note: str) -> str:
    """Pass one of these on; returns why it can't. Part of the caller's action, which has asked whether it may."""
    role, _colon, pk = key.partition(":")
    if role == "assignment":
        return hand_assignment(int(pk), giver, to, by, note)
    meeting = lock_meeting(Meeting(pk=int(pk)))
    if not meeting.is_ahead or getattr(meeting, f"{role}_id") != giver.pk:
        return "会议已开或已换人"
    if to.pk in (meeting.presider_id, meeting.recorder_id):
        return "主持人和记录人须是两个人"
    setattr(meeting, role, to)
    meeting.save()
    if role == "presider":
        settle(meeting, PREPARE_TASK, f"移交 {to.name}", dropped=True)
        expect_soon(meeting)
    record(by=by, verb="移交会议", obj=meeting, area_id=meeting.area_id, note=note, changes={role: [giver.name, to.name]})
    return ""


def hand_assignment(pk: int, giver: Person, to: Person, by: Any, note: str) -> str:
    row = lock_row(Assignment(pk=pk))
    if row.done_on is not None or row.owner_id != giver.pk:
        return "已办结或已改派"
    settle(row, FOLLOW_TASK, f"移交 {to.name}", dropped=True)
    row.owner, row.unit = to, to.unit
    row.save()
    expect_assignment(row)
    record(by=by, verb="移交决议落实", obj=row.item, area_id=row.area_id, note=note, changes={row.text[:60]: [giver.name, to.name]})
    return ""
