"""Writing a plan: its months, its tree, what keeps it from being approved."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.audit.models import Entry
from ronghe.common.actions import Refused, StaleForm
from ronghe.common.calendar import at_time
from ronghe.goals.actions.cascade import Child, add_goal, add_milestone, change_goal, set_curve, split_goal, withdraw_goal
from ronghe.goals.actions.plans import copy_plan, draft_plan, save_dimensions, save_parts
from ronghe.goals.models import Dimension, Goal, GoalMonth, GoalPlan, Milestone
from ronghe.goals.queries.checks import list_problems
from tests.goals.cases import YEAR, add_oil, add_party, dimension, draft, fill_parts, issue, make_oil, post, split_oil, write_plan


def texts(plan):
    return [problem.text for problem in list_problems(plan)]


def test_a_plan_begins_with_dimensions_and_six_open_parts(world):
    plan = draft(world)
    assert list(Dimension.objects.filter(area=world.area).values_list("name", flat=True)) == [
        "主营业务",
        "存量资产",
        "人力资源",
        "党建工作",
    ]
    assert plan.parts.count() == 6
    assert Entry.objects.get(verb="起草目标计划").note == f"{YEAR}-01 至 {YEAR}-12"


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [("2026-13", "2026-12", "first_month"), ("2026-05", "2026-01", "last_month"), ("2020-01", "2026-01", "last_month")],
)
def test_months_that_make_no_phase(world, first, last, field):
    with pytest.raises(ValidationError) as raised:
        draft_plan(world.area, title="x", first_month=first, last_month=last, basis="b", by=world.zhaomin.user)
    assert list(raised.value.message_dict) == [field]


@pytest.mark.parametrize("who", ["liuhaitao", "hejing", "wutong", "gaoming", "xitong", "handong"])
def test_others_write_no_plan(world, who):
    with pytest.raises(PermissionDenied):
        draft(world, by=getattr(world, who))


def test_a_whole_plan_has_no_problems(world):
    plan, oil, _party = write_plan(world)
    assert texts(plan) == []
    assert GoalMonth.objects.filter(goal=oil).count() == 12
    assert sum(GoalMonth.objects.filter(goal__parent=oil).values_list("value", flat=True)) == Decimal(36000)


def test_what_is_missing_is_named(world):
    plan = draft(world)
    assert texts(plan) == ["计划里还没有目标"]
    oil = add_oil(world, plan, make_oil(world), coordinator=None)
    fill_parts(world, plan)
    assert texts(plan) == ["「原油产量」没有统筹协调的领导", "「原油产量」没有落实的单位或人"]
    split_oil(world, oil, ("15000", "12000", "8000"))
    assert texts(plan)[1:] == ["「原油产量」与下级相差 1000,请调整,或说明是预留还是压担子"]


def test_a_difference_with_name_and_reason_reconciles(world):
    plan, oil, _party = write_plan(world)
    split_oil(world, oil, ("15000", "12000", "8000"))
    change_goal(oil, spare="reserve", spare_value=Decimal(1000), spare_reason="新井投产时间未定", by=world.zhaomin.user)
    assert texts(plan) == []
    split_oil(world, oil, ("15000", "12000", "9500"))
    change_goal(oil, spare="pressure", spare_value=Decimal(-500), spare_reason="确保完成", by=world.zhaomin.user)
    assert texts(plan) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"spare": "reserve", "spare_value": Decimal(-1), "spare_reason": "x"}, "spare_value"),
        ({"spare": "pressure", "spare_value": Decimal(1), "spare_reason": "x"}, "spare_value"),
        ({"spare": "reserve", "spare_value": None, "spare_reason": "x"}, "spare_value"),
        ({"spare": "reserve", "spare_value": Decimal(1), "spare_reason": " "}, "spare_reason"),
        ({"degree": " "}, "degree"),
        ({"rule": "milestones"}, "rule"),
        ({"indicator": None}, "value"),
    ],
)
def test_what_a_goal_cannot_be(world, values, field):
    _plan, oil, _party = write_plan(world)
    with pytest.raises(ValidationError) as raised:
        change_goal(oil, by=world.zhaomin.user, **values)
    assert list(raised.value.message_dict) == [field]


def test_nothing_of_the_other_area_comes_in(world):
    _plan, oil, _party = write_plan(world)
    with pytest.raises(ValidationError):
        change_goal(oil, unit=world.unit["二区采油站"], by=world.zhaomin.user)
    with pytest.raises(Refused):
        split_goal(oil, [Child(world.unit["二区采油站"].pk, Decimal(1))], by=world.zhaomin.user)


def test_a_stale_form_changes_nothing(world):
    _plan, oil, _party = write_plan(world)
    seen = Goal.objects.get(pk=oil.pk).version
    change_goal(oil, title="原油产量(商品量)", by=world.zhaomin.user, version=seen)
    with pytest.raises(StaleForm):
        change_goal(oil, title="别的", by=world.wanghaitao.user, version=seen)


def test_a_new_value_draws_the_months_again_but_not_typed_ones(world):
    plan, oil, _party = write_plan(world)
    change_goal(oil, value=Decimal(24000), by=world.zhaomin.user)
    assert set(GoalMonth.objects.filter(goal=oil).values_list("value", flat=True)) == {Decimal(2000)}
    typed = {month: Decimal(1000) for month in plan.months} | {plan.months[-1]: Decimal(13000)}
    set_curve(oil, method="hand", values=typed, by=world.zhaomin.user)
    change_goal(oil, value=Decimal(25000), by=world.zhaomin.user)
    assert "「原油产量」的进度曲线与全年相差 1000" in texts(plan)


def test_working_days_make_the_curve(world):
    plan, oil, _party = write_plan(world)
    set_curve(oil, method="workdays", by=world.zhaomin.user)
    months = dict(GoalMonth.objects.filter(goal=oil).values_list("month", "value"))
    assert sum(months.values()) == Decimal(36000)
    assert len(set(months.values())) > 1
    assert texts(plan) == []


def test_what_is_taken_back_counts_no_more(world):
    plan, oil, _party = write_plan(world)
    withdraw_goal(oil, by=world.zhaomin.user)
    assert plan.goals.standing().count() == 1
    assert Entry.objects.get(verb="撤销目标").note == "连同下级共 4 项"


def test_a_goal_that_is_no_number_needs_milestones(world):
    plan = draft(world)
    fill_parts(world, plan)
    goal = add_goal(
        plan, by=world.zhaomin.user, title="标准化", dimension=dimension(world), indicator=None, value=None, coordinator=post(world),
        unit=world.unit["注采一站"], degree="达标",
    )  # fmt: skip
    assert texts(plan) == ["「注采一站 标准化」不是数的目标,要有节点任务"]
    from datetime import date

    with pytest.raises(ValidationError):
        add_milestone(goal, text="验收", due=date(YEAR + 1, 1, 1), share=Decimal(0), by=world.zhaomin.user)


def test_an_empty_part_needs_its_reason(world):
    plan, _oil, _party = write_plan(world)
    save_parts(plan, {"safety": ("", "")}, by=world.zhaomin.user)
    assert texts(plan) == ["六同步「安全生产」没有安排,也没有写原因"]


def test_the_same_indicator_twice_for_a_unit(world):
    plan, oil, _party = write_plan(world)
    add_oil(world, plan, oil.indicator, "15000", unit=world.unit["注采一站"], title="产量再来一遍")
    assert texts(plan) == ["「注采一站 原油产量」与「注采一站 产量再来一遍」是同一单位的同一指标"]


def test_last_years_plan_is_a_start(world):
    plan, _oil, _party = write_plan(world)
    made = copy_plan(plan, title="明年", first_month=f"{YEAR + 1}-01", last_month=f"{YEAR + 1}-12", by=world.zhaomin.user)
    assert list(made.goals.values_list("title", "depth", "value").order_by("depth", "order", "pk")) == list(
        plan.goals.values_list("title", "depth", "value").order_by("depth", "order", "pk")
    )
    months = GoalMonth.objects.filter(goal__plan=made)
    assert set(months.values_list("month", flat=True)) == {f"{YEAR + 1}-{n:02d}" for n in range(1, 13)}
    assert not made.goals.filter(curve="hand").exists()
    assert [(row.text, row.due, row.done_on) for row in Milestone.objects.filter(goal__plan=made).order_by("due", "pk")] == [
        (row.text, row.due.replace(year=row.due.year + 1), None) for row in Milestone.objects.filter(goal__plan=plan).order_by("due", "pk")
    ]
    assert texts(made) == texts(plan)


def test_people_work_by_the_plan_that_is_not_followed_by_another(world):
    """An ended year gives way when the next is issued, and not before."""
    plan, _oil, _party = write_plan(world)
    issue(world, plan)
    assert list(GoalPlan.objects.current()) == [plan]
    with at_time(datetime(YEAR + 1, 1, 20, 9, tzinfo=UTC)):
        assert list(GoalPlan.objects.current()) == [plan]
        made = copy_plan(plan, title="明年", first_month=f"{YEAR + 1}-01", last_month=f"{YEAR + 1}-12", by=world.zhaomin.user)
        assert list(GoalPlan.objects.current()) == [plan]
        issue(world, made)
        assert list(GoalPlan.objects.current()) == [made]


def test_dimensions_are_edited(world):
    draft(world)
    first = Dimension.objects.first()
    save_dimensions(world.area, [(first.pk, "油气主业", "business"), (None, "安全环保", "business")], by=world.wanghaitao.user)
    assert list(Dimension.objects.filter(area=world.area).order_by("order", "id").values_list("name", flat=True))[:2] == [
        "油气主业",
        "存量资产",
    ]
    with pytest.raises(ValidationError):
        save_dimensions(world.area, [(None, "重复", "party"), (None, "重复", "party")], by=world.wanghaitao.user)


def test_the_number_of_queries_does_not_grow_with_the_tree(world, django_assert_num_queries):
    plan, oil, _party = write_plan(world)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as small:
        list_problems(GoalPlan.objects.get(pk=plan.pk))
    for child in Goal.objects.filter(parent=oil):
        split_goal(child, [Child(world.unit["综合党群室"].pk, child.value)], by=world.zhaomin.user)
    with django_assert_num_queries(len(small)):
        list_problems(GoalPlan.objects.get(pk=plan.pk))


def test_six_levels_are_too_deep(world):
    plan = draft(world)
    add_party(world, plan)
    goal = None
    for depth in range(5):
        goal = add_goal(
            plan, parent=goal, by=world.zhaomin.user, title=f"第{depth}层", dimension=dimension(world), indicator=None, value=None,
            coordinator=post(world), degree="x",
        )  # fmt: skip
    with pytest.raises(Refused):
        add_goal(plan, parent=goal, by=world.zhaomin.user, title="太深", dimension=dimension(world), indicator=None, value=None, degree="x")
