"""What 月度填报 asks of reporters in a month (减负): the cells of the demands that fall due in it."""

from collections.abc import Iterable

from django.urls import reverse

from ronghe.figures.models import Demand
from ronghe.org.kinds import POST_TITLES
from ronghe.worklist.rules.recurrence import read_month
from ronghe.worklist.sources import Asked

FEEDS, FEEDS_NAME = "figures", "月度计分、对标、目标进度和预测"


def list_demanded(area_id: int, month: str) -> Iterable[Asked]:
    """Yield one line: so many figures for each reporting unit, rounded up where units differ. One query."""
    rows = Demand.objects.filter(area_id=area_id, period__due_on__range=read_month(month), asked__gt=0)
    counts = list(rows.values_list("asked", flat=True))
    if counts:
        few, many = min(counts), max(counts)
        name = f"各单位 {few}–{many} 个数" if few < many else f"每单位 {many} 个数"
        yield Asked(
            source="月度填报", name=name, role=str(POST_TITLES["reporter"]), holders=len(counts), fields={"number": -(-sum(counts) // len(counts))},
            feeds=FEEDS, feeds_name=FEEDS_NAME, url=reverse("figures:periods"),
        )  # fmt: skip
