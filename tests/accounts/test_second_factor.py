"""Leaders and administrators need a second factor, others may have one; its changes are in the audit. In a browser: tests/browser."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from ronghe.accounts.actions import set_email
from ronghe.audit.models import Entry
from tests.people import PASSWORD


def code_of(secret):
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


def enter(person):
    """Name and password; returns the client and where it is led."""
    client = Client()
    answer = client.post("/accounts/login/", {"login": person.user.username, "password": PASSWORD})
    return client, answer.headers.get("Location", "")


def activate(person):
    """Go through the page as the person would; returns the secret."""
    client, _place = enter(person)
    page = client.get("/accounts/2fa/totp/activate/")
    if page.status_code == 302:  # who is there is asked once more
        assert page.headers["Location"].startswith("/accounts/reauthenticate/")
        assert client.post(page.headers["Location"], {"password": PASSWORD}).status_code == 302
        page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.status_code == 302, answer.context["form"].errors
    return secret


@pytest.mark.parametrize("login", ["lijianguo", "wanghaitao", "chenxiaoyan", "zhouweidong", "gaoming", "xitong", "anquan", "shenji"])
def test_leaders_and_administrators_are_led_to_it(world, settings, login):
    settings.RONGHE_REQUIRE_MFA = True
    client, _place = enter(getattr(world, login))
    assert client.get("/").headers["Location"] == "/accounts/2fa/"
    assert client.post("/org/admin/people/new/", {}).headers["Location"] == "/accounts/2fa/"
    assert client.get("/accounts/2fa/").status_code == 200


@pytest.mark.parametrize("login", ["hejing", "liuhaitao", "wutong", "zhaomin"])
def test_others_are_left_in_peace(world, settings, login):
    settings.RONGHE_REQUIRE_MFA = True
    client, _place = enter(getattr(world, login))
    assert client.get("/").status_code == 200


def test_who_has_one_goes_in_and_is_asked_for_it(world, settings):
    settings.RONGHE_REQUIRE_MFA = True
    secret = activate(world.lijianguo)
    client, place = enter(world.lijianguo)
    assert place == "/accounts/2fa/authenticate/"
    assert client.get("/").status_code == 302  # the password alone opens nothing
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert client.get("/").status_code == 302
    Authenticator.objects.update(last_used_at=None)
    cache.clear()  # a code counts once; half a minute has passed
    assert client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)}).status_code == 302
    assert client.get("/").status_code == 200


def test_a_code_counts_once(world):
    secret = activate(world.hejing)
    code = code_of(secret)
    cache.clear()
    first, _place = enter(world.hejing)
    assert first.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    second, _place = enter(world.hejing)
    assert second.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200
    assert second.get("/").status_code == 302


def test_guessing_codes_is_slowed_down(world):
    """After ten wrong codes within five minutes the right one is not looked at either."""
    secret = activate(world.hejing)
    cache.clear()
    client, _place = enter(world.hejing)
    for _ in range(10):
        assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)}).status_code == 200
    assert client.get("/").status_code == 302


def test_changes_are_audited_and_an_address_for_mails_does_not_keep_anybody_out(world, mailoutbox, django_capture_on_commit_callbacks):
    set_email(world.hejing.user, "hejing@example.com", by=world.hejing.user)
    with django_capture_on_commit_callbacks(execute=True):
        activate(world.hejing)
    verbs = list(Entry.objects.exclude(verb="登录").order_by("id").values_list("verb", "actor_name"))
    assert verbs == [("登记邮箱", "何静"), ("启用动态码", "何静")]
    assert mailoutbox == []


def test_secret_is_not_in_the_audit(world):
    secret = activate(world.hejing)
    assert not [row for row in Entry.objects.values_list("note", "changes", "object_name") if secret in str(row)]
    assert generate_totp_secret() != secret
