"""三重一大 matters with their steps, results and stops, for the archive and for inspections (common.papers)."""

from datetime import date
from typing import Any

from django.urls import reverse

from ronghe.common.papers import Content, Paper, Source, Table, sources
from ronghe.decisions.models import Assignment, Matter, Outcome, Step, Stop

ENDED = (Matter.State.CLOSED, Matter.State.REJECTED, Matter.State.WITHDRAWN)


def find(user: Any, area_id: int, first: date, last: date) -> list[Paper]:
    """Matters by the day on which they ended, running ones by the day on which they were registered."""
    rows = Matter.objects.visible_to(user).filter(area_id=area_id).select_related("unit").order_by("registered_on", "pk")
    found = [(row, row.ended_on if row.state in ENDED and row.ended_on else row.registered_on) for row in rows]
    return [
        Paper(
            "decisions.matter", row.pk, f"{row.number} {row.title}", day, row.unit_id, row.unit.name,
            reverse("decisions:matter", args=[row.pk]), row.state in ENDED,
        )
        for row, day in found
        if first <= day <= last
    ]  # fmt: skip


def read(user: Any, pks: list[int]) -> dict[int, Content]:
    """Five queries for any number of matters."""
    rows = {row.pk: row for row in Matter.objects.visible_to(user).filter(pk__in=pks).select_related("owner", "edition", "rule")}
    steps: dict[int, list[tuple[Any, ...]]] = {}
    for step in Step.objects.filter(matter_id__in=rows).select_related("owner").order_by("place"):
        line = (step.get_kind_display(), step.get_state_display(), step.owner.name, step.due, step.done_on, step.note)
        steps.setdefault(step.matter_id, []).append(line)
    results: dict[int, list[tuple[Any, ...]]] = {}
    for one in Outcome.objects.filter(matter_id__in=rows):
        results.setdefault(one.matter_id, []).append(
            (one.held_on, one.name, "通过" if one.passed else "未通过", one.resolution, one.because)
        )
    stops: dict[int, list[tuple[Any, ...]]] = {}
    for stop in Stop.objects.filter(matter_id__in=rows):
        stops.setdefault(stop.matter_id, []).append((stop.stopped_on, stop.ground, stop.basis, stop.cure, stop.opinion, stop.resumed_on))
    tasks: dict[int, list[tuple[Any, ...]]] = {}
    for task in Assignment.objects.filter(matter_id__in=rows).select_related("owner"):
        tasks.setdefault(task.matter_id, []).append((task.text, task.owner.name, task.due, task.done_on, task.result))
    return {
        pk: Content(
            fields=[
                ("编号", row.number), ("三重一大分类", row.get_category_display()), ("金额(万元)", row.amount), ("由谁决定", row.get_decided_by_display()),
                ("清单版本", str(row.edition)), ("责任人", row.owner.name), ("登记日期", row.registered_on), ("状态", row.get_state_display()),
                ("办结日期", row.ended_on), ("办结说明", row.end_note),
            ],
            text=row.text,
            tables=[
                Table("步骤", ("步骤", "状态", "责任人", "期限", "完成日期", "说明"), steps.get(pk, [])),
                Table("会议结果", ("日期", "会议", "结果", "决议", "说明"), results.get(pk, [])),
                Table("警示叫停", ("日期", "理由", "依据", "纠正情况", "复议意见", "恢复日期"), stops.get(pk, [])),
                Table("落实", ("事项", "责任人", "期限", "完成日期", "落实情况"), tasks.get(pk, [])),
            ],
        )
        for pk, row in rows.items()
    }  # fmt: skip


def register() -> None:
    sources.add("decisions", Source("决策事项", find, read))
