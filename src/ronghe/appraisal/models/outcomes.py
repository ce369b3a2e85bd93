"""综合评定: what a person's result is made of, how it came about line by line, the objection, the grade given by a person."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.appraisal.kinds import SIGNERS
from ronghe.appraisal.models.ballots import ShownQuerySet
from ronghe.appraisal.models.cycles import READERS, Cycle, Report
from ronghe.appraisal.rules.signing import OWN, PLAIN
from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.models import Person
from ronghe.org.standing import standing_of


class GivenQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """纪检小组 of the area, who gives them, and whoever they are about once the result is shown."""
        standing = standing_of(user)
        mine = Q(report__person_id=standing.person_id or 0, report__cycle__state__in=["shown", "signed", "published"])
        return self.filter(
            mine | Q(report__area_id__in=standing.areas_of("discipline_member")), report__area_id__in=standing.readable_areas
        )


class Given(Record):
    """纪检核定: a count about one person that nobody computes (问责次数, 否决事项), with its ground."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="given")
    code = models.CharField(_("事项"), max_length=40)
    value = models.PositiveSmallIntegerField(_("次数"))
    note = models.CharField(_("依据和文号"), max_length=200, blank=True)
    given_by = models.ForeignKey(Person, verbose_name=_("核定人"), on_delete=models.PROTECT, related_name="+")

    objects = GivenQuerySet.as_manager()

    class Meta:
        verbose_name = _("纪检核定")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "code"], name="appraisal_given_once"),
            models.CheckConstraint(condition=Q(value=0) | ~Q(note=""), name="appraisal_given_with_ground"),
        ]


class Outcome(Record):
    """综合评定 of one person, in versions: an objection that holds makes a new one, the old stays beside it."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="outcomes")
    number = models.PositiveSmallIntegerField(_("版次"), default=1)
    current = models.BooleanField(default=True)
    inputs = models.JSONField(_("输入"), default=list, editable=False)
    lines = models.JSONField(_("计算"), default=list, editable=False)
    total = models.DecimalField(_("总分"), max_digits=18, decimal_places=4, null=True, blank=True)
    because = models.TextField(_("说明"), blank=True)
    proposed = models.CharField(_("按分数应为"), max_length=20, blank=True)
    provisional = models.BooleanField(_("输入不全"), default=False)
    seen_at = models.DateTimeField(_("本人查看时间"), null=True, blank=True)
    grade = models.CharField(_("等次"), max_length=20, blank=True)
    grade_reason = models.CharField(_("评定理由"), max_length=300, blank=True)
    graded_by = models.ForeignKey(Person, verbose_name=_("评定人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ShownQuerySet.as_manager()

    class Meta:
        verbose_name = _("综合评定")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="appraisal_outcome_version_once"),
            models.UniqueConstraint(fields=["report"], condition=Q(current=True), name="appraisal_outcome_current_once"),
            models.CheckConstraint(
                condition=Q(grade="", graded_by=None) | (~Q(grade="") & ~Q(grade_reason="") & Q(graded_by__isnull=False)),
                name="appraisal_grade_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report.person.name} {self.report.cycle.title}"

    @property
    def area_id(self) -> int:
        """Where it belongs, for predicates that ask any row."""
        return self.report.area_id


class DoubtQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The person who objected, and those who answer."""
        standing = standing_of(user)
        mine = Q(outcome__report__person_id=standing.person_id or 0) | Q(outcome__report__area_id__in=standing.areas_of(READERS))
        signed = Q(outcome__report_id__in=Report.objects.signed_by(standing).values("pk"))
        return self.filter(mine & Q(outcome__report__area_id__in=standing.readable_areas) | signed)


class Doubt(Record):
    """对评定的异议: answered within the term by somebody else; where it holds, the input is set right and computed anew."""

    class State(models.TextChoices):
        ASKED = "asked", _("待答复")
        UPHELD = "upheld", _("成立,已更正")
        REJECTED = "rejected", _("不成立")

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="doubts")
    code = models.CharField(_("对哪一项"), max_length=40)
    item_name = models.CharField(_("哪一项"), max_length=60)
    reason = models.TextField(_("异议理由"), max_length=1000)
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.ASKED, protected=True)
    due = models.DateField(_("答复期限"))
    answer = models.TextField(_("答复"), max_length=1000, blank=True)
    right = models.DecimalField(_("正确的数值"), max_digits=18, decimal_places=6, null=True, blank=True)
    answered_by = models.ForeignKey(Person, verbose_name=_("答复人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made = models.OneToOneField(
        Outcome, verbose_name=_("更正后的评定"), null=True, blank=True, on_delete=models.PROTECT, related_name="made_by"
    )

    objects = DoubtQuerySet.as_manager()

    class Meta:
        verbose_name = _("评定异议")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["outcome", "code"], condition=Q(state="asked"), name="appraisal_doubt_open_once"),
            models.CheckConstraint(condition=Q(state="asked") ^ Q(answered_by__isnull=False), name="appraisal_doubt_answered_by_somebody"),
        ]

    def __str__(self) -> str:
        return self.item_name

    @property
    def area_id(self) -> int:
        return self.outcome.report.area_id

    @transition(field=state, source=State.ASKED, target=State.UPHELD)
    def uphold(self) -> None:
        """It holds."""

    @transition(field=state, source=State.ASKED, target=State.REJECTED)
    def reject(self) -> None:
        """It does not."""


class SignatureQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(cycle__in=Cycle.objects.visible_to(user).order_by().values("pk"))


class Signature(models.Model):
    """签发: one place for a signature under one part of a round's results; who fills the role signs it. Nobody signs the own (`part`)."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="signatures")
    part = models.CharField(max_length=5, choices=[(PLAIN, PLAIN), (OWN, OWN)])
    who = models.CharField(_("由谁签发"), max_length=12, choices=list(SIGNERS.items()))
    person = models.ForeignKey(Person, verbose_name=_("签发人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(_("签发时间"), null=True, blank=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("评定签发")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "part", "who"], name="appraisal_signature_place_once"),
            models.UniqueConstraint(
                fields=["cycle", "part", "person"], condition=Q(person__isnull=False), name="appraisal_signature_person_once"
            ),
            models.CheckConstraint(condition=Q(person=None) ^ Q(signed_at__isnull=False), name="appraisal_signature_with_time"),
        ]
