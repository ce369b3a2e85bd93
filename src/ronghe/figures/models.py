"""月度填报: a period that opens and closes by dates; batches that are submitted, confirmed or returned; figures in force."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.calendar import today
from ronghe.common.models import Record, VisibleQuerySet
from ronghe.goals.models import MEASURE, Indicator
from ronghe.org.kinds import LEADERS
from ronghe.org.models import AreaQuerySet, Unit
from ronghe.org.standing import standing_of

# posts whose holders read every figure of their area before it is published
READERS = (*LEADERS, "indicator_admin", "reviewer", "discipline_member")


class ReportingPeriod(Record):
    """填报期: which month is asked, from when, by when, until when."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="reporting_periods")
    period = models.CharField(_("月份"), max_length=7)
    opens_on = models.DateField(_("开放日"))
    due_on = models.DateField(_("截止日"))
    closes_on = models.DateField(_("关闭日"))
    asked_at = models.DateTimeField(_("下发时间"), null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("填报期")
        ordering = ["-period"]
        constraints = [
            models.UniqueConstraint(fields=["area", "period"], name="figures_period_once"),
            models.CheckConstraint(
                condition=Q(opens_on__lte=models.F("due_on"), due_on__lte=models.F("closes_on")), name="figures_period_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period[:4]}年{int(self.period[5:])}月"

    def is_open(self, day: date | None = None) -> bool:
        """Tell whether figures are taken on the day (default: today)."""
        return self.opens_on <= (day or today()) <= self.closes_on


class UnitReadQuerySet(VisibleQuerySet):
    """Rows with area and unit: all for the area's readers; otherwise those of one's own units."""

    def visible_to(self, user: Any) -> Self:
        standing = standing_of(user)
        own = standing.units_of(("reporter", "station_chief", "group_leader"))
        return self.filter(Q(area_id__in=standing.areas_of(READERS)) | Q(unit_id__in=own, area_id__in=standing.readable_areas))


class Demand(Record):
    """填报要求: one unit is asked for its figures in one period. What the reporters' tasks come from; urging is noted here."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("填报单位"), on_delete=models.PROTECT, related_name="demands")
    period = models.ForeignKey(ReportingPeriod, verbose_name=_("填报期"), on_delete=models.PROTECT, related_name="demands")
    asked = models.PositiveIntegerField(_("应报"), default=0, help_text=_("下发时算出的格数,工作台用;每天核对"))
    urged_at = models.DateTimeField(_("最近催报"), null=True, blank=True)

    objects = UnitReadQuerySet.as_manager()

    class Meta:
        verbose_name = _("填报要求")
        ordering = ["unit__order", "unit__code"]
        constraints = [models.UniqueConstraint(fields=["period", "unit"], name="figures_demand_once")]

    def __str__(self) -> str:
        return f"{self.unit} {self.period}"


class BatchQuerySet(UnitReadQuerySet):
    def telling(self, user: Any) -> Self:
        """Return what the user may open: also an office's batch with figures in force about the user's unit, of which only those are shown."""
        about_us = Figure.objects.visible_to(user).filter(in_force=True).values("batch_id")
        return self.filter(Q(pk__in=Batch.objects.visible_to(user).values("pk")) | Q(pk__in=about_us))


class Batch(Record):
    """批次: figures handed in together by one unit (a station its own rows, an office its columns, the 指标管理员 all)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        SUBMITTED = "submitted", _("待审核")
        RETURNED = "returned", _("已退回")
        CONFIRMED = "confirmed", _("已确认")
        DROPPED = "dropped", _("已作废")

    class Source(models.TextChoices):
        GRID = "grid", _("网页填报")
        SHEET = "sheet", _("表格上传")
        LONG = "long", _("长表上传")
        COMMAND = "command", _("命令导入")
        API = "api", _("接口报送")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("填报单位"), on_delete=models.PROTECT, related_name="batches")
    period = models.ForeignKey(ReportingPeriod, verbose_name=_("填报期"), on_delete=models.PROTECT, related_name="batches")
    number = models.CharField(_("批次号"), max_length=60, unique=True)
    source = models.CharField(_("来源"), max_length=10, choices=Source)
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT, protected=True)
    replaces = models.ForeignKey(
        "self", verbose_name=_("更正的批次"), null=True, blank=True, on_delete=models.PROTECT, related_name="corrections"
    )
    reason = models.CharField(_("更正原因"), max_length=300, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("填报人"), on_delete=models.PROTECT, related_name="+")
    hands = models.JSONField(_("经手人"), default=list, editable=False, help_text=_("写过这个批次的账号;其中任何人都不能审核它"))
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("审核人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    return_reason = models.CharField(_("退回原因"), max_length=300, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("批次")
        ordering = ["-id"]
        indexes = [models.Index(fields=["area", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "unit"], condition=Q(state__in=["draft", "returned", "submitted"]), name="figures_batch_open_once"
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_editable(self) -> bool:
        return self.state in (self.State.DRAFT, self.State.RETURNED)

    @transition(field=state, source=[State.DRAFT, State.RETURNED], target=State.SUBMITTED)
    def submit(self) -> None:
        """Hand in."""

    @transition(field=state, source=State.SUBMITTED, target=State.DRAFT)
    def withdraw(self) -> None:
        """Take back before anybody decided."""

    @transition(field=state, source=State.SUBMITTED, target=State.CONFIRMED)
    def confirm(self) -> None:
        """Take as true; its figures are read-only from here."""

    @transition(field=state, source=State.SUBMITTED, target=State.RETURNED)
    def send_back(self) -> None:
        """Return with a reason."""

    @transition(field=state, source=[State.DRAFT, State.RETURNED], target=State.DROPPED)
    def drop(self) -> None:
        """Give up a draft; nothing of it counts."""


class FigureQuerySet(VisibleQuerySet):
    """All for the area's readers; a reporter the rows that they reported; a unit what is in force about itself."""

    def visible_to(self, user: Any) -> Self:
        standing = standing_of(user)
        own = standing.units_of(("reporter", "station_chief", "group_leader"))
        about_us = Q(unit_id__in=own, in_force=True) | Q(batch__unit_id__in=own)
        return self.filter(Q(area_id__in=standing.areas_of(READERS)) | about_us & Q(area_id__in=standing.readable_areas))


class Figure(Record):
    """数值: one unit's actual for one indicator in a period. `in_force` is set when its batch is confirmed."""

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="figures")
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="figures")
    indicator = models.ForeignKey(Indicator, verbose_name=_("指标"), on_delete=models.PROTECT, related_name="figures")
    period = models.CharField(_("月份"), max_length=7)
    actual = models.DecimalField(_("实际值"), **MEASURE)
    target = models.DecimalField(_("随表目标值"), **MEASURE)
    base = models.DecimalField(_("随表基数"), **MEASURE)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    place = models.CharField(_("表中位置"), max_length=80, blank=True)
    in_force = models.BooleanField(_("有效"), default=False)

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("数值")
        constraints = [
            models.UniqueConstraint(fields=["batch", "unit", "indicator"], name="figures_figure_once_a_batch"),
            models.UniqueConstraint(
                fields=["unit", "indicator", "period"], condition=Q(in_force=True), name="figures_figure_in_force_once"
            ),
        ]
        indexes = [models.Index(fields=["area", "period", "in_force"])]


class UploadQuerySet(VisibleQuerySet):
    """An upload is nobody's business but its sender's until it becomes a batch."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(author_id=user.pk, area_id__in=standing_of(user).readable_areas)


class Upload(Record):
    """待确认的上传: a sheet that was read and is shown to its sender; no figure is saved before they say so."""

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("填报单位"), on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(ReportingPeriod, verbose_name=_("填报期"), on_delete=models.PROTECT, related_name="uploads")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("文件名"), max_length=200)
    source = models.CharField(_("来源"), max_length=10, choices=Batch.Source)
    digest = models.CharField(max_length=64)
    reading = models.JSONField(default=dict, editable=False)
    batch = models.ForeignKey(Batch, null=True, blank=True, on_delete=models.PROTECT, related_name="uploads")

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("上传的表格")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class HistoryQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The 指标管理员 of the area; its reviewers what was handed in."""
        standing = standing_of(user)
        handed = Q(area_id__in=standing.areas_of("reviewer"), submitted_at__isnull=False)
        return self.filter(handed | Q(area_id__in=standing.areas_of("indicator_admin")))


class HistoryFile(Record):
    """历史数据: years of figures and targets from before this product, read from one sheet, confirmed by a second person as a whole."""

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("上传人"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("文件名"), max_length=200)
    digest = models.CharField(max_length=64)
    data = models.BinaryField(null=True, editable=False)
    reading = models.JSONField(default=dict, editable=False)
    figures = models.PositiveIntegerField(_("数值"), default=0)
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("审核人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("审核时间"), null=True, blank=True)
    decline_reason = models.CharField(_("退回原因"), max_length=300, blank=True)

    objects = HistoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("历史数据")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def word(self) -> str:
        if self.decided_at is not None:
            return str(_("已退回") if self.decline_reason else _("已导入"))
        return str(_("待审核") if self.submitted_at else _("待提交"))


class Adjustment(Record):
    """豁免与目标调整: a planned shut-in or 不可抗力, asked for with proof and approved before the run."""

    class Kind(models.TextChoices):
        EXEMPT = "exempt", _("免考")
        TARGET = "target", _("调整目标")

    class State(models.TextChoices):
        ASKED = "asked", _("待批准")
        APPROVED = "approved", _("已批准")
        DECLINED = "declined", _("未批准")

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="adjustments")
    indicator = models.ForeignKey(Indicator, verbose_name=_("指标"), on_delete=models.PROTECT, related_name="adjustments")
    period = models.CharField(_("月份"), max_length=7)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    target = models.DecimalField(_("调整后的目标"), **MEASURE)
    reason = models.CharField(_("理由"), max_length=300)
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.ASKED, protected=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("申请人"), on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("批准人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("批准时间"), null=True, blank=True)
    decision_note = models.CharField(_("批准意见"), max_length=300, blank=True)

    objects = UnitReadQuerySet.as_manager()

    class Meta:
        verbose_name = _("豁免与目标调整")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "indicator", "period"], condition=Q(state__in=["asked", "approved"]), name="figures_adjustment_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.indicator} {self.period} {self.get_kind_display()}"

    @transition(field=state, source=State.ASKED, target=State.APPROVED)
    def approve(self) -> None:
        """Agree."""

    @transition(field=state, source=State.ASKED, target=State.DECLINED)
    def decline(self) -> None:
        """Refuse with a note."""
