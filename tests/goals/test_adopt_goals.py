"""A plan from the 制度包 of goals: the unit's own numbers in one form, the cascade drawn to leaders, stations and groups, ready for its way."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronghe.audit.models import Entry
from ronghe.common.actions import Refused
from ronghe.goals.actions.adopt import adopt_goals, begin_plan
from ronghe.goals.models import Acceptance, Goal, GoalMonth, GoalPlan, Indicator, Milestone, Target
from ronghe.goals.models.plans import DIMENSIONS
from ronghe.goals.packs import adopt_indicators, read_goal_pack, read_handbook
from ronghe.goals.queries.checks import list_problems
from ronghe.goals.queries.offers import list_offers
from ronghe.goals.rules import is_code
from ronghe.goals.rules.curve import list_months
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Appointment, Post, TrackPlace, Unit
from tests.assessment import month
from tests.goals.cases import YEAR, draft, issue

MONTHS = list_months(f"{YEAR}-01", f"{YEAR}-12")
HEAD = {"title": "开张第一年", "first_month": f"{YEAR}-01", "last_month": f"{YEAR}-12", "basis": "厂〔2026〕1号"}
GIVEN = {
    "oil": "36000", "decline": "9.5", "efficiency": "30", "quality": "98", "service": "97", "utilisation": "92.5", "unit_cost": "612.5",
    "expense": "300.55", "savings": "81.01", "deploy": "100", "pioneer": "95", "appeals": "100", "supervision": "100",
}  # fmt: skip


@pytest.fixture
def area(world):
    """The small world with the handbook's indicators: no technical offices, and three of the seven leaders' posts are not there."""
    adopt_indicators(world.area, offices={}, by=world.zhaomin.user)
    return world.area


def numbers(area):
    """Every goal that can be taken in, with the number that the form begins with or the one given."""
    return {
        offer.spec.code: offer.value if offer.value is not None else Decimal(GIVEN[offer.spec.code]) if offer.indicator else None
        for offer in list_offers(area, MONTHS)
        if not offer.problem
    }


def begin(world, **more):
    return begin_plan(world.area, **HEAD, numbers=numbers(world.area), by=world.zhaomin.user, **more)


def test_the_pack_is_whole():
    pack, handbook = read_goal_pack(), {row["code"]: row for row in read_handbook()}
    sides = dict(DIMENSIONS)
    assert set(pack.parts) == {"party", "quality", "safety", "environment", "integrity", "stability"}
    assert all(pack.parts.values())
    codes = [goal.code for goal in pack.goals]
    assert len(set(codes)) == len(codes)
    assert not set(codes) & set(HEAD)
    judged = set()
    for goal in pack.goals:
        assert is_code(goal.code)
        assert goal.leader in LEADERS
        assert goal.degree
        judged.add((goal.leader, sides[goal.dimension]))
        if goal.indicator:
            assert (goal.rule in ("sum", "mean", "same", "weighted"), goal.nodes) == (True, ())
            assert handbook[goal.indicator]["side"] == sides[goal.dimension]
            assert bool(goal.weight) == (goal.rule == "weighted")
        else:
            assert goal.name
            assert goal.basis.endswith("待本单位确认")
            assert sum(node.share for node in goal.nodes) == 100
            assert all(1 <= node.month <= 12 for node in goal.nodes)
    # never two skins: each of the seven answers for both (P9)
    assert judged == {(leader, side) for leader in LEADERS for side in ("party", "business")}
    assert {goal.dimension for goal in pack.goals} == set(sides)


def test_a_plan_is_begun_with_its_cascade_and_goes_its_way(world, area):
    plan = begin(world)
    assert [problem.text for problem in list_problems(plan)] == []
    tops = {goal.title: goal for goal in Goal.objects.filter(plan=plan, parent=None).select_related("coordinator")}
    offices, stations = ("综合党群室", "经营管理室"), ("注采一站", "注采二站", "注采三站")

    def parts(title):
        rows = Goal.objects.filter(parent=tops[title]).order_by("order").values_list("unit__name", "value", "mean_weight")
        return [(name, value, weight) for name, value, weight in rows]

    assert parts("原油产量") == [(name, Decimal(12000), None) for name in stations]
    assert parts("可控费用") == [(offices[0], Decimal("150.28"), None), (offices[1], Decimal("150.27"), None)]
    assert parts("自然递减率") == [(name, Decimal("9.5"), Decimal(12000)) for name in stations]
    assert parts("生产安全事故") == [(name, Decimal(0), None) for name in (*stations, *offices)]
    assert parts("党小组标准化建设") == [(name, None, None) for name in (*stations, *offices)]
    assert Milestone.objects.filter(goal__parent=tops["党小组标准化建设"]).count() >= 5
    # a post that nobody holds falls to the two who lead, on its own side
    assert [tops[title].coordinator.kind for title in ("自然递减率", "机采系统效率", "意识形态和宣传阵地管理", "廉洁风险点防控")] == [
        "deputy_geology", "area_manager", "branch_secretary", "deputy_business",
    ]  # fmt: skip
    assert GoalMonth.objects.filter(goal=tops["原油产量"]).count() == 12
    assert {part.text for part in plan.parts.all()} == set(read_goal_pack().parts.values())
    children = Goal.objects.filter(plan=plan, depth=1).count()
    assert Entry.objects.get(verb="采用目标制度包").note == f"年度目标,{len(tops)} 项目标,分到 {children} 处"
    issue(world, plan)
    assert Target.objects.get(unit=world.unit["注采一站"], indicator__code="oil", period=MONTHS[0]).value == Decimal(1000)
    assert Acceptance.objects.filter(plan=plan, person__in=[world.lijianguo, world.wanghaitao, world.liuhaitao]).count() == 3


def test_what_an_area_lacks_is_said(world, area, django_assert_num_queries):
    with CaptureQueriesContext(connection) as few:
        list_offers(area, MONTHS)
    track = TrackPlace.objects.filter(track__area=area).first().track
    for number in range(2):
        unit = Unit.objects.create(code=f"a1-n{number}", name=f"新站{number}", kind="station", parent=area, area=area)
        TrackPlace.objects.create(unit=unit, track=track, valid_from=date(2020, 1, 1))
    with django_assert_num_queries(len(few)):
        list_offers(area, MONTHS)
    Indicator.objects.filter(code="hazard").delete()
    problems = {offer.spec.code: offer.problem for offer in list_offers(area, MONTHS) if offer.problem}
    assert problems == {
        "measure_oil": "没有「技术组室」赛道的班站或组室,分不下去",
        "plan_rate": "没有「技术组室」赛道的班站或组室,分不下去",
        "hazard": "指标手册里没有这项指标,要用先采用",
    }
    with pytest.raises(ValidationError) as raised:
        begin_plan(
            area,
            **HEAD,
            numbers={"plan_rate": Decimal(95), "oil": None, "decline": Decimal(-1), "quality": Decimal(101)},
            by=world.zhaomin.user,
        )
    assert set(raised.value.message_dict) == {"plan_rate", "oil", "decline", "quality"}
    assert not GoalPlan.objects.exists()
    TrackPlace.objects.filter(track__area=area).delete()
    Appointment.objects.filter(post__in=Post.objects.filter(area=area, kind__in=LEADERS)).delete()
    Post.objects.filter(area=area, kind__in=LEADERS).delete()
    found = {offer.problem for offer in list_offers(area, MONTHS)}
    assert found == {"指标手册里没有这项指标,要用先采用", "还没有班子成员的岗位,统筹协调没有人"}


def test_a_plan_takes_only_what_it_does_not_have(world, area):
    plan = draft(world)
    adopt_goals(plan, numbers={"oil": Decimal(36000)}, by=world.zhaomin.user)
    offers = {offer.spec.code: offer.problem for offer in list_offers(area, plan.months, plan)}
    assert (offers["oil"], offers["decline"]) == ("计划里已有", "")
    adopt_goals(plan, numbers={"decline": Decimal("9.5"), "skills": None}, by=world.wanghaitao.user)
    assert Goal.objects.filter(plan=plan, parent=None).count() == 3
    assert list_problems(plan) == []
    for wrong in ({}, {"oil": Decimal(1)}, {"nonsense": None}):
        with pytest.raises(ValidationError):
            adopt_goals(plan, numbers=wrong, by=world.zhaomin.user)
    for by in (world.liuhaitao, world.xitong, world.xunuo):
        with pytest.raises(PermissionDenied):
            adopt_goals(plan, numbers={"hazard": Decimal(100)}, by=by.user)
    with pytest.raises(Refused):
        adopt_goals(issue(world, plan), numbers={"hazard": Decimal(100)}, by=world.zhaomin.user)


def test_last_years_figures_are_offered_and_split_by(world, area):
    """Whole months of last year: the form begins with them, the split and the curve follow them."""
    rates = {"注采一站": 100, "注采二站": 50, "注采三站": 50}
    for number in range(1, 12):
        month.report(world, f"{YEAR - 1}-{number:02d}", {name: {"oil": rate} for name, rate in rates.items()})
    oil = next(offer for offer in list_offers(area, MONTHS) if offer.spec.code == "oil")
    assert (oil.value, oil.hint, oil.means) == (None, "上年只有 11 个月的数:2200 t", "全区全年合计,按上年实绩分到 3 个单位")
    month.report(world, f"{YEAR - 1}-12", {name: {"oil": 2 * rate} for name, rate in rates.items()})
    oil = next(offer for offer in list_offers(area, MONTHS) if offer.spec.code == "oil")
    assert (oil.value, oil.hint) == (Decimal(2600), "上年实际 2600 t")
    plan = begin_plan(area, **HEAD, numbers={"oil": Decimal(5200)}, by=world.zhaomin.user)
    top = Goal.objects.get(plan=plan, parent=None)
    assert list(Goal.objects.filter(parent=top).order_by("order").values_list("value", flat=True)) == [2600, 1300, 1300]
    assert list(GoalMonth.objects.filter(goal=top).order_by("month").values_list("value", flat=True)) == [*[400] * 11, 800]


def test_by_the_page(world, area, login):
    client = login(world.zhaomin)
    assert "从制度包开始" in client.get("/goals/plans/").content.decode()
    page = client.get("/goals/plans/adopt/").content.decode()
    assert [text in page for text in ("原油产量", "3 个单位", "没有「技术组室」赛道", "没有人任", 'name="hazard"')] == [True] * 5
    ticks = {f"take-{code}": "on" for code in numbers(area)}
    typed = {**HEAD, **ticks, **GIVEN, "hazard": "100", "accident": "0", "pollution": "0", "org_life": "100", "discipline_case": "0"}
    answer = client.post("/goals/plans/adopt/", {**typed, "oil": "约三万", "quality": "", "service": "120", "basis": "厂文"})
    page = answer.content.decode()
    assert (answer.status_code, GoalPlan.objects.count()) == (422, 0)
    said = ("有 3 处要填或改", "「约三万」不是可用的数字", "请填本单位的数", "应在 0 到 100 之间", 'aria-describedby="error-oil"')
    assert [text in page for text in (*said, 'value="约三万"', 'value="厂文"')] == [True] * 7
    # what is not taken in is not asked for, whatever stands in its field
    del typed["take-quality"]
    answer = client.post("/goals/plans/adopt/", {**typed, "oil": "3.6万", "quality": "不知道"})
    plan = GoalPlan.objects.get()
    assert answer["Location"] == f"/goals/plans/{plan.pk}/"
    assert "批准前要解决" not in client.get(answer["Location"]).content.decode()
    page = client.get(f"/goals/plans/{plan.pk}/adopt/").content.decode()
    assert ('name="quality"' in page, 'name="oil"' in page, "计划里已有" in page) == (True, False, True)
    client.post(f"/goals/plans/{plan.pk}/adopt/", {"take-quality": "on", "quality": "98"})
    assert Goal.objects.filter(plan=plan, parent=None, indicator__code="quality").count() == 1
    for who, status in (("wutong", 403), ("xitong", 403), ("handong", 404)):
        assert login(getattr(world, who)).get(f"/goals/plans/{plan.pk}/adopt/").status_code == status


def test_without_a_handbook_the_way_is_shown(world, login):
    page = login(world.zhaomin).get("/goals/plans/adopt/").content.decode()
    assert ("指标手册里还没有制度包的指标" in page, 'href="/goals/adopt/"' in page, 'name="take-skills"' in page) == (True, True, True)
