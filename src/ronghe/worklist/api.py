"""待办 by the API: one's own open tasks, and one of the month's list done."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from ronghe.common.api import REFUSALS, Limit, Line, Number, Offset, cut_page, needs
from ronghe.operations.api import once
from ronghe.org.standing import standing_of
from ronghe.worklist.actions.tasks import finish_task
from ronghe.worklist.models import Task

router = Router(tags=["待办"])


class TaskOut(Schema):
    id: int
    kind: str
    title: str
    due: date | None
    state: str
    asks: str
    path: str
    listed: bool


class TaskList(Schema):
    count: int
    items: list[TaskOut]


class DoneIn(Schema):
    line: Line = ""


def write_task(task: Task) -> dict[str, Any]:
    return {
        "id": task.pk,
        "kind": task.kind,
        "title": task.title,
        "due": task.due,
        "state": task.state,
        "asks": task.asks,
        "path": task.url,
        "listed": task.is_listed,
    }


@router.get("", response={200: TaskList, **REFUSALS}, summary="本人待办")
@needs("tasks:read")
def list_tasks(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> Any:
    """The owner's own open tasks, the earliest due first. `path` opens the page on which one is worked."""
    mine = Task.objects.visible_to(request.user).open().filter(owner_id=standing_of(request.user).person_id)
    return cut_page(mine.order_by("due", "pk"), limit, offset, write_task)


@router.post("/{pk}/finish", response={200: TaskOut, **REFUSALS}, summary="办结一项月度任务")
@needs("tasks:write")
@once
def finish(request: HttpRequest, pk: Number, data: DoneIn) -> Any:
    """Done, with the line that the guide asks for. A task that comes from elsewhere is worked where it comes from."""
    task = get_object_or_404(Task.objects.visible_to(request.user), pk=pk)
    return write_task(finish_task(task, by=request.user, line=data.line))
