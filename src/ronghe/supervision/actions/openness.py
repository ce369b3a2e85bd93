"""三务公开: the directory, what comes due of it, what is made known; and elections before a term ends."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import diff, record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, today
from ronghe.documents.actions import attach
from ronghe.duties.actions.findings import record_term
from ronghe.duties.models import Term
from ronghe.org.models import Person, Unit
from ronghe.supervision.actions.people import Seats
from ronghe.supervision.actions.steps import expect, person_of, require_text, settle, tell
from ronghe.supervision.models.openness import Correction, Disclosure, Election, OpenItem
from ronghe.supervision.packs import read_pack
from ronghe.supervision.permissions import may_hold_election, may_keep_open, may_publish
from ronghe.supervision.rules.openness import find_election_fault, is_near, name_period
from ronghe.worklist.queries.months import describe_month
from ronghe.worklist.rules.recurrence import BadRule, check_rule, list_occurrences, name_month, read_pattern

TASK, ELECTION_TASK = "三务公开", "换届准备"
FIELDS = ("sphere", "name", "audience", "place", "rule", "shift", "owner_kind", "basis")
CATCH_UP_DAYS = 5


@action
def adopt_open(area: Unit, *, by: Any) -> int:
    """Take over the directory of the pack; returns how many are new."""
    require(may_keep_open, by, area)
    known = set(OpenItem.objects.filter(area=area).values_list("code", flat=True))
    rows = [
        OpenItem(area=area, code=row["code"], order=order, version=1, **{name: row[name] for name in FIELDS if name in row})
        for order, row in enumerate(read_pack("open"))
        if row["code"] not in known
    ]
    OpenItem.objects.bulk_create(rows)
    record(by=by, verb="采用公开目录", obj=area, name=_("公开目录"), area_id=area.pk, note=_("%(n)d 项") % {"n": len(rows)})
    return len(rows)


@action
def save_open(area: Unit, values: dict[str, Any], *, by: Any, item: OpenItem | None = None, version: int | None = None) -> OpenItem:
    """Add to the directory, or change a line of it; what is planned already stays as it is."""
    require(may_keep_open, by, item or area)
    require_text(name=values["name"], audience=values["audience"], place=values["place"], basis=values["basis"])
    try:
        values["rule"] = check_rule(values["rule"])
    except BadRule as problem:
        raise ValidationError({"every": str(problem)}) from problem
    if item is None:
        count = OpenItem.objects.filter(area=area).count()
        item = OpenItem.objects.create(area=area, code=f"own-{count + 1}", order=count, **values)
        record(by=by, verb="增加公开目录", obj=item, area_id=area.pk, note=item.basis)
        return item
    item = lock_row(item, version=version)
    changes = diff(item, values)
    for name, value in values.items():
        setattr(item, name, value)
    item.save()
    record(by=by, verb="修改公开目录", obj=item, area_id=item.area_id, changes=changes)
    return item


@action
def switch_open(item: OpenItem, *, active: bool, by: Any) -> OpenItem:
    """Use a line of the directory, or no longer."""
    item = lock_row(item)
    require(may_keep_open, by, item)
    item.active = active
    item.save()
    record(by=by, verb="启用公开目录" if active else "停用公开目录", obj=item, area_id=item.area_id)
    return item


@action
def plan_openness(area: Unit, day: date) -> int:
    """Put what the month asks to be made known among what is due; run again it adds nothing. What was missed stays due until it is done."""
    about = describe_month(area.pk, name_month(day))
    known = set(Disclosure.objects.filter(area=area, due__gte=about.first).values_list("key", flat=True))
    seats, late_due, new = Seats(area.pk, day), add_working_days(day, CATCH_UP_DAYS), []
    for item in OpenItem.objects.filter(area=area, active=True):
        owner_id = next(iter([*seats.list_kind(item.owner_kind), *seats.list_others()]), None)
        if owner_id is None:
            continue
        pattern = read_pattern(item.rule)
        for one in list_occurrences(item.rule, about.month, item.shift, about.works):
            key = f"{item.code}:{one.planned:%Y%m%d}"
            if key in known:
                continue
            known.add(key)
            new.append(
                Disclosure(
                    area=area, item=item, key=key, period=name_period(pattern.every if pattern else "", one.planned),
                    due=one.due if one.due >= day else late_due, owner_id=owner_id, version=1,
                )
            )  # fmt: skip
    known_keys = set(Disclosure.objects.filter(area=area, key__in=[row.key for row in new]).values_list("key", flat=True))
    new = Disclosure.objects.bulk_create(row for row in new if row.key not in known_keys)
    people = Person.objects.in_bulk({row.owner_id for row in new})
    for row in new:
        expect(row, TASK, [people[row.owner_id]], f"公开:{row}", due=row.due)
    if new:
        record(by=None, verb="安排三务公开", obj=area, name=about.month, area_id=area.pk, note=_("%(n)d 项") % {"n": len(new)})
    return len(new)


@action
def publish(row: Disclosure, *, text: str, by: Any, files: Sequence[tuple[str, bytes]] = (), version: int | None = None) -> Disclosure:
    """Make it known."""
    row = lock_row(row, version=version)
    require(may_publish, by, row)
    if row.state != Disclosure.State.PLANNED:
        raise Refused(_("已经公开过;有错请加更正。"))
    require_text(text=text)
    for name, data in files:
        attach(row, data=data, name=name, by=by, area_id=row.area_id)
    row.publish()
    row.text, row.published_on, row.published_by = text.strip(), today(), person_of(by)
    row.save()
    record(by=by, verb="公开", obj=row, area_id=row.area_id, note=row.item.audience)
    settle(row, TASK, "已公开")
    return row


@action
def correct(row: Disclosure, *, text: str, by: Any) -> Correction:
    """Add a correction; what was made known stays."""
    row = lock_row(row)
    require(may_publish, by, row)
    require_text(text=text)
    if row.state != Disclosure.State.PUBLISHED:
        raise Refused(_("还没有公开。"))
    note = Correction.objects.create(disclosure=row, text=text.strip(), by=person_of(by), on=today())
    record(by=by, verb="更正公开", obj=row, area_id=row.area_id, note=note.text)
    return note


@action
def prepare_elections(area: Unit, day: date) -> int:
    """Ask for the election of each committee whose term ends soon; once a term."""
    made = 0
    latest: dict[int, Term] = {}
    for term in Term.objects.filter(area=area).select_related("branch").order_by("elected_on", "pk"):
        latest[term.branch_id] = term
    seats = Seats(area.pk, day)
    owner_id = next(iter([*seats.list_kind("branch_secretary"), *seats.list_others()]), None)
    for term in latest.values():
        if owner_id is None or not is_near(term.ends_on, day) or Election.objects.filter(term=term).exists():
            continue
        owner = Person.objects.get(pk=owner_id)
        row = Election.objects.create(area=area, branch=term.branch, term=term, due=term.ends_on, owner=owner)
        record(by=None, verb="提醒换届", obj=row, area_id=area.pk, note=str(term.ends_on))
        expect(row, ELECTION_TASK, [owner], f"准备换届:{term.branch.name}({term.ends_on} 届满)", due=term.ends_on)
        tell([owner], row, _("%(name)s %(day)s 届满,请准备换届") % {"name": term.branch.name, "day": term.ends_on}, by=None)
        made += 1
    return made


@action
def hold_election(
    row: Election, *, held_on: date, ends_on: date, entitled: int, present: int, votes: int, elected: str, by: Any, meeting: str = "",
    files: Sequence[tuple[str, bytes]] = (), version: int | None = None,
) -> Election:  # fmt: skip
    """Record the election with its numbers; where it stands, the new term is recorded from it."""
    row = lock_row(row, version=version)
    require(may_hold_election, by, row)
    if row.state != Election.State.PREPARING:
        raise Refused(_("这次换届已经登记。"))
    require_text(elected=elected)
    if held_on > today():
        raise ValidationError({"held_on": _("选举日期不能晚于今天。")})
    fault = find_election_fault(entitled, present, votes)
    if fault:
        raise ValidationError({"present": fault})
    for name, data in files:
        attach(row, data=data, name=name, by=by, area_id=row.area_id)
    row.new_term = record_term(row.branch, elected_on=held_on, ends_on=ends_on, by=by)
    row.hold()
    row.held_on, row.entitled, row.present, row.votes = held_on, entitled, present, votes
    row.elected, row.meeting = elected.strip(), meeting.strip()
    row.save()
    record(by=by, verb="登记换届选举", obj=row, area_id=row.area_id, note=f"应到 {entitled},实到 {present},有效票 {votes}")
    settle(row, ELECTION_TASK, "已选举")
    return row


def tend_openness(day: date) -> str:
    """The daily tick."""
    areas = list(Unit.objects.filter(kind=Unit.Kind.AREA, closed_on=None).order_by("pk"))
    made = sum(plan_openness(area, day) for area in areas)
    return f"三务公开 {made} 项,换届提醒 {sum(prepare_elections(area, day) for area in areas)} 个"


def pass_disclosure(row: Disclosure, to: Person) -> None:
    """Give what is to be made known to somebody else. Part of the caller's action."""
    settle(row, TASK, "已移交", dropped=True)
    row.owner = to
    row.save()
    expect(row, TASK, [to], f"公开:{row}", due=row.due)
