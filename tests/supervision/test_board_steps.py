"""Every step of the board in every state by everybody; what is red for three weeks goes up; weeks are asked for and kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from ronghe.audit.models import Entry
from ronghe.common.actions import StaleForm
from ronghe.common.calendar import at_time, today
from ronghe.portal.demo.load import moment_of
from ronghe.supervision.actions import boards
from ronghe.supervision.holdings import hand_over, list_held
from ronghe.supervision.models import BoardItem, BoardReport, BoardWeek
from ronghe.supervision.rules.boards import monday_of
from ronghe.worklist.models import Task
from tests.supervision.cases import BOARD_STATES, claim, day, fresh, late, put, say, user

PEOPLE = ["李建国", "王海涛", "陈晓燕", "刘海涛", "孙丽华", "何静", "钱进", "郑爽", "吴桐", "高明", "系统管理员", "韩冬", "冯涛"]
LEADERS = {"李建国", "王海涛", "陈晓燕"}
# step → (states in which it is possible, who may); the owner is 刘海涛, the supervisor 李建国
MAY = {
    "report": ({"running"}, {"刘海涛"}),
    "claim": ({"running"}, {"刘海涛"}),
    "comment": ({"running", "claimed"}, {*LEADERS, "郑爽"}),
    "confirm": ({"claimed"}, LEADERS),
    "return": ({"claimed"}, LEADERS),
    "move": ({"running", "claimed"}, LEADERS),
    "drop": ({"running", "claimed"}, LEADERS),
    "reassign": ({"running", "claimed"}, LEADERS),
}


def take(step, item, world, by):
    if step in ("report", "claim"):
        return boards.report_items([boards.Line(item, "办了。", step == "claim")], by=by)
    act = {
        "comment": (boards.comment_item, {"text": "抓紧。"}),
        "confirm": (boards.confirm_item, {"result": "属实。"}),
        "return": (boards.return_item, {"reason": "还差验收。"}),
        "move": (boards.move_item, {"due": day(40), "reason": "等配件。"}),
        "drop": (boards.drop_item, {"reason": "不办了。"}),
        "reassign": (boards.reassign_board_item, {"owner": world.person["孙丽华"], "note": "换站。"}),
    }[step]
    return act[0](item, by=by, **act[1])


@pytest.mark.django_db
@pytest.mark.parametrize("state", BOARD_STATES)
def test_every_step_by_everybody(world, state):
    item = BOARD_STATES[state](world)
    assert item.state == state
    wrong = []
    for step, (states, people) in MAY.items():
        for name in PEOPLE:
            point = transaction.savepoint()
            try:
                with transaction.atomic():
                    take(step, item, world, user(world.person[name]))
                done = True
            except (PermissionDenied, ValidationError):
                done = False
            if done != (state in states and name in people):
                wrong.append((step, name, done))
            transaction.savepoint_rollback(point)
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", PEOPLE)
def test_who_opens(world, name):
    try:
        put(world, by=name)
        done = True
    except PermissionDenied:
        done = False
    assert done == (name in {*LEADERS, "郑爽"})


@pytest.mark.django_db
def test_a_leader_who_owns_decides_nothing(world):
    item = put(world, owner="陈晓燕")
    for step in ("comment", "move", "drop", "reassign"):
        with pytest.raises(PermissionDenied):
            take(step, item, world, user(world.chenxiaoyan))
    item = say(world, item, claims=True)
    with pytest.raises(PermissionDenied):
        boards.confirm_item(item, result="好", by=user(world.chenxiaoyan))


@pytest.mark.django_db
def test_what_is_refused_when_it_is_opened(world):
    with pytest.raises(ValidationError, match="督办人不能是责任人"):
        put(world, by="陈晓燕", owner="陈晓燕")
    with pytest.raises(ValidationError, match="不能早于"):
        put(world, due=day(-1))
    with pytest.raises(ValidationError, match="没有在任岗位"):
        put(world, owner="冯涛")
    with pytest.raises(ValidationError, match="请填写"):
        put(world, demand=" ")
    first = put(world, origin=world.unit["注采一站"])
    with pytest.raises(ValidationError, match="已经在督办"):
        put(world, origin=world.unit["注采一站"])
    assert put(world, origin=world.unit["注采一站"], owner="孙丽华").number == first.number[:-1] + "2"


@pytest.mark.django_db
def test_tasks_follow(world):
    item = put(world)
    kinds = lambda who: sorted(Task.objects.open().filter(owner=who).values_list("kind", flat=True))  # noqa: E731
    assert (kinds(world.liuhaitao), kinds(world.lijianguo)) == (["督办"], [])
    item = say(world, item, claims=True)
    assert (kinds(world.liuhaitao), kinds(world.lijianguo)) == ([], ["督办确认"])
    item = boards.return_item(item, reason="还差一处。", by=user(world.lijianguo))
    assert (kinds(world.liuhaitao), kinds(world.lijianguo)) == (["督办"], [])
    item = boards.reassign_board_item(item, owner=world.sunlihua, note="换站", by=user(world.lijianguo))
    assert (kinds(world.liuhaitao), kinds(world.sunlihua)) == ([], ["督办"])
    boards.drop_item(item, reason="取消", by=user(world.lijianguo))
    assert kinds(world.sunlihua) == []


@pytest.mark.django_db
def test_a_stale_form_changes_nothing(world):
    item = put(world)
    with pytest.raises(StaleForm):
        boards.move_item(item, due=day(20), reason="等", by=user(world.lijianguo), version=item.version - 1)
    assert fresh(item).due == item.due


@pytest.mark.django_db
def test_three_weeks_red_go_up_by_themselves(world):
    item = late(put(world, owner="何静", supervisor=world.zhengshuang), 20)
    begin = item.due + timedelta(days=20)
    assert boards.raise_red_items(begin) == 0
    assert boards.raise_red_items(begin + timedelta(days=1)) == 1
    assert boards.raise_red_items(begin + timedelta(days=1)) == 0
    up = fresh(item)
    assert (up.level, up.raised_to, up.raised_on) == (1, world.liuhaitao, begin + timedelta(days=1))
    assert Task.objects.open().filter(kind="督办升级").get().owner == world.liuhaitao
    boards.comment_item(up, text="这周必须完。", by=user(world.liuhaitao))
    assert not Task.objects.open().filter(kind="督办升级").exists()
    names = []
    for n in range(22, 120):
        boards.raise_red_items(item.due + timedelta(days=n))
        if (name := fresh(item).raised_to.name) not in names:
            names.append(name)
    assert names == ["刘海涛", "王海涛", "李建国"]
    assert Entry.objects.filter(verb="督办升级", object_id=item.pk).count() == 3


@pytest.mark.django_db
def test_nothing_goes_up_that_has_ended(world):
    item = late(claim(world), 30)
    boards.confirm_item(item, result="好", by=user(world.lijianguo))
    assert boards.raise_red_items(today()) == 0


@pytest.mark.django_db
def test_a_week_is_asked_for_and_kept(world):
    monday = monday_of(today())
    with at_time(moment_of(monday - timedelta(days=7), 9)):
        one, two = put(world, due=day(40)), put(world, title="第二件", due=day(40))
    with at_time(moment_of(monday, 5)):
        assert boards.tend_boards(monday).startswith("督办周报 1 人")
        assert boards.tend_boards(monday).startswith("督办周报 0 人")
        task = Task.objects.open().get(kind="督办周报")
        assert (task.owner, task.due.weekday() <= 4, task.path) == (world.liuhaitao, True, "/supervision/board/report/")
        say(world, one)
        assert Task.objects.open().filter(kind="督办周报").count() == 1
        say(world, two)
        assert Task.objects.get(pk=task.pk).state == "done"
        assert boards.tend_boards(monday).startswith("督办周报 0 人")
    nxt = monday + timedelta(days=7)
    with at_time(moment_of(nxt, 5)):
        boards.tend_boards(nxt)
    with at_time(moment_of(nxt + timedelta(days=7), 5)):
        boards.tend_boards(nxt + timedelta(days=7))
    assert list(Task.objects.filter(kind="督办周报").order_by("pk").values_list("state", "result")) == [
        ("done", "已汇报"), ("dropped", "本周未报"), ("open", ""),
    ]  # fmt: skip
    assert BoardWeek.objects.filter(area=world.area).count() == 3
    assert BoardReport.objects.count() == 2


@pytest.mark.django_db
def test_handing_over(world):
    item = put(world)
    (held,) = list_held(world.liuhaitao.pk)
    assert (held.key, held.what) == (f"owner:{item.pk}", "督办责任")
    assert hand_over(held.key, world.liuhaitao, world.lijianguo, user(world.wanghaitao), "休假") == "督办人不能是责任人本人。"
    assert hand_over(held.key, world.liuhaitao, world.sunlihua, user(world.wanghaitao), "休假") == ""
    assert hand_over(held.key, world.liuhaitao, world.sunlihua, user(world.wanghaitao), "休假") == "已办结或已改派"
    assert fresh(item).owner == world.sunlihua
    assert BoardItem.objects.get(pk=item.pk).supervisor == world.lijianguo
