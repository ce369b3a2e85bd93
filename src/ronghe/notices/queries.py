"""Reads over messages."""

from dataclasses import dataclass
from typing import Any

from ronghe.audit.queries import format_time
from ronghe.notices.models import Notice

PANEL_ROWS = 6


@dataclass(frozen=True)
class NoticeLine:
    """One message, ready to print."""

    pk: int
    at: str
    title: str
    sender: str
    unread: bool


def describe_notice(row: Notice) -> NoticeLine:
    return NoticeLine(row.pk, format_time(row.at), row.title, row.sender_name or "系统", row.read_at is None)


def build_panel(user: Any) -> dict[str, Any] | None:
    """Return the workbench's 'what is new': the last messages. One query; nothing for somebody who has none."""
    lines = [describe_notice(row) for row in Notice.objects.visible_to(user)[:PANEL_ROWS]]
    return {"lines": lines} if lines else None
