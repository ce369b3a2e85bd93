"""What a matter leaves behind: results of meetings, stops, what is carried out."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.models import Record
from ronghe.decisions.models.matters import Matter
from ronghe.decisions.models.steps import PartQuerySet, Step
from ronghe.decisions.rules import BODIES, Sitting
from ronghe.org.models import Person


class Outcome(Record):
    """会议结果: what a meeting resolved on a step, taken over from its record; or the urgent decision outside a meeting.

    `sitting` is the record as it was taken over; `meeting` and `item` lead to it.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="outcomes")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="outcomes")
    body = models.CharField(_("会议"), max_length=8, choices=list(BODIES.items()))
    urgent = models.BooleanField(_("紧急决定"), default=False)
    name = models.CharField(_("会议名称"), max_length=120)
    held_on = models.DateField(_("日期"))
    passed = models.BooleanField(_("通过"))
    resolution = models.TextField(_("决议"), max_length=2000, blank=True)
    because = models.CharField(_("说明"), max_length=600, blank=True)
    sitting: Any = models.JSONField(default=dict, editable=False)
    meeting = models.BigIntegerField(null=True, blank=True, editable=False)
    item = models.BigIntegerField(null=True, blank=True, editable=False)
    taken_by = models.ForeignKey(Person, verbose_name=_("登记人"), on_delete=models.PROTECT, related_name="+")

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("会议结果")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["item"], condition=Q(item__isnull=False), name="decisions_outcome_once")]

    def __str__(self) -> str:
        return self.name

    def read_sitting(self) -> Sitting | None:
        """Return the record as plain values; None for an urgent decision."""
        if not self.sitting:
            return None
        row: dict[str, Any] = dict(self.sitting)
        row["held_on"] = date.fromisoformat(row["held_on"])
        row["names"] = {int(pk): name for pk, name in row["names"].items()}
        plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
        return Sitting(**plain)


class Stop(Record):
    """警示叫停: a ground, a cure, a reconsideration, a resumption by another person."""

    class State(models.TextChoices):
        STOPPED = "stopped", _("待纠正")
        CURED = "cured", _("待复议")
        RECONSIDERED = "reconsidered", _("待恢复")
        RESUMED = "resumed", _("已恢复")
        ENDED = "ended", _("事项已撤回")

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="stops")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="stops")
    state = FSMField(_("状态"), max_length=14, choices=State.choices, default=State.STOPPED, protected=True)
    ground = models.CharField(_("叫停理由"), max_length=500)
    basis = models.CharField(_("依据"), max_length=300)
    stopped_by = models.ForeignKey(Person, verbose_name=_("叫停人"), on_delete=models.PROTECT, related_name="+")
    stopped_on = models.DateField(_("叫停日期"))
    target = models.ForeignKey(Person, verbose_name=_("被叫停步骤责任人"), on_delete=models.PROTECT, related_name="+")
    days_left = models.SmallIntegerField(_("叫停时剩余工作日"), default=0)
    cure = models.CharField(_("纠正情况"), max_length=1000, blank=True)
    cured_by = models.ForeignKey(Person, verbose_name=_("纠正人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cured_on = models.DateField(_("纠正日期"), null=True, blank=True)
    opinion = models.CharField(_("复议意见"), max_length=500, blank=True)
    reconsidered_by = models.ForeignKey(Person, verbose_name=_("复议人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reconsidered_on = models.DateField(_("复议日期"), null=True, blank=True)
    resumed_by = models.ForeignKey(Person, verbose_name=_("恢复人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    resumed_on = models.DateField(_("恢复日期"), null=True, blank=True)
    returns = models.PositiveSmallIntegerField(_("退回次数"), default=0)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("警示叫停")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(state__in=["stopped", "cured", "reconsidered"]), name="decisions_stop_live_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="resumed")
                | Q(resumed_by__isnull=False, cured_by__isnull=False)
                & ~Q(resumed_by=F("stopped_by"))
                & ~Q(resumed_by=F("target"))
                & ~Q(resumed_by=F("cured_by")),
                name="decisions_resumed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.ground[:60]

    @property
    def area_id(self) -> int:
        """Where it belongs, for predicates that ask any row."""
        return self.matter.area_id

    @transition(field=state, source=State.STOPPED, target=State.CURED)
    def report_cure(self) -> None:
        """What was wrong has been put right."""

    @transition(field=state, source=State.CURED, target=State.STOPPED)
    def send_back(self) -> None:
        """It has not."""

    @transition(field=state, source=State.CURED, target=State.RECONSIDERED)
    def accept(self) -> None:
        """It has; another person may let it go on."""

    @transition(field=state, source=State.RECONSIDERED, target=State.RESUMED)
    def resume(self) -> None:
        """The matter goes on."""

    @transition(field=state, source=[State.STOPPED, State.CURED, State.RECONSIDERED], target=State.ENDED)
    def end(self) -> None:
        """The matter was withdrawn."""


class Assignment(Record):
    """落实事项: what is carried out after the decision, by whom, until when."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="assignments")
    text = models.CharField(_("落实事项"), max_length=300)
    owner = models.ForeignKey(Person, verbose_name=_("责任人"), on_delete=models.PROTECT, related_name="+")
    due = models.DateField(_("期限"))
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    result = models.CharField(_("落实情况"), max_length=500, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("落实事项")
        ordering = ["due", "id"]

    def __str__(self) -> str:
        return self.text

    @property
    def area_id(self) -> int:
        """Where it belongs, for predicates that ask any row."""
        return self.matter.area_id
