"""Sign-on through a real provider on this machine: the whole code flow with PKCE, nonce and signature; who is not known stays out."""

import os

import pytest
import requests
from django.test import Client

from ronghe.accounts.models import User
from ronghe.audit.models import Entry
from tests.accounts.provider import CLIENT, SECRET, Provider, make_key
from tests.accounts.test_second_factor import activate

# oauthlib's server refuses plain HTTP, here it is on this machine only
os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"


@pytest.fixture
def provider(settings):
    made = Provider()
    settings.RONGHE_OIDC_ISSUER, settings.RONGHE_OIDC_CLIENT_ID, settings.RONGHE_OIDC_CLIENT_SECRET = made.issuer, CLIENT, SECRET
    settings.RONGHE_OIDC_NAME, settings.RONGHE_OIDC_CLAIM, settings.RONGHE_OIDC_MATCH = "统一认证", "employee_number", "number"
    yield made
    made.close()


def go(provider, client=None, *, next_url=""):
    """Press the button and come back; → the client and the answer to the callback."""
    client = client or Client()
    sent = client.get("/accounts/oidc/login/", {"next": next_url} if next_url else {})
    assert sent.status_code == 302, sent.content.decode()[:500]
    back = requests.get(sent.headers["Location"], allow_redirects=False, timeout=10)
    assert back.status_code == 302, back.text
    return client, client.get(back.headers["Location"].removeprefix("http://testserver"))


def text_of(client, path="/accounts/login/"):
    return client.get(path).content.decode()


def test_the_whole_flow(world, provider):
    provider.claims = {"employee_number": world.hejing.number}
    assert "统一认证" in text_of(Client())
    client, answer = go(provider, next_url="/worklist/")
    assert answer.headers["Location"] == "/worklist/"
    assert "何静" in text_of(client, "/accounts/profile/")
    (asked,) = provider.asked
    assert (asked["code_challenge_method"], len(asked["nonce"]) > 20, asked["response_type"]) == ("S256", True, "code")
    assert len(provider.verifiers) == 1
    entry = Entry.objects.get(verb="登录")
    assert (entry.actor_name, entry.note) == ("何静", "127.0.0.1 统一认证")
    assert User.objects.get(pk=world.hejing.user_id).has_usable_password()


def test_a_first_password_plays_no_part(world, provider):
    User.objects.filter(pk=world.hejing.user_id).update(must_change_password=True)
    provider.claims = {"employee_number": world.hejing.number}
    client, _answer = go(provider)
    assert client.get("/").status_code == 200


def refused(provider, client=None):
    client, answer = go(provider, client)
    assert answer.headers["Location"] == "/accounts/login/"
    assert client.get("/worklist/").status_code == 302
    entry = Entry.objects.order_by("-pk")[0]
    assert entry.verb == "统一认证登录失败"
    return text_of(client), entry.note


@pytest.mark.parametrize("number", ["G9999", "", None, "closed", "left"])
def test_who_has_no_account_stays_out(world, provider, number):
    if number == "closed":
        User.objects.filter(pk=world.hejing.user_id).update(is_active=False)
    if number == "left":
        type(world.hejing).objects.filter(pk=world.hejing.pk).update(left_on="2026-01-01")
    provider.claims = {"employee_number": world.hejing.number if number in ("closed", "left") else number}
    users = User.objects.count()
    shown, note = refused(provider)
    assert "没有可用的账号" in shown
    assert note == "没有对应的账号 127.0.0.1"
    assert User.objects.count() == users


def test_a_token_that_another_key_signed_is_refused(world, provider):
    provider.claims = {"employee_number": world.hejing.number}
    provider.signs_with = make_key()
    _shown, note = refused(provider)
    assert note == "认证没有完成 127.0.0.1"


@pytest.mark.parametrize(
    "claims", [{"nonce": "old"}, {"aud": "another"}, {"iss": "https://elsewhere"}, {"exp": 1_600_000_000}, {"azp": "another"}]
)
def test_a_token_for_something_else_is_refused(world, provider, claims):
    provider.claims = {"employee_number": world.hejing.number, **claims}
    refused(provider)


def test_an_answer_counts_once_and_in_its_own_browser(world, provider):
    provider.claims = {"employee_number": world.hejing.number}
    client = Client()
    place = client.get("/accounts/oidc/login/").headers["Location"]
    back = requests.get(place, allow_redirects=False, timeout=10).headers["Location"].removeprefix("http://testserver")
    assert Client().get(back).headers["Location"] == "/accounts/login/"
    assert client.get(back).status_code == 302
    assert client.get("/worklist/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get(back).headers["Location"] == "/accounts/login/"


def test_the_second_factor_is_asked_all_the_same(world, provider):
    activate(world.lijianguo)
    provider.claims = {"employee_number": world.lijianguo.number}
    client, answer = go(provider)
    assert answer.headers["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/worklist/").status_code == 302


def test_by_mail_only_when_verified_and_nobody_elses(world, provider, settings):
    settings.RONGHE_OIDC_CLAIM, settings.RONGHE_OIDC_MATCH = "email", "email"
    User.objects.filter(pk=world.hejing.user_id).update(email="hejing@example.com")
    provider.claims = {"email": "hejing@example.com", "email_verified": False}
    refused(provider)
    provider.claims["email_verified"] = True
    client, _answer = go(provider)
    assert client.get("/worklist/").status_code == 200
    User.objects.filter(pk=world.wutong.user_id).update(email="HeJing@example.com")
    refused(provider)


def test_userinfo_adds_what_the_token_lacks_and_speaks_of_the_same(world, provider, settings):
    settings.RONGHE_OIDC_USERINFO = True
    provider.userinfo = {"sub": "s-1", "employee_number": world.hejing.number}
    client, _answer = go(provider)
    assert client.get("/worklist/").status_code == 200
    provider.userinfo["sub"] = "s-2"
    refused(provider)


def test_an_account_is_opened_only_where_it_is_configured(world, provider, settings):
    person = world.wutong
    type(person).objects.filter(pk=person.pk).update(user=None)
    provider.claims = {"employee_number": person.number}
    refused(provider)
    settings.RONGHE_SSO_CREATE = True
    client, _answer = go(provider)
    assert client.get("/accounts/profile/").status_code == 200
    made = User.objects.get(username=person.number.lower())
    assert not made.has_usable_password()
    assert Entry.objects.filter(verb="开立账号", note=f"{made.username},统一认证首次登录").count() == 1
    provider.claims = {"employee_number": "G9999"}
    refused(provider)


def test_without_configuration_there_is_no_such_door(world, provider, settings):
    settings.RONGHE_OIDC_ISSUER = ""
    assert "统一认证" not in text_of(Client())
    assert Client().get("/accounts/oidc/login/").status_code == 404
    assert Client().get("/accounts/oidc/login/callback/").status_code == 404


def test_a_provider_that_is_away_or_another_one(world, provider, settings):
    settings.RONGHE_OIDC_ISSUER = f"{provider.issuer}/"
    assert Client().get("/accounts/oidc/login/").status_code == 302
    settings.RONGHE_OIDC_ISSUER = "http://127.0.0.1:9"
    client = Client()
    assert client.get("/accounts/oidc/login/").headers["Location"] == "/accounts/login/"
    assert "没有完成" in text_of(client)
