"""周督办: items that are carried from week to week until they are done, what was said each week, dates moved, levels risen (M9)."""

from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.models import AreaQuerySet, Person, Unit
from ronghe.org.standing import standing_of
from ronghe.supervision.kinds import BOARD_SOURCES, READERS, UNIT_READERS
from ronghe.supervision.rules.boards import ENDED, LIVE


class BoardNumbers(models.Model):
    """The last number given in a year; its row is the lock under which items are opened."""

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "year"], name="supervision_numbers_once")]


class BoardItemQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The area's readers all of it, a station's leaders their own, each person what they answer for."""
        standing = standing_of(user)
        if standing.person_id is None:
            return self.none()
        me = standing.person_id
        mine = Q(owner_id=me) | Q(supervisor_id=me) | Q(raised_to_id=me)
        wide = Q(area_id__in=standing.areas_of(READERS)) | Q(unit_id__in=standing.units_of(UNIT_READERS))
        return self.filter(wide | mine, area_id__in=standing.readable_areas)

    def live(self) -> Self:
        return self.filter(state__in=LIVE)


class BoardItem(Record):
    """督办事项. Its owner reports a line each week; another person confirms that it is done."""

    class State(models.TextChoices):
        RUNNING = "running", _("督办中")
        CLAIMED = "claimed", _("待确认")
        DONE = "done", _("已办结")
        DROPPED = "dropped", _("已撤销")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("责任单位"), on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("编号"), max_length=20)
    title = models.CharField(_("事项"), max_length=120)
    demand = models.TextField(_("办到什么程度"), max_length=1000)
    source = models.CharField(_("来源"), max_length=12, choices=BOARD_SOURCES)
    origin_type = models.ForeignKey(ContentType, null=True, on_delete=models.PROTECT, related_name="+")
    origin_id = models.BigIntegerField(null=True)
    origin_name = models.CharField(_("出处"), max_length=200, blank=True)
    owner = models.ForeignKey(Person, verbose_name=_("责任人"), on_delete=models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(Person, verbose_name=_("督办人"), on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(Person, verbose_name=_("提出人"), on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField(_("列入日期"))
    due = models.DateField(_("期限"))
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.RUNNING, protected=True)
    level = models.PositiveSmallIntegerField(_("升级"), default=0)
    raised_to = models.ForeignKey(Person, verbose_name=_("升级到"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    raised_on = models.DateField(_("升级日期"), null=True, blank=True)
    ended_on = models.DateField(_("办结日期"), null=True, blank=True)
    ended_by = models.ForeignKey(Person, verbose_name=_("确认人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(_("办理结果"), max_length=500, blank=True)

    objects = BoardItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("督办事项")
        ordering = ["due", "id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "number"], name="supervision_board_number_once"),
            models.UniqueConstraint(
                fields=["origin_type", "origin_id", "owner"],
                condition=Q(state__in=LIVE, origin_id__isnull=False),
                name="supervision_board_origin_once",
            ),
            models.CheckConstraint(condition=~Q(owner=F("supervisor")), name="supervision_board_two_people"),
            models.CheckConstraint(
                condition=Q(state__in=LIVE, ended_on__isnull=True) | Q(state__in=ENDED, ended_on__isnull=False, ended_by__isnull=False),
                name="supervision_board_live_or_ended",
            ),
        ]
        indexes = [models.Index(fields=["area", "state", "due"]), models.Index(fields=["owner", "state"])]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @transition(field=state, source=State.RUNNING, target=State.CLAIMED)
    def claim(self) -> None:
        """The owner says that it is done."""

    @transition(field=state, source=State.CLAIMED, target=State.RUNNING)
    def send_back(self) -> None:
        """It is not."""

    @transition(field=state, source=State.CLAIMED, target=State.DONE)
    def confirm(self) -> None:
        """Another person agrees."""

    @transition(field=state, source=list(LIVE), target=State.DROPPED)
    def drop(self) -> None:
        """It is no longer wanted; the reason stays."""


class PartQuerySet(VisibleQuerySet):
    """Rows of an item, as readable as the item."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(item__in=BoardItem.objects.visible_to(user))


class BoardReport(models.Model):
    """What was said in a week: by the owner how it goes, by whoever supervises what is thought of it."""

    class Voice(models.TextChoices):
        OWNER = "owner", _("进展")
        SUPERVISOR = "supervisor", _("督办意见")

    item = models.ForeignKey(BoardItem, on_delete=models.PROTECT, related_name="reports")
    week = models.DateField(_("周"))
    voice = models.CharField(max_length=12, choices=Voice)
    text = models.CharField(_("内容"), max_length=300)
    claims = models.BooleanField(_("称已办结"), default=False)
    by = models.ForeignKey(Person, verbose_name=_("汇报人"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"))

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("督办汇报")
        ordering = ["id"]
        indexes = [models.Index(fields=["item", "week"])]


class BoardMove(models.Model):
    """A date moved: both dates, and why."""

    item = models.ForeignKey(BoardItem, on_delete=models.PROTECT, related_name="moves")
    old_due = models.DateField(_("原期限"))
    new_due = models.DateField(_("新期限"))
    reason = models.CharField(_("理由"), max_length=300)
    by = models.ForeignKey(Person, verbose_name=_("调整人"), on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("日期"))
    at = models.DateTimeField(_("时间"))

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("督办期限调整")
        ordering = ["id"]


class BoardWeek(Record):
    """One week of an area's board: the tasks to report come from it, and its note stands on the week's sheet."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    week = models.DateField(_("周"))
    note = models.CharField(_("本周督办要求"), max_length=500, blank=True)
    note_by = models.ForeignKey(Person, verbose_name=_("填写人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("督办周")
        ordering = ["-week", "id"]
        constraints = [models.UniqueConstraint(fields=["area", "week"], name="supervision_week_once")]

    def __str__(self) -> str:
        return str(_("%(day)s 起的一周") % {"day": self.week})
