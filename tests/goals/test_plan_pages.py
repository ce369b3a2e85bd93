"""The pages of goal plans: from drafting to a station chief's acceptance, and what is refused on the way."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronghe.common.models import Export
from ronghe.goals.actions.cascade import Child, split_goal
from ronghe.goals.models import Acceptance, Goal, GoalMonth, GoalPlan, Target
from tests.goals.cases import STATIONS, YEAR, add_oil, dimension, draft, issue, make_oil, post, write_plan

PARTS = ("party", "quality", "safety", "environment", "integrity", "stability")


def send(client, path, **data):
    answer = client.post(path, data)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return answer


def test_from_drafting_to_a_chiefs_acceptance(world, login):
    oil = make_oil(world)
    client = login(world.zhaomin)
    send(client, "/goals/plans/new/", title="今年目标", first_month=f"{YEAR}-01", last_month=f"{YEAR}-12", basis="厂文")
    plan = GoalPlan.objects.get()
    typed = {
        "title": "原油产量", "dimension": dimension(world).pk, "indicator": oil.pk, "value": "3.6万", "rule": "sum",
        "coordinator": post(world).pk, "degree": "均衡上产",
    }  # fmt: skip
    send(client, f"/goals/plans/{plan.pk}/goals/new/", **typed)
    goal = Goal.objects.get()
    assert goal.value == Decimal(36000)
    drawn = client.post(f"/goals/nodes/{goal.pk}/split/", {"track": "production", "shares": "equal", "draw": "1", "version": goal.version})
    assert drawn.content.decode().count('value="12000"') == 3
    assert Goal.objects.count() == 1
    values = {f"v-{world.unit[name].pk}": value for name, value in zip(STATIONS, ("15,000", "1.2万", "9000"), strict=True)}
    send(client, f"/goals/nodes/{goal.pk}/split/", save="1", version=goal.version, **values)
    assert list(Goal.objects.filter(parent=goal).values_list("value", flat=True)) == [Decimal(15000), Decimal(12000), Decimal(9000)]
    send(client, f"/goals/plans/{plan.pk}/parts/", **{f"text-{kind}": "同安排" for kind in PARTS})
    assert "批准前要解决" not in client.get(f"/goals/plans/{plan.pk}/").content.decode()
    send(client, f"/goals/plans/{plan.pk}/discuss/", on=f"{YEAR}-01-04", note="三站无异议")
    head = login(world.wanghaitao)
    send(head, f"/goals/plans/{plan.pk}/approve/", meeting="班子会", meeting_on=f"{YEAR}-01-05")
    send(head, f"/goals/plans/{plan.pk}/issue/")
    chief = login(world.liuhaitao)
    assert "您有 1 项目标待认领" in chief.get("/goals/mine/").content.decode()
    send(chief, f"/goals/plans/{plan.pk}/accept/", note="保证完成")
    assert Acceptance.objects.get(person=world.liuhaitao).note == "保证完成"
    assert Target.objects.filter(unit=world.unit["注采一站"]).count() == 12


def test_wrong_input_is_kept_and_named_at_its_field(world, login):
    plan = draft(world)
    client = login(world.zhaomin)
    typed = {"title": "产量", "dimension": dimension(world).pk, "indicator": make_oil(world).pk, "value": "约三万", "degree": ""}
    answer = client.post(f"/goals/plans/{plan.pk}/goals/new/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "「约三万」不是可用的数字" in page
    assert 'value="约三万"' in page
    assert Goal.objects.count() == 0


def test_a_wrong_number_in_the_split_saves_nothing(world, login):
    plan = draft(world)
    goal = add_oil(world, plan, make_oil(world))
    answer = login(world.zhaomin).post(f"/goals/nodes/{goal.pk}/split/", {f"v-{world.unit['注采一站'].pk}": "1e309", "save": "1"})
    page = answer.content.decode()
    assert (answer.status_code, Goal.objects.count()) == (422, 1)
    assert "「1e309」不是可用的数字" in page
    assert 'value="1e309"' in page


def test_two_browsers_one_split(world, login):
    plan = draft(world)
    goal = add_oil(world, plan, make_oil(world))
    one = {f"v-{world.unit['注采一站'].pk}": "100", "save": "1", "version": goal.version}
    client = login(world.zhaomin)
    send(client, f"/goals/nodes/{goal.pk}/split/", **one)
    late = client.post(f"/goals/nodes/{goal.pk}/split/", {**one, f"v-{world.unit['注采一站'].pk}": "200"})
    assert late.status_code == 422
    assert "已被他人修改" in late.content.decode()
    assert 'value="200"' in late.content.decode()
    assert Goal.objects.get(parent=goal).value == Decimal(100)


def test_shares_of_last_year_and_capacity(world, login):
    plan = draft(world)
    goal = add_oil(world, plan, make_oil(world), value="100")
    shares = {f"s-{world.unit[name].pk}": share for name, share in zip(STATIONS, ("3", "2", "1"), strict=True)}
    page = login(world.zhaomin).post(f"/goals/nodes/{goal.pk}/split/", {"track": "production", "shares": "capacity", "draw": "1", **shares})
    text = page.content.decode()
    assert [f'value="{value}"' in text for value in ("50", "33", "17")] == [True] * 3


def test_a_curve_is_typed_month_by_month(world, login):
    plan = draft(world)
    goal = add_oil(world, plan, make_oil(world), value="12")
    client = login(world.zhaomin)
    months = {f"m-{month}": "1" for month in plan.months}
    wrong = client.post(f"/goals/nodes/{goal.pk}/curve/", {"method": "hand", **months, f"m-{YEAR}-05": "一"})
    assert wrong.status_code == 422
    send(client, f"/goals/nodes/{goal.pk}/curve/", method="hand", **months, version=goal.version)
    assert set(GoalMonth.objects.filter(goal=goal).values_list("value", flat=True)) == {Decimal(1)}


@pytest.mark.parametrize("path", ["plans/{plan}/", "nodes/{goal}/", "plans/{plan}/export/", "leaders/{leader}/", "leaders/{leader}/print/"])
def test_who_reads_an_issued_plan(world, login, path):
    plan, goal, _party = write_plan(world)
    plan = issue(world, plan)
    address = "/goals/" + path.format(plan=plan.pk, goal=goal.pk, leader=world.wanghaitao.pk)
    seen = {
        who: login(getattr(world, who)).get(address).status_code
        for who in ("wanghaitao", "liuhaitao", "wutong", "gaoming", "xitong", "handong")
    }
    assert seen == {"wanghaitao": 200, "liuhaitao": 200, "wutong": 200, "gaoming": 403, "xitong": 403, "handong": 404}


def test_a_draft_is_its_planners_business(world, login):
    plan, goal, _party = write_plan(world)
    assert login(world.liuhaitao).get(f"/goals/plans/{plan.pk}/").status_code == 404
    assert login(world.liuhaitao).get(f"/goals/nodes/{goal.pk}/").status_code == 404
    assert login(world.chenxiaoyan).get(f"/goals/plans/{plan.pk}/").status_code == 200


@pytest.mark.parametrize("path", ["edit/", "split/", "curve/", "withdraw/", "milestones/"])
def test_others_change_nothing(world, login, path):
    plan, goal, _party = write_plan(world)
    issue(world, plan)
    assert login(world.liuhaitao).post(f"/goals/nodes/{goal.pk}/{path}", {}).status_code == 403


def test_the_export_is_the_whole_tree_and_is_logged(world, login):
    plan, _goal, _party = write_plan(world)
    answer = login(world.wanghaitao).get(f"/goals/plans/{plan.pk}/export/")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert Export.objects.get().rows == 5 + 6  # the goals, and 六同步


def test_a_leaders_page_has_both_sides_and_prints(world, login):
    issue(world, write_plan(world)[0])
    client = login(world.wutong)
    page = client.get(f"/goals/leaders/{world.wanghaitao.pk}/").content.decode()
    assert [text in page for text in ("业务目标", "党建目标", "原油产量", "没有党建目标")] == [True] * 4
    paper = client.get(f"/goals/leaders/{world.lijianguo.pk}/print/").content.decode()
    assert [text in paper for text in ("李建国目标责任清单", "党小组标准化建设", "全部党小组达标")] == [True] * 3
    assert "没有党建目标" in client.get("/goals/leaders/").content.decode()


def test_goals_are_found_by_search(world, login):
    issue(world, write_plan(world)[0])
    page = login(world.wutong).get("/search/?q=标准化").content.decode()
    assert "党小组标准化建设" in page
    assert "党小组标准化建设" not in login(world.handong).get("/search/?q=标准化").content.decode()


def test_the_tree_has_constant_queries(world, login):
    plan, goal, _party = write_plan(world)
    client = login(world.zhaomin)
    client.get(f"/goals/plans/{plan.pk}/")
    with CaptureQueriesContext(connection) as few:
        client.get(f"/goals/plans/{plan.pk}/branch/{goal.pk}/")
    for child in Goal.objects.filter(parent=goal):
        split_goal(child, [Child(world.unit[name].pk, Decimal(1)) for name in ("综合党群室", "经营管理室")], by=world.zhaomin.user)
    with CaptureQueriesContext(connection) as many:
        client.get(f"/goals/plans/{plan.pk}/branch/{goal.pk}/")
    assert len(many) == len(few) <= 15
    with CaptureQueriesContext(connection) as page:
        client.get(f"/goals/plans/{plan.pk}/")
    assert len(page) <= 24


def test_dimensions_are_edited_on_their_page(world, login):
    client = login(world.zhaomin)
    page = client.get("/goals/plans/dimensions/").content.decode()
    assert "主营业务" in page
    form = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "1", "form-0-pk": dimension(world).pk, "form-0-name": "油气主业", "form-0-side": "business",
            "form-1-name": "安全", "form-1-side": "business"}  # fmt: skip
    send(client, "/goals/plans/dimensions/", **form)
    assert dimension(world, "油气主业").order == 0
    assert dimension(world, "安全").order == 1
