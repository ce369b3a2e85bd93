"""What a report finds here: the matters that a person's posts held, and whether the person signed their lists."""

from datetime import date

from ronghe.common.links import link_to
from ronghe.common.registry import Fact
from ronghe.duties.kinds import PARTY_FIELDS
from ronghe.duties.models import Holding
from ronghe.org.models import Appointment, Person


def list_facts(person: Person, first: date, last: date) -> list[Fact]:
    """Return the matters held in these days, by the committee or the administrative side of the post. One query."""
    posts = Appointment.objects.between(first, last).filter(person=person).values("post_id")
    rows = Holding.objects.filter(post__in=posts, valid_from__lte=last).exclude(valid_to__lt=first).select_related("matter")
    found: dict[int, Fact] = {}
    for row in rows.order_by("matter__order", "pk"):
        side = "party" if row.side == "committee" or row.matter.field in PARTY_FIELDS else "business"
        found.setdefault(
            row.matter_id,
            Fact(side, "分工", row.matter.name, row.get_kind_display(), row.get_side_display(), link_to("duties:matter", row.matter_id)),
        )
    return list(found.values())
