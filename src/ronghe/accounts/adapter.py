"""Accounts are opened by an administrator with a post; nobody signs up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ronghe.accounts.actions import record_login, record_logout, record_password_change, seconds_to_wait
from ronghe.accounts.requests import find_address, find_login_name


class ClosedAccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Let a login name wait after failures from wherever; the pair of account and address is django-axes' matter."""
        seconds = seconds_to_wait(find_login_name(request, credentials))
        if seconds:
            raise ValidationError(_("这个账号刚刚多次登录失败,请 %(seconds)d 秒后再试。") % {"seconds": seconds})

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        record_login(user, address=find_address(request))

    def logout(self, request: HttpRequest) -> None:
        record_logout(request.user, address=find_address(request))  # type: ignore[arg-type]
        super().logout(request)

    def set_password(self, user: Any, password: str) -> None:
        """A password that its owner chose needs no change at the next login; other sessions end."""
        user.must_change_password = False
        super().set_password(user, password)
        session = getattr(context.request, "session", None)
        record_password_change(user, keep=session.session_key if session is not None else None)

    def get_user_search_fields(self) -> list[str]:
        return ["username"]

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Keep the username as given."""
