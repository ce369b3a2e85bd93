"""What the 底数 counts here: open tasks and late ones, by owner."""

from django.db.models import Count, Q

from ronghe.common.calendar import today
from ronghe.common.registry import Matter
from ronghe.worklist.models import Task


def count_matters(area_ids: list[int]) -> list[Matter]:
    """Return open tasks by owner, in the owner's home unit. One query."""
    rows = (
        Task.objects.open()
        .filter(area_id__in=area_ids)
        .order_by()
        .values_list("area_id", "owner__unit_id", "owner_id")
        .annotate(count=Count("pk"), late=Count("pk", filter=Q(due__lt=today())))
    )
    return [
        Matter("待办", area, unit, owner, count, late, f"/worklist/?scope=led&owner={owner}") for area, unit, owner, count, late in rows
    ]
