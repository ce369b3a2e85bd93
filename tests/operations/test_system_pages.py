"""The 系统管理员 sees how the system runs and keeps the working calendar; every administrator is warned."""

from datetime import date, timedelta

import pytest

from ronghe.audit.models import Entry, Verification
from ronghe.common.calendar import is_working_day, now
from ronghe.common.models import WorkingDay
from ronghe.common.ticks import ticks
from ronghe.operations.actions import verify_audit
from ronghe.operations.models import TickRun


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.RONGHE_CHECKPOINTS = tmp_path / "checkpoints"
    settings.RONGHE_KEYS = tmp_path / "keys"


def text_of(answer):
    return answer.content.decode()


def run_all(at):
    for name, _tick in ticks.items():
        TickRun.objects.create(name=name, day=at.date(), started_at=at, ended_at=at, ok=True, note="好")


@pytest.mark.parametrize("login_name", ["xitong", "anquan", "shenji"])
def test_every_administrator_is_warned_of_silence(world, login, login_name):
    client = login(getattr(world, login_name))
    assert "26 小时没有运行" in text_of(client.get("/"))
    run_all(now() - timedelta(hours=1))
    assert "运行正常" in text_of(client.get("/"))
    TickRun.objects.update(ended_at=now() - timedelta(hours=27))
    assert "26 小时没有运行" in text_of(client.get("/"))


def test_others_see_nothing_of_it(world, login):
    assert "系统运行" not in text_of(login(world.hejing).get("/"))


def test_status_page(world, login):
    run_all(now())
    TickRun.objects.create(name="reminders", day=date(2026, 1, 1), started_at=now(), ended_at=now(), note="RuntimeError: x")
    page = text_of(login(world.xitong).get("/operations/status/"))
    assert "待办提醒" in page
    assert "RuntimeError: x" in page


def test_checkpoint_that_could_not_be_written_is_shown(world, login, settings, tmp_path, django_capture_on_commit_callbacks):
    (tmp_path / "blocked").write_text("")
    settings.RONGHE_CHECKPOINTS = tmp_path / "blocked"
    from django.db import transaction

    from ronghe.audit.actions import record

    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        record(by=None, verb="测试")
    assert "审计检查点没有写成" in text_of(login(world.xitong).get("/operations/status/"))


def test_daily_verification_tells_the_audit_administrator(world, login, settings, tmp_path):
    from django.db import connection, transaction

    from ronghe.audit.actions import record
    from ronghe.notices.models import Notice

    with transaction.atomic():
        record(by=None, verb="测试")
    from ronghe.audit.models import Chain

    Chain.objects.update(checked=0)
    assert verify_audit(by=None).faults == []
    with connection.cursor() as cursor:
        cursor.execute("update audit_entry set verb = 'x' where number = 1")
    Chain.objects.update(checked=0)
    assert len(verify_audit(by=None).faults) == 1
    assert Verification.objects.count() == 2
    assert "发现 1 处问题" in Notice.objects.get(person=world.shenji).title
    assert "第 1 条内容与摘要不符" in text_of(login(world.anquan).get("/"))


def test_working_day_is_entered_corrected_and_confirmed(world, login):
    client = login(world.xitong)
    day = date(2027, 9, 26)  # a Sunday
    form = {"day": "2027-09-26", "works": "1", "name": "国庆节调休"}
    assert client.post("/operations/workdays/", form).status_code == 302
    assert is_working_day(day)
    assert "待确认" in text_of(client.get("/operations/workdays/?year=2027"))
    client.post("/operations/workdays/2027/confirm/")
    assert WorkingDay.objects.get().confirmed
    client.post("/operations/workdays/", {**form, "works": "0"})
    assert not is_working_day(day)
    assert list(Entry.objects.order_by("id").values_list("verb", flat=True)) == ["设定工作日", "确认工作日", "设定工作日"]


def test_year_is_filled_from_the_library(world, login):
    client = login(world.xitong)
    client.post("/operations/workdays/2026/fill/")
    count = WorkingDay.objects.count()
    assert count > 10
    client.post("/operations/workdays/2026/fill/")
    assert WorkingDay.objects.count() == count


def test_bad_day_is_shown_again(world, login):
    assert login(world.xitong).post("/operations/workdays/", {"day": "x", "works": "1"}).status_code == 422
