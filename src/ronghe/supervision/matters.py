"""What the 底数 counts here."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse

from ronghe.common.calendar import today
from ronghe.common.registry import Matter
from ronghe.supervision.models import BoardItem, Check
from ronghe.supervision.rules.boards import LIVE

SOON = 7  # checks further ahead are no open matter yet


def count_matters(area_ids: list[int]) -> list[Matter]:
    """Return what is open here by unit and owner. One query a kind."""
    return [*count_board(area_ids), *count_checks(area_ids)]


def count_board(area_ids: list[int]) -> Iterator[Matter]:
    rows = (
        BoardItem.objects.filter(area_id__in=area_ids, state__in=LIVE)
        .order_by()
        .values_list("area_id", "unit_id", "owner_id")
        .annotate(count=Count("pk"), late=Count("pk", filter=Q(due__lt=today())), up=Count("pk", filter=Q(level__gt=0)))
    )
    address = reverse("supervision:board")
    for area, unit, owner, count, late, up in rows:
        yield Matter("督办未办结", area, unit, owner, count, late, f"{address}?unit={unit}&light=open")
        if up:
            yield Matter("督办已升级", area, unit, owner, up, up, f"{address}?unit={unit}&light=up")


def count_checks(area_ids: list[int]) -> Iterator[Matter]:
    rows = Check.objects.open().filter(area_id__in=area_ids, due__lte=today() + timedelta(days=SOON)).order_by()
    address = reverse("supervision:checks")
    for area, unit, checker, count, late in rows.values_list("area_id", "unit_id", "checker_id").annotate(
        count=Count("pk"), late=Count("pk", filter=Q(due__lt=today()))
    ):
        yield Matter("监督检查待办", area, unit, checker, count, late, f"{address}?unit={unit}&state=soon")
