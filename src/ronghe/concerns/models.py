"""关切 and its readings, promises, and that a 谈心谈话 took place. What was said is dropped when its term is over; the outcome stays."""

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.kinds import LEADERS
from ronghe.org.models import AreaQuerySet, Person, Unit
from ronghe.org.standing import standing_of


class Norm(Record):
    """关切期限: working days for an answer, days until what was said is dropped; with their basis."""

    area = models.OneToOneField(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    answer_days = models.PositiveSmallIntegerField(
        _("几个工作日内答复"), default=7, validators=[MinValueValidator(1), MaxValueValidator(30)]
    )
    keep_days = models.PositiveSmallIntegerField(
        _("答复后几天清除内容"), default=90, validators=[MinValueValidator(7), MaxValueValidator(365)]
    )
    basis = models.CharField(_("依据"), max_length=300)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("关切期限")


class ConcernQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Whoever has to answer it now, and whoever raised it by name. Nobody else, whatever the post."""
        me = standing_of(user).person_id
        if me is None:
            return self.none()
        own = Q(raised_by_id=me) | Q(holder_id=me) | Q(answered_by_id=me)
        return self.filter(own, area_id__in=standing_of(user).readable_areas)


class Concern(models.Model):
    """关切: a condition that somebody raises. Without `raised_by` only the digest of a code, which its raiser has, leads to it.

    It keeps days, no moments: an hour would say who was signed in.
    """

    class Topic(models.TextChoices):
        WORK = "work", _("工作安排")
        LIFE = "life", _("生活后勤")
        SAFETY = "safety", _("安全环保")
        PAY = "pay", _("薪酬待遇")
        TRAINING = "training", _("培训成长")
        OTHER = "other", _("其他")

    class Way(models.TextChoices):
        SELF = "self", _("本人")
        DELEGATE = "delegate", _("代表反映")
        VISIT = "visit", _("领导带班时听到")

    class State(models.TextChoices):
        OPEN = "open", _("待答复")
        ANSWERED = "answered", _("已答复")
        CLOSED = "closed", _("已了结")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(_("关于什么"), max_length=10, choices=Topic)
    way = models.CharField(_("怎样反映的"), max_length=8, choices=Way, default=Way.SELF)
    text = models.TextField(_("内容"), max_length=1000, blank=True)
    raised_by = models.ForeignKey(Person, verbose_name=_("反映人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=64, unique=True, editable=False)
    raised_on = models.DateField(_("反映日期"))
    holder = models.ForeignKey(Person, verbose_name=_("答复人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(_("答复期限"))
    first_due = models.DateField(_("最初的答复期限"))
    state = FSMField(_("状态"), max_length=8, choices=State.choices, default=State.OPEN, protected=True)
    round = models.PositiveSmallIntegerField(_("第几次答复"), default=1)
    answer = models.TextField(_("答复"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    reply = models.TextField(_("反映人的话"), max_length=500, blank=True)
    settled = models.BooleanField(_("反映人认可"), null=True, blank=True)
    ended_on = models.DateField(_("了结日期"), null=True, blank=True)
    emptied_on = models.DateField(_("内容清除日期"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        verbose_name = _("关切")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(emptied_on=None) | Q(text="", answer="", reply="", raised_by=None), name="concerns_emptied_is_empty"
            ),
            models.CheckConstraint(condition=~Q(raised_by=F("holder")) | Q(holder=None), name="concerns_answered_by_another"),
            models.CheckConstraint(
                condition=Q(state="open", holder__isnull=False, ended_on=None) | ~Q(state="open"), name="concerns_open_is_held"
            ),
        ]
        indexes = [models.Index(fields=["area", "state", "due"]), models.Index(fields=["holder", "state"])]

    def __str__(self) -> str:
        return "一件关切"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.version += 1
        super().save(*args, **kwargs)

    @transition(field=state, source=State.OPEN, target=State.ANSWERED)
    def give_answer(self) -> None:
        """Somebody answers."""

    @transition(field=state, source=State.ANSWERED, target=State.OPEN)
    def come_back(self) -> None:
        """The raiser is not content: once, and it goes a level up."""

    @transition(field=state, source=State.ANSWERED, target=State.CLOSED)
    def close(self) -> None:
        """The raiser agrees, or does not speak any more."""


class PartQuerySet(VisibleQuerySet):
    """Rows of a concern, as readable as the concern."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(concern__in=Concern.objects.visible_to(user))


class Reading(models.Model):
    """查看: who opened a concern on which day; the raiser sees it."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="readings")
    reader = models.ForeignKey(Person, verbose_name=_("查看人"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"))

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("查看记录")
        ordering = ["id"]


class PromiseQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Whoever promised, and to whom it was promised by name."""
        me = standing_of(user).person_id
        if me is None:
            return self.none()
        return self.filter(
            Q(owner_id=me) | Q(concern__raised_by_id=me) | Q(talk__other_id=me), area_id__in=standing_of(user).readable_areas
        )


class TalkQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The two who talked. The heads learn numbers, not rows."""
        me = standing_of(user).person_id
        if me is None:
            return self.none()
        return self.filter(Q(host_id=me) | Q(other_id=me), area_id__in=standing_of(user).readable_areas)


class Talk(Record):
    """谈心谈话: that it took place, between whom, on which day. Its content has no place here."""

    class State(models.TextChoices):
        NOTED = "noted", _("待对方确认")
        CONFIRMED = "confirmed", _("双方确认")
        DENIED = "denied", _("对方说没有谈")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey(Person, verbose_name=_("谈话人"), on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, verbose_name=_("和谁谈"), on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("日期"))
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.NOTED, protected=True)

    objects = TalkQuerySet.as_manager()

    class Meta:
        verbose_name = _("谈心谈话")
        ordering = ["-day", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(host=F("other")), name="concerns_talk_of_two"),
            models.UniqueConstraint(fields=["host", "other", "day"], name="concerns_talk_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} 谈心谈话"

    @transition(field=state, source=State.NOTED, target=State.CONFIRMED)
    def confirm(self) -> None:
        """The other says so too."""

    @transition(field=state, source=State.NOTED, target=State.DENIED)
    def deny(self) -> None:
        """The other says that there was none."""


class Promise(Record):
    """承诺: what somebody promised to do by when, in an answer or in a talk; kept or not, with words."""

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Person, verbose_name=_("承诺人"), on_delete=models.PROTECT, related_name="+")
    concern = models.ForeignKey(Concern, null=True, blank=True, on_delete=models.PROTECT, related_name="promises")
    talk = models.ForeignKey(Talk, null=True, blank=True, on_delete=models.PROTECT, related_name="promises")
    text = models.CharField(_("承诺办什么"), max_length=200, blank=True)
    due = models.DateField(_("期限"))
    done_on = models.DateField(_("兑现日期"), null=True, blank=True)
    result = models.CharField(_("怎样兑现的"), max_length=200, blank=True)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = _("承诺")
        ordering = ["due", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(concern__isnull=False, talk=None) | Q(concern=None, talk__isnull=False), name="concerns_promise_of_one"
            )
        ]

    def __str__(self) -> str:
        return "一项承诺"


TALKERS = (*LEADERS, "station_chief", "group_leader")
