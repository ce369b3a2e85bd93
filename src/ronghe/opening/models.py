"""开张: nothing is ticked here. What is done is read from the records; only a step that is not needed leaves a row, with its reason."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ronghe.common.models import Record
from ronghe.org.models import AreaQuerySet, Unit


class Skip(Record):
    """不需要的一步: who said so, and why. Taken back, the row is gone; the audit keeps both."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    step = models.CharField(_("步骤"), max_length=30)
    reason = models.CharField(_("理由"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("由"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"), auto_now_add=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("不需要的一步")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["area", "step"], name="opening_skip_once")]

    def __str__(self) -> str:
        return self.step
