"""A goal plan changed in July leaves the first half byte-identical: targets, figures and the scores computed from them (M1)."""

from decimal import Decimal

from ronghe.assessment.models import Mark, Run
from ronghe.goals.actions.cascade import change_goal, set_curve
from ronghe.goals.actions.plans import draft_plan, revise_plan
from ronghe.goals.models import Goal, Indicator, Target
from tests.assessment import month
from tests.goals.cases import add_oil, fill_parts, issue, split_oil

FIRST_HALF, SECOND_HALF = [f"2026-{n:02d}" for n in range(1, 7)], [f"2026-{n:02d}" for n in range(7, 13)]


def plan_oil(world):
    """A plan of 2026 by the small scheme's own output, issued."""
    area = world.area
    plan = draft_plan(area, title="2026年目标", first_month="2026-01", last_month="2026-12", basis="厂文", by=world.zhaomin.user)
    split_oil(world, add_oil(world, plan, Indicator.objects.get(area=area, code="oil")))
    fill_parts(world, plan)
    return issue(world, plan)


def raise_from_july(world, plan):
    """A second version from July: 1,200 t more, all of it in the second half."""
    made = revise_plan(plan, takes_effect="2026-07", reason="新井提前投产", by=world.zhaomin.user)
    top = Goal.objects.get(plan=made, parent=None)
    change_goal(top, value=Decimal(37200), by=world.zhaomin.user)
    raised = [top, Goal.objects.get(plan=made, unit=world.unit["注采一站"])]
    change_goal(raised[1], value=Decimal(16200), by=world.zhaomin.user)
    for goal, before in zip(raised, (3000, 1250), strict=True):
        values = {name: Decimal(before) for name in FIRST_HALF} | {name: Decimal(before + 200) for name in SECOND_HALF}
        set_curve(Goal.objects.get(pk=goal.pk), method="hand", values=values, by=world.zhaomin.user)
    return issue(world, made)


def tell_targets(world, months):
    rows = Target.objects.filter(area=world.area, period__in=months).order_by("period", "unit_id", "indicator_id")
    return list(rows.values_list("pk", "version", "period", "unit_id", "indicator_id", "value", "base"))


def tell_bytes(run):
    row = Run.objects.get(pk=run.pk)
    return bytes(row.inputs), bytes(row.outputs), row.inputs_digest, row.results_digest


def test_a_change_in_july_leaves_the_first_half_byte_identical(world):
    month.add_indicators(world.area)
    month.adopt(world)
    plan = plan_oil(world)
    for period in ("2026-03", "2026-06", "2026-07"):
        month.report(world, period, month.ACTUALS)
    shown = {period: month.publish(world, period) for period in ("2026-03", "2026-06")}
    targets, scored = tell_targets(world, FIRST_HALF), {period: tell_bytes(run) for period, run in shown.items()}
    raise_from_july(world, plan)
    assert tell_targets(world, FIRST_HALF) == targets
    assert {period: tell_bytes(run) for period, run in shown.items()} == scored
    again = {period: month.run(world, period, reason="核对") for period in shown}
    assert {period: tell_bytes(run) for period, run in again.items()} == scored
    july = month.run(world, "2026-07")
    seen = {
        period: Mark.objects.get(run=run, unit=world.unit["注采一站"], indicator="oil").target
        for period, run in (*again.items(), ("2026-07", july))
    }
    assert seen == {"2026-03": Decimal(1250), "2026-06": Decimal(1250), "2026-07": Decimal(1450)}
    assert list(Run.objects.filter(period="2026-06").order_by("number").values_list("state", flat=True)) == ["published", "preview"]
