"""Reads over messages, and which reminder rule and plan count for an area."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from ronghe.audit.queries import format_time
from ronghe.notices.models import DigestPlan, Notice, ReminderRule

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


def list_unread(user: Any) -> QuerySet[Notice]:
    """Return the messages that the user has not read (counted beside the bell)."""
    return Notice.objects.visible_to(user).filter(read_at=None)


def build_panel(user: Any) -> dict[str, Any] | None:
    """Return the workbench's 'what is new': the last messages. One query; nothing for somebody who has none."""
    lines = [describe_notice(row) for row in Notice.objects.visible_to(user)[:PANEL_ROWS]]
    return {"lines": lines} if lines else None


def load_rules(area_id: int | None) -> Callable[[str], ReminderRule]:
    """Return a function kind → the most particular rule of the area, the usual one where there is none. One query."""
    rows = ReminderRule.objects.filter(Q(area=None) | Q(area_id=area_id))
    table = {(row.area_id, row.kind): row for row in rows}

    def find(kind: str) -> ReminderRule:
        places = ((area_id, kind), (area_id, ""), (None, kind), (None, ""))
        return next((table[place] for place in places if place in table), ReminderRule())

    return find


def load_plan(area_id: int | None) -> DigestPlan:
    """Return the area's plan, or the usual one where it has none of its own (not saved)."""
    return DigestPlan.objects.filter(area_id=area_id).first() or DigestPlan(area_id=area_id)  # type: ignore[misc]
