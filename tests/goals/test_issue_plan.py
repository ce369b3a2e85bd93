"""From drafted to accepted; a change in the year keeps both versions and the months before it."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django_fsm import TransitionNotAllowed

from ronghe.audit.models import Entry
from ronghe.common.actions import Refused
from ronghe.goals.actions.cascade import change_goal, finish_milestone, split_goal
from ronghe.goals.actions.follow import refresh_progress
from ronghe.goals.actions.plans import accept_goals, approve_plan, discuss_plan, drop_plan, issue_plan, return_plan, revise_plan
from ronghe.goals.models import Acceptance, Goal, GoalPlan, Milestone, Progress, Target
from ronghe.worklist.models import Task
from tests.goals.cases import STATIONS, YEAR, Child, approve, draft, issue, split_oil, write_plan


def test_the_way_to_the_owners(world):
    plan, _oil, _party = write_plan(world)
    plan = issue(world, plan)
    assert plan.state == "issued"
    asked = sorted(Task.objects.open().filter(kind="目标认领").values_list("owner__name", flat=True))
    assert asked == sorted(["王海涛", "李建国", "刘海涛", "孙丽华", "马晓燕"])
    assert Target.objects.filter(area=world.area).count() == 36
    assert set(Target.objects.filter(unit=world.unit["注采一站"]).values_list("value", flat=True)) == {Decimal(1250)}
    accept_goals(plan, by=world.liuhaitao.user, note="保证完成")
    row = Acceptance.objects.get(person=world.liuhaitao)
    assert (row.goals, row.at is not None, len(row.digest)) == (1, True, 64)
    assert Task.objects.open().filter(kind="目标认领", owner=world.liuhaitao).count() == 0
    assert Entry.objects.get(verb="认领目标").note == f"1 项,摘要 {row.digest[:16]};保证完成"


def test_it_is_accepted_once_and_by_owners_only(world):
    plan = issue(world, write_plan(world)[0])
    accept_goals(plan, by=world.liuhaitao.user)
    with pytest.raises(Refused):
        accept_goals(plan, by=world.liuhaitao.user)
    with pytest.raises(PermissionDenied):
        accept_goals(plan, by=world.hejing.user)


def test_what_does_not_reconcile_is_not_approved(world):
    plan, oil, _party = write_plan(world)
    split_oil(world, oil, ("15000", "12000", "8999"))
    with pytest.raises(Refused, match="相差 1,"):
        approve(world, plan)
    assert GoalPlan.objects.get(pk=plan.pk).state == "discussed"


def test_steps_are_not_skipped(world):
    plan, _oil, _party = write_plan(world)
    with pytest.raises(TransitionNotAllowed):
        approve_plan(plan, meeting="班子会", meeting_on=date(YEAR, 1, 5), by=world.wanghaitao.user)
    with pytest.raises(TransitionNotAllowed):
        issue_plan(plan, by=world.wanghaitao.user)


def test_the_author_does_not_approve(world):
    plan, _oil, _party = write_plan(world)
    GoalPlan.objects.filter(pk=plan.pk).update(author=world.wanghaitao.user)
    with pytest.raises(PermissionDenied):
        approve(world, plan)


def test_a_meeting_is_named_and_not_to_come(world):
    plan, _oil, _party = write_plan(world)
    discuss_plan(plan, on=date(YEAR, 1, 3), note="讨论过", by=world.zhaomin.user)
    for meeting, on, field in (
        (" ", date(YEAR, 1, 5), "meeting"),
        ("班子会", date(YEAR + 1, 1, 1), "meeting_on"),
        ("班子会", date(YEAR, 1, 2), "meeting_on"),
    ):
        with pytest.raises(ValidationError) as raised:
            approve_plan(plan, meeting=meeting, meeting_on=on, by=world.wanghaitao.user)
        assert list(raised.value.message_dict) == [field]


def test_an_approved_plan_is_read_only_until_it_is_returned(world):
    plan, oil, _party = write_plan(world)
    plan = approve(world, plan)
    with pytest.raises(Refused):
        change_goal(oil, title="x", by=world.zhaomin.user)
    return_plan(plan, reason="产量要再议", by=world.wanghaitao.user)
    assert change_goal(oil, title="原油产量(商品量)", by=world.zhaomin.user).title == "原油产量(商品量)"


def test_a_change_in_july_leaves_the_first_half_alone(world):
    plan, oil, _party = write_plan(world)
    plan = issue(world, plan)
    Target.objects.filter(unit=world.unit["注采一站"], period=f"{YEAR}-03").update(base=Decimal(7))
    before = list(Target.objects.filter(period__lt=f"{YEAR}-07").order_by("pk").values())
    made = revise_plan(plan, takes_effect=f"{YEAR}-07", reason="新井推迟投产", by=world.zhaomin.user)
    assert (made.number, made.previous_id) == (2, plan.pk)
    fresh = made.goals.get(parent=None, indicator__isnull=False)
    change_goal(fresh, value=Decimal(24000), by=world.zhaomin.user)
    split_goal(fresh, [Child(world.unit[name].pk, Decimal(8000)) for name in STATIONS], by=world.zhaomin.user)
    issue(world, made)
    assert list(Target.objects.filter(period__lt=f"{YEAR}-07").order_by("pk").values()) == before
    later = set(Target.objects.filter(period__gte=f"{YEAR}-07").values_list("value", flat=True))
    assert later == {Decimal(666), Decimal(667)}
    assert GoalPlan.objects.get(pk=plan.pk).state == "replaced"
    assert plan.goals.get(pk=oil.pk).value == Decimal(36000)


def test_a_change_names_its_month_and_reason(world):
    plan = issue(world, write_plan(world)[0])
    for month, reason, field in ((f"{YEAR + 1}-01", "x", "takes_effect"), (f"{YEAR}-07", " ", "reason")):
        with pytest.raises(ValidationError) as raised:
            revise_plan(plan, takes_effect=month, reason=reason, by=world.zhaomin.user)
        assert list(raised.value.message_dict) == [field]
    made = revise_plan(plan, takes_effect=f"{YEAR}-07", reason="调整", by=world.zhaomin.user)
    with pytest.raises(Refused):
        revise_plan(plan, takes_effect=f"{YEAR}-08", reason="再调", by=world.zhaomin.user)
    drop_plan(made, reason="不调了", by=world.zhaomin.user)
    assert revise_plan(plan, takes_effect=f"{YEAR}-08", reason="再调", by=world.zhaomin.user).number == 2


def test_a_plan_given_up_stays_readable(world):
    plan = drop_plan(draft(world), reason="重写", by=world.zhaomin.user)
    assert GoalPlan.objects.visible_to(world.wanghaitao.user).get() == plan
    assert GoalPlan.objects.visible_to(world.liuhaitao.user).count() == 0


def test_a_milestone_is_finished_by_who_delivers(world):
    plan, _oil, party = write_plan(world)
    first = Milestone.objects.filter(goal=party).first()
    with pytest.raises(Refused):
        finish_milestone(first, result="完成", by=world.zhaomin.user)
    issue(world, plan)
    with pytest.raises(PermissionDenied):
        finish_milestone(first, result="完成", by=world.liuhaitao.user)
    finish_milestone(first, result="标准印发,5 个党小组", by=world.lijianguo.user)
    refresh_progress(plan, day=date(YEAR, 7, 1))
    assert Progress.objects.get(goal=party).actual == Decimal(40)


def test_progress_goes_up_the_tree(world):
    from ronghe.figures.models import Batch, Figure, ReportingPeriod

    plan, oil, party = write_plan(world)
    plan = issue(world, plan)
    for month, values in ((f"{YEAR}-01", (1300, 900, 800)), (f"{YEAR}-02", (1250, 1000, 600))):
        day = date(YEAR, 1, 1)
        period = ReportingPeriod.objects.create(area=world.area, period=month, opens_on=day, due_on=day, closes_on=day)
        batch = Batch.objects.create(
            area=world.area, unit=world.area, period=period, number=month, source="grid", author=world.zhaomin.user
        )
        for name, value in zip(STATIONS, values, strict=True):
            Figure.objects.create(
                area=world.area, batch=batch, unit=world.unit[name], indicator=oil.indicator, period=month, actual=value, in_force=True
            )
    refresh_progress(plan, day=date(YEAR, 3, 5))
    rows = {
        row.goal.unit.name if row.goal.unit else "": (row.month, row.target, row.actual, row.light)
        for row in Progress.objects.filter(goal__indicator=oil.indicator)
    }
    month = f"{YEAR}-02"
    assert rows == {
        "": (month, Decimal(6000), Decimal(5850), "yellow"),
        "注采一站": (month, Decimal(2500), Decimal(2550), "green"),
        "注采二站": (month, Decimal(2000), Decimal(1900), "yellow"),
        "注采三站": (month, Decimal(1500), Decimal(1400), "red"),
    }
    assert Progress.objects.get(goal=party).light == "green"
    assert refresh_progress(plan, day=date(YEAR, 3, 5)) == 0


def test_deliverers_are_those_of_their_own_unit(world):
    plan = issue(world, write_plan(world)[0])
    from ronghe.goals.queries.tree import list_mine

    mine = {
        who: [goal.title for goal in list_mine(getattr(world, who).user)]
        for who in ("liuhaitao", "wanghaitao", "lijianguo", "hejing", "handong")
    }
    assert mine["liuhaitao"] == ["原油产量"]
    assert mine["wanghaitao"] == ["原油产量"] * 4
    assert mine["lijianguo"] == ["党小组标准化建设"]
    assert mine["hejing"] == mine["handong"] == []
    assert Goal.objects.visible_to(world.handong.user).count() == 0
    assert plan.goals.count() == 5
