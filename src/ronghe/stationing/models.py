"""包站, the week's plan, visits with what they found, and themes that several stations raise. No row here is ever deleted."""

from datetime import date
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.kinds import LEADERS
from ronghe.org.models import AreaQuerySet, Dated, Person, Unit
from ronghe.org.standing import standing_of

# posts whose holders read every visit of their area; everybody reads those of the own station
READERS = (*LEADERS, "discipline_member")


class CoverQuerySet(AreaQuerySet):
    """Who answers for which station is read by everybody who works in the area."""

    def on(self, day: date) -> Self:
        return self.filter(Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class Norm(Record):
    """驻站安排: how many days a week, and from how many stations on a problem counts as shared; with its basis."""

    area = models.OneToOneField(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    days_a_week = models.PositiveSmallIntegerField(
        _("每人每周带班天数"), default=1, validators=[MinValueValidator(1), MaxValueValidator(2)]
    )
    min_units = models.PositiveSmallIntegerField(
        _("几个班站反映算共性问题"), default=3, validators=[MinValueValidator(2), MaxValueValidator(20)]
    )
    decide_days = models.PositiveSmallIntegerField(
        _("问题几个工作日内要有去向"), default=3, validators=[MinValueValidator(1), MaxValueValidator(30)]
    )
    basis = models.CharField(_("依据"), max_length=300)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("驻站安排")


class Shift(Record):
    """倒班周期: on which days of a station's cycle a visit meets its crew."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    unit = models.OneToOneField(Unit, verbose_name=_("班站"), on_delete=models.PROTECT, related_name="+")
    anchor = models.DateField(_("周期第 1 天"))
    cycle = models.PositiveSmallIntegerField(_("周期天数"), validators=[MinValueValidator(1), MaxValueValidator(60)])
    places = models.JSONField(_("适合带班的天"), default=list)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("倒班周期")


class Cover(Dated, Record):
    """包站: which leader answers for which station, from when to when."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    leader = models.ForeignKey(Person, verbose_name=_("包站领导"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("班站"), on_delete=models.PROTECT, related_name="+")

    objects = CoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("包站")
        ordering = ["unit__order", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(valid_to=None), name="stationing_cover_once"),
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="stationing_cover_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.unit.name}:{self.leader.name}"


class PlanDay(Record):
    """带班日: a leader is to be at a station on a day. It ends with a visit, or with a reason why not."""

    class State(models.TextChoices):
        PLANNED = "planned", _("已安排")
        VISITED = "visited", _("已到站")
        OFF = "off", _("不去")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    leader = models.ForeignKey(Person, verbose_name=_("带班领导"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("班站"), on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("日期"))
    state = FSMField(_("状态"), max_length=8, choices=State.choices, default=State.PLANNED, protected=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("带班日")
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(fields=["leader", "day"], condition=~Q(state="off"), name="stationing_one_station_a_day"),
            models.CheckConstraint(condition=~Q(state="off") | ~Q(note=""), name="stationing_off_with_reason"),
        ]
        indexes = [models.Index(fields=["area", "day"])]

    def __str__(self) -> str:
        return f"{self.day} {self.unit.name} {self.leader.name}"

    @transition(field=state, source=State.PLANNED, target=State.VISITED)
    def visit(self) -> None:
        """A visit was written for it."""

    @transition(field=state, source=State.PLANNED, target=State.OFF)
    def call_off(self) -> None:
        """Not gone: leave, a duty elsewhere; with a reason."""


class SwapQuerySet(AreaQuerySet):
    """Swaps are read by the leaders of the area."""


class Swap(Record):
    """换班: a leader asks another to exchange two planned days; the other answers."""

    class State(models.TextChoices):
        ASKED = "asked", _("待答复")
        AGREED = "agreed", _("已换")
        DECLINED = "declined", _("未同意")

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    one = models.ForeignKey(PlanDay, on_delete=models.PROTECT, related_name="swaps_asked")
    other = models.ForeignKey(PlanDay, on_delete=models.PROTECT, related_name="swaps_got")
    asked_by = models.ForeignKey(Person, verbose_name=_("申请人"), on_delete=models.PROTECT, related_name="+")
    asked_of = models.ForeignKey(Person, verbose_name=_("换班对象"), on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("原因"), max_length=200)
    state = FSMField(_("状态"), max_length=8, choices=State.choices, default=State.ASKED, protected=True)

    objects = SwapQuerySet.as_manager()

    class Meta:
        verbose_name = _("换班")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["one"], condition=Q(state="asked"), name="stationing_swap_asked_once")]

    @transition(field=state, source=State.ASKED, target=State.AGREED)
    def agree(self) -> None:
        """The two days are exchanged."""

    @transition(field=state, source=State.ASKED, target=State.DECLINED)
    def decline(self) -> None:
        """They stay as they are."""


class StationQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The leaders and the 纪检小组 all of the area; everybody those of the own station."""
        standing = standing_of(user)
        units = standing.units_of(("station_chief", "group_leader", "reporter", "staff")) | {standing.unit_id or 0}
        return self.filter(Q(area_id__in=standing.areas_of(READERS)) | Q(unit_id__in=units), area_id__in=standing.readable_areas)


class Visit(Record):
    """带班记录: what a leader joined at a station on a day. No place, no picture, no time of arrival: what counts is what it found."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("班站"), on_delete=models.PROTECT, related_name="+")
    leader = models.ForeignKey(Person, verbose_name=_("带班领导"), on_delete=models.PROTECT, related_name="+")
    plan_day = models.OneToOneField(PlanDay, null=True, blank=True, on_delete=models.PROTECT, related_name="filed")
    day = models.DateField(_("日期"))
    joined = models.JSONField(_("参加了什么"), default=list)
    note = models.TextField(_("其他情况"), max_length=1000, blank=True)
    heard = models.PositiveSmallIntegerField(_("反映的关切(条)"), default=0)
    once = models.CharField(max_length=64, unique=True, editable=False)

    objects = StationQuerySet.as_manager()

    class Meta:
        verbose_name = _("带班记录")
        ordering = ["-day", "-id"]
        indexes = [models.Index(fields=["area", "day"]), models.Index(fields=["leader", "day"])]

    def __str__(self) -> str:
        return f"{self.day} {self.unit.name} 驻站带班"


class Theme(Record):
    """共性问题: what several stations raise alike, proposed by the likeness of its words, confirmed by a person, answered by a meeting."""

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("待上会")
        RESOLVED = "resolved", _("已议定")
        CLOSED = "closed", _("不上会")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("共性问题"), max_length=120)
    proposal = models.CharField(_("建议怎样解决"), max_length=500, blank=True)
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.CONFIRMED, protected=True)
    confirmed_by = models.ForeignKey(Person, verbose_name=_("确认人"), on_delete=models.PROTECT, related_name="+")
    confirmed_on = models.DateField(_("确认日期"))
    result = models.CharField(_("结果"), max_length=1000, blank=True)
    ended_on = models.DateField(_("办结日期"), null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("共性问题")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title

    @transition(field=state, source=State.CONFIRMED, target=State.RESOLVED)
    def resolve(self) -> None:
        """A meeting has decided on it."""

    @transition(field=state, source=State.CONFIRMED, target=State.CLOSED)
    def close(self) -> None:
        """It need not go before a meeting, for a reason."""


class Point(Record):
    """A problem or an idea that a visit brought home. A problem ends solved or with a reason, and the station sees which."""

    class Kind(models.TextChoices):
        PROBLEM = "problem", _("问题")
        IDEA = "idea", _("点子")

    class Side(models.TextChoices):
        BUSINESS = "business", _("业务")
        PARTY = "party", _("党建")

    class State(models.TextChoices):
        OPEN = "open", _("待定去向")
        SENT = "sent", _("办理中")
        SOLVED = "solved", _("已解决")
        ANSWERED = "answered", _("已答复")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("班站"), on_delete=models.PROTECT, related_name="+")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="points")
    leader = models.ForeignKey(Person, verbose_name=_("带班领导"), on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("类别"), max_length=8, choices=Kind)
    side = models.CharField(_("业务还是党建"), max_length=8, choices=Side, default=Side.BUSINESS)
    text = models.TextField(_("内容"), max_length=500)
    state = FSMField(_("状态"), max_length=8, choices=State.choices, default=State.OPEN, protected=True)
    found_on = models.DateField(_("发现日期"))
    due = models.DateField(_("何时要有去向"))
    on_the_spot = models.BooleanField(_("当场解决"), default=False)
    result = models.CharField(_("怎样解决的"), max_length=500, blank=True)
    ended_on = models.DateField(_("办结日期"), null=True, blank=True)
    theme = models.ForeignKey(Theme, verbose_name=_("共性问题"), null=True, blank=True, on_delete=models.PROTECT, related_name="points")
    apart = models.BooleanField(_("不作为共性问题"), default=False)

    objects = StationQuerySet.as_manager()

    class Meta:
        verbose_name = _("驻站问题")
        ordering = ["-found_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "sent"], ended_on=None) | Q(state__in=["solved", "answered"], ended_on__isnull=False),
                name="stationing_point_ended_with_date",
            ),
            models.CheckConstraint(condition=~Q(state="answered") | ~Q(result=""), name="stationing_point_answered_with_words"),
        ]
        indexes = [models.Index(fields=["area", "state", "due"]), models.Index(fields=["leader", "found_on"])]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_live(self) -> bool:
        return self.state in (self.State.OPEN, self.State.SENT)

    @transition(field=state, source=[State.OPEN, State.SENT], target=State.SENT)
    def send(self) -> None:
        """It is in 整改, 督办 or before a meeting now."""

    @transition(field=state, source=[State.OPEN, State.SENT], target=State.SOLVED)
    def solve(self) -> None:
        """Solved: on the spot, or by what it was sent to."""

    @transition(field=state, source=[State.OPEN, State.SENT], target=State.ANSWERED)
    def answer(self) -> None:
        """Nothing is to be done, for a reason that the station reads; or a meeting has answered what many raised."""
