"""What was generated for which month: kept so that the list can say it, and a missed month is found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ronghe.common.models import Record
from ronghe.org.models import AreaQuerySet, Unit


class MonthRun(Record):
    """The generation of one month's tasks for one area; run again it adds only what is new."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    month = models.CharField(_("月份"), max_length=7)
    ran_on = models.DateField(_("最近一次"))
    made = models.PositiveIntegerField(_("已生成"), default=0)
    skipped = models.PositiveIntegerField(_("过期未补"), default=0)
    vacant = models.PositiveIntegerField(_("岗位空缺"), default=0)
    nobody = models.PositiveIntegerField(_("无人可交"), default=0)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("月度任务生成")
        ordering = ["-month", "id"]
        constraints = [models.UniqueConstraint(fields=["area", "month"], name="worklist_month_once")]

    def __str__(self) -> str:
        return self.month
