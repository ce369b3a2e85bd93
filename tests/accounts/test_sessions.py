"""Sessions end when idle, at a change of password, when the account closes or its person leaves; a fixed key dies at login."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ronghe.accounts.models import Session, User
from ronghe.audit.models import Entry
from ronghe.org.actions import dismiss_person, reset_password
from ronghe.org.models import Person
from tests.people import PASSWORD

NEW = "xin-mima-2026-ok"


def log_in(person, client=None, password=PASSWORD, **extra):
    client = client or Client(**extra)
    answer = client.post("/accounts/login/", {"login": person.user.username, "password": password})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return client


def is_in(client):
    return client.get("/").status_code == 200


def test_login_and_logout_are_audited(world):
    client = log_in(world.hejing)
    client.post("/accounts/logout/")
    assert list(Entry.objects.order_by("id").values_list("verb", "actor_name", "object_name", "note")) == [
        ("登录", "何静", "hejing", "127.0.0.1"),
        ("退出登录", "何静", "hejing", "127.0.0.1"),
    ]


def test_session_knows_its_account(world):
    client = log_in(world.hejing, HTTP_USER_AGENT="Firefox")
    client.get("/")
    row = Session.objects.get(user=world.hejing.user)
    assert (row.address, row.device) == ("127.0.0.1", "Firefox")
    assert row.seen_at is not None


def test_fixed_key_dies_at_login(world):
    client = Client()
    client.get("/accounts/login/")
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies["sessionid"] = session.session_key
    log_in(world.hejing, client)
    assert client.cookies["sessionid"].value != session.session_key
    thief = Client()
    thief.cookies["sessionid"] = session.session_key
    assert not is_in(thief)


def test_idle_session_ends(world):
    client = log_in(world.hejing)
    assert is_in(client)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_in(client)


def test_use_moves_the_end_on_but_not_with_every_request(world, monkeypatch):
    client = log_in(world.hejing)
    client.get("/")
    first = Session.objects.get(user=world.hejing.user).expire_date
    client.get("/")
    assert Session.objects.get(user=world.hejing.user).expire_date == first
    later = timezone.now() + timedelta(minutes=6)
    monkeypatch.setattr("ronghe.accounts.middleware.now", lambda: later)
    client.get("/")
    assert Session.objects.get(user=world.hejing.user).expire_date > first


def test_password_change_ends_the_other_sessions(world):
    here, elsewhere = log_in(world.hejing), log_in(world.hejing)
    assert is_in(here)
    assert is_in(elsewhere)
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/accounts/password/change/", form).status_code == 302
    assert is_in(here)
    assert not is_in(elsewhere)
    assert Session.objects.filter(user=world.hejing.user).count() == 1
    assert Entry.objects.get(verb="修改密码").note == "结束其他会话 1 个"


def test_reset_by_the_administrator_ends_all(world):
    client = log_in(world.hejing)
    reset_password(world.hejing, by=world.xitong.user)
    assert not is_in(client)
    assert not Session.objects.filter(user=world.hejing.user).exists()


def test_closed_account_is_out_at_the_next_request(world):
    client = log_in(world.hejing)
    User.objects.filter(pk=world.hejing.user_id).update(is_active=False)
    assert not is_in(client)


def test_who_left_is_out_at_the_next_request(world):
    client = log_in(world.hejing)
    dismiss_person(world.hejing, left_on=timezone.localdate(), by=world.xitong.user)
    assert not is_in(client)


def test_who_left_without_a_closed_account_is_out_too(world):
    client = log_in(world.hejing)
    Person.objects.filter(pk=world.hejing.pk).update(left_on=timezone.localdate())
    assert client.get("/").url == "/accounts/login/"
    assert not is_in(client)


def test_revoked_post_works_no_more_at_the_next_request(world):
    from ronghe.org.models import Appointment

    client = log_in(world.xitong)
    assert client.get("/org/admin/").status_code == 200
    Appointment.objects.filter(person=world.xitong).update(valid_to=timezone.localdate() - timedelta(days=1))
    assert client.get("/org/admin/").status_code == 403


@pytest.mark.django_db
def test_anonymous_pages_make_no_session(client):
    client.get("/accounts/login/")
    assert not Session.objects.exists()
