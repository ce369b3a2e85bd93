"""述职评议 with its grades once published, for the archive and for inspections (common.papers). No ballot, no tally, no discipline input:
who was judged, in which post, with which total and grade, as far as the reader may see it."""

from datetime import date
from typing import Any

from django.urls import reverse

from ronghe.appraisal.models import Cycle, Outcome
from ronghe.common.papers import Content, Paper, Source, Table, sources

ENDED = (Cycle.State.PUBLISHED, Cycle.State.ENDED)


def find(user: Any, area_id: int, first: date, last: date) -> list[Paper]:
    rows = Cycle.objects.visible_to(user).filter(area_id=area_id, opened_on__range=(first, last)).exclude(state=Cycle.State.DROPPED)
    return [
        Paper(
            "appraisal.cycle", row.pk, row.title, row.published_on or row.opened_on, None, "", reverse("appraisal:cycle", args=[row.pk]),
            row.state in ENDED,
        )
        for row in rows.order_by("opened_on", "pk")
    ]  # fmt: skip


def read(user: Any, pks: list[int]) -> dict[int, Content]:
    """Two queries for any number of cycles."""
    rows = {row.pk: row for row in Cycle.objects.visible_to(user).filter(pk__in=pks).select_related("template", "opened_by")}
    graded: dict[int, list[tuple[Any, ...]]] = {}
    shown = Outcome.objects.visible_to(user).filter(report__cycle_id__in=rows, report__cycle__state=Cycle.State.PUBLISHED, current=True)
    for one in shown.select_related("report__person", "report__unit").order_by("report_id"):
        line = (one.report.person.name, one.report.post_title, one.report.unit.name, one.total, one.grade, one.grade_reason)
        graded.setdefault(one.report.cycle_id, []).append(line)
    return {
        pk: Content(
            fields=[
                ("模板", str(row.template)), ("期间", row.period), ("组织人", row.opened_by.name), ("发起日期", row.opened_on),
                ("述职截止", row.report_due), ("状态", row.get_state_display()), ("公布日期", row.published_on), ("结束说明", row.ending),
            ],
            tables=[Table("综合评定", ("姓名", "岗位", "单位", "总分", "等次", "评定理由"), graded.get(pk, []))],
        )
        for pk, row in rows.items()
    }  # fmt: skip


def register() -> None:
    sources.add("appraisals", Source("述职评议", find, read))
