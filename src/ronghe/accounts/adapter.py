"""Accounts are opened by an administrator with a post; nobody signs up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ronghe.accounts.actions import record_login, record_logout, record_password_change, record_second_factor, seconds_to_wait
from ronghe.accounts.requests import find_address, find_login_name
from ronghe.accounts.sso import name_way

# what allauth tells of a changed second factor → what the audit calls it
SECOND_FACTOR_VERBS = {
    "totp_activated": "启用动态码",
    "totp_deactivated": "停用动态码",
    "webauthn_added": "添加安全密钥",
    "webauthn_removed": "移除安全密钥",
    "recovery_codes_generated": "生成恢复代码",
}


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
        record_login(user, address=find_address(request), way=name_way(request))

    def logout(self, request: HttpRequest) -> None:
        record_logout(request.user, address=find_address(request))  # type: ignore[arg-type]
        super().logout(request)

    def set_password(self, user: Any, password: str) -> None:
        """A password that its owner chose needs no change at the next login; other sessions end."""
        user.must_change_password = False
        super().set_password(user, password)
        session = getattr(context.request, "session", None)
        record_password_change(user, keep=session.session_key if session is not None else None)

    def send_notification_mail(self, template_prefix: str, user: Any, context: Any = None, email: str | None = None) -> None:
        """Enter a changed second factor in the audit; its owner is told on the page, not by mail."""
        verb = SECOND_FACTOR_VERBS.get(template_prefix.rpartition("/")[2])
        if verb:
            record_second_factor(user, verb=verb)

    def get_user_search_fields(self) -> list[str]:
        return ["username"]

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Keep the username as given."""
