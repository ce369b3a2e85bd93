"""What a report finds here: the findings that a person had to cure, each with how it ended."""

from datetime import date

from django.db.models import Q

from ronghe.common.links import link_to
from ronghe.common.registry import Fact
from ronghe.org.models import Person
from ronghe.rectification.models import Item
from ronghe.rectification.rules import LIVE

MOST = 40


def list_facts(person: Person, first: date, last: date) -> list[Fact]:
    """Return the items that a person owned and that were open in these days. One query."""
    open_then = Q(opened_on__lte=last) & (Q(ended_on=None) | Q(ended_on__gte=first))
    rows = Item.objects.filter(open_then, owner=person).order_by("-opened_on", "pk")[:MOST]
    return [
        Fact(
            "", "整改", row.title, row.get_state_display(), f"{row.number},期限 {row.due}", link_to("rectification:item", row.pk),
            "done" if row.state not in LIVE else ("red" if row.due < last else "yellow"),
        )
        for row in rows
    ]  # fmt: skip
