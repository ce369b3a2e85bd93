"""Saying something to people, in the product. (Mail and robots read the same rows.)"""

from collections.abc import Iterable
from typing import Any

from ronghe.common.actions import action
from ronghe.common.calendar import now
from ronghe.notices.models import Notice
from ronghe.org.models import Person


@action
def notify(people: Iterable[Person], *, kind: str, title: str, path: str, area_id: int | None, by: Any = None) -> list[Notice]:
    """Leave one message with each person. `path` opens the thing that it speaks of. Part of the caller's transaction."""
    sender = getattr(getattr(by, "person", None), "name", "")
    rows = [Notice(person=person, kind=kind, title=title[:300], path=path, area_id=area_id, sender_name=sender) for person in people]
    return Notice.objects.bulk_create(rows)


@action
def mark_read(user: Any, *, pks: Iterable[int] | None = None) -> int:
    """Mark the user's unread messages as read: those named, or all."""
    rows = Notice.objects.visible_to(user).filter(read_at=None)
    if pks is not None:
        rows = rows.filter(pk__in=list(pks))
    return rows.update(read_at=now())
