"""What leaders do with many items at once: urge and reassign; and the terms of each source."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ronghe.audit.actions import diff, record
from ronghe.common.access import require
from ronghe.common.actions import Refused, action, lock_row
from ronghe.common.calendar import add_working_days, now, today
from ronghe.notices.actions import notify
from ronghe.org.models import Person, Unit
from ronghe.rectification.actions.requests import choose_approver, put_before
from ronghe.rectification.actions.steps import (
    check_takers,
    check_two_people,
    expect_measure,
    hold,
    pass_on,
    path_of,
    person_of,
    require_live,
    tell,
)
from ronghe.rectification.models import Item, Measure, Proof, Request, Source, Urge
from ronghe.rectification.permissions import may_hand_over, may_set_sources, may_urge
from ronghe.rectification.rules import CURING
from ronghe.worklist.actions import settle_tasks


@dataclass
class Outcome:
    """What a batch did: whom or what it reached, and what it left with the reason."""

    done: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


@action
def reassign_item(
    item: Item, *, by: Any, note: str, owner: Person | None = None, verifier: Person | None = None, version: int | None = None
) -> Item:
    """Give an item another owner, another verifier, or both; its open measures and requests go along."""
    item = lock_row(item, version=version)
    require(may_hand_over, by, item)
    require_live(item)
    if not note.strip():
        raise ValidationError({"note": _("请写明改派的原因。")})
    return pass_item(item, owner=owner or item.owner, verifier=verifier or item.verifier, by=by, note=note)


def pass_item(item: Item, *, owner: Person, verifier: Person, by: Any, note: str) -> Item:
    """Give a live, locked item its new people. Part of the caller's action, which has asked whether it may."""
    old_owner, old_verifier = item.owner, item.verifier
    if (owner, verifier) == (old_owner, old_verifier):
        raise Refused(_("责任人和验证人都没有变化。"))
    check_two_people(owner, verifier)
    check_takers(
        item.area_id,
        **{name: person for name, person, old in (("owner", owner, old_owner), ("verifier", verifier, old_verifier)) if person != old},
    )
    if Proof.objects.filter(item=item, round=item.round, filed_by=verifier).exists():
        raise ValidationError({"verifier": _("%(name)s 提交过本项的证明,不能验证。") % {"name": verifier.name}})
    item.owner, item.verifier = owner, verifier
    hold(item, owner if item.state in CURING else verifier, item.step_due)
    item.save()
    move_parts(item, old_owner)
    changes = {"owner": [old_owner.name, owner.name], "verifier": [old_verifier.name, verifier.name]}
    record(by=by, verb="改派", obj=item, area_id=item.area_id, note=note, changes={k: v for k, v in changes.items() if v[0] != v[1]})
    pass_on(item, result=f"已改派:责任人 {owner.name},验证人 {verifier.name}", dropped=True)
    tell(
        [old_owner, owner, old_verifier, verifier],
        item,
        _("整改已改派:%(title)s,责任人 %(name)s") % {"title": item.title, "name": owner.name},
        by=by,
    )
    return item


def move_parts(item: Item, old_owner: Person) -> None:
    """Take the old owner's open measures to the new one, and requests away from whoever may no longer decide them."""
    if item.owner_id != old_owner.pk:
        for measure in Measure.objects.filter(item=item, done_on=None, responsible=old_owner):
            measure.responsible = item.owner
            measure.save()
        for measure in Measure.objects.filter(item=item, done_on=None, responsible=item.owner):
            settle_tasks(measure, result="随整改项改派", dropped=True)
            expect_measure(measure, item)
    for row in Request.objects.select_for_update().filter(item=item, state=Request.State.ASKED):
        approver = choose_approver(item, row.asked_by)
        if approver != row.approver:
            row.approver = approver
            row.save()
            settle_tasks(row, result=f"改由 {approver.name} 审批", dropped=True)
            put_before(row, item)


@action
def reassign_items(items: Sequence[Item], *, owner: Person, by: Any, note: str) -> Outcome:
    """Give several items one new owner; what cannot go to this person stays as it was, and is said."""
    outcome = Outcome()
    for item in sorted(items, key=lambda one: one.pk):
        try:
            with transaction.atomic():
                reassign_item(item, by=by, note=note, owner=owner)
        except ValidationError as problem:
            outcome.left.append(f"{item.number}:{' '.join(problem.messages)}")
        else:
            outcome.done.append(item.number)
    return outcome


@action
def urge_items(items: Sequence[Item], *, by: Any) -> Outcome:
    """Urge whoever has the next step: one message to a person for all the items, at most once a working day."""
    sender = person_of(by)
    waiting: dict[tuple[int, int], list[Item]] = {}
    for item in sorted(items, key=lambda one: one.pk):
        require(may_urge, by, item)
        if item.is_live and item.holder_id and item.holder_id != sender.pk:
            waiting.setdefault((item.area_id, item.holder_id), []).append(item)
    if not waiting:
        raise Refused(_("所选的整改项都已办结或就在您手里,没有可以催办的人。"))
    outcome = Outcome()
    day = add_working_days(today(), 0)
    for (area_id, person_id), theirs in sorted(waiting.items()):
        person = Person.objects.get(pk=person_id)
        urge, made = Urge.objects.get_or_create(area_id=area_id, person=person, day=day, defaults={"by": sender, "at": now()})
        if not made:
            outcome.left.append(person.name)
            continue
        urge.items.set(theirs)
        for item in theirs:
            record(by=by, verb="催办", obj=item, area_id=area_id, note=person.name)
        first = theirs[0]
        if len(theirs) == 1:
            text, path = _("催办:%(title)s(%(due)s 前)") % {"title": first.title, "due": first.step_due}, path_of(first)
        else:
            text = _("催办:您有 %(n)d 项整改待办,最早的一项 %(due)s 到期") % {
                "n": len(theirs),
                "due": min(one.step_due for one in theirs if one.step_due),
            }
            path = f"{path_of(first).rsplit('/', 2)[0]}/?scope=mine"
        notify([person], kind="催办", title=text, path=path, area_id=area_id, by=by)
        outcome.done.append(person.name)
    return outcome


@action
def set_source(*, area: Unit, code: str, by: Any, values: dict[str, Any], version: int | None = None) -> Source:
    """Set the name and terms of a source of the area, a default one or its own. Items keep the name that they were opened under."""
    require(may_set_sources, by, area)
    row = Source.objects.filter(area=area, code=code).first()
    if row is None:
        row = Source.objects.create(area=area, code=code, **values)
        record(by=by, verb="设置整改来源", obj=row, area_id=area.pk, changes={name: [None, value] for name, value in values.items()})
        return row
    row = lock_row(row, version=version)
    changes = diff(row, values)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    record(by=by, verb="设置整改来源", obj=row, area_id=area.pk, changes=changes)
    return row
