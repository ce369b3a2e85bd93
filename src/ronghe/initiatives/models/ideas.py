"""创效建议: an idea, what became of it, its verified benefit, and who is credited with which share. No row here is ever deleted."""

from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.initiatives.kinds import VERIFIER_KINDS
from ronghe.initiatives.models.projects import Project
from ronghe.initiatives.rules import ENDED, LIVE
from ronghe.org.kinds import LEADERS
from ronghe.org.models import AreaQuerySet, Person, Unit
from ronghe.org.standing import standing_of

AMOUNT: dict[str, Any] = {"max_digits": 16, "decimal_places": 2, "validators": [MinValueValidator(0)]}


class Terms(Record):
    """创效期限: a 管理区's own terms in place of the default ones (kinds.DEFAULT_TERMS)."""

    area = models.OneToOneField(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    decide_days = models.PositiveSmallIntegerField(_("受理期限(工作日)"))
    raise_days = models.PositiveSmallIntegerField(_("逾期后每隔几个工作日上报一级"))
    verify_days = models.PositiveSmallIntegerField(_("效益核实期限(工作日)"))
    share_days = models.PositiveSmallIntegerField(_("商定份额期限(工作日)"))
    verifier_kind = models.CharField(_("效益核实人"), max_length=30, choices=VERIFIER_KINDS)
    basis = models.CharField(_("依据"), max_length=300)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("创效期限")


class NumberRange(models.Model):
    """The last number given in a year; its row is the lock under which ideas are numbered."""

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "year"], name="initiatives_range_once")]


class IdeaQuerySet(AreaQuerySet):
    """Ideas are read by everybody who works in the area: that is how one idea serves twelve stations."""

    def live(self) -> Self:
        return self.filter(state__in=LIVE)


class Idea(Record):
    """创效建议. Whoever has the next step is `holder`, by `step_due`: a live idea always has both, an ended one neither."""

    class Kind(models.TextChoices):
        OUTPUT = "output", _("产量贡献")
        VALUE = "value", _("价值创造")
        SAFETY = "safety", _("安全捍卫")

    class Measure(models.TextChoices):
        YUAN = "yuan", _("元")
        TON = "ton", _("t")
        KWH = "kwh", _("kWh")
        HOUR = "hour", _("工时")
        HAZARD = "hazard", _("处隐患")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待受理")
        DOING = "doing", _("实施中")
        VERIFYING = "verifying", _("待核实")
        VERIFIED = "verified", _("待定份额")
        CREDITED = "credited", _("已计入贡献")
        DECLINED = "declined", _("未采纳")
        WITHDRAWN = "withdrawn", _("已撤回")
        STOPPED = "stopped", _("已终止")
        FRUITLESS = "fruitless", _("核实无效益")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="ideas")
    project = models.ForeignKey(Project, verbose_name=_("项目组"), null=True, blank=True, on_delete=models.PROTECT, related_name="ideas")
    number = models.CharField(_("编号"), max_length=20)
    kind = models.CharField(_("贡献类别"), max_length=10, choices=Kind)
    title = models.CharField(_("标题"), max_length=120)
    problem = models.TextField(_("问题和做法"), max_length=2000)
    expected = models.DecimalField(_("预计效益"), **AMOUNT)
    measure = models.CharField(_("计量单位"), max_length=10, choices=Measure)
    measuring = models.CharField(_("效益怎样计量"), max_length=500)
    origin_type = models.ForeignKey(ContentType, null=True, on_delete=models.PROTECT, related_name="+")
    origin_id = models.BigIntegerField(null=True)
    origin_name = models.CharField(_("出处"), max_length=200, blank=True)
    proposer = models.ForeignKey(Person, verbose_name=_("提出人"), on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField(_("提出日期"))
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.PROPOSED, protected=True)
    holder = models.ForeignKey(Person, verbose_name=_("现由"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    step_due = models.DateField(_("本步期限"), null=True, blank=True)
    level = models.PositiveSmallIntegerField(_("受理层级"), default=0)
    raise_on = models.DateField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(Person, verbose_name=_("受理人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(_("受理日期"), null=True, blank=True)
    decision = models.CharField(_("受理意见"), max_length=500, blank=True)
    owner = models.ForeignKey(Person, verbose_name=_("实施责任人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(_("完成期限"), null=True, blank=True)
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    benefit = models.DecimalField(_("核实效益"), null=True, blank=True, **AMOUNT)
    measured = models.CharField(_("核实办法"), max_length=500, blank=True)
    verified_by = models.ForeignKey(Person, verbose_name=_("核实人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    verified_on = models.DateField(_("核实日期"), null=True, blank=True)
    returns = models.PositiveSmallIntegerField(_("退回次数"), default=0)
    share_round = models.PositiveSmallIntegerField(default=0)
    ended_on = models.DateField(_("办结日期"), null=True, blank=True)
    ending = models.CharField(_("办结说明"), max_length=500, blank=True)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = _("创效建议")
        ordering = [F("step_due").asc(nulls_last=True), "-id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "number"], name="initiatives_number_once"),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | (~Q(verified_by=F("proposer")) & ~Q(verified_by=F("owner"))),
                name="initiatives_verified_by_another",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposer")), name="initiatives_decided_by_another"
            ),
            models.CheckConstraint(
                condition=Q(state__in=LIVE, holder__isnull=False, step_due__isnull=False, ended_on__isnull=True)
                | Q(state__in=ENDED, holder__isnull=True, step_due__isnull=True, ended_on__isnull=False),
                name="initiatives_held_or_ended",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["verified", "credited", "fruitless"]) | Q(benefit__isnull=False, verified_by__isnull=False),
                name="initiatives_benefit_verified",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "state", "step_due"]),
            models.Index(fields=["unit", "verified_on"]),
            models.Index(fields=["holder", "step_due"]),
            models.Index(fields=["origin_type", "origin_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @transition(field=state, source=State.PROPOSED, target=State.DOING)
    def accept(self) -> None:
        """Taken up: an owner does it by a date."""

    @transition(field=state, source=State.PROPOSED, target=State.DECLINED)
    def decline(self) -> None:
        """Not taken up, with a reason."""

    @transition(field=state, source=State.PROPOSED, target=State.WITHDRAWN)
    def withdraw(self) -> None:
        """Taken back by whoever proposed it."""

    @transition(field=state, source=State.DOING, target=State.STOPPED)
    def stop(self) -> None:
        """Given up while it was being done, with a reason."""

    @transition(field=state, source=State.DOING, target=State.VERIFYING)
    def finish(self) -> None:
        """Done, with proof."""

    @transition(field=state, source=State.VERIFYING, target=State.DOING)
    def send_back(self) -> None:
        """The verifier cannot find the benefit from what was filed."""

    @transition(field=state, source=State.VERIFYING, target=State.VERIFIED)
    def verify(self) -> None:
        """There is a benefit; it is to be shared."""

    @transition(field=state, source=State.VERIFYING, target=State.FRUITLESS)
    def find_nothing(self) -> None:
        """Verified as nothing: an end as honest as any."""

    @transition(field=state, source=State.VERIFIED, target=State.CREDITED)
    def credit(self) -> None:
        """Everybody credited has agreed to the shares."""


class PartQuerySet(VisibleQuerySet):
    """Rows of an idea, as readable as the idea."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(idea__in=Idea.objects.visible_to(user))


class Proof(Record):
    """成果与核实材料: what was done, and how the benefit was found. Its files are documents attached to it."""

    class Kind(models.TextChoices):
        DONE = "done", _("成果材料")
        VERIFIED = "verified", _("核实材料")
        RETURNED = "returned", _("退回")

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="proofs")
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    text = models.TextField(_("说明"), max_length=2000)
    filed_by = models.ForeignKey(Person, verbose_name=_("提交人"), on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField(_("提交时间"))

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("创效材料")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]


class ShareQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own; all of an idea in which one has a share or which one proposed or did (they agree on it); a chief those of the
        unit's people; leaders those of the area. Nobody else: what an individual added is no public table."""
        standing = standing_of(user)
        me = standing.person_id
        if me is None:
            return self.none()
        own = Idea.objects.filter(Q(proposer_id=me) | Q(owner_id=me) | Q(holder_id=me, state=Idea.State.VERIFIED)).values("pk")
        shared = Share.objects.filter(person_id=me).values("idea_id")
        led = Q(person__unit_id__in=standing.units_of("station_chief")) | Q(idea__area_id__in=standing.areas_of(LEADERS))
        return self.filter(Q(idea_id__in=own) | Q(idea_id__in=shared) | led, idea__area_id__in=standing.readable_areas)


class Share(Record):
    """贡献份额: one person's part of a verified benefit, agreed to by that person; a new proposal drops the one before."""

    class State(models.TextChoices):
        ASKED = "asked", _("待确认")
        AGREED = "agreed", _("已同意")
        DECLINED = "declined", _("不同意")
        DROPPED = "dropped", _("已作废")

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="shares")
    round = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, verbose_name=_("贡献人"), on_delete=models.PROTECT, related_name="+")
    work = models.CharField(_("做了什么"), max_length=200)
    percent = models.DecimalField(_("份额(%)"), max_digits=5, decimal_places=2)
    amount = models.DecimalField(_("计入效益"), max_digits=16, decimal_places=2, null=True, blank=True)
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.ASKED, protected=True)
    decided_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    note = models.CharField(_("意见"), max_length=300, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("贡献份额")
        ordering = ["round", "id"]
        constraints = [
            models.UniqueConstraint(fields=["idea", "round", "person"], name="initiatives_share_once"),
            models.CheckConstraint(condition=Q(percent__gt=0, percent__lte=100), name="initiatives_share_is_part"),
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(state="agreed"), name="initiatives_amount_agreed"),
        ]
        indexes = [models.Index(fields=["person", "state"])]

    @transition(field=state, source=State.ASKED, target=State.AGREED)
    def agree(self) -> None:
        """The person credited agrees."""

    @transition(field=state, source=State.ASKED, target=State.DECLINED)
    def decline(self) -> None:
        """The person credited does not, and says why."""

    @transition(field=state, source=[State.ASKED, State.AGREED], target=State.DROPPED)
    def drop(self) -> None:
        """Another proposal takes its place."""


class Likeness(models.Model):
    """相似建议: an earlier idea that a new one resembles, found when it was proposed."""

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="likenesses")
    earlier = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="likened_by")
    degree = models.DecimalField(_("相似度"), max_digits=3, decimal_places=2)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("相似建议")
        ordering = ["-degree", "id"]
        constraints = [
            models.UniqueConstraint(fields=["idea", "earlier"], name="initiatives_likeness_once"),
            models.CheckConstraint(condition=~Q(idea=F("earlier")), name="initiatives_likeness_of_another"),
        ]
