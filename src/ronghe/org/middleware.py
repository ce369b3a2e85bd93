"""What stands before the pages after the login: a first password is changed, leaders and administrators have a second factor."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ronghe.accounts.sso import came_by_directory
from ronghe.common.calendar import today
from ronghe.org.kinds import ADMINISTRATORS, LEADERS
from ronghe.org.models import Person
from ronghe.org.standing import standing_of

FREE_PREFIXES = ("account_", "mfa_")
# what a browser fetches by itself beside any page; it says nothing of anybody
FREE_NAMES = ("manifest", "worker", "offline")


class GateMiddleware:
    """Send a person to the password or second-factor page until it is done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        match = request.resolver_match
        if not request.user.is_authenticated or match is None or match.view_name in FREE_NAMES:
            return None
        if (match.url_name or "").startswith(FREE_PREFIXES):
            return None
        if has_left(request):
            logout(request)
            return redirect("account_login")
        if getattr(request.user, "must_change_password", False) and not came_by_directory(request):
            messages.warning(request, _("首次登录,请先修改密码。"))
            return redirect("account_change_password")
        if settings.RONGHE_REQUIRE_MFA and needs_second_factor(request) and not is_mfa_enabled(request.user):
            messages.warning(request, _("班子成员和管理员须先开启两步验证。"))
            return redirect("mfa_index")
        return None


def has_left(request: HttpRequest) -> bool:
    """Tell whether the account's person has left, though nobody has closed the account."""
    if standing_of(request.user).person_id is not None:
        return False  # the usual case costs no query of its own
    return Person.objects.filter(user_id=request.user.pk or 0, left_on__lte=today()).exists()


def needs_second_factor(request: HttpRequest) -> bool:
    """Leaders, the committee above and administrators log in with two factors."""
    return standing_of(request.user).holds((*LEADERS, *ADMINISTRATORS, "upper_committee"))
