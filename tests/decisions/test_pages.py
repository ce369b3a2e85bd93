"""The pages: each opens for whom it is meant, and what is posted does what its action does."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ronghe.common.calendar import today
from ronghe.decisions.models import DecisionList, Matter, Step
from tests.decisions.cases import complete, current, fill, finish_all, fresh, go_to, publish, register, sit, stop_one, user


def post(client, path, **values):
    page = client.get(path).content.decode()
    version = re.search(r'name="version" value="(\d+)"', page)
    return client.post(path, {"version": version.group(1) if version else "", **values})


def test_registered_by_page_after_a_look_at_what_the_list_says(world, login):
    publish(world)
    client = login(world.liuhaitao)
    values = {
        "title": "更换三台抽油机", "category": "fund", "amount": "35", "unit": world.unit["注采一站"].pk, "owner": world.liuhaitao.pk,
    }  # fmt: skip
    seen = client.post("/decisions/new/", {**values, "check": "1"})
    assert (seen.status_code, Matter.objects.count()) == (200, 0)
    assert "金额 35 万元,达到 20 万元" in seen.content.decode()
    answer = client.post("/decisions/new/", values)
    matter = Matter.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/decisions/{matter.pk}/")
    assert (matter.rule.code, current(matter).kind, matter.holder) == ("fund-large", "source", world.liuhaitao)
    assert list(matter.steps.values_list("kind", flat=True)) == [step[0] for step in matter.rule.steps]


def test_without_a_catch_nothing_is_registered_and_nothing_typed_is_lost(world, login):
    publish(world)
    answer = login(world.wanghaitao).post(
        "/decisions/new/", {"title": "买桶装水", "category": "decision", "unit": world.area.pk, "owner": world.wanghaitao.pk}
    )
    page = answer.content.decode()
    assert (answer.status_code, Matter.objects.count()) == (422, 0)
    assert "清单没有命中这个事项" in page
    assert "买桶装水" in page


def test_a_small_sum_is_kept_on_record_and_the_second_half_is_flagged(world):
    publish(world)
    first = register(world, title="道路维修一期", amount="12", counterparty="甲公司")
    assert (first.kind, first.state, first.steps.count()) == ("record", "closed", 0)
    second = register(world, title="道路维修二期", amount="12", counterparty="甲公司")
    assert (second.kind, second.state, second.split_state) == ("normal", "running", "flagged")
    assert second.split_why == f"90 天内与 {first.number} 同一对方“甲公司”,合计 24 万元,达到 20 万元,每一笔都低于限额。"


def test_the_form_of_a_step_completes_it_and_says_what_is_missing(world, login):
    publish(world)
    matter = register(world)
    step = go_to(world, matter, "survey")
    client = login(world.chenxiaoyan)
    path = f"/decisions/{matter.pk}/steps/{step.pk}/"
    answer = post(client, path, **{"f-where": "一站"})
    assert (answer.status_code, fresh(step).state) == (422, "open")
    assert answer.content.decode().count("必填。</") == 3
    answer = post(client, path, **{f"f-{name}": value for name, value in fill(step).items()})
    assert "这一步须附证明材料。" in answer.content.decode()
    from io import BytesIO

    file = BytesIO("论证".encode())
    file.name = "论证.txt"
    answer = post(client, path, materials=file, **{f"f-{name}": value for name, value in fill(step).items()})
    assert (answer.status_code, fresh(step).state, current(matter).kind) == (302, "done", "legal")


def test_a_draft_of_sixty_fields_saves_itself_and_an_older_window_overwrites_nothing(world, login):
    publish(world)
    matter = register(world, title="集输管网改造", category="project", amount="180", owner="周卫东", by="周卫东")
    step = go_to(world, matter, "survey")
    assert (step.form, len(fill(step))) == ("project", 60)
    client = login(world.zhouweidong)
    path = f"/decisions/{matter.pk}/steps/{step.pk}/draft/"
    half = {f"f-{name}": value for name, value in list(fill(step).items())[:40]}
    answer = client.post(path, {"draft_number": "0", **half, "f-invest": "12."})
    assert (answer.status_code, fresh(step).draft_number) == (200, 1)
    assert fresh(step).draft["invest"] == "12."
    stale = client.post(path, {"draft_number": "0", "f-name": "旧窗口"})
    assert (stale.status_code, fresh(step).draft["name"]) == (422, "已写明")
    page = client.get(f"/decisions/{matter.pk}/steps/{step.pk}/").content.decode()
    assert 'value="12."' in page
    assert login(world.lijianguo).post(path, {"draft_number": "1"}).status_code == 403


def test_stop_cure_reconsider_resume_by_pages(world, login):
    matter, stop, assignment = stop_one(world)
    base = f"/decisions/{matter.pk}/"
    assert post(login(world.liuhaitao), f"{base}assignments/{assignment.pk}/", result="签了").status_code == 422
    assert post(login(world.chenxiaoyan), f"{base}stops/{stop.pk}/cure/", cure="合同已改").status_code == 302
    assert post(login(world.chenxiaoyan), f"{base}stops/{stop.pk}/reconsider/", opinion="好", accepted="yes").status_code == 422
    assert post(login(world.zhengshuang), f"{base}stops/{stop.pk}/reconsider/", opinion="好", accepted="yes").status_code == 302
    assert login(world.zhengshuang).get(f"{base}stops/{stop.pk}/resume/").status_code == 403
    assert post(login(world.chenxiaoyan), f"{base}stops/{stop.pk}/resume/", note="好").status_code == 422
    assert post(login(world.lijianguo), f"{base}stops/{stop.pk}/resume/", note="恢复").status_code == 302
    assert (fresh(matter).state, fresh(stop).resumed_by) == ("running", world.lijianguo)


def test_an_exception_is_a_matter_of_its_own(world, login):
    publish(world)
    matter = register(world)
    step = go_to(world, matter, "legal")
    assert (
        post(login(world.chenxiaoyan), f"/decisions/{matter.pk}/steps/{step.pk}/exception/", reason="法务已在框架协议中审过").status_code
        == 302
    )
    request = Matter.objects.get(kind="exception")
    assert (request.number[:3], request.excepts, request.holder) == ("LW-", step, world.zhengshuang)
    complete(current(request))
    path = f"/decisions/{request.pk}/except/"
    assert login(world.chenxiaoyan).get(path).status_code == 403
    assert post(login(world.wanghaitao), path, note="情况属实", approved="yes").status_code == 302
    assert (fresh(step).state, fresh(request).state, current(matter).kind) == ("excepted", "closed", "front")


def test_an_urgent_decision_is_red_until_ratified(world, login):
    publish(world)
    matter = register(world)
    values = {"decision": "立即抢修", "reason": "管线刺漏", "consulted": "班子成员"}
    assert post(login(world.wanghaitao), f"/decisions/{matter.pk}/urgent/", **values).status_code == 302
    assert (fresh(matter).unratified, current(matter).kind) == (True, "execute")
    assert "紧急决定待追认" in login(world.zhengshuang).get("/decisions/watch/").content.decode()
    complete(current(matter))
    from ronghe.common.actions import Refused

    with pytest.raises(Refused, match="还没有追认"):
        complete(current(matter))
    from ronghe.decisions import actions

    actions.take_result(Step.objects.get(matter=matter, kind="decide"), sit(world, "leaders"), by=user(world.wanghaitao))
    complete(current(matter))
    assert (fresh(matter).state, fresh(matter).unratified) == ("closed", False)


def test_the_whole_way_shows_the_same_people_and_the_ledger_has_41_columns(world, login):
    publish(world)
    matter = finish_all(world, register(world))
    assert matter.state == "closed"
    client = login(world.lijianguo)
    page = client.get(f"/decisions/{matter.pk}/").content.decode()
    assert "同一天、同一批人研究和决策" in page
    assert "应到 4,实到 4,须 3" in page
    from ronghe.decisions.sheets import HEADS, list_lines

    rows = list_lines(matter)
    assert (len(HEADS), [len(row) for row in rows]) == (41, [41, 41])
    assert rows[1][22:37] == [
        today(), f"{today()} 会议", "举手", "李建国", "李建国、王海涛、陈晓燕、周卫东", "李建国、王海涛、陈晓燕、周卫东", "", 4, 4, 4, 0, 0, "通过", "否",
        "是",
    ]  # fmt: skip
    rest = {
        "是否属于依托治理型行权管控事项": "否",
        "是否报国资委": "否",
        "纪委书记是否列席": "否(纪检委员不在成员中)",
        "是否召开沟通会": "",
    }
    assert {head: rows[1][HEADS.index(head)] for head in rest} == rest | {"是否召开沟通会": "否" if not has_step(matter, "consult") else ""}
    assert client.get(f"/decisions/{matter.pk}/print/").status_code == 200


def has_step(matter, kind):
    return matter.steps.filter(kind=kind).exists()


def test_the_ledger_names_the_discipline_commissioner_who_was_there(world):
    from ronghe.decisions.sheets import HEADS, build_ledger
    from ronghe.org.models import Appointment

    publish(world)
    matter = finish_all(world, register(world))
    held = Appointment.objects.select_related("post", "person").get(person__name="周卫东")
    held.post.committee = ["discipline"]
    held.post.save()
    matter.rule.controlled, matter.rule.reported = True, True
    matter.rule.save()
    rows = build_ledger([fresh(matter)]).rows
    assert [row[HEADS.index("纪委书记是否列席")] for row in rows] == ["是(周卫东,纪检委员、成员)"] * 2
    assert [(row[HEADS.index("是否属于依托治理型行权管控事项")], row[HEADS.index("是否报国资委")]) for row in rows] == [("是", "是")] * 2


def test_who_reads_what(world, login):
    publish(world)
    matter = register(world, unit="注采一站")
    personal = register(world, title="注采一站站长人选", category="personnel", amount=None, unit="注采一站", by="李建国", owner="李建国")
    seen = {
        name: set(Matter.objects.visible_to(user(world.person[name])).values_list("pk", flat=True))
        for name in ("李建国", "郑爽", "刘海涛", "孙丽华", "吴桐", "高明", "系统管理员", "韩冬")
    }
    both = {matter.pk, personal.pk}
    assert seen == {
        "李建国": both, "郑爽": both, "刘海涛": {matter.pk}, "孙丽华": set(), "吴桐": set(), "高明": set(), "系统管理员": set(), "韩冬": set(),
    }  # fmt: skip


def test_a_version_is_written_in_the_pages_and_published_by_a_second_person(world, login):
    publish(world)
    client = login(world.wanghaitao)
    assert client.post("/decisions/lists/revise/", {"reason": "限额调整"}).status_code == 302
    edition = DecisionList.objects.get(number=2)
    rule = edition.rules.get(code="fund-large")
    path = f"/decisions/lists/{edition.pk}/rules/{rule.pk}/"
    page = client.get(path).context["form"].initial
    values = {name: value for name, value in page.items() if value not in (None, False)}
    values |= {"threshold": "30", "keywords": "", "front": "on"}
    assert post(client, path, **{**values, "steps": "执行 3 责任人"}).status_code == 422
    assert post(client, path, **values).status_code == 302
    assert (fresh(rule).threshold, fresh(rule).steps) == (30, rule.steps)
    assert post(client, f"/decisions/lists/{edition.pk}/head/", name="清单", basis="细则", front_label="集体研究把关", front_basis="参照", split_days="60", exception_posts=["branch_secretary"], urgent_posts=["area_manager"], stop_posts=["discipline_member"]).status_code == 302  # fmt: skip
    publishing = f"/decisions/lists/{edition.pk}/publish/"
    assert post(client, publishing, valid_from=str(today())).status_code == 422
    assert post(login(world.lijianguo), publishing, valid_from=str(today())).status_code == 302
    matter = register(world)
    assert (matter.edition, [one["code"] for one in matter.caught]) == (edition, ["fund-large"])
    assert "集体研究把关" in login(world.lijianguo).get(f"/decisions/{matter.pk}/").content.decode()


def test_the_four_checks_cannot_be_dropped_from_the_form(world, login):
    publish(world)
    login(world.wanghaitao).post("/decisions/lists/revise/", {"reason": "表单"})
    edition = DecisionList.objects.get(number=2)
    path = f"/decisions/lists/{edition.pk}/forms/front/"
    client = login(world.wanghaitao)
    rows = {"r-TOTAL_FORMS": "1", "r-INITIAL_FORMS": "0", "r-0-code": "line", "r-0-label": "一项", "r-0-kind": "long", "r-0-required": "on"}
    answer = post(client, path, name="前置", **rows)
    assert (answer.status_code, "四项把关不能去掉" in answer.content.decode()) == (422, True)
    assert len(fresh(edition).forms["front"]["fields"]) == 4


@pytest.mark.parametrize("path", ["/decisions/", "/decisions/map/", "/decisions/watch/", "/decisions/?state=all&category=fund"])
def test_a_list_costs_the_same_with_three_matters(world, login, path):
    publish(world)
    client = login(world.lijianguo)

    def count():
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    register(world)
    one = count()
    register(world, title="第二件")
    register(world, title="第三件")
    assert count() == one <= 10


def test_a_finding_is_raised_for_decision_and_tells_what_became_of_it(world, login):
    from ronghe.common.registry import find_cures, find_destinations
    from tests.rectification.cases import open_one

    publish(world)
    item = open_one(world)
    way = next(
        one
        for one in find_destinations(world.lijianguo.user, item.unit, origin=f"rectification.item:{item.pk}", title="更换老化电缆")
        if one.label == "提请决策"
    )
    client = login(world.lijianguo)
    page = client.get(way.url).content.decode()
    assert 'value="更换老化电缆"' in page
    assert f'href="/rectification/{item.pk}/"' in page
    values = {
        "title": "更换老化电缆", "category": "fund", "amount": "35", "unit": item.unit.pk, "owner": world.lijianguo.pk,
        "origin": f"rectification.item:{item.pk}",
    }  # fmt: skip
    assert client.post("/decisions/new/", values).status_code == 302
    matter = Matter.objects.get()
    assert (matter.origin_label, matter.origin_id) == ("rectification.item", item.pk)
    assert f'href="/rectification/{item.pk}/"' in client.get(f"/decisions/{matter.pk}/").content.decode()
    lines = {
        name: [(line.title, line.url) for line in find_cures(world.person[name].user, "rectification.item", [item.pk])[item.pk]]
        for name in ("郑爽", "吴桐")
    }
    assert lines == {"郑爽": [(str(matter), f"/decisions/{matter.pk}/")], "吴桐": [(f"决策事项 {matter.number}", "")]}
    assert client.post("/decisions/new/", {**values, "origin": "rectification.item:999999"}).status_code == 404


def test_a_matter_can_be_put_under_the_weekly_board(world, login):
    publish(world)
    matter = register(world)
    assert f"origin=decisions.matter%3A{matter.pk}" in login(world.lijianguo).get(f"/decisions/{matter.pk}/").content.decode()


def test_a_plot_and_a_report_hold_the_matters_of_their_person(world):
    from ronghe.common.registry import find_facts
    from ronghe.decisions.offers import list_crops

    publish(world)
    matter = register(world)
    assert [(one.title, one.light) for one in list_crops(world.lijianguo.user, world.chenxiaoyan.pk)] == [(matter.title, "green")]
    assert list_crops(world.sunlihua.user, world.chenxiaoyan.pk) == []
    facts = [one for one in find_facts(world.chenxiaoyan, today(), today()) if one.group == "决策事项"]
    assert [(one.title, one.value, one.note) for one in facts] == [(matter.title, "办理中", matter.number)]
    assert [one for one in find_facts(world.zhouweidong, today(), today()) if one.group == "决策事项"] == []


def test_the_ledger_says_that_a_step_was_passed_over(world):
    from ronghe.decisions import actions
    from ronghe.decisions.sheets import HEADS, list_lines

    publish(world)
    usual, urgent, excepted = register(world), register(world, title="抢修"), register(world, title="检修")
    go_to(world, usual, "decide")
    given = {"decision": "立即抢修", "reason": "刺漏", "consulted": "班子成员"}
    actions.decide_urgently(urgent, by=user(world.wanghaitao), **given)
    step = go_to(world, excepted, "legal")
    request = actions.ask_exception(step, reason="已审过", by=user(step.owner))
    complete(current(request))
    actions.decide_exception(fresh(request), approved=True, note="同意", by=user(world.wanghaitao))
    asked = ("投资类议题是否开展专项调研", "是否涉及合规审核", "是否党委前置研究讨论")
    said = {row.title: [list_lines(fresh(row))[0][HEADS.index(head)] for head in asked] for row in (usual, urgent, excepted)}
    assert said == {
        usual.title: ["是", "是", "是"],
        "抢修": ["否(紧急决定)"] * 3,
        "检修": ["是", "否(例外)", "否"],
    }
