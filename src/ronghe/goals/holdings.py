"""What a person holds here: tasks of issued plans that name the person, and milestones on the list. A coordinator's goals go with the post."""

from typing import Any

from ronghe.common.actions import lock_row
from ronghe.common.registry import Held
from ronghe.goals.actions.members import give_part
from ronghe.goals.models import Goal, GoalPlan, Milestone
from ronghe.org.models import Person
from ronghe.worklist import holdings as worklist
from ronghe.worklist.models import Task

LABELS = ("goals.milestone",)


def list_held(person_id: int) -> list[Held]:
    """Return the goals that somebody delivers in person, and other goals' milestones that wait for this person. Two queries."""
    rows = Goal.objects.standing().filter(person_id=person_id, plan__in=GoalPlan.objects.current()).order_by("pk")
    held = [Held(str(row.pk), "目标落实", row.title, f"/goals/nodes/{row.pk}/") for row in rows]
    own = Milestone.objects.filter(goal__person_id=person_id).values("pk")
    tasks = Task.objects.open().filter(owner_id=person_id, origin_type__app_label="goals", origin_type__model="milestone")
    return held + [Held(f"task:{row.pk}", row.kind, row.title, row.path) for row in tasks.exclude(origin_id__in=own).order_by("due", "pk")]


def hand_over(key: str, giver: Person, to: Person, by: Any, note: str) -> str:
    """Let another person deliver a goal or reach a milestone. Part of the caller's action, which has asked whether it may."""
    what, _colon, task = key.partition(":")
    if what == "task":
        return worklist.hand_over(task, giver, to, by, note)
    row = lock_row(Goal(pk=int(key)))
    if row.person_id != giver.pk:
        return "已不由本人落实"
    return give_part(row, to, by=by, note=note)
