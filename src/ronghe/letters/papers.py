"""责任书 that were signed, with the archived PDF, for the archive and for inspections (common.papers)."""

from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from ronghe.common.papers import Content, Paper, Source, Table, sources
from ronghe.documents.actions import read_bytes
from ronghe.documents.models import Document
from ronghe.letters.actions.signing import ARCHIVE
from ronghe.letters.models import Letter, LetterLine, Signature


def find(user: Any, area_id: int, first: date, last: date) -> list[Paper]:
    signed = Q(state__in=(Letter.State.ACTIVE, Letter.State.REVIEWED, Letter.State.REPLACED), active_at__isnull=False)
    rows = Letter.objects.visible_to(user).filter(signed, area_id=area_id, year__range=(first.year, last.year))
    return [
        Paper(
            "letters.letter", row.pk, str(row), timezone.localtime(row.active_at).date(), row.unit_id, row.unit.name,
            reverse("letters:letter", args=[row.pk]),
        )
        for row in rows.select_related("unit", "template", "second").order_by("active_at", "pk")
        if row.active_at is not None
    ]  # fmt: skip


def read(user: Any, pks: list[int]) -> dict[int, Content]:
    """Five queries for any number of letters, and the PDF of each."""
    rows = {row.pk: row for row in Letter.objects.visible_to(user).filter(pk__in=pks).select_related("template", "first", "second")}
    lines: dict[int, list[tuple[Any, ...]]] = {}
    for line in LetterLine.objects.filter(letter_id__in=rows):
        lines.setdefault(line.letter_id, []).append(
            (line.category, line.what, line.how, line.degree, line.get_verdict_display(), line.note)
        )
    signed: dict[int, list[tuple[Any, ...]]] = {}
    for one in Signature.objects.filter(letter_id__in=rows, void_at=None).select_related("person"):
        at = timezone.localtime(one.at).strftime("%Y-%m-%d %H:%M")
        signed.setdefault(one.letter_id, []).append((one.get_side_display(), one.person.name, one.post_title, at, one.get_how_display()))
    kind = ContentType.objects.get_for_model(Letter)
    papers = {row.object_id: row for row in Document.objects.filter(object_type=kind, object_id__in=rows, purpose=ARCHIVE)}
    return {
        pk: Content(
            fields=[
                ("编号", row.number), ("依据", row.template.basis), ("甲方", row.first.name), ("乙方", row.second.name),
                ("起止", f"{row.valid_from} — {row.valid_to}"), ("状态", row.get_state_display()), (f"文本摘要({row.digest_name})", row.digest),
                ("评议意见", row.summary), ("乙方意见", row.answer),
            ],
            tables=[
                Table("责任和目标", ("类别", "内容", "做法", "标准", "评议", "说明"), lines.get(pk, [])),
                Table("签订", ("方", "姓名", "职务", "时间", "身份核验"), signed.get(pk, [])),
            ],
            files=[(f"{row.number}.pdf", read_bytes(papers[pk]))] if pk in papers else [],
        )
        for pk, row in rows.items()
    }  # fmt: skip


def register() -> None:
    sources.add("letters", Source("责任书", find, read))
