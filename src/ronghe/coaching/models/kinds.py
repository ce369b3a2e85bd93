"""措施种类: as data, in versions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ronghe.coaching.rules.kinds import TONES, WAYS
from ronghe.common.models import Record
from ronghe.org.kinds import LEADERS, POST_TITLES
from ronghe.org.models import AreaQuerySet, Unit

DECIDERS = [(kind, POST_TITLES[kind]) for kind in (*LEADERS, "station_chief")]


class Kind(Record):
    """One kind of measure in one version: for whom, who may, on what grounds it is proposed, what it demands, by when."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("编码"), max_length=40)
    number = models.PositiveSmallIntegerField(_("版次"), default=1)
    name = models.CharField(_("名称"), max_length=30)
    tone = models.CharField(_("性质"), max_length=10, choices=list(TONES.items()))
    way = models.CharField(_("怎样落实"), max_length=10, choices=list(WAYS.items()))
    levels = models.JSONField(_("对谁用"), default=list)
    deciders = models.JSONField(_("谁可以决定"), default=list)
    demand = models.CharField(_("要求做什么"), max_length=300)
    days = models.PositiveSmallIntegerField(_("多少天内"), default=10)
    follow_days = models.JSONField(_("回访(天)"), default=list, blank=True)
    grounds = models.JSONField(_("什么情形下提出"), default=list, blank=True)
    quiet_days = models.PositiveSmallIntegerField(_("多少天内不重复提出"), default=60)
    basis = models.CharField(_("依据"), max_length=300)
    reason = models.CharField(_("修订原因"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    valid_from = models.DateField(pgettext_lazy("date", "起"))
    valid_to = models.DateField(_("止"), null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("措施种类")
        ordering = ["order", "code", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["area", "code", "number"], name="coaching_kind_version_once"),
            models.UniqueConstraint(fields=["area", "code"], condition=Q(valid_to=None), name="coaching_kind_running_once"),
        ]

    def __str__(self) -> str:
        return self.name
