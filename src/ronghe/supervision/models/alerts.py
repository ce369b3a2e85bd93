"""预警: rules as data on numbers that the product has, and alerts that each have an owner and an end (M10)."""

from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.models import AreaQuerySet, Person, Unit
from ronghe.org.standing import standing_of
from ronghe.supervision.kinds import READERS, UNIT_READERS
from ronghe.supervision.models.checks import SUPERVISORS


class AlertRule(Record):
    """预警规则: which number (`gauge`), what limit, who owns the alert. Kept by version numbers in the audit; an alert keeps its own words."""

    class Direction(models.TextChoices):
        OVER = "over", _("达到或超过")
        UNDER = "under", _("达到或低于")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    name = models.CharField(_("规则"), max_length=60)
    gauge = models.CharField(_("看什么数"), max_length=40)
    subject = models.CharField(_("对象"), max_length=60, blank=True)
    direction = models.CharField(_("条件"), max_length=6, choices=Direction, default=Direction.OVER)
    limit = models.DecimalField(_("限值"), max_digits=12, decimal_places=2)
    window = models.PositiveSmallIntegerField(_("看多久(天)"), default=90)
    owner_kind = models.CharField(_("谁来处置"), max_length=30, choices=SUPERVISORS)
    days = models.PositiveSmallIntegerField(_("处置期限(工作日)"), default=3)
    quiet_days = models.PositiveSmallIntegerField(_("处置后多少天内不重复"), default=30)
    basis = models.CharField(_("依据"), max_length=300)
    active = models.BooleanField(_("启用"), default=False)
    order = models.PositiveIntegerField(default=0)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("预警规则")
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["area", "code"], name="supervision_alert_rule_once")]

    def __str__(self) -> str:
        return self.name


class AlertQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The area's readers all, a unit's leaders their unit's, the owner the own."""
        standing = standing_of(user)
        if standing.person_id is None:
            return self.none()
        wide = Q(area_id__in=standing.areas_of(READERS)) | Q(unit_id__in=standing.units_of(UNIT_READERS))
        return self.filter(wide | Q(owner_id=standing.person_id), area_id__in=standing.readable_areas)


class Alert(Record):
    """One alert: what fired, where; it ends in a task, an item of 整改 or 督办, or a dismissal with a reason."""

    class State(models.TextChoices):
        OPEN = "open", _("待处置")
        TASKED = "tasked", _("已派任务")
        CURED = "cured", _("已转整改")
        FOLLOWED = "followed", _("已转督办")
        DISMISSED = "dismissed", _("不处置")

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey(AlertRule, verbose_name=_("规则"), on_delete=models.PROTECT, related_name="alerts")
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    title = models.CharField(_("预警"), max_length=120)
    text = models.CharField(_("为什么"), max_length=300)
    value = models.DecimalField(_("数值"), max_digits=14, decimal_places=2)
    limit = models.DecimalField(_("限值"), max_digits=12, decimal_places=2)
    url = models.CharField(max_length=300, blank=True)
    fired_on = models.DateField(_("触发日期"))
    last_on = models.DateField(_("最近一次"))
    due = models.DateField(_("处置期限"))
    owner = models.ForeignKey(Person, verbose_name=_("处置人"), on_delete=models.PROTECT, related_name="+")
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN, protected=True)
    ended_on = models.DateField(_("处置日期"), null=True, blank=True)
    ended_by = models.ForeignKey(Person, verbose_name=_("办理人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("处置说明"), max_length=300, blank=True)
    assignee = models.ForeignKey(Person, verbose_name=_("任务责任人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    task_due = models.DateField(_("任务期限"), null=True, blank=True)
    task_result = models.CharField(_("任务结果"), max_length=300, blank=True)
    outcome_type = models.ForeignKey(ContentType, null=True, on_delete=models.PROTECT, related_name="+")
    outcome_id = models.BigIntegerField(null=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("预警")
        ordering = ["state", "due", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "key"], condition=Q(state="open"), name="supervision_alert_open_once"),
            models.CheckConstraint(
                condition=Q(state="open", ended_on__isnull=True) | ~Q(state="open") & Q(ended_on__isnull=False, ended_by__isnull=False),
                name="supervision_alert_open_or_ended",
            ),
        ]
        indexes = [models.Index(fields=["area", "state", "due"]), models.Index(fields=["rule", "key"])]

    def __str__(self) -> str:
        return self.title

    @transition(field=state, source=State.OPEN, target=State.TASKED)
    def task(self) -> None:
        """Somebody gets a task."""

    @transition(field=state, source=State.OPEN, target=State.CURED)
    def cure(self) -> None:
        """It is an item of 整改 now."""

    @transition(field=state, source=State.OPEN, target=State.FOLLOWED)
    def follow(self) -> None:
        """It is on the board now."""

    @transition(field=state, source=State.OPEN, target=State.DISMISSED)
    def dismiss(self) -> None:
        """Nothing follows; the reason says why."""
