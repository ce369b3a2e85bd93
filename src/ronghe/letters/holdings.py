"""What a person holds here: letters that wait for their signature. Whoever takes over the post signs in their place."""

from typing import Any

from django.db.models import Q
from django.urls import reverse

from ronghe.common.registry import Held
from ronghe.letters.actions.signing import replace_party
from ronghe.letters.models import Letter
from ronghe.org.models import Person


def list_held(person_id: int) -> list[Held]:
    """Return the letters that are not signed by all. One query."""
    rows = Letter.objects.filter(Q(first_id=person_id) | Q(second_id=person_id), state__in=("draft", "returned", "pending"))
    return [
        Held(str(row.pk), "责任书", str(row), reverse("letters:letter", args=[row.pk]))
        for row in rows.select_related("template", "second").order_by("pk")
    ]


def hand_over(key: str, giver: Person, to: Person, by: Any, note: str) -> str:
    """Let the receiver sign; returns why it can't be. Part of the caller's action, which has asked whether it may."""
    return replace_party(Letter(pk=int(key)), giver, to, by=by, note=note)
