"""What other systems may be told of 月度任务: numbers, codes, states and dates, no person."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from ronghe.common.registry import EventKind


def write_task(row: Any) -> dict[str, Any]:
    return {"task": row.pk, "kind": row.kind, "month": row.month, "state": row.state, "due": row.due.isoformat() if row.due else None}


EVENTS: Final = {
    "task.settled": EventKind(_("月度任务已办结"), "worklist.task", ("办结任务",), write_task),
}
