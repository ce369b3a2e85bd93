"""What every business row has: a version against lost updates, times, and reading that shows nothing by default."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from ronghe.common.fields import MomentField


class VisibleQuerySet(models.QuerySet):
    """A query set whose rows are shown to nobody until its context says to whom."""

    def visible_to(self, user: Any) -> Self:
        """Return the rows that the user may read. A context overrides this; the default is none."""
        return self.none()


class Record(models.Model):
    """A business row. `version` rises with every save; a form sends the one it was opened with (see common.actions)."""

    version = models.PositiveIntegerField(_("版本"), default=0, editable=False)
    created_at = MomentField(_("建立时间"), auto_now_add=True)
    updated_at = MomentField(_("更新时间"), auto_now=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.version += 1
        fields = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, "version", "updated_at"}
        super().save(*args, **kwargs)


class Submission(models.Model):
    """A form that was carried out once: the second arrival of the same key changes nothing and is told where to look."""

    key = models.CharField(max_length=64, unique=True)
    user_id = models.BigIntegerField()
    location = models.CharField(max_length=500)
    at = models.DateTimeField(auto_now_add=True, db_index=True)


class WorkingDay(models.Model):
    """调休表: a day that is not what its weekday says. `confirmed` is False until the State Council's notice is out."""

    day = models.DateField(_("日期"), unique=True)
    works = models.BooleanField(_("上班"))
    name = models.CharField(_("说明"), max_length=60, blank=True)
    confirmed = models.BooleanField(_("已确认"), default=True)

    class Meta:
        verbose_name = _("工作日")
        ordering = ["day"]

    def __str__(self) -> str:
        return str(self.day)


class Export(models.Model):
    """导出: what left the product as a file, by whom, when and how much."""

    user_id = models.BigIntegerField(db_index=True)
    user_name = models.CharField(_("导出人"), max_length=60)
    area_id = models.BigIntegerField(null=True)
    what = models.CharField(_("内容"), max_length=100)
    mark = models.CharField(_("标识"), max_length=20)
    rows = models.PositiveIntegerField(_("行数"))
    at = models.DateTimeField(_("时间"), auto_now_add=True, db_index=True)

    objects = models.Manager()

    class Meta:
        verbose_name = _("导出")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.what
