"""What a report finds here: the resolutions that a person had to carry out."""

from datetime import date

from ronghe.common.links import link_to
from ronghe.common.registry import Fact
from ronghe.meetings.models import Assignment
from ronghe.org.models import Person


def list_facts(person: Person, first: date, last: date) -> list[Fact]:
    """Return what meetings assigned to a person with a date in these days. One query.

    Personnel matters stay out: a report is read by all who judge it.
    """
    rows = Assignment.objects.filter(owner=person, due__gte=first, due__lte=last).exclude(item__matter_class="personnel")
    rows = rows.select_related("item").order_by("due", "pk")
    found = []
    for row in rows:
        late = row.done_on is not None and row.done_on > row.due
        value = ("逾期完成" if late else "已落实") if row.done_on else "未落实"
        light = "done" if row.done_on else "red"
        found.append(
            Fact("", "决议落实", row.text, value, f"{row.item.title},期限 {row.due}", link_to("meetings:item", row.item_id), light)
        )
    return found
