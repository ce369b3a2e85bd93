"""The digest of an audit entry: what is hashed, in which order. Changing this breaks every chain ever written."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

FIELDS = ("chain", "number", "at", "actor_id", "actor_name", "verb", "label", "object_id", "object_name", "note", "changes", "previous")

# the chain of acts outside any area
OUTSIDE = "outside"
SEPARATOR = "\x1f"
CHECKPOINT_ENTRIES = 100
CHECKPOINT_AGE = timedelta(minutes=15)

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode  # made once: it runs a million times


def compute_digest(values: dict[str, Any]) -> str:
    """Return the SHA-256 of an entry's fields; see digest_texts for their form."""
    plain = {**values, "at": write_time(values["at"]), "changes": write_changes(values["changes"])}
    return digest_texts("" if plain[name] is None else str(plain[name]) for name in FIELDS)


def digest_texts(texts: Iterable[str]) -> str:
    """Return the SHA-256 of texts. No two lists of texts run into the same bytes, since no kept text contains the separator."""
    return hashlib.sha256(SEPARATOR.join(texts).encode()).hexdigest()


def clean_text(text: str) -> str:
    """Return a text as it may be kept: without the separator, and without NUL, which PostgreSQL refuses."""
    return text.replace(SEPARATOR, " ").replace("\0", " ")


def write_time(at: datetime) -> str:
    """Return a time in UTC with microseconds: 2026-11-23 07:52:01.000123."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def write_changes(changes: dict[str, Any]) -> str:
    """Return the changes as canonical JSON, and nothing for none."""
    return _CANONICAL(changes) if changes else ""


def is_checkpoint_due(length: int, checked: int, checked_at: datetime | None, at: datetime) -> bool:
    """Tell whether a chain of this length wants a checkpoint now: 100 entries or 15 minutes after the last."""
    if length <= checked:
        return False
    return checked_at is None or length - checked >= CHECKPOINT_ENTRIES or at - checked_at >= CHECKPOINT_AGE
