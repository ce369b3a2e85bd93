"""Minutes that are locked, for the archive and for inspections (common.papers). A secret ballot is in them as its three numbers."""

from datetime import date
from typing import Any

from django.urls import reverse

from ronghe.common.papers import Content, Paper, Source, Table, sources
from ronghe.meetings.models import Assignment, Attendee, Correction, Item, Meeting


def find(user: Any, area_id: int, first: date, last: date) -> list[Paper]:
    rows = Meeting.objects.visible_to(user).held().filter(area_id=area_id, held_on__range=(first, last)).exclude(minutes="")
    return [
        Paper(
            "meetings.meeting", row.pk, row.title, row.held_on, row.unit_id, row.unit.name, reverse("meetings:meeting", args=[row.pk]),
            row.state == Meeting.State.LOCKED,
        )
        for row in rows.select_related("unit").order_by("held_on", "pk")
    ]  # fmt: skip


def read(user: Any, pks: list[int]) -> dict[int, Content]:
    """Six queries for any number of meetings."""
    rows = {row.pk: row for row in Meeting.objects.visible_to(user).filter(pk__in=pks).select_related("kind", "presider", "recorder")}
    came: dict[int, list[tuple[str, ...]]] = {}
    for one in Attendee.objects.filter(meeting_id__in=rows).select_related("person"):
        came.setdefault(one.meeting_id, []).append(
            (one.person.name, "列席" if one.guest else "出席人", one.get_state_display(), one.reason)
        )
    decided: dict[int, list[tuple[str, ...]]] = {}
    for item in Item.objects.visible_to(user).filter(meeting_id__in=rows):
        decided.setdefault(item.meeting_id or 0, []).append((item.title, item.get_state_display(), item.because, item.resolution))
    tasks: dict[int, list[tuple[Any, ...]]] = {}
    for task in Assignment.objects.visible_to(user).filter(item__meeting_id__in=rows).select_related("owner", "item"):
        tasks.setdefault(task.item.meeting_id or 0, []).append((str(task), task.owner.name, task.due, task.done_on))
    corrections: dict[int, list[tuple[Any, ...]]] = {}
    for note in Correction.objects.filter(meeting_id__in=rows).select_related("by"):
        corrections.setdefault(note.meeting_id, []).append((note.at, note.by.name, note.text))
    return {
        pk: Content(
            fields=[
                ("会议类别", row.kind.name), ("开会日期", row.held_on), ("地点", row.place), ("主持人", row.presider.name),
                ("记录人", row.recorder.name), ("状态", row.get_state_display()), ("纪要摘要(SHA-256)", row.digest),
            ],
            text=row.minutes,
            tables=[
                Table("出席", ("姓名", "身份", "出席情况", "事由"), came.get(pk, [])),
                Table("议题", ("议题", "结果", "计票说明", "决议"), decided.get(pk, [])),
                Table("决议落实", ("事项", "责任人", "期限", "完成日期"), tasks.get(pk, [])),
                Table("更正", ("时间", "更正人", "内容"), corrections.get(pk, [])),
            ],
        )
        for pk, row in rows.items()
    }  # fmt: skip


def register() -> None:
    sources.add("minutes", Source("会议纪要", find, read))
