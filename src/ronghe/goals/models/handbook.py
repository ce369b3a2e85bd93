"""目标: indicators with their definitions, and the target of each unit in each period."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ronghe.common.models import Record
from ronghe.org.models import AreaQuerySet, Unit

MEASURE: dict[str, Any] = {"max_digits": 18, "decimal_places": 6, "null": True, "blank": True}


class Indicator(Record):
    """指标: what is measured, how, by whom reported, and what it rests on. Defined once, used in every scheme."""

    class Direction(models.TextChoices):
        UP = "up", _("越大越好")
        DOWN = "down", _("越小越好")
        NONE = "none", _("无方向")

    class Kind(models.TextChoices):
        QUANTITY = "quantity", _("数量")
        COUNT = "count", _("次数")
        VETO = "veto", _("否决")
        MARK = "mark", _("评分")

    class Side(models.TextChoices):
        PARTY = "party", _("党建")
        BUSINESS = "business", _("业务")

    class Rhythm(models.TextChoices):
        MONTH = "month", _("每月")
        QUARTER = "quarter", _("每季,季末月")

    class Rollup(models.TextChoices):
        SUM = "sum", _("求和")
        MEAN = "mean", _("平均")
        LAST = "last", _("取末月")
        WEIGHTED = "weighted", _("加权平均")
        RECOMPUTED = "recomputed", _("由原始数重算")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField(_("编码"), max_length=40)
    name = models.CharField(_("名称"), max_length=60)
    aliases = models.JSONField(_("别名"), default=list, blank=True)
    unit_text = models.CharField(_("计量单位"), max_length=20, blank=True)
    decimals = models.PositiveSmallIntegerField(_("小数位数"), default=2)
    direction = models.CharField(_("方向"), max_length=5, choices=Direction)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind, default=Kind.QUANTITY)
    side = models.CharField(_("党建或业务"), max_length=10, choices=Side)
    input = models.CharField(_("考核输入"), max_length=60, blank=True)
    definition = models.TextField(_("定义与口径"))
    source = models.CharField(_("数据来源"), max_length=200, blank=True)
    basis = models.CharField(_("依据"), max_length=200)
    evidence = models.CharField(_("佐证"), max_length=200, blank=True)
    tracks = models.JSONField(_("适用赛道"), default=list, blank=True, help_text=_("空 = 全部赛道"))
    reported_by = models.ForeignKey(
        Unit,
        verbose_name=_("填报单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reported_indicators",
        help_text=_("空 = 由各班站自报"),
    )
    needs_target = models.BooleanField(_("需要目标值"), default=False)
    rhythm = models.CharField(_("多久填报一次"), max_length=8, choices=Rhythm, default=Rhythm.MONTH)
    rollup = models.CharField(_("月度合成"), max_length=12, choices=Rollup, default=Rollup.SUM)
    rollup_weight = models.CharField(_("权重指标"), max_length=40, blank=True)
    plausible_low = models.DecimalField(_("合理下限"), **MEASURE)
    plausible_high = models.DecimalField(_("合理上限"), **MEASURE)
    order = models.PositiveIntegerField(default=0)
    valid_from = models.CharField(_("起始月"), max_length=7, default="2000-01")
    valid_to = models.CharField(_("终止月"), max_length=7, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("指标")
        ordering = ["order", "code"]
        constraints = [models.UniqueConstraint(fields=["area", "code"], name="goals_indicator_code_once")]

    def __str__(self) -> str:
        return self.name

    def is_asked_in(self, period: str) -> bool:
        """Tell whether a month's figure is asked: one of the quarter is reported, and counts, in its last month."""
        return self.rhythm == self.Rhythm.MONTH or int(period[5:7]) % 3 == 0

    def applies_to(self, track: str) -> bool:
        """Tell whether a unit of this track is asked for it."""
        return not self.tracks or track in self.tracks


class Target(Record):
    """目标值 and 基数 (same period last year or a baseline) of a unit for an indicator in a period."""

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="targets")
    indicator = models.ForeignKey(Indicator, verbose_name=_("指标"), on_delete=models.PROTECT, related_name="targets")
    period = models.CharField(_("期间"), max_length=7)
    value = models.DecimalField(_("目标值"), **MEASURE)
    base = models.DecimalField(_("基数"), **MEASURE)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("目标值")
        constraints = [models.UniqueConstraint(fields=["unit", "indicator", "period"], name="goals_target_once")]
        indexes = [models.Index(fields=["area", "period"])]
