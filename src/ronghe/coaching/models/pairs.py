"""抓两头带中间: a weak unit beside a strong one in one indicator; agreed by both, with visits, what was taken over, and tasks."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.models import AreaQuerySet, Person, Unit


class Pair(Record):
    """结对. Everybody of the area reads it: units help units, no person is judged."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待双方同意")
        RUNNING = "running", _("结对中")
        ENDED = "ended", _("已结束")
        DECLINED = "declined", _("未结成")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    weak = models.ForeignKey(Unit, verbose_name=_("学习单位"), on_delete=models.PROTECT, related_name="+")
    strong = models.ForeignKey(Unit, verbose_name=_("传授单位"), on_delete=models.PROTECT, related_name="+")
    indicator = models.CharField(_("指标"), max_length=60)
    indicator_name = models.CharField(_("学什么"), max_length=100)
    track = models.CharField(_("赛道"), max_length=40)
    period = models.CharField(_("依据哪个月"), max_length=7)
    why = models.CharField(_("为什么"), max_length=300)
    target = models.CharField(_("达到什么程度"), max_length=300)
    proposed_by = models.ForeignKey(Person, verbose_name=_("提出人"), on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField(_("提出日期"))
    ends_on = models.DateField(_("到期"))
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.PROPOSED, protected=True)
    weak_agreed = models.ForeignKey(Person, verbose_name=_("学习方同意"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    strong_agreed = models.ForeignKey(
        Person, verbose_name=_("传授方同意"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    started_on = models.DateField(_("开始"), null=True, blank=True)
    ended_on = models.DateField(_("结束"), null=True, blank=True)
    ending = models.CharField(_("总结"), max_length=500, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("结对")
        ordering = ["-proposed_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(weak=F("strong")), name="coaching_pair_of_two"),
            models.UniqueConstraint(
                fields=["weak", "indicator"], condition=Q(state__in=["proposed", "running"]), name="coaching_pair_live_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(weak_agreed__isnull=False, strong_agreed__isnull=False, started_on__isnull=False),
                name="coaching_pair_agreed_by_both",
            ),
        ]
        indexes = [models.Index(fields=["area", "state"])]

    def __str__(self) -> str:
        return f"{self.weak.name}向{self.strong.name}学{self.indicator_name}"

    @property
    def is_live(self) -> bool:
        return self.state in (self.State.PROPOSED, self.State.RUNNING)

    @transition(field=state, source=State.PROPOSED, target=State.RUNNING)
    def start(self) -> None:
        """Both agreed."""

    @transition(field=state, source=State.PROPOSED, target=State.DECLINED)
    def decline(self) -> None:
        """One of the two does not want it, and says why."""

    @transition(field=state, source=State.RUNNING, target=State.ENDED)
    def end(self) -> None:
        """It has run; what came of it is written down."""


class PairPartQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(pair__in=Pair.objects.visible_to(user))


class Visit(Record):
    """观摩: what was seen, and what is taken over."""

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="visits")
    day = models.DateField(_("日期"))
    seen = models.CharField(_("看了什么"), max_length=500)
    taken = models.CharField(_("带回什么做法"), max_length=500, blank=True)
    by = models.ForeignKey(Person, verbose_name=_("记录人"), on_delete=models.PROTECT, related_name="+")

    objects = PairPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("观摩")
        ordering = ["day", "id"]

    def __str__(self) -> str:
        return f"{self.pair} {self.day}"


class PairTask(Record):
    """结对任务: something taken over is put to use by somebody until a day."""

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="tasks")
    text = models.CharField(_("做什么"), max_length=200)
    owner = models.ForeignKey(Person, verbose_name=_("责任人"), on_delete=models.PROTECT, related_name="+")
    due = models.DateField(_("期限"))
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    result = models.CharField(_("结果"), max_length=300, blank=True)

    objects = PairPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("结对任务")
        ordering = ["due", "id"]

    def __str__(self) -> str:
        return self.text

    @property
    def area_id(self) -> int:
        return self.pair.area_id
