"""Every address declares who may; each is tried with every role of both 管理区. An undeclared one fails here."""

import re
import zlib

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import URLPattern, URLResolver, get_resolver

from ronghe.accounts.models import User
from ronghe.audit.models import Entry
from ronghe.common.access import find_declaration

ROLES = [
    "lijianguo",
    "wanghaitao",
    "chenxiaoyan",
    "zhouweidong",
    "liuhaitao",
    "hejing",
    "songwen",
    "zhaomin",
    "qianjin",
    "zhengshuang",
    "wutong",
    "gaoming",
    "xitong",
    "anquan",
    "shenji",
    "handong",
    "fengtao",
    "xunuo",
    "shenkuo",
]


def walk(patterns, prefix="", space=""):
    """Yield (address pattern, full name, view) of every address that exists."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from walk(entry.url_patterns, prefix + str(entry.pattern), inner)
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), f"{space}{entry.name}" if entry.name else "", entry.callback


EVERY = list(walk(get_resolver().url_patterns))


def fill(pattern):
    """Return an address for a pattern: every number 1, every text 'x'."""
    path = re.sub(r"<int:\w+>", "1", pattern)
    path = re.sub(r"<(?:str:|slug:)?\w+>", "x", path)
    path = re.sub(r"<uuid:\w+>", "0b5d1c3e-9a55-4a7e-8f0a-111111111111", path)
    return "/" + path.replace("^", "").replace("$", "").replace("\\Z", "")


@pytest.mark.parametrize(("pattern", "name", "view"), EVERY, ids=[pattern or "/" for pattern, _n, _v in EVERY])
def test_is_declared(pattern, name, view):
    assert find_declaration(view, name) is not None, f"{pattern} ({name}) declares nobody"


def test_undeclared_address_is_refused(rf, world):
    from django.core.exceptions import PermissionDenied
    from django.urls import ResolverMatch

    from ronghe.common.access import AccessMiddleware

    request = rf.get("/x/")
    request.user = world.lijianguo.user
    request.resolver_match = ResolverMatch(lambda r: None, (), {}, url_name="nowhere")
    with pytest.raises(PermissionDenied):
        AccessMiddleware(lambda r: None).process_view(request, lambda r: None, (), {})


def draw_doors(world, login):
    """Return the addresses that the short walk tries with this role: a ninth by a fixed draw, and each where this role is the first
    that may, or the first that may not, so that every address is tried from both sides."""
    people = {role: getattr(world, role).user for role in ROLES}
    user = people.get(login, AnonymousUser())
    doors = []
    for pattern, name, view in EVERY:
        declared = find_declaration(view, name)
        earlier = (declared(people[role]) for role in (ROLES[: ROLES.index(login)] if login else ROLES))
        if zlib.crc32(f"{login} {pattern}".encode()) % 9 == 0 or declared(user) not in earlier:
            doors.append((pattern, name, view))
    return doors


def try_doors(client, login, person, doors):
    """The answer at the door is what the declaration says: 403 for those whom it refuses (the login page for strangers), and
    never a 5xx for anybody. Behind the door it may be 200, 302, 404, 405, 409 or 422; a page without an object opens for whom it is declared."""
    client.raise_request_exception = False
    if login:
        client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    wrong = []
    for pattern, name, view in doors:
        if name == "account_logout":
            continue
        user = User.objects.get(username=login) if login else AnonymousUser()
        may = find_declaration(view, name)(user)
        for method in ("get", "post"):
            status = getattr(client, method)(fill(pattern), HTTP_HOST="127.0.0.1").status_code
            refused = status == 403 or (not login and status == 302)
            turned_away = may and status == 403 and method == "get" and "<" not in pattern
            if status >= 500 or (not may and not refused) or turned_away:
                wrong.append((method, pattern, status))
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("login", [*ROLES, ""])
def test_role_at_its_doors(world, client, login):
    try_doors(client, login, getattr(world, login, None), draw_doors(world, login))


@pytest.mark.drill
@pytest.mark.django_db
@pytest.mark.parametrize("login", [*ROLES, ""])
def test_role_at_every_door(world, client, login):
    try_doors(client, login, getattr(world, login, None), EVERY)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_other_method_goes_around_the_door(world, client, method):
    """The door stands before the method: what refuses GET and POST refuses these, and none of them changes a row of the audit."""
    client.raise_request_exception = False
    wrong = []
    for login in ("shenji", ""):
        client.logout()
        user = getattr(world, login).user if login else AnonymousUser()
        if login:
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        before = list(Entry.objects.order_by("pk").values_list("pk", "digest"))
        for pattern, name, view in EVERY:
            if name == "account_logout":
                continue
            status = getattr(client, method)(fill(pattern), HTTP_HOST="127.0.0.1").status_code
            may = find_declaration(view, name)(user)
            if status >= 500 or (not may and status != 403 and not (not login and status == 302)):
                wrong.append((login, method, pattern, status))
        assert list(Entry.objects.order_by("pk").values_list("pk", "digest"))[: len(before)] == before
    assert wrong == []


def test_no_page_administers_the_tables(settings):
    """Django's own admin, through which an entry could be changed, is not part of the product."""
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert [pattern for pattern, _name, view in EVERY if "admin.sites" in getattr(view, "__module__", "")] == []
