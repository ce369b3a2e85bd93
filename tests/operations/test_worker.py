"""`ronghe worker`: ticks run once a day, are made up for, survive a failure, a doubled worker and a SIGTERM."""

import os
import signal
import subprocess
import sys
import time
from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command

from ronghe.common.calendar import now
from ronghe.common.ticks import Tick, ticks
from ronghe.operations.actions import claim_tick, run_due_ticks
from ronghe.operations.models import TickRun
from ronghe.operations.rules import is_silent, list_missing_days, may_claim
from ronghe.operations.worker import Worker
from tests.migrated import lay_file

TODAY = date(2026, 11, 18)


@pytest.fixture
def only(monkeypatch):
    """only(name=Tick(...)): the ticks of this test and no others."""

    def register(**wanted):
        monkeypatch.setattr(ticks, "_entries", wanted)

    return register


def test_runs_once_a_day(db, only):
    days = []
    only(count=Tick("计数", lambda day: days.append(day) or "好"))
    for _ in range(3):
        run_due_ticks()
    assert len(days) == 1
    row = TickRun.objects.get()
    assert (row.ok, row.note, row.attempts) == (True, "好", 1)


def test_failure_stops_no_other_and_is_tried_again(db, only):
    tries = []

    def fail(day):
        tries.append(day)
        raise RuntimeError("没有成")

    only(bad=Tick("坏", fail), good=Tick("好", lambda day: ""))
    run_due_ticks()
    run_due_ticks()
    assert len(tries) == 1  # not again at once
    assert TickRun.objects.get(name="bad").note == "RuntimeError: 没有成"
    assert TickRun.objects.get(name="good").ok
    TickRun.objects.filter(name="bad").update(ended_at=now() - timedelta(minutes=11))
    run_due_ticks()
    assert len(tries) == 2
    assert TickRun.objects.get(name="bad").attempts == 2


def test_two_workers_run_it_once(db):
    assert claim_tick("x", TODAY) is not None
    assert claim_tick("x", TODAY) is None


def test_missed_days_are_made_up_for(db, only):
    days = []
    only(each=Tick("逐日", lambda day: days.append(day) or "", each_day=True))
    first = run_due_ticks()[0].day
    TickRun.objects.update(day=first - timedelta(days=3))
    days.clear()
    run_due_ticks()
    assert days == [first - timedelta(days=n) for n in (2, 1, 0)]


@pytest.mark.parametrize(
    ("last", "each_day", "may_today", "expected"),
    [
        (None, True, True, [18]),
        (None, False, False, []),
        (15, True, True, [16, 17, 18]),
        (15, True, False, [16, 17]),
        (15, False, True, [18]),
        (17, False, False, []),
        (18, True, True, []),
    ],
)
def test_missing_days(last, each_day, may_today, expected):
    last_day = TODAY.replace(day=last) if last else None
    found = list_missing_days(last_day, TODAY, each_day=each_day, may_run_today=may_today)
    assert [day.day for day in found] == expected


def test_at_most_a_month_is_made_up_for():
    assert len(list_missing_days(date(2025, 1, 1), TODAY, each_day=True, may_run_today=True)) == 31


def test_claim_of_a_dead_worker():
    at = datetime(2026, 11, 18, 12, 0)
    assert not may_claim(at - timedelta(minutes=30), None, False, at)
    assert may_claim(at - timedelta(minutes=61), None, False, at)
    assert not may_claim(at - timedelta(hours=5), at - timedelta(hours=4), True, at)


def test_silence():
    at = datetime(2026, 11, 18, 12, 0)
    assert is_silent(None, at)
    assert is_silent(at - timedelta(hours=27), at)
    assert not is_silent(at - timedelta(hours=25), at)


def test_once_from_the_command_line(db, only, world):
    only(count=Tick("计数", lambda day: "好"))
    call_command("worker", "--once")
    assert TickRun.objects.get().ok


@pytest.mark.django_db(transaction=True)
def test_jobs_are_run(only):
    from django_tasks_db.models import DBTaskResult

    from tests.operations.jobs import leave_mark

    only()
    leave_mark.enqueue("到")
    Worker().run_once()
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_stopped_worker_begins_no_chore(db, only):
    only(count=Tick("计数", lambda day: "好"))
    worker = Worker()
    worker.stop()
    worker.run_once()
    assert not TickRun.objects.exists()


def test_sigterm_ends_it(tmp_path):
    environment = {**os.environ, "RONGHE_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "ronghe.site.settings", "RONGHE_DEMO": "1"}
    environment.pop("DATABASE_URL", None)
    python = [sys.executable, "-m", "ronghe.cli"]
    lay_file(tmp_path / "ronghe.sqlite3")
    subprocess.run([*python, "migrate", "-v", "0"], env=environment, check=True)
    process = subprocess.Popen([*python, "worker"], env=environment, stdout=subprocess.PIPE, text=True)
    assert "已启动" in process.stdout.readline()
    time.sleep(1)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
