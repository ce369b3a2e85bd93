"""Goals from a sheet into a plan that is being written: all of them or none."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.actions import Refused, action
from ronghe.goals.actions.cascade import draw_months, lock_plan, write_goal
from ronghe.goals.models import Dimension, Goal, GoalPlan, Indicator
from ronghe.goals.reading import GoalReading
from ronghe.org.models import Person, Post, Unit

MODELS: dict[str, Any] = {"dimension": Dimension, "coordinator": Post, "unit": Unit, "person": Person, "indicator": Indicator}
MOST_GOALS = 2_000


@action
def import_goals(plan: GoalPlan, found: GoalReading, *, name: str, by: Any) -> list[Goal]:
    """Add the goals of a sheet to a plan, each under the one above it by its level. A refusal of one takes all of them back."""
    plan = lock_plan(plan, by=by)
    if not found.is_clean:
        raise Refused(_("表里还有 %(count)d 处问题,一项目标也没有导入。") % {"count": len(found.problems)})
    if len(found.lines) > MOST_GOALS:
        raise Refused(_("一次最多导入 %(n)d 项目标。") % {"n": MOST_GOALS})
    rows = {
        field: {row.pk: row for row in model.objects.filter(area=plan.area_id, pk__in={line.ids[field] for line in found.lines})}
        for field, model in MODELS.items()
    }
    order = Goal.objects.filter(plan=plan, parent=None).count()
    path: list[Goal] = []
    made: list[Goal] = []
    for number, line in enumerate(found.lines):
        del path[line.level - 1 :]
        goal = Goal(plan=plan, parent=path[-1] if path else None, depth=len(path), order=order + number)
        values = {field: rows[field].get(line.ids[field]) for field in MODELS}
        rule = line.rule or (Goal.Rule.SUM if values["indicator"] else Goal.Rule.MILESTONES)
        try:
            write_goal(goal, {**values, "title": line.title, "degree": line.degree, "basis": line.basis, "value": line.value, "rule": rule})
        except ValidationError as problem:
            raise Refused(_("第 %(row)d 行:%(why)s 一项目标也没有导入。") % {"row": line.row, "why": " ".join(problem.messages)}) from None
        path.append(goal)
        made.append(goal)
    draw_months(plan, made)
    record(by=by, verb="导入目标", obj=plan, area_id=plan.area_id, note=_("%(name)s,%(n)d 项") % {"name": name, "n": len(made)})
    return made
