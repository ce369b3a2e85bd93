"""What keeps a plan from being issued, and who answers for which of its goals. Constant queries for any size of tree."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from ronghe.common.calendar import today
from ronghe.goals.models import Goal, GoalMonth, GoalPlan, Milestone
from ronghe.goals.rules import print_number
from ronghe.goals.rules.cascade import MILESTONES, Balance, Part, weigh_parts
from ronghe.goals.rules.curve import weigh_curve
from ronghe.org.models import Appointment, Person

MOST_PROBLEMS = 200


@dataclass(frozen=True)
class PlanProblem:
    """One thing to be settled before the plan is approved: what, and at which goal (None: the plan itself)."""

    goal_id: int | None
    text: str


def load_goals(plan: GoalPlan, *, user: Any = None) -> list[Goal]:
    """Return the plan's standing goals with what checks and prints need, top down; a reader's own part of them. One query."""
    rows = plan.goals.standing().select_related("indicator", "unit", "person", "coordinator", "dimension")
    if user is not None:
        rows = rows.shown_to(user)
    return list(rows.order_by("depth", "order", "pk"))


def map_children(goals: Iterable[Goal]) -> dict[int | None, list[Goal]]:
    """Return parent → its children in order."""
    children: dict[int | None, list[Goal]] = defaultdict(list)
    for goal in goals:
        children[goal.parent_id].append(goal)
    return children


def list_counted(children: Iterable[Goal]) -> list[Goal]:
    """Return the children that are numbers; a member's task by milestones stands beside them and adds nothing."""
    return [child for child in children if child.indicator_id]


def weigh_goal(goal: Goal, children: list[Goal]) -> Balance:
    """Reconcile a goal with its children that are numbers."""
    parts = [Part(child.value, child.mean_weight) for child in children]
    return weigh_parts(goal.rule, goal.value, parts, goal.decimals, goal.named)


def list_problems(plan: GoalPlan) -> list[PlanProblem]:
    """Return everything that keeps the plan from being approved (M1, M18, P7): five queries for any number of goals."""
    goals = load_goals(plan)
    if not goals:
        return [PlanProblem(None, _("计划里还没有目标"))]
    children = map_children(goals)
    curves: dict[int, dict[str, object]] = defaultdict(dict)
    for goal_id, month, value in GoalMonth.objects.filter(goal__plan=plan).values_list("goal_id", "month", "value"):
        curves[goal_id][month] = value
    nodes = set(Milestone.objects.filter(goal__plan=plan).values_list("goal_id", flat=True))
    found = [
        PlanProblem(None, _("六同步「%(part)s」没有安排,也没有写原因") % {"part": row.get_kind_display()})
        for row in plan.parts.all()
        if not row.is_settled
    ]
    seen: dict[tuple[int, int, int | None], Goal] = {}
    months = plan.months
    for goal in goals:
        found += [PlanProblem(goal.pk, f"「{name_goal(goal)}」{text}") for text in check_goal(goal, children.get(goal.pk, []))]
        if goal.indicator is not None and goal.value is not None:
            found += check_months(goal, curves.get(goal.pk, {}), months)
        if goal.indicator_id is None and goal.pk not in children and goal.pk not in nodes:
            found.append(PlanProblem(goal.pk, _("「%(goal)s」不是数的目标,要有节点任务") % {"goal": name_goal(goal)}))
        if goal.indicator_id and goal.unit_id and goal.unit_id != plan.area_id:
            key = (goal.unit_id, goal.indicator_id, goal.person_id)
            if key in seen:
                found.append(
                    PlanProblem(
                        goal.pk,
                        _("「%(goal)s」与「%(other)s」是同一单位的同一指标") % {"goal": name_goal(goal), "other": name_goal(seen[key])},
                    )
                )
            seen[key] = goal
        if len(found) >= MOST_PROBLEMS:
            break
    return found


def name_goal(goal: Goal) -> str:
    who = goal.person.name if goal.person else goal.unit.name if goal.unit else ""
    return f"{who} {goal.title}".strip()


def check_goal(goal: Goal, children: list[Goal]) -> list[str]:
    """Return what is wrong with one goal and its children, in words."""
    found = []
    if not goal.degree.strip():
        found.append(_("没有写抓到什么程度"))
    if goal.parent_id is None and goal.coordinator_id is None:
        found.append(_("没有统筹协调的领导"))
    if not children and goal.unit_id is None and goal.person_id is None:
        found.append(_("没有落实的单位或人"))
    if goal.indicator_id and goal.value is None:
        found.append(_("没有目标值"))
    if goal.spare and not goal.spare_reason.strip():
        found.append(_("%(spare)s要写理由") % {"spare": goal.get_spare_display()})
    counted = list_counted(children)
    if counted and goal.rule != MILESTONES and goal.indicator_id:
        balance = weigh_goal(goal, counted)
        if balance.open:
            found.append(_("还有 %(n)d 个下级没有目标值") % {"n": balance.open})
        elif balance.left is None:
            found.append(_("与下级对不上:加权平均缺少权") if goal.value is not None else _("没有目标值"))
        elif not balance.reconciles:
            found.append(_("与下级相差 %(left)s,请调整,或说明是预留还是压担子") % {"left": print_number(balance.left)})
    return found


def check_months(goal: Goal, curve: dict[str, object], months: list[str]) -> list[PlanProblem]:
    """Return what is wrong with a goal's curve."""
    assert goal.indicator is not None
    balance = weigh_curve(goal.value, [curve.get(month) for month in months], rollup=goal.indicator.rollup, decimals=goal.decimals)  # type: ignore[misc]
    if balance.reconciles:
        return []
    if balance.combined is None:
        return [PlanProblem(goal.pk, _("「%(goal)s」的进度曲线没有填全") % {"goal": name_goal(goal)})]
    left = print_number(balance.left)
    return [PlanProblem(goal.pk, _("「%(goal)s」的进度曲线与全年相差 %(left)s") % {"goal": name_goal(goal), "left": left})]


def list_owners(plan: GoalPlan) -> list[tuple[Person, list[Goal]]]:
    """Return who answers for which goals today: the leader who coordinates, the chief of the unit that delivers, the member whose task it is."""
    goals = load_goals(plan)
    day = today()
    chiefs: dict[int, list[Person]] = defaultdict(list)
    holders: dict[int, list[Person]] = defaultdict(list)
    held = Appointment.objects.on(day).filter(post__area=plan.area_id).select_related("person", "post")
    for row in held.order_by("post__order", "pk"):
        holders[row.post_id].append(row.person)
        if row.post.kind == "station_chief":
            chiefs[row.post.unit_id].append(row.person)
    owned: dict[Person, list[Goal]] = defaultdict(list)
    for goal in goals:
        answering = [goal.person] if goal.person else [*holders.get(goal.coordinator_id or 0, []), *chiefs.get(goal.unit_id or 0, [])]
        for person in dict.fromkeys(answering):
            owned[person].append(goal)
    return sorted(owned.items(), key=lambda pair: pair[0].pk)


def find_owned(plan: GoalPlan, people: Iterable[Person]) -> dict[Person, list[Goal]]:
    """Return which of the plan's goals these people answer for today, in the order of `list_owners`. Two queries."""
    by_pk = {person.pk: person for person in people}
    seats, led = defaultdict(set), defaultdict(set)
    held = Appointment.objects.on(today()).filter(person__in=by_pk, post__area=plan.area_id)
    for person_id, post_id, kind, unit_id in held.values_list("person_id", "post_id", "post__kind", "post__unit_id"):
        seats[post_id].add(person_id)
        if kind == "station_chief":
            led[unit_id].add(person_id)
    mine = Q(person__in=by_pk) | Q(person=None) & (Q(coordinator__in=seats) | Q(unit__in=led))
    owned: dict[Person, list[Goal]] = defaultdict(list)
    for goal in plan.goals.standing().filter(mine).order_by("depth", "order", "pk"):
        answering = {goal.person_id} if goal.person_id else seats.get(goal.coordinator_id or 0, set()) | led.get(goal.unit_id or 0, set())
        for pk in answering:
            owned[by_pk[pk]].append(goal)
    return owned


def digest_goals(goals: Iterable[Goal]) -> str:
    """Return the SHA-256 of what somebody accepts: each goal's words, value and degree."""
    lines = (f"{goal.pk}|{goal.title}|{print_number(goal.value)}|{goal.degree}" for goal in goals)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
