"""The seam down to goals: plans that were discussed are offered to the 班子会, and what it resolved is taken over as their approval."""

from typing import Any

from django.urls import reverse

from ronghe.common.registry import AgendaOffer, Resolved
from ronghe.goals.actions.plans import take_approval
from ronghe.goals.models import GoalPlan
from ronghe.goals.queries.checks import list_problems

LABEL, KIND = "goals.goalplan", "leaders"


def offer_plans(area_id: int, kind: str) -> list[AgendaOffer]:
    """Offer the discussed goal plans to the 班子会. One query, none for other kinds."""
    if kind != KIND:
        return []
    rows = GoalPlan.objects.filter(area_id=area_id, state=GoalPlan.State.DISCUSSED)
    return [
        AgendaOffer(
            LABEL, row.pk, f"审议{row}", "major", row.discussion, url=reverse("goals:plan", args=[row.pk]), proposal=f"批准《{row}》。"
        )
        for row in rows
    ]


def find_bar(_label: str, pk: int, _kind: str) -> str:
    """Return why a plan may not be taken up or voted on now, or ''."""
    plan = GoalPlan.objects.filter(pk=pk).first()
    if plan is None or plan.state != GoalPlan.State.DISCUSSED:
        return "这个目标计划现在不在“已讨论”,不能审议。"
    problems = list_problems(plan)
    return f"目标计划还有 {len(problems)} 处没有对上,不能表决:{problems[0].text}" if problems else ""


def take_resolution(_label: str, pk: int, outcome: Resolved, by: Any) -> None:
    """Approve a plan by the meeting's resolution, in the transaction that closes the item; not carried it stays as discussed."""
    if outcome.passed:
        take_approval(GoalPlan(pk=pk), meeting=outcome.title, on=outcome.day, by=by)
