"""进度与预测 as it was computed: one row for each unit, indicator and month, so that no page computes many."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.figures.models import READERS
from ronghe.goals.models import Indicator
from ronghe.org.models import AreaQuerySet, Unit
from ronghe.org.standing import standing_of

NUMBER: dict[str, Any] = {"max_digits": 22, "decimal_places": 6, "null": True, "blank": True}


class OutlookQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """For those who read the figures that it is made of: the area's readers, and a unit about itself."""
        standing = standing_of(user)
        own = standing.units_of(("reporter", "station_chief", "group_leader"))
        return self.filter(Q(area_id__in=standing.areas_of(READERS)) | Q(unit_id__in=own, area_id__in=standing.readable_areas))


class Outlook(models.Model):
    """A unit's year in one indicator, seen at the end of a month. Computed by the machine, computed again when figures change."""

    class Kind(models.TextChoices):
        SUM = "sum", _("全年累计")
        LEVEL = "level", _("全年平均")

    class Light(models.TextChoices):
        GREEN = "green", _("绿灯")
        YELLOW = "yellow", _("黄灯")
        RED = "red", _("红灯")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="outlooks")
    indicator = models.ForeignKey(Indicator, verbose_name=_("指标"), on_delete=models.PROTECT, related_name="outlooks")
    period = models.CharField(_("截至月份"), max_length=7)
    kind = models.CharField(_("口径"), max_length=5, choices=Kind)
    method = models.CharField(_("方法"), max_length=40)
    estimate = models.DecimalField(_("全年预计"), **NUMBER)
    low = models.DecimalField(_("80% 下限"), **NUMBER)
    high = models.DecimalField(_("80% 上限"), **NUMBER)
    error = models.DecimalField(_("回测误差(%)"), **NUMBER)
    so_far = models.DecimalField(_("至今"), **NUMBER)
    target = models.DecimalField(_("全年目标"), **NUMBER)
    target_so_far = models.DecimalField(_("至今目标"), **NUMBER)
    target_months = models.PositiveSmallIntegerField(_("已下达目标的月数"), default=0)
    required = models.DecimalField(_("其余各月每月需"), **NUMBER)
    year_gone = models.DecimalField(_("时间进度"), max_digits=9, decimal_places=6)
    against_time = models.DecimalField(_("比时间进度"), **NUMBER)
    months_left = models.PositiveSmallIntegerField(_("余下月数"), default=0)
    months_missing = models.PositiveSmallIntegerField(_("未报月数"), default=0)
    light = models.CharField(_("灯"), max_length=6, choices=Light, blank=True)
    digest = models.CharField(max_length=64)
    computed_at = models.DateTimeField(_("计算时间"))

    objects = OutlookQuerySet.as_manager()

    class Meta:
        verbose_name = _("进度与预测")
        ordering = ["unit__order", "unit__code", "indicator__order", "indicator__code"]
        constraints = [models.UniqueConstraint(fields=["unit", "indicator", "period"], name="outlook_once")]
        indexes = [models.Index(fields=["area", "period", "light"])]

    def __str__(self) -> str:
        return f"{self.unit} {self.indicator} {self.period}"


class Refresh(models.Model):
    """Whether an area's rows wait to be computed again, and when they last were."""

    area = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="+")
    waits = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True)


class LightRule(Record):
    """亮灯规则 of an area, in versions: from a month on, how far a forecast may miss its target. A second person approves it."""

    class State(models.TextChoices):
        ASKED = "asked", _("待批准")
        APPROVED = "approved", _("已批准")
        DECLINED = "declined", _("未批准")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("版次"))
    valid_from = models.CharField(_("自何月起"), max_length=7)
    green = models.DecimalField(_("绿灯:差不超过(%)"), max_digits=5, decimal_places=2)
    yellow = models.DecimalField(_("黄灯:差不超过(%)"), max_digits=5, decimal_places=2)
    basis = models.CharField(_("依据"), max_length=300)
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.ASKED, protected=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("提出人"), on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("批准人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("批准时间"), null=True, blank=True)
    decision_note = models.CharField(_("批准意见"), max_length=300, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("亮灯规则")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["area", "number"], name="outlook_light_rule_number"),
            models.UniqueConstraint(fields=["area"], condition=Q(state="asked"), name="outlook_light_rule_asked_once"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} 第{self.number}版"

    @transition(field=state, source=State.ASKED, target=State.APPROVED)
    def approve(self) -> None:
        """In force from its month on."""

    @transition(field=state, source=State.ASKED, target=State.DECLINED)
    def decline(self) -> None:
        """Refuse with a note."""
