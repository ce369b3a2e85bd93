"""The whole tree of a plan as a table, for Excel."""

from typing import Any

from ronghe.goals.models import GoalPlan, Progress
from ronghe.goals.queries.checks import load_goals, map_children
from ronghe.goals.queries.tree import LIGHTS, may_see_result, name_holders

HEADS = (
    "层级", "维度", "目标", "统筹协调", "落实单位", "落实人", "指标", "单位", "目标值", "合成方式", "差额名目", "差额", "差额理由", "抓到什么程度", "依据",
    "截至", "累计目标", "累计实际", "灯",
)  # fmt: skip


def list_rows(plan: GoalPlan, *, user: Any) -> list[tuple[Any, ...]]:
    """Return every goal of a plan that the reader may see, in the order of its tree. Three queries."""
    goals = load_goals(plan, user=user)
    children = map_children(goals)
    progress = {row.goal_id: row for row in Progress.objects.filter(goal__plan=plan)}
    holders = name_holders([goal.coordinator_id for goal in goals if goal.coordinator_id])
    rows: list[tuple[Any, ...]] = []
    waiting = list(reversed(children.get(None, [])))
    while waiting:
        goal = waiting.pop()
        waiting.extend(reversed(children.get(goal.pk, [])))
        at = progress.get(goal.pk) if may_see_result(user, goal) else None
        coordinator = f"{goal.coordinator.title} {holders.get(goal.coordinator.pk, '')}".strip() if goal.coordinator else ""
        rows.append((
            goal.depth + 1, goal.dimension.name, goal.title, coordinator, goal.unit.name if goal.unit else "", goal.person.name if goal.person else "",
            goal.indicator.name if goal.indicator else "", goal.indicator.unit_text if goal.indicator else "", goal.value, goal.get_rule_display(),
            goal.get_spare_display() if goal.spare else "", goal.spare_value, goal.spare_reason, goal.degree, goal.basis,
            at.month if at else "", at.target if at else None, at.actual if at else None, LIGHTS.get(at.light, "") if at else "",
        ))  # fmt: skip
    return rows
