"""运行: when each tick ran, how much may leave unnoticed, and by which tokens other systems come in."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of


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


class ApiTokenQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own; those of the people whom a 安全管理员 looks after."""
        standing = standing_of(user)
        return self.filter(Q(user_id=user.pk or 0) | Q(user__person__area_id__in=standing.areas_of("security_admin")))


class ApiToken(Record):
    """接口令牌: another system acts for its owner, within `scopes` and until `ends_on`. Only the digest of its text is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("代谁办理"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("给哪个系统用"), max_length=60)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("范围"), default=list)
    made_on = models.DateField(_("建立日期"))
    ends_on = models.DateField(_("有效至"), help_text=_("最后一天"))
    seen_at = models.DateTimeField(_("最近使用"), null=True, blank=True)
    revoked_on = models.DateField(_("停用日期"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("接口令牌")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class ApiAnswer(models.Model):
    """What a call with an Idempotency-Key was answered; the same key gets it again. `status` 0: still being carried out."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    status = models.PositiveIntegerField(default=0)
    body = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    objects = models.Manager()

    class Meta:
        verbose_name = _("接口答复")
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="operations_answer_once")]

    def __str__(self) -> str:
        return self.key
