"""三册溯源 of safety, environment and quality, for the archive and for inspections (common.papers)."""

from datetime import date
from typing import Any

from django.urls import reverse

from ronghe.common.papers import Content, Paper, Source, Table, sources
from ronghe.tracing.models import Change, Tracing
from ronghe.tracing.rules import BARRIERS


def find(user: Any, area_id: int, first: date, last: date) -> list[Paper]:
    rows = Tracing.objects.visible_to(user).filter(area_id=area_id, traced_on__range=(first, last)).select_related("item__unit")
    return [
        Paper(
            "tracing.tracing", row.pk, f"{row} {row.item.title}", row.traced_on, row.item.unit_id, row.item.unit.name,
            reverse("tracing:item", args=[row.item_id]), row.item.ended_on is not None,
        )
        for row in rows.order_by("traced_on", "pk")
        if row.traced_on is not None
    ]  # fmt: skip


def read(user: Any, pks: list[int]) -> dict[int, Content]:
    rows = {row.pk: row for row in Tracing.objects.visible_to(user).filter(pk__in=pks).select_related("item", "traced_by")}
    changes: dict[int, list[tuple[Any, ...]]] = {}
    for one in Change.objects.filter(tracing_id__in=rows).select_related("noted_by"):
        changes.setdefault(one.tracing_id, []).append((one.noted_on, one.name, one.noted_by.name))
    return {
        pk: Content(
            fields=[
                ("整改编号", row.item.number), ("领域", row.get_subject_display()), ("未遂事件", "是" if row.near_miss else "否"),
                ("溯源人", row.traced_by.name if row.traced_by else ""), ("溯源日期", row.traced_on), ("源头上怎样治理", row.at_source),
                ("为什么不用改清单、指南、职责", row.no_change),
            ],
            text=row.item.problem,
            tables=[
                Table("为什么", ("第几个", "回答"), list(enumerate(row.whys, 1))),
                Table("屏障", ("屏障", "没起作用的地方"), [(BARRIERS.get(code, code), text) for code, text in row.barriers.items()]),
                Table("改了哪一条", ("日期", "哪一条", "登记人"), changes.get(pk, [])),
            ],
        )
        for pk, row in rows.items()
    }  # fmt: skip


def register() -> None:
    sources.add("tracings", Source("三册溯源", find, read))
