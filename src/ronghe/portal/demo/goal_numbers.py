"""The demo's goals that are numbers beside output, each cascaded by another rule (M1)."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from ronghe.goals.actions.cascade import Child, add_goal, set_curve, split_goal
from ronghe.goals.models import Dimension, Goal, GoalPlan, Indicator, Target
from ronghe.goals.rules.cascade import Part, combine
from ronghe.org.models import Post
from ronghe.portal.demo.load import Loaded

# indicator, dimension, rule, who coordinates, what 抓到什么程度 means
NUMBERS = (
    ("hazard", "主营业务", "same", "deputy_production", "各单位隐患按期整改率都不低于目标,超期的当月说明原因"),
    ("decline", "主营业务", "weighted", "deputy_geology", "按产量加权不超过目标,超限的站月度分析到井组"),
    ("unit_cost", "主营业务", "weighted", "deputy_business", "按产量加权不超过目标,电费、作业费、药剂费逐月分解"),
    ("pioneer", "党建工作", "mean", "deputy_party", "党员任务当月派、当月核,没完成的写明原因"),
    ("deploy", "党建工作", "same", "branch_secretary", "上级部署事项按期落实,不能按期的提前报告"),
)


def load_months(plan: GoalPlan, indicator: Indicator) -> dict[int, dict[str, Decimal]]:
    """Return unit → month → planned target over the plan's months; what is not planned yet goes on as the last one."""
    months: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = Target.objects.filter(indicator=indicator, period__gte=plan.first_month, period__lte=plan.last_month, value__isnull=False)
    for unit_id, period, value in rows.order_by("unit__order", "period").values_list("unit_id", "period", "value"):
        months[unit_id][period] = value
    for known in months.values():
        for month in plan.months:
            known.setdefault(month, known[max(known)])
    return months


def write_numbers(loaded: Loaded, area: str, plan: GoalPlan, posts: dict[str, Post], by: Any) -> None:
    """Cascade what isn't added up: the same value to all twelve units, a mean, and means weighted by output."""
    dimensions = {row.name: row for row in Dimension.objects.filter(area=plan.area_id)}
    oil = Goal.objects.filter(plan=plan, depth=1, indicator=loaded.indicators[area, "oil"])
    output: dict[int | None, Decimal | None] = dict(oil.values_list("unit_id", "value"))
    for code, dimension, rule, kind, degree in NUMBERS:
        indicator = loaded.indicators[area, code]
        months = load_months(plan, indicator)
        year = {unit: known[plan.last_month] for unit, known in months.items()}

        def join(values: dict[int, Decimal], rule: str = rule, decimals: int = indicator.decimals) -> Decimal | None:
            return combine(rule, [Part(value, output.get(unit)) for unit, value in values.items()], decimals)

        top = add_goal(
            plan, by=by, title=indicator.name, dimension=dimensions[dimension], indicator=indicator, value=join(year), rule=rule,
            coordinator=posts.get(kind) or posts["area_manager"], degree=degree, basis="采油厂年度指标(示例)",
        )  # fmt: skip
        weights = output if rule == "weighted" else {}
        split_goal(top, [Child(unit, value, weights.get(unit)) for unit, value in year.items()], by=by)
        if all(len(set(known.values())) == 1 for known in months.values()):
            continue  # level all year: the curve that was drawn
        whole = {month: join({unit: known[month] for unit, known in months.items()}) for month in plan.months}
        set_curve(top, method="hand", values=whole, by=by)
        for child in Goal.objects.filter(parent=top):
            set_curve(child, method="hand", values=dict(months[child.unit_id or 0]), by=by)
