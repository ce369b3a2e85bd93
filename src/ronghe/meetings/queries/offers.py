"""What lower contexts have waiting for a meeting: goal plans that were discussed and want a meeting's approval."""

from django.urls import reverse

from ronghe.common.registry import AgendaOffer
from ronghe.goals.models import GoalPlan


def offer_plans(area_id: int, kind: str) -> list[AgendaOffer]:
    """Offer the discussed goal plans to the 班子会. One query, none for other kinds."""
    if kind != "leaders":
        return []
    rows = GoalPlan.objects.filter(area_id=area_id, state=GoalPlan.State.DISCUSSED)
    return [
        AgendaOffer(
            "goals.goalplan",
            row.pk,
            f"审议{row}",
            "major",
            row.discussion,
            url=reverse("goals:plan", args=[row.pk]),
            proposal=f"批准《{row}》。",
        )
        for row in rows
    ]
