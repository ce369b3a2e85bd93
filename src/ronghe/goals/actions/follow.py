"""动态跟踪 (M2): each goal's progress beside it, bottom up, from the figures in force. Idempotent; five reads and two writes a plan."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from ronghe.common import registry
from ronghe.common.actions import action
from ronghe.common.calendar import today
from ronghe.goals.models import Goal, GoalMonth, GoalPlan, Milestone, Progress, Tally
from ronghe.goals.queries.checks import load_goals, map_children
from ronghe.goals.rules.cascade import MILESTONES, SAME, Part, combine
from ronghe.goals.rules.curve import covers_year, sum_to
from ronghe.goals.rules.progress import Node, count_done, join_lights, judge_milestones, judge_number

# larger plans are followed by the daily tick alone, not with every confirmed batch
FOLLOWED_AT_ONCE = 2_000
PLACES = Decimal("0.000001")  # what the database keeps
KEPT = ("month", "target", "actual", "light", "estimate", "outlook")


@action
def refresh_progress(plan: GoalPlan, *, day: date | None = None) -> int:
    """Compute where every goal of the plan stands. Returns how many rows changed."""
    day = day or today()
    goals = load_goals(plan)
    indicators = {goal.indicator_id for goal in goals if goal.indicator_id is not None}
    actuals: dict[tuple[int, int], dict[str, Decimal]] = defaultdict(dict)
    for (unit, indicator, month), value in registry.find_actuals(plan.area_id, indicators, plan.first_month, plan.last_month).items():
        actuals[unit, indicator][month] = value
    curves: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for goal_id, month, value in GoalMonth.objects.filter(goal__plan=plan).values_list("goal_id", "month", "value"):
        curves[goal_id][month] = value
    forecasts = registry.find_forecasts(plan.area_id, indicators) if covers_year(plan.first_month, plan.last_month) else {}
    estimates = {
        cell: row.estimate for cell, row in forecasts.items() if row.estimate is not None and row.period[:4] == plan.first_month[:4]
    }
    nodes: dict[int, list[Node]] = defaultdict(list)
    for goal_id, due, done_on, share in Milestone.objects.filter(goal__plan=plan).values_list("goal_id", "due", "done_on", "share"):
        nodes[goal_id].append(Node(due, done_on, share))
    children = map_children(goals)
    done = load_tallies(plan, goals)
    found: dict[int, Progress] = {}
    for goal in reversed(goals):  # top down in order of depth: reversed, children come before their parents
        below = [found[child.pk] for child in children.get(goal.pk, [])]
        found[goal.pk] = (
            judge_part(goal, done.get(goal.pk, {}), curves.get(goal.pk, {}))
            if goal.is_part
            else judge_goal(goal, below, children, actuals, curves, nodes, day)
        )
        look_ahead(goal, found[goal.pk], below, children, estimates)
    return write_progress(plan, found)


def load_tallies(plan: GoalPlan, goals: list[Goal]) -> dict[int, dict[str, Decimal]]:
    """Return member's part → month → what was done, whoever had it then: amounts add up, levels are the mean. One query, none without parts."""
    rollups = {goal.pk: goal.indicator.rollup for goal in goals if goal.is_part and goal.indicator is not None}
    if not rollups:
        return {}
    found: dict[tuple[int, str], list[Decimal]] = defaultdict(list)
    for goal_id, month, value in Tally.objects.filter(goal__plan=plan).values_list("goal_id", "month", "value"):
        found[goal_id, month].append(value)
    done: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for (goal_id, month), values in found.items():
        if goal_id in rollups:
            done[goal_id][month] = sum(values, Decimal(0)) / (1 if rollups[goal_id] == "sum" else len(values))
    return done


def judge_part(goal: Goal, done: dict[str, Decimal], curve: dict[str, Decimal]) -> Progress:
    """Return where a member's part of a number stands: by what the station's leader entered; nothing is said before that.

    A month that nobody entered is no shortfall: the target counts the months that were entered.
    """
    assert goal.indicator is not None
    month, rollup = max(done, default=""), goal.indicator.rollup
    actual = sum_to(done, month, rollup=rollup)
    target = sum_to({key: value for key, value in curve.items() if key in done}, month, rollup=rollup) if month else None
    return make_progress(goal, month, target, actual, judge_number(actual, target, goal.indicator.direction))


def judge_goal(
    goal: Goal,
    below: list[Progress],
    children: dict[int | None, list[Goal]],
    actuals: dict[tuple[int, int], dict[str, Decimal]],
    curves: dict[int, dict[str, Decimal]],
    nodes: dict[int, list[Node]],
    day: date,
) -> Progress:
    """Return where one goal stands: by its own unit's figures, else by its children's; by milestones where it is no number."""
    month = ""
    target: Decimal | None = None
    actual: Decimal | None = None
    if goal.indicator is None:
        own = nodes.get(goal.pk, [])
        light = judge_milestones(own, day) if own else join_lights([row.light for row in below])
        done = count_done(own) if own else None
        return make_progress(goal, f"{day:%Y-%m}", Decimal(100) if own else None, done, light)
    given = actuals.get((goal.unit_id or 0, goal.indicator.pk))
    rollup = goal.indicator.rollup
    if given:
        month = max(given)
        actual = sum_to(given, month, rollup=rollup)
    elif below and goal.rule != MILESTONES:
        units = [
            (row, child) for row, child in zip(below, children[goal.pk], strict=True) if child.person_id is None and child.indicator_id
        ]
        told = [(row, child) for row, child in units if row.actual is not None]
        months = {row.month for row, _child in told}
        month, rule = min(months, default=""), "mean" if goal.rule == SAME else goal.rule
        actual = combine(rule, [Part(row.actual, child.mean_weight) for row, child in told], 6)
        if len(months) > 1 or len(told) < len(units):  # some have reported further than others: like is compared with like
            target = combine(rule, [Part(row.target, child.mean_weight) for row, child in told], 6)
    if target is None and month and goal.pk in curves:
        target = sum_to(curves[goal.pk], month, rollup=rollup)
    return make_progress(goal, month, target, actual, judge_number(actual, target, goal.indicator.direction))


def look_ahead(
    goal: Goal,
    row: Progress,
    below: list[Progress],
    children: dict[int | None, list[Goal]],
    estimates: dict[tuple[int, int], Decimal],
) -> None:
    """Write where the goal is heading: by the forecast of its own unit, else by its children's, against its whole value."""
    if goal.indicator is None or goal.person_id is not None or goal.indicator.rollup == "last":
        return
    estimate = estimates.get((goal.unit_id or 0, goal.indicator.pk))
    if estimate is None and below and goal.rule != MILESTONES:
        parts = [
            (part, child) for part, child in zip(below, children[goal.pk], strict=True) if child.person_id is None and child.indicator_id
        ]
        if parts and all(part.estimate is not None for part, _child in parts):
            rule = "mean" if goal.rule == SAME else goal.rule
            estimate = combine(rule, [Part(part.estimate, child.mean_weight) for part, child in parts], 6)
    row.estimate = None if estimate is None else estimate.quantize(PLACES)  # type: ignore[assignment]
    row.outlook = judge_number(estimate, goal.value, goal.indicator.direction)


def make_progress(goal: Goal, month: str, target: Decimal | None, actual: Decimal | None, light: str) -> Progress:
    """Return the row, not saved, at the precision that the database keeps."""
    row = Progress(goal=goal, month=month, light=light)
    row.target = None if target is None else target.quantize(PLACES)  # type: ignore[assignment]
    row.actual = None if actual is None else actual.quantize(PLACES)  # type: ignore[assignment]
    return row


def write_progress(plan: GoalPlan, found: dict[int, Progress]) -> int:
    """Write what changed."""
    saved = {row.goal_id: row for row in Progress.objects.filter(goal__plan=plan)}
    fresh, changed = [], []
    for goal_id, row in found.items():
        old = saved.get(goal_id)
        if old is None:
            fresh.append(row)
        elif any(getattr(old, name) != getattr(row, name) for name in KEPT):
            row.pk = old.pk
            changed.append(row)
    Progress.objects.bulk_create(fresh, batch_size=1000)
    Progress.objects.bulk_update(changed, KEPT, batch_size=500)
    return len(fresh) + len(changed)


def refresh_all(day: date) -> str:
    """Follow every issued plan that is running or ended last month (the daily tick)."""
    month, count, plans = f"{day:%Y-%m}", 0, 0
    running = GoalPlan.objects.filter(state=GoalPlan.State.ISSUED, first_month__lte=month)
    for plan in running.filter(Q(last_month__gte=f"{day.year - 1:04d}-12")):
        count += refresh_progress(plan, day=day)
        plans += 1
    return f"{plans} 个计划,{count} 项有变化"


def follow_batch(row: Any, by: Any) -> None:
    """Follow the running plans of the area when a batch of figures is confirmed (or corrected), in its transaction."""
    if row._meta.label_lower != "figures.batch" or row.state != "confirmed":
        return
    follow_area(row.area_id, row.period.period)


def follow_area(area_id: int, period: str = "") -> None:
    """Follow the issued plans of an area that run in a month (today's where none is given); large ones wait for the daily tick."""
    period = period or f"{today():%Y-%m}"
    plans = GoalPlan.objects.filter(area_id=area_id, state=GoalPlan.State.ISSUED, first_month__lte=period, last_month__gte=period)
    for plan in plans:
        follow_plan(plan)


def follow_plan(plan: GoalPlan) -> None:
    """Follow one plan at once, where it is small enough for that."""
    if not waits_for_night(plan):
        refresh_progress(plan)


def waits_for_night(plan: GoalPlan) -> bool:
    """Tell whether a plan is so large that only the daily tick follows it: its page says so. One query."""
    return plan.goals.standing().count() > FOLLOWED_AT_ONCE
