"""A task: done with one tap, moved, handed on, refused, answered; by pages and by everybody who may not."""

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from ronghe.common.actions import Refused, StaleForm
from ronghe.common.calendar import at_time, today
from ronghe.documents.models import Document
from ronghe.notices.models import Notice
from ronghe.worklist.actions import tasks as write
from ronghe.worklist.models import Task
from ronghe.worklist.queries import build_panel
from tests.rectification.cases import PNG
from tests.worklist.cases import adopt, task_of, user


@pytest.fixture
def listed(world):
    adopt(world)
    return world


def plain_task(world):
    return Task.objects.filter(owner=world.liuhaitao, asks="none", state="open").exclude(key="").first()


def fresh(task):
    return Task.objects.get(pk=task.pk)


def test_one_tap(listed, login):
    task = plain_task(listed)
    client = login(listed.liuhaitao)
    data = {"version": task.version, "once": "a", "back": "/worklist/month/"}
    assert client.post(f"/worklist/tasks/{task.pk}/finish/", data)["Location"] == "/worklist/month/"
    assert client.post(f"/worklist/tasks/{task.pk}/finish/", data)["Location"] == "/worklist/month/"
    assert (fresh(task).state, fresh(task).result) == ("done", "已办")
    write.resume_task(fresh(task), by=user(listed.liuhaitao))
    assert fresh(task).state == "open"


@pytest.mark.parametrize(("done_at", "back_at", "may"), [((0, 30), (23, 50), True), ((23, 50), (0, 10), False)])
def test_the_day_of_a_tap_is_that_of_the_clock_on_the_wall(listed, done_at, back_at, may):
    """Half past midnight in Shanghai is still yesterday in UTC: the tap is taken back all day, and not after midnight."""
    task = plain_task(listed)
    day = timezone.localdate()
    moment = lambda at, offset=0: timezone.make_aware(datetime.combine(day + timedelta(days=offset), time(*at)))  # noqa: E731
    with at_time(moment(done_at)):
        write.finish_task(task, by=user(listed.liuhaitao), line="已办")
    with at_time(moment(back_at, 0 if may else 1)):
        if may:
            assert write.resume_task(fresh(task), by=user(listed.liuhaitao)).state == "open"
        else:
            with pytest.raises(Refused):
                write.resume_task(fresh(task), by=user(listed.liuhaitao))


def test_today_comes_first_on_the_workbench(listed, login):
    Task.objects.filter(owner=listed.liuhaitao).update(state="dropped")
    day = timezone.localdate()
    for name, due in (("过期", -3), ("今天", 0), ("以后", 2), ("没有期限", None)):
        when = None if due is None else day + timedelta(days=due)
        Task.objects.create(area=listed.area, owner=listed.liuhaitao, kind="整改", title=name, path="/", due=when)
    assert [line.title for line in build_panel(user(listed.liuhaitao))["lines"]] == ["今天", "过期", "以后", "没有期限"]


def test_a_line_only_where_it_is_asked_for(listed, login):
    task = task_of(listed, listed.liuhaitao)
    answer = login(listed.liuhaitao).post(f"/worklist/tasks/{task.pk}/finish/", {"line": " "})
    assert answer.status_code == 422
    assert "这一项要一句话说明办理情况。" in answer.content.decode()
    write.finish_task(task, by=user(listed.liuhaitao), line="学习两个文件,定三件事")
    assert fresh(task).line == "学习两个文件,定三件事"


def test_a_photo_of_ones_own_choice(listed):
    task = task_of(listed, listed.liuhaitao)
    Task.objects.filter(pk=task.pk).update(asks="photo")
    by = user(listed.liuhaitao)
    with pytest.raises(ValidationError, match="照片"):
        write.finish_task(fresh(task), by=by)
    with pytest.raises(ValidationError, match="照片"):
        write.finish_task(fresh(task), by=by, photo=("a.txt", "文字".encode()))
    write.finish_task(fresh(task), by=by, photo=("现场.png", PNG))
    assert Document.objects.filter(object_id=task.pk, purpose="佐证").get().is_visible_to(user(listed.lijianguo))


def test_moved_with_a_reason(listed):
    task = plain_task(listed)
    by = user(listed.liuhaitao)
    for due, reason, field in (
        (today(), "", "reason"),
        (today() - timedelta(days=1), "x", "due"),
        (today() + timedelta(days=200), "x", "due"),
    ):
        with pytest.raises(ValidationError) as told:
            write.move_task(task, by=by, due=due, reason=reason)
        assert list(told.value.error_dict) == [field]
    later = today() + timedelta(days=2)
    write.move_task(task, by=by, due=later, reason="倒班", version=task.version)
    assert (fresh(task).due, fresh(task).reason) == (later, "倒班")
    with pytest.raises(StaleForm):
        write.move_task(task, by=by, due=later, reason="倒班", version=task.version)


def test_handed_on_only_when_accepted(listed):
    task = plain_task(listed)
    write.offer_task(task, by=user(listed.liuhaitao), to=listed.wutong, reason="出差")
    assert (fresh(task).owner, Notice.objects.filter(person=listed.wutong).count()) == (listed.liuhaitao, 1)
    write.answer_offer(fresh(task), by=user(listed.wutong), accept=False)
    assert (fresh(task).owner, fresh(task).offered_to) == (listed.liuhaitao, None)
    write.offer_task(fresh(task), by=user(listed.liuhaitao), to=listed.wutong, reason="出差")
    write.withdraw_offer(fresh(task), by=user(listed.liuhaitao))
    with pytest.raises(PermissionDenied):
        write.answer_offer(fresh(task), by=user(listed.wutong), accept=True)
    write.offer_task(fresh(task), by=user(listed.liuhaitao), to=listed.wutong, reason="出差")
    write.answer_offer(fresh(task), by=user(listed.wutong), accept=True)
    assert (fresh(task).owner, fresh(task).handed) == (listed.wutong, True)
    with pytest.raises(ValidationError, match="本管理区"):
        write.offer_task(fresh(task), by=user(listed.wutong), to=listed.fengtao, reason="x")


@pytest.mark.parametrize(("how", "state", "owner"), [("back", "open", "刘海涛"), ("drop", "dropped", "李建国")])
def test_refused_goes_to_the_leader(listed, how, state, owner):
    task = plain_task(listed)
    write.refuse_task(task, by=user(listed.liuhaitao), reason="不归党小组")
    assert (fresh(task).owner, fresh(task).refused_by) == (listed.lijianguo, listed.liuhaitao)
    with pytest.raises(ValidationError, match="理由"):
        write.answer_refused(fresh(task), by=user(listed.lijianguo), how=how, note="")
    write.answer_refused(fresh(task), by=user(listed.lijianguo), how=how, note="已和站里商定")
    assert (fresh(task).state, fresh(task).owner.name) == (state, owner)
    assert Notice.objects.filter(person=listed.liuhaitao, kind="任务").count() == 1


@pytest.mark.parametrize("name", ["孙丽华", "李建国", "何静", "韩冬", "系统管理员"])
def test_nobody_works_it_for_another(listed, name):
    task, by = plain_task(listed), user(listed.person[name])
    for act in (
        lambda: write.finish_task(task, by=by),
        lambda: write.move_task(task, by=by, due=today(), reason="x"),
        lambda: write.offer_task(task, by=by, to=listed.wutong, reason="x"),
        lambda: write.refuse_task(task, by=by, reason="x"),
        lambda: write.answer_refused(task, by=by, how="drop", note="x"),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_pages(listed, login):
    client = login(listed.liuhaitao)
    task = plain_task(listed)
    for path in ("/worklist/month/", "/worklist/month/?scope=led", "/worklist/day/", "/worklist/calendar/", f"/worklist/tasks/{task.pk}/"):
        answer = client.get(path)
        assert answer.status_code == 200
    post = lambda verb, **data: client.post(f"/worklist/tasks/{task.pk}/step/{verb}/", {"version": fresh(task).version, **data})  # noqa: E731
    assert post("move", due="2020-01-01", reason="倒班冲突").status_code == 422
    assert post("move", due=str(today()), reason="倒班").status_code == 302
    assert post("offer", to=listed.wutong.pk, reason="出差").status_code == 302
    other = login(listed.wutong)
    assert "等您接收" in other.get("/worklist/month/").content.decode()
    assert other.post(f"/worklist/tasks/{task.pk}/press/decline/", {"version": fresh(task).version}).status_code == 302
    client = login(listed.liuhaitao)
    assert post("refuse", reason="不归我").status_code == 302
    boss = login(listed.lijianguo)
    assert "处理退回的任务" in boss.get(f"/worklist/tasks/{task.pk}/").content.decode()
    assert (
        boss.post(
            f"/worklist/tasks/{task.pk}/step/answer/", {"how": "drop", "note": "可以不办", "version": fresh(task).version}
        ).status_code
        == 302
    )
    assert fresh(task).state == "dropped"


def test_chief_sees_the_station_and_leader_the_area(listed, login):
    assert "孙丽华" not in login(listed.liuhaitao).get("/worklist/month/?scope=led").content.decode()
    assert "孙丽华" in login(listed.lijianguo).get("/worklist/month/?scope=led").content.decode()
