"""What a person holds here: objections that wait for this person's answer."""

from typing import Any

from ronghe.assessment.models import Objection
from ronghe.assessment.queries.answerers import list_answerers
from ronghe.audit.actions import record
from ronghe.common.registry import Held
from ronghe.org.models import Person
from ronghe.worklist.models import Task

LABEL = "assessment.objection"


def find_tasks(person_id: int) -> Any:
    return Task.objects.open().filter(owner_id=person_id, origin_type__app_label="assessment", origin_type__model="objection")


def list_held(person_id: int) -> list[Held]:
    """Return the tasks of objections. One query."""
    return [Held(str(row.pk), row.kind, row.title, row.path) for row in find_tasks(person_id).order_by("pk")]


def hand_over(key: str, giver: Person, to: Person, by: Any, note: str) -> str:
    """Pass an objection on, to somebody who had no hand in the mark. Part of the caller's action."""
    row = find_tasks(giver.pk).select_for_update(of=("self",)).filter(pk=key).first()
    if row is None:
        return "已办结"
    objection = Objection.objects.select_related("mark__run").get(pk=row.origin_id)
    if objection.state == Objection.State.ASKED and to not in list_answerers(objection.mark, asker=objection.asked_by_id):
        return f"{to.name}经手过这项得分或没有答复的岗位,不能答复"
    if find_tasks(to.pk).filter(kind=row.kind, origin_id=row.origin_id).exists():
        row.state, row.result = Task.State.DROPPED, f"{to.name}已有同一件待办"
    else:
        row.owner = to
    row.save()
    record(by=by, verb="移交异议", obj=objection, area_id=objection.area_id, note=note, changes={"owner": [giver.name, to.name]})
    return ""
