"""Sessions in the database, each known by its account: so that they can be listed and ended. SESSION_ENGINE points here."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils.dateparse import parse_datetime

BEGAN, SEEN, ADDRESS, DEVICE = "began", "seen", "address", "device"


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> Any:
        from ronghe.accounts.models import Session  # noqa: PLC0415  (models load after settings)

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        row.began_at = parse_datetime(data.get(BEGAN, ""))
        row.seen_at = parse_datetime(data.get(SEEN, ""))
        row.address = data.get(ADDRESS)
        row.device = data.get(DEVICE, "")[:200]
        return row
