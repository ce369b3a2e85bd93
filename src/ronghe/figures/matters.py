"""What the 底数 counts here: months that are due and not reported, batches sent back, requests that wait."""

from django.db.models import Count
from django.urls import reverse

from ronghe.common.calendar import today
from ronghe.common.registry import Matter
from ronghe.figures.models import Adjustment, Batch, ReportingPeriod
from ronghe.figures.queries.progress import list_outstanding


def count_matters(area_ids: list[int]) -> list[Matter]:
    """Return what is outstanding by reporting unit. Two queries, and four for each month that is due and still open."""
    found = []
    day = today()
    due = ReportingPeriod.objects.filter(area_id__in=area_ids, due_on__lt=day, closes_on__gte=day).select_related("area")
    for period in due:
        url = reverse("figures:period", args=[period.pk])
        for unit, progress in list_outstanding(period).items():
            found.append(Matter("未报数据", period.area_id, unit, None, progress.missing, progress.missing, url))
    returned = Batch.objects.filter(area_id__in=area_ids, state=Batch.State.RETURNED).order_by()
    for area, unit, count in returned.values_list("area_id", "unit_id").annotate(count=Count("pk")):
        found.append(Matter("批次被退回", area, unit, None, count, 0, reverse("figures:batches")))
    asked = Adjustment.objects.filter(area_id__in=area_ids, state=Adjustment.State.ASKED).order_by()
    for area, unit, count in asked.values_list("area_id", "unit_id").annotate(count=Count("pk")):
        found.append(Matter("待批豁免", area, unit, None, count, 0, reverse("figures:adjustments")))
    return found
