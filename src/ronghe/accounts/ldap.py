"""Log-in by the company's LDAP directory (also Active Directory), by configuration: name and password are asked of it, the account is ours.

A small backend over `ldap3`, which is plain Python (ADR 0006). The connection is encrypted or there is none; an empty password, with which many
servers let anybody in, is never sent.
"""

import logging
import ssl
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from ronghe.accounts.models import User
from ronghe.accounts.sso import find_account

logger = logging.getLogger(__name__)
CONNECT, RECEIVE = 5, 8


class LdapBackend(BaseBackend):
    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **credentials: Any
    ) -> User | None:
        if not settings.RONGHE_LDAP_URI or not username or not password or "\x00" in password:
            return None
        return find_account(settings.RONGHE_LDAP_MATCH, ask_directory(username.strip(), password), verified=True)

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()


def ask_directory(login: str, password: str) -> str:
    """Return what the directory says of who has this name and password: the value of the declared attribute; '' for nobody.

    A directory that is away lets nobody in and keeps nobody out: passwords of our own are asked before it.
    """
    from ldap3 import Connection  # noqa: PLC0415  (only where a directory is configured)
    from ldap3.core.exceptions import LDAPException  # noqa: PLC0415

    try:
        server = build_server()
        entry, value = find_entry(server, login)
        if not entry:
            return ""
        with open_line(Connection(server, entry, password, receive_timeout=RECEIVE, read_only=True)) as line:
            if not line.bind():
                return ""
        return value
    except LDAPException as problem:
        logger.warning("目录服务没有答复:%s", type(problem).__name__)
        return ""


def build_server() -> Any:
    from ldap3 import Server, Tls  # noqa: PLC0415

    tls = Tls(validate=ssl.CERT_REQUIRED, ca_certs_file=settings.RONGHE_LDAP_CA or None)
    return Server(settings.RONGHE_LDAP_URI, tls=tls, connect_timeout=CONNECT, get_info=None)


def open_line(connection: Any) -> Any:
    """Encrypt the line before anything is said on it."""
    from ldap3.core.exceptions import LDAPStartTLSError  # noqa: PLC0415

    connection.open()
    if not connection.server.ssl and not connection.start_tls():
        raise LDAPStartTLSError("not encrypted")
    return connection


def find_entry(server: Any, login: str) -> tuple[str, str]:
    """Return the entry that has this name, and its value of the declared attribute; ('', '') for none or more than one."""
    from ldap3 import SUBTREE, Connection  # noqa: PLC0415
    from ldap3.utils.conv import escape_filter_chars  # noqa: PLC0415

    attribute = settings.RONGHE_LDAP_ATTRIBUTE
    asker = Connection(
        server, settings.RONGHE_LDAP_BIND_DN or None, settings.RONGHE_LDAP_BIND_PASSWORD or None, receive_timeout=RECEIVE, read_only=True
    )
    with open_line(asker) as line:
        if not line.bind():
            logger.warning("目录服务不认查询账号")
            return "", ""
        line.search(
            settings.RONGHE_LDAP_BASE, settings.RONGHE_LDAP_FILTER.replace("%s", escape_filter_chars(login)), SUBTREE, attributes=[attribute],
            size_limit=2, time_limit=RECEIVE,
        )  # fmt: skip
        found = [one for one in line.response or () if one.get("type") == "searchResEntry"]
    if len(found) != 1:
        return "", ""
    values = found[0]["attributes"].get(attribute) or ""
    values = [values] if isinstance(values, str) else values
    return found[0]["dn"], str(values[0]) if len(values) == 1 else ""
