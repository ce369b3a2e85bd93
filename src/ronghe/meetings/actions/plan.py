"""Planning: the year's meetings by their norms, one more, another day, none; the notice with agenda and materials."""

from collections.abc import Iterable, Sequence
from datetime import date, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import diff, record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import is_working_day, load_own_days, now, today
from ronghe.meetings.actions.steps import ATTEND_TASK, PREPARE_TASK, expect, path_of, require_ahead, settle, tell
from ronghe.meetings.models import Attendee, Item, Kind, Meeting
from ronghe.meetings.permissions import may_plan, may_prepare
from ronghe.meetings.queries.belonging import find_party_org, list_belonging, list_presiders, list_units_of
from ronghe.meetings.rules.norms import list_spans
from ronghe.meetings.rules.order import find_bar_to_notice, name_meeting
from ronghe.org.models import Person, Unit

SOON = 7  # days before its day from which a planned meeting stands among what is due


@action
def plan_meeting(
    kind: Kind,
    unit: Unit,
    *,
    held_on: date,
    by: Any,
    presider: Person | None = None,
    recorder: Person | None = None,
    held_at: time | None = None,
    place: str = "",
) -> Meeting:
    """Plan one meeting. Without a presider the usual one, without a recorder another of those who belong."""
    meeting = Meeting(area_id=kind.area_id, unit=unit, kind=kind, kind_code=kind.code)
    require(may_plan, by, meeting)
    if kind.is_small == (unit.pk == kind.area_id) or unit.area_id != kind.area_id:
        raise ValidationError({"unit": _("%(kind)s 不在“%(unit)s”召开。") % {"kind": kind.name, "unit": unit.name}})
    kind = find_edition(kind, held_on)
    if held_on < today():
        raise ValidationError({"held_on": _("开会日期不能早于今天。")})
    fill_meeting(meeting, kind, held_on, presider, recorder)
    meeting.held_at, meeting.place = held_at, place
    meeting.save()
    record(by=by, verb="计划会议", obj=meeting, area_id=meeting.area_id, note=f"{held_on}")
    expect_soon(meeting)
    return meeting


def find_edition(kind: Kind, day: date) -> Kind:
    """Return the edition of a kind that applies on the day."""
    found = Kind.objects.on(day).filter(area_id=kind.area_id, code=kind.code).first()
    if found is None:
        raise ValidationError({"held_on": _("%(day)s 没有现行的“%(kind)s”规定。") % {"day": day, "kind": kind.name}})
    return found


def fill_meeting(meeting: Meeting, kind: Kind, day: date, presider: Person | None, recorder: Person | None) -> None:
    """Set what a meeting takes from its kind and day. Raises ValidationError where there is nobody to preside or to write."""
    meeting.kind, meeting.held_on = kind, day
    meeting.party_org = find_party_org(kind, meeting.unit)
    able = list_presiders(kind, meeting.unit, day)
    presider = presider or (able[0] if able else None)
    if presider is None:
        raise ValidationError({"presider": _("“%(unit)s”没有可以主持的在任岗位。") % {"unit": meeting.unit.name}})
    if recorder is None:
        others = (one.person for one in reversed(list_belonging(kind, meeting.unit, day)))
        recorder = next((person for person in others if person.pk != presider.pk and person.user_id is not None), None)
    if recorder is None:
        raise ValidationError({"recorder": _("请指定记录人。")})
    check_roles(meeting, presider, recorder)
    meeting.presider, meeting.recorder = presider, recorder
    meeting.title = title_of(meeting)


def check_roles(meeting: Meeting, presider: Person, recorder: Person) -> None:
    """Raise ValidationError unless two different people of the area preside and write."""
    if presider.pk == recorder.pk:
        raise ValidationError({"recorder": _("主持人和记录人须是两个人。")})
    for field, person in (("presider", presider), ("recorder", recorder)):
        if person.area_id != meeting.area_id or person.left_on is not None:
            raise ValidationError({field: _("%(name)s 不在本管理区。") % {"name": person.name}})


def title_of(meeting: Meeting) -> str:
    org = meeting.unit.name if meeting.kind.is_small else ""
    return name_meeting(meeting.kind.name, year=meeting.held_on.year, month=meeting.held_on.month, number=meeting.number, org=org)


@action
def plan_year(area: Unit, kinds: Sequence[Kind], *, year: int, day: int, by: Any) -> list[Meeting]:
    """Plan what the norms ask for the rest of the year: for each kind, unit and stretch one meeting where none is planned or held yet.

    `day` is the day of the stretch's last month; it moves to a working day of that month.
    """
    area = lock_row(area)
    own = load_own_days([year])
    made: list[Meeting] = []
    for kind in kinds:
        units = [unit for unit in list_units_of(kind) if may_plan(by, Meeting(area=area, unit=unit, kind=kind))]
        known = list(
            Meeting.objects.filter(area=area, kind_code=kind.code, held_on__year=year)
            .exclude(state=Meeting.State.CANCELLED)
            .values_list("unit_id", "held_on")
        )
        for span in list_spans("" if kind.norm == "week" else kind.norm, year):
            wanted = choose_day(span.first, span.last, day, own)
            if wanted <= today() or kind.valid_from > wanted or (kind.valid_to and kind.valid_to < wanted):
                continue
            there = [unit_id for unit_id, on in known if span.first <= on <= span.last]
            made += [make_planned(area, kind, unit, wanted) for unit in units for _n in range(max(0, kind.times - there.count(unit.pk)))]
    if not made:
        raise Refused(_("没有要补的计划:按规定该开的会都已在计划里,或您不负责这些会。"))
    record(by=by, verb="制定会议计划", obj=area, area_id=area.pk, note=_("%(year)d 年,%(n)d 次") % {"year": year, "n": len(made)})
    for meeting in made:
        expect_soon(meeting)
    return made


def make_planned(area: Unit, kind: Kind, unit: Unit, day: date) -> Meeting:
    meeting = Meeting(area=area, unit=unit, kind_code=kind.code)
    try:
        fill_meeting(meeting, kind, day, None, None)
    except ValidationError as problem:
        raise Refused(f"{unit.name} {kind.name}:{' '.join(problem.messages)}") from problem
    meeting.save()
    return meeting


def choose_day(first: date, last: date, day: int, own: dict[date, bool]) -> date:
    """Return the working day of the stretch's last month that is nearest after the wanted one, else the last one before."""
    start = max(first, last.replace(day=min(day, last.day)))
    after = [start + timedelta(days=n) for n in range((last - start).days + 1)]
    before = [start - timedelta(days=n) for n in range(1, 15)]
    return next((one for one in (*after, *before) if is_working_day(one, own)), start)


@action
def change_meeting(meeting: Meeting, values: dict[str, Any], *, reason: str, by: Any, version: int | None = None) -> Meeting:
    """Move a meeting or change who leads and writes. After the notice it wants a reason, and everyone is told."""
    meeting = lock_row(meeting, version=version)
    require(may_prepare, by, meeting)
    require_ahead(meeting)
    day = values.get("held_on", meeting.held_on)
    if day < today():
        raise ValidationError({"held_on": _("开会日期不能早于今天。")})
    noticed = meeting.state == Meeting.State.NOTICED
    if noticed and not reason.strip():
        raise ValidationError({"reason": _("通知已发,改动请写明原因,会告知参会的人。")})
    check_roles(meeting, values.get("presider", meeting.presider), values.get("recorder", meeting.recorder))
    changes = diff(meeting, values)
    for name, value in values.items():
        setattr(meeting, name, value)
    if meeting.held_on != (changes.get("held_on") or [meeting.held_on])[0]:
        meeting.kind = find_edition(meeting.kind, meeting.held_on)
    meeting.title = title_of(meeting)
    meeting.save()
    record(by=by, verb="更改会议", obj=meeting, area_id=meeting.area_id, note=reason.strip(), changes=changes)
    if noticed and changes:
        people = [row.person for row in Attendee.objects.filter(meeting=meeting).select_related("person")]
        expect_attendance(meeting, people)
        tell(
            people,
            meeting,
            _("会议有变:%(title)s,%(day)s。%(reason)s") % {"title": meeting, "day": meeting.held_on, "reason": reason},
            by=by,
        )
    settle(meeting, PREPARE_TASK, "已改期", dropped=True)
    expect_soon(meeting)
    return meeting


@action
def cancel_meeting(meeting: Meeting, *, reason: str, by: Any, version: int | None = None) -> Meeting:
    """Cancel a meeting; its agenda goes back to the backlog. The norm stays unfulfilled until another is held."""
    meeting = lock_row(meeting, version=version)
    require(may_prepare, by, meeting)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明取消的原因。")})
    noticed = meeting.state == Meeting.State.NOTICED
    meeting.cancel()
    meeting.cancel_reason = reason.strip()
    meeting.save()
    for item in Item.objects.select_for_update().filter(meeting=meeting, state=Item.State.LISTED):
        item.put_back()
        item.meeting = None
        item.save()
    record(by=by, verb="取消会议", obj=meeting, area_id=meeting.area_id, note=meeting.cancel_reason)
    for kind in (PREPARE_TASK, ATTEND_TASK):
        settle(meeting, kind, "会议取消", dropped=True)
    if noticed:
        people = [row.person for row in Attendee.objects.filter(meeting=meeting).select_related("person")]
        tell(people, meeting, _("会议取消:%(title)s。%(reason)s") % {"title": meeting, "reason": meeting.cancel_reason}, by=by)
    return meeting


@action
def send_notice(meeting: Meeting, *, by: Any, short_notice: str = "", version: int | None = None) -> Meeting:
    """Send the notice with agenda and materials to all who belong on that day; from now on the agenda is shut (rules.order)."""
    meeting = lock_row(meeting, version=version)
    require(may_prepare, by, meeting)
    bar = find_bar_to_notice(
        items=Item.objects.filter(meeting=meeting).count(),
        held_on=meeting.held_on,
        day=today(),
        days=meeting.kind.materials_days,
        reason=short_notice,
    )
    if bar:
        raise Refused(bar)
    meeting.notice()
    meeting.noticed_at = now()
    late = (meeting.held_on - today()).days < meeting.kind.materials_days
    meeting.short_notice = short_notice.strip() if late else ""
    meeting.save()
    people = [row.person for row in fill_roll(meeting)]
    record(by=by, verb="发会议通知", obj=meeting, area_id=meeting.area_id, note=_("%(n)d 人") % {"n": len(people)})
    settle(meeting, PREPARE_TASK, "已通知")
    expect_attendance(meeting, people)
    tell(people, meeting, _("会议通知:%(title)s,%(day)s") % {"title": meeting.title, "day": meeting.held_on}, by=by)
    return meeting


@action
def recall_notice(meeting: Meeting, *, reason: str, by: Any, version: int | None = None) -> Meeting:
    """Take the notice back, to change the agenda."""
    meeting = lock_row(meeting, version=version)
    require(may_prepare, by, meeting)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明收回通知的原因。")})
    meeting.recall()
    meeting.noticed_at = None
    meeting.save()
    record(by=by, verb="收回会议通知", obj=meeting, area_id=meeting.area_id, note=reason.strip())
    settle(meeting, ATTEND_TASK, "通知收回", dropped=True)
    people = [row.person for row in Attendee.objects.filter(meeting=meeting).select_related("person")]
    tell(people, meeting, _("会议通知收回:%(title)s。%(reason)s") % {"title": meeting.title, "reason": reason.strip()}, by=by)
    expect_soon(meeting)
    return meeting


def fill_roll(meeting: Meeting) -> list[Attendee]:
    """Bring the roll in line with who belongs on the meeting's day; what was already said (a leave) and guests stay. Two reads, two writes."""
    wanted = list_belonging(meeting.kind, meeting.unit, meeting.held_on)
    known = {row.person_id: row for row in Attendee.objects.filter(meeting=meeting).select_related("person")}
    changed, fresh = [], []
    for place, one in enumerate(wanted):
        row = known.pop(one.person.pk, None)
        if row is None:
            fresh.append(Attendee(meeting=meeting, person=one.person, votes=one.votes, place=place, version=1))
        elif (row.votes, row.guest, row.place) != (one.votes, False, place):
            row.votes, row.guest, row.place = one.votes, False, place
            changed.append(row)
    Attendee.objects.bulk_create(fresh)
    Attendee.objects.bulk_update(changed, ["votes", "guest", "place"])
    gone = [row.pk for row in known.values() if not row.guest]
    # a roll is a draft until the meeting opens: who does not belong on that day was never expected
    Attendee.objects.filter(pk__in=gone).delete()
    return list(Attendee.objects.filter(meeting=meeting).select_related("person"))


def expect_attendance(meeting: Meeting, people: Iterable[Person]) -> None:
    able = [person for person in people if person.user_id is not None]
    expect(meeting, ATTEND_TASK, able, f"参加{meeting.title}", due=meeting.held_on, path=path_of(meeting), unit_id=meeting.unit_id)


def expect_soon(meeting: Meeting) -> None:
    """Ask the presider to prepare a planned meeting once its day is near: by the day on which the materials must leave."""
    days = meeting.kind.materials_days
    if meeting.state == Meeting.State.PLANNED and (meeting.held_on - today()).days <= SOON + days:
        due = max(today(), meeting.held_on - timedelta(days=days))
        title = f"组织{meeting.title}:定议程、发通知"
        expect(meeting, PREPARE_TASK, [meeting.presider], title, due=due, path=path_of(meeting), unit_id=meeting.unit_id)


@action
def expect_planned(day: date) -> int:
    """Ask for what is near. Called once a day; a second call changes nothing."""
    near = Meeting.objects.filter(state=Meeting.State.PLANNED, held_on__lte=day + timedelta(days=SOON + 10))
    rows = list(near.select_related("kind", "presider"))
    for meeting in rows:
        expect_soon(meeting)
    return len(rows)
