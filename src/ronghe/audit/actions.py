"""Writing the audit: `record(...)` is the last line but one of every action."""

from decimal import Decimal
from typing import Any

from django.db import models, transaction

from ronghe.audit.models import Chain, Entry
from ronghe.audit.rules import compute_digest
from ronghe.common.calendar import now

OUTSIDE = "outside"


def record(
    *,
    by: Any,
    verb: str,
    obj: models.Model | None = None,
    name: str = "",
    area_id: int | None = None,
    note: str = "",
    changes: dict[str, Any] | None = None,
) -> Entry:
    """Append one entry inside the caller's transaction.

    `verb` is a Chinese word for the act ('确认'); `area_id` names the 管理区 whose chain it belongs to (None: the chain of
    acts outside any); `changes` maps a field to [old, new]. Raises RuntimeError outside a transaction: an act and its
    entry stand or fall together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("audit.record() belongs into the transaction of its action")
    code = f"area-{area_id}" if area_id else OUTSIDE
    Chain.objects.get_or_create(code=code)
    chain = Chain.objects.select_for_update().get(code=code)
    values = {
        "chain": code,
        "number": chain.length + 1,
        "at": now(),
        "actor_id": by.pk if by is not None else None,
        "actor_name": name_actor(by),
        "verb": verb,
        "label": obj._meta.label_lower if obj is not None else "",
        "object_id": obj.pk if obj is not None else None,
        "object_name": (name or (str(obj) if obj is not None else ""))[:200],
        "note": note,
        "changes": {field: [make_plain(part) for part in pair] for field, pair in (changes or {}).items()},
        "previous": chain.head,
    }
    digest = compute_digest(values)
    entry = Entry(**{**values, "chain": chain}, digest=digest)
    entry.save()
    chain.length, chain.head = entry.number, digest
    chain.save(update_fields=["length", "head"])
    return entry


def name_actor(by: Any) -> str:
    """Return the person's name as it is now: an entry stays readable after the account is gone."""
    if by is None:
        return "系统"
    person = getattr(by, "person", None)
    return str(person.name if person is not None else by.get_username())


def make_plain(value: Any) -> Any:
    """Return a JSON value of what a field held."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if value is None or isinstance(value, (str, int, bool, list, dict)):
        return value
    return str(value)


def diff(row: models.Model, values: dict[str, Any]) -> dict[str, list[Any]]:
    """Return field → [old, new] for the fields of `row` that `values` would change."""
    return {name: [getattr(row, name), new] for name, new in values.items() if getattr(row, name) != new}
