"""三务公开, 督办 and 监督检查, for the archive and for inspections (common.papers). The 纪检日常记录 and whom it means are not among them."""

from datetime import date
from typing import Any

from django.urls import reverse

from ronghe.common.papers import Content, Paper, Source, Table, sources
from ronghe.supervision.models import BoardItem, BoardReport, Check, Correction, Disclosure, Finding


def find_open(user: Any, area_id: int, first: date, last: date) -> list[Paper]:
    rows = Disclosure.objects.visible_to(user).filter(area_id=area_id, published_on__range=(first, last)).select_related("item")
    return [
        Paper("supervision.disclosure", row.pk, str(row), row.published_on, None, "", reverse("supervision:open"))
        for row in rows.order_by("published_on", "pk")
        if row.published_on is not None
    ]


def read_open(user: Any, pks: list[int]) -> dict[int, Content]:
    rows = {row.pk: row for row in Disclosure.objects.visible_to(user).filter(pk__in=pks).select_related("item", "owner")}
    notes: dict[int, list[tuple[Any, ...]]] = {}
    for one in Correction.objects.filter(disclosure_id__in=rows).select_related("by"):
        notes.setdefault(one.disclosure_id, []).append((one.on, one.by.name, one.text))
    return {
        pk: Content(
            fields=[
                ("类别", row.item.get_sphere_display()), ("向谁公开", row.item.audience), ("在哪里公开", row.item.place), ("依据", row.item.basis),
                ("期间", row.period), ("公开人", row.owner.name), ("公开日期", row.published_on),
            ],
            text=row.text,
            tables=[Table("更正", ("日期", "更正人", "更正"), notes.get(pk, []))],
        )
        for pk, row in rows.items()
    }  # fmt: skip


def find_boards(user: Any, area_id: int, first: date, last: date) -> list[Paper]:
    rows = BoardItem.objects.visible_to(user).filter(area_id=area_id).select_related("unit").order_by("opened_on", "pk")
    found = [(row, row.ended_on or row.opened_on) for row in rows]
    return [
        Paper(
            "supervision.boarditem", row.pk, str(row), day, row.unit_id, row.unit.name, reverse("supervision:board-item", args=[row.pk]),
            not row.is_live,
        )
        for row, day in found
        if first <= day <= last
    ]  # fmt: skip


def read_boards(user: Any, pks: list[int]) -> dict[int, Content]:
    rows = {row.pk: row for row in BoardItem.objects.visible_to(user).filter(pk__in=pks).select_related("owner", "supervisor")}
    said: dict[int, list[tuple[Any, ...]]] = {}
    for one in BoardReport.objects.filter(item_id__in=rows).select_related("by"):
        said.setdefault(one.item_id, []).append((one.week, one.get_voice_display(), one.by.name, one.text))
    return {
        pk: Content(
            fields=[
                ("编号", row.number), ("办到什么程度", row.demand), ("来源", row.get_source_display()), ("责任人", row.owner.name),
                ("督办人", row.supervisor.name), ("列入日期", row.opened_on), ("期限", row.due), ("状态", row.get_state_display()),
                ("办结日期", row.ended_on), ("办理结果", row.result),
            ],
            tables=[Table("每周汇报", ("周", "类别", "汇报人", "内容"), said.get(pk, []))],
        )
        for pk, row in rows.items()
    }  # fmt: skip


def find_checks(user: Any, area_id: int, first: date, last: date) -> list[Paper]:
    rows = Check.objects.visible_to(user).filter(area_id=area_id, done_on__range=(first, last)).select_related("line", "unit")
    return [
        Paper("supervision.check", row.pk, str(row), row.done_on, row.unit_id, row.unit.name, reverse("supervision:check", args=[row.pk]))
        for row in rows.order_by("done_on", "pk")
        if row.done_on is not None
    ]


def read_checks(user: Any, pks: list[int]) -> dict[int, Content]:
    rows = {row.pk: row for row in Check.objects.visible_to(user).filter(pk__in=pks).select_related("line", "unit", "checker")}
    found: dict[int, list[tuple[Any, ...]]] = {}
    for one in Finding.objects.visible_to(user).filter(check_done_id__in=rows):
        found.setdefault(one.check_done_id or 0, []).append((one.found_on, one.title, one.problem, one.fix or "转整改"))
    return {
        pk: Content(
            fields=[
                ("业务", row.line.business), ("监督什么", row.line.what), ("怎么监督", row.line.method), ("依据", row.line.basis),
                ("被监督单位", row.unit.name), ("监督人", row.checker.name), ("检查日期", row.done_on), ("结果", row.get_state_display()),
            ],
            text=row.text,
            tables=[Table("监督发现", ("日期", "问题", "具体情况", "怎么处理"), found.get(pk, []))],
        )
        for pk, row in rows.items()
    }  # fmt: skip


def register() -> None:
    sources.add("disclosures", Source("三务公开", find_open, read_open))
    sources.add("boards", Source("督办事项", find_boards, read_boards))
    sources.add("checks", Source("监督检查", find_checks, read_checks))
