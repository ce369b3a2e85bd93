"""消息: what was said to a person; each opens the thing that it speaks of."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from ronghe.common.fields import MomentField
from ronghe.common.models import VisibleQuerySet
from ronghe.org.models import Person, Unit
from ronghe.org.standing import standing_of


class NoticeQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(person_id=standing_of(user).person_id or 0)


class Notice(models.Model):
    area = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, verbose_name=_("收件人"), on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(_("类别"), max_length=40)
    title = models.CharField(_("内容"), max_length=300)
    path = models.CharField(max_length=300)
    sender_name = models.CharField(_("发送人"), max_length=60, blank=True)
    at = MomentField(_("时间"), auto_now_add=True)
    read_at = models.DateTimeField(_("已读时间"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("消息")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["person", "read_at"])]

    def __str__(self) -> str:
        return self.title
