"""采用目标制度包: a plan that is drafted with its tree already pressed down to leaders, stations and groups, from the area's own annual figures."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.actions import Refused, action
from ronghe.common.calendar import today
from ronghe.goals.actions.cascade import draw_months, lock_plan, write_goal
from ronghe.goals.actions.plans import draft_plan
from ronghe.goals.models import Goal, GoalPlan, Milestone
from ronghe.goals.packs import NodeSpec, read_goal_pack
from ronghe.goals.queries.offers import Offer, list_offers
from ronghe.goals.rules.cascade import SUM, WEIGHTED, split_goal
from ronghe.goals.rules.curve import LAST_YEAR
from ronghe.org.models import Unit

Numbers = Mapping[str, Decimal | None]


@action
def begin_plan(area: Unit, *, title: str, first_month: str, last_month: str, basis: str, numbers: Numbers, by: Any) -> GoalPlan:
    """Draft a plan with goals of the pack in it: `numbers` are those that are wanted by code, with their annual figures."""
    plan = draft_plan(area, title=title, first_month=first_month, last_month=last_month, basis=basis, by=by)
    adopt_goals(plan, numbers=numbers, by=by)
    return plan


@action
def adopt_goals(plan: GoalPlan, *, numbers: Numbers, by: Any) -> list[Goal]:
    """Take goals of the pack into a plan that is being written, with their children, months and milestones, and the parts of 六同步 that are open.

    Raises ValidationError at the code of each goal whose number is missing or cannot be.
    """
    plan = lock_plan(plan, by=by)
    offers = [offer for offer in list_offers(plan.area, plan.months, plan) if offer.spec.code in numbers]
    check_numbers(offers, numbers)
    order = Goal.objects.filter(plan=plan, parent=None).count()
    tops = [add_top(plan, offer, numbers[offer.spec.code], order + n) for n, offer in enumerate(offers)]
    children = Goal.objects.bulk_create(
        [child for offer, top in zip(offers, tops, strict=True) for child in list_children(plan, offer, top)], batch_size=500
    )
    weigh_children(plan, offers, tops, children)
    add_nodes(plan, offers, tops, children)
    draw_months(plan, [*tops, *children])
    pack = read_goal_pack()
    for part in plan.parts.select_for_update():
        if not part.is_settled:
            part.text = pack.parts[part.kind]
            part.save()
    note = _("%(pack)s,%(n)d 项目标,分到 %(m)d 处") % {"pack": pack.name, "n": len(tops), "m": len(children)}
    record(by=by, verb="采用目标制度包", obj=plan, area_id=plan.area_id, note=note)
    return [*tops, *children]


def check_numbers(offers: list[Offer], numbers: Numbers) -> None:
    """Raise Refused for what the pack does not have, ValidationError at the goals that cannot be taken in so."""
    if not numbers:
        raise Refused(_("一项目标也没有列入。"))
    if {offer.spec.code for offer in offers} != set(numbers):
        raise Refused(_("制度包里没有这项目标,请重新打开这一页。"))
    wrong = {offer.spec.code: text for offer in offers if (text := offer.judge(numbers[offer.spec.code]))}
    if wrong:
        raise ValidationError(wrong)


def add_top(plan: GoalPlan, offer: Offer, value: Decimal | None, order: int) -> Goal:
    """Write a goal of the whole area. One that the area itself delivers has no children."""
    spec = offer.spec
    curve = Goal.Curve.EQUAL if spec.curve == LAST_YEAR and not offer.last.whole else Goal.Curve(spec.curve)
    goal = Goal(plan=plan, parent=None, depth=0, order=order, curve=curve)
    alone = offer.units == (plan.area,)
    write_goal(
        goal,
        {
            "title": offer.title, "dimension": offer.dimension, "indicator": offer.indicator, "value": value, "rule": spec.rule,
            "coordinator": offer.leader, "unit": plan.area if alone else None, "degree": spec.degree, "basis": offer.basis,
        },
    )  # fmt: skip
    return goal


def list_children(plan: GoalPlan, offer: Offer, top: Goal) -> list[Goal]:
    """Return the unsaved children of a goal, one for each unit that delivers: amounts by last year's figures or equally, levels as they are."""
    if top.unit_id is not None:
        return []
    values: list[Decimal | None] = [None] * len(offer.units)
    if top.value is not None:
        even = [Decimal(0)] * len(offer.units)
        shares = [offer.last.rates[unit.pk] for unit in offer.units] if top.rule == SUM and offer.last.rates else even
        values = list(split_goal(top.rule, top.value, shares, offer.decimals))
    return [
        Goal(
            plan=plan, parent=top, depth=1, order=n, dimension_id=top.dimension_id, title=top.title, indicator_id=top.indicator_id,
            indicator=top.indicator, rule=top.rule, coordinator_id=top.coordinator_id, unit=unit, degree=top.degree, basis=top.basis,
            curve=top.curve, value=value, version=1,  # type: ignore[misc]
        )
        for n, (unit, value) in enumerate(zip(offer.units, values, strict=True))
    ]  # fmt: skip


def weigh_children(plan: GoalPlan, offers: list[Offer], tops: list[Goal], children: list[Goal]) -> None:
    """Give the children of weighted goals their weights: the same unit's goal of the weighing indicator; all the same where there is none."""
    changed = []
    for offer, top in zip(offers, tops, strict=True):
        if offer.spec.rule != WEIGHTED:
            continue
        by = Goal.objects.standing().filter(plan=plan, depth=1, person=None, indicator__code=offer.spec.weight)
        weights = {unit: value for unit, value in by.values_list("unit_id", "value") if value}
        mine = [child for child in children if child.parent_id == top.pk]
        for child in mine:
            child.mean_weight = weights.get(child.unit_id or 0, Decimal(0)) if any(row.unit_id in weights for row in mine) else Decimal(1)
        changed += mine
    Goal.objects.bulk_update(changed, ["mean_weight"], batch_size=500)


def add_nodes(plan: GoalPlan, offers: list[Offer], tops: list[Goal], children: list[Goal]) -> None:
    """Write the milestones of the goals that are no number, at whoever delivers them."""
    rows = []
    for offer, top in zip(offers, tops, strict=True):
        owners = [top] if top.unit_id is not None else [child for child in children if child.parent_id == top.pk]
        nodes = list_nodes(offer.spec.nodes, plan.months)
        rows += [Milestone(goal=goal, text=node.name, due=due, share=node.share, version=1) for goal in owners for node, due in nodes]
    Milestone.objects.bulk_create(rows, batch_size=1000)


def list_nodes(nodes: tuple[NodeSpec, ...], months: list[str]) -> list[tuple[NodeSpec, date]]:
    """Return the nodes with their days: the twelfth of the year that the pack names, taken of this plan. What is past already is left out."""
    dated = []
    for node in nodes:
        month = months[-(-node.month * len(months) // 12) - 1]
        dated.append((node, date(int(month[:4]), int(month[5:]), 1) + relativedelta(day=31)))
    return [(node, due) for node, due in dated if due >= today()] or dated
