"""建议、措施、谈话、回访. The system proposes; a measure exists only because a person decided on it."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.coaching.models.kinds import Kind
from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.models import Person, Unit
from ronghe.org.standing import standing_of

# who reads every measure of the area: those who answer for it. Others read those that they decided on, carry out, or that are about them
READERS = ("branch_secretary", "area_manager", "deputy_party")


class ProposalQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Whoever is to decide, and the readers; never the person whom it is about: nothing has been decided."""
        standing = standing_of(user)
        me = standing.person_id
        if me is None:
            return self.none()
        wide = Q(area_id__in=standing.areas_of(READERS)) | Q(owner_id=me)
        return self.filter(wide & (Q(person=None) | ~Q(person_id=me)), area_id__in=standing.readable_areas)


class Proposal(Record):
    """措施建议: what the system found and which kind of measure it fits. It does nothing; a person adopts or dismisses it, with a reason."""

    class State(models.TextChoices):
        OPEN = "open", _("待研究")
        ADOPTED = "adopted", _("已采纳")
        DISMISSED = "dismissed", _("不采纳")
        LAPSED = "lapsed", _("情况已变")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, verbose_name=_("对象"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(Kind, verbose_name=_("措施"), on_delete=models.PROTECT, related_name="proposals")
    ground = models.CharField(_("情形"), max_length=10)
    key = models.CharField(max_length=120, editable=False)
    text = models.CharField(_("为什么"), max_length=300)
    evidence = models.JSONField(_("证据"), default=list)
    period = models.CharField(_("期间"), max_length=7, blank=True)
    indicator = models.CharField(_("指标"), max_length=60, blank=True)
    found_on = models.DateField(_("提出日期"))
    due = models.DateField(_("研究期限"))
    owner = models.ForeignKey(Person, verbose_name=_("由谁研究"), on_delete=models.PROTECT, related_name="+")
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN, protected=True)
    decided_by = models.ForeignKey(Person, verbose_name=_("决定人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)
    reason = models.CharField(_("理由"), max_length=300, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("措施建议")
        ordering = ["state", "due", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "key"], condition=Q(state="open"), name="coaching_proposal_open_once"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "lapsed"], decided_by__isnull=True)
                | Q(state__in=["adopted", "dismissed"], decided_by__isnull=False, decided_on__isnull=False) & ~Q(reason=""),
                name="coaching_proposal_decided_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["area", "state", "due"])]

    def __str__(self) -> str:
        return f"{self.kind.name}建议({self.person.name if self.person else self.unit.name})"

    @property
    def subject(self) -> str:
        return self.person.name if self.person else self.unit.name

    @transition(field=state, source=State.OPEN, target=State.ADOPTED)
    def adopt(self) -> None:
        """A person decided on a measure."""

    @transition(field=state, source=State.OPEN, target=State.DISMISSED)
    def dismiss(self) -> None:
        """A person decided that nothing follows, and says why."""

    @transition(field=state, source=State.OPEN, target=State.LAPSED)
    def lapse(self) -> None:
        """What gave rise to it is no longer so."""


class MeasureQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Praise: everybody of the area, once it stands. The rest: the readers, who decided, who carries it out, whom it is about."""
        standing = standing_of(user)
        me = standing.person_id
        if me is None:
            return self.none()
        own = Q(person_id=me) | Q(owner_id=me) | Q(decided_by_id=me)
        led = Q(person=None, unit_id__in=standing.units_of(("station_chief", "group_leader")))
        praise = Q(kind__tone="praise") & ~Q(state="dropped")
        return self.filter(own | led | praise | Q(area_id__in=standing.areas_of(READERS)), area_id__in=standing.readable_areas)

    def live(self) -> Self:
        return self.filter(state__in=Measure.LIVE)


class Measure(Record):
    """措施: decided by a person, with a ground and a reason, on a unit or a person, carried out by an owner until a day."""

    class State(models.TextChoices):
        OPEN = "open", _("待落实")
        CONFIRMING = "confirming", _("待双方确认")
        FOLLOWING = "following", _("回访中")
        DONE = "done", _("已办结")
        DROPPED = "dropped", _("已撤销")

    LIVE = ("open", "confirming", "following")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, verbose_name=_("对象"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(_("层级"), max_length=10)
    kind = models.ForeignKey(Kind, verbose_name=_("措施"), on_delete=models.PROTECT, related_name="measures")
    proposal = models.OneToOneField(Proposal, verbose_name=_("建议"), null=True, on_delete=models.PROTECT, related_name="measure")
    ground = models.CharField(_("凭什么"), max_length=300)
    reason = models.CharField(_("决定理由"), max_length=300)
    period = models.CharField(_("由哪个月引起"), max_length=7, blank=True)
    indicator = models.CharField(_("针对的指标"), max_length=60, blank=True)
    decided_by = models.ForeignKey(Person, verbose_name=_("决定人"), on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(_("决定日期"))
    owner = models.ForeignKey(Person, verbose_name=_("负责落实"), on_delete=models.PROTECT, related_name="+")
    due = models.DateField(_("期限"))
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN, protected=True)
    result = models.CharField(_("落实情况"), max_length=500, blank=True)
    carried_on = models.DateField(_("落实日期"), null=True, blank=True)
    ended_on = models.DateField(_("办结日期"), null=True, blank=True)
    ending = models.CharField(_("撤销原因"), max_length=300, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("措施")
        ordering = ["-decided_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(person=None) | ~Q(person=F("decided_by")), name="coaching_not_on_oneself"),
            models.CheckConstraint(condition=Q(person=None) | ~Q(person=F("owner")), name="coaching_owner_is_another"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "confirming", "following"], ended_on__isnull=True)
                | Q(state__in=["done", "dropped"], ended_on__isnull=False),
                name="coaching_live_or_ended",
            ),
        ]
        indexes = [models.Index(fields=["area", "state", "due"]), models.Index(fields=["unit", "state"])]

    def __str__(self) -> str:
        return f"{self.kind.name}({self.subject})"

    @property
    def subject(self) -> str:
        return self.person.name if self.person else self.unit.name

    @property
    def is_live(self) -> bool:
        return self.state in self.LIVE

    @transition(field=state, source=State.OPEN, target=State.CONFIRMING)
    def file_record(self) -> None:
        """The talk was held and written down; both are to confirm."""

    @transition(field=state, source=State.CONFIRMING, target=State.OPEN)
    def return_record(self) -> None:
        """One of the two does not find the talk in the record."""

    @transition(field=state, source=[State.OPEN, State.CONFIRMING], target=State.FOLLOWING)
    def follow(self) -> None:
        """Carried out; whether it holds is looked at later."""

    @transition(field=state, source=[State.OPEN, State.CONFIRMING, State.FOLLOWING], target=State.DONE)
    def finish(self) -> None:
        """All of it is done."""

    @transition(field=state, source=[State.OPEN, State.CONFIRMING, State.FOLLOWING], target=State.DROPPED)
    def drop(self) -> None:
        """Taken back, with a reason."""


class PartQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The readers of the area, who talks or looks, and whom it is about."""
        standing = standing_of(user)
        me = standing.person_id
        if me is None:
            return self.none()
        mine = Measure.objects.filter(Q(person_id=me) | Q(owner_id=me) | Q(decided_by_id=me), pk=OuterRef("measure_id"))
        wide = Q(measure__area_id__in=standing.areas_of(READERS))
        return self.filter(wide | Exists(mine), measure__area_id__in=standing.readable_areas)


class Talk(Record):
    """谈话: the notice, and a record of four parts; it stands when both have confirmed it. Its words are in no audit entry."""

    measure = models.OneToOneField(Measure, on_delete=models.PROTECT, related_name="talk")
    meets_on = models.DateField(_("谈话日期"))
    meets_at = models.TimeField(_("时间"))
    place = models.CharField(_("地点"), max_length=60)
    noticed_on = models.DateField(_("通知日期"))
    notice = models.CharField(_("通知内容"), max_length=300, blank=True)
    problem = models.TextField(_("问题"), max_length=1000, blank=True)
    cause = models.TextField(_("原因"), max_length=1000, blank=True)
    promise = models.TextField(_("本人承诺"), max_length=1000, blank=True)
    help = models.TextField(_("组织提供的帮助"), max_length=1000, blank=True)
    owner_confirmed_on = models.DateField(_("谈话人确认"), null=True, blank=True)
    person_confirmed_on = models.DateField(_("本人确认"), null=True, blank=True)
    words = models.CharField(_("本人意见"), max_length=500, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("谈话")

    def __str__(self) -> str:
        return str(self.measure)


class FollowUp(Record):
    """回访: looked at on a day whether what was promised and offered came about."""

    class Verdict(models.TextChoices):
        BETTER = "better", _("有改进")
        SAME = "same", _("没有变化")
        WORSE = "worse", _("更差")

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="follows")
    due = models.DateField(_("回访日期"))
    done_on = models.DateField(_("实际日期"), null=True, blank=True)
    verdict = models.CharField(_("结论"), max_length=10, choices=Verdict, blank=True)
    text = models.CharField(_("看到什么"), max_length=500, blank=True)
    help_kept = models.BooleanField(_("答应的帮助兑现了"), null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("回访")
        ordering = ["due", "id"]
        constraints = [models.UniqueConstraint(fields=["measure", "due"], name="coaching_follow_once")]

    def __str__(self) -> str:
        return f"{self.measure} {self.due}"
