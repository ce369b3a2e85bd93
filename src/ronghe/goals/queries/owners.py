"""Who answers for what: each leader's goals with their lights."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from ronghe.common.calendar import today
from ronghe.common.registry import CureLine, Way, find_cures, find_destinations
from ronghe.goals.models import Acceptance, Check, Goal, GoalPlan, PlanPart
from ronghe.goals.permissions import may_check
from ronghe.goals.queries.tree import LIGHTS, PARENTS, Node, describe_goals, trace_up
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Appointment, Person
from ronghe.org.standing import standing_of
from ronghe.worklist.models import Task
from ronghe.worklist.queries import TaskLine, describe_task

MOST_TASKS = 30
DAYS_TO_CURE = 30
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
class CheckLine:
    """One check by phase: where a shortfall can be sent, what became of it, what the leader answered."""

    row: Check
    ways: list[Way]
    cures: list[CureLine]
    may_remind: bool
    may_answer: bool


def describe_checks(checks: list[Check], user: Any) -> list[CheckLine]:
    """Return the checks with their ways on. Two queries at most: what became of those that fell short."""
    due = f"{today() + timedelta(days=DAYS_TO_CURE)}"
    short = [row for row in checks if row.verdict != Check.Verdict.MET]
    cures = find_cures(user, Check._meta.label_lower, [row.pk for row in short]) if short else {}
    me = standing_of(user).person_id
    lines = []
    for row in checks:
        heads = row in short and row.person_id != me and may_check(user, row.plan)
        problem = f"{row.get_verdict_display()}。{_('业务')}:{row.business} {_('党建')}:{row.party}"
        title = _("%(name)s %(phase)s目标清单%(verdict)s") % {
            "name": row.person.name,
            "phase": row.phase,
            "verdict": row.get_verdict_display(),
        }
        origin, key = f"{Check._meta.label_lower}:{row.pk}", f"goals:check:{row.person_id}"
        given = {"source": "missed", "origin": origin, "title": title, "problem": problem, "owner": row.person_id, "key": key, "due": due}
        ways = (
            find_destinations(user, row.person.unit, **given) if heads and not any(not cure.ended for cure in cures.get(row.pk, [])) else []
        )
        lines.append(
            CheckLine(
                row,
                ways,
                cures.get(row.pk, []),
                may_remind=heads and row.reminded_on is None,
                may_answer=row.person_id == me and row.reminded_on is not None and row.answered_on is None,
            )
        )
    return lines


@dataclass(frozen=True)
class Owner:
    """One leader's page."""

    person: Person
    titles: str
    plans: list[GoalPlan]
    nodes: list[Node]
    parts: list[PlanPart]
    acceptances: list[Acceptance]
    checks: list[CheckLine]
    tasks: list[TaskLine]


def list_leaders(user: Any) -> list[LeaderLine]:
    """Return the leaders of the user's areas with the lights of what they coordinate. Four queries."""
    plans = GoalPlan.objects.visible_to(user).current()
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
    return standing_of(user).readable_areas


def count_lights(counted: Counter[str]) -> list[tuple[str, str, int]]:
    return [(light, LIGHTS.get(light, "未评"), counted[light]) for light in LIGHT_ORDER if counted[light]]


def load_owner(user: Any, person: Person) -> Owner:
    """Return what a person answers for in the issued plans that the user may read. Ten queries."""
    held = list(Appointment.objects.on(today()).filter(person=person).select_related("post").order_by("post__order"))
    posts = [row.post for row in held]
    led = [post.unit_id for post in posts if post.kind in ("station_chief", "group_leader")]
    plans = list(GoalPlan.objects.visible_to(user).current())
    rows = (
        Goal.objects.standing()
        .filter(plan__in=plans)
        .select_related("indicator", "unit", "person", "coordinator", "dimension", "plan", PARENTS)
    )
    coordinated = rows.filter(coordinator__in=posts, parent=None)
    delivered = rows.filter(unit_id__in=led, person=None)
    own = rows.shown_to(user).filter(person=person)
    goals = {goal.pk: goal for found in (coordinated, delivered, own) for goal in found.order_by("dimension__order", "order", "pk")}
    found = list(goals.values())
    open_tasks = Task.objects.visible_to(user).open().filter(owner=person)[:MOST_TASKS]
    return Owner(
        person=person,
        titles="、".join(post.title for post in posts if post.kind != "staff"),
        plans=plans,
        nodes=trace_up(found, describe_goals(found, user=user)),
        parts=list(PlanPart.objects.filter(plan__in=plans).order_by("plan_id", "pk")),
        acceptances=list(Acceptance.objects.filter(plan__in=plans, person=person, goals__gt=0).select_related("plan")),
        checks=describe_checks(
            list(Check.objects.filter(plan__in=plans, person=person).select_related("by__person", "plan", "person__unit")), user
        ),
        tasks=[describe_task(task, today()) for task in open_tasks],
    )


def snapshot_goals(plan: GoalPlan, person: Person, user: Any) -> list[dict[str, str]]:
    """Return a leader's goals of a plan as they stand now, in words, for a check that is kept."""
    posts = [row.post_id for row in Appointment.objects.on(today()).filter(person=person)]
    rows = Goal.objects.standing().filter(plan=plan).filter(Q(coordinator__in=posts, parent=None) | Q(person=person))
    found = rows.select_related("plan", "indicator", "unit", "person", "coordinator", "dimension").order_by(
        "dimension__order", "order", "pk"
    )
    names = ("side", "title", "value", "unit_text", "target", "actual", "light", "light_word", "degree")
    return [{name: getattr(node, name) for name in names} for node in describe_goals(list(found), user=user)]


@dataclass(frozen=True)
class AreaLine:
    """One area as the committee above sees its goals: counts, rates and lights; no value and no name."""

    area: str
    plan: str
    goals: int
    business: list[tuple[str, str, int]]
    party: list[tuple[str, str, int]]
    accepted: int
    owners: int
    checks: int


def list_oversight(user: Any) -> list[AreaLine]:
    """Return the areas below with how far their issued plans are. Four queries."""
    areas = standing_of(user).overseen_areas
    plans = list(GoalPlan.objects.current().filter(area_id__in=areas).select_related("area").order_by("area__order", "pk"))
    counts: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    rows = Goal.objects.standing().filter(plan__in=plans).order_by()
    for plan_id, side, light, count in rows.values_list("plan_id", "dimension__side", "progress__light").annotate(n=Count("pk")):
        counts[plan_id, side][light or ""] += count
    given: dict[int, list[bool]] = defaultdict(list)
    for plan_id, at in Acceptance.objects.filter(plan__in=plans, by_unit=False).values_list("plan_id", "at"):
        given[plan_id].append(at is not None)
    checks = dict(Check.objects.filter(plan__in=plans).order_by().values_list("plan_id").annotate(n=Count("pk")))
    return [
        AreaLine(
            area=plan.area.name,
            plan=str(plan),
            goals=sum(sum(counts[plan.pk, side].values()) for side in ("business", "party")),
            business=count_lights(counts[plan.pk, "business"]),
            party=count_lights(counts[plan.pk, "party"]),
            accepted=sum(given[plan.pk]),
            owners=len(given[plan.pk]),
            checks=checks.get(plan.pk, 0),
        )
        for plan in plans
    ]
