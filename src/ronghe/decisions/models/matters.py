"""决策事项: a matter from registration to its end. An exception to a step is a matter of its own."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.decisions.models.lists import DecisionList, Rule
from ronghe.decisions.rules import BODIES, CATEGORIES, ENDED, LIVE
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Person, Unit
from ronghe.org.standing import standing_of

# who reads every matter of the area; who reads what their unit proposed
READERS = (*LEADERS, "discipline_member")
UNIT_READERS = ("station_chief", "group_leader")


class NumberRange(models.Model):
    """The last number given in a year; its row is the lock under which matters are registered, so that two halves of a sum see each other."""

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "year"], name="decisions_range_once")]


class MatterQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The area's readers all; a unit's leaders what it proposed, personnel matters not; who has a part in it, that matter."""
        from ronghe.decisions.models.records import Assignment  # noqa: PLC0415  (these point here)
        from ronghe.decisions.models.steps import Step  # noqa: PLC0415

        standing = standing_of(user)
        if standing.person_id is None:
            return self.none()
        me = standing.person_id
        part = Exists(Step.objects.filter(matter=OuterRef("pk"), owner_id=me))
        doing = Exists(Assignment.objects.filter(matter=OuterRef("pk"), owner_id=me))
        mine = Q(owner_id=me) | Q(registered_by_id=me) | Q(holder_id=me) | part | doing
        unit = Q(unit_id__in=standing.units_of(UNIT_READERS)) & ~Q(category="personnel")
        wide = Q(area_id__in=standing.areas_of(READERS))
        return self.filter(wide | unit | mine, area_id__in=standing.readable_areas)

    def live(self) -> Self:
        return self.filter(state__in=LIVE)


class Matter(Record):
    """决策事项. Whoever has the next step is `holder`, by `step_due`: a live matter has both, an ended one neither."""

    class State(models.TextChoices):
        RUNNING = "running", _("办理中")
        STOPPED = "stopped", _("已叫停")
        CLOSED = "closed", _("已闭环")
        REJECTED = "rejected", _("未通过")
        WITHDRAWN = "withdrawn", _("已撤回")

    class Kind(models.TextChoices):
        NORMAL = "normal", _("清单事项")
        EXCEPTION = "exception", _("例外")
        RECORD = "record", _("限额以下备案")

    class SplitState(models.TextChoices):
        NONE = "", _("没有提示")
        FLAGGED = "flagged", _("疑似拆分")
        CLEARED = "cleared", _("已核实不是拆分")
        CONFIRMED = "confirmed", _("认定为拆分")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("提出单位"), on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("编号"), max_length=20)
    kind = models.CharField(_("种类"), max_length=10, choices=Kind, default=Kind.NORMAL)
    excepts = models.ForeignKey(
        "decisions.Step", verbose_name=_("例外的步骤"), null=True, blank=True, on_delete=models.PROTECT, related_name="exceptions"
    )
    edition = models.ForeignKey(DecisionList, verbose_name=_("清单版本"), on_delete=models.PROTECT, related_name="matters")
    rule = models.ForeignKey(Rule, verbose_name=_("清单事项"), null=True, blank=True, on_delete=models.PROTECT, related_name="matters")
    title = models.CharField(_("事项名称"), max_length=100)
    text = models.TextField(_("事项说明"), max_length=2000, blank=True)
    category = models.CharField(_("三重一大分类"), max_length=10, choices=list(CATEGORIES.items()))
    amount = models.DecimalField(_("金额(万元)"), max_digits=12, decimal_places=2, null=True, blank=True)
    scope = models.CharField(_("范围"), max_length=200, blank=True)
    keywords: Any = models.JSONField(_("关键词"), default=list, blank=True)
    counterparty = models.CharField(_("对方单位"), max_length=100, blank=True)
    field = models.CharField(_("主责业务"), max_length=30, blank=True)
    decided_by = models.CharField(_("由谁决定"), max_length=8, choices=list(BODIES.items()))
    caught: Any = models.JSONField(_("清单命中"), default=list, editable=False)
    split_state = models.CharField(_("拆分"), max_length=10, choices=SplitState, default=SplitState.NONE, blank=True)
    split_why = models.CharField(_("拆分提示"), max_length=400, blank=True)
    split_note = models.CharField(_("核实意见"), max_length=400, blank=True)
    owner = models.ForeignKey(Person, verbose_name=_("责任人"), on_delete=models.PROTECT, related_name="+")
    registered_by = models.ForeignKey(Person, verbose_name=_("登记人"), on_delete=models.PROTECT, related_name="+")
    registered_on = models.DateField(_("登记日期"))
    interested = models.ManyToManyField(Person, verbose_name=_("应回避的人"), related_name="+", blank=True)
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.RUNNING, protected=True)
    holder = models.ForeignKey(Person, verbose_name=_("现由"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    step_due = models.DateField(_("本步期限"), null=True, blank=True)
    unratified = models.BooleanField(_("紧急决定待追认"), default=False)
    ended_on = models.DateField(_("办结日期"), null=True, blank=True)
    end_note = models.CharField(_("办结说明"), max_length=400, blank=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = _("决策事项")
        ordering = [F("step_due").asc(nulls_last=True), "-id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "number"], name="decisions_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=LIVE, holder__isnull=False, step_due__isnull=False, ended_on__isnull=True)
                | Q(state__in=ENDED, holder__isnull=True, step_due__isnull=True, ended_on__isnull=False),
                name="decisions_held_or_ended",
            ),
            models.CheckConstraint(
                condition=Q(kind="normal", rule__isnull=False, excepts__isnull=True)
                | Q(kind="exception", excepts__isnull=False)
                | Q(kind="record", state="closed", excepts__isnull=True),
                name="decisions_by_rule_or_exception",
            ),
            models.CheckConstraint(condition=~Q(state="closed", unratified=True), name="decisions_closed_ratified"),
        ]
        indexes = [models.Index(fields=["area", "state", "step_due"]), models.Index(fields=["holder", "step_due"])]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def is_exception(self) -> bool:
        return self.kind == self.Kind.EXCEPTION

    @transition(field=state, source=State.RUNNING, target=State.STOPPED)
    def stop(self) -> None:
        """警示叫停: nothing of it goes on."""

    @transition(field=state, source=State.STOPPED, target=State.RUNNING)
    def resume(self) -> None:
        """It goes on where it stood."""

    @transition(field=state, source=State.RUNNING, target=State.CLOSED)
    def close(self) -> None:
        """Every step has passed."""

    @transition(field=state, source=State.RUNNING, target=State.REJECTED)
    def reject(self) -> None:
        """A meeting did not carry it, or refused to ratify it."""

    @transition(field=state, source=list(LIVE), target=State.WITHDRAWN)
    def withdraw(self) -> None:
        """Taken back before it was decided."""
