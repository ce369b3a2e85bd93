"""What a person holds here: open tasks whose context has no way of handing over of its own."""

from typing import Any

from ronghe.audit.actions import record
from ronghe.common import registry
from ronghe.common.registry import Held
from ronghe.org.models import Person
from ronghe.worklist.models import Task


def list_held(person_id: int) -> list[Held]:
    """Return the open tasks of somebody that are handed over as they are. One query."""
    kept = {label for holder in registry.holdings.values() for label in holder.labels}
    rows = Task.objects.open().filter(owner_id=person_id).select_related("origin_type").order_by("due", "pk")
    return [
        Held(str(row.pk), row.kind, row.title, row.path)
        for row in rows
        if row.origin_type is None or f"{row.origin_type.app_label}.{row.origin_type.model}" not in kept
    ]


def hand_over(key: str, giver: Person, to: Person, by: Any, note: str) -> str:
    """Pass an open task on; where the receiver has the same one already, the giver's is dropped. Part of the caller's action."""
    row = Task.objects.select_for_update().open().filter(pk=key, owner=giver).first()
    if row is None:
        return "已办结"
    same = Task.objects.open().filter(kind=row.kind, origin_type=row.origin_type, origin_id=row.origin_id, owner=to)
    if row.origin_type_id is not None and same.exists():
        row.state, row.result = Task.State.DROPPED, f"{to.name}已有同一件待办"
    else:
        row.owner = to
    row.save()
    record(by=by, verb="移交待办", obj=row, area_id=row.area_id, note=note, changes={"owner": [giver.name, to.name]})
    return ""
