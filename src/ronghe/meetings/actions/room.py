"""In the room: who is there, opening and closing, taking an item up, recusal, what each says, what is only heard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action
from ronghe.common.calendar import now, today
from ronghe.common.registry import Resolved, find_agenda_bar, tell_agenda
from ronghe.meetings.actions.plan import fill_roll, title_of
from ronghe.meetings.actions.steps import (
    ATTEND_TASK,
    lock_item,
    lock_meeting,
    person_of,
    require_ahead,
    require_open,
    require_still,
    settle,
)
from ronghe.meetings.models import Attendee, Item, Meeting, Recusal, Voice
from ronghe.meetings.permissions import may_attend, may_prepare, may_run
from ronghe.meetings.rules.order import find_bar_to_speaking
from ronghe.org.models import Person, Unit


@action
def ask_leave(meeting: Meeting, *, reason: str, by: Any) -> Attendee:
    """Say beforehand that one can't come, and why."""
    meeting = lock_meeting(meeting)
    require(may_attend, by, meeting)
    require_ahead(meeting)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明请假的事由。")})
    row = Attendee.objects.get(meeting=meeting, person=person_of(by))
    row.state, row.reason = Attendee.State.LEAVE, reason.strip()
    row.save()
    record(by=by, verb="请假", obj=meeting, area_id=meeting.area_id, note=row.reason)
    settle(meeting, ATTEND_TASK, "已请假", owner=row.person)
    return row


@action
def invite_guest(meeting: Meeting, person: Person, *, by: Any) -> Attendee:
    """Invite somebody who has no vote: 列席."""
    meeting = lock_meeting(meeting)
    require(may_prepare, by, meeting)
    if not meeting.is_ahead and meeting.state != Meeting.State.OPEN:
        raise Refused(_("会议已结束或已取消。"))
    if person.area_id != meeting.area_id:
        raise ValidationError({"person": _("%(name)s 不在本管理区。") % {"name": person.name}})
    state = Attendee.State.PRESENT if meeting.state == Meeting.State.OPEN else Attendee.State.EXPECTED
    row, made = Attendee.objects.get_or_create(meeting=meeting, person=person, defaults={"votes": False, "guest": True, "state": state})
    if not made:
        raise ValidationError({"person": _("%(name)s 已在参会名单里。") % {"name": person.name}})
    record(by=by, verb="邀请列席", obj=meeting, area_id=meeting.area_id, note=person.name)
    return row


@action
def open_meeting(meeting: Meeting, *, by: Any, version: int | None = None) -> Meeting:
    """Open the meeting on its day: the roll is that of the day, the number the next of the year."""
    meeting = lock_meeting(meeting, version=version)
    require(may_run, by, meeting)
    if meeting.held_on > today():
        raise Refused(_("会议定在 %(day)s,提前开会请先改期。") % {"day": meeting.held_on})
    Unit.objects.select_for_update().get(pk=meeting.area_id)
    same = Meeting.objects.filter(unit_id=meeting.unit_id, kind_code=meeting.kind_code, held_on__year=meeting.held_on.year)
    meeting.open()
    meeting.number = (same.aggregate(last=Max("number"))["last"] or 0) + 1
    meeting.title, meeting.opened_at = title_of(meeting), now()
    meeting.save()
    fill_roll(meeting)
    record(by=by, verb="宣布开会", obj=meeting, area_id=meeting.area_id, note=meeting.title)
    return meeting


@dataclass(frozen=True)
class Came:
    """Whether one came, and if not, why."""

    state: str
    reason: str = ""


@action
def mark_attendance(meeting: Meeting, given: Mapping[int, Came], *, by: Any) -> Meeting:
    """Note who is there, by the attendees' keys. Refused while a vote is on."""
    meeting = lock_meeting(meeting)
    require(may_run, by, meeting)
    require_open(meeting)
    require_still(meeting)
    rows = list(Attendee.objects.select_for_update().filter(meeting=meeting, pk__in=given).select_related("person"))
    problems = []
    for row in rows:
        came = given[row.pk]
        if came.state not in Attendee.State.values:
            raise ValidationError(_("没有这种出席情况。"))
        if came.state == Attendee.State.LEAVE and not came.reason.strip():
            problems.append(row.person.name)
        row.state = came.state
        row.reason = came.reason.strip() if came.state in (Attendee.State.LEAVE, Attendee.State.ABSENT) else ""
        row.version += 1
    if problems:
        raise ValidationError(_("请假须写明事由:%(names)s。") % {"names": "、".join(problems)})
    Attendee.objects.bulk_update(rows, ["state", "reason", "version"])
    there = Attendee.objects.filter(meeting=meeting, state=Attendee.State.PRESENT)
    record(by=by, verb="登记出席", obj=meeting, area_id=meeting.area_id, note=_("实到 %(n)d 人") % {"n": there.count()})
    for row in rows:
        if row.state != Attendee.State.EXPECTED:
            settle(meeting, ATTEND_TASK, str(row.get_state_display()), owner=row.person)
    return meeting


@action
def take_up_item(item: Item, *, by: Any) -> Item:
    """Take up an item. Refused while another is under discussion, and where the context that brought it has a bar."""
    meeting, item = lock_item(item)
    require(may_run, by, meeting)
    require_open(meeting)
    other = Item.objects.filter(meeting=meeting, state__in=[Item.State.OPEN, Item.State.VOTING]).exclude(pk=item.pk).first()
    if other is not None:
        raise Refused(_("正在审议“%(title)s”,一项一项来。") % {"title": other.title})
    bar = find_agenda_bar(item.origin_label, item.origin_id, item.kind_code)
    if bar:
        raise Refused(bar)
    item.take_up()
    item.save()
    record(by=by, verb="开始审议", obj=item, area_id=item.area_id, note=meeting.title)
    return item


@action
def recuse(item: Item, person: Person, *, reason: str, by: Any) -> Recusal:
    """Note that somebody takes no part in an item: they themselves, or presider or recorder for them. What they said before stands."""
    meeting, item = lock_item(item)
    actor = person_of(by)
    require(may_attend if actor.pk == person.pk else may_run, by, meeting)
    if item.state not in (Item.State.LISTED, Item.State.OPEN):
        raise Refused(_("表决开始前才能登记回避。"))
    if not reason.strip():
        raise ValidationError({"reason": _("请写明回避的事由。")})
    if not Attendee.objects.filter(meeting=meeting, person=person, votes=True).exists():
        raise ValidationError({"person": _("%(name)s 在本次会议没有表决权,无须回避。") % {"name": person.name}})
    if Recusal.objects.filter(item=item, person=person).exists():
        raise ValidationError({"person": _("%(name)s 已登记回避。") % {"name": person.name}})
    row = Recusal.objects.create(item=item, person=person, reason=reason.strip(), noted_by=actor)
    record(by=by, verb="登记回避", obj=item, area_id=item.area_id, note=f"{person.name}:{row.reason}")
    return row


@action
def speak(item: Item, sayings: Sequence[tuple[Person, str]], *, by: Any) -> Item:
    """Write down what people said, in this order. 主要负责人末位表态 is enforced: the head's words are refused before everyone else's."""
    meeting, item = lock_item(item)
    require(may_run, by, meeting)
    if item.state != Item.State.OPEN:
        raise Refused(_("议题审议中才能记录意见。"))
    recused = set(Recusal.objects.filter(item=item).values_list("person_id", flat=True))
    roll = {row.person_id: row for row in Attendee.objects.filter(meeting=meeting, state=Attendee.State.PRESENT)}
    deciding = {pk for pk, row in roll.items() if row.votes} - recused
    voices = {row.person_id: row for row in Voice.objects.select_for_update().filter(item=item)}
    head = meeting.presider_id if meeting.kind.head_last and meeting.presider_id in deciding else None
    place = max((row.place for row in voices.values()), default=0)
    ordered = sorted(((person, text.strip()) for person, text in sayings if text.strip()), key=lambda one: one[0].pk == head)
    for person, text in ordered:
        if person.pk not in roll:
            raise ValidationError(_("%(name)s 没有到会。") % {"name": person.name})
        if person.pk in recused:
            raise ValidationError(_("%(name)s 已回避,不发表意见。") % {"name": person.name})
        bar = find_bar_to_speaking(person.pk, head=head, waiting=deciding - set(voices))
        if bar:
            raise Refused(bar)
        row = voices.get(person.pk)
        if row is None:
            place += 1
            voices[person.pk] = Voice.objects.create(item=item, person=person, text=text, place=place)
        elif row.text != text:
            row.text = text
            row.save()
    record(by=by, verb="记录意见", obj=item, area_id=item.area_id, note="、".join(person.name for person, _text in ordered))
    return item


@action
def note_item(item: Item, *, resolution: str, by: Any) -> Item:
    """Close an item that is only heard, with what came of it."""
    meeting, item = lock_item(item)
    require(may_run, by, meeting)
    require_open(meeting)
    if item.matter_class != "info":
        raise Refused(_("需要决定的事项须经表决,不能只作通报。"))
    if not resolution.strip():
        raise ValidationError({"resolution": _("请写明结果:学了什么、形成什么意见或待办。")})
    item.note()
    item.resolution, item.decided_at = resolution.strip(), now()
    item.save()
    record(by=by, verb="通报学习", obj=item, area_id=item.area_id, note=item.resolution)
    tell_origin(item, meeting, passed=True, by=by)
    return item


@action
def defer_item(item: Item, *, reason: str, by: Any) -> Item:
    """暂缓: what was said stays with this meeting; the same item waits anew in the backlog, with its origin and the reason. Returns it."""
    meeting, item = lock_item(item)
    require(may_run, by, meeting)
    require_open(meeting)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明暂缓的原因。")})
    item.defer()
    item.resolution = reason.strip()
    item.save()
    again = Item.objects.create(
        area_id=item.area_id,
        unit_id=item.unit_id,
        kind_code=item.kind_code,
        title=item.title,
        matter_class=item.matter_class,
        text=f"{item.text}\n{meeting.title}暂缓:{reason.strip()}".strip()[-4000:],
        proposal=item.proposal,
        reporter=item.reporter,
        proposed_by=item.proposed_by,
        origin_type=item.origin_type,
        origin_id=item.origin_id,
        origin_name=item.origin_name,
    )
    record(by=by, verb="暂缓", obj=item, area_id=item.area_id, note=f"{meeting.title}:{reason.strip()}")
    return again


def tell_origin(item: Item, meeting: Meeting, *, passed: bool, by: Any) -> None:
    """Tell the context that brought the item what came of it, in the same transaction."""
    outcome = Resolved(
        meeting.pk, item.pk, item.kind_code, meeting.title, meeting.held_on, passed, item.matter_class, item.resolution, item.because
    )
    tell_agenda(item.origin_label, item.origin_id, outcome, by)
