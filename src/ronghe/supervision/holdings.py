"""What a person holds here, and how it is handed over."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from ronghe.common.actions import lock_row
from ronghe.common.links import link_to
from ronghe.common.registry import Held
from ronghe.org.models import Person
from ronghe.supervision.actions.boards import pass_board_item
from ronghe.supervision.models import BoardItem
from ronghe.supervision.rules.boards import LIVE

LABELS = ("supervision.boarditem",)


def list_held(person_id: int) -> list[Held]:
    """Return what somebody holds in 监督."""
    held = []
    for item in BoardItem.objects.filter(Q(owner_id=person_id) | Q(supervisor_id=person_id), state__in=LIVE).order_by("pk"):
        role, what = ("owner", "督办责任") if item.owner_id == person_id else ("supervisor", "督办")
        held.append(Held(f"{role}:{item.pk}", what, str(item), link_to("supervision:board-item", item.pk)))
    return held


def hand_over(key: str, giver: Person, to: Person, by: Any, note: str) -> str:
    """Pass one of these on; returns why it can't. Part of the caller's action, which has asked whether it may."""
    role, _colon, pk = key.partition(":")
    try:
        item = lock_row(BoardItem(pk=int(pk)))
        if not item.is_live or getattr(item, f"{role}_id") != giver.pk:
            return "已办结或已改派"
        pass_board_item(
            item, owner=to if role == "owner" else item.owner, supervisor=to if role == "supervisor" else item.supervisor, by=by, note=note
        )
    except ValidationError as problem:
        return " ".join(problem.messages)
    return ""
