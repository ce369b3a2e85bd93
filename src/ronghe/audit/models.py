"""审计: one chain of entries per 支部 and one for acts outside any, each entry hashed with the one before."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Chain(models.Model):
    """The head of one chain; its row is the lock under which entries are appended."""

    code = models.CharField(max_length=60, unique=True)
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    # up to where a checkpoint has been ordered; the file says up to where it has been written
    checked = models.PositiveBigIntegerField(default=0)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("审计链")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class EntryQuerySet(models.QuerySet):
    """Append-only: the door for changing or deleting entries does not exist in the program."""

    def update(self, **kwargs: Any) -> int:
        raise TypeError("audit entries are append-only")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("audit entries are append-only")


class Entry(models.Model):
    """Who did what when to which object. `changes` holds field → [old, new]; it is for readers of the object only."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveBigIntegerField(_("序号"))
    at = models.DateTimeField(_("时间"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("办理人"), null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(_("姓名"), max_length=60, blank=True)
    verb = models.CharField(_("动作"), max_length=60)
    label = models.CharField(_("对象类别"), max_length=60)
    object_id = models.BigIntegerField(null=True)
    object_name = models.CharField(_("对象"), max_length=200)
    note = models.TextField(_("说明"), blank=True)
    changes = models.JSONField(_("改动"), default=dict)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("审计记录")
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="audit_entry_number_once")]
        indexes = [models.Index(fields=["label", "object_id"]), models.Index(fields=["at"])]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("audit entries are append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("audit entries are append-only")


class Verification(models.Model):
    """One run of the verification: how many entries it read and what it found."""

    started_at = models.DateTimeField(_("开始时间"))
    ended_at = models.DateTimeField(_("结束时间"))
    entries = models.PositiveBigIntegerField(_("记录数"))
    faults = models.JSONField(_("发现"), default=list)

    objects = models.Manager()

    class Meta:
        verbose_name = _("审计核验")
        ordering = ["-id"]
