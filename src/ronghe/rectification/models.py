"""整改: items with measures, proofs, requests and every time that the problem was found. No row here is ever deleted."""

from datetime import timedelta
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.kinds import LEADERS
from ronghe.org.models import AreaQuerySet, PartyOrg, Person, Unit
from ronghe.org.standing import standing_of
from ronghe.rectification.rules import ENDED, LIVE

# posts whose holders read every item of their area; posts whose holders read those of their unit
READERS = (*LEADERS, "discipline_member", "indicator_admin", "reviewer")
UNIT_READERS = ("station_chief", "group_leader", "reporter")


class Source(Record):
    """整改来源: a 管理区's own source, or its own terms for a default one (kinds.DEFAULT_SOURCES)."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("代码"), max_length=20)
    name = models.CharField(_("名称"), max_length=30)
    basis = models.CharField(_("依据"), max_length=300, blank=True)
    cure_days = models.PositiveSmallIntegerField(_("整改期限(天)"), default=30)
    plan_days = models.PositiveSmallIntegerField(_("制定方案(工作日)"), default=3)
    verify_days = models.PositiveSmallIntegerField(_("验证(工作日)"), default=3)
    redo_days = models.PositiveSmallIntegerField(_("退回后重做(工作日)"), default=5)
    watch_days = models.PositiveSmallIntegerField(_("观察期(天)"), default=90)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("整改来源")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["area", "code"], name="rectification_source_once")]

    def __str__(self) -> str:
        return self.name


class NumberRange(models.Model):
    """The last number given in a year; its row is the lock under which items are opened, so that a problem is opened once."""

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "year"], name="rectification_range_once")]


class ItemQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The area's readers all of it; a station's people its own; the owner, verifier and measure-responsible theirs."""
        standing = standing_of(user)
        if standing.person_id is None:
            return self.none()
        me = standing.person_id
        doing = Measure.objects.filter(item=OuterRef("pk"), responsible_id=me)
        mine = Q(owner_id=me) | Q(verifier_id=me) | Q(opened_by_id=me) | Exists(doing)
        wide = Q(area_id__in=standing.areas_of(READERS)) | Q(unit_id__in=standing.units_of(UNIT_READERS))
        return self.filter(wide | mine, area_id__in=standing.readable_areas)

    def live(self) -> Self:
        return self.filter(state__in=LIVE)

    def ended(self) -> Self:
        return self.filter(state__in=ENDED)


class Subject(models.TextChoices):
    """领域 of a finding whose cause is looked for before its cure counts."""

    SAFETY = "safety", _("安全")
    ENVIRONMENT = "environment", _("环保")
    QUALITY = "quality", _("质量")


class Item(Record):
    """整改项. Whoever has the next step is `holder`, by `step_due`: a live item always has both, an ended one neither."""

    class State(models.TextChoices):
        OPEN = "open", _("待制定方案")
        CURING = "curing", _("整改中")
        PROVING = "proving", _("待验证")
        RETURNED = "returned", _("已退回")
        RECURRED = "recurred", _("重复发生")
        CLOSED = "closed", _("已销号")
        VOID = "void", _("不成立")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("责任单位"), on_delete=models.PROTECT, related_name="rectification_items")
    party_group = models.ForeignKey(PartyOrg, verbose_name=_("党小组"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("编号"), max_length=20)
    source = models.CharField(_("来源"), max_length=20)
    source_name = models.CharField(_("来源"), max_length=30)
    title = models.CharField(_("标题"), max_length=120)
    problem = models.TextField(_("问题"), max_length=2000)
    cause = models.TextField(_("原因"), max_length=2000, blank=True)
    key = models.CharField(_("问题标识"), max_length=120, blank=True, editable=False)
    subject = models.CharField(_("领域"), max_length=12, blank=True, choices=Subject)
    owner = models.ForeignKey(Person, verbose_name=_("责任人"), on_delete=models.PROTECT, related_name="+")
    verifier = models.ForeignKey(Person, verbose_name=_("验证人"), on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(Person, verbose_name=_("提出人"), on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField(_("提出日期"))
    due = models.DateField(_("整改期限"))
    watch_days = models.PositiveSmallIntegerField(_("观察期(天)"))
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN, protected=True)
    holder = models.ForeignKey(Person, verbose_name=_("现由"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    step_due = models.DateField(_("本步期限"), null=True, blank=True)
    round = models.PositiveSmallIntegerField(_("第几次整改"), default=1)
    returns = models.PositiveSmallIntegerField(_("退回次数"), default=0)
    ended_on = models.DateField(_("办结日期"), null=True, blank=True)
    ended_by = models.ForeignKey(Person, verbose_name=_("办结人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("整改项")
        ordering = [F("step_due").asc(nulls_last=True), "-id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "number"], name="rectification_number_once"),
            models.UniqueConstraint(
                fields=["area", "unit", "key"], condition=Q(state__in=LIVE) & ~Q(key=""), name="rectification_problem_live_once"
            ),
            models.CheckConstraint(condition=~Q(owner=F("verifier")), name="rectification_two_people"),
            models.CheckConstraint(
                condition=Q(state__in=LIVE, holder__isnull=False, step_due__isnull=False, ended_on__isnull=True)
                | Q(state__in=ENDED, holder__isnull=True, step_due__isnull=True, ended_on__isnull=False, ended_by__isnull=False),
                name="rectification_held_or_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "state", "step_due"]),
            models.Index(fields=["unit", "state"]),
            models.Index(fields=["holder", "step_due"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def watched_until(self) -> Any:
        """The last day on which the same problem reopens this item."""
        return self.ended_on + timedelta(days=self.watch_days) if self.ended_on and self.state == self.State.CLOSED else None

    @transition(field=state, source=[State.OPEN, State.CURING, State.RETURNED, State.RECURRED], target=State.CURING)
    def plan(self) -> None:
        """The measures stand; the cure runs."""

    @transition(field=state, source=[State.CURING, State.RETURNED], target=State.PROVING)
    def prove(self) -> None:
        """The owner says that it is cured, with proof."""

    @transition(field=state, source=State.PROVING, target=State.RETURNED)
    def send_back(self) -> None:
        """The verifier is not convinced."""

    @transition(field=state, source=State.PROVING, target=State.CLOSED)
    def close(self) -> None:
        """销号."""

    @transition(field=state, source=list(LIVE), target=State.VOID)
    def void(self) -> None:
        """It never was a problem: two people say so."""

    @transition(field=state, source=State.CLOSED, target=State.RECURRED)
    def recur(self) -> None:
        """The same problem within the watch period."""


class PartQuerySet(VisibleQuerySet):
    """Rows of an item, as readable as the item."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(item__in=Item.objects.visible_to(user))


class Measure(Record):
    """措施: what is done, by whom, until when. Later rounds add measures; none is taken away."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="measures")
    round = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(_("措施"), max_length=300)
    responsible = models.ForeignKey(Person, verbose_name=_("落实人"), on_delete=models.PROTECT, related_name="+")
    due = models.DateField(_("期限"))
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    done_by = models.ForeignKey(Person, verbose_name=_("完成登记"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("整改措施")
        ordering = ["round", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_by__isnull=True) | Q(done_on__isnull=False, done_by__isnull=False),
                name="rectification_measure_done_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def area_id(self) -> int:
        """Where it belongs, for predicates that ask any row."""
        return self.item.area_id


class Proof(Record):
    """整改证明: what was filed and what the verifier said to it. Its files are documents attached to it."""

    class Verdict(models.TextChoices):
        PENDING = "pending", _("待验证")
        ACCEPTED = "accepted", _("验证通过")
        RETURNED = "returned", _("退回")
        DROPPED = "dropped", _("不再需要")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="proofs")
    round = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(_("整改情况"), max_length=2000)
    filed_by = models.ForeignKey(Person, verbose_name=_("提交人"), on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField(_("提交时间"))
    verdict = models.CharField(_("结论"), max_length=10, choices=Verdict, default=Verdict.PENDING)
    decided_by = models.ForeignKey(Person, verbose_name=_("验证人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("验证时间"), null=True, blank=True)
    note = models.CharField(_("意见"), max_length=500, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("整改证明")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(verdict="pending"), name="rectification_proof_pending_once"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("filed_by")), name="rectification_proof_second_person"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Request(Record):
    """申请: to move a deadline (of the item or of one measure) or to end the item as 不成立; another person decides."""

    class Kind(models.TextChoices):
        MOVE = "move", _("延期")
        VOID = "void", _("认定不成立")

    class State(models.TextChoices):
        ASKED = "asked", _("待批准")
        APPROVED = "approved", _("已批准")
        DECLINED = "declined", _("未批准")
        DROPPED = "dropped", _("不再需要")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="requests")
    measure = models.ForeignKey(Measure, verbose_name=_("措施"), null=True, blank=True, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    reason = models.CharField(_("理由"), max_length=500)
    old_due = models.DateField(_("原期限"), null=True, blank=True)
    new_due = models.DateField(_("新期限"), null=True, blank=True)
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.ASKED, protected=True)
    asked_by = models.ForeignKey(Person, verbose_name=_("申请人"), on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("申请时间"))
    approver = models.ForeignKey(Person, verbose_name=_("批准人"), on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Person, verbose_name=_("办理人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("办理时间"), null=True, blank=True)
    note = models.CharField(_("意见"), max_length=500, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("整改申请")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "kind"], condition=Q(state="asked"), name="rectification_request_asked_once"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="rectification_request_second_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}:{self.reason[:40]}"

    @transition(field=state, source=State.ASKED, target=State.APPROVED)
    def approve(self) -> None:
        """Agree."""

    @transition(field=state, source=State.ASKED, target=State.DECLINED)
    def decline(self) -> None:
        """Refuse with a note."""

    @transition(field=state, source=State.ASKED, target=State.DROPPED)
    def drop(self) -> None:
        """Overtaken by what happened to the item."""


class Occurrence(models.Model):
    """问题出处: each time that the problem was found, where, by whom; the first one opens the item, a later one may reopen it."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="occurrences")
    round = models.PositiveSmallIntegerField(default=1)
    source_name = models.CharField(_("来源"), max_length=30)
    origin_type = models.ForeignKey(ContentType, null=True, on_delete=models.PROTECT, related_name="+")
    origin_id = models.BigIntegerField(null=True)
    origin_name = models.CharField(_("出处"), max_length=200, blank=True)
    note = models.TextField(_("说明"), max_length=2000, blank=True)
    found_by = models.ForeignKey(Person, verbose_name=_("提出人"), on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField(_("时间"))

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("问题出处")
        ordering = ["id"]
        indexes = [models.Index(fields=["origin_type", "origin_id"])]


class Urge(models.Model):
    """催办: at most one to a person in a working day, whoever sends it and for however many items."""

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, verbose_name=_("被催办人"), on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("工作日"))
    by = models.ForeignKey(Person, verbose_name=_("催办人"), on_delete=models.PROTECT, related_name="+")
    items = models.ManyToManyField(Item, related_name="urges")
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("催办")
        constraints = [models.UniqueConstraint(fields=["area", "person", "day"], name="rectification_urge_once_a_day")]
