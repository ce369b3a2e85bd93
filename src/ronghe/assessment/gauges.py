"""A number of the assessment on which rules of 预警 may stand: a unit's total in the newest month that is published."""

from collections.abc import Sequence
from datetime import date

from django.utils.timezone import localtime

from ronghe.assessment.models import Result, Run
from ronghe.common.registry import Gauge, GaugeReading


def read_totals(area_id: int, days: Sequence[date], subject: str, window: int) -> list[GaugeReading]:
    """Return each unit's total in the newest month that was published by a day, no older than the window. One query."""
    runs = Run.objects.in_force().filter(area_id=area_id, published_at__isnull=False)
    rows = Result.objects.filter(run__in=runs, total__isnull=False).values_list(
        "run_id", "run__period", "run__published_at", "unit_id", "unit__name", "total"
    )
    found = [(pk, period, localtime(at).date(), unit, name, total) for pk, period, at, unit, name, total in rows]
    readings = []
    for day in days:
        known = [row for row in found if row[2] <= day and (day - row[2]).days <= window]
        newest = max((row[1] for row in known), default="")
        readings += [
            GaugeReading(
                f"total:{unit}",
                unit,
                day,
                total,
                f"{name}考核总分低",
                f"{name} {period} 考核总分 {total.normalize():f}",
                f"/assessment/runs/{pk}/",
            )
            for pk, period, _on, unit, name, total in known
            if period == newest
        ]
    return readings


GAUGES = {"total": Gauge("考核总分", "分", read_totals)}
