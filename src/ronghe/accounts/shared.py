"""What all worker processes count in common: guesses at codes, codes already used. CACHES point here.

Django's own database cache would unpickle what stands in its table; here it is JSON, so that a row can never be a program.
"""

import json
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import IntegrityError, transaction
from django.db.models import Q

from ronghe.accounts.models import Shared


def alive() -> Q:
    """Return what has not run out."""
    return Q(until=None) | Q(until__gt=datetime.now(UTC))


class SharedCache(BaseCache):
    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep a value where none is kept; of several at once exactly one is told True."""
        name = self.make_and_validate_key(key, version=version)
        Shared.objects.filter(name=name).exclude(alive()).delete()
        try:
            with transaction.atomic():
                Shared.objects.create(name=name, value=json.dumps(value), until=self.find_end(timeout))
        except IntegrityError:
            return False
        return True

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        name = self.make_and_validate_key(key, version=version)
        text = Shared.objects.filter(alive(), name=name).values_list("value", flat=True).first()
        return default if text is None else json.loads(text)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        name = self.make_and_validate_key(key, version=version)
        Shared.objects.update_or_create(name=name, defaults={"value": json.dumps(value), "until": self.find_end(timeout)})

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(Shared.objects.filter(name=self.make_and_validate_key(key, version=version)).delete()[0])

    def clear(self) -> None:
        Shared.objects.all().delete()

    def find_end(self, timeout: Any) -> datetime | None:
        """Return until when a value is kept; None for always."""
        end = self.get_backend_timeout(timeout)
        return None if end is None else datetime.fromtimestamp(end, UTC)


def forget_shared() -> int:
    """Delete what has run out. Called by the daily tick."""
    return Shared.objects.exclude(alive()).delete()[0]
