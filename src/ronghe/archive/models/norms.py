"""保管期限 of each kind of paper and the topics of inspections, where an area has its own; else those of packs/archive.toml hold."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ronghe.common.models import Record
from ronghe.org.models import AreaQuerySet, Unit


class Term(Record):
    """保管期限: how long papers of a kind stay in the archive. `years` empty: 永久."""

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("类别"), max_length=40)
    years = models.PositiveSmallIntegerField(_("保管期限(年)"), null=True, blank=True)
    basis = models.CharField(_("依据"), max_length=300)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("档案保管期限")
        ordering = ["kind"]
        constraints = [models.UniqueConstraint(fields=["area", "kind"], name="archive_term_once")]

    def __str__(self) -> str:
        return self.kind


class Topic(Record):
    """迎检专题: which kinds of paper an inspection of this topic wants to see."""

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("编码"), max_length=40)
    name = models.CharField(_("专题"), max_length=40)
    kinds: Any = models.JSONField(_("收哪些材料"), default=list)
    basis = models.CharField(_("依据"), max_length=300)
    order = models.PositiveSmallIntegerField(_("次序"), default=0)
    retired_on = models.DateField(_("停用日期"), null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("迎检专题")
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["area", "code"], name="archive_topic_once")]

    def __str__(self) -> str:
        return self.name
