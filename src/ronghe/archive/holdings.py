"""Papers that wait for a person, for handing over."""

from typing import Any

from django.utils.translation import gettext as _

from ronghe.archive.actions.dispatches import ask_handler
from ronghe.archive.models import Dispatch
from ronghe.archive.queries.dispatches import page_of
from ronghe.audit.actions import record
from ronghe.common.actions import lock_row
from ronghe.common.registry import Held
from ronghe.worklist.actions import settle_tasks

LABELS = ("archive.dispatch",)


def list_held(person_id: int) -> list[Held]:
    rows = Dispatch.objects.filter(handler_id=person_id, state=Dispatch.State.WAITING)
    return [Held(str(row.pk), _("承办的来文"), str(row), page_of(row.pk)) for row in rows]


def hand_over(key: str, giver: Any, to: Any, by: Any, note: str) -> str:
    """Pass a paper on; returns why not, or ''."""
    row = Dispatch.objects.filter(pk=int(key), handler=giver, state=Dispatch.State.WAITING).first()
    if row is None:
        return _("已不在其名下。")
    row = lock_row(row)
    settle_tasks(row, result=_("已移交"), dropped=True)
    row.handler = to
    row.save()
    record(by=by, verb="移交来文", obj=row, name=row.number, area_id=row.area_id, note=note)
    ask_handler(row, to)
    return ""
