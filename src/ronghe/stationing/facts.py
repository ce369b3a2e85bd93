"""What a report finds here: the problems that a leader found at the stations, each with what became of it. No visit is counted."""

from datetime import date

from ronghe.common.links import link_to
from ronghe.common.registry import Fact
from ronghe.org.models import Person
from ronghe.stationing.models import Point

MOST = 40


def list_facts(person: Person, first: date, last: date) -> list[Fact]:
    """Return the problems found in these days. One query."""
    rows = Point.objects.filter(leader=person, kind=Point.Kind.PROBLEM, found_on__gte=first, found_on__lte=last).select_related("unit")
    return [
        Fact(
            row.side, "驻站带班", row.text[:60], row.get_state_display(), f"{row.unit.name},{row.found_on} 发现",
            link_to("stationing:point", row.pk), "done" if not row.is_live else "yellow",
        )
        for row in rows.order_by("-found_on", "-pk")[:MOST]
    ]  # fmt: skip
