"""Sign-on by the company's own directory or identity provider: which account a person from there has here.

Only an account that exists, matched by a declared claim; none is opened unless the deployment says so (RONGHE_SSO_CREATE), and then only
for a person who is on the roster. What the account may do follows from posts, as always.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.http import HttpRequest

from ronghe.accounts.models import User
from ronghe.common import registry

NUMBER, LOGIN, EMAIL = "number", "login", "email"
MATCHES = (NUMBER, LOGIN, EMAIL)
# what allauth notes in the session of how somebody came in
METHODS = "account_authentication_methods"
LDAP_BACKEND = "ronghe.accounts.ldap.LdapBackend"


def find_account(match: str, value: Any, *, verified: bool = False) -> User | None:
    """Return the one account of which the claim speaks, or None: for no value, no account, an account that is closed, or two that fit."""
    text = str(value or "").strip()
    if not text or len(text) > 254:
        return None
    found: list[User] = []
    if match == NUMBER:
        ask = registry.people.get("account")
        account = ask(text) if ask is not None else None
        found = [account] if account is not None else []
    elif match == LOGIN:
        found = list(User.objects.filter(username__iexact=text)[:2])
    elif match == EMAIL and verified:
        found = list(User.objects.filter(email__iexact=text)[:2])
    return found[0] if len(found) == 1 and found[0].is_active else None


def name_way(request: HttpRequest) -> str:
    """Return by which way this session was opened: the provider, the directory, or '' for a password of our own."""
    methods = request.session.get(METHODS, [])
    if any(isinstance(one, dict) and one.get("method") == "socialaccount" for one in methods):
        return "统一认证"
    return "目录服务" if request.session.get(BACKEND_SESSION_KEY) == LDAP_BACKEND else ""


def came_by_directory(request: HttpRequest) -> bool:
    """Tell whether a first password of our own plays no part in this session."""
    return bool(name_way(request))


def name_provider() -> str:
    """Return what the button on the log-in page says, '' where no provider is configured."""
    return str(settings.RONGHE_OIDC_NAME) if settings.RONGHE_OIDC_ISSUER else ""
