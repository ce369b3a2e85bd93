"""The tree of a plan, a level at a time: what each node is to bring, what is left to allot, how far it is. Constant queries a branch."""

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ronghe.common.calendar import today
from ronghe.common.registry import Hit, find_link
from ronghe.goals.models import Goal, GoalPlan, Progress
from ronghe.goals.models.plans import PLANNERS
from ronghe.goals.queries.checks import list_counted, weigh_goal
from ronghe.goals.rules import print_number
from ronghe.goals.rules.cascade import MILESTONES
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Appointment
from ronghe.org.standing import standing_of

LIGHTS = {"green": "绿灯", "yellow": "黄灯", "red": "红灯", "done": "已完成"}
MOST_SHOWN = 200
PARENTS = "parent__parent__parent__parent"
FORECAST_READERS = (*PLANNERS, "reviewer", "discipline_member")


@dataclass(frozen=True)
class Node:
    """One goal as the tree prints it."""

    pk: int
    depth: int
    title: str
    who: str
    coordinator: str
    dimension: str
    side: str
    value: str
    unit_text: str
    children: int
    left: str
    left_note: str
    target: str
    actual: str
    month: str
    light: str
    light_word: str
    degree: str
    estimate: str = ""
    outlook: str = ""
    outlook_word: str = ""
    serves: str = ""
    serves_pk: int = 0


def list_plans(user: Any) -> QuerySet[GoalPlan]:
    """Return the plans that the user may read, the newest first."""
    return GoalPlan.objects.visible_to(user).select_related("area", "author__person")


def list_branch(plan: GoalPlan, parent: Goal | None, *, user: Any, start: int = 0, limit: int = MOST_SHOWN) -> list[Node]:
    """Return the goals right below one (or the plan's own), ready to print. Three queries for any number of rows."""
    rows = plan.goals.standing().shown_to(user).filter(parent=parent)
    found = rows.select_related("plan", "indicator", "unit", "person", "coordinator", "dimension").order_by("order", "pk")
    return describe_goals(list(found[start : start + limit]), user=user)


def describe_goals(goals: list[Goal], *, user: Any) -> list[Node]:
    """Return goals as nodes. Three queries: their children, their progress, who holds the coordinating posts.

    A forecast is shown to those who may read it: the area's planners and reviewers, and who delivers the goal.
    """
    pks = [goal.pk for goal in goals]
    children: dict[int, list[Goal]] = defaultdict(list)
    fields = ("pk", "parent_id", "value", "mean_weight", "indicator_id", "person_id", "unit_id")
    for child in Goal.objects.standing().filter(parent_id__in=pks).only(*fields):
        children[child.parent_id or 0].append(child)
    progress = {row.goal_id: row for row in Progress.objects.filter(goal_id__in=pks)}
    holders = name_holders([goal.coordinator_id for goal in goals if goal.coordinator_id])
    return [
        describe_goal(
            goal,
            children.get(goal.pk, []),
            progress.get(goal.pk) if may_see_result(user, goal) else None,
            holders,
            ahead=may_see_forecast(user, goal),
            parts_shown=may_see_parts(user, goal),
        )
        for goal in goals
    ]


def name_holders(post_ids: list[int]) -> dict[int, str]:
    """Return post → who holds it today. One query."""
    held = Appointment.objects.on(today()).filter(post_id__in=post_ids).order_by("pk")
    names: dict[int, list[str]] = defaultdict(list)
    for post_id, name in held.values_list("post_id", "person__name"):
        names[post_id].append(name)
    return {post_id: "、".join(found) for post_id, found in names.items()}


def may_see_forecast(user: Any, goal: Goal) -> bool:
    """Tell whether a reader sees where a goal is heading: the same people as read the forecasts themselves."""
    standing = standing_of(user)
    own = standing.units_of(("reporter", "station_chief", "group_leader"))
    return goal.plan.area_id in standing.areas_of(FORECAST_READERS) or goal.unit_id in own


def may_see_parts(user: Any, goal: Goal) -> bool:
    """Tell whether a reader opens the parts of a unit's members: who works there, its leaders, the area's planners (as `shown_to`)."""
    standing = standing_of(user)
    near = {standing.unit_id, *standing.units_of(("station_chief", "group_leader"))}
    return goal.unit_id in near or goal.plan.area_id in standing.areas_of(PLANNERS)


def may_see_result(user: Any, goal: Goal) -> bool:
    """Tell whether a reader sees how far it is: of a member's part of a number only that member, the unit's leaders and the area's."""
    standing = standing_of(user)
    if not goal.is_part or goal.person_id == standing.person_id:
        return True
    return goal.unit_id in standing.units_of(("station_chief", "group_leader")) or goal.plan.area_id in standing.areas_of(LEADERS)


def describe_goal(
    goal: Goal, children: list[Goal], progress: Progress | None, holders: dict[int, str], *, ahead: bool, parts_shown: bool = True
) -> Node:
    left, note = "", ""
    counted = list_counted(children)
    if counted and goal.indicator_id and goal.rule != MILESTONES:
        balance = weigh_goal(goal, counted)
        if balance.open:
            note = _("%(n)d 个下级未填") % {"n": balance.open}
        if balance.left is None:
            left = "—"
        elif balance.left != balance.named:
            left = print_number(balance.left)
        elif balance.named:
            note = f"{goal.get_spare_display()} {print_number(abs(balance.named))}"
    coordinator = (
        f"{goal.coordinator.title}{'(' + holders[goal.coordinator.pk] + ')' if goal.coordinator.pk in holders else ''}"
        if goal.coordinator
        else ""
    )
    light = progress.light if progress else ""
    return Node(
        pk=goal.pk,
        depth=goal.depth,
        title=goal.title,
        who=goal.person.name if goal.person else goal.unit.name if goal.unit else "",
        coordinator=coordinator,
        dimension=goal.dimension.name,
        side=goal.dimension.side,
        value=print_number(goal.value) or _("节点任务"),
        unit_text=goal.indicator.unit_text if goal.indicator else "",
        children=sum(parts_shown or child.person_id is None for child in children),
        left=left,
        left_note=note,
        target=print_places(progress.target if progress else None, goal),
        actual=print_places(progress.actual if progress else None, goal),
        month=progress.month if progress else "",
        light=light,
        light_word=LIGHTS.get(light, ""),
        degree=goal.degree,
        estimate=print_places(progress.estimate, goal) if progress and ahead else "",
        outlook=progress.outlook if progress and ahead else "",
        outlook_word=LIGHTS.get(progress.outlook, "") if progress and ahead else "",
    )


def trace_up(goals: list[Goal], nodes: list[Node]) -> list[Node]:
    """Return the nodes with the area's goal that each serves. Wants the goals' parents at hand (PARENTS): no query."""
    traced = []
    for goal, node in zip(goals, nodes, strict=True):
        top = goal
        while top.parent is not None:
            top = top.parent
        traced.append(node if top is goal else replace(node, serves=top.title, serves_pk=top.pk))
    return traced


def print_places(value: Decimal | None, goal: Goal) -> str:
    """Return a progress at the measure's precision; milestones in percent."""
    if value is None:
        return ""
    if goal.indicator is None:
        return f"{print_number(value.quantize(Decimal('0.1')))}%"
    return print_number(value.quantize(Decimal(1).scaleb(-goal.indicator.decimals)))


def list_chain(goal: Goal) -> list[Goal]:
    """Return the goals above one, from the top down. One query a level, five at most."""
    found: list[Goal] = []
    parent = goal.parent
    while parent is not None:
        found.append(parent)
        parent = parent.parent
    return found[::-1]


def list_mine(user: Any) -> QuerySet[Goal]:
    """Return the goals of issued plans that the user answers for: coordinates, delivers with the unit, or has as a task."""
    standing = standing_of(user)
    posts = Q(pk__in=[])
    for post in standing.posts:
        posts |= Q(coordinator__unit_id=post.unit_id, coordinator__kind=post.kind)
    led = Q(unit_id__in=standing.units_of(("station_chief", "group_leader")), person=None)
    mine = Q(person_id=standing.person_id) if standing.person_id else Q(pk__in=[])
    plans = GoalPlan.objects.current().filter(area_id__in=standing.readable_areas)
    rows = Goal.objects.standing().filter(posts | led | mine, plan__in=plans)
    return rows.select_related("plan", "indicator", "unit", "person", "coordinator", "dimension", PARENTS).order_by(
        "plan_id", "dimension__order", "depth", "order", "pk"
    )


def list_my_part(user: Any, goal: Goal) -> list[Goal]:
    """Return what of the user's own goals lies below a goal: 'what is my part of this?'. One query."""
    return [row for row in list_mine(user).filter(plan=goal.plan_id, depth__gt=goal.depth)[:MOST_SHOWN] if is_below(row, goal)]


def is_below(row: Goal, goal: Goal) -> bool:
    """Tell whether one goal serves another; wants the parents at hand."""
    while row.parent is not None:
        row = row.parent
        if row.pk == goal.pk:
            return True
    return False


def search_goals(user: Any, query: str, limit: int) -> list[Hit]:
    """Find plans and goals by their words among those the user may see."""
    plans = GoalPlan.objects.visible_to(user).filter(title__icontains=query)[:limit]
    hits = [Hit("目标计划", str(plan), plan.get_state_display(), find_link("goals.goalplan", plan.pk)) for plan in plans]
    goals = Goal.objects.visible_to(user).standing().filter(title__icontains=query, plan__state=GoalPlan.State.ISSUED)
    for goal in goals.select_related("plan", "unit", "person").order_by("depth", "pk")[: limit - len(hits)]:
        who = goal.person or goal.unit
        hits.append(Hit("目标", goal.title, f"{goal.plan} {who.name if who else ''}".strip(), find_link("goals.goal", goal.pk)))
    return hits
