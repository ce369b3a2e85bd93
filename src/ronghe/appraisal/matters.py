"""What the 底数 counts here: reports that are still to be presented, by who has to."""

from django.db.models import Count, Q
from django.urls import reverse

from ronghe.appraisal.models import CheckSheet, Report
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
    reports = [Matter("待述职", area, unit, person, count, late, reverse("appraisal:list")) for area, unit, person, count, late in rows]
    return reports + count_sheets(area_ids)


def count_sheets(area_ids: list[int]) -> list[Matter]:
    """Return the sheets of 季度检查 that nobody has filled in, by checker. One query."""
    rows = CheckSheet.objects.filter(area_id__in=area_ids, state="due").order_by()
    late = Count("pk", filter=Q(round__due__lt=today()))
    counted = rows.values_list("area_id", "unit_id", "checker_id").annotate(count=Count("pk"), late=late)
    address = reverse("appraisal:check-rounds")
    return [Matter("季度检查待办", area, unit, person, count, late, address) for area, unit, person, count, late in counted]
