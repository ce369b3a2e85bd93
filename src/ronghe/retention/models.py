"""保存期限: rules in versions by two people, holds (暂停清除), and what each run removed: counts and days, no personal data."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.kinds import ADMINISTRATORS
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of


class Way(models.TextChoices):
    REMOVE = "remove", _("删除")
    EMPTY = "empty", _("清空内容,留下结果")
    ANONYMISE = "anonymise", _("去掉姓名或联系方式")
    ARCHIVE = "archive", _("移出数据库,归到文件")


class AdministratorQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The administrators: nothing here says anything of a person."""
        return self if standing_of(user).holds(ADMINISTRATORS) else self.none()


class Rule(Record):
    """How long a kind of record is kept in this deployment. `days` empty: for ever. Somebody else puts it in force."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待批准")
        IN_FORCE = "in_force", _("执行中")
        DECLINED = "declined", _("不批准")
        RETIRED = "retired", _("已被取代")

    kind = models.CharField(_("记录种类"), max_length=40)
    number = models.PositiveIntegerField(_("版次"))
    days = models.PositiveIntegerField(_("保存天数"), null=True, blank=True)
    basis = models.CharField(_("依据"), max_length=300)
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.PROPOSED, protected=True)
    preview = models.PositiveIntegerField(_("提出时会处理"), default=0)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("提出人"), on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField(_("提出日期"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("批准人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(_("批准日期"), null=True, blank=True)
    note = models.CharField(_("意见"), max_length=300, blank=True)

    objects = AdministratorQuerySet.as_manager()

    class Meta:
        verbose_name = _("保存期限规则")
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="retention_rule_number_once"),
            models.UniqueConstraint(
                fields=["kind", "state"], condition=Q(state__in=["proposed", "in_force"]), name="retention_rule_live_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(proposed_by=F("decided_by")), name="retention_rule_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} 第 {self.number} 版"

    @transition(field=state, source=State.PROPOSED, target=State.IN_FORCE)
    def put_in_force(self) -> None:
        """Another person agrees."""

    @transition(field=state, source=State.PROPOSED, target=State.DECLINED)
    def decline(self) -> None:
        """Another person does not."""

    @transition(field=state, source=State.IN_FORCE, target=State.RETIRED)
    def retire(self) -> None:
        """The next version is in force."""


class HoldQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The administrators: those of their areas, and those on everything."""
        standing = standing_of(user)
        if not standing.holds(ADMINISTRATORS):
            return self.none()
        return self.filter(Q(area=None) | Q(area_id__in=standing.areas_of(ADMINISTRATORS)))

    def live(self) -> Self:
        return self.filter(lifted_on=None)


class Hold(Record):
    """暂停清除: while it stands nothing of this kind (empty: of any) is removed, in this area (empty: anywhere)."""

    kind = models.CharField(_("记录种类"), max_length=40, blank=True)
    area = models.ForeignKey(Unit, verbose_name=_("管理区"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("事由"), max_length=300)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("设置人"), on_delete=models.PROTECT, related_name="+")
    placed_on = models.DateField(_("设置日期"))
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("解除人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_on = models.DateField(_("解除日期"), null=True, blank=True)
    lift_reason = models.CharField(_("解除理由"), max_length=300, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("暂停清除")
        ordering = [F("lifted_on").desc(nulls_first=True), "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True, lifted_by__isnull=True)
                | Q(lifted_on__isnull=False, lifted_by__isnull=False) & ~Q(lift_reason=""),
                name="retention_hold_lifted_with_reason",
            )
        ]

    def __str__(self) -> str:
        return self.reason[:60]


class Removal(models.Model):
    """清除记录: what one kind lost on one day by which rule. Counts and days only; each line's digest covers the one before."""

    kind = models.CharField(_("记录种类"), max_length=40)
    title = models.CharField(_("名称"), max_length=60)
    rule = models.PositiveIntegerField(_("规则版次"), default=0)  # 0: the pack's default
    days = models.PositiveIntegerField(_("保存天数"), null=True)
    basis = models.CharField(_("依据"), max_length=300, blank=True)
    way = models.CharField(_("处理方式"), max_length=10, choices=Way)
    day = models.DateField(_("日期"))
    before = models.DateTimeField(_("早于"))
    count = models.PositiveIntegerField(_("处理"), default=0)
    first = models.DateField(_("最早"), null=True)
    last = models.DateField(_("最晚"), null=True)
    held = models.PositiveIntegerField(_("暂停清除而留下"), default=0)
    left = models.PositiveIntegerField(_("留待下次"), default=0)
    started_at = models.DateTimeField(_("开始"))
    ended_at = models.DateTimeField(_("结束"), null=True)
    digest = models.CharField(_("摘要"), max_length=80, blank=True)

    objects = AdministratorQuerySet.as_manager()

    class Meta:
        verbose_name = _("清除记录")
        ordering = ["-id"]
        indexes = [models.Index(fields=["day"])]

    def __str__(self) -> str:
        return f"{self.day} {self.title}"
