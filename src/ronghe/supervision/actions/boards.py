"""周督办: opening, a line each week, the second person's word, dates moved with a reason, going up a level by itself."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common import registry
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, now, today
from ronghe.org.models import Appointment, Person, Unit
from ronghe.rectification.actions.items import origin_of
from ronghe.supervision.actions.steps import check_takers, expect, person_of, require_text, settle, tell
from ronghe.supervision.models import BoardItem, BoardMove, BoardNumbers, BoardReport, BoardWeek
from ronghe.supervision.permissions import may_comment, may_confirm, may_note_week, may_open_board, may_report, may_steer
from ronghe.supervision.rules.boards import (
    LIVE,
    RED_DAYS,
    find_bar_to_confirming,
    is_up,
    list_levels,
    make_number,
    monday_of,
    sunday_of,
)
from ronghe.worklist.models import Task

TASK = "督办"
CONFIRM_TASK = "督办确认"
RAISED_TASK = "督办升级"
WEEK_TASK = "督办周报"


@dataclass(frozen=True)
class Line:
    """What an owner says of one item in a week."""

    item: BoardItem
    text: str
    claims: bool = False


@action
def open_board_item(
    *,
    unit: Unit,
    title: str,
    demand: str,
    source: str,
    owner: Person,
    due: date,
    by: Any,
    supervisor: Person | None = None,
    origin: models.Model | None = None,
) -> BoardItem:
    """Put something on the board. Without `supervisor` whoever opens it supervises; the same origin with the same owner stands on it once."""
    require(may_open_board, by, unit)
    opener = person_of(by)
    require_text(title=title, demand=demand)
    if due < today():
        raise ValidationError({"due": _("期限不能早于今天。")})
    supervisor = supervisor or opener
    if supervisor.pk == owner.pk:
        raise ValidationError({"supervisor": _("督办人不能是责任人本人。")})
    area_id = unit.area_id or 0
    check_takers(area_id, owner=owner, supervisor=supervisor)
    BoardNumbers.objects.get_or_create(area_id=area_id, year=today().year)
    numbers = BoardNumbers.objects.select_for_update().get(area_id=area_id, year=today().year)
    named = origin_of(origin)
    if origin is not None:
        standing = BoardItem.objects.filter(**named, owner=owner, state__in=LIVE).first()
        if standing is not None:
            raise Refused(_("这件事已经在督办:%(item)s。") % {"item": standing})
    numbers.last += 1
    numbers.save(update_fields=["last"])
    item = BoardItem.objects.create(
        area_id=area_id, unit=unit, number=make_number(numbers.year, numbers.last), title=title.strip(), demand=demand.strip(), source=source,
        origin_name=str(origin)[:200] if origin is not None else "", owner=owner, supervisor=supervisor, opened_by=opener,
        opened_on=today(), due=due, **named,
    )  # fmt: skip
    registry.tell_arrival(origin, "督办", by)
    record(by=by, verb="列入督办", obj=item, area_id=area_id, note=f"责任人 {owner.name},督办人 {supervisor.name},{due} 前")
    expect(item, TASK, [owner], f"督办:{item.title}", due=due, unit_id=unit.pk)
    tell([owner, supervisor], item, _("列入督办:%(title)s(%(due)s 前)") % {"title": item.title, "due": due}, by=by)
    return item


@action
def report_items(lines: Iterable[Line], *, by: Any) -> list[BoardItem]:
    """Say in one line each how one's items go this week; a line that says 'done' puts the item before its supervisor."""
    me, week, said = person_of(by), monday_of(today()), []
    for line in lines:
        item = lock_row(line.item)
        require(may_report, by, item)
        if item.state != BoardItem.State.RUNNING:
            raise Refused(_("%(item)s 现在是“%(state)s”,不用再汇报。") % {"item": item, "state": item.get_state_display()})
        require_text(**{f"text_{item.pk}": line.text})
        add_line(item, week, BoardReport.Voice.OWNER, line.text, me, claims=line.claims)
        if line.claims:
            item.claim()
            expect(item, CONFIRM_TASK, [item.supervisor], f"确认办结:{item.title}", due=add_working_days(today(), 3), unit_id=item.unit_id)
            settle(item, TASK, "已报办结")
            tell([item.supervisor], item, _("报办结,请确认:%(title)s") % {"title": item.title}, by=by)
        item.save()
        record(by=by, verb="报办结" if line.claims else "督办汇报", obj=item, area_id=item.area_id, note=line.text.strip())
        said.append(item)
    settle_week(me, {item.area_id for item in said}, week)
    return said


def add_line(item: BoardItem, week: date, voice: str, text: str, by: Person, *, claims: bool = False) -> BoardReport:
    return BoardReport.objects.create(item=item, week=week, voice=voice, text=text.strip(), claims=claims, by=by, at=now())


def settle_week(person: Person, area_ids: Iterable[int], week: date) -> None:
    """Settle the week's task of somebody who has said something of everything."""
    said = BoardReport.objects.filter(week=week, voice=BoardReport.Voice.OWNER).values("item_id")
    for area_id in area_ids:
        waiting = BoardItem.objects.filter(area_id=area_id, owner=person, state=BoardItem.State.RUNNING).exclude(pk__in=said)
        row = BoardWeek.objects.filter(area_id=area_id, week=week).first()
        if row is not None and not waiting.exists():
            settle(row, WEEK_TASK, "已汇报", owner=person)


@action
def comment_item(item: BoardItem, *, text: str, by: Any, version: int | None = None) -> BoardItem:
    """Say what is thought of it, as its supervisor or whoever it went up to; that answers the going up."""
    item = lock_row(item, version=version)
    require(may_comment, by, item)
    require_live(item)
    require_text(text=text)
    me = person_of(by)
    add_line(item, monday_of(today()), BoardReport.Voice.SUPERVISOR, text, me)
    item.save()
    record(by=by, verb="督办意见", obj=item, area_id=item.area_id, note=text.strip())
    settle(item, RAISED_TASK, "已批示", owner=me)
    tell([item.owner], item, _("督办意见:%(title)s:%(text)s") % {"title": item.title, "text": text.strip()}, by=by)
    return item


@action
def confirm_item(item: BoardItem, *, result: str, by: Any, version: int | None = None) -> BoardItem:
    """End an item whose owner says that it is done: by another person, with its result."""
    item = lock_row(item, version=version)
    require(may_confirm, by, item)
    me = person_of(by)
    claimers = list(BoardReport.objects.filter(item=item, claims=True).values_list("by_id", flat=True))
    bar = find_bar_to_confirming(me.pk, owner=item.owner_id, reporters=claimers)
    if bar:
        raise Refused(bar)
    if item.state != BoardItem.State.CLAIMED:
        raise Refused(_("责任人还没有报办结。"))
    require_text(result=result)
    item.confirm()
    return end(item, me, result, by=by, verb="确认办结")


@action
def return_item(item: BoardItem, *, reason: str, by: Any, version: int | None = None) -> BoardItem:
    """Say that it is not done; the owner goes on by the same date."""
    item = lock_row(item, version=version)
    require(may_confirm, by, item)
    if item.state != BoardItem.State.CLAIMED:
        raise Refused(_("责任人还没有报办结。"))
    require_text(reason=reason)
    item.send_back()
    add_line(item, monday_of(today()), BoardReport.Voice.SUPERVISOR, reason, person_of(by))
    item.save()
    record(by=by, verb="退回督办", obj=item, area_id=item.area_id, note=reason.strip())
    settle(item, CONFIRM_TASK, "已退回")
    expect(item, TASK, [item.owner], f"督办:{item.title}", due=item.due, unit_id=item.unit_id)
    tell([item.owner], item, _("督办未办结,请继续:%(title)s:%(why)s") % {"title": item.title, "why": reason.strip()}, by=by)
    return item


@action
def move_item(item: BoardItem, *, due: date, reason: str, by: Any, version: int | None = None) -> BoardItem:
    """Move the date with a reason; both dates stay. Never by the owner."""
    item = lock_row(item, version=version)
    require(may_steer, by, item)
    require_live(item)
    require_text(reason=reason)
    if due <= today() or due == item.due:
        raise ValidationError({"due": _("新的期限须晚于今天,且与现在的不同。")})
    BoardMove.objects.create(item=item, old_due=item.due, new_due=due, reason=reason.strip(), by=person_of(by), on=today(), at=now())
    old, item.due = item.due, due
    item.save()
    record(by=by, verb="调整督办期限", obj=item, area_id=item.area_id, note=reason.strip(), changes={"due": [old, due]})
    settle(item, RAISED_TASK, "已调整期限")
    if item.state == BoardItem.State.RUNNING:
        expect(item, TASK, [item.owner], f"督办:{item.title}", due=due, unit_id=item.unit_id)
    tell([item.owner, item.supervisor], item, _("督办期限调整到 %(due)s:%(title)s") % {"due": due, "title": item.title}, by=by)
    return item


@action
def drop_item(item: BoardItem, *, reason: str, by: Any, version: int | None = None) -> BoardItem:
    """Take an item off the board that is no longer wanted; the reason stays with it."""
    item = lock_row(item, version=version)
    require(may_steer, by, item)
    require_live(item)
    require_text(reason=reason)
    item.drop()
    return end(item, person_of(by), reason, by=by, verb="撤销督办")


@action
def reassign_board_item(
    item: BoardItem, *, note: str, by: Any, owner: Person | None = None, supervisor: Person | None = None, version: int | None = None
) -> BoardItem:
    """Give an item another owner or supervisor."""
    item = lock_row(item, version=version)
    require(may_steer, by, item)
    require_live(item)
    require_text(note=note)
    return pass_board_item(item, owner=owner or item.owner, supervisor=supervisor or item.supervisor, by=by, note=note)


def pass_board_item(item: BoardItem, *, owner: Person, supervisor: Person, by: Any, note: str) -> BoardItem:
    """Give a live, locked item its new people. Part of the caller's action, which has asked whether it may."""
    if (owner.pk, supervisor.pk) == (item.owner_id, item.supervisor_id):
        raise Refused(_("责任人和督办人都没有变化。"))
    if owner.pk == supervisor.pk:
        raise ValidationError({"supervisor": _("督办人不能是责任人本人。")})
    old = {"owner": item.owner, "supervisor": item.supervisor}
    new = {"owner": owner, "supervisor": supervisor}
    check_takers(item.area_id, **{name: person for name, person in new.items() if person.pk != old[name].pk})
    item.owner, item.supervisor = owner, supervisor
    if item.raised_to_id in (owner.pk, supervisor.pk):
        settle(item, RAISED_TASK, "已改派", dropped=True)
        item.raised_to = None
    item.save()
    changes = {name: [old[name].name, new[name].name] for name in old if old[name].pk != new[name].pk}
    record(by=by, verb="改派督办", obj=item, area_id=item.area_id, note=note.strip(), changes=changes)
    settle(item, TASK, "已改派", dropped=True)
    settle(item, CONFIRM_TASK, "已改派", dropped=True)
    if item.state == BoardItem.State.RUNNING:
        expect(item, TASK, [owner], f"督办:{item.title}", due=item.due, unit_id=item.unit_id)
    else:
        expect(item, CONFIRM_TASK, [supervisor], f"确认办结:{item.title}", due=add_working_days(today(), 3), unit_id=item.unit_id)
    tell(
        [*old.values(), owner, supervisor],
        item,
        _("督办已改派:%(title)s,责任人 %(name)s") % {"title": item.title, "name": owner.name},
        by=by,
    )
    return item


@action
def note_week(area: Unit, week: date, *, note: str, by: Any) -> BoardWeek:
    """Write what is asked in a week, above its sheet."""
    require(may_note_week, by, area)
    row, _made = BoardWeek.objects.select_for_update().get_or_create(area=area, week=monday_of(week))
    old, row.note, row.note_by = row.note, note.strip(), person_of(by)
    row.save()
    record(by=by, verb="本周督办要求", obj=row, area_id=area.pk, changes={"note": [old, row.note]})
    return row


def require_live(item: BoardItem) -> None:
    if not item.is_live:
        raise Refused(_("%(item)s 已办结或撤销,不能再办理。") % {"item": item})


def end(item: BoardItem, me: Person, result: str, *, by: Any, verb: str) -> BoardItem:
    item.ended_on, item.ended_by, item.result = today(), me, result.strip()
    item.save()
    record(by=by, verb=verb, obj=item, area_id=item.area_id, note=item.result)
    settle(item, result=item.get_state_display(), dropped=item.state == BoardItem.State.DROPPED)
    settle_week(item.owner, [item.area_id], monday_of(today()))
    if item.origin_type is not None:
        registry.tell_ending(f"{item.origin_type.app_label}.{item.origin_type.model}", item.origin_id)
    tell(
        [item.owner, item.supervisor, item.opened_by],
        item,
        _("督办%(state)s:%(title)s") % {"state": item.get_state_display(), "title": item.title},
        by=by,
    )
    return item


# once a day


def tend_boards(day: date) -> str:
    """The daily tick: ask for the week's lines, and let what was red for three weeks go up."""
    asked = sum(ask_week(area, day) for area in Unit.objects.filter(kind=Unit.Kind.AREA, closed_on=None).order_by("pk"))
    return f"督办周报 {asked} 人,升级 {raise_red_items(day)} 项"


@action
def ask_week(area: Unit, day: date) -> int:
    """Ask each owner of something on the board for this week's lines, by its Friday; let go of last week's. Run again it adds nothing."""
    week = monday_of(day)
    kept = Task.objects.open().filter(kind=WEEK_TASK, area_id=area.pk)
    for old in BoardWeek.objects.filter(area=area, week__lt=week, pk__in=kept.values("origin_id")):
        settle(old, WEEK_TASK, "本周未报", dropped=True)
    said = BoardReport.objects.filter(week=week, voice=BoardReport.Voice.OWNER).values("item_id")
    silent = BoardItem.objects.filter(area=area, state=BoardItem.State.RUNNING, opened_on__lt=week).exclude(pk__in=said)
    owners = list(Person.objects.filter(pk__in=silent.values("owner_id")))
    if not owners:
        return 0
    row, _made = BoardWeek.objects.get_or_create(area=area, week=week)
    known = set(Task.objects.open().from_origin(row).filter(kind=WEEK_TASK).values_list("owner_id", flat=True))
    new = [owner for owner in owners if owner.pk not in known]
    friday = min(add_working_days(week + timedelta(days=4), 0), sunday_of(week))
    expect(row, WEEK_TASK, new, "督办周报:一项一句话", due=friday, path=reverse("supervision:report"))
    return len(new)


def raise_red_items(day: date) -> int:
    """Let items go up a level that were red for three weeks; returns how many. Two queries and what each that goes up needs."""
    red = list(BoardItem.objects.live().filter(due__lte=day - timedelta(days=RED_DAYS)).select_related("owner").order_by("pk"))
    above = load_levels({item.area_id for item in red}, day)
    raised = 0
    for item in red:
        levels = above(item)
        if is_up(item.due, item.raised_on, item.level, len(levels), day):
            raised += raise_item(item, levels, day)
    return raised


def load_levels(area_ids: set[int], day: date) -> Any:
    """Return a function: item → the ids of who stands above it, level by level. One query."""
    rows = Appointment.objects.on(day).filter(
        post__area_id__in=area_ids, post__kind__in=("station_chief", "area_manager", "branch_secretary"), person__left_on=None
    )
    chiefs: dict[int, int] = {}
    heads: dict[int, dict[str, int]] = defaultdict(dict)
    for person_id, kind, unit_id, area_id in rows.order_by("acting", "pk").values_list(
        "person_id", "post__kind", "post__unit_id", "post__area_id"
    ):
        if kind == "station_chief":
            chiefs[unit_id] = person_id
        else:
            heads[area_id or 0][kind] = person_id

    def above(item: BoardItem) -> list[int]:
        top = heads[item.area_id]
        return list_levels(
            chiefs.get(item.unit_id),
            top.get("area_manager"),
            top.get("branch_secretary"),
            owner=item.owner_id,
            supervisor=item.supervisor_id,
        )

    return above


@action
def raise_item(item: BoardItem, levels: list[int], day: date) -> int:
    """Let one item go up, unless something has happened to it since it was read."""
    item = lock_row(item)
    if not item.is_live or not is_up(item.due, item.raised_on, item.level, len(levels), day):
        return 0
    settle(item, RAISED_TASK, "再次升级", dropped=True)
    person = Person.objects.get(pk=levels[item.level])
    item.level, item.raised_to, item.raised_on = item.level + 1, person, day
    item.save()
    record(by=None, verb="督办升级", obj=item, area_id=item.area_id, note=f"红灯满三周,升到 {person.name}")
    expect(item, RAISED_TASK, [person], f"督办升级,请批示:{item.title}", due=add_working_days(day, 2), unit_id=item.unit_id)
    tell(
        [person, item.owner, item.supervisor],
        item,
        _("红灯满三周,升级到 %(name)s:%(title)s") % {"name": person.name, "title": item.title},
        by=None,
    )
    return 1
