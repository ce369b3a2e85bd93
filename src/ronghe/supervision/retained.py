"""Whom a 纪检日常记录 means runs out by the unit's own rule (packs/retention.toml keeps it for ever); the entry and its count stay."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ronghe.common.retention import Cut, Kind, kinds, span_of
from ronghe.supervision.models import LogPerson


def list_over(cut: Cut) -> QuerySet[LogPerson]:
    return LogPerson.objects.filter(entry__day__lt=cut.before.date()).exclude(entry__area_id__in=cut.spared)


def take(cut: Cut, limit: int) -> int:
    pks = list(list_over(cut).order_by("entry__day", "pk").values_list("pk", flat=True)[:limit])
    LogPerson.objects.filter(pk__in=pks).delete()
    return len(pks)


def register() -> None:
    kinds.add(
        "names",
        Kind(
            _("纪检日常记录的涉及人员"), _("姓名;记录正文、人数和谁查看过保留"), "anonymise", lambda cut: span_of(list_over(cut), "entry__day"), take,
            by_area=True,
        ),
    )  # fmt: skip
