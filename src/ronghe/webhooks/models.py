"""Subscriptions, what happened, and what was told to whom. An event has one number for ever, however often it is told."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of


class SubscriptionQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The 系统管理员's of the area; one for all areas of a plant, that of an administrator above them."""
        standing = standing_of(user)
        areas = standing.areas_of("system_admin")
        parents = Unit.objects.filter(pk__in=areas if standing.holds_above("system_admin") else ()).values("parent_id")
        return self.filter(Q(area_id__in=areas) | Q(area=None, scope_id__in=parents))


class Subscription(Record):
    """推送订阅: which system is told of which events of which part of the tree. Its secret is sealed and shown once."""

    class State(models.TextChoices):
        ACTIVE = "active", _("推送中")
        PAUSED = "paused", _("已暂停")
        FAILED = "failed", _("多次失败,已暂停")
        ENDED = "ended", _("已停用")

    scope = models.ForeignKey(Unit, verbose_name=_("范围"), on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Unit, verbose_name=_("管理区"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("给哪个系统"), max_length=60)
    url = models.CharField(_("网址"), max_length=300)
    events: Any = models.JSONField(_("事件"), default=list)
    secret = models.TextField(editable=False)
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.ACTIVE)
    problem = models.CharField(_("原因"), max_length=300, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("推送订阅")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["scope", "name"], condition=~Q(state="ended"), name="webhooks_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """事件: what happened, in the words that leave the house. Written in the transaction of what happened."""

    number = models.UUIDField(_("编号"), unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("事件"), max_length=40)
    area = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    body: Any = models.JSONField(_("内容"))
    at = models.DateTimeField(_("时间"), db_index=True)

    objects = models.Manager()

    class Meta:
        verbose_name = _("事件")
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.number)


class DeliveryQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(subscription__in=Subscription.objects.visible_to(user))


class Delivery(models.Model):
    """推送记录: one event to one subscription; tried until it is taken or given up."""

    class State(models.TextChoices):
        QUEUED = "queued", _("待发")
        SENT = "sent", _("已送达")
        FAILED = "failed", _("未送达")

    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="deliveries")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(_("次数"), default=0)
    not_before = models.DateTimeField(_("不早于"))
    sent_at = models.DateTimeField(_("送达时间"), null=True, blank=True)
    status = models.PositiveSmallIntegerField(_("答复"), null=True, blank=True)
    problem = models.CharField(_("原因"), max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("推送记录")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["subscription", "event"], name="webhooks_delivery_once")]
        indexes = [models.Index(fields=["state", "not_before"])]

    def __str__(self) -> str:
        return f"{self.event_id}→{self.subscription_id}"
