"""Who may come in from the company's provider: the account that a declared claim names. Settings point here (SOCIALACCOUNT_ADAPTER)."""

import logging
from hmac import compare_digest
from typing import Any, NoReturn

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ronghe.accounts.actions import record_refusal
from ronghe.accounts.provider import ID
from ronghe.accounts.requests import find_address
from ronghe.accounts.sso import find_account

logger = logging.getLogger(__name__)


class CompanySocialAdapter(DefaultSocialAccountAdapter):
    def list_apps(self, request: HttpRequest | None, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        """Return the one provider that the environment names; nothing is configured in the database."""
        from allauth.socialaccount.models import SocialApp  # noqa: PLC0415  (models load after settings)

        if not settings.RONGHE_OIDC_ISSUER or provider not in (None, ID) or client_id not in (None, settings.RONGHE_OIDC_CLIENT_ID):
            return []
        issuer = settings.RONGHE_OIDC_ISSUER.rstrip("/")
        more = {
            "server_url": issuer,
            "issuer": issuer,
            "scope": settings.RONGHE_OIDC_SCOPE.split(),
            "userinfo": settings.RONGHE_OIDC_USERINFO,
        }
        return [
            SocialApp(
                provider=ID, provider_id=ID, name=settings.RONGHE_OIDC_NAME, client_id=settings.RONGHE_OIDC_CLIENT_ID,
                secret=settings.RONGHE_OIDC_CLIENT_SECRET, settings=more,
            )
        ]  # fmt: skip

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Put the person's account in the place of the stranger; nothing of what the provider tells is kept."""
        claims = sociallogin.account.extra_data.get("id_token", {})
        nonce = str(sociallogin.state.get("nonce", ""))
        if not nonce or not compare_digest(nonce, str(claims.get("nonce", ""))):
            self.refuse(request, _("登录没有完成,请重新点一次。"), "随机数不符")
        if sociallogin.state.get("process") != "login":
            self.refuse(request, _("这里只能登录。"), "不是登录")
        value = claims.get(settings.RONGHE_OIDC_CLAIM)
        user = find_account(settings.RONGHE_OIDC_MATCH, value, verified=claims.get("email_verified") is True)
        if user is None:
            self.refuse(request, _("您在统一认证里的身份在这里没有可用的账号,请找本单位的系统管理员。"), "没有对应的账号")
        sociallogin.user = sociallogin.account.user = user
        sociallogin.email_addresses = []

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """Say on the log-in page that it did not work; what exactly is for the log, without what came in."""
        logger.warning("统一认证没有完成:%s %s", error, type(exception).__name__ if exception is not None else "")
        self.refuse(request, _("统一认证没有完成,请重试;一直不行请找系统管理员。"), "认证没有完成")

    def refuse(self, request: HttpRequest, text: str, note: str) -> NoReturn:
        record_refusal(note, address=find_address(request))
        messages.error(request, text)
        raise ImmediateHttpResponse(redirect("account_login"))

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
