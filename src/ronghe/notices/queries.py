"""Which reminder rule and which plan count for an area."""

from collections.abc import Callable

from django.db.models import Q

from ronghe.notices.models import DigestPlan, ReminderRule


def load_rules(area_id: int | None) -> Callable[[str], ReminderRule]:
    """Return a function kind → the most particular rule of the area, the usual one where there is none. One query."""
    rows = ReminderRule.objects.filter(Q(area=None) | Q(area_id=area_id))
    table = {(row.area_id, row.kind): row for row in rows}

    def find(kind: str) -> ReminderRule:
        places = ((area_id, kind), (area_id, ""), (None, kind), (None, ""))
        return next((table[place] for place in places if place in table), ReminderRule())

    return find


def load_plan(area_id: int | None) -> DigestPlan:
    """Return the area's plan, or the usual one where it has none of its own (not saved)."""
    return DigestPlan.objects.filter(area_id=area_id).first() or DigestPlan(area_id=area_id)  # type: ignore[misc]
