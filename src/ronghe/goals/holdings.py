"""What a person holds here: tasks of issued plans that name the person. What a post coordinates goes along with the post."""

from typing import Any

from ronghe.audit.actions import record
from ronghe.common.actions import lock_row
from ronghe.common.registry import Held
from ronghe.goals.models import Goal, GoalPlan
from ronghe.org.models import Person


def list_held(person_id: int) -> list[Held]:
    """Return the goals that somebody delivers in person. One query."""
    rows = Goal.objects.standing().filter(person_id=person_id, plan__state=GoalPlan.State.ISSUED).order_by("pk")
    return [Held(str(row.pk), "目标落实", row.title, f"/goals/nodes/{row.pk}/") for row in rows]


def hand_over(key: str, giver: Person, to: Person, by: Any, note: str) -> str:
    """Let another person deliver a goal. Part of the caller's action, which has asked whether it may."""
    row = lock_row(Goal(pk=int(key)))
    if row.person_id != giver.pk or row.plan.state != GoalPlan.State.ISSUED:
        return "已不由本人落实"
    row.person = to
    row.save()
    record(by=by, verb="移交目标", obj=row, area_id=row.area_id, note=note, changes={"person": [giver.name, to.name]})
    return ""
