"""What the 底数 counts here: indicators below target in the last published month, objections not answered or not carried out."""

from django.db.models import Count, Max, Q
from django.urls import reverse

from ronghe.assessment.models import Mark, Objection, Run
from ronghe.common.calendar import today
from ronghe.common.registry import Matter


def count_matters(area_ids: list[int]) -> list[Matter]:
    """Return by unit how many indicators with a target lost marks in the area's last published month. Two queries.

    The last month is always in the database (actions/marks.py): counted there.
    """
    shown = Run.objects.filter(area_id__in=area_ids, state__in=["published", "final"]).order_by()
    latest = dict(shown.values_list("area_id").annotate(last=Max("period")).values_list("area_id", "last"))
    runs = [pk for pk, area, period in shown.values_list("pk", "area_id", "period") if latest.get(area) == period]
    rows = (
        Mark.objects.filter(run_id__in=runs, lost__gt=0, target__isnull=False)
        .order_by()
        .values_list("run__area_id", "unit_id")
        .annotate(count=Count("pk"))
    )
    below = [Matter("未达目标", area, unit, None, count, 0, reverse("assessment:station", args=[unit])) for area, unit, count in rows]
    return below + count_objections(area_ids)


def count_objections(area_ids: list[int]) -> list[Matter]:
    """Return by unit the objections that wait for an answer, and those that hold and are not carried out yet. One query."""
    asked = Q(state=Objection.State.ASKED)
    late = Q(due__lt=today())
    rows = (
        Objection.objects.open()
        .filter(area_id__in=area_ids)
        .order_by()
        .values_list("area_id", "unit_id")
        .annotate(
            asked=Count("pk", filter=asked), asked_late=Count("pk", filter=asked & late),
            held=Count("pk", filter=~asked), held_late=Count("pk", filter=~asked & late),
        )
    )  # fmt: skip
    address = reverse("assessment:objections")
    found = []
    for area, unit, waiting, waiting_late, held, held_late in rows:
        url = f"{address}?unit={unit}"
        if waiting:
            found.append(Matter("异议未答复", area, unit, None, waiting, waiting_late, f"{url}&state=asked"))
        if held:
            found.append(Matter("异议更正中", area, unit, None, held, held_late, url))
    return found
