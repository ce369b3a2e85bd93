"""What the goals ask in a month: at a quarter's end the two who lead check each leader's list of goals (M16).

Milestones are tasks from the day on which their plan is issued (actions/plans.py) and stand in the month's list by their dates.
"""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from ronghe.goals.models import Check, Goal, GoalPlan
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Appointment, Post
from ronghe.worklist.sources import Month, Planned

HEADS = ("branch_secretary", "area_manager")


def name_phase(day: date) -> str:
    return f"{day.year:04d}-Q{(day.month + 2) // 3}"


def check_key(plan_id: int, person_id: int, phase: str) -> str:
    return f"goals:check:{plan_id}:{person_id}:{phase}"


def list_checks(month: Month) -> Iterator[Planned]:
    """Yield one check for each leader with goals, in the last month of a quarter: by the secretary, of the secretary by the manager. Five queries."""
    if month.last.month % 3:
        return
    phase = name_phase(month.last)
    plans = list(
        GoalPlan.objects.filter(
            area_id=month.area_id, state=GoalPlan.State.ISSUED, first_month__lte=month.month, last_month__gte=month.month
        ).order_by("pk")
    )
    if not plans:
        return
    heads = {post.kind: post for post in Post.objects.filter(area_id=month.area_id, kind__in=HEADS, closed_on=None).order_by("-pk")}
    held = Appointment.objects.on(month.last).filter(post__area_id=month.area_id, post__kind__in=LEADERS, acting=False)
    people = {row.post_id: row for row in held.select_related("person", "post").order_by("-pk")}
    with_goals = set(Goal.objects.standing().filter(plan__in=plans, parent=None).values_list("plan_id", "coordinator_id"))
    done = set(Check.objects.filter(plan__in=plans, phase=phase).values_list("plan_id", "person_id"))
    due = month.last
    while not month.works(due) and due > month.first:
        due = date.fromordinal(due.toordinal() - 1)
    for plan in plans:
        for post_id, row in sorted(people.items()):
            head = heads.get(HEADS[1] if row.post.kind == HEADS[0] else HEADS[0])
            if (plan.pk, post_id) not in with_goals or (plan.pk, row.person_id) in done or head is None:
                continue
            yield Planned(
                key=check_key(plan.pk, row.person_id, phase),
                kind="目标检查",
                title=f"检查{row.person.name}的目标清单({phase})",
                due=due,
                planned=month.last,
                each_month=False,
                unit_id=head.unit_id,
                post_id=head.pk,
                post_title=head.title,
                path=reverse("goals:leader", args=[row.person_id]),
            )
