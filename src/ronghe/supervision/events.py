"""What other systems may be told of 督办: numbers, codes, states and dates, no person."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from ronghe.common.registry import EventKind


def write_board_item(row: Any) -> dict[str, Any]:
    return {
        "number": row.number, "source": row.source, "state": row.state, "due": row.due.isoformat(),
        "ended_on": row.ended_on.isoformat() if row.ended_on else None,
    }  # fmt: skip


EVENTS: Final = {
    "board.opened": EventKind(_("已列入督办"), "supervision.boarditem", ("列入督办",), write_board_item),
    "board.closed": EventKind(_("督办已办结"), "supervision.boarditem", ("确认办结", "撤销督办"), write_board_item),
}
