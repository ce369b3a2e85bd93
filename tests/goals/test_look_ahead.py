"""Forecast lights on goals, the chart of plan, actual and forecast, and the way from the area's goal to one's own part and back."""

from decimal import Decimal

import pytest

from ronghe.common.calendar import now
from ronghe.goals.actions.cascade import add_goal, add_milestone
from ronghe.goals.actions.follow import refresh_progress
from ronghe.goals.models import Goal, Progress
from ronghe.goals.rules.curve import covers_year
from ronghe.outlook.models import Outlook
from ronghe.worklist.models import Task
from tests.assessment.month import report
from tests.goals.cases import STATIONS, YEAR, issue, write_plan


def foresee(world, indicator, **estimates):
    """Write the forecasts of the stations' years."""
    for name, estimate in estimates.items():
        Outlook.objects.create(
            area=world.area, unit=world.unit[name], indicator=indicator, period=f"{YEAR}-02", kind="sum", method="mean",
            estimate=Decimal(estimate), year_gone=Decimal("0.1"), light="green", digest="0", computed_at=now(),
        )  # fmt: skip


@pytest.fixture
def followed(world):
    """An issued plan with two months of figures and a forecast for each station."""
    plan, world.oil, world.party = write_plan(world)
    world.plan = issue(world, plan)
    indicator = world.oil.indicator
    for month in ("01", "02"):
        report(world, f"{YEAR}-{month}", {name: {"oil-year": value} for name, value in zip(STATIONS, (1250, 1000, 700), strict=True)})
    foresee(world, indicator, 注采一站="15000", 注采二站="11600", 注采三站="8000")
    refresh_progress(world.plan)
    return world


def test_a_goal_is_told_by_its_forecast_and_its_parent_by_the_sum(followed):
    seen = {
        row.goal.unit.name if row.goal.unit else row.goal.title: (row.estimate, row.outlook)
        for row in Progress.objects.filter(goal__plan=followed.plan).select_related("goal__unit")
        if row.goal.indicator_id
    }
    assert seen == {
        "注采一站": (Decimal(15000), "green"), "注采二站": (Decimal(11600), "yellow"), "注采三站": (Decimal(8000), "red"),
        "原油产量": (Decimal(34600), "yellow"),
    }  # fmt: skip


def test_a_plan_of_a_phase_is_not_told_by_the_year():
    assert [covers_year(*span) for span in (("2026-01", "2026-12"), ("2026-01", "2026-06"), ("2026-01", "2027-12"))] == [True, False, False]


def test_the_forecast_is_for_those_who_read_forecasts(followed, login):
    address = f"/goals/nodes/{Goal.objects.get(unit=followed.unit['注采三站']).pk}/"
    seen = {who: "全期预计" in login(getattr(followed, who)).get(address).content.decode().split("经过")[0]
            for who in ("wanghaitao", "qianjin", "maxiaoyan", "liuhaitao", "wutong")}  # fmt: skip
    assert seen == {"wanghaitao": True, "qianjin": True, "maxiaoyan": True, "liuhaitao": False, "wutong": False}


def test_the_chart_has_running_sums_and_the_way_to_the_years_end(followed, login):
    chart = login(followed.wanghaitao).get(f"/goals/nodes/{followed.oil.pk}/").context["chart"]
    series = {one["name"]: one["values"] for one in chart["series"]}
    assert series["累计目标"][-1] == "36000"
    assert series["累计实际"] == ["2950", "5900", *[None] * 10]
    assert (series["全期预计"][:2], series["全期预计"][-1]) == ([None, "5900"], "34600")


def test_my_part_and_what_it_serves(world, login):
    plan, oil, _party = write_plan(world)
    station = Goal.objects.get(parent=oil, unit=world.unit["注采一站"])
    task = add_goal(
        plan, parent=station, by=world.zhaomin.user, title="新井管理", dimension=station.dimension, indicator=None, value=None,
        person=world.wutong, degree="三口新井零躺井",
    )  # fmt: skip
    add_milestone(task, text="建档", due=plan_day(plan), share=Decimal(100), by=world.zhaomin.user)
    issue(world, plan)
    assert sorted(Task.objects.open().filter(kind="目标节点", owner=world.wutong).values_list("title", flat=True)) == ["新井管理:建档"]
    client = login(world.wutong)
    top = client.get(f"/goals/nodes/{oil.pk}/").content.decode()
    assert "您在这项里的部分" in top
    assert f'href="/goals/nodes/{task.pk}/"' in top
    mine = client.get("/goals/mine/").content.decode()
    assert f'服务于 <a href="/goals/nodes/{oil.pk}/">原油产量</a>' in mine
    done = client.post(f"/goals/nodes/{task.pk}/milestones/{task.milestones.get().pk}/done/", {"result": "三口井建档", "version": 1})
    assert done.status_code == 302
    assert Task.objects.open().filter(kind="目标节点", owner=world.wutong).count() == 0
    assert "您在这项里的部分" not in login(world.luolan).get(f"/goals/nodes/{oil.pk}/").content.decode()


def plan_day(plan):
    from datetime import date

    return date(int(plan.last_month[:4]), 12, 1)
