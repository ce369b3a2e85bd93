"""The digest of an audit entry: what is hashed, in which order. Changing this breaks every chain ever written."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

FIELDS = ("chain", "number", "at", "actor_id", "actor_name", "verb", "label", "object_id", "object_name", "note", "changes", "previous")


def compute_digest(values: dict[str, Any]) -> str:
    """Return the SHA-256 of an entry's fields in canonical JSON; times in UTC with microseconds."""
    plain = {name: values[name] for name in FIELDS}
    at: datetime = plain["at"]
    plain["at"] = at.astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
