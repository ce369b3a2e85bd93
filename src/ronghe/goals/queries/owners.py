"""Who answers for what: each leader's goals with their lights."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from ronghe.common.calendar import today
from ronghe.goals.models import Acceptance, Goal, GoalPlan, PlanPart
from ronghe.goals.queries.tree import LIGHTS, Node, describe_goals
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Appointment, Person

LIGHT_ORDER = ("red", "yellow", "green", "done", "")


@dataclass(frozen=True)
class LeaderLine:
    """One leader on the overview: how many goals of each light, business and party apart."""

    person: Person
    title: str
    business: list[tuple[str, str, int]]
    party: list[tuple[str, str, int]]
    accepted: bool | None


@dataclass(frozen=True)
class Owner:
    """One leader's page."""

    person: Person
    titles: str
    plans: list[GoalPlan]
    nodes: list[Node]
    parts: list[PlanPart]
    acceptances: list[Acceptance]


def list_leaders(user: Any) -> list[LeaderLine]:
    """Return the leaders of the user's areas with the lights of what they coordinate. Four queries."""
    plans = GoalPlan.objects.visible_to(user).filter(state=GoalPlan.State.ISSUED)
    held = Appointment.objects.on(today()).filter(post__kind__in=LEADERS, post__area__in=readable(user))
    appointments = list(held.select_related("person", "post").order_by("post__order", "pk"))
    goals = Goal.objects.standing().filter(plan__in=plans, coordinator__isnull=False, parent=None)
    counts: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for post_id, side, light in goals.values_list("coordinator_id", "dimension__side", "progress__light"):
        counts[post_id, side][light or ""] += 1
    accepted = dict(Acceptance.objects.filter(plan__in=plans).values_list("person_id", "at"))
    lines: dict[int, LeaderLine] = {}
    for row in appointments:
        business, party = (count_lights(counts[row.post_id, side]) for side in ("business", "party"))
        known = lines.get(row.person_id)
        if known is not None:
            known.business.extend(business)
            known.party.extend(party)
            continue
        state = accepted[row.person_id] is not None if row.person_id in accepted else None
        lines[row.person_id] = LeaderLine(row.person, row.post.title, business, party, state)
    return list(lines.values())


def readable(user: Any) -> frozenset[int]:
    from ronghe.org.standing import standing_of  # noqa: PLC0415

    return standing_of(user).readable_areas


def count_lights(counted: Counter[str]) -> list[tuple[str, str, int]]:
    return [(light, LIGHTS.get(light, "未评"), counted[light]) for light in LIGHT_ORDER if counted[light]]


def load_owner(user: Any, person: Person) -> Owner:
    """Return what a person answers for in the issued plans that the user may read. Eight queries."""
    held = list(Appointment.objects.on(today()).filter(person=person).select_related("post").order_by("post__order"))
    posts = [row.post for row in held]
    led = [post.unit_id for post in posts if post.kind in ("station_chief", "group_leader")]
    plans = list(GoalPlan.objects.visible_to(user).filter(state=GoalPlan.State.ISSUED))
    rows = Goal.objects.standing().filter(plan__in=plans).select_related("indicator", "unit", "person", "coordinator", "dimension", "plan")
    coordinated = rows.filter(coordinator__in=posts, parent=None)
    delivered = rows.filter(unit_id__in=led, person=None)
    own = rows.filter(person=person)
    goals = {goal.pk: goal for found in (coordinated, delivered, own) for goal in found.order_by("dimension__order", "order", "pk")}
    return Owner(
        person=person,
        titles="、".join(post.title for post in posts if post.kind != "staff"),
        plans=plans,
        nodes=describe_goals(list(goals.values())),
        parts=list(PlanPart.objects.filter(plan__in=plans).order_by("plan_id", "pk")),
        acceptances=list(Acceptance.objects.filter(plan__in=plans, person=person).select_related("plan")),
    )
