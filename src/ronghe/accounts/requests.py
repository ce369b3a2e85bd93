"""Who asks: the address that a request comes from, and the login name in it."""

import ipaddress
from typing import Any

from django.conf import settings
from django.http import HttpRequest


def find_address(request: HttpRequest) -> str:
    """Return the client's address: behind a proxy the one that the proxy itself saw, never what the client says of itself."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        address = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip() or address
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return ""


def find_login_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Return the login name as it counts for locks: one account, however it is written."""
    given = credentials or {}
    name = given.get("username") or given.get("login") or request.POST.get("login", "")
    return str(name).strip().lower()[:60]
