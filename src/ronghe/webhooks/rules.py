"""The rules of 事件推送, pure: the signature, when to try again, which addresses a message may go to."""

import hashlib
import hmac
import ipaddress
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

WAITS = (60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600)
MOST_TRIES = len(WAITS) + 1
# a receiver takes no message whose stamp is older or newer than this (docs/api.md)
WINDOW = 300


def sign(secret: str, stamp: int, body: bytes) -> str:
    """Return the header's value: the time, and HMAC-SHA256 over '<time>.<body>'."""
    return f"t={stamp},v1={hmac.new(secret.encode(), f'{stamp}.'.encode() + body, hashlib.sha256).hexdigest()}"


def wait_after(tries: int) -> timedelta:
    """Return the wait after so many tries that did not get through."""
    return timedelta(seconds=WAITS[min(max(tries, 1), len(WAITS)) - 1])


def find_bar_to_url(url: str, allowed: Sequence[str]) -> str:
    """Return why an address may not be told anything, or ''. What it resolves to is looked at when a message leaves."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "这不是一个网址。"
    if parts.scheme not in ("http", "https") or not host or port == 0:
        return "网址应以 https:// 开头(内网名单里的主机也可以用 http://)。"
    if parts.username or parts.password:
        return "网址里不要写用户名和口令。"
    if parts.scheme == "http" and not is_named(host, allowed):
        return "不加密的 http 只能用于内网名单(RONGHE_HOOK_HOSTS)里的主机。"
    return ""


def is_named(host: str, allowed: Sequence[str]) -> bool:
    """Tell whether a host stands in the list of the intranet: by its name, as one under '*.domain', or by a network."""
    name = host.lower().rstrip(".")
    for one in allowed:
        entry = one.strip().lower()
        if entry.startswith("*.") and name.endswith(entry[1:]):
            return True
        if entry == name or is_in_network(name, entry):
            return True
    return False


def is_in_network(address: str, network: str) -> bool:
    try:
        return ipaddress.ip_address(address) in ipaddress.ip_network(network, strict=False)
    except ValueError:
        return False


def may_reach(host: str, address: str, allowed: Sequence[str]) -> bool:
    """Tell whether a message may go to an address that a host resolved to: public ones, and what stands in the list of the intranet."""
    found = ipaddress.ip_address(address)
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    return (found.is_global and not found.is_multicast) or is_named(host, allowed) or any(is_in_network(str(found), one) for one in allowed)


def matches(events: Sequence[str], event: str) -> bool:
    """Tell whether a subscription wants an event."""
    return event in events
