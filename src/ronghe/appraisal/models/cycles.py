"""述职评议: templates in versions, cycles, and the report of each person in a cycle."""

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, transition

from ronghe.appraisal import kinds
from ronghe.appraisal.rules.signing import DEFAULT, OWN, PLAIN
from ronghe.common.calendar import today
from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.kinds import LEADERS
from ronghe.org.models import AreaQuerySet, Membership, Person, Unit
from ronghe.org.standing import standing_of

ORGANISERS = ("branch_secretary", "deputy_party")
HEADS = ("branch_secretary", "area_manager")
READERS = ("branch_secretary", "area_manager", "deputy_party")


class Template(Record):
    """述职评议模板 in one version: a change is a new version with its reason; a cycle keeps the version it was opened with."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("编码"), max_length=40)
    number = models.PositiveSmallIntegerField(_("版次"), default=1)
    name = models.CharField(_("名称"), max_length=60)
    who = models.CharField(_("谁述职"), max_length=10, choices=list(kinds.REPORTERS.items()))
    rhythm = models.CharField(_("多久一次"), max_length=8, choices=list(kinds.RHYTHMS.items()))
    form = models.JSONField(_("述职表"), default=list)
    judges = models.JSONField(_("评议主体"), default=list, blank=True)
    items = models.JSONField(_("测评项目"), default=list, blank=True)
    scale = models.JSONField(_("量表"), default=list, blank=True)
    trim = models.DecimalField(_("两端各去掉(%)"), max_digits=4, decimal_places=1, default=Decimal(0))
    min_turnout = models.PositiveSmallIntegerField(_("最低投票率(%)"), default=0)
    missing = models.CharField(_("缺票怎么办"), max_length=8, choices=list(kinds.MISSING.items()), default="spread")
    report_days = models.PositiveSmallIntegerField(_("述职期限(天)"), default=10)
    ballot_days = models.PositiveSmallIntegerField(_("测评期限(天)"), default=5)
    objection_days = models.PositiveSmallIntegerField(_("核对和异议期限(天)"), default=5)
    scheme = models.TextField(_("综合评定方案"), blank=True)
    inputs = models.JSONField(_("综合评定的输入"), default=dict, blank=True)
    quota = models.JSONField(_("等次比例"), default=list, blank=True)
    signing = models.JSONField(_("评定和签发"), default=dict, blank=True)
    links = models.BooleanField(_("可以凭个人邀请链接测评"), default=False)
    scope = models.CharField(_("结果公布范围"), max_length=8, choices=list(kinds.SCOPES.items()), default="self")
    basis = models.CharField(_("依据"), max_length=300)
    reason = models.CharField(_("修订原因"), max_length=300, blank=True)
    valid_from = models.DateField(pgettext_lazy("date", "起"))
    valid_to = models.DateField(_("止"), null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("述职评议模板")
        ordering = ["code", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["area", "code", "number"], name="appraisal_template_version_once"),
            models.UniqueConstraint(fields=["area", "code"], condition=Q(valid_to=None), name="appraisal_template_running_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} 第{self.number}版" if self.number > 1 else self.name

    @property
    def is_judged(self) -> bool:
        return bool(self.judges)

    @property
    def signed_by(self) -> dict[str, Any]:
        """Who grades and signs; templates from before it was data follow the default."""
        return self.signing or DEFAULT

    @property
    def points(self) -> list[Decimal]:
        return [Decimal(str(one["points"])) for one in self.scale]

    def find_judges(self, code: str) -> dict[str, Any]:
        found: dict[str, Any] = next((one for one in self.judges if one["code"] == code), {})
        return found


class CycleQuerySet(AreaQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Everybody of the area knows what is going on; whoever is to judge or sign from above reads the cycle too."""
        standing = standing_of(user)
        judged = Q(judges__person_id=standing.person_id) | Q(signatures__who="upper")
        judged &= Q(area_id__in=standing.overseen_areas)
        if standing.overseen_areas:
            return self.filter(Q(area_id__in=standing.readable_areas) | judged).distinct()
        return self.filter(area_id__in=standing.readable_areas)

    def live(self) -> Self:
        return self.filter(state__in=["reporting", "balloting", "counted", "shown"])


class Cycle(Record):
    """One round of a template: 述职 → 民主测评 → 计票 → 本人核对 → 签发 → 公布. A template without judges ends with the reports."""

    class State(models.TextChoices):
        REPORTING = "reporting", _("述职中")
        BALLOTING = "balloting", _("测评中")
        COUNTED = "counted", _("已计票")
        SHOWN = "shown", _("本人核对中")
        SIGNED = "signed", _("已签发")
        PUBLISHED = "published", _("已公布")
        ENDED = "ended", _("已结束")
        DROPPED = "dropped", _("已取消")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    template = models.ForeignKey(Template, verbose_name=_("模板"), on_delete=models.PROTECT, related_name="cycles")
    period = models.CharField(_("期间"), max_length=7)
    title = models.CharField(_("名称"), max_length=80)
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.REPORTING, protected=True)
    opened_by = models.ForeignKey(Person, verbose_name=_("组织人"), on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField(_("发起日期"))
    report_due = models.DateField(_("述职截止"))
    ballot_due = models.DateField(_("测评截止"), null=True, blank=True)
    objections_until = models.DateField(_("异议截止"), null=True, blank=True)
    key_name = models.CharField(max_length=32, blank=True, editable=False)
    counted_at = models.DateTimeField(_("计票时间"), null=True, blank=True)
    given_by = models.ForeignKey(Person, verbose_name=_("纪检核定"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField(_("核定日期"), null=True, blank=True)
    signed_at = models.DateTimeField(_("签发时间"), null=True, blank=True)
    published_on = models.DateField(_("公布日期"), null=True, blank=True)
    ending = models.CharField(_("结束说明"), max_length=300, blank=True)

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("述职评议")
        ordering = ["-opened_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["template", "period"], condition=~Q(state="dropped"), name="appraisal_cycle_once"),
            models.CheckConstraint(condition=Q(key_name="") | Q(state="balloting"), name="appraisal_key_while_balloting"),
        ]
        indexes = [models.Index(fields=["area", "state"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_live(self) -> bool:
        return self.state in ("reporting", "balloting", "counted", "shown")

    @transition(field=state, source=State.REPORTING, target=State.BALLOTING)
    def open_ballots(self) -> None:
        """Everybody has had their time to report; the judges judge."""

    @transition(field=state, source=State.REPORTING, target=State.ENDED)
    def end(self) -> None:
        """Nobody judges: the reports themselves were what it was for."""

    @transition(field=state, source=State.BALLOTING, target=State.COUNTED)
    def count(self) -> None:
        """Counted once; the key is destroyed."""

    @transition(field=state, source=State.COUNTED, target=State.SHOWN)
    def show(self) -> None:
        """Each sees the own result before anybody else is told."""

    @transition(field=state, source=State.SHOWN, target=State.SIGNED)
    def sign(self) -> None:
        """Everybody has signed whom the template names."""

    @transition(field=state, source=State.SIGNED, target=State.PUBLISHED)
    def publish(self) -> None:
        """Made known in the scope that the rule allows."""

    @transition(field=state, source=[State.REPORTING, State.BALLOTING], target=State.DROPPED)
    def drop(self) -> None:
        """Given up before it was counted; what was cast is thrown away uncounted."""


def signed_part(standing: Any) -> Q:
    """Return the condition on reports: their results are signed by this person's role, who reads them for that."""
    here = Q(cycle__signatures__who="upper", area_id__in=standing.overseen_areas)
    here |= Q(cycle__signatures__who="discipline", area_id__in=standing.areas_of("discipline_member"))
    return here & Q(cycle__signatures__part=models.F("part"))


class ReportQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own; once presented: its judges, who signs its result, the leaders of the area, and for a 晾晒 within the group its members."""
        standing = standing_of(user)
        me = standing.person_id
        if me is None:
            return self.none()
        presented = Q(state=Report.State.PRESENTED)
        judged = presented & Q(seats__judge__person_id=me)
        led = presented & Q(area_id__in=standing.areas_of(LEADERS))
        groups = Membership.objects.on(today()).filter(person_id=me).values("group_id")
        fellows = Membership.objects.on(today()).filter(group_id__in=groups).values("person_id")
        shown = presented & Q(cycle__template__scope="group", person_id__in=fellows)
        rows = self.filter(Q(person_id=me) | judged | led | shown | (presented & signed_part(standing)))
        return rows.filter(area_id__in=standing.readable_areas | standing.overseen_areas).distinct()

    def signed_by(self, standing: Any) -> Self:
        """Those whose results this person's role signs."""
        return self.filter(signed_part(standing))


class Report(Record):
    """述职报告 of one person in a cycle. Until it is presented its facts are read anew; then all of it is frozen."""

    class State(models.TextChoices):
        DRAFT = "draft", _("待述职")
        PRESENTED = "presented", _("已述职")

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    cycle = models.ForeignKey(Cycle, verbose_name=_("述职评议"), on_delete=models.PROTECT, related_name="reports")
    person = models.ForeignKey(Person, verbose_name=_("述职人"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+")
    post_title = models.CharField(_("岗位"), max_length=120, blank=True)
    part = models.CharField(max_length=5, choices=[(PLAIN, PLAIN), (OWN, OWN)], default=PLAIN, editable=False)
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT, protected=True)
    answers = models.JSONField(_("述职内容"), default=dict, blank=True)
    facts = models.JSONField(_("事实"), default=list, blank=True, editable=False)
    draft_number = models.PositiveIntegerField(default=0, editable=False)
    draft_at = models.DateTimeField(null=True, blank=True, editable=False)
    draft_window = models.CharField(max_length=40, blank=True, editable=False)
    presented_at = models.DateTimeField(_("述职时间"), null=True, blank=True)
    digest = models.CharField(_("内容摘要"), max_length=64, blank=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("述职报告")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "person"], name="appraisal_report_once"),
            models.CheckConstraint(
                condition=Q(state="draft", presented_at=None, digest="")
                | (Q(state="presented", presented_at__isnull=False) & ~Q(digest="")),
                name="appraisal_presented_is_frozen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.name} {self.cycle.title}"

    @property
    def is_presented(self) -> bool:
        return self.state == self.State.PRESENTED

    @transition(field=state, source=State.DRAFT, target=State.PRESENTED)
    def present(self) -> None:
        """Said before those who judge; from now on it stands."""
