"""分工矩阵: matters, their three parts in versions, and who holds them by which side of a post, from when to when (M7, P7)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ronghe.common.models import Record
from ronghe.duties.kinds import Field, Flow, Kind, Side
from ronghe.org.models import AreaQuerySet, Dated, Post, Unit


class DatedAreaQuerySet(AreaQuerySet):
    """Rows of an area with valid_from and valid_to (both included). One taken back on its first day ends before it begins."""

    def on(self, day: date) -> Self:
        return self.filter(Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day))

    def running(self) -> Self:
        """Return the rows without an end."""
        return self.filter(valid_to=None)


class Matter(Dated, Record):
    """事项: something that must have one owner."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("编码"), max_length=40)
    name = models.CharField(_("事项"), max_length=40)
    flow = models.CharField(_("流程"), max_length=12, choices=Flow)
    field = models.CharField(_("抓什么"), max_length=12, choices=Field)
    order = models.PositiveIntegerField(_("次序"), default=0)

    objects = DatedAreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("分工事项")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "code"], name="duties_matter_code_once"),
            models.UniqueConstraint(fields=["area", "name"], condition=Q(valid_to=None), name="duties_matter_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class MatterText(Dated, models.Model):
    """具体抓什么、怎么抓、抓到什么程度 of a matter, as they applied from a day on. None of the three may be empty (P7)."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="texts")
    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(_("具体抓什么"), max_length=300)
    how = models.CharField(_("怎么抓"), max_length=300)
    degree = models.CharField(_("抓到什么程度"), max_length=300)
    evidence = models.CharField(_("以什么评价"), max_length=200)
    indicator = models.CharField(_("对应指标"), max_length=60, blank=True)
    basis = models.CharField(_("依据"), max_length=300)

    objects = DatedAreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("事项内容")
        ordering = ["valid_from", "id"]
        constraints = [
            models.UniqueConstraint(fields=["matter"], condition=Q(valid_to=None), name="duties_text_running_once"),
            models.CheckConstraint(condition=~Q(what="") & ~Q(how="") & ~Q(degree=""), name="duties_text_three_parts"),
        ]

    def __str__(self) -> str:
        return self.what


class Holding(Dated, Record):
    """分工: a matter held by one side of a post, in one way, for a time."""

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, verbose_name=_("事项"), on_delete=models.PROTECT, related_name="holdings")
    post = models.ForeignKey(Post, verbose_name=_("岗位"), on_delete=models.PROTECT, related_name="+")
    side = models.CharField(_("以何身份"), max_length=14, choices=Side)
    kind = models.CharField(_("方式"), max_length=10, choices=Kind)

    objects = DatedAreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("分工")
        ordering = ["matter", "id"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "post", "side"], condition=Q(valid_to=None), name="duties_holding_running_once")
        ]
        indexes = [models.Index(fields=["area", "valid_to"]), models.Index(fields=["post", "valid_to"])]

    def __str__(self) -> str:
        return f"{self.matter}:{self.post}{self.get_kind_display()}"
