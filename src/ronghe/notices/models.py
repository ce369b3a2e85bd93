"""消息: what was said to a person; each opens the thing that it speaks of."""

from datetime import time
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ronghe.common.fields import MomentField
from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.kinds import LEADERS, POST_TITLES
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


def default_offsets() -> list[int]:
    return [-3, -1, 0, 1, 3]


class RuleQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The general rules and those of the areas whose 系统管理员 this is."""
        areas = standing_of(user).areas_of("system_admin")
        return self.filter(Q(area=None) | Q(area_id__in=areas)) if areas else self.none()


class ReminderRule(Record):
    """提醒规则: when the owner of something due is reminded, and when it goes up a level.

    The most particular one counts: of the area and the kind, of the area, of the kind, of all.
    """

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("事项来源"), max_length=40, blank=True)
    # working days from the due date: -3 three before, 0 on the day, 1 the day after
    offsets = models.JSONField(_("提醒日"), default=default_offsets)
    repeat_every = models.PositiveSmallIntegerField(_("此后每隔"), null=True, blank=True, default=5)
    chief_after = models.PositiveSmallIntegerField(_("逾期后报班站长"), null=True, blank=True, default=2)
    leader_after = models.PositiveSmallIntegerField(_("逾期后报领导"), null=True, blank=True, default=5)
    leader_kind = models.CharField(
        _("报哪位领导"), max_length=30, default="branch_secretary", choices=[(kind, POST_TITLES[kind]) for kind in LEADERS]
    )

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("提醒规则")
        ordering = ["area_id", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["area", "kind"], name="notices_rule_once"),
            models.UniqueConstraint(fields=["kind"], condition=Q(area=None), name="notices_general_rule_once"),
        ]

    def __str__(self) -> str:
        return self.kind or str(_("所有事项"))


class DigestPlan(Record):
    """提醒时间: when the one message of the day leaves the house, and when nothing does."""

    area = models.OneToOneField(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    hour = models.TimeField(_("发送时间"), default=time(8, 0))
    quiet_from = models.TimeField(_("免打扰起"), default=time(20, 0))
    quiet_to = models.TimeField(_("免打扰止"), default=time(7, 30))
    on_days_off = models.BooleanField(_("休息日也发"), default=False)
    by_mail = models.BooleanField(_("发邮件"), default=True)
    by_robot = models.BooleanField(_("发群机器人"), default=True)

    class Meta:
        verbose_name = _("提醒时间")

    def __str__(self) -> str:
        return str(self.area)


class RobotQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(area_id__in=standing_of(user).areas_of("system_admin"))


class Robot(Record):
    """群机器人 of 企业微信, 钉钉 or 飞书. Its address is a secret: kept encrypted, shown to nobody again."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=40)
    scheme = models.CharField(_("类别"), max_length=20)
    address = models.TextField(_("地址"), editable=False)
    enabled = models.BooleanField(_("启用"), default=True)

    objects = RobotQuerySet.as_manager()

    class Meta:
        verbose_name = _("群机器人")
        ordering = ["area_id", "name"]
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="notices_robot_name_once")]

    def __str__(self) -> str:
        return self.name


class Digest(models.Model):
    """The one message of a person's day. Its row is what makes a doubled tick change nothing."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=20, default="tasks")
    at = models.DateTimeField(auto_now_add=True)

    objects = models.Manager()

    class Meta:
        verbose_name = _("每日提醒")
        constraints = [models.UniqueConstraint(fields=["person", "day", "kind"], name="notices_digest_once")]


class Delivery(models.Model):
    """What leaves the house: one mail or one robot's message. `key` keeps it from being queued twice."""

    class State(models.TextChoices):
        QUEUED = "queued", _("待发")
        SENT = "sent", _("已发")
        FAILED = "failed", _("失败")

    key = models.CharField(max_length=120, unique=True)
    area = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    robot = models.ForeignKey(Robot, null=True, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(_("标题"), max_length=200)
    body = models.TextField(_("正文"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(_("次数"), default=0)
    not_before = models.DateTimeField(_("不早于"))
    sent_at = models.DateTimeField(_("发出时间"), null=True)
    problem = models.CharField(_("原因"), max_length=300, blank=True)

    objects = models.Manager()

    class Meta:
        verbose_name = _("外发消息")
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "not_before"])]
