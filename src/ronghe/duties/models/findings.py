"""What the detector found, when, and how it ended; the thresholds by which it judges; the terms of committees."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ronghe.common.models import Record
from ronghe.org.models import AreaQuerySet, PartyOrg, Person, Post, Unit


class Finding(Record):
    """分工问题: the same `key` (rule, matter, posts) while it lasts. Accepted with a reason until `review_on`, then open again."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    rule = models.CharField(_("类别"), max_length=20)
    level = models.CharField(_("程度"), max_length=6)
    title = models.CharField(_("问题"), max_length=200)
    matter = models.ForeignKey(
        "duties.Matter", verbose_name=_("事项"), null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    post = models.ForeignKey(Post, verbose_name=_("岗位"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    found_on = models.DateField(_("发现日期"))
    ended_on = models.DateField(_("消除日期"), null=True, blank=True)
    reason = models.CharField(_("接受的理由"), max_length=500, blank=True)
    accepted_by = models.ForeignKey(Person, verbose_name=_("接受人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    accepted_on = models.DateField(_("接受日期"), null=True, blank=True)
    review_on = models.DateField(_("复核日期"), null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("分工问题")
        ordering = ["found_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "key"], condition=Q(ended_on=None), name="duties_finding_once"),
            models.CheckConstraint(
                condition=Q(review_on=None, accepted_on=None, accepted_by=None)
                | (Q(review_on__isnull=False, accepted_on__isnull=False, accepted_by__isnull=False) & ~Q(reason="")),
                name="duties_finding_accepted_whole",
            ),
        ]
        indexes = [models.Index(fields=["area", "ended_on"])]

    def __str__(self) -> str:
        return self.title

    def is_accepted(self, day: Any) -> bool:
        """Tell whether it rests on the day: accepted, and the review date not come yet."""
        return self.ended_on is None and self.review_on is not None and day < self.review_on


class Norm(Record):
    """检测口径: an area's own threshold for a rule of the detector, with its basis; without one the pack's applies."""

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("规则"), max_length=20)
    value = models.PositiveIntegerField(_("数值"))
    basis = models.CharField(_("依据"), max_length=300)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("检测口径")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["area", "code"], name="duties_norm_once")]

    def __str__(self) -> str:
        return self.code


class Term(Record):
    """任期: from when to when the committee of a branch was elected. The latest one counts."""

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey(PartyOrg, verbose_name=_("党支部"), on_delete=models.PROTECT, related_name="terms")
    elected_on = models.DateField(_("选举日期"))
    ends_on = models.DateField(_("届满日期"))

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("任期")
        ordering = ["-elected_on", "-id"]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gt=models.F("elected_on")), name="duties_term_forward")]

    def __str__(self) -> str:
        return f"{self.elected_on}—{self.ends_on}"
