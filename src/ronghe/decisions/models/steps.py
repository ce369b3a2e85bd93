"""步骤: what a matter goes through; one at a time is open."""

from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.drafts import Drafted
from ronghe.common.models import Record, VisibleQuerySet
from ronghe.decisions.models.matters import Matter
from ronghe.decisions.rules import MEETING_STEPS, PASSED, STEPS
from ronghe.meetings.models import Item
from ronghe.org.models import Person


class PartQuerySet(VisibleQuerySet):
    """Rows of a matter, as readable as the matter."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(matter__in=Matter.objects.visible_to(user))


class StepQuerySet(PartQuerySet):
    def visible_to(self, user: Any) -> Self:
        """With the matter; and by whoever reads the item of an agenda that brings the matter: they read its papers before they decide."""
        kind = ContentType.objects.get_for_model(Step)
        items = Item.objects.visible_to(user).filter(origin_type=kind, meeting__isnull=False)
        brought = Step.objects.filter(pk__in=items.values("origin_id")).values("matter_id")
        return self.filter(Q(matter__in=Matter.objects.visible_to(user)) | Q(matter_id__in=brought))


class Step(Drafted, Record):
    """One step: its form's values when it is complete, a draft until then. A meeting's step is prepared, then decided by the meeting."""

    class State(models.TextChoices):
        WAITING = "waiting", _("未到")
        OPEN = "open", _("办理中")
        DONE = "done", _("已完成")
        EXCEPTED = "excepted", _("例外")
        URGENT = "urgent", _("紧急决定待追认")
        VOID = "void", _("不再需要")

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(_("步骤"), max_length=10, choices=list(STEPS.items()))
    place = models.PositiveSmallIntegerField(_("次序"))
    days = models.PositiveSmallIntegerField(_("工作日"))
    form = models.CharField(_("表单"), max_length=30)
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.WAITING, protected=True)
    owner = models.ForeignKey(Person, verbose_name=_("责任人"), on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField(_("开始日期"), null=True, blank=True)
    due = models.DateField(_("期限"), null=True, blank=True)
    values: Any = models.JSONField(default=dict, blank=True, editable=False)
    prepared_on = models.DateField(_("材料备齐日期"), null=True, blank=True)
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    done_by = models.ForeignKey(Person, verbose_name=_("完成人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("说明"), max_length=400, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("决策步骤")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "kind"], name="decisions_step_once"),
            models.UniqueConstraint(fields=["matter"], condition=Q(state="open"), name="decisions_one_step_open"),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(opened_on__isnull=False, due__isnull=False), name="decisions_open_with_date"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PASSED) | Q(done_on__isnull=False, done_by__isnull=False), name="decisions_passed_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter.number} {self.get_kind_display()}"

    @property
    def area_id(self) -> int:
        """Where it belongs, for predicates that ask any row."""
        return self.matter.area_id

    @property
    def is_meeting(self) -> bool:
        return self.kind in MEETING_STEPS

    @property
    def body(self) -> str:
        """The body that decides a meeting's step."""
        return "branch" if self.kind == "front" else self.matter.decided_by

    @transition(field=state, source=State.WAITING, target=State.OPEN)
    def open(self) -> None:
        """All steps before it have passed."""

    @transition(field=state, source=State.OPEN, target=State.DONE)
    def finish(self) -> None:
        """Complete."""

    @transition(field=state, source=State.OPEN, target=State.EXCEPTED)
    def except_it(self) -> None:
        """An approved exception stands in for it."""

    @transition(field=state, source=[State.OPEN, State.WAITING], target=State.EXCEPTED)
    def pass_urgently(self) -> None:
        """It was passed over by an urgent decision, whose record says so."""

    @transition(field=state, source=[State.OPEN, State.WAITING], target=State.URGENT)
    def decide_urgently(self) -> None:
        """Decided outside a meeting; to be ratified."""

    @transition(field=state, source=State.URGENT, target=State.DONE)
    def ratify(self) -> None:
        """A meeting stands by it."""

    @transition(field=state, source=[State.WAITING, State.OPEN, State.URGENT], target=State.VOID)
    def void(self) -> None:
        """The matter has ended before it."""
