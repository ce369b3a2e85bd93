"""What the 底数 counts here: reports that are still to be presented, by who has to."""

from django.db.models import Count, Q
from django.urls import reverse

from ronghe.appraisal.models import Report
from ronghe.common.calendar import today
from ronghe.common.registry import Matter


def count_matters(area_ids: list[int]) -> list[Matter]:
    """Return the reports not yet presented in running rounds, by unit and person. One query."""
    rows = (
        Report.objects.filter(area_id__in=area_ids, state=Report.State.DRAFT, cycle__state__in=["reporting", "balloting"])
        .order_by()
        .values_list("area_id", "unit_id", "person_id")
        .annotate(count=Count("pk"), late=Count("pk", filter=Q(cycle__report_due__lt=today())))
    )
    return [Matter("待述职", area, unit, person, count, late, reverse("appraisal:list")) for area, unit, person, count, late in rows]
