"""The minutes: drafted from the record at the close, confirmed by two, locked; afterwards only corrections beside them."""

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.audit.actions import record, write_checkpoint
from ronghe.common.access import require
from ronghe.common.actions import Refused, action
from ronghe.common.calendar import add_working_days, now, today
from ronghe.meetings.actions.steps import ATTEND_TASK, CONFIRM_TASK, expect, lock_meeting, path_of, person_of, require_open, settle, tell
from ronghe.meetings.models import Attendee, Correction, Item, Meeting
from ronghe.meetings.permissions import may_run
from ronghe.meetings.queries.record import load_record
from ronghe.meetings.rules.minutes import draft_minutes
from ronghe.meetings.rules.order import find_bar_to_confirming

CONFIRM_DAYS = 3


@action
def close_meeting(meeting: Meeting, *, by: Any, version: int | None = None) -> Meeting:
    """Close the meeting: what was not reached goes back to the backlog, the minutes are drafted, two people are asked to confirm."""
    meeting = lock_meeting(meeting, version=version)
    require(may_run, by, meeting)
    require_open(meeting)
    pending = Item.objects.filter(meeting=meeting, state__in=[Item.State.OPEN, Item.State.VOTING]).first()
    if pending is not None:
        raise Refused(_("“%(title)s”还没有结果,表决、通报或暂缓后再散会。") % {"title": pending.title})
    if Attendee.objects.filter(meeting=meeting, state=Attendee.State.EXPECTED).exists():
        raise Refused(_("还有人没有登记出席情况。"))
    if not Attendee.objects.filter(meeting=meeting, state=Attendee.State.PRESENT).exists():
        raise Refused(_("没有人出席,不能算开过会,请取消或改期。"))
    for item in Item.objects.select_for_update().filter(meeting=meeting, state=Item.State.LISTED):
        item.put_back()
        item.meeting = None
        item.save()
    meeting.close()
    meeting.closed_at = now()
    meeting.minutes = draft_minutes(load_record(meeting))
    meeting.save()
    record(by=by, verb="散会", obj=meeting, area_id=meeting.area_id, note=meeting.title)
    settle(meeting, ATTEND_TASK, "会议已结束", dropped=True)
    ask_to_confirm(meeting)
    return meeting


def ask_to_confirm(meeting: Meeting) -> None:
    people = [meeting.presider, meeting.recorder]
    due = add_working_days(today(), CONFIRM_DAYS)
    expect(meeting, CONFIRM_TASK, people, f"确认纪要:{meeting.title}", due=due, path=path_of(meeting), unit_id=meeting.unit_id)


@action
def save_minutes(meeting: Meeting, *, text: str, by: Any, version: int | None = None) -> Meeting:
    """Edit the draft. Who had confirmed it is asked again."""
    meeting = lock_meeting(meeting, version=version)
    require(may_run, by, meeting)
    require_draft(meeting)
    if not text.strip():
        raise ValidationError({"minutes": _("纪要不能为空。")})
    meeting.minutes = text.strip()
    meeting.presider_confirmed_at = meeting.recorder_confirmed_at = None
    meeting.save()
    record(by=by, verb="修改纪要", obj=meeting, area_id=meeting.area_id)
    ask_to_confirm(meeting)
    return meeting


@action
def redraft_minutes(meeting: Meeting, *, by: Any) -> Meeting:
    """Draft anew from the record, after owners and dates were added."""
    require(may_run, by, meeting)
    return save_minutes(meeting, text=draft_minutes(load_record(meeting)), by=by)


def require_draft(meeting: Meeting) -> None:
    if meeting.state != Meeting.State.CLOSED:
        raise Refused(_("纪要已锁定或会议还没有结束。锁定后的更正写在“更正”里。"))


@action
def confirm_minutes(meeting: Meeting, *, by: Any, version: int | None = None) -> Meeting:
    """Confirm the minutes as presider or recorder; with the second of the two they are locked and their digest goes into the audit."""
    meeting = lock_meeting(meeting, version=version)
    require(may_run, by, meeting)
    require_draft(meeting)
    me = person_of(by)
    bar = find_bar_to_confirming(me.pk, presider=meeting.presider_id, recorder=meeting.recorder_id)
    if bar:
        raise Refused(bar)
    field = "presider_confirmed_at" if me.pk == meeting.presider_id else "recorder_confirmed_at"
    if getattr(meeting, field) is not None:
        raise Refused(_("您已经确认过。"))
    setattr(meeting, field, now())
    settle(meeting, CONFIRM_TASK, "已确认", owner=me)
    record(by=by, verb="确认纪要", obj=meeting, area_id=meeting.area_id)
    if meeting.presider_confirmed_at and meeting.recorder_confirmed_at:
        meeting.lock()
        meeting.digest = hashlib.sha256(meeting.minutes.encode()).hexdigest()
        entry = record(by=by, verb="锁定纪要", obj=meeting, area_id=meeting.area_id, note=f"摘要 {meeting.digest[:16]}")
        write_checkpoint(entry.chain)
        present = Attendee.objects.filter(meeting=meeting).select_related("person")
        tell([row.person for row in present], meeting, _("会议纪要已确认:%(title)s") % {"title": meeting.title}, by=by)
    meeting.save()
    return meeting


@action
def add_correction(meeting: Meeting, *, text: str, by: Any) -> Correction:
    """Write a correction beside locked minutes."""
    meeting = lock_meeting(meeting)
    require(may_run, by, meeting)
    if meeting.state != Meeting.State.LOCKED:
        raise Refused(_("纪要还没有锁定,可以直接修改。"))
    if not text.strip():
        raise ValidationError({"text": _("请写明更正的内容。")})
    row = Correction.objects.create(meeting=meeting, text=text.strip(), by=person_of(by), at=now())
    record(by=by, verb="更正纪要", obj=meeting, area_id=meeting.area_id, note=row.text[:200])
    return row


def describe_moment(moment: Any) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")
