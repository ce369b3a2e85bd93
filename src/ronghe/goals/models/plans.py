"""目标计划: what a year (or a phase) is to bring, pressed down from the 管理区 to stations, groups and members (M1, M16, M18)."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.calendar import today
from ronghe.common.models import Record, VisibleQuerySet
from ronghe.goals.models.handbook import MEASURE, Indicator
from ronghe.goals.rules import cascade, curve
from ronghe.org.models import AreaQuerySet, Person, Post, Unit
from ronghe.org.standing import standing_of

# who works on a plan before it is issued; the others see what was issued
PLANNERS = (
    "branch_secretary",
    "area_manager",
    "deputy_party",
    "deputy_production",
    "deputy_business",
    "deputy_geology",
    "deputy_engineering",
    "indicator_admin",
)
# the paper's dimensions (3.1), party work beside them (P4)
DIMENSIONS = (("主营业务", "business"), ("存量资产", "business"), ("人力资源", "business"), ("党建工作", "party"))


class Dimension(Record):
    """目标维度: 主营业务, 存量资产, 人力资源 and the party work beside them; an area edits its own."""

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=30)
    side = models.CharField(_("党建或业务"), max_length=10, choices=Indicator.Side)
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("目标维度")
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="goals_dimension_once")]

    def __str__(self) -> str:
        return self.name


class PlanQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The planners of the area all of it; the others of the area what was issued."""
        standing = standing_of(user)
        issued = Q(state__in=[GoalPlan.State.ISSUED, GoalPlan.State.REPLACED], area_id__in=standing.readable_areas)
        return self.filter(issued | Q(area_id__in=standing.areas_of(PLANNERS)))

    def current(self) -> Self:
        """Return the issued plans that people work by: not one that has ended and whose successor is issued."""
        later = GoalPlan.objects.filter(area=OuterRef("area"), state=GoalPlan.State.ISSUED, first_month__gt=OuterRef("last_month"))
        return self.filter(state=GoalPlan.State.ISSUED).exclude(Exists(later), last_month__lt=f"{today():%Y-%m}")


class GoalPlan(Record):
    """目标计划 of a year or a phase, in versions: a change in the year is a new version that names the one before and its reason."""

    class State(models.TextChoices):
        DRAFT = "draft", _("起草")
        DISCUSSED = "discussed", _("已讨论")
        APPROVED = "approved", _("已批准")
        ISSUED = "issued", _("已下达")
        REPLACED = "replaced", _("已被新版取代")
        DROPPED = "dropped", _("已作废")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("名称"), max_length=80)
    first_month = models.CharField(_("起月"), max_length=7)
    last_month = models.CharField(_("止月"), max_length=7)
    number = models.PositiveSmallIntegerField(_("版次"), default=1)
    previous = models.OneToOneField("self", verbose_name=_("上一版"), null=True, blank=True, on_delete=models.PROTECT, related_name="next")
    takes_effect = models.CharField(_("自何月起执行"), max_length=7, help_text=_("此前各月的目标和成绩不变"))
    reason = models.CharField(_("调整原因"), max_length=300, blank=True)
    basis = models.CharField(_("依据"), max_length=300)
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT, protected=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("起草人"), on_delete=models.PROTECT, related_name="+")
    discussed_on = models.DateField(_("讨论日期"), null=True, blank=True)
    discussion = models.CharField(_("讨论情况"), max_length=500, blank=True)
    meeting = models.CharField(_("批准的会议"), max_length=120, blank=True)
    meeting_on = models.DateField(_("会议日期"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("批准登记"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField(_("下达时间"), null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("下达人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("目标计划")
        ordering = ["-first_month", "-number", "-id"]
        indexes = [models.Index(fields=["area", "state"])]

    def __str__(self) -> str:
        return f"{self.title} 第{self.number}版" if self.number > 1 else self.title

    @property
    def is_editable(self) -> bool:
        return self.state in (self.State.DRAFT, self.State.DISCUSSED)

    @property
    def months(self) -> list[str]:
        return curve.list_months(self.first_month, self.last_month)

    @transition(field=state, source=[State.DRAFT, State.DISCUSSED], target=State.DISCUSSED)
    def discuss(self) -> None:
        """Discussed with those who are to deliver."""

    @transition(field=state, source=State.DISCUSSED, target=State.APPROVED)
    def approve(self) -> None:
        """Approved by a meeting."""

    @transition(field=state, source=[State.DISCUSSED, State.APPROVED], target=State.DRAFT)
    def send_back(self) -> None:
        """Back to the drawing board."""

    @transition(field=state, source=State.APPROVED, target=State.ISSUED)
    def issue(self) -> None:
        """In force; its owners accept it one by one."""

    @transition(field=state, source=State.ISSUED, target=State.REPLACED)
    def replace(self) -> None:
        """A later version is in force."""

    @transition(field=state, source=[State.DRAFT, State.DISCUSSED, State.APPROVED], target=State.DROPPED)
    def drop(self) -> None:
        """Given up before it was issued."""


class PlanPartQuerySet(VisibleQuerySet):
    """Rows of a plan, as readable as the plan."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(plan__in=GoalPlan.objects.visible_to(user))


class PlanPart(Record):
    """六同步 (M18): what the plan says of party building, quality and results, safety, environment, integrity, stability."""

    class Kind(models.TextChoices):
        PARTY = "party", _("党的建设")
        QUALITY = "quality", _("质量效益")
        SAFETY = "safety", _("安全生产")
        ENVIRONMENT = "environment", _("环境保护")
        INTEGRITY = "integrity", _("廉洁从业")
        STABILITY = "stability", _("和谐稳定")

    plan = models.ForeignKey(GoalPlan, on_delete=models.PROTECT, related_name="parts")
    kind = models.CharField(_("同步内容"), max_length=12, choices=Kind)
    text = models.TextField(_("安排"), max_length=1000, blank=True)
    empty_reason = models.CharField(_("没有安排的原因"), max_length=300, blank=True)

    objects = PlanPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("六同步")
        constraints = [models.UniqueConstraint(fields=["plan", "kind"], name="goals_part_once")]

    @property
    def is_settled(self) -> bool:
        return bool(self.text.strip() or self.empty_reason.strip())


class GoalQuerySet(PlanPartQuerySet):
    def visible_to(self, user: Any) -> Self:
        return super().visible_to(user).shown_to(user)

    def standing(self) -> Self:
        """Return the goals that count: not taken back while the plan was written."""
        return self.filter(withdrawn=False)

    def shown_to(self, user: Any) -> Self:
        """Leave out the tasks of members of other stations: a member's part is read in the station, by its leaders and the planners."""
        standing = standing_of(user)
        units = standing.units_of(("station_chief", "group_leader")) | ({standing.unit_id} if standing.unit_id else set())
        near = Q(person_id=standing.person_id or 0) | Q(person__isnull=False, unit_id__in=units)
        return self.filter(Q(person=None) | near | Q(plan__area_id__in=standing.areas_of(PLANNERS)))


class Goal(Record):
    """目标: one node of a plan's tree: what, how much, who coordinates it, who delivers it, and 抓到什么程度."""

    class Rule(models.TextChoices):
        SUM = cascade.SUM, _("下级之和")
        MEAN = cascade.MEAN, _("下级平均")
        WEIGHTED = cascade.WEIGHTED, _("下级加权平均")
        SAME = cascade.SAME, _("各级同值")
        MILESTONES = cascade.MILESTONES, _("节点任务")

    class Spare(models.TextChoices):
        NONE = "", _("无")
        RESERVE = "reserve", _("预留")
        PRESSURE = "pressure", _("压担子")

    class Curve(models.TextChoices):
        EQUAL = curve.EQUAL, _("平均")
        WORKDAYS = curve.WORKDAYS, _("按工作日")
        LAST_YEAR = curve.LAST_YEAR, _("按上年形态")
        HAND = curve.HAND, _("手工")

    plan = models.ForeignKey(GoalPlan, on_delete=models.PROTECT, related_name="goals")
    parent = models.ForeignKey("self", verbose_name=_("上级目标"), null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    depth = models.PositiveSmallIntegerField(default=0, editable=False)
    order = models.PositiveIntegerField(default=0)
    dimension = models.ForeignKey(Dimension, verbose_name=_("维度"), on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("目标"), max_length=120)
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("指标"), null=True, blank=True, on_delete=models.PROTECT, related_name="goals",
        help_text=_("不是数的目标留空,用节点任务衡量"),
    )  # fmt: skip
    value = models.DecimalField(_("目标值"), **MEASURE)
    weight = models.DecimalField(_("权重"), **MEASURE)
    mean_weight = models.DecimalField(_("加权平均的权"), **MEASURE)
    rule = models.CharField(_("下级怎样合成"), max_length=10, choices=Rule, default=Rule.SUM)
    spare = models.CharField(_("差额的名目"), max_length=10, choices=Spare, blank=True, default="")
    spare_value = models.DecimalField(_("差额"), **MEASURE)
    spare_reason = models.CharField(_("差额的理由"), max_length=300, blank=True)
    coordinator = models.ForeignKey(Post, verbose_name=_("统筹协调"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("落实单位"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, verbose_name=_("落实人(党员任务)"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    degree = models.CharField(_("抓到什么程度"), max_length=300)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    curve = models.CharField(_("进度曲线"), max_length=10, choices=Curve, default=Curve.EQUAL)
    origin = models.ForeignKey(
        "self", verbose_name=_("上一版的同一目标"), null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="copies"
    )
    withdrawn = models.BooleanField(_("已撤销"), default=False, editable=False)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("目标")
        ordering = ["order", "id"]
        indexes = [models.Index(fields=["plan", "parent", "order"]), models.Index(fields=["plan", "unit"])]

    def __str__(self) -> str:
        return self.title

    @property
    def area_id(self) -> int:
        """Where it belongs, for predicates that ask any row."""
        return self.plan.area_id

    @property
    def decimals(self) -> int:
        return self.indicator.decimals if self.indicator else 0

    @property
    def is_part(self) -> bool:
        """Tell whether it is a member's part of a number."""
        return self.person_id is not None and self.indicator_id is not None

    @property
    def named(self) -> Any:
        """The difference to its children that has a name and a reason: 预留 above, 压担子 below zero."""
        return (self.spare_value or 0) if self.spare and self.spare_reason else 0


class GoalPartQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(goal__plan__in=GoalPlan.objects.visible_to(user))


class GoalMonth(models.Model):
    """进度曲线: the goal's value of one month."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="curve_months")
    month = models.CharField(max_length=7)
    value = models.DecimalField(**{**MEASURE, "null": False, "blank": False})

    objects = GoalPartQuerySet.as_manager()

    class Meta:
        ordering = ["month"]
        constraints = [models.UniqueConstraint(fields=["goal", "month"], name="goals_month_once")]


class Progress(models.Model):
    """动态跟踪 (M2): how far a goal is, up to and with a month; kept beside it, computed anew from the figures in force."""

    goal = models.OneToOneField(Goal, on_delete=models.CASCADE, related_name="progress")
    month = models.CharField(_("截至"), max_length=7)
    target = models.DecimalField(_("累计目标"), **MEASURE)
    actual = models.DecimalField(_("累计实际"), **MEASURE)
    light = models.CharField(_("灯"), max_length=10)
    estimate = models.DecimalField(_("全期预计"), **MEASURE)
    outlook = models.CharField(_("预计灯"), max_length=10, blank=True, default="")
    at = models.DateTimeField(auto_now=True)

    objects = GoalPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("目标进度")


class Milestone(Record):
    """节点: what is to be reached by a day, for a goal that is no number."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="milestones")
    text = models.CharField(_("节点"), max_length=200)
    due = models.DateField(_("期限"))
    share = models.DecimalField(_("占比(%)"), max_digits=6, decimal_places=2, default=0)
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("完成登记"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    result = models.CharField(_("完成情况"), max_length=300, blank=True)

    objects = GoalPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("节点")
        ordering = ["due", "id"]

    def __str__(self) -> str:
        return self.text


class Acceptance(Record):
    """认领: an owner (who coordinates, or leads the unit that delivers) accepts the goals of an issued plan. It counts as a signature."""

    plan = models.ForeignKey(GoalPlan, on_delete=models.PROTECT, related_name="acceptances")
    person = models.ForeignKey(Person, verbose_name=_("责任人"), on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(_("内容摘要"), max_length=64, editable=False)
    goals = models.PositiveIntegerField(_("目标数"))
    at = models.DateTimeField(_("认领时间"), null=True, blank=True)
    note = models.CharField(_("意见"), max_length=300, blank=True)
    by_unit = models.BooleanField(_("由班站分到本人"), default=False, editable=False)

    objects = PlanPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("认领")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["plan", "person"], name="goals_acceptance_once")]

    def __str__(self) -> str:
        return f"{self.plan} {self.person}"


class Check(Record):
    """目标清单检查 (M16): what a leader's goals had come to at the end of a phase, business and party work side by side, and what was concluded."""

    class Verdict(models.TextChoices):
        MET = "met", _("达到")
        NEARLY = "nearly", _("基本达到")
        MISSED = "missed", _("未达到")

    plan = models.ForeignKey(GoalPlan, on_delete=models.PROTECT, related_name="checks")
    person = models.ForeignKey(Person, verbose_name=_("责任人"), on_delete=models.PROTECT, related_name="+")
    phase = models.CharField(_("阶段"), max_length=7)
    lines = models.JSONField(_("检查时的进度"), default=list, editable=False)
    business = models.CharField(_("业务目标检查意见"), max_length=500)
    party = models.CharField(_("党建目标检查意见"), max_length=500)
    verdict = models.CharField(_("结论"), max_length=6, choices=Verdict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("检查人"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("检查时间"))
    reminded_on = models.DateField(_("提醒日期"), null=True, blank=True)
    answer = models.CharField(_("本人的回复"), max_length=500, blank=True)
    answered_on = models.DateField(_("回复日期"), null=True, blank=True)

    objects = PlanPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("目标清单检查")
        ordering = ["-phase", "id"]
        constraints = [models.UniqueConstraint(fields=["plan", "person", "phase"], name="goals_check_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.phase}"
