"""Requests: a deadline moved with a reason, an item found 不成立; asked by one person, decided by another."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, now, today
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Person
from ronghe.org.queries import list_holders
from ronghe.rectification.actions.steps import (
    REQUEST_TASK,
    end_parts,
    expect_measure,
    hold,
    pass_on,
    path_of,
    person_of,
    redate,
    require_live,
    tell,
    tell_origins,
)
from ronghe.rectification.models import Item, Measure, Request
from ronghe.rectification.permissions import may_ask_move, may_ask_void, may_decide
from ronghe.rectification.queries.takers import list_takers
from ronghe.rectification.rules import find_bar_to_date, find_bar_to_deciding
from ronghe.worklist.actions import open_tasks, settle_tasks

DECIDE_DAYS = 2


@action
def ask_move(
    item: Item, *, new_due: date | None, reason: str, by: Any, measure: Measure | None = None, version: int | None = None
) -> Request:
    """Ask for another deadline of the item, or of one of its measures."""
    item = lock_row(item, version=version)
    require(may_ask_move, by, item)
    require_live(item)
    if item.state == Item.State.PROVING:
        raise Refused(_("证明已提交,正在等待验证,不需要延期。"))
    if measure is not None and (measure.item_id != item.pk or measure.done_on is not None):
        raise ValidationError({"measure": _("这条措施已完成或不属于本整改项。")})
    old = measure.due if measure is not None else item.due
    bar = find_bar_to_date(new_due, old=old, today=today())
    if bar:
        raise ValidationError({"new_due": bar})
    if measure is not None and new_due is not None and new_due > max(item.due, item.step_due or item.due):
        raise ValidationError({"new_due": _("措施不能晚于整改期限 %(due)s,请先申请整改项延期。") % {"due": item.due}})
    return ask(item, kind=Request.Kind.MOVE, reason=reason, by=by, measure=measure, old_due=old, new_due=new_due)


@action
def ask_void(item: Item, *, reason: str, by: Any, version: int | None = None) -> Request:
    """Ask that an item be ended as 不成立, because it was opened wrongly."""
    item = lock_row(item, version=version)
    require(may_ask_void, by, item)
    require_live(item)
    return ask(item, kind=Request.Kind.VOID, reason=reason, by=by)


def ask(item: Item, *, kind: str, reason: str, by: Any, **dates: Any) -> Request:
    """Put a request before the one who decides on it."""
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由。")})
    if Request.objects.filter(item=item, kind=kind, state=Request.State.ASKED).exists():
        raise Refused(_("已有一份同类申请等待批准。"))
    asker = person_of(by)
    row = Request.objects.create(
        item=item, kind=kind, reason=reason, asked_by=asker, asked_at=now(), approver=choose_approver(item, asker), **dates
    )
    dated = f"{row.old_due} → {row.new_due};" if row.new_due else ""
    record(by=by, verb=f"申请{row.get_kind_display()}", obj=item, area_id=item.area_id, note=f"{dated}{reason}")
    put_before(row, item)
    tell([row.approver], item, _("%(kind)s申请请您审批:%(title)s") % {"kind": row.get_kind_display(), "title": item.title}, by=by)
    return row


def put_before(row: Request, item: Item) -> None:
    """Open the approver's task."""
    open_tasks(
        row,
        kind=REQUEST_TASK,
        owners=[row.approver],
        title=f"审批{row.get_kind_display()}申请:{item.title}",
        path=path_of(item),
        due=add_working_days(today(), DECIDE_DAYS),
        area_id=item.area_id,
        unit_id=item.unit_id,
    )


def choose_approver(item: Item, asker: Person) -> Person:
    """Return who decides: the verifier, else the secretary or another leader; never the asker, never the owner."""
    barred = {asker.pk, item.owner_id}
    if item.verifier_id not in barred:
        return item.verifier
    able = list_takers(item.area_id).exclude(pk__in=barred)
    for kinds in ("branch_secretary", "area_manager", LEADERS):
        found = able.filter(pk__in=list_holders(kinds, area_id=item.area_id, day=today()).values("pk")).first()
        if found is not None:
            return found
    raise Refused(_("没有可以批准这份申请的人:须是验证人或班子成员,且不是责任人和申请人。"))


@action
def decide_request(row: Request, *, approved: bool, by: Any, note: str = "") -> Request:
    """Decide on a request: the old and the new date both stay with it; a refusal has a reason."""
    item = lock_row(Item(pk=row.item_id))
    row = lock_row(row)
    require(may_decide, by, item)
    actor = person_of(by)
    bar = find_bar_to_deciding(actor.pk, owner=item.owner_id, asker=row.asked_by_id)
    if bar:
        raise Refused(bar)
    if row.state != Request.State.ASKED:
        raise Refused(_("这份申请已经办过了。"))
    if not approved and not note.strip():
        raise ValidationError({"note": _("不批准须写明理由。")})
    (row.approve if approved else row.decline)()
    row.decided_by, row.decided_at, row.note = actor, now(), note
    row.save()
    settle_tasks(row, result=row.get_state_display())
    verb = f"{'批准' if approved else '不批准'}{row.get_kind_display()}"
    changes: dict[str, Any] = {}
    if approved:
        changes = move(item, row) if row.kind == Request.Kind.MOVE else void(item, row, actor)
    record(by=by, verb=verb, obj=item, area_id=item.area_id, note=note or row.reason, changes=changes)
    text = _("%(kind)s申请%(state)s:%(title)s") % {
        "kind": row.get_kind_display(),
        "state": row.get_state_display(),
        "title": item.title,
    }
    tell([row.asked_by, item.owner], item, text, by=by)
    return row


def move(item: Item, row: Request) -> dict[str, Any]:
    """Set the new date where it was asked for; the step of the cure follows it."""
    assert row.new_due is not None
    if row.measure_id:
        measure = lock_row(Measure(pk=row.measure_id))
        measure.due = row.new_due
        measure.save()
        expect_measure(measure, item)
        return {"措施期限": [row.old_due, row.new_due]}
    item.due = row.new_due
    if item.state in (Item.State.CURING, Item.State.RETURNED):
        hold(item, item.owner, row.new_due)
    item.save()
    redate(item)
    return {"due": [row.old_due, row.new_due]}


def void(item: Item, row: Request, actor: Person) -> dict[str, Any]:
    """End the item as 不成立."""
    before = item.get_state_display()
    item.void()
    item.ended_on, item.ended_by = today(), actor
    hold(item, None, None)
    item.save()
    end_parts(item, but=row)
    tell_origins(item)
    pass_on(item, result="不成立", dropped=True)
    return {"state": [before, item.get_state_display()]}
