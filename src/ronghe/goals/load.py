"""What goals ask people to enter in a month (减负): members' tallies, by whoever leads the station."""

from collections.abc import Iterable

from django.db.models import Count
from django.urls import reverse

from ronghe.goals.models import Goal, GoalPlan
from ronghe.org.kinds import POST_TITLES
from ronghe.worklist.sources import Asked

FEEDS, FEEDS_NAME = "goals", "成员目标进度"


def list_tallied(area_id: int, month: str) -> Iterable[Asked]:
    """Yield one line: a number for each member's part of the stations that have shared a goal out. One query."""
    plans = GoalPlan.objects.filter(area_id=area_id, state=GoalPlan.State.ISSUED, first_month__lte=month, last_month__gte=month)
    parts = Goal.objects.standing().filter(plan__in=plans, person__isnull=False, indicator__isnull=False).order_by()
    counts = list(parts.values("unit_id").annotate(n=Count("pk")).values_list("n", flat=True))
    if counts:
        yield Asked(
            source="成员目标", name="登记成员完成量", role=str(POST_TITLES["station_chief"]), holders=len(counts),
            fields={"number": -(-sum(counts) // len(counts))}, feeds=FEEDS, feeds_name=FEEDS_NAME, url=reverse("goals:plans"),
        )  # fmt: skip
