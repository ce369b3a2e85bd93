"""Meetings for lists, search and for contexts that name a meeting by its title."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from ronghe.common.lights import Light
from ronghe.common.links import link_to
from ronghe.common.registry import Hit
from ronghe.meetings.models import Assignment, Item, Meeting
from ronghe.meetings.rules.order import AHEAD

TONES = {"planned": "", "noticed": "blue", "open": "yellow", "closed": "yellow", "locked": "green", "cancelled": ""}
ITEM_TONES = {
    "waiting": "", "listed": "blue", "open": "yellow", "voting": "yellow", "passed": "green", "rejected": "red", "noted": "green",
    "deferred": "yellow", "withdrawn": "",
}  # fmt: skip


@dataclass(frozen=True)
class MeetingLine:
    pk: int
    title: str
    kind: str
    unit: str
    when: str
    place: str
    presider: str
    state: str
    tone: str
    late: bool
    url: str


def describe_meeting(meeting: Meeting, day: date) -> MeetingLine:
    """Return a meeting ready to print; wants select_related(kind, unit, presider)."""
    clock = f" {meeting.held_at:%H:%M}" if meeting.held_at else ""
    return MeetingLine(
        meeting.pk,
        meeting.title,
        meeting.kind.name,
        meeting.unit.name,
        f"{meeting.held_on}{clock}",
        meeting.place,
        meeting.presider.name,
        meeting.get_state_display(),
        TONES[meeting.state],
        meeting.is_ahead and meeting.held_on < day,
        link_to("meetings:meeting", meeting.pk),
    )


def filter_meetings(rows: Any, chosen: dict[str, Any], me: int) -> Any:
    """Keep what the filters of the list ask for."""
    rows = rows.select_related("kind", "unit", "presider")
    if chosen.get("kind"):
        rows = rows.filter(kind_code=chosen["kind"])
    if chosen.get("unit"):
        rows = rows.filter(unit_id=chosen["unit"])
    if chosen.get("month"):
        year, month = chosen["month"].split("-")
        rows = rows.filter(held_on__year=int(year), held_on__month=int(month))
    if chosen.get("text"):
        rows = rows.filter(Q(title__icontains=chosen["text"]) | Q(items__title__icontains=chosen["text"])).distinct()
    state = chosen.get("state") or ""
    if state == "mine":
        rows = rows.filter(Q(presider_id=me) | Q(recorder_id=me))
    elif state in Meeting.State.values:
        rows = rows.filter(state=state)
    elif state == "":
        return rows.filter(state__in=(*AHEAD, "open", "closed")).order_by("held_on", "id")
    return rows


def search_meetings(user: Any, query: str, limit: int) -> list[Hit]:
    """Find meetings by their title and items by theirs, among those the user may see. Two queries."""
    text = query.strip()
    rows = Meeting.objects.visible_to(user).filter(title__icontains=text)[:limit]
    hits = [Hit("会议", row.title, f"{row.held_on} · {row.get_state_display()}", link_to("meetings:meeting", row.pk)) for row in rows]
    items = Item.objects.visible_to(user).filter(title__icontains=text).select_related("meeting").order_by("-id")[:limit]
    hits += [
        Hit(
            "议题",
            row.title,
            f"{row.meeting.title if row.meeting else '议题库'} · {row.get_state_display()}",
            link_to("meetings:item", row.pk),
        )
        for row in items
    ]
    return hits[:limit]


def find_meeting(user: Any, area_id: int, title: str, day: date | None) -> str:
    """Return the page of a meeting by its title and day, where the reader may see it. One query."""
    rows = Meeting.objects.visible_to(user).filter(area_id=area_id, title=title)
    found = (rows.filter(held_on=day) if day else rows).values_list("pk", flat=True).first()
    return reverse("meetings:meeting", args=[found]) if found else ""


@dataclass(frozen=True)
class AssignmentLine:
    pk: int
    text: str
    owner: str
    due: str
    light: str
    word: str
    note: str
    meeting: str
    item: str
    result: str
    url: str
    mine: bool


def describe_assignment(row: Assignment, light: Light, me: int) -> AssignmentLine:
    """Return one line; wants select_related(owner, item__meeting)."""
    return AssignmentLine(
        row.pk,
        row.text,
        row.owner.name,
        str(row.due),
        light.state,
        light.word,
        f"{row.done_on} 办结" if row.done_on else light.note,
        row.item.meeting.title if row.item.meeting else "",
        row.item.title,
        row.result,
        link_to("meetings:assignment", row.pk),
        row.owner_id == me,
    )
