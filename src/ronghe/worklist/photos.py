"""What of the month's list a photo from the phone can be proof of: one's own open tasks, which it finishes."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.accounts.models import User
from ronghe.common.actions import Refused
from ronghe.common.registry import ProofPlace
from ronghe.org.standing import standing_of
from ronghe.worklist.actions.tasks import finish_task
from ronghe.worklist.models import Task

MOST = 20


def list_places(user: User) -> list[ProofPlace]:
    """Return the user's own open tasks that are done on their own page, the next due first. One query."""
    me = standing_of(user).person_id or 0
    rows = Task.objects.visible_to(user).open().filter(owner_id=me, path="").exclude(key="").order_by("due", "pk")
    return [
        ProofPlace(str(task.pk), _("办结任务"), task.title, _("期限 %(due)s") % {"due": f"{task.due:%Y-%m-%d}"} if task.due else "")
        for task in rows[:MOST]
    ]


def put_photo(user: User, key: str, name: str, data: bytes, line: str) -> str:
    """Finish the task with the photo; return its address."""
    task = Task.objects.visible_to(user).filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 10 else None
    if task is None:
        raise Refused(_("这一项已经不在了,请重新选。"))
    finish_task(task, by=user, line=line, photo=(name, data))
    return reverse("worklist:task", args=[task.pk])
