"""What the 底数 counts here: indicators whose year is forecast to miss the target."""

from django.db.models import Count
from django.urls import reverse

from ronghe.common.registry import Matter
from ronghe.outlook.models import Outlook
from ronghe.outlook.queries import keep_newest


def count_matters(area_ids: list[int]) -> list[Matter]:
    """Return by unit how many red lights the newest forecast has. One query."""
    reds = keep_newest(Outlook.objects.filter(area_id__in=area_ids, light=Outlook.Light.RED))
    rows = reds.order_by().values_list("area_id", "unit_id").annotate(count=Count("pk"))
    address = reverse("outlook:list")
    return [Matter("全年预测红灯", area, unit, None, count, 0, f"{address}?unit={unit}&light=red") for area, unit, count in rows]
