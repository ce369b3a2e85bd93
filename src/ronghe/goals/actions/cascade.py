"""Writing the tree of a plan (M1): goals, their children, their months, their milestones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import diff, record
from ronghe.common.access import require
from ronghe.common.actions import Refused, StaleForm, action, lock_row
from ronghe.common.calendar import today
from ronghe.goals.actions.members import MOST_DEPTH, rescale_members
from ronghe.goals.actions.plans import require_editable
from ronghe.goals.models import Goal, GoalMonth, GoalPlan, Milestone
from ronghe.goals.permissions import may_finish_milestone, may_plan
from ronghe.goals.queries.shapes import load_shape
from ronghe.goals.rules import print_number
from ronghe.goals.rules.curve import HAND, draw_curve
from ronghe.org.models import Unit
from ronghe.worklist.actions import settle_tasks

GOAL_FIELDS = (
    "title", "dimension", "indicator", "value", "weight", "mean_weight", "rule", "coordinator", "unit", "person", "degree", "basis",
    "spare", "spare_value", "spare_reason",
)  # fmt: skip


@dataclass(frozen=True)
class Child:
    """One child as the table of a split has it: by id, or new for a unit."""

    unit_id: int
    value: Decimal | None
    mean_weight: Decimal | None = None


def lock_plan(goal_plan: GoalPlan, *, by: Any) -> GoalPlan:
    """Lock a plan for writing its tree. Every write of the tree goes through this one lock."""
    plan = lock_row(goal_plan)
    require(may_plan, by, plan)
    require_editable(plan)
    return plan


@action
def add_goal(plan: GoalPlan, *, parent: Goal | None = None, by: Any, **values: Any) -> Goal:
    """Add a goal to a plan, under another or at the top. Raises ValidationError at the fields."""
    plan = lock_plan(plan, by=by)
    if parent is not None and parent.plan_id != plan.pk:
        raise Refused(_("上级目标不在这个计划里。"))
    depth = parent.depth + 1 if parent else 0
    if depth > MOST_DEPTH:
        raise Refused(_("目标最多分解 %(n)d 层。") % {"n": MOST_DEPTH + 1})
    goal = Goal(plan=plan, parent=parent, depth=depth, order=Goal.objects.filter(plan=plan, parent=parent).count())
    write_goal(goal, values)
    draw_months(plan, [goal])
    record(by=by, verb="增加目标", obj=goal, area_id=plan.area_id, note=print_number(goal.value))
    return goal


def write_goal(goal: Goal, values: Mapping[str, Any]) -> dict[str, Any]:
    """Check and save a goal's fields; return what changed."""
    changes = diff(goal, dict(values)) if goal.pk else {}
    for name in GOAL_FIELDS:
        if name in values:
            setattr(goal, name, values[name])
    check_goal(goal)
    if not goal.spare:
        goal.spare_value, goal.spare_reason = None, ""  # type: ignore[assignment]
    goal.save()
    return changes


def check_goal(goal: Goal) -> None:
    """Raise ValidationError at the field for what a goal can't be."""
    area_id = goal.plan.area_id
    found: dict[str, str] = {}
    if not goal.degree.strip():
        found["degree"] = _("请写明抓到什么程度。")
    if goal.indicator is None and goal.value is not None:
        found["value"] = _("没有指标的目标用节点任务衡量,不填目标值。")
    if goal.indicator is None and goal.rule != Goal.Rule.MILESTONES:
        goal.rule = Goal.Rule.MILESTONES
    if goal.indicator is not None and goal.rule == Goal.Rule.MILESTONES:
        found["rule"] = _("有指标的目标按数合成,不能选节点任务。")
    for name in ("indicator", "unit", "person", "coordinator", "dimension"):
        row = getattr(goal, name)
        if row is not None and row.area_id != area_id:
            found[name] = _("不属于本管理区。")
    if goal.person is not None and goal.unit is None:
        goal.unit = goal.person.unit
    if goal.spare and goal.spare_value is None:
        found["spare_value"] = _("请填差额:预留为正,压担子为负。")
    if goal.spare == Goal.Spare.RESERVE and goal.spare_value is not None and goal.spare_value < 0:
        found["spare_value"] = _("预留是没有分下去的部分,应为正数。")
    if goal.spare == Goal.Spare.PRESSURE and goal.spare_value is not None and goal.spare_value > 0:
        found["spare_value"] = _("压担子是多分下去的部分,应为负数。")
    if goal.spare and not goal.spare_reason.strip():
        found["spare_reason"] = _("请写明理由。")
    if found:
        raise ValidationError(found)


@action
def change_goal(goal: Goal, *, by: Any, version: int | None = None, **values: Any) -> Goal:
    """Change a goal; its months are drawn anew where its value or indicator changed and they were not typed by hand."""
    plan = lock_plan(goal.plan, by=by)
    goal = lock_row(goal, version=version)
    changes = write_goal(goal, values)
    if {"value", "indicator"} & set(changes) and goal.curve != HAND:
        draw_months(plan, [goal])
    if {"value", "indicator", "rule", "spare_value"} & set(changes):
        rescale_members([goal])
    if changes:
        record(by=by, verb="修改目标", obj=goal, area_id=plan.area_id, changes=changes)
    return goal


@action
def withdraw_goal(goal: Goal, *, by: Any) -> Goal:
    """Take a goal with everything under it out of a plan that is being written. It counts for nothing from here."""
    plan = lock_plan(goal.plan, by=by)
    goal = lock_row(goal)
    level, count = [goal.pk], 0
    while level:
        count += Goal.objects.filter(pk__in=level).update(withdrawn=True)
        level = list(Goal.objects.filter(parent_id__in=level, withdrawn=False).values_list("pk", flat=True))
    record(by=by, verb="撤销目标", obj=goal, area_id=plan.area_id, note=_("连同下级共 %(n)d 项") % {"n": count})
    return goal


@action
def split_goal(goal: Goal, children: Iterable[Child], *, by: Any, version: int | None = None) -> list[Goal]:
    """Write a goal's children by unit as the table has them: values of those that are there, new ones for new units.

    A unit that the table leaves out keeps its child as it is. Nothing has to reconcile yet: what is left to allot is shown.
    """
    plan = lock_plan(goal.plan, by=by)
    goal = lock_row(goal, version=version)
    if goal.depth >= MOST_DEPTH:
        raise Refused(_("目标最多分解 %(n)d 层。") % {"n": MOST_DEPTH + 1})
    wanted = {child.unit_id: child for child in children}
    units = {unit.pk: unit for unit in Unit.objects.filter(area=plan.area_id, pk__in=wanted)}
    if len(units) != len(wanted):
        raise Refused(_("有单位不属于本管理区,没有保存。"))
    standing = {row.unit_id: row for row in Goal.objects.standing().filter(parent=goal, person=None)}
    order = Goal.objects.filter(parent=goal).count()
    fresh: list[Goal] = []
    changed: list[Goal] = []
    changes: dict[str, Any] = {}
    for unit_id, child in wanted.items():
        row = standing.get(unit_id)
        old = row.value if row else None
        if row is None:
            row = Goal(
                plan=plan, parent=goal, depth=goal.depth + 1, order=order + len(fresh), dimension_id=goal.dimension_id, title=goal.title,
                indicator_id=goal.indicator_id, rule=goal.rule, coordinator_id=goal.coordinator_id, unit=units[unit_id],
                degree=goal.degree, basis=goal.basis, curve=Goal.Curve.EQUAL if goal.curve == HAND else goal.curve,
                weight=goal.weight, version=1,
            )  # fmt: skip
            fresh.append(row)
        elif (row.value, row.mean_weight) == (child.value, child.mean_weight):
            continue
        else:
            row.version += 1
            changed.append(row)
        row.value, row.mean_weight = child.value, child.mean_weight  # type: ignore[assignment]
        changes[units[unit_id].name] = [print_number(old), print_number(child.value)]
    Goal.objects.bulk_create(fresh)
    Goal.objects.bulk_update(changed, ["value", "mean_weight", "version"], batch_size=500)
    draw_months(plan, [row for row in (*fresh, *changed) if row.curve != HAND])
    rescale_members(changed)
    if changes:
        goal.save()
        record(by=by, verb="分解目标", obj=goal, area_id=plan.area_id, changes=changes)
    return [*fresh, *changed]


def draw_months(plan: GoalPlan, goals: Iterable[Goal]) -> None:
    """Draw the months of goals by their own methods: two bulk writes and a read for each shape."""
    drawn = [goal for goal in goals if goal.indicator_id is not None and goal.value is not None and goal.curve != HAND]
    emptied = [goal.pk for goal in goals if goal.pk not in {row.pk for row in drawn} and goal.curve != HAND]
    GoalMonth.objects.filter(goal_id__in=[*(row.pk for row in drawn), *emptied]).delete()
    months = plan.months
    shapes = {key: load_shape(plan, *key) for key in {(row.curve, row.indicator_id, row.unit_id) for row in drawn}}
    rows = []
    for goal in drawn:
        assert goal.indicator is not None
        shape = shapes[goal.curve, goal.indicator_id, goal.unit_id]
        values = draw_curve(goal.value, months, rollup=goal.indicator.rollup, method=goal.curve, decimals=goal.decimals, shape=shape)
        rows += [GoalMonth(goal=goal, month=month, value=value) for month, value in values.items()]
    GoalMonth.objects.bulk_create(rows, batch_size=1000)


@action
def set_curve(goal: Goal, *, method: str, by: Any, values: Mapping[str, Decimal | None] | None = None, version: int | None = None) -> Goal:
    """Set how a goal's year is spread over its months: drawn by a method, or typed month by month."""
    plan = lock_plan(goal.plan, by=by)
    goal = lock_row(goal, version=version)
    if goal.indicator_id is None or goal.value is None:
        raise Refused(_("先填目标值,才有进度曲线。"))
    goal.curve = method
    goal.save()
    if method != HAND:
        draw_months(plan, [goal])
    else:
        typed = {month: value for month, value in (values or {}).items() if month in plan.months and value is not None}
        GoalMonth.objects.filter(goal=goal).delete()
        GoalMonth.objects.bulk_create([GoalMonth(goal=goal, month=month, value=value) for month, value in typed.items()])
    rescale_members([goal])
    record(by=by, verb="设定进度曲线", obj=goal, area_id=plan.area_id, note=str(goal.get_curve_display()))
    return goal


@action
def add_milestone(goal: Goal, *, text: str, due: date, share: Decimal, by: Any) -> Milestone:
    """Add what is to be reached by a day."""
    plan = lock_plan(goal.plan, by=by)
    if not text.strip():
        raise ValidationError({"text": _("请写明要做到什么。")})
    if not plan.first_month <= f"{due:%Y-%m}" <= plan.last_month:
        raise ValidationError(
            {"due": _("期限须在计划的 %(first)s 至 %(last)s 之内。") % {"first": plan.first_month, "last": plan.last_month}}
        )
    row = Milestone(goal=goal, text=text.strip(), due=due, share=share)
    row.save()
    record(by=by, verb="增加节点", obj=goal, area_id=plan.area_id, note=f"{row.text} {due}")
    return row


@action
def finish_milestone(milestone: Milestone, *, result: str, by: Any, version: int | None = None) -> Milestone:
    """Write that a milestone of an issued plan is reached, and what came of it."""
    row = lock_row(milestone, version=version)
    goal = Goal.objects.select_related("plan", "coordinator").get(pk=row.goal_id)
    require(may_finish_milestone, by, goal)
    if goal.plan.state != GoalPlan.State.ISSUED:
        raise Refused(_("计划下达以后才登记完成。"))
    if row.done_on is not None:
        raise StaleForm(row)
    if not result.strip():
        raise ValidationError({"result": _("请写明完成情况,用数说话。")})
    row.done_on, row.done_by, row.result = today(), by, result.strip()
    row.save()
    settle_tasks(row, result=row.result)
    record(by=by, verb="完成节点", obj=goal, area_id=goal.plan.area_id, note=f"{row.text}:{row.result}")
    return row
