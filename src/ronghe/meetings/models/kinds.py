"""会议类别: each kind with its rules, in editions; a meeting keeps the edition that applied on its day."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ronghe.common.models import Record
from ronghe.meetings.rules import norms, quorum
from ronghe.org.models import AreaQuerySet, Dated, Unit


class KindQuerySet(AreaQuerySet):
    def on(self, day: date) -> Self:
        """The editions that apply on a day."""
        return self.filter(Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class Kind(Dated, Record):
    """会议类别, one edition: who belongs, how often, who presides, and what holds in the room."""

    class Body(models.TextChoices):
        COMMITTEE = "committee", _("支委会成员")
        LEADERS = "leaders", _("班子成员")
        BRANCH = "branch", _("全体党员")
        GROUP = "group", _("党小组党员")
        UNIT = "unit", _("班站员工")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("代码"), max_length=20)
    number = models.PositiveSmallIntegerField(_("版次"), default=1)
    name = models.CharField(_("名称"), max_length=30)
    body = models.CharField(_("谁参加"), max_length=10, choices=Body)
    presiders: Any = models.JSONField(_("主持人岗位"), default=list)  # kinds of posts, the first that is held presides
    norm = models.CharField(_("多久一次"), max_length=8, choices=list(norms.NORMS.items()), blank=True)
    times = models.PositiveSmallIntegerField(_("每期次数"), default=1)
    basis = models.CharField(_("依据"), max_length=300)
    by_name = models.BooleanField(_("逐人记录意见和表决"), default=False)
    head_last = models.BooleanField(_("主要负责人末位表态"), default=False)
    in_room = models.BooleanField(_("允许临时动议"), default=False)
    materials_days = models.PositiveSmallIntegerField(_("材料提前几天送达"), default=0)
    counts = models.BooleanField(_("计入组织生活开展情况"), default=False)
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)
    reason = models.CharField(_("修订原因"), max_length=200, blank=True)

    objects = KindQuerySet.as_manager()

    class Meta:
        verbose_name = _("会议类别")
        ordering = ["order", "code", "number"]
        constraints = [
            models.UniqueConstraint(fields=["area", "code", "number"], name="meetings_kind_edition_once"),
            models.UniqueConstraint(fields=["area", "code"], condition=Q(valid_to=None), name="meetings_kind_open_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_small(self) -> bool:
        """A group's or a station's own, as against one of the whole area."""
        return self.body in (self.Body.GROUP, self.Body.UNIT)


class QuorumRule(models.Model):
    """One cell of the table kind × class of matter."""

    class Base(models.TextChoices):
        ENTITLED = "entitled", _("应到有表决权的")
        PRESENT = "present", _("到会有表决权的")

    class Recusal(models.TextChoices):
        STAY = "stay", _("仍计入应到,不计入到会")
        LEAVE = "leave", _("不计入应到和到会")

    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="quorums")
    matter_class = models.CharField(_("事项"), max_length=10, choices=[(code, quorum.CLASSES[code]) for code in quorum.DECIDED])
    attend_numerator = models.PositiveSmallIntegerField(_("到会:分子"), default=1)
    attend_denominator = models.PositiveSmallIntegerField(_("到会:分母"), default=2)
    attend_strict = models.BooleanField(_("到会:须超过"), default=True)
    pass_numerator = models.PositiveSmallIntegerField(_("通过:分子"), default=1)
    pass_denominator = models.PositiveSmallIntegerField(_("通过:分母"), default=2)
    pass_strict = models.BooleanField(_("通过:须超过"), default=True)
    base = models.CharField(_("通过的基数"), max_length=10, choices=Base, default=Base.PRESENT)
    recusal = models.CharField(_("回避的人"), max_length=6, choices=Recusal, default=Recusal.STAY)
    forms: Any = models.JSONField(_("表决方式"), default=list)  # codes of rules.quorum.FORMS
    basis = models.CharField(_("依据"), max_length=300)

    objects = models.Manager()

    class Meta:
        verbose_name = _("法定人数")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "matter_class"], name="meetings_quorum_once"),
            models.CheckConstraint(
                condition=Q(attend_numerator__gte=1, pass_numerator__gte=1)
                & Q(attend_denominator__gte=F("attend_numerator"))
                & Q(pass_denominator__gte=F("pass_numerator")),
                name="meetings_quorum_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.get_matter_class_display()}"

    @property
    def rule(self) -> quorum.Rule:
        """The rule as plain values."""
        return quorum.Rule(
            quorum.Share(self.attend_numerator, self.attend_denominator, self.attend_strict),
            quorum.Share(self.pass_numerator, self.pass_denominator, self.pass_strict),
            self.base,
            self.recusal,
        )
