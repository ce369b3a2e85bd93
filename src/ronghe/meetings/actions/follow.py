"""What follows: owners and dates of a resolution, and urgent decisions until a meeting has ratified them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import today
from ronghe.common.registry import Resolved, find_follow_bar
from ronghe.meetings.actions.agenda import find_kind, write_item
from ronghe.meetings.actions.steps import (
    FOLLOW_TASK,
    RATIFY_TASK,
    expect,
    lock_item,
    path_of,
    person_of,
    settle,
    tell,
)
from ronghe.meetings.models import Assignment, Item, Kind, Meeting, Urgent
from ronghe.meetings.permissions import may_decide_urgently, may_finish, may_run
from ronghe.meetings.queries.belonging import list_presiders
from ronghe.org.models import Person, Unit


@action
def assign(item: Item, *, text: str, owner: Person, due: date, by: Any) -> Assignment:
    """Name what is done after a resolution, by whom, until when; it comes on the owner's list at once. Until the minutes are locked."""
    meeting, item = lock_item(item)
    require(may_run, by, meeting)
    if item.state not in (Item.State.PASSED, Item.State.NOTED):
        raise Refused(_("形成决议后才能分派落实。"))
    if meeting.state == Meeting.State.LOCKED:
        raise Refused(_("纪要已锁定,不能再分派。"))
    refuse_stopped(item)
    if not text.strip():
        raise ValidationError({"text": _("请写明要落实什么。")})
    if due < today():
        raise ValidationError({"due": _("期限不能早于今天。")})
    if owner.area_id != item.area_id:
        raise ValidationError({"owner": _("%(name)s 不在本管理区。") % {"name": owner.name}})
    row = Assignment.objects.create(area_id=item.area_id, unit_id=owner.unit_id, item=item, text=text.strip(), owner=owner, due=due)
    record(by=by, verb="分派落实", obj=item, area_id=item.area_id, note=f"{row.text}({owner.name},{due} 前)")
    expect_assignment(row)
    tell([owner], item, _("会议决议请您落实:%(text)s(%(due)s 前)") % {"text": row.text, "due": due}, by=by)
    return row


def expect_assignment(row: Assignment) -> None:
    """Put what is to be carried out on its owner's list."""
    path = path_of(row.item)
    expect(row, FOLLOW_TASK, [row.owner], f"决议落实:{row.text}", due=row.due, path=path, unit_id=row.owner.unit_id)


def hold_assignments(rows: Iterable[Assignment], *, note: str) -> None:
    """Take what follows a resolution off its owners' lists while the matter is stopped. Part of the caller's action."""
    for row in rows:
        settle(row, FOLLOW_TASK, note, dropped=True)


def refuse_stopped(item: Item) -> None:
    """Raise Refused while the context that brought the item has stopped what follows."""
    bar = find_follow_bar(item.origin_label, item.origin_id)
    if bar:
        raise Refused(bar)


@action
def finish_assignment(row: Assignment, *, result: str, by: Any, version: int | None = None) -> Assignment:
    """Say what was done."""
    row = lock_row(row, version=version)
    require(may_finish, by, row)
    if row.done_on is not None:
        raise Refused(_("这一条已经办结。"))
    refuse_stopped(row.item)
    if not result.strip():
        raise ValidationError({"result": _("请写明落实的结果。")})
    row.done_on, row.result = today(), result.strip()
    row.save()
    record(by=by, verb="办结落实", obj=row.item, area_id=row.area_id, note=f"{row.text}:{row.result}")
    settle(row, FOLLOW_TASK, "已办结")
    tell([row.item.proposed_by], row.item, _("会议决议已落实:%(text)s") % {"text": row.text}, by=by)
    return row


@action
def decide_urgently(area: Unit, *, kind_code: str, title: str, text: str, reason: str, consulted: str, by: Any) -> Urgent:
    """Note a decision that could not wait for a meeting. Its ratification is in the backlog at once and cannot be withdrawn."""
    require(may_decide_urgently, by, area)
    kind = find_kind(area.pk, kind_code)
    if kind.is_small or not kind.by_name:
        raise ValidationError({"kind_code": _("紧急决定由支委会或班子会追认。")})
    given = {"title": title, "text": text, "reason": reason, "consulted": consulted}
    empty = {name: _("请填写。") for name, value in given.items() if not value.strip()}
    if empty:
        raise ValidationError(empty)
    return write_urgent(area, kind.code, given, by=by)


def write_urgent(
    area: Unit, kind_code: str, given: dict[str, str], *, by: Any, origin: models.Model | None = None, matter_class: str = "major",
    reporter: Person | None = None,
) -> Urgent:  # fmt: skip
    """Note an urgent decision; its ratification is in the backlog at once, and its presider is asked for it. Part of the caller's action.

    `origin` is what the decision was about where another context follows it: the item then bears its name, so that its context takes
    over what the meeting resolves, and calls `settle_urgent_of`.
    """
    row = Urgent.objects.create(
        area=area, kind_code=kind_code, decided_by=person_of(by), decided_on=today(),
        origin_type=ContentType.objects.get_for_model(origin) if origin else None, origin_id=origin.pk if origin else None,
        **{name: value.strip() for name, value in given.items()},
    )  # fmt: skip
    record(by=by, verb="紧急决定", obj=row, area_id=area.pk, note=row.reason)
    kind = Kind.objects.on(today()).filter(area=area, code=kind_code).first()
    if kind is None:
        return row
    write_item(
        Item(area=area, unit=area, kind_code=kind.code), kind, title=_("追认:%(title)s") % {"title": row.title}, matter_class=matter_class,
        text=f"{row.text}\n{row.reason}", proposal=_("会议追认 %(day)s 作出的紧急决定:%(text)s") % {"day": row.decided_on, "text": row.text[:1900]},
        reporter=reporter or row.decided_by, wanted_by=None, origin=origin or row, by=by,
    )  # fmt: skip
    presiders = list_presiders(kind, area, today())[:1]
    expect(row, RATIFY_TASK, presiders, f"追认紧急决定:{row.title}", due=today(), path=path_of(row))
    tell(presiders, row, _("有紧急决定待下次会议追认:%(title)s") % {"title": row.title}, by=by)
    return row


def take_resolution(label: str, pk: int, outcome: Resolved, by: Any) -> None:
    """Settle an urgent decision by what a meeting resolved on it (common.registry.agenda)."""
    settle_urgent(Urgent.objects.select_for_update().get(pk=pk), passed=outcome.passed, day=outcome.day, note=outcome.title, by=by)


def settle_urgent_of(origin: models.Model, *, passed: bool, day: date, note: str, by: Any) -> None:
    """Settle the urgent decision about an origin, whose context has taken over what the meeting resolved. Part of the caller's action."""
    kind = ContentType.objects.get_for_model(origin)
    for row in Urgent.objects.select_for_update().filter(origin_type=kind, origin_id=origin.pk, state=Urgent.State.OPEN):
        settle_urgent(row, passed=passed, day=day, note=note, by=by)


def settle_urgent(row: Urgent, *, passed: bool, day: date, note: str, by: Any) -> None:
    if passed:
        row.ratify()
    else:
        row.refuse()
    row.settled_on = day
    row.save()
    verb = "追认" if passed else "未予追认"
    record(by=by, verb=verb, obj=row, area_id=row.area_id, note=note)
    settle(row, RATIFY_TASK, verb)
    tell([row.decided_by], row, _("紧急决定%(verb)s:%(title)s") % {"verb": verb, "title": row.title}, by=by)
