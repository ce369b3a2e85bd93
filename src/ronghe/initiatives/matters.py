"""What the 底数 counts here: ideas that wait, by who has the step."""

from django.db.models import Count, Q
from django.urls import reverse

from ronghe.common.calendar import today
from ronghe.common.registry import Matter
from ronghe.initiatives.models import Idea
from ronghe.initiatives.rules import LIVE

NAMES = {"proposed": "创效待受理", "doing": "创效实施中", "verifying": "创效待核实", "verified": "创效待定份额"}


def count_matters(area_ids: list[int]) -> list[Matter]:
    """Return live ideas by state, unit and holder. One query."""
    address = reverse("initiatives:list")
    rows = (
        Idea.objects.filter(area_id__in=area_ids, state__in=LIVE)
        .order_by()
        .values_list("state", "area_id", "unit_id", "holder_id")
        .annotate(count=Count("pk"), late=Count("pk", filter=Q(step_due__lt=today())))
    )
    return [
        Matter(NAMES[state], area, unit, holder, count, late, f"{address}?unit={unit}&state={state}")
        for state, area, unit, holder, count, late in rows
    ]
