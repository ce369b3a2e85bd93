"""What grows on a person's plot here: the goals that the person's posts coordinate, with their lights."""

from typing import Any

from django.db.models import Q

from ronghe.common.calendar import today
from ronghe.common.registry import Crop
from ronghe.goals.models import Goal, GoalPlan
from ronghe.goals.queries.tree import may_see_result
from ronghe.org.models import Appointment

WORDS = {"red": "红灯", "yellow": "黄灯", "green": "绿灯", "done": "已完成"}


def list_crops(user: Any, person_id: int) -> list[Crop]:
    """Return the goals of issued plans that a person coordinates or delivers. One query."""
    posts = Appointment.objects.on(today()).filter(person_id=person_id).values("post_id")
    plans = GoalPlan.objects.visible_to(user).current()
    own = Q(coordinator__in=posts, parent=None) | Q(person_id=person_id)
    rows = (
        Goal.objects.standing()
        .shown_to(user)
        .filter(own, plan__in=plans)
        .select_related("dimension", "progress", "plan")
        .order_by("order", "pk")
    )
    crops = []
    for goal in rows:
        light = goal.progress.light if hasattr(goal, "progress") and may_see_result(user, goal) else ""
        crops.append(
            Crop(
                f"目标·{goal.dimension.name}",
                goal.title,
                light or "none",
                WORDS.get(light, "未评"),
                goal.degree,
                f"/goals/nodes/{goal.pk}/",
            )
        )
    return crops
