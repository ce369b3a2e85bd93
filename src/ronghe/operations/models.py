"""运行: when each tick ran, and how much may leave unnoticed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ronghe.common.models import Record
from ronghe.org.models import Unit


class TickRun(models.Model):
    """One tick of one day. The row is the claim: of two workers one runs it; a failed one is tried again."""

    name = models.CharField(_("名称"), max_length=40)
    day = models.DateField(_("日期"))
    started_at = models.DateTimeField(_("开始"))
    ended_at = models.DateTimeField(_("结束"), null=True)
    ok = models.BooleanField(_("成功"), default=False)
    attempts = models.PositiveIntegerField(_("次数"), default=1)
    note = models.CharField(_("结果"), max_length=300, blank=True)

    objects = models.Manager()

    class Meta:
        verbose_name = _("定时任务记录")
        ordering = ["-day", "name"]
        constraints = [models.UniqueConstraint(fields=["name", "day"], name="operations_tick_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.day}"


class ExportLimit(Record):
    """导出限额: above what volume of one person's day the 安全管理员 is told."""

    area = models.OneToOneField(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField(_("一人一天的行数"), default=20_000)
    copies = models.PositiveIntegerField(_("一人一天的份数"), default=30)

    class Meta:
        verbose_name = _("导出限额")

    def __str__(self) -> str:
        return str(self.area)
