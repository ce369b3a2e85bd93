"""Registering papers: numbers by register and year, none twice, none left out, whoever registers at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django_fsm import TransitionNotAllowed

from ronghe.archive.actions.dispatches import finish_dispatch, open_register, register_dispatch, retire_register, void_dispatch
from ronghe.archive.holdings import hand_over, list_held
from ronghe.archive.models import Dispatch, Register
from ronghe.common.actions import Refused
from ronghe.common.calendar import today
from ronghe.worklist.models import Task
from tests.archive import cases
from tests.people import build_world


def test_numbers_go_on_by_register_and_year(world):
    register, other = cases.open_one(world), cases.open_one(world, "out", "示采党")
    year, last_year = today().year, today().year - 1
    first, second = cases.register_one(world, register), cases.register_one(world, register)
    late = cases.register_one(world, register, day=today().replace(year=last_year, month=3, day=1))
    out = cases.register_one(world, other)
    assert [row.number for row in (first, second, late, out)] == [
        f"收〔{year}〕1号", f"收〔{year}〕2号", f"收〔{last_year}〕1号", f"示采党〔{year}〕1号",
    ]  # fmt: skip
    with transaction.atomic():
        cases.register_one(world, register)
        transaction.set_rollback(True)
    void_dispatch(second, reason="重复登记", by=world.lijianguo.user)
    assert cases.register_one(world, register).serial == 3  # what was not kept left no gap, what is void keeps its number
    with pytest.raises(TransitionNotAllowed):
        void_dispatch(Dispatch.objects.get(pk=second.pk), reason="再作废", by=world.lijianguo.user)


@pytest.mark.django_db(transaction=True)
def test_at_the_same_time(settings):
    world = build_world()
    register = cases.open_one(world)

    def enter(_n):
        try:
            return cases.register_one(world, Register.objects.get(pk=register.pk)).serial
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(enter, range(18))) == list(range(1, 19))


def test_a_paper_that_waits_is_dealt_with(world):
    register = cases.open_one(world)
    row = cases.register_one(world, register, handler=world.hejing, due=today() + timedelta(days=5))
    task = Task.objects.get(kind="办理来文")
    assert (task.owner, task.due, row.state) == (world.hejing, row.due, "waiting")
    assert [held.title for held in list_held(world.hejing.pk)] == [str(row)]
    assert hand_over(str(row.pk), world.hejing, world.luolan, world.lijianguo.user, "休假") == ""
    assert hand_over(str(row.pk), world.hejing, world.luolan, world.lijianguo.user, "休假") != ""
    row = Dispatch.objects.get(pk=row.pk)
    with pytest.raises(PermissionDenied):
        finish_dispatch(row, result="已办", by=world.hejing.user)
    with pytest.raises(ValidationError):
        finish_dispatch(row, result=" ", by=world.luolan.user)
    row = finish_dispatch(row, result="已按通知自查,无问题", by=world.luolan.user)
    assert (row.state, row.ended_on, Task.objects.filter(kind="办理来文", state="open").count()) == ("done", today(), 0)


def test_what_is_refused(world):
    with pytest.raises(PermissionDenied):
        open_register(world.area, direction="in", name="收文", prefix="收", by=world.hejing.user)
    register = cases.open_one(world)
    with pytest.raises(ValidationError):
        cases.open_one(world)
    for wrong in (
        {"day": today() + timedelta(days=1)},
        {"day": today() - timedelta(days=800)},
        {"handler": world.hejing},
        {"due": today()},
        {"handler": world.fengtao, "due": today()},
        {"handler": world.hejing, "due": today() - timedelta(days=1)},
    ):
        with pytest.raises(ValidationError):
            cases.register_one(world, register, **wrong)
    for other in (world.wutong, world.fengtao, world.xitong, world.gaoming):
        with pytest.raises(PermissionDenied):
            register_dispatch(register, title="x", other_side="y", by=other.user)
    retire_register(register, by=world.lijianguo.user)
    with pytest.raises(Refused):
        cases.register_one(world, register)
    assert Dispatch.objects.count() == 0


def test_pages(world, login):
    register = cases.open_one(world)
    client = login(world.songwen)
    form = {"register": register.pk, "title": "关于开展冬季安全检查的通知", "other_side": "示范采油厂", "day": today().isoformat()}
    assert client.post("/archive/dispatches/new/", {**form, "title": "", "once": "a"}).status_code == 422
    answer = client.post("/archive/dispatches/new/", {**form, "once": "b"})
    again = client.post("/archive/dispatches/new/", {**form, "once": "b"})
    assert (answer.status_code, again.url, Dispatch.objects.count()) == (302, answer.url, 1)
    row = Dispatch.objects.get()
    assert "冬季安全检查" in client.get(f"/archive/dispatches/{row.pk}/").content.decode()
    assert client.post(f"/archive/dispatches/{row.pk}/void/", {"reason": "登错", "version": 99, "once": "c"}).status_code == 422
    assert client.post(f"/archive/dispatches/{row.pk}/void/", {"reason": "登错", "version": row.version, "once": "d"}).status_code == 302
    client = login(world.zhengshuang)
    page = client.get("/archive/dispatches/?q=冬季&direction=in").content.decode()
    assert (row.number in page, "已作废" in page) == (True, True)
    assert client.get("/archive/dispatches/export/").status_code == 200
    assert row.number in client.get("/archive/dispatches/print/").content.decode()
    assert login(world.wutong).get(f"/archive/dispatches/{row.pk}/").status_code == 404
    assert row.number not in login(world.wutong).get("/archive/dispatches/").content.decode()
    assert login(world.xitong).get("/archive/dispatches/").status_code == 403
