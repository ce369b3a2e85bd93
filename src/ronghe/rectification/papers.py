"""整改 with measures and proofs, for the archive and for inspections (common.papers)."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from ronghe.common.papers import Content, Paper, Source, Table, sources
from ronghe.rectification.models import Item, Measure, Proof


def find(user: Any, area_id: int, first: date, last: date) -> list[Paper]:
    """Items by the day on which they ended, live ones by the day on which they were opened."""
    rows = Item.objects.visible_to(user).filter(area_id=area_id).select_related("unit").order_by("opened_on", "pk")
    found = [(row, row.ended_on or row.opened_on) for row in rows]
    return [
        Paper(
            "rectification.item", row.pk, f"{row.number} {row.title}", day, row.unit_id, row.unit.name,
            reverse("rectification:item", args=[row.pk]), row.ended_on is not None,
        )
        for row, day in found
        if first <= day <= last
    ]  # fmt: skip


def read(user: Any, pks: list[int]) -> dict[int, Content]:
    """Three queries for any number of items."""
    rows = {row.pk: row for row in Item.objects.visible_to(user).filter(pk__in=pks).select_related("owner", "verifier", "unit")}
    measures: dict[int, list[tuple[Any, ...]]] = {}
    for one in Measure.objects.filter(item_id__in=rows).select_related("responsible"):
        measures.setdefault(one.item_id, []).append((one.round, one.text, one.responsible.name, one.due, one.done_on))
    proofs: dict[int, list[tuple[Any, ...]]] = {}
    for proof in Proof.objects.filter(item_id__in=rows).select_related("filed_by", "decided_by"):
        decided = proof.decided_by.name if proof.decided_by else ""
        day = timezone.localtime(proof.filed_at).date()
        proofs.setdefault(proof.item_id, []).append(
            (day, proof.filed_by.name, proof.text, proof.get_verdict_display(), decided, proof.note)
        )
    return {
        pk: Content(
            fields=[
                ("编号", row.number), ("来源", row.source_name), ("责任单位", row.unit.name), ("责任人", row.owner.name), ("验证人", row.verifier.name),
                ("提出日期", row.opened_on), ("整改期限", row.due), ("状态", row.get_state_display()), ("办结日期", row.ended_on), ("原因", row.cause),
            ],
            text=row.problem,
            tables=[
                Table("措施", ("次", "措施", "落实人", "期限", "完成日期"), measures.get(pk, [])),
                Table("整改证明", ("日期", "提交人", "整改情况", "结论", "验证人", "意见"), proofs.get(pk, [])),
            ],
        )
        for pk, row in rows.items()
    }  # fmt: skip


def register() -> None:
    sources.add("cures", Source("整改", find, read))
