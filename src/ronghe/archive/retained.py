"""Inspection packs run out a few days after they were made (packs/retention.toml): the zip goes, the row stays as a record."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ronghe.archive.models import Bundle, Pack
from ronghe.common.retention import Cut, Kind, kinds, span_of


def list_over(cut: Cut) -> QuerySet[Pack]:
    return Pack.objects.filter(state=Bundle.State.READY, ended_at__lt=cut.before).exclude(area_id__in=cut.spared)


def take(cut: Cut, limit: int) -> int:
    rows = list(list_over(cut).order_by("ended_at", "pk")[:limit])
    for row in rows:
        row.path.unlink(missing_ok=True)
    Pack.objects.filter(pk__in=[row.pk for row in rows]).update(state=Bundle.State.EXPIRED)
    return len(rows)


def register() -> None:
    kinds.add(
        "packs",
        Kind(
            _("迎检包"),
            _("生成好的压缩包;谁何时生成过、导出过,记录保留"),
            "remove",
            lambda cut: span_of(list_over(cut), "ended_at"),
            take,
            by_area=True,
        ),
    )
