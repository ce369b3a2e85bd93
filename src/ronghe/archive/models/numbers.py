"""收发文: registers by year whose numbers have no gap; what was registered is never taken out, at most void."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.kinds import LEADERS
from ronghe.org.models import AreaQuerySet, Person, Unit
from ronghe.org.standing import standing_of

READERS = (*LEADERS, "discipline_member")


class Register(Record):
    """登记簿: 收文 or 发文, with the 机关代字 that its numbers begin with."""

    class Direction(models.TextChoices):
        IN = "in", _("收文")
        OUT = "out", _("发文")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    direction = models.CharField(_("收文或发文"), max_length=3, choices=Direction)
    name = models.CharField(_("登记簿名称"), max_length=40)
    prefix = models.CharField(_("机关代字"), max_length=20)
    retired_on = models.DateField(_("停用日期"), null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("登记簿")
        ordering = ["direction", "id"]
        constraints = [models.UniqueConstraint(fields=["area", "direction", "prefix"], name="archive_prefix_once")]

    def __str__(self) -> str:
        return self.name


class Counter(models.Model):
    """The last number of a register's year; its row is the lock under which the next is given."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    objects = models.Manager()

    class Meta:
        verbose_name = _("文号")
        constraints = [models.UniqueConstraint(fields=["register", "year"], name="archive_counter_once")]

    def __str__(self) -> str:
        return f"{self.register_id} {self.year}"


class DispatchQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Leaders and 纪检 all of the area's; everybody what they registered or have to deal with."""
        standing = standing_of(user)
        if standing.person_id is None:
            return self.none()
        mine = Q(registered_by_id=standing.person_id) | Q(handler_id=standing.person_id)
        return self.filter(Q(area_id__in=standing.areas_of(READERS)) | mine, area_id__in=standing.readable_areas)


class Dispatch(Record):
    """收文 or 发文 under its number. With a handler and a day it waits until somebody says what became of it."""

    class State(models.TextChoices):
        REGISTERED = "registered", _("已登记")
        WAITING = "waiting", _("待办理")
        DONE = "done", _("已办结")
        VOID = "void", _("已作废")

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    register = models.ForeignKey(Register, verbose_name=_("登记簿"), on_delete=models.PROTECT, related_name="dispatches")
    year = models.PositiveSmallIntegerField(_("年度"))
    serial = models.PositiveIntegerField(_("序号"))
    number = models.CharField(_("文号"), max_length=60)
    title = models.CharField(_("标题"), max_length=200)
    day = models.DateField(_("收发日期"))
    other_side = models.CharField(_("来文单位或主送单位"), max_length=120)
    their_number = models.CharField(_("来文字号"), max_length=60, blank=True)
    handler = models.ForeignKey(Person, verbose_name=_("承办人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(_("办理期限"), null=True, blank=True)
    state = FSMField(_("状态"), max_length=12, choices=State.choices, default=State.REGISTERED, protected=True)
    result = models.CharField(_("办理结果"), max_length=500, blank=True)
    ended_on = models.DateField(_("办结日期"), null=True, blank=True)
    registered_by = models.ForeignKey(Person, verbose_name=_("登记人"), on_delete=models.PROTECT, related_name="+")

    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("收发文")
        ordering = ["-day", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["register", "year", "serial"], name="archive_serial_once"),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(handler__isnull=False, due__isnull=False), name="archive_waiting_has_handler"
            ),
            models.CheckConstraint(condition=~Q(state__in=["done", "void"]) | ~Q(result=""), name="archive_ended_with_result"),
        ]
        indexes = [models.Index(fields=["area", "day"])]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @transition(field=state, source=State.REGISTERED, target=State.WAITING)
    def expect(self) -> None:
        """Somebody has to deal with it."""

    @transition(field=state, source=State.WAITING, target=State.DONE)
    def finish(self) -> None:
        """It was dealt with."""

    @transition(field=state, source=[State.REGISTERED, State.WAITING], target=State.VOID)
    def make_void(self) -> None:
        """Registered by mistake: the number stays, and is not given again."""
