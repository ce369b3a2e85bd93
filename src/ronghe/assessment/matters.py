"""What the 底数 counts here: indicators below target in the last published month."""

from django.db.models import Count, Max
from django.urls import reverse

from ronghe.assessment.models import Mark, Run
from ronghe.common.registry import Matter


def count_matters(area_ids: list[int]) -> list[Matter]:
    """Return by unit how many indicators with a target lost marks in the area's last published month. Two queries."""
    shown = Run.objects.filter(area_id__in=area_ids, state__in=["published", "final"]).order_by()
    latest = dict(shown.values_list("area_id").annotate(last=Max("period")).values_list("area_id", "last"))
    runs = [pk for pk, area, period in shown.values_list("pk", "area_id", "period") if latest.get(area) == period]
    rows = (
        Mark.objects.filter(run_id__in=runs, lost__gt=0, target__isnull=False)
        .order_by()
        .values_list("run__area_id", "unit_id")
        .annotate(count=Count("pk"))
    )
    return [Matter("未达目标", area, unit, None, count, 0, reverse("assessment:station", args=[unit])) for area, unit, count in rows]
