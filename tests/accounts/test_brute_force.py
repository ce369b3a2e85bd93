"""Guessing locks the pair of account and address, slows the account from everywhere, and leaves the station alone."""

from datetime import timedelta

import pytest
from django.test import Client

from ronghe.accounts.actions import forget_old_failures, record_failure, seconds_to_wait
from ronghe.accounts.models import Backoff
from ronghe.accounts.rules import wait_after
from ronghe.audit.models import Entry
from ronghe.common.calendar import now
from tests.people import PASSWORD


@pytest.fixture(autouse=True)
def no_waiting(request, monkeypatch):
    if "waits" not in request.node.name:
        monkeypatch.setattr("ronghe.accounts.actions.wait_after", lambda failures: timedelta())


def attempt(name, password, address="10.0.0.1"):
    return Client(REMOTE_ADDR=address).post("/accounts/login/", {"login": name, "password": password})


def fail(name, times, address="10.0.0.1"):
    for _ in range(times):
        answer = attempt(name, "wrong", address)
    return answer


def test_pair_is_locked_after_eight(world):
    assert fail("hejing", 7).status_code == 200
    assert fail("hejing", 1).status_code == 429
    answer = attempt("hejing", PASSWORD)
    assert answer.status_code == 429
    assert "登录已暂时锁定" in answer.content.decode()


def test_whole_station_behind_the_address_is_not_locked_out(world):
    fail("hejing", 9)
    assert attempt("luolan", PASSWORD).status_code == 302


def test_owner_elsewhere_is_not_locked_out(world):
    fail("hejing", 9)
    assert attempt("hejing", PASSWORD, "10.0.0.2").status_code == 302


def test_writing_the_name_otherwise_does_not_help(world):
    for name in ("hejing", "HEJING", "Hejing", "hejing ", "heJing", "hejinG", "HEjing"):
        fail(name, 1)
    assert fail("hEjing", 1).status_code == 429


def test_login_clears_the_failures(world):
    fail("hejing", 7)
    assert attempt("hejing", PASSWORD).status_code == 302
    assert fail("hejing", 7).status_code == 200


def test_account_waits_wherever_the_guesses_come_from(world):
    for number in range(6):
        attempt("hejing", "wrong", f"10.0.1.{number}")
    answer = attempt("hejing", PASSWORD, "10.9.9.9")
    assert answer.status_code == 200
    assert "秒后再试" in answer.content.decode()
    Backoff.objects.update(until=now())
    assert attempt("hejing", PASSWORD, "10.9.9.9").status_code == 302
    assert not Backoff.objects.exists()


def test_unknown_name_waits_alike(world):
    for number in range(6):
        attempt("nobody", "wrong", f"10.0.1.{number}")
    assert "秒后再试" in attempt("nobody", "wrong", "10.9.9.9").content.decode()


def test_wait_grows_to_a_minute_and_no_further():
    assert [wait_after(failures).seconds for failures in (0, 5, 6, 7, 8, 11, 50)] == [0, 0, 2, 4, 8, 60, 60]


def test_failures_and_locks_are_audited_without_what_was_typed(world):
    fail("hejing", 8)
    fail("my-secret-password", 1)
    rows = list(Entry.objects.order_by("id").values_list("verb", "object_name", "note"))
    assert rows[0] == ("登录失败", "hejing", "10.0.0.1")
    assert rows[7] == ("登录锁定", "hejing", "10.0.0.1")
    assert rows[8] == ("登录失败", "(没有这个账号)", "10.0.0.1")
    assert not Backoff.objects.filter(name__contains="secret").exists()


def test_old_failures_are_forgotten(world):
    record_failure("hejing", address="", locked=False)
    assert forget_old_failures() == 0
    Backoff.objects.update(at=now() - timedelta(days=2))
    assert forget_old_failures() == 1
    assert seconds_to_wait("hejing") == 0
