"""Logging in for the first time, and what stands before the pages after it."""

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.test import Client

from ronghe.accounts.models import User
from ronghe.audit.models import Entry
from ronghe.org.actions.rosters import FIRST_ITERATIONS, hash_first_password
from tests.people import PASSWORD

NEW = "quanxin-mima-2026"
PBKDF2 = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]


def enter(name, password=PASSWORD):
    client = Client()
    return client, client.post("/accounts/login/", {"login": name, "password": password})


def change(client, old=PASSWORD, new=NEW, again=None):
    return client.post("/accounts/password/change/", {"oldpassword": old, "password1": new, "password2": again or new})


@pytest.fixture
def first(world):
    """何静 with a first password."""
    User.objects.filter(pk=world.hejing.user_id).update(must_change_password=True)
    return world


def test_first_password_opens_nothing_but_its_change(first):
    client, answer = enter("hejing")
    assert answer.status_code == 302
    assert {client.get(path)["Location"] for path in ("/", "/figures/", "/org/people/")} == {"/accounts/password/change/"}
    assert client.get("/accounts/password/change/").status_code == 200
    assert change(client).status_code == 302
    assert client.get("/").status_code == 200
    first.hejing.user.refresh_from_db()
    assert (first.hejing.user.must_change_password, first.hejing.user.check_password(NEW)) == (False, True)


def test_change_is_in_the_audit_without_the_password(first):
    change(enter("hejing")[0])
    assert list(Entry.objects.filter(actor_name="何静").order_by("id").values_list("verb", flat=True)) == ["登录", "修改密码"]
    assert not Entry.objects.filter(note__contains=NEW).exists()


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        (PASSWORD, "duan1", "duan1"),
        (PASSWORD, "1234567890123", "1234567890123"),
        (PASSWORD, "password1234", "password1234"),
        (PASSWORD, "hejing2026", "hejing2026"),
        (PASSWORD, NEW, NEW + "x"),
        ("bu-dui-de-mima", NEW, NEW),
    ],
    ids=["short", "digits", "common", "like the name", "not the same", "wrong old one"],
)
def test_weak_or_mistyped_password_is_refused(first, old, new, again):
    client, _answer = enter("hejing")
    answer = change(client, old, new, again)
    first.hejing.user.refresh_from_db()
    assert (answer.status_code, first.hejing.user.must_change_password) == (200, True)
    assert client.get("/")["Location"] == "/accounts/password/change/"


def test_wrong_password_and_unknown_name_are_told_alike(world):
    found = {enter(name, "cuowu-de-mima")[1].content.decode().split("errorlist")[-1][:200] for name in ("hejing", "meiyouzhegeren")}
    assert len(found) == 1


def test_name_in_capitals_is_the_same_account(world):
    assert enter("HeJing")[1].status_code == 302


def test_closed_account_cannot_log_in(world):
    User.objects.filter(pk=world.hejing.user_id).update(is_active=False)
    client, _answer = enter("hejing")
    assert client.get("/").status_code == 302


def test_nobody_signs_up(client, world):
    assert client.get("/accounts/signup/").status_code == 404
    assert client.post("/accounts/signup/", {"username": "x", "password1": NEW, "password2": NEW}).status_code == 404


@pytest.mark.parametrize(("name", "held_back"), [("lijianguo", True), ("xitong", True), ("gaoming", True), ("hejing", False)])
def test_second_factor_where_it_is_asked_for(world, settings, name, held_back):
    settings.RONGHE_REQUIRE_MFA = True
    client, _answer = enter(name)
    answer = client.get("/")
    assert (answer.status_code == 302 and answer["Location"] == "/accounts/2fa/") is held_back


def test_random_first_password_is_hashed_quickly_and_its_owners_own_slowly(world, settings):
    """240 first passwords in one request: the first login turns the quick hash into the usual one (Django's must_update)."""
    settings.PASSWORD_HASHERS = PBKDF2
    encoded = hash_first_password("suiji-mima-14")
    assert encoded.split("$")[1] == str(FIRST_ITERATIONS)
    kept = []
    assert check_password("suiji-mima-14", encoded, setter=lambda raw: kept.append(make_password(raw)))
    assert int(kept[0].split("$")[1]) > 500_000
