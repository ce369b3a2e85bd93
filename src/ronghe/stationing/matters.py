"""What the 底数 counts here: problems from the stations that go nowhere yet, and those under way."""

from django.db.models import Count, Q
from django.urls import reverse

from ronghe.common.calendar import today
from ronghe.common.registry import Matter
from ronghe.stationing.models import Point

NAMES = {"open": "驻站问题待定去向", "sent": "驻站问题办理中"}


def count_matters(area_ids: list[int]) -> list[Matter]:
    """Return live problems by state, unit and leader. One query."""
    address = reverse("stationing:points")
    rows = (
        Point.objects.filter(area_id__in=area_ids, state__in=list(NAMES))
        .order_by()
        .values_list("state", "area_id", "unit_id", "leader_id")
        .annotate(count=Count("pk"), late=Count("pk", filter=Q(state="open", due__lt=today())))
    )
    return [
        Matter(NAMES[state], area, unit, leader, count, late, f"{address}?unit={unit}&state={state}")
        for state, area, unit, leader, count, late in rows
    ]
