"""One message over HTTP: to the address that was looked at, no redirects, bounded in time and size."""

import contextlib
import http.client
import socket
import ssl
import threading
from urllib.parse import urlsplit

from django.conf import settings

from ronghe.webhooks.rules import find_bar_to_url, may_reach

TIMEOUT, DEADLINE = 8.0, 15.0  # seconds for one step; for all of it
MOST_READ = 2048


class NotTaken(Exception):
    """The receiver did not take the message; the text says why, `status` what it answered, if it did."""

    def __init__(self, text: str, status: int | None = None) -> None:
        super().__init__(text)
        self.status = status


def find_address(host: str, port: int) -> str:
    """Return the address to which a host's messages go. Every address that it resolves to must be one that may be told something."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as problem:
        raise NotTaken(f"找不到主机 {host}") from problem
    addresses = [str(one[4][0]).split("%")[0] for one in found]
    for address in addresses:
        if not may_reach(host, address, settings.RONGHE_HOOK_HOSTS):
            raise NotTaken(f"{address} 是内部地址,不在内网名单(RONGHE_HOOK_HOSTS)里")
    return addresses[0]


def connect(url: str) -> tuple[http.client.HTTPConnection, str]:
    """Return a connection to the address that was looked at (a second look-up could answer otherwise), and the path."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    plain = socket.create_connection((find_address(host, port), port), timeout=TIMEOUT)
    try:
        connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if parts.scheme == "https" else plain
    except BaseException:
        plain.close()
        raise
    return connection, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """Send one message; returns the status with which it was taken. Raises NotTaken for everything else."""
    if settings.SANDBOX:
        raise NotTaken("练习环境不往外发消息")
    bar = find_bar_to_url(url, settings.RONGHE_HOOK_HOSTS)
    if bar:
        raise NotTaken(bar)
    try:
        connection, path = connect(url)
    except (OSError, ValueError) as problem:
        raise NotTaken(f"连不上:{type(problem).__name__}") from problem
    sock = connection.sock
    # a receiver that answers a byte now and then would hold the worker for hours
    watch = threading.Timer(DEADLINE, lambda: close(sock))
    watch.daemon = True
    watch.start()
    try:
        connection.request("POST", path, body=body, headers=headers)
        answer = connection.getresponse()
        answer.read(MOST_READ)
        status = answer.status
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise NotTaken(f"没有答复:{type(problem).__name__}") from problem
    finally:
        watch.cancel()
        connection.close()
    if 200 <= status < 300:
        return status
    raise NotTaken(f"对方答 {status}" + (",不跟随跳转" if 300 <= status < 400 else ""), status)


def close(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
