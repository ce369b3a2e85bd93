"""待办: the one table of everything that is expected of somebody by a date, from any context."""

from datetime import date
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ronghe.common.links import link_to
from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Person, Post, Unit
from ronghe.org.standing import standing_of


class TaskQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own; a station chief those of the station; leaders those of the area."""
        standing = standing_of(user)
        if standing.person_id is None:
            return self.none()
        led = Q(area_id__in=standing.areas_of(LEADERS)) | Q(unit_id__in=standing.units_of(("station_chief", "group_leader")))
        return self.filter(Q(owner_id=standing.person_id) | Q(offered_to_id=standing.person_id) | led)

    def open(self) -> Self:
        return self.filter(state=Task.State.OPEN)

    def from_origin(self, origin: models.Model) -> Self:
        kind = ContentType.objects.get_for_model(origin)
        return self.filter(origin_type=kind, origin_id=origin.pk)


class Task(Record):
    """One thing due. Its light is read from `due` when asked (common.lights); no job paints it.

    A task of the month's list (`key` not empty) is worked on its own page: done with one tap, moved, handed on, refused.
    Its `key` names what it stands for, so that nothing is generated twice. All other tasks are settled by the context they come from.
    """

    class Asks(models.TextChoices):
        NONE = "none", _("不要佐证")
        LINE = "line", _("一句话")
        PHOTO = "photo", _("一张自选照片")

    class State(models.TextChoices):
        OPEN = "open", _("待办")
        DONE = "done", _("已办")
        DROPPED = "dropped", _("不再需要")

    # the composite indexes below begin with area and owner; what is empty in most rows is indexed only where it is not
    area = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Person, verbose_name=_("责任人"), on_delete=models.PROTECT, related_name="tasks", db_index=False)
    kind = models.CharField(_("来源"), max_length=40)
    title = models.CharField(_("事项"), max_length=200)
    path = models.CharField(max_length=300)
    due = models.DateField(_("期限"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    origin_type = models.ForeignKey(ContentType, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    origin_id = models.BigIntegerField(null=True)
    result = models.CharField(_("结果"), max_length=200, blank=True)
    settled_at = models.DateTimeField(_("办结时间"), null=True, blank=True)

    # what only tasks of the month's list have
    key = models.CharField(max_length=120, blank=True, default="")
    month = models.CharField(_("月份"), max_length=7, blank=True, default="")
    item = models.ForeignKey("worklist.GuideItem", null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    post = models.ForeignKey(Post, verbose_name=_("岗位"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asks = models.CharField(_("佐证"), max_length=10, choices=Asks, default=Asks.NONE)
    planned = models.DateField(_("原定日期"), null=True, blank=True)
    handed = models.BooleanField(_("已转交"), default=False)
    offered_to = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    refused_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(_("理由"), max_length=300, blank=True, default="")
    remark = models.CharField(_("说明"), max_length=200, blank=True, default="")
    line = models.CharField(_("办理情况"), max_length=300, blank=True, default="")

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("待办")
        ordering = ["due", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "origin_type", "origin_id", "owner"],
                condition=Q(state="open", origin_type__isnull=False),
                name="worklist_task_open_once",
            ),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="worklist_task_key_once"),
        ]
        indexes = [
            models.Index(fields=["owner", "state", "due"]),
            models.Index(fields=["area", "state", "due"]),
            models.Index(fields=["origin_type", "origin_id"], condition=Q(origin_type__isnull=False), name="worklist_task_origin"),
            models.Index(fields=["offered_to"], condition=Q(offered_to__isnull=False), name="worklist_task_offered"),
            models.Index(fields=["refused_by"], condition=Q(refused_by__isnull=False), name="worklist_task_refused"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_listed(self) -> bool:
        """Belongs to the month's list, and is worked on its own page."""
        return self.key != ""

    def was_settled_on(self, day: date) -> bool:
        """Tell whether it was settled on a day, as the clock on the wall counts days."""
        return self.settled_at is not None and timezone.localdate(self.settled_at) == day

    @property
    def url(self) -> str:
        """The page on which it is worked."""
        return self.path or link_to("worklist:task", self.pk)
