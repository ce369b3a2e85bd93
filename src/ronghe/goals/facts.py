"""What a report finds here: the goals of a person's posts and the person's own tasks, with where they stand."""

from datetime import date

from django.db.models import Q
from django.urls import reverse

from ronghe.common.registry import Fact
from ronghe.goals.crops import WORDS
from ronghe.goals.models import Goal, GoalPlan
from ronghe.goals.rules import print_number
from ronghe.org.models import Appointment, Person


def list_facts(person: Person, first: date, last: date) -> list[Fact]:
    """Return the goals of issued plans of these days that a person coordinates, delivers as a chief, or took on. Two queries."""
    held = Appointment.objects.between(first, last).filter(person=person).values_list("post_id", "post__unit_id", "post__kind")
    posts = [post for post, _unit, _kind in held]
    led = [unit for _post, unit, kind in held if kind in ("station_chief", "group_leader")]
    own = Q(coordinator__in=posts, parent=None) | Q(unit__in=led, person=None) | Q(person=person)
    rows = Goal.objects.standing().filter(
        own, plan__area_id=person.area_id, plan__state=GoalPlan.State.ISSUED, plan__first_month__lte=f"{last:%Y-%m}",
        plan__last_month__gte=f"{first:%Y-%m}",
    )  # fmt: skip
    found = []
    for goal in rows.select_related("dimension", "indicator", "progress").order_by("dimension__order", "order", "pk"):
        row = goal.progress if hasattr(goal, "progress") else None
        unit = goal.indicator.unit_text if goal.indicator else "%"
        value = f"{print_number(row.actual)} / {print_number(row.target)} {unit}" if row and row.actual is not None else "还没有进度"
        light = row.light if row else ""
        found.append(
            Fact(goal.dimension.side, "目标", goal.title, value, WORDS.get(light, "未评"), reverse("goals:goal", args=[goal.pk]), light)
        )
    return found
