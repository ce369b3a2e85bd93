"""纳入绩效 (M6): the pools by name, and the rule from a result to a pay coefficient, in versions. No amount and no salary is kept anywhere."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ronghe.appraisal.models.cycles import READERS
from ronghe.common.models import Record
from ronghe.org.models import AreaQuerySet, Unit
from ronghe.org.standing import standing_of


class PayRuleQuerySet(AreaQuerySet):
    def visible_to(self, user: object) -> "PayRuleQuerySet":
        """Those who keep and sign results."""
        return self.filter(area_id__in=standing_of(user).areas_of(READERS))


class PayPool(Record):
    """绩效池: whose results of a template share one amount, by the kind of their unit. It has the template's rule, or one of its own."""

    KINDS = {"area": _("班子(管理区本级)"), "office": _("组室"), "station": _("班站")}

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("编码"), max_length=20)
    name = models.CharField(_("名称"), max_length=40)
    template_code = models.CharField(_("用哪个模板的结果"), max_length=40)
    kinds = models.JSONField(_("哪些人"), default=list)
    own_rule = models.BooleanField(_("用自己的系数规则"), default=False)
    basis = models.CharField(_("依据"), max_length=300)
    valid_from = models.DateField(pgettext_lazy("date", "起"))
    valid_to = models.DateField(_("止"), null=True, blank=True)

    objects = PayRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("绩效池")
        ordering = ["template_code", "id"]
        constraints = [models.UniqueConstraint(fields=["area", "code"], name="appraisal_pool_code_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def kinds_told(self) -> str:
        return "、".join(str(self.KINDS[kind]) for kind in self.kinds)


class PayRule(Record):
    """绩效系数规则 for the results of one template, or of one pool: a coefficient for each grade, and what the unit's result weighs (双挂钩)."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    template_code = models.CharField(_("用于哪个模板"), max_length=40)
    pool = models.ForeignKey(PayPool, verbose_name=_("用于哪一池"), null=True, blank=True, on_delete=models.PROTECT, related_name="rules")
    number = models.PositiveSmallIntegerField(_("版次"), default=1)
    bands = models.JSONField(_("等次系数"), default=list)
    unit_share = models.DecimalField(_("单位结果所占(%)"), max_digits=5, decimal_places=2, default=Decimal(0))
    basis = models.CharField(_("依据"), max_length=300)
    reason = models.CharField(_("修订原因"), max_length=300, blank=True)
    valid_from = models.DateField(pgettext_lazy("date", "起"))
    valid_to = models.DateField(_("止"), null=True, blank=True)

    objects = PayRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("绩效系数规则")
        ordering = ["template_code", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["area", "template_code", "number"], condition=Q(pool=None), name="appraisal_pay_version_once"),
            models.UniqueConstraint(
                fields=["area", "template_code"], condition=Q(valid_to=None, pool=None), name="appraisal_pay_running_once"
            ),
            models.UniqueConstraint(fields=["pool", "number"], name="appraisal_pool_version_once"),
            models.UniqueConstraint(fields=["pool"], condition=Q(valid_to=None), name="appraisal_pool_running_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pool or self.template_code} 第{self.number}版"
