"""工作指南: what a post does each month, how and when; each item with its versions by date (M20)."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.kinds import POST_TITLES
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of
from ronghe.worklist.models.tasks import Task

# whose work a guide may describe: administrators have their own lists, and nobody is given a list for being staff
GUIDED = tuple(kind for kind in POST_TITLES if kind not in ("system_admin", "security_admin", "audit_admin", "upper_committee", "staff"))


class GuideQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Everybody of the area reads its guides."""
        return self.filter(area_id__in=standing_of(user).readable_areas)


class Guide(Record):
    """One guide of an area, for one kind of post. `edition` rises with each change of an item."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    title = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("岗位"), max_length=30, choices=[(kind, POST_TITLES[kind]) for kind in GUIDED])
    basis = models.CharField(_("依据"), max_length=300)
    edition = models.PositiveIntegerField(_("版次"), default=1)
    retired_on = models.DateField(_("停用日期"), null=True, blank=True)
    order = models.PositiveIntegerField(default=0)

    objects = GuideQuerySet.as_manager()

    class Meta:
        verbose_name = _("工作指南")
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["area", "code"], name="worklist_guide_code_once")]

    def __str__(self) -> str:
        return self.title


class GuideItemQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(guide__area_id__in=standing_of(user).readable_areas)

    def on(self, day: date) -> Self:
        return self.filter(Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day))

    def between(self, first: date, last: date) -> Self:
        return self.filter(Q(valid_from__lte=last), Q(valid_to__isnull=True) | Q(valid_to__gte=first))


class GuideItem(Record):
    """One item in one version: 干什么、怎么干、什么时候干. A change ends it and begins the next version with the same code."""

    class Shift(models.TextChoices):
        BEFORE = "before", _("遇休息日提前")
        AFTER = "after", _("遇休息日顺延")
        NONE = "none", _("不调整")

    guide = models.ForeignKey(Guide, verbose_name=_("工作指南"), on_delete=models.PROTECT, related_name="items")
    code = models.CharField(max_length=40)
    number = models.PositiveIntegerField(_("版次"), default=1)
    category = models.CharField(_("类别"), max_length=30)
    name = models.CharField(_("事项"), max_length=60)
    what = models.CharField(_("干什么"), max_length=300)
    steps = models.TextField(_("怎么干"), max_length=1500)
    rule = models.CharField(_("什么时候干"), max_length=120)
    shift = models.CharField(_("遇休息日"), max_length=10, choices=Shift, default=Shift.AFTER)
    asks = models.CharField(_("佐证"), max_length=10, choices=Task.Asks, default=Task.Asks.NONE)
    feeds = models.CharField(_("用到哪里"), max_length=60, blank=True)
    feeds_name = models.CharField(max_length=60, blank=True)
    basis = models.CharField(_("依据"), max_length=300)
    units = models.ManyToManyField(Unit, verbose_name=_("只用于"), blank=True, related_name="+")
    order = models.PositiveIntegerField(default=0)
    valid_from = models.DateField(pgettext_lazy("date", "起"))
    valid_to = models.DateField(_("止"), null=True, blank=True)
    reason = models.CharField(_("修改理由"), max_length=200, blank=True)

    objects = GuideItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("指南事项")
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["guide", "code", "number"], name="worklist_item_version_once")]
        indexes = [models.Index(fields=["guide", "valid_from"])]

    def __str__(self) -> str:
        return self.name

    @property
    def step_lines(self) -> list[str]:
        return [line.strip() for line in self.steps.splitlines() if line.strip()]
