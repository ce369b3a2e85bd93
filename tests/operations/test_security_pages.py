"""The 安全管理员 sees locks, sessions, missing factors and exports of the own area, acts on them, and each act is audited."""

from datetime import timedelta

import pytest
from django.test import Client

from ronghe.accounts.models import Session
from ronghe.audit.models import Entry
from ronghe.common.exports import Sheet, hand_out
from ronghe.notices.models import Notice
from ronghe.operations.models import ExportLimit
from tests.accounts.test_sessions import is_in, log_in


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr("ronghe.accounts.actions.wait_after", lambda failures: timedelta())


def lock(name, address="10.0.0.1"):
    for _ in range(8):
        Client(REMOTE_ADDR=address).post("/accounts/login/", {"login": name, "password": "wrong"})


def text_of(answer):
    return answer.content.decode()


def test_lock_is_shown_and_lifted(world, login, quick):
    lock("hejing")
    client = login(world.anquan)
    page = text_of(client.get("/operations/security/"))
    assert "何静" in page
    assert "10.0.0.1" in page
    client.post("/operations/security/unlock/", {"username": "hejing", "address": "10.0.0.1"})
    assert "没有锁定" in text_of(client.get("/operations/security/"))
    log_in(world.hejing, Client(REMOTE_ADDR="10.0.0.1"))
    entry = Entry.objects.get(verb="解除登录锁定")
    assert (entry.actor_name, entry.object_name, entry.note) == ("安全管理员", "hejing", "10.0.0.1")


def test_locks_of_another_area_are_not_shown(world, login, quick):
    lock("fengtao")
    client = login(world.anquan)
    assert "冯涛" not in text_of(client.get("/operations/security/"))
    assert client.post("/operations/security/unlock/", {"username": "fengtao", "address": "10.0.0.1"}).status_code == 403


def test_what_was_typed_for_an_unknown_name_is_not_shown(world, login, quick):
    lock("my-password-1")
    assert "没有这个账号" in text_of(login(world.anquan).get("/operations/security/"))


def test_failures_by_day(world, login, quick):
    lock("hejing")
    assert '<td class="num">8</td>' in text_of(login(world.anquan).get("/operations/security/")).replace("\n", "")


def test_who_lacks_a_second_factor(world, login):
    page = text_of(login(world.anquan).get("/operations/security/"))
    assert "李建国" in page
    assert "韩冬" not in page


def test_sessions_are_listed_and_ended(world, login):
    victim, stranger = log_in(world.hejing), log_in(world.fengtao)
    assert is_in(victim)
    client = login(world.anquan)
    page = text_of(client.get("/operations/sessions/"))
    assert "何静" in page
    assert "冯涛" not in page
    client.post(f"/operations/sessions/{world.hejing.pk}/end/")
    assert not is_in(victim)
    assert is_in(stranger)
    assert Entry.objects.get(verb="结束会话").object_name == "何静"
    assert client.post(f"/operations/sessions/{world.fengtao.pk}/end/").status_code == 404


def test_export_log_and_limit(world, login):
    hand_out(world.zhaomin.user, what="指标台账", sheets=[Sheet("表", ["甲"], [[1]] * 9)], name="x")
    hand_out(world.xunuo.user, what="二区台账", sheets=[Sheet("表", ["甲"], [])], name="x")
    client = login(world.anquan)
    page = text_of(client.get("/operations/exports/"))
    assert "指标台账" in page
    assert "二区台账" not in page
    assert client.post("/operations/exports/", {"rows": "10", "copies": "3"}).status_code == 302
    assert ExportLimit.objects.get().rows == 10
    assert client.post("/operations/exports/", {"rows": "0", "copies": "3"}).status_code == 422


def test_unusual_volume_alarms_once(world):
    ExportLimit.objects.create(area=world.area, rows=10, copies=3)

    def take(rows):
        hand_out(world.zhaomin.user, what="台账", sheets=[Sheet("表", ["甲"], [[1]] * rows)], name="x")

    take(10)
    assert not Notice.objects.filter(person=world.anquan).exists()
    take(1)
    assert Notice.objects.get(person=world.anquan).title == "赵敏 今天已导出 2 份、11 行,超过限额"
    take(1)
    assert Notice.objects.filter(person=world.anquan).count() == 1
    take(1)  # the fourth file passes the other limit
    assert Notice.objects.filter(person=world.anquan).count() == 2
    assert Entry.objects.filter(verb="导出超限").count() == 2


def test_queries_do_not_grow_with_sessions(world, login, django_assert_max_num_queries):
    for person in (world.hejing, world.luolan, world.songwen):
        log_in(person)
    client = login(world.anquan)
    client.get("/operations/sessions/")
    with django_assert_max_num_queries(16):
        client.get("/operations/sessions/")
    assert Session.objects.count() == 4
