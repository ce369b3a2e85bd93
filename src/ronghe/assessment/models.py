"""考核: a scheme version, a run of it over a month, and what came out: marks, totals, places, gaps. Frozen once published."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.figures.models import Adjustment, Batch
from ronghe.goals.models import MEASURE
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of

# posts whose holders see a run before it is published
PREVIEWERS = (*LEADERS, "indicator_admin", "reviewer", "discipline_member")
# posts that speak for a scored unit
OBJECTORS = ("station_chief", "group_leader", "reporter")
MARK: dict[str, Any] = {"max_digits": 14, "decimal_places": 4, "null": True, "blank": True}
# what a list of schemes or runs never needs: texts and bytes of many kilobytes
HEAVY = ("text", "compiled")


class SchemeQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """What is or was in force for all of the area and the committee above it; drafts for those who prepare them."""
        standing = standing_of(user)
        shown = Q(state__in=SchemeVersion.SHOWN, area_id__in=standing.readable_areas | standing.overseen_areas)
        return self.filter(shown | Q(area_id__in=standing.areas_of(PREVIEWERS)))

    def light(self) -> Self:
        return self.defer(*HEAVY)


class SchemeVersion(Record):
    """考核方案, one version: the TOML text of SCORING.md is the rule; a published version never changes."""

    class State(models.TextChoices):
        WRITING = "writing", _("编写中")
        DRAFT = "draft", _("待发布")
        PUBLISHED = "published", _("已发布")
        RETIRED = "retired", _("已停用")
        DROPPED = "dropped", _("已作废")

    SHOWN = ("published", "retired")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="schemes")
    code = models.CharField(_("编码"), max_length=60)
    number = models.PositiveIntegerField(_("版本"))
    name = models.CharField(_("名称"), max_length=100)
    basis = models.CharField(_("依据"), max_length=200)
    period_kind = models.CharField(_("周期"), max_length=10)
    text = models.TextField(_("方案(TOML)"))
    digest = models.CharField(_("方案摘要"), max_length=64, blank=True)  # '' while what is being written breaks the contract
    compiled = models.JSONField(default=dict, editable=False)
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT, protected=True)
    valid_from = models.CharField(_("起始期"), max_length=7, blank=True)
    valid_to = models.CharField(_("终止期"), max_length=7, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    hands = models.JSONField(_("编写过的账号"), default=list, editable=False)  # none of them may publish it
    copied_from = models.ForeignKey(
        "self", verbose_name=_("拷贝自"), null=True, blank=True, on_delete=models.PROTECT, related_name="copies"
    )
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("考核方案")
        ordering = ["code", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["area", "code", "number"], condition=~Q(state="dropped"), name="assessment_scheme_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} 第{self.number}版"

    @property
    def writers(self) -> set[int]:
        """The accounts that wrote on it: the author and everybody who changed the draft."""
        return {*self.hands, *([self.author_id] if self.author_id else [])}

    @transition(field=state, source=State.WRITING, target=State.DRAFT)
    def submit(self) -> None:
        """Hand in for a second person to publish."""

    @transition(field=state, source=State.DRAFT, target=State.WRITING)
    def take_back(self) -> None:
        """Write on: taken back by a writer or sent back by who should have published it."""

    @transition(field=state, source=State.DRAFT, target=State.PUBLISHED)
    def publish(self) -> None:
        """Put in force."""

    @transition(field=state, source=State.PUBLISHED, target=State.RETIRED)
    def retire(self) -> None:
        """Use no more for new periods; old ones keep it."""

    @transition(field=state, source=[State.WRITING, State.DRAFT], target=State.DROPPED)
    def drop(self) -> None:
        """Give up a draft; its number is free again."""


class RunQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Published runs for all of the area and the committee above it; previews for those who prepare them."""
        standing = standing_of(user)
        shown = Q(state__in=Run.SHOWN, area_id__in=standing.readable_areas | standing.overseen_areas)
        return self.filter(shown | Q(area_id__in=standing.areas_of(PREVIEWERS)))

    def in_force(self) -> Self:
        """Published and not replaced: at most one a period."""
        return self.filter(state__in=Run.IN_FORCE)

    def light(self) -> Self:
        return self.defer("inputs", "outputs", "stability", *(f"scheme__{name}" for name in HEAVY))


class Run(Record):
    """计分批次: one computation of one month, with everything needed to compute it again to the same bytes."""

    class State(models.TextChoices):
        PREVIEW = "preview", _("预览")
        PUBLISHED = "published", _("公示中")
        FINAL = "final", _("已生效")
        REPLACED = "replaced", _("已被更正")
        DROPPED = "dropped", _("已作废")

    SHOWN = ("published", "final", "replaced")
    IN_FORCE = ("published", "final")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="runs")
    period = models.CharField(_("期间"), max_length=7)
    number = models.PositiveIntegerField(_("次序"))
    scheme = models.ForeignKey(SchemeVersion, verbose_name=_("方案版本"), on_delete=models.PROTECT, related_name="runs")
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.PREVIEW, protected=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("计算人"), on_delete=models.PROTECT, related_name="+")
    tracks = models.JSONField(_("赛道"), default=list, editable=False)  # [[code, name], …] in their order, as they were
    warnings = models.JSONField(_("计分前检查"), default=list, editable=False)
    inputs = models.BinaryField(editable=False)  # the CSV of SCORING.md, gzip
    outputs = models.BinaryField(editable=False)  # the four tables as CSV, zip
    stability = models.JSONField(_("排名稳健性"), default=list, editable=False)  # one for each track with places; [] where not measured
    inputs_digest = models.CharField(_("输入摘要"), max_length=64)
    results_digest = models.CharField(_("结果摘要"), max_length=64)
    engine = models.CharField(_("引擎"), max_length=20, default="duckdb")
    seconds = models.FloatField(default=0)
    # where the marks of a long past month lie: '' is the database, else a Parquet file with its digest and the first and last key in it
    marks_file = models.CharField(_("得分文件"), max_length=100, blank=True, editable=False)
    marks_digest = models.CharField(_("得分文件摘要"), max_length=64, blank=True, editable=False)
    marks_first = models.BigIntegerField(null=True, editable=False)
    marks_last = models.BigIntegerField(null=True, editable=False)
    replaces = models.ForeignKey(
        "self", verbose_name=_("更正"), null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    reason = models.CharField(_("重算原因"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("公示时间"), null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    shown_until = models.DateField(_("公示至"), null=True, blank=True)
    objections_until = models.DateField(_("异议期至"), null=True, blank=True)
    final_at = models.DateTimeField(_("生效时间"), null=True, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("计分批次")
        ordering = ["-period", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["area", "period", "number"], name="assessment_run_number_once"),
            models.UniqueConstraint(
                fields=["area", "period"], condition=Q(state__in=["published", "final"]), name="assessment_run_shown_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} 第{self.number}次计分"

    @transition(field=state, source=State.PREVIEW, target=State.PUBLISHED)
    def publish(self) -> None:
        """Show to everybody on it (公示)."""

    @transition(field=state, source=State.PUBLISHED, target=State.FINAL)
    def finalise(self) -> None:
        """Take effect after the term of publication."""

    @transition(field=state, source=[State.PUBLISHED, State.FINAL], target=State.REPLACED)
    def give_way(self) -> None:
        """Give way to a corrected run; stays readable."""

    @transition(field=state, source=State.PREVIEW, target=State.DROPPED)
    def drop(self) -> None:
        """Give up a preview."""


class FrozenQuerySet(VisibleQuerySet):
    """Rows of a run: written once with it, never changed or deleted by the program."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(run__in=Run.objects.visible_to(user).order_by())

    def update(self, **kwargs: Any) -> int:
        raise TypeError("the results of a run are frozen")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("the results of a run are frozen")


class Frozen(models.Model):
    """A row that is written with its run (bulk_create) and then stands."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        raise TypeError("the results of a run are frozen")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("the results of a run are frozen")


class Result(Frozen):
    """A unit's total and place in a run (totals and places of SCORING.md, one row a unit)."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="results")
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="results")
    track = models.CharField(_("赛道"), max_length=40)
    total = models.DecimalField(_("总分"), **MARK)
    grade = models.CharField(_("等级"), max_length=20, blank=True)
    state = models.CharField(_("状态"), max_length=12)
    missing = models.PositiveIntegerField(_("缺报"), default=0)
    vetoed = models.PositiveIntegerField(_("否决"), default=0)
    dimensions = models.JSONField(default=dict)
    because = models.TextField(_("说明"), blank=True)
    place = models.PositiveIntegerField(_("名次"), null=True, blank=True)
    peers = models.PositiveIntegerField(_("参排单位"), default=0)
    tied = models.PositiveIntegerField(_("并列"), null=True, blank=True)
    to_next = models.DecimalField(_("距前一名"), **MARK)
    leader_name = models.CharField(_("党小组长"), max_length=60, blank=True)
    place_because = models.CharField(max_length=300, blank=True)
    # P4: the plain sums of the marks on either side, before caps and vetoes
    party = models.DecimalField(_("党建得分"), **MARK)
    party_full = models.DecimalField(_("党建满分"), **MARK)
    business = models.DecimalField(_("业务得分"), **MARK)
    business_full = models.DecimalField(_("业务满分"), **MARK)

    class Meta:
        verbose_name = _("考核结果")
        constraints = [models.UniqueConstraint(fields=["run", "unit"], name="assessment_result_once")]


class Mark(Frozen):
    """A unit's mark for one indicator in a run, with its gap (marks and gaps of SCORING.md, one row each)."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="marks")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="marks")
    track = models.CharField(max_length=40)
    dimension = models.CharField(max_length=60, blank=True)
    indicator = models.CharField(_("指标编码"), max_length=60)
    side = models.CharField(_("党建或业务"), max_length=10, blank=True)
    order = models.PositiveIntegerField(default=0)
    actual = models.DecimalField(_("实际"), **MEASURE)
    target = models.DecimalField(_("目标"), **MEASURE)
    x = models.DecimalField(max_digits=38, decimal_places=6, null=True, blank=True)
    full = models.DecimalField(_("满分"), max_digits=18, decimal_places=6, null=True, blank=True)
    mark = models.DecimalField(_("得分"), **MARK)
    lost = models.DecimalField(_("失分"), **MARK)
    state = models.CharField(_("状态"), max_length=12)
    because = models.TextField(_("算法说明"))
    to_target = models.DecimalField(_("距目标"), max_digits=20, decimal_places=6, null=True, blank=True)
    leader = models.CharField(_("最好单位"), max_length=40, blank=True)
    to_leader = models.DecimalField(_("距最好"), **MARK)
    to_mean = models.DecimalField(_("距平均"), **MARK)
    needed_actual = models.DecimalField(_("进一名需达到"), **MEASURE)

    class Meta:
        verbose_name = _("得分")
        constraints = [models.UniqueConstraint(fields=["run", "unit", "indicator"], name="assessment_mark_once")]
        indexes = [models.Index(fields=["unit", "indicator"])]

    def __str__(self) -> str:
        return f"{self.unit} {self.run.period} {self.indicator}"


class ObjectionQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """For those who prepare and judge in the area, and for the unit that objects."""
        standing = standing_of(user)
        own = Q(unit_id__in=standing.units_of(OBJECTORS), area_id__in=standing.readable_areas)
        return self.filter(own | Q(area_id__in=standing.areas_of(PREVIEWERS)))

    def open(self) -> Self:
        return self.filter(state__in=Objection.OPEN)


class Objection(Record):
    """异议: a scored unit doubts one mark. Answered by somebody else; where it holds, a correction and a new run follow."""

    class State(models.TextChoices):
        ASKED = "asked", _("待答复")
        UPHELD = "upheld", _("成立,更正中")
        CURED = "cured", _("成立,待重新计分")
        RERUN = "rerun", _("成立,待公示")
        CORRECTED = "corrected", _("成立,已更正")
        REJECTED = "rejected", _("不成立")
        WITHDRAWN = "withdrawn", _("已撤回")

    class Fault(models.TextChoices):
        FIGURE = "figure", _("数值有误")
        TARGET = "target", _("目标有误")
        EXEMPT = "exempt", _("应当免考")

    OPEN = ("asked", "upheld", "cured", "rerun")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="objections")
    run = models.ForeignKey(Run, verbose_name=_("计分批次"), on_delete=models.PROTECT, related_name="objections")
    mark = models.ForeignKey(Mark, verbose_name=_("得分"), on_delete=models.PROTECT, related_name="objections")
    indicator = models.CharField(_("指标编码"), max_length=60)
    indicator_name = models.CharField(_("指标"), max_length=100)
    number = models.CharField(_("编号"), max_length=40)
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.ASKED, protected=True)
    reason = models.TextField(_("异议理由"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("提出人"), on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("提出时间"))
    due = models.DateField(_("本步期限"), null=True, blank=True)
    escalated_on = models.DateField(_("超期上报日"), null=True, blank=True)
    answer = models.TextField(_("答复"), blank=True)
    fault = models.CharField(_("错在哪里"), max_length=10, choices=Fault, blank=True)
    right = models.DecimalField(_("正确的数值"), **MEASURE)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("答复人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    batch = models.ForeignKey(Batch, verbose_name=_("更正批次"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    adjustment = models.ForeignKey(
        Adjustment, verbose_name=_("豁免或调整"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cured_at = models.DateTimeField(_("更正确认时间"), null=True, blank=True)
    new_run = models.ForeignKey(Run, verbose_name=_("新的计分"), null=True, blank=True, on_delete=models.PROTECT, related_name="answers")
    ended_at = models.DateTimeField(_("办结时间"), null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("异议")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "number"], name="assessment_objection_number_once"),
            models.UniqueConstraint(
                fields=["run", "unit", "indicator"],
                condition=Q(state__in=["asked", "upheld", "cured", "rerun"]),
                name="assessment_objection_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "upheld", "cured", "rerun"], due__isnull=False, ended_at__isnull=True)
                | Q(state__in=["corrected", "rejected", "withdrawn"], due__isnull=True, ended_at__isnull=False),
                name="assessment_objection_date_or_end",
            ),
        ]
        indexes = [models.Index(fields=["area", "state", "due"])]

    def __str__(self) -> str:
        return f"{self.number} {self.unit}「{self.indicator_name}」"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @transition(field=state, source=[State.ASKED, State.UPHELD], target=State.UPHELD)
    def uphold(self) -> None:
        """It holds: what was wrong is named, a correction is under way."""

    @transition(field=state, source=[State.ASKED, State.UPHELD], target=State.REJECTED)
    def reject(self) -> None:
        """It does not hold; also where the correction was refused by whoever confirms it."""

    @transition(field=state, source=State.ASKED, target=State.WITHDRAWN)
    def withdraw(self) -> None:
        """Taken back by who asked."""

    @transition(field=state, source=State.UPHELD, target=State.CURED)
    def cure(self) -> None:
        """The correction is confirmed."""

    @transition(field=state, source=[State.CURED, State.RERUN], target=State.RERUN)
    def compute(self) -> None:
        """A new run with the correction waits for its publication."""

    @transition(field=state, source=State.RERUN, target=State.CURED)
    def go_back(self) -> None:
        """The new run was given up before it was published."""

    @transition(field=state, source=[State.CURED, State.RERUN], target=State.CORRECTED)
    def settle(self) -> None:
        """The new run is published: the old and the new mark stand side by side."""


from ronghe.assessment.models_chase import Chase, ChaseStep  # noqa: E402, F401  (a file of its own; Django looks for models here)
