"""What other systems may be told of 整改: numbers, codes, states and dates, no person."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from ronghe.common.registry import EventKind


def write_item(row: Any) -> dict[str, Any]:
    return {
        "number": row.number, "source": row.source, "subject": row.subject, "state": row.state, "round": row.round,
        "due": row.due.isoformat(), "ended_on": row.ended_on.isoformat() if row.ended_on else None,
    }  # fmt: skip


EVENTS: Final = {
    "item.opened": EventKind(_("整改项已提出"), "rectification.item", ("提出整改", "重复发生"), write_item),
    "item.closed": EventKind(_("整改项已办结"), "rectification.item", ("销号", "批准认定不成立"), write_item),
}
