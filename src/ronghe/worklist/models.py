"""待办: the one table of everything that is expected of somebody by a date, from any context."""

from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Person, Unit
from ronghe.org.standing import standing_of


class TaskQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own; a station chief those of the station; leaders those of the area."""
        standing = standing_of(user)
        if standing.person_id is None:
            return self.none()
        led = Q(area_id__in=standing.areas_of(LEADERS)) | Q(unit_id__in=standing.units_of(("station_chief", "group_leader")))
        return self.filter(Q(owner_id=standing.person_id) | led)

    def open(self) -> Self:
        return self.filter(state=Task.State.OPEN)

    def from_origin(self, origin: models.Model) -> Self:
        kind = ContentType.objects.get_for_model(origin)
        return self.filter(origin_type=kind, origin_id=origin.pk)


class Task(Record):
    """One thing due. Its light is read from `due` when asked (common.lights); no job paints it."""

    class State(models.TextChoices):
        OPEN = "open", _("待办")
        DONE = "done", _("已办")
        DROPPED = "dropped", _("不再需要")

    area = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Person, verbose_name=_("责任人"), on_delete=models.PROTECT, related_name="tasks")
    kind = models.CharField(_("来源"), max_length=40)
    title = models.CharField(_("事项"), max_length=200)
    path = models.CharField(max_length=300)
    due = models.DateField(_("期限"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    origin_type = models.ForeignKey(ContentType, null=True, on_delete=models.PROTECT, related_name="+")
    origin_id = models.BigIntegerField(null=True)
    result = models.CharField(_("结果"), max_length=200, blank=True)
    settled_at = models.DateTimeField(_("办结时间"), null=True, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("待办")
        ordering = ["due", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "origin_type", "origin_id", "owner"], condition=Q(state="open"), name="worklist_task_open_once"
            )
        ]
        indexes = [models.Index(fields=["owner", "state", "due"]), models.Index(fields=["area", "state", "due"])]

    def __str__(self) -> str:
        return self.title
