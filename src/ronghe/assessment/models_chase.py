"""追标方案 (M4): which figures a unit means to reach by when, from which month's result, by whom, and what became of it."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.goals.models import MEASURE
from ronghe.org.models import Person, Unit
from ronghe.org.standing import standing_of

TOTAL: dict[str, Any] = {"max_digits": 14, "decimal_places": 4, "null": True, "blank": True}


class ChaseQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """For all of the area, who see the marks that it starts from."""
        return self.filter(area_id__in=standing_of(user).readable_areas)

    def active(self) -> Self:
        return self.filter(state=Chase.State.ACTIVE)


class Chase(Record):
    """追标方案, one edition. A later edition for the same unit and month takes its place; both stay."""

    class State(models.TextChoices):
        ACTIVE = "active", _("追标中")
        REACHED = "reached", _("已达到")
        MISSED = "missed", _("未达到")
        REPLACED = "replaced", _("已有新版")
        DROPPED = "dropped", _("已撤销")

    class Aim(models.TextChoices):
        PLACE = "place", _("名次")
        TOTAL = "total", _("总分")
        FIGURES = "figures", _("各项数值")

    JUDGED = ("active", "reached", "missed")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="chases")
    run = models.ForeignKey("assessment.Run", verbose_name=_("依据的结果"), on_delete=models.PROTECT, related_name="chases")
    number = models.CharField(_("编号"), max_length=40)
    edition = models.PositiveIntegerField(_("版次"), default=1)
    replaces = models.OneToOneField(
        "self", verbose_name=_("取代"), null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.ACTIVE, protected=True)
    month = models.CharField(_("达到月份"), max_length=7)
    aim = models.CharField(_("目标"), max_length=10, choices=Aim)
    aim_place = models.PositiveIntegerField(_("目标名次"), null=True, blank=True)
    aim_total = models.DecimalField(_("目标总分"), **TOTAL)
    note = models.CharField(_("措施"), max_length=500, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("制定人"), on_delete=models.PROTECT, related_name="+")
    total_before = models.DecimalField(_("原总分"), **TOTAL)
    place_before = models.PositiveIntegerField(_("原名次"), null=True, blank=True)
    total_then = models.DecimalField(_("按方案总分"), **TOTAL)
    place_then = models.PositiveIntegerField(_("按方案名次"), null=True, blank=True)
    grade_then = models.CharField(_("按方案等级"), max_length=20, blank=True)
    judged_by = models.ForeignKey(
        "assessment.Run", verbose_name=_("对照的结果"), null=True, blank=True, on_delete=models.PROTECT, related_name="judged_chases"
    )
    total_came = models.DecimalField(_("实际总分"), **TOTAL)
    place_came = models.PositiveIntegerField(_("实际名次"), null=True, blank=True)
    ended_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    end_note = models.CharField(_("结果说明"), max_length=300, blank=True)

    objects = ChaseQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("追标方案")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "number", "edition"], name="assessment_chase_edition_once"),
            models.UniqueConstraint(fields=["unit", "month"], condition=Q(state="active"), name="assessment_chase_active_once"),
            models.CheckConstraint(
                condition=Q(state="active", ended_at__isnull=True) | (~Q(state="active") & Q(ended_at__isnull=False)),
                name="assessment_chase_end",
            ),
        ]
        indexes = [models.Index(fields=["area", "month", "state"])]

    def __str__(self) -> str:
        return f"{self.number} 第{self.edition}版"

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE

    @transition(field=state, source=JUDGED, target=State.REACHED)
    def reach(self) -> None:
        """The month's result is there, and the aim with it."""

    @transition(field=state, source=JUDGED, target=State.MISSED)
    def miss(self) -> None:
        """The month's result is there without the aim."""

    @transition(field=state, source=State.ACTIVE, target=State.REPLACED)
    def give_way(self) -> None:
        """A later edition takes its place."""

    @transition(field=state, source=State.ACTIVE, target=State.DROPPED)
    def drop(self) -> None:
        """Given up, with its reason."""


class ChaseStep(models.Model):
    """One figure of a 追标方案: from where to where, who sees to it, and what came."""

    chase = models.ForeignKey(Chase, on_delete=models.PROTECT, related_name="steps")
    order = models.PositiveIntegerField(default=0)
    indicator = models.CharField(_("指标编码"), max_length=60)
    name = models.CharField(_("指标"), max_length=100)
    unit_text = models.CharField(_("计量单位"), max_length=20, blank=True)
    ratio = models.CharField(
        _("比的是什么"), max_length=12, blank=True
    )  # attainment, deviation, growth, difference; empty: the figure itself
    before = models.DecimalField(_("本月实际"), **MEASURE)
    wanted = models.DecimalField(_("需达到"), **MEASURE)
    x_wanted = models.DecimalField(max_digits=38, decimal_places=6, null=True, blank=True)
    change = models.DecimalField(_("相对变化"), max_digits=18, decimal_places=6, default=0)
    mark_before = models.DecimalField(_("原得分"), **TOTAL)
    mark_then = models.DecimalField(_("按方案得分"), **TOTAL)
    owner = models.ForeignKey(Person, verbose_name=_("责任人"), on_delete=models.PROTECT, related_name="+")
    came = models.DecimalField(_("实际达到"), **MEASURE)
    mark_came = models.DecimalField(_("实际得分"), **TOTAL)
    reached = models.BooleanField(_("达到"), null=True)

    class Meta:
        verbose_name = _("追标项")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["chase", "indicator"], name="assessment_chase_step_once")]

    def __str__(self) -> str:
        return self.name
