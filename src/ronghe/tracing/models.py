"""溯源 of an item of 整改, and which line was changed for it."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.models import Person, Unit
from ronghe.rectification.models import Item, Subject


class TracingQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """As readable as the item of 整改."""
        return self.filter(item__in=Item.objects.visible_to(user))


class Tracing(Record):
    """溯源: the chain of whys, the barriers that did not hold, the cure at the source."""

    Subject = Subject

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    item = models.OneToOneField(Item, verbose_name=_("整改项"), on_delete=models.PROTECT, related_name="tracing")
    subject = models.CharField(_("领域"), max_length=12, choices=Subject)
    near_miss = models.BooleanField(_("未遂事件"), default=False)
    whys = models.JSONField(_("为什么"), default=list)
    barriers = models.JSONField(_("屏障"), default=dict)
    at_source = models.CharField(_("源头上怎样治理"), max_length=500, blank=True)
    no_change = models.CharField(_("为什么不用改清单、指南、职责"), max_length=300, blank=True)
    released = models.CharField(_("为什么不算安全环保质量问题"), max_length=300, blank=True)
    traced_by = models.ForeignKey(Person, verbose_name=_("溯源人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    traced_on = models.DateField(_("溯源日期"), null=True, blank=True)

    objects = TracingQuerySet.as_manager()

    class Meta:
        verbose_name = _("三册溯源")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(traced_on=None, traced_by=None) | Q(traced_on__isnull=False, traced_by__isnull=False),
                name="tracing_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"溯源 {self.item.number}"


class PartQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(tracing__in=Tracing.objects.visible_to(user))


class Change(models.Model):
    """改了哪一条: a line of a guide, a list or a duty that was changed after the finding, and because of it. It shows where it comes from."""

    tracing = models.ForeignKey(Tracing, on_delete=models.PROTECT, related_name="changes")
    label = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    name = models.CharField(_("改了哪一条"), max_length=200)
    url = models.CharField(max_length=200, blank=True)
    noted_by = models.ForeignKey(Person, verbose_name=_("登记人"), on_delete=models.PROTECT, related_name="+")
    noted_on = models.DateField(_("登记日期"))

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("溯源改动")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["tracing", "label", "key"], name="tracing_change_once")]
        indexes = [models.Index(fields=["label", "key"])]
