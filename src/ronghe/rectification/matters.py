"""What the 底数 counts here: items that are not closed, those sent back, those that came again."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse

from ronghe.common.calendar import today
from ronghe.common.registry import Matter
from ronghe.rectification.models import Item
from ronghe.rectification.rules import LIVE


def count_matters(area_ids: list[int]) -> list[Matter]:
    """Return live items by unit and owner. One query."""
    return list(iterate_matters(area_ids))


def iterate_matters(area_ids: list[int]) -> Iterator[Matter]:
    rows = (
        Item.objects.filter(area_id__in=area_ids, state__in=LIVE)
        .order_by()
        .values_list("area_id", "unit_id", "owner_id")
        .annotate(
            count=Count("pk"),
            late=Count("pk", filter=Q(step_due__lt=today())),
            returned=Count("pk", filter=Q(state=Item.State.RETURNED)),
            again=Count("pk", filter=Q(round__gt=1)),
        )
    )
    address = reverse("rectification:list")
    for area, unit, owner, count, late, returned, again in rows:
        url = f"{address}?unit={unit}"
        yield Matter("整改未销号", area, unit, owner, count, late, url)
        if returned:
            yield Matter("整改被退回", area, unit, owner, returned, 0, f"{url}&state={Item.State.RETURNED}")
        if again:
            yield Matter("重复发生", area, unit, owner, again, 0, f"{url}&state=again")
