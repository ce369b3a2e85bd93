"""What a deployment cannot have meant: said at the start (`ronghe check`), not at the first log-in."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error

from ronghe.accounts.sso import MATCHES

LOCAL = ("127.0.0.1", "localhost", "::1")


def check_sign_on(**_kwargs: Any) -> list[Error]:
    """Return what is wrong with the settings of OIDC and LDAP."""
    found = []
    for name in ("RONGHE_OIDC_MATCH", "RONGHE_LDAP_MATCH"):
        if getattr(settings, name) not in MATCHES:
            found.append(Error(f"{name} 应是 {'、'.join(MATCHES)} 之一", id="ronghe.E101"))
    issuer = urlsplit(settings.RONGHE_OIDC_ISSUER)
    if settings.RONGHE_OIDC_ISSUER and issuer.scheme != "https" and issuer.hostname not in LOCAL:
        found.append(Error("RONGHE_OIDC_ISSUER 应以 https:// 开头", id="ronghe.E102"))
    if settings.RONGHE_OIDC_ISSUER and not settings.RONGHE_OIDC_CLIENT_ID:
        found.append(Error("写了 RONGHE_OIDC_ISSUER,还要写 RONGHE_OIDC_CLIENT_ID", id="ronghe.E103"))
    if settings.RONGHE_LDAP_URI and not settings.RONGHE_LDAP_BASE:
        found.append(Error("写了 RONGHE_LDAP_URI,还要写 RONGHE_LDAP_BASE", id="ronghe.E104"))
    if "%s" not in settings.RONGHE_LDAP_FILTER:
        found.append(Error("RONGHE_LDAP_FILTER 里要有 %s(登录名)", id="ronghe.E105"))
    return found
