"""What the worker computes when figures have been confirmed."""

from django_tasks import task

from ronghe.org.models import Unit
from ronghe.outlook.actions import refresh_area


@task()
def refresh(area_id: int) -> int:
    """Compute an area's rows again; returns how many were written."""
    return refresh_area(Unit.objects.without_tree_fields().get(pk=area_id))
