"""What the 底数 counts here: indicators whose year is forecast to miss the target."""

from django.db.models import Count, F, Max, OuterRef, Subquery
from django.urls import reverse

from ronghe.common.registry import Matter
from ronghe.outlook.models import Outlook


def count_matters(area_ids: list[int]) -> list[Matter]:
    """Return by unit how many red lights the newest forecast has. One query."""
    newest = Outlook.objects.filter(area_id=OuterRef("area_id")).order_by().values("area_id").annotate(last=Max("period")).values("last")
    rows = (
        Outlook.objects.filter(area_id__in=area_ids, light=Outlook.Light.RED)
        .annotate(newest=Subquery(newest))
        .filter(period=F("newest"))
        .order_by()
        .values_list("area_id", "unit_id")
        .annotate(count=Count("pk"))
    )
    address = reverse("outlook:list")
    return [Matter("全年预测红灯", area, unit, None, count, 0, f"{address}?unit={unit}&light=red") for area, unit, count in rows]
