"""目标计划 that was issued, with its goals, for the archive and for inspections (common.papers)."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from ronghe.common.papers import Content, Paper, Source, Table, sources
from ronghe.goals.models import Goal, GoalPlan

ENDED = (GoalPlan.State.ISSUED, GoalPlan.State.REPLACED)


def find(user: Any, area_id: int, first: date, last: date) -> list[Paper]:
    rows = GoalPlan.objects.visible_to(user).filter(area_id=area_id, state__in=ENDED, issued_at__isnull=False)
    rows = rows.filter(first_month__lte=f"{last:%Y-%m}", last_month__gte=f"{first:%Y-%m}").order_by("issued_at", "pk")
    return [
        Paper("goals.goalplan", row.pk, str(row), timezone.localtime(row.issued_at).date(), None, "", reverse("goals:plan", args=[row.pk]))
        for row in rows
        if row.issued_at is not None
    ]


def read(user: Any, pks: list[int]) -> dict[int, Content]:
    """Two queries for any number of plans. A member's part is the member's own and is not in it."""
    rows = {row.pk: row for row in GoalPlan.objects.visible_to(user).filter(pk__in=pks)}
    goals: dict[int, list[tuple[Any, ...]]] = {}
    shown = Goal.objects.filter(plan_id__in=rows, person=None, withdrawn=False).select_related(
        "dimension", "indicator", "coordinator", "unit"
    )
    for goal in shown.order_by("depth", "order", "pk"):
        line = (
            goal.depth + 1, goal.dimension.name, goal.title, goal.value, goal.coordinator.title if goal.coordinator else "",
            goal.unit.name if goal.unit else "", goal.degree,
        )  # fmt: skip
        goals.setdefault(goal.plan_id, []).append(line)
    return {
        pk: Content(
            fields=[
                ("起止", f"{row.first_month} — {row.last_month}"), ("版次", row.number), ("自何月起执行", row.takes_effect), ("调整原因", row.reason),
                ("依据", row.basis), ("批准的会议", row.meeting), ("会议日期", row.meeting_on), ("状态", row.get_state_display()),
            ],
            tables=[Table("目标", ("层级", "维度", "目标", "目标值", "统筹协调", "落实单位", "抓到什么程度"), goals.get(pk, []))],
        )
        for pk, row in rows.items()
    }  # fmt: skip


def register() -> None:
    sources.add("plans", Source("目标计划", find, read))
