"""What a report finds here: what somebody answered for on the board, and the checks that they did."""

from datetime import date

from django.db.models import Count, Q

from ronghe.common.links import link_to
from ronghe.common.registry import Fact
from ronghe.org.models import Person
from ronghe.supervision.models import BoardItem, Check
from ronghe.supervision.queries.boards import read_light

MOST = 30


def list_facts(person: Person, first: date, last: date) -> list[Fact]:
    """Return the items of the board that a person owned in a period, and how many checks they did. Two queries."""
    rows = BoardItem.objects.filter(Q(ended_on=None) | Q(ended_on__gte=first), owner=person, opened_on__lte=last).exclude(state="dropped")
    facts = []
    for row in rows.order_by("due", "pk")[:MOST]:
        light = read_light(row, last)
        ended = row.ended_on is not None and row.ended_on <= last
        note = f"{row.ended_on} 办结" if ended else light.note
        url = link_to("supervision:board-item", row.pk)
        facts.append(Fact("", "督办", row.title, "已办结" if ended else "督办中", note, url, light.state))
    done = Check.objects.filter(checker=person, done_on__gte=first, done_on__lte=last).aggregate(
        done=Count("pk"), found=Count("pk", filter=Q(state="found"))
    )
    if done["done"]:
        facts.append(Fact("party", "监督", "监督检查", f"{done['done']} 次", f"发现问题 {done['found']} 次"))
    return facts
