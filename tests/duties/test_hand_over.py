"""交接: everything that somebody holds goes over in one act, comes back at the end, and nothing is left with nobody."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.audit.models import Entry
from ronghe.common.actions import Refused
from ronghe.common.calendar import today
from ronghe.duties.actions.handovers import finish_handover, follow_handovers, hand_over, set_deputy, sign_handover
from ronghe.duties.models import Finding, Handover
from ronghe.duties.queries.handovers import find_deputy, list_everything
from ronghe.org.models import Appointment
from ronghe.rectification.models import Item
from ronghe.worklist.actions import open_tasks
from ronghe.worklist.models import Task
from tests.duties.cases import adopt, user
from tests.rectification.cases import fresh, plan_one


@pytest.fixture
def busy(world):
    """马晓燕 leads a station, owns an item, verifies another, and has a task."""
    world.posts = adopt(world)
    world.owned = plan_one(world, owner="马晓燕", unit="注采三站")
    world.verified = plan_one(world, verifier="马晓燕", title="别站的问题")
    open_tasks(world.area, kind="填报", owners=[world.maxiaoyan], title="报数", path="/", due=today(), area_id=world.area.pk)
    return world


def go(world, *, by="马晓燕", giver="马晓燕", receiver="孙丽华", days=10, wishes=None, kind="absence", start=0):
    ends = today() + timedelta(days=days) if kind == "absence" else None
    return hand_over(
        world.person[giver], receiver=world.person[receiver], kind=kind, starts_on=today() + timedelta(days=start), ends_on=ends, note="休假",
        by=user(world.person[by]), wishes=wishes,
    )  # fmt: skip


def left(person):
    return [line.held.what for line in list_everything(person.pk) if line.registry != "duties" and line.held.what != "交接签字"]


def test_all_that_is_held_is_listed_and_goes_in_one_act(busy):
    assert sorted(line.held.what for line in list_everything(busy.maxiaoyan.pk)) == [
        "填报", "岗位(代理)", "岗位(代理)", "整改责任", "整改验证",
    ]  # fmt: skip
    wish = next(line.name for line in list_everything(busy.maxiaoyan.pk) if line.held.what == "填报")
    row = go(busy, wishes={wish: busy.wutong})
    assert left(busy.maxiaoyan) == []
    assert fresh(busy.owned).owner == busy.sunlihua
    assert fresh(busy.verified).verifier == busy.sunlihua
    assert Task.objects.open().get(kind="填报").owner == busy.wutong
    acting = Appointment.objects.filter(person=busy.sunlihua, acting=True)
    assert sorted(acting.values_list("post__kind", "valid_to")) == [("group_leader", row.ends_on), ("station_chief", row.ends_on)]
    assert not Task.objects.open().filter(owner=busy.maxiaoyan).exclude(kind="交接签字").exists()


def test_at_the_end_it_comes_back_once(busy):
    row = go(busy)
    after = row.ends_on + timedelta(days=1)
    follow_handovers(row.ends_on)
    assert Handover.objects.get(pk=row.pk).state == "running"
    follow_handovers(after)
    assert fresh(busy.owned).owner == busy.maxiaoyan
    assert fresh(busy.verified).verifier == busy.maxiaoyan
    assert Task.objects.open().get(kind="填报").owner == busy.maxiaoyan
    assert not Appointment.objects.on(after).filter(acting=True).exists()
    entries = Entry.objects.count()
    follow_handovers(after)
    assert Entry.objects.count() == entries


def test_what_comes_meanwhile_goes_to_the_receiver(busy):
    go(busy)
    late = plan_one(busy, owner="马晓燕", unit="注采三站", title="新的问题")
    follow_handovers(today())
    assert fresh(late).owner == busy.sunlihua


def test_one_who_may_not_take_a_thing_leaves_it_to_the_receiver_or_says_why(busy):
    row = go(busy, receiver="刘海涛")  # the verified item is 刘海涛's own: nobody verifies himself
    line = row.lines.get(what="整改验证")
    assert (line.receiver, "刘海涛:" in line.refused) == (None, True)
    assert fresh(busy.verified).verifier == busy.maxiaoyan
    assert fresh(busy.owned).owner == busy.liuhaitao


def test_a_later_day_waits(busy):
    row = go(busy, start=3)
    assert (row.state, len(left(busy.maxiaoyan))) == ("planned", 3)
    follow_handovers(row.starts_on)
    assert (Handover.objects.get(pk=row.pk).state, left(busy.maxiaoyan)) == ("running", [])


def test_moving_away_ends_the_post(busy):
    with pytest.raises(PermissionDenied):
        go(busy, kind="move")
    go(busy, kind="move", by="李建国")
    held = Appointment.objects.on(today()).filter(post__unit=busy.unit["注采三站"], post__kind="station_chief")
    assert [(row.person, row.acting, row.valid_to) for row in held] == [(busy.sunlihua, True, None)]


def test_both_sides_sign(busy):
    row = go(busy)
    with pytest.raises(Refused):
        sign_handover(row, by=user(busy.hejing))
    sign_handover(row, by=user(busy.maxiaoyan))
    sign_handover(row, by=user(busy.sunlihua))
    assert list(Entry.objects.filter(verb__endswith="签字").order_by("pk").values_list("verb", "actor_name")) == [
        ("移交签字", "马晓燕"),
        ("接收签字", "孙丽华"),
    ]
    assert not Task.objects.open().filter(kind="交接签字").exists()


@pytest.mark.parametrize("name", ["孙丽华", "何静", "陈晓燕", "韩冬", "系统管理员"])
def test_nobody_else_hands_over_for_somebody(busy, name):
    with pytest.raises(PermissionDenied):
        go(busy, by=name)


def test_what_does_not_fit_is_said_at_its_field(busy):
    for change, field in (
        ({"days": -1}, "ends_on"),
        ({"receiver": "马晓燕"}, "receiver"),
        ({"receiver": "韩冬"}, "receiver"),
        ({"start": -2}, "starts_on"),
    ):
        with pytest.raises(ValidationError) as trouble:
            go(busy, **change)
        assert field in trouble.value.error_dict
    go(busy)
    with pytest.raises(ValidationError):
        go(busy)


def test_a_b_post_stands_in_and_is_offered(busy):
    manager, geology = busy.posts["area_manager"], busy.posts["deputy_geology"]
    set_deputy(geology, manager, by=user(busy.lijianguo))
    assert find_deputy(busy.zhouweidong.pk, today()) == busy.wanghaitao
    row = go(busy, giver="周卫东", by="周卫东", receiver="王海涛")
    assert not Finding.objects.filter(rule="vacancy", ended_on=None, post=geology).exists()
    finish_handover(row, by=user(busy.zhouweidong))
    assert Handover.objects.get(pk=row.pk).state == "returned"


def test_the_pages(busy, login):
    client = login(busy.maxiaoyan)
    assert client.get("/duties/handovers/").status_code == 200
    page = client.get(f"/duties/handovers/new/{busy.maxiaoyan.pk}/")
    assert len(page.context["rows"]) == 5
    bad = client.post(f"/duties/handovers/new/{busy.maxiaoyan.pk}/", {"kind": "absence", "starts_on": today(), "note": "休假"})
    assert (bad.status_code, "休假" in bad.content.decode()) == (422, True)
    good = client.post(
        f"/duties/handovers/new/{busy.maxiaoyan.pk}/",
        {"kind": "absence", "starts_on": today(), "ends_on": today(), "note": "休假", "receiver": busy.sunlihua.pk},
    )
    assert good.status_code == 302
    assert client.post(good["Location"] + "sign/").status_code == 302
    assert client.get(good["Location"]).status_code == 200
    assert login(busy.chenxiaoyan).get(f"/duties/handovers/new/{busy.maxiaoyan.pk}/").status_code == 403
    assert Item.objects.filter(owner=busy.maxiaoyan).count() == 0
