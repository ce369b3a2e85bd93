"""Opening and settling what is due. Called inside the action of the context from which the matter comes."""

from collections.abc import Iterable
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import models

from ronghe.common.actions import action
from ronghe.common.calendar import now
from ronghe.org.models import Person
from ronghe.worklist.models import Task


@action
def open_tasks(
    origin: models.Model,
    *,
    kind: str,
    owners: Iterable[Person],
    title: str,
    path: str,
    due: date | None,
    area_id: int | None,
    unit_id: int | None = None,
) -> list[Task]:
    """Expect the same thing of each owner; one who already has it open gets the new date and title instead of a second row."""
    kind_of_origin = ContentType.objects.get_for_model(origin)
    tasks = []
    for owner in owners:
        task, made = Task.objects.get_or_create(
            kind=kind,
            origin_type=kind_of_origin,
            origin_id=origin.pk,
            owner=owner,
            state=Task.State.OPEN,
            defaults={"title": title[:200], "path": path, "due": due, "area_id": area_id, "unit_id": unit_id},
        )
        if not made and (task.due, task.title) != (due, title[:200]):
            task.due, task.title = due, title[:200]
            task.save(update_fields=["due", "title"])
        tasks.append(task)
    return tasks


@action
def settle_tasks(
    origin: models.Model, *, kind: str | None = None, result: str = "", dropped: bool = False, owner: Person | None = None
) -> int:
    """Settle what is open from an origin (of one kind, of one owner). Returns how many; already settled ones stay as they are."""
    rows = Task.objects.from_origin(origin).open()
    if kind:
        rows = rows.filter(kind=kind)
    if owner:
        rows = rows.filter(owner=owner)
    state = Task.State.DROPPED if dropped else Task.State.DONE
    return rows.update(state=state, result=result[:200], settled_at=now(), version=models.F("version") + 1)
