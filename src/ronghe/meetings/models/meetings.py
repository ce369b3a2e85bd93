"""会议: one meeting from plan to locked minutes, who belongs to it, and corrections beside the minutes."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.meetings.models.kinds import Kind
from ronghe.meetings.rules import order
from ronghe.org.kinds import LEADERS
from ronghe.org.models import PartyOrg, Person, Unit
from ronghe.org.standing import standing_of

# who reads every meeting of the area; who reads those of the own unit
READERS = (*LEADERS, "discipline_member")
UNIT_LEADERS = ("station_chief", "group_leader")


class MeetingQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The area's readers all of it; a unit's leaders their group's and station's; who belongs to a meeting, that meeting."""
        standing = standing_of(user)
        if standing.person_id is None:
            return self.none()
        me = standing.person_id
        invited = Exists(Attendee.objects.filter(meeting=OuterRef("pk"), person_id=me)) & ~Q(state=Meeting.State.PLANNED)
        mine = Q(presider_id=me) | Q(recorder_id=me) | invited
        small = Q(kind__body__in=(Kind.Body.GROUP, Kind.Body.UNIT), unit_id__in=standing.units_of(UNIT_LEADERS))
        return self.filter(Q(area_id__in=standing.areas_of(READERS)) | small | mine, area_id__in=standing.readable_areas)

    def held(self) -> Self:
        return self.filter(state__in=order.HELD)

    def ahead(self) -> Self:
        return self.filter(state__in=order.AHEAD)


class Meeting(Record):
    """会议. The presider leads it, the recorder writes; both confirm the minutes, which are locked by it."""

    class State(models.TextChoices):
        PLANNED = "planned", _("已计划")
        NOTICED = "noticed", _("已通知")
        OPEN = "open", _("进行中")
        CLOSED = "closed", _("待确认纪要")
        LOCKED = "locked", _("纪要已锁定")
        CANCELLED = "cancelled", _("已取消")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+")
    party_org = models.ForeignKey(PartyOrg, verbose_name=_("党组织"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(Kind, verbose_name=_("类别"), on_delete=models.PROTECT, related_name="meetings")
    kind_code = models.CharField(max_length=20, editable=False)
    title = models.CharField(_("名称"), max_length=120)
    number = models.PositiveSmallIntegerField(_("第几次"), default=0)
    held_on = models.DateField(_("开会日期"))
    held_at = models.TimeField(_("开会时间"), null=True, blank=True)
    place = models.CharField(_("地点"), max_length=60, blank=True)
    presider = models.ForeignKey(Person, verbose_name=_("主持人"), on_delete=models.PROTECT, related_name="+")
    recorder = models.ForeignKey(Person, verbose_name=_("记录人"), on_delete=models.PROTECT, related_name="+")
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.PLANNED, protected=True)
    noticed_at = models.DateTimeField(_("通知时间"), null=True, blank=True)
    short_notice = models.CharField(_("紧急召开的理由"), max_length=200, blank=True)
    opened_at = models.DateTimeField(_("开始时间"), null=True, blank=True)
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    minutes = models.TextField(_("会议纪要"), max_length=20000, blank=True)
    presider_confirmed_at = models.DateTimeField(_("主持人确认"), null=True, blank=True)
    recorder_confirmed_at = models.DateTimeField(_("记录人确认"), null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    cancel_reason = models.CharField(_("取消原因"), max_length=200, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("会议")
        ordering = ["-held_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(presider=F("recorder")), name="meetings_two_people"),
            models.CheckConstraint(
                condition=~Q(state="locked") | Q(presider_confirmed_at__isnull=False, recorder_confirmed_at__isnull=False),
                name="meetings_locked_by_two",
            ),
            models.UniqueConstraint(fields=["area", "title"], condition=Q(number__gt=0), name="meetings_title_once"),
        ]
        indexes = [models.Index(fields=["area", "state", "held_on"]), models.Index(fields=["unit", "kind_code", "held_on"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_ahead(self) -> bool:
        return self.state in order.AHEAD

    @property
    def is_held(self) -> bool:
        return self.state in order.HELD

    @transition(field=state, source=State.PLANNED, target=State.NOTICED)
    def notice(self) -> None:
        """The notice with agenda and materials is out."""

    @transition(field=state, source=State.NOTICED, target=State.PLANNED)
    def recall(self) -> None:
        """The notice is taken back: another day, another agenda."""

    @transition(field=state, source=State.NOTICED, target=State.OPEN)
    def open(self) -> None:
        """The meeting begins."""

    @transition(field=state, source=State.OPEN, target=State.CLOSED)
    def close(self) -> None:
        """The meeting is over; the minutes are drafted."""

    @transition(field=state, source=State.CLOSED, target=State.LOCKED)
    def lock(self) -> None:
        """Presider and recorder have confirmed."""

    @transition(field=state, source=[State.PLANNED, State.NOTICED], target=State.CANCELLED)
    def cancel(self) -> None:
        """It is not held."""


class PartQuerySet(VisibleQuerySet):
    """Rows of a meeting, as readable as the meeting."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(meeting__in=Meeting.objects.visible_to(user))


class Attendee(Record):
    """出席: who belongs to a meeting on its day, with or without a vote; whether they came."""

    class State(models.TextChoices):
        EXPECTED = "expected", _("应到")
        PRESENT = "present", _("出席")
        LEAVE = "leave", _("请假")
        ABSENT = "absent", _("缺席")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendees")
    person = models.ForeignKey(Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="+")
    votes = models.BooleanField(_("有表决权"), default=True)
    guest = models.BooleanField(_("列席"), default=False)
    state = models.CharField(_("出席情况"), max_length=10, choices=State, default=State.EXPECTED)
    reason = models.CharField(_("事由"), max_length=200, blank=True)
    place = models.PositiveSmallIntegerField(default=0)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("出席")
        ordering = ["guest", "place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="meetings_attendee_once"),
            models.CheckConstraint(condition=Q(guest=False) | Q(votes=False), name="meetings_guest_without_vote"),
        ]

    def __str__(self) -> str:
        return self.person.name


class Correction(models.Model):
    """更正: what is written beside locked minutes. The minutes themselves never change again."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="corrections")
    text = models.CharField(_("更正内容"), max_length=1000)
    by = models.ForeignKey(Person, verbose_name=_("登记人"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"))

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("更正")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]
