"""A goal plan that changes in July leaves the first half's scores byte-identical (M1): the same inputs, the same results, the same marks."""

from decimal import Decimal

from ronghe.assessment.actions.runs import run_month
from ronghe.assessment.models import Mark
from ronghe.goals.actions.cascade import Child, change_goal, split_goal
from ronghe.goals.actions.plans import revise_plan
from ronghe.goals.models import Indicator, Target
from tests.assessment.month import ACTUALS, add_indicators, adopt, report
from tests.goals.cases import STATIONS, YEAR, add_oil, draft, fill_parts, issue, split_oil


def read_marks(run):
    fields = ("unit_id", "indicator", "actual", "target", "mark", "lost", "because")
    return list(Mark.objects.filter(run=run).order_by("unit_id", "indicator").values_list(*fields))


def test_a_change_in_july_leaves_the_first_half_as_it_was_scored(world):
    add_indicators(world.area)
    adopt(world)
    oil = Indicator.objects.get(area=world.area, code="oil")
    for period in (f"{YEAR}-06", f"{YEAR}-07"):
        report(world, period, ACTUALS)
    Target.objects.filter(area=world.area).delete()
    plan = draft(world)
    split_oil(world, add_oil(world, plan, oil))
    fill_parts(world, plan)
    plan = issue(world, plan)
    june, july = (run_month(world.area, period, by=world.zhaomin.user) for period in (f"{YEAR}-06", f"{YEAR}-07"))
    made = revise_plan(plan, takes_effect=f"{YEAR}-07", reason="新井推迟投产", by=world.zhaomin.user)
    top = made.goals.get(parent=None)
    change_goal(top, value=Decimal(24000), by=world.zhaomin.user)
    split_goal(top, [Child(world.unit[name].pk, Decimal(8000)) for name in STATIONS], by=world.zhaomin.user)
    issue(world, made)
    again, later = (run_month(world.area, period, by=world.zhaomin.user) for period in (f"{YEAR}-06", f"{YEAR}-07"))
    assert (again.inputs_digest, again.results_digest) == (june.inputs_digest, june.results_digest)
    assert read_marks(again) == read_marks(june)
    assert later.results_digest != july.results_digest
