"""A small plan in the small world: output of the area by three stations, a party goal by milestones."""

from datetime import date
from decimal import Decimal

from ronghe.common.calendar import today
from ronghe.goals.actions.cascade import Child, add_goal, add_milestone, split_goal
from ronghe.goals.actions.plans import approve_plan, discuss_plan, draft_plan, issue_plan, save_parts
from ronghe.goals.models import Dimension, Goal, GoalPlan, PlanPart
from ronghe.org.models import Post
from tests.figures.factories import make_indicator
from tests.stage import staged

YEAR = today().year
STATIONS = ("注采一站", "注采二站", "注采三站")


@staged
def make_oil(world):
    return make_indicator(world.area, "oil-year", "年产油量", unit_text="t", decimals=0, rollup="sum", tracks=["production"])


@staged
def draft(world, by=None) -> GoalPlan:
    return draft_plan(
        world.area,
        title=f"{YEAR}年目标",
        first_month=f"{YEAR}-01",
        last_month=f"{YEAR}-12",
        basis="厂党委〔1〕号",
        by=(by or world.zhaomin).user,
    )


def dimension(world, name="主营业务") -> Dimension:
    return Dimension.objects.get(area=world.area, name=name)


def post(world, kind="area_manager") -> Post:
    return Post.objects.get(area=world.area, kind=kind)


@staged
def add_oil(world, plan, indicator, value="36000", **more) -> Goal:
    values = {
        "title": "原油产量", "dimension": dimension(world), "indicator": indicator, "value": Decimal(value), "rule": "sum",
        "coordinator": post(world), "degree": "完成全年产量,月均衡", "basis": "厂产量计划",
    }  # fmt: skip
    return add_goal(plan, by=world.zhaomin.user, **{**values, **more})


@staged
def split_oil(world, goal, values=("15000", "12000", "9000")) -> list[Goal]:
    children = [Child(world.unit[name].pk, Decimal(value)) for name, value in zip(STATIONS, values, strict=True)]
    return split_goal(goal, children, by=world.zhaomin.user)


@staged
def add_party(world, plan) -> Goal:
    goal = add_goal(
        plan, by=world.zhaomin.user, title="党小组标准化建设", dimension=dimension(world, "党建工作"), indicator=None, value=None, rule="milestones",
        coordinator=post(world, "branch_secretary"), unit=world.unit["综合党群室"], degree="全部党小组达标",
    )  # fmt: skip
    add_milestone(goal, text="制定标准", due=date(YEAR, 6, 30), share=Decimal(40), by=world.zhaomin.user)
    add_milestone(goal, text="逐组验收", due=date(YEAR, 12, 20), share=Decimal(60), by=world.zhaomin.user)
    return goal


@staged
def fill_parts(world, plan) -> GoalPlan:
    parts = dict.fromkeys(PlanPart.Kind.values, ("已随计划安排", ""))
    parts["environment"] = ("", "环境保护由厂安全环保部统一安排")
    return save_parts(plan, parts, by=world.zhaomin.user)


@staged
def write_plan(world) -> tuple[GoalPlan, Goal, Goal]:
    """A plan that reconciles: → plan, the output goal, the party goal."""
    plan = draft(world)
    oil = add_oil(world, plan, make_oil(world))
    split_oil(world, oil)
    party = add_party(world, plan)
    fill_parts(world, plan)
    return plan, oil, party


@staged
def approve(world, plan) -> GoalPlan:
    plan = discuss_plan(plan, on=today(), note="与三个站长讨论,一致同意", by=world.zhaomin.user)
    return approve_plan(plan, meeting="第3次班子会", meeting_on=today(), by=world.wanghaitao.user)


@staged
def issue(world, plan) -> GoalPlan:
    return issue_plan(approve(world, plan), by=world.wanghaitao.user)
