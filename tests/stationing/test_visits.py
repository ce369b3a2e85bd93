"""A visit written once; each problem goes somewhere and comes to its end; what many raise goes before the 班子会."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.common.calendar import at_time, now, today
from ronghe.common.registry import Resolved, find_agenda_offers, tell_agenda
from ronghe.initiatives.actions import propose_idea
from ronghe.rectification import actions as cure
from ronghe.rectification.models import Item
from ronghe.stationing import actions
from ronghe.stationing.actions import NewPoint
from ronghe.stationing.models import PlanDay, Point, Theme, Visit
from ronghe.stationing.queries.themes import propose_themes
from ronghe.stationing.queries.visits import describe_points, list_quiet, list_results
from ronghe.supervision.actions.boards import drop_item, open_board_item
from ronghe.worklist.models import Task
from tests.decisions.cases import publish, register
from tests.stationing import cases


def test_a_visit_is_kept_once_and_ends_the_planned_day(world):
    row = cases.plan(world, days=0)
    spot = NewPoint("problem", "party", "手电筒电池不够", "当天领到")
    first = cases.visit(world, "通风扇不转", spot, day=min(row.day, today()), plan=row)
    again = cases.visit(world, "通风扇不转", spot, day=min(row.day, today()), plan=row)
    assert again == first
    assert Visit.objects.count() == 1
    assert PlanDay.objects.get().state == "visited"
    assert list(Point.objects.order_by("pk").values_list("text", "state", "on_the_spot")) == [
        ("通风扇不转", "open", False),
        ("手电筒电池不够", "solved", True),
    ]
    assert [task.kind for task in Task.objects.open().filter(owner=world.wanghaitao)] == ["驻站问题"]
    with pytest.raises(PermissionDenied):
        cases.visit(world, leader="刘海涛", once="key-00000002")
    with pytest.raises(ValidationError):
        cases.visit(world, once="key-00000003", day=today() + timedelta(days=1))


def test_one_tap_to_a_cure_and_back_to_the_station(world):
    point = cases.find(world)
    item = actions.rectify_point(point, by=cases.user(world.wanghaitao))
    assert (item.owner, item.source, item.problem) == (world.liuhaitao, "stationing", "计量间通风扇不转")
    point = Point.objects.get(pk=point.pk)
    assert point.state == "sent"
    assert not Task.objects.open().filter(kind="驻站问题").exists()
    (line,) = describe_points(cases.user(world.hejing), [point])  # of that station
    assert [(one.title, one.ended) for one in line.lines] == [(f"{item.number} 计量间通风扇不转", False)]
    actions.follow_points(today())
    assert Point.objects.get().state == "sent"
    Item.objects.filter(pk=item.pk).update(state="closed", ended_on=today(), ended_by=world.zhengshuang, holder=None, step_due=None)
    actions.follow_points(today())
    actions.follow_points(today())
    point = Point.objects.get(pk=point.pk)
    assert (point.state, point.ended_on) == ("solved", today())


def test_a_problem_is_solved_at_the_moment_of_its_cure(world):
    point = cases.find(world)
    item = actions.rectify_point(point, by=cases.user(world.wanghaitao))
    owner, verifier = cases.user(world.liuhaitao), cases.user(item.verifier)
    item = cure.plan_cure(item, cause="电机烧了", measures=["换电机"], by=owner)
    cure.finish_measure(item.measures.get(), by=owner)
    cure.file_proof(item, text="已换", files=[("照片.txt", "已换".encode())], by=owner)
    assert Point.objects.get().state == "sent"
    cure.close_item(item, by=verifier)
    point = Point.objects.get()
    assert (point.state, point.ended_on, point.result) == ("solved", today(), f"整改 {item.number} 已闭环")
    board = cases.find(world, "道路坑洼", once="key-board")
    row = open_board_item(
        unit=world.unit["注采一站"], title="道路", demand="修好", source="other", owner=world.liuhaitao, due=today() + timedelta(days=9),
        by=cases.user(world.wanghaitao), origin=board,
    )  # fmt: skip
    drop_item(row, reason="改道了", by=cases.user(world.wanghaitao))
    assert Point.objects.get(pk=board.pk).state == "solved"


def test_other_ways_tell_the_point_that_it_has_arrived(world):
    by = cases.user(world.wanghaitao)
    publish(world)
    board, matter, idea = (
        Point.objects.get(text=text)
        for text in ("道路坑洼", "换两台泵", "合并巡检路线")
        if cases.visit(world, NewPoint("idea" if "巡检" in text else "problem", "business", text), once=f"key-{text}")
    )
    unit, due = world.unit["注采一站"], today() + timedelta(days=9)
    open_board_item(unit=unit, title="道路", demand="修好", source="other", owner=world.liuhaitao, due=due, by=by, origin=board)
    register(world, title="换两台泵", by="王海涛", owner="王海涛", origin=matter)
    propose_idea(
        unit=unit, kind="value", title="合并路线", problem="两条路线重复", expected=1, measure="hour", measuring="工时",
        by=cases.user(world.liuhaitao), origin=idea,
    )  # fmt: skip
    assert [Point.objects.get(pk=one.pk).state for one in (board, matter, idea)] == ["sent", "sent", "answered"]
    assert Point.objects.get(pk=idea.pk).result.startswith("已作为创效建议 CX-")
    lines = describe_points(by, Point.objects.filter(pk__in=[board.pk, matter.pk]))
    assert [len(line.lines) for line in lines] == [1, 1]


def test_solved_or_answered_with_words_the_station_reads(world):
    by = cases.user(world.wanghaitao)
    one, other = cases.find(world, once="key-1"), cases.find(world, "标识牌褪色", once="key-2")
    for act in (actions.solve_point, actions.answer_point):
        with pytest.raises(ValidationError):
            act(one, result=" ", by=by)
    with pytest.raises(PermissionDenied):
        actions.solve_point(one, result="修好了", by=cases.user(world.zhouweidong))
    actions.solve_point(one, result="修好了", by=by)
    actions.answer_point(other, result="下月统一换", by=cases.user(world.lijianguo))
    assert list(Point.objects.order_by("pk").values_list("state", "result")) == [("solved", "修好了"), ("answered", "下月统一换")]
    leaders, stations = list_results(by, world.area.pk, today().replace(month=1, day=1), today())
    assert [(line.name, line.both.found, line.both.solved, line.both.days) for line in leaders] == [("王海涛", 2, 2, 0)]
    assert [line.name for line in stations] == ["注采一站"]


def test_who_reads_what(world):
    one, other = cases.find(world, once="key-1"), cases.find(world, "标识牌褪色", station="注采二站", once="key-2")
    seen = {
        name: set(Point.objects.visible_to(cases.user(getattr(world, name))).values_list("pk", flat=True))
        for name in ("liuhaitao", "hejing", "sunlihua", "zhouweidong", "zhengshuang", "handong", "shenji")
    }
    both = {one.pk, other.pk}
    assert seen == {
        "liuhaitao": {one.pk}, "hejing": {one.pk}, "sunlihua": {other.pk}, "zhouweidong": both, "zhengshuang": both, "handong": set(),
        "shenji": set(),
    }  # fmt: skip


def test_quiet_is_told_to_those_who_wrote_it_only(world):
    cases.visit(world, once="key-1")
    cases.visit(world, once="key-2", leader="周卫东", station="注采二站")
    cases.visit(world, "有一条", once="key-3", leader="周卫东", station="注采三站")
    told = {
        name: [line.leader for line in list_quiet(cases.user(getattr(world, name)), world.area.pk)]
        for name in ("lijianguo", "wanghaitao", "zhouweidong", "chenxiaoyan", "liuhaitao")
    }
    assert {name: sorted(names) for name, names in told.items()} == {
        "lijianguo": sorted(["王海涛", "周卫东"]), "wanghaitao": sorted(["王海涛", "周卫东"]), "zhouweidong": ["周卫东"], "chenxiaoyan": [],
        "liuhaitao": [],
    }  # fmt: skip


def test_what_three_stations_raise_goes_before_the_meeting(world):
    for number, (station, text) in enumerate(
        (("注采一站", "值班室空调制热不好,夜班冷"), ("注采二站", "夜班值班室冷,空调制热不好用"), ("注采三站", "空调制热不好,值班室夜班冷"))
    ):
        cases.find(world, text, station=station, once=f"key-{number}")
    by = cases.user(world.lijianguo)
    (proposal,) = propose_themes(by, world.area.pk)
    assert proposal.units.count("、") == 2
    with pytest.raises(PermissionDenied):
        actions.confirm_theme(world.area, title="冷", proposal="", points=proposal.points, by=cases.user(world.liuhaitao))
    theme = actions.confirm_theme(world.area, title="值班室冷", proposal="统一检修", points=proposal.points, by=by)
    assert propose_themes(by, world.area.pk) == []
    assert not Task.objects.open().filter(kind="驻站问题").exists()  # the meeting is where they go
    (offer,) = [one for one in find_agenda_offers(world.area.pk, "leaders") if one.label == "stationing.theme"]
    assert (offer.pk, offer.proposal) == (theme.pk, "统一检修")
    told = Resolved(1, 1, "leaders", "第 9 次班子会", today(), True, "ordinary", "11 月前全部检修", "")
    tell_agenda("stationing.theme", theme.pk, told, by)
    theme = Theme.objects.get()
    assert (theme.state, theme.result) == ("resolved", f"{today()} 第 9 次班子会:11 月前全部检修")
    answered = set(Point.objects.values_list("state", "result"))
    assert answered == {("answered", f"共性问题:{theme.result}")}


def test_not_one_problem_is_not_proposed_again(world):
    for number, station in enumerate(("注采一站", "注采二站", "注采三站")):
        cases.find(world, "空调制热不好", station=station, once=f"key-{number}")
    by = cases.user(world.lijianguo)
    (proposal,) = propose_themes(by, world.area.pk)
    assert actions.set_apart(world.area, points=proposal.points, by=by) == 3
    assert propose_themes(by, world.area.pk) == []
    with at_time(now() + timedelta(days=200)):
        assert propose_themes(by, world.area.pk) == []
