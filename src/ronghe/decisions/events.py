"""What other systems may be told of 议事决策: numbers, codes, states and dates, no person."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from ronghe.common.registry import EventKind


def write_matter(row: Any) -> dict[str, Any] | None:
    """Matters of personnel are told to nobody: even that there is one is not for other systems."""
    if row.category == "personnel":
        return None
    return {
        "number": row.number, "category": row.category, "decided_by": row.decided_by, "state": row.state,
        "ended_on": row.ended_on.isoformat() if row.ended_on else None,
    }  # fmt: skip


EVENTS: Final = {
    "decision.registered": EventKind(_("决策事项已登记"), "decisions.matter", ("登记决策事项",), write_matter),
    "decision.stopped": EventKind(_("决策事项被叫停"), "decisions.matter", ("警示叫停",), write_matter),
    "decision.resumed": EventKind(_("决策事项恢复办理"), "decisions.matter", ("恢复办理",), write_matter),
    "decision.closed": EventKind(_("决策事项已闭环"), "decisions.matter", ("闭环",), write_matter),
}
