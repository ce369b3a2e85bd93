"""Writing the audit: `record(...)` is the last line but one of every action."""

import logging
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from ronghe.audit.checkpoints import append_checkpoint, last_written
from ronghe.audit.models import Chain, Entry, Verification
from ronghe.audit.rules import OUTSIDE, clean_text, compute_digest, is_checkpoint_due
from ronghe.common.actions import action
from ronghe.common.calendar import now
from ronghe.common.registry import tell_witnesses

logger = logging.getLogger(__name__)


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
        "actor_name": clean_text(name_actor(by)),
        "verb": clean_text(verb),
        "label": obj._meta.label_lower if obj is not None else "",
        "object_id": obj.pk if obj is not None else None,
        "object_name": clean_text(name or (str(obj) if obj is not None else ""))[:200],
        "note": clean_text(note),
        "changes": {field: [make_plain(part) for part in pair] for field, pair in (changes or {}).items()},
        "previous": chain.head,
    }
    digest = compute_digest(values)
    entry = Entry(**{**values, "chain": chain}, digest=digest)
    entry.save()
    chain.length, chain.head = entry.number, digest
    if is_checkpoint_due(chain.length, chain.checked, chain.checked_at, entry.at):
        order_checkpoint(chain, entry.at)
    chain.save()
    tell_witnesses(obj, verb, area_id)
    return entry


@action
def write_checkpoint(chain: Chain) -> None:
    """Write a signed checkpoint of a chain as soon as the act is committed: at each publication and signature.

    `write_checkpoint(record(...).chain)` is the usual call.
    """
    chain = Chain.objects.select_for_update().get(pk=chain.pk)
    order_checkpoint(chain, now())
    chain.save()


def order_checkpoint(chain: Chain, at: datetime) -> None:
    """Note on the locked chain that its head is to be written outside the database, and write it once that is committed."""
    chain.checked, chain.checked_at = chain.length, at
    code, number, head = chain.code, chain.length, chain.head
    transaction.on_commit(lambda: save_checkpoint(code, number, head, at))


def save_checkpoint(code: str, number: int, digest: str, at: datetime) -> bool:
    """Append the checkpoint to its file. A full disk must not undo the act: it is logged, shown and tried again by the worker."""
    try:
        append_checkpoint(code, number, digest, at)
    except (OSError, ValueError):
        logger.critical("审计检查点没有写成:链 %s 第 %s 条。请检查磁盘与 RONGHE_CHECKPOINTS 目录。", code, number, exc_info=True)
        return False
    return True


def catch_up_checkpoints() -> int:
    """Write the checkpoints that are overdue or could not be written. The worker calls this every few minutes."""
    written = 0
    for chain in Chain.objects.filter(length__gt=0):
        if is_checkpoint_due(chain.length, chain.checked, chain.checked_at, now()):
            write_checkpoint(chain)
            written += 1
        elif last_written(chain.code) < chain.checked:
            written += save_checkpoint(chain.code, chain.length, chain.head, now())
    return written


@action
def keep_verification(started_at: datetime, entries: int, faults: list[str], *, by: Any) -> Verification:
    """Keep what a verification found. `by` is who asked for it (None: the daily tick)."""
    row = Verification.objects.create(started_at=started_at, ended_at=now(), entries=entries, faults=faults[:200])
    record(by=by, verb="核验审计链", name=f"{entries} 条记录,发现 {len(faults)} 处问题")
    return row


def record_export(export: Any, by: Any) -> None:
    """Enter an export in the audit: who took what out, and how much."""
    record(by=by, verb="导出", obj=export, area_id=export.area_id, note=f"{export.rows} 行,标识:{export.mark}")


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
