"""What a report finds here: one's own credited shares of verified benefits. The person's own number, for the person's own report."""

from datetime import date

from ronghe.common.links import link_to
from ronghe.common.registry import Fact
from ronghe.initiatives.models import Idea, Share
from ronghe.initiatives.queries.ideas import show_amount
from ronghe.org.models import Person


def list_facts(person: Person, first: date, last: date) -> list[Fact]:
    """Return the credited shares whose benefit was verified in these days. One query."""
    rows = Share.objects.filter(
        person=person, amount__isnull=False, idea__state=Idea.State.CREDITED, idea__verified_on__gte=first, idea__verified_on__lte=last
    )
    return [
        Fact(
            "business", "创效", row.idea.title, show_amount(row.amount, row.idea.get_measure_display()),
            f"{row.idea.number},份额 {row.percent:f}%", link_to("initiatives:idea", row.idea_id),
        )
        for row in rows.select_related("idea").order_by("-idea__verified_on", "-pk")
    ]  # fmt: skip
