"""django-axes' handler with our audit: it locks pairs of account and address; every failure and lock is entered."""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from django.http import HttpRequest

from ronghe.accounts.actions import record_failure
from ronghe.accounts.requests import find_address, find_login_name


class AuditedHandler(AxesDatabaseHandler):
    def user_login_failed(self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
        was_locked = bool(getattr(request, "axes_locked_out", False))
        super().user_login_failed(sender, credentials, request, **kwargs)
        if request is None or was_locked:
            return  # a try on a locked pair was not looked at; the lock itself is in the audit
        locked = bool(getattr(request, "axes_locked_out", False))
        record_failure(find_login_name(request, credentials), address=find_address(request), locked=locked)
