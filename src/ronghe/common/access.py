"""Who may open an address, declared on the view and enforced for all of them in one place.

A view without a declaration answers 403 to everybody; `tests/test_every_url.py` finds it. The declaration says who may
come to the door; which rows are behind it follows from `visible_to(user)`, and what may be done there from the action.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

Predicate = Callable[..., bool]


def anyone(user: Any, obj: Any = None) -> bool:
    """Also those who are not logged in."""
    return True


def signed_in(user: Any, obj: Any = None) -> bool:
    """Every account with a session."""
    return bool(user and user.is_authenticated)


def access(predicate: Predicate) -> Callable[[Any], Any]:
    """Declare on a view who may open it: `@access(may_confirm)`."""

    def declare(view: Any) -> Any:
        view.access = predicate
        return view

    return declare


_FOREIGN: dict[str, Predicate] = {}


def declare_foreign(table: dict[str, Predicate]) -> None:
    """Declare the views of other packages by the name of their address."""
    _FOREIGN.update(table)


def find_declaration(view: Any, url_name: str | None) -> Predicate | None:
    """Return the predicate declared on a view (or its class), or for the address of another package's view."""
    for holder in (view, getattr(view, "view_class", None)):
        declared = getattr(holder, "access", None)
        if declared is not None:
            return declared
    return _FOREIGN.get(url_name or "")


def require(predicate: Predicate, user: Any, obj: Any = None) -> None:
    """Raise PermissionDenied unless the predicate holds: the first line of an action."""
    if not predicate(user, obj):
        raise PermissionDenied(_("您的岗位没有办理这件事的权限。"))


def may_open(user: Any, path: str) -> bool:
    """Tell whether the user may come to the door of an address of ours: a message is not sent to who can't open what it speaks of."""
    try:
        match = resolve(urlsplit(path).path)
    except Resolver404:
        return False
    predicate = find_declaration(match.func, match.view_name)
    return predicate is not None and predicate(user)


class AccessMiddleware:
    """Refuse what is not declared and who is not entitled, before the view runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        predicate = find_declaration(view, match.view_name if match else None)
        if predicate is None:
            raise PermissionDenied(_("这个地址没有声明谁可以打开。"))
        if predicate(request.user):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied(_("您的岗位没有打开这个页面的权限。"))
