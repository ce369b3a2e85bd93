"""项目组: a team across posts and units with one target for its period, its members with roles, its steps and a line a month (M27)."""

from decimal import Decimal
from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, transition

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.goals.models import Goal
from ronghe.org.models import AreaQuerySet, Dated, DatedQuerySet, Person, Unit

VALUE: dict[str, Any] = {"max_digits": 16, "decimal_places": 2}
ABOVE_NOTHING = Decimal("0.01")


class Project(Record):
    """项目组. A live one has a head; it ends with a result that somebody outside of it has accepted, or is dropped with a reason."""

    class State(models.TextChoices):
        DRAFT = "draft", _("筹建")
        RUNNING = "running", _("运行")
        REVIEW = "review", _("待验收")
        CLOSED = "closed", _("已结题")
        DROPPED = "dropped", _("已撤销")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=80)
    purpose = models.TextField(_("解决什么问题"), max_length=1000)
    measure = models.CharField(_("目标指标"), max_length=60)
    unit_name = models.CharField(_("计量单位"), max_length=20)
    target = models.DecimalField(_("目标值"), validators=[MinValueValidator(ABOVE_NOTHING)], **VALUE)
    starts_on = models.DateField(pgettext_lazy("date", "起"))
    ends_on = models.DateField(_("止"))
    goal = models.ForeignKey(Goal, verbose_name=_("服务的目标"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(_("依据"), max_length=300, blank=True)
    head = models.ForeignKey(Person, verbose_name=_("组长"), on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(Person, verbose_name=_("发起人"), on_delete=models.PROTECT, related_name="+")
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT, protected=True)
    approved_by = models.ForeignKey(Person, verbose_name=_("批准人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_on = models.DateField(_("批准日期"), null=True, blank=True)
    result = models.TextField(_("成果"), max_length=2000, blank=True)
    reached = models.DecimalField(_("完成值"), null=True, blank=True, **VALUE)
    accepted_by = models.ForeignKey(Person, verbose_name=_("验收人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(_("结束日期"), null=True, blank=True)
    ending = models.CharField(_("结论"), max_length=500, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("项目组")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "name", "starts_on"], name="initiatives_project_once"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="initiatives_project_has_period"),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=F("head")), name="initiatives_project_accepted_by_another"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "running", "review"], ended_on__isnull=True)
                | Q(state__in=["closed", "dropped"], ended_on__isnull=False),
                name="initiatives_project_live_or_ended",
            ),
        ]
        indexes = [models.Index(fields=["area", "state"])]

    def __str__(self) -> str:
        return self.name

    @property
    def is_live(self) -> bool:
        return self.state in (self.State.DRAFT, self.State.RUNNING, self.State.REVIEW)

    @transition(field=state, source=State.DRAFT, target=State.RUNNING)
    def start(self) -> None:
        """Approved by a leader; it works."""

    @transition(field=state, source=State.RUNNING, target=State.REVIEW)
    def hand_in(self) -> None:
        """The head says what came of it."""

    @transition(field=state, source=State.REVIEW, target=State.RUNNING)
    def send_back(self) -> None:
        """Not convincing yet."""

    @transition(field=state, source=State.REVIEW, target=State.CLOSED)
    def close(self) -> None:
        """The result stands."""

    @transition(field=state, source=[State.DRAFT, State.RUNNING], target=State.DROPPED)
    def drop(self) -> None:
        """Given up, with a reason."""


class ProjectPartQuerySet(VisibleQuerySet):
    """Rows of a project, as readable as the project."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(project__in=Project.objects.visible_to(user))


class MemberQuerySet(DatedQuerySet, ProjectPartQuerySet):  # type: ignore[override]  # each as_manager returns a manager of its own
    pass


class ProjectMember(Dated, Record):
    """项目组成员: who, in which role, from when to when, and what this person brought (written at the closing)."""

    class Role(models.TextChoices):
        HEAD = "head", _("组长")
        DEPUTY = "deputy", _("副组长")
        TECHNICAL = "technical", _("技术")
        FIELD = "field", _("现场")
        DATA = "data", _("数据与经营")
        MEMBER = "member", _("成员")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, verbose_name=_("成员"), on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("角色"), max_length=10, choices=Role)
    duty = models.CharField(_("分工"), max_length=200)
    contribution = models.CharField(_("贡献"), max_length=300, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("项目组成员")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "person"], condition=Q(valid_to__isnull=True), name="initiatives_member_once"),
        ]

    def __str__(self) -> str:
        return self.person.name


class ProjectStep(Record):
    """里程碑: what is reached by when, and who sees to it."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="steps")
    text = models.CharField(_("里程碑"), max_length=200)
    due = models.DateField(_("期限"))
    owner = models.ForeignKey(Person, verbose_name=_("责任人"), on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    result = models.CharField(_("结果"), max_length=300, blank=True)

    objects = ProjectPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("项目组里程碑")
        ordering = ["due", "id"]
        constraints = [models.CheckConstraint(condition=Q(done_on__isnull=True) | ~Q(result=""), name="initiatives_step_done_with_result")]

    def __str__(self) -> str:
        return self.text


class ProjectReport(Record):
    """项目组月报: one line a month, the value reached since the start and what was done."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="reports")
    month = models.CharField(_("月份"), max_length=7)
    value = models.DecimalField(_("累计完成"), **VALUE)
    text = models.CharField(_("本月做了什么、下月做什么"), max_length=500)
    filed_by = models.ForeignKey(Person, verbose_name=_("填写人"), on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField(_("填写时间"))

    objects = ProjectPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("项目组月报")
        ordering = ["month"]
        constraints = [models.UniqueConstraint(fields=["project", "month"], name="initiatives_report_once")]

    def __str__(self) -> str:
        return self.month
