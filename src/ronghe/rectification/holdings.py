"""What a person holds here: live items that they own or verify, measures that they carry out, requests that wait for them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse

from ronghe.audit.actions import record
from ronghe.common.actions import lock_row
from ronghe.common.registry import Held
from ronghe.org.models import Person
from ronghe.rectification.actions.leading import pass_item
from ronghe.rectification.actions.requests import put_before
from ronghe.rectification.actions.steps import expect_measure
from ronghe.rectification.models import Item, Measure, Request
from ronghe.rectification.rules import LIVE, find_bar_to_deciding
from ronghe.worklist.actions import settle_tasks


def list_held(person_id: int) -> list[Held]:
    """Return what somebody holds in 整改. Three queries."""
    held = []
    for item in Item.objects.filter(Q(owner_id=person_id) | Q(verifier_id=person_id), state__in=LIVE).order_by("pk"):
        role = "owner" if item.owner_id == person_id else "verifier"
        what = "整改责任" if role == "owner" else "整改验证"
        held.append(Held(f"{role}:{item.pk}", what, str(item), reverse("rectification:item", args=[item.pk])))
    measures = Measure.objects.filter(responsible_id=person_id, done_on=None, item__state__in=LIVE).exclude(item__owner_id=person_id)
    for row in measures.order_by("pk"):
        held.append(Held(f"measure:{row.pk}", "整改措施", row.text, reverse("rectification:item", args=[row.item_id])))
    for ask in Request.objects.filter(approver_id=person_id, state=Request.State.ASKED).select_related("item").order_by("pk"):
        title = f"{ask.get_kind_display()}申请:{ask.item.title}"
        held.append(Held(f"request:{ask.pk}", "整改审批", title, reverse("rectification:item", args=[ask.item_id])))
    return held


def hand_over(key: str, giver: Person, to: Person, by: Any, note: str) -> str:
    """Pass one of these on; returns why it can't. Part of the caller's action, which has asked whether it may."""
    role, _colon, pk = key.partition(":")
    try:
        if role in ("owner", "verifier"):
            item = lock_row(Item(pk=int(pk)))
            if not item.is_live or getattr(item, f"{role}_id") != giver.pk:
                return "已办结或已改派"
            pass_item(
                item, owner=to if role == "owner" else item.owner, verifier=to if role == "verifier" else item.verifier, by=by, note=note
            )
        elif role == "measure":
            return hand_measure(int(pk), giver, to, by, note)
        else:
            return hand_request(int(pk), giver, to, by, note)
    except ValidationError as problem:
        return " ".join(problem.messages)
    return ""


def hand_measure(pk: int, giver: Person, to: Person, by: Any, note: str) -> str:
    row = lock_row(Measure(pk=pk))
    if row.done_on is not None or row.responsible_id != giver.pk:
        return "已完成或已改派"
    settle_tasks(row, result=f"移交 {to.name}", dropped=True)
    row.responsible = to
    row.save()
    expect_measure(row, row.item)
    record(by=by, verb="移交措施", obj=row.item, area_id=row.item.area_id, note=note, changes={row.text[:60]: [giver.name, to.name]})
    return ""


def hand_request(pk: int, giver: Person, to: Person, by: Any, note: str) -> str:
    row = lock_row(Request(pk=pk))
    if row.state != Request.State.ASKED or row.approver_id != giver.pk:
        return "已办过"
    bar = find_bar_to_deciding(to.pk, owner=row.item.owner_id, asker=row.asked_by_id)
    if bar:
        return bar
    settle_tasks(row, result=f"移交 {to.name}", dropped=True)
    row.approver = to
    row.save()
    put_before(row, row.item)
    record(by=by, verb="移交审批", obj=row.item, area_id=row.item.area_id, note=note, changes={"approver": [giver.name, to.name]})
    return ""
