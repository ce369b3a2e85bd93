"""季度检查 (M22, M24): once a quarter each station and its 党小组 are looked at on the spot, by one sheet; the result counts for both."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.appraisal.rules.onsite import VERDICTS
from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.kinds import LEADERS
from ronghe.org.models import AreaQuerySet, PartyOrg, Person, Unit
from ronghe.org.standing import standing_of

SHEET_READERS = (*LEADERS, "discipline_member", "indicator_admin", "reviewer")


class CheckRound(Record):
    """One quarter's check of an area."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    quarter = models.CharField(_("季度"), max_length=6)
    opened_by = models.ForeignKey(Person, verbose_name=_("组织人"), on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField(_("发起日期"))
    due = models.DateField(_("截止"))
    basis = models.CharField(_("依据"), max_length=300)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("季度检查")
        ordering = ["-quarter", "-id"]
        constraints = [models.UniqueConstraint(fields=["area", "quarter"], name="appraisal_check_round_once")]

    def __str__(self) -> str:
        return f"{self.quarter} 季度检查"


class SheetQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The area's readers all, everybody of a unit its own, the checker the own. Results of all stand in the round's table."""
        standing = standing_of(user)
        if standing.person_id is None:
            return self.none()
        units = frozenset(post.unit_id for post in standing.posts)
        wide = Q(area_id__in=standing.areas_of(SHEET_READERS)) | Q(unit_id__in=units)
        return self.filter(wide | Q(checker_id=standing.person_id), area_id__in=standing.readable_areas)


class CheckSheet(Record):
    """检查单 of one unit and its 党小组. `once` is the number that the phone gave the filled sheet: sending it again changes nothing."""

    class State(models.TextChoices):
        DUE = "due", _("待检查")
        DONE = "done", _("已检查")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(CheckRound, verbose_name=_("季度检查"), on_delete=models.PROTECT, related_name="sheets")
    unit = models.ForeignKey(Unit, verbose_name=_("班站"), on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(PartyOrg, verbose_name=_("党小组"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    checker = models.ForeignKey(Person, verbose_name=_("检查人"), on_delete=models.PROTECT, related_name="+")
    state = FSMField(_("状态"), max_length=6, choices=State.choices, default=State.DUE, protected=True)
    done_on = models.DateField(_("检查日期"), null=True, blank=True)
    score = models.DecimalField(_("得分"), max_digits=5, decimal_places=1, null=True, blank=True)
    note = models.CharField(_("总的看"), max_length=500, blank=True)
    once = models.CharField(max_length=64, blank=True, editable=False)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查单")
        ordering = ["unit__order", "unit__code"]
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="appraisal_sheet_once"),
            models.CheckConstraint(
                condition=Q(state="due", done_on__isnull=True) | Q(state="done", done_on__isnull=False), name="appraisal_sheet_done_dated"
            ),
        ]
        indexes = [models.Index(fields=["area", "state"]), models.Index(fields=["checker", "state"])]

    def __str__(self) -> str:
        return f"{self.unit.name} {self.round.quarter} 检查单"

    @transition(field=state, source=State.DUE, target=State.DONE)
    def finish(self) -> None:
        """Looked at and filled in."""


class SheetPartQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(sheet__in=CheckSheet.objects.visible_to(user))


class SheetLine(models.Model):
    """One line of a sheet, in the words that its duty had when the round was opened."""

    sheet = models.ForeignKey(CheckSheet, on_delete=models.PROTECT, related_name="lines")
    order = models.PositiveSmallIntegerField()
    category = models.CharField(_("大类"), max_length=40)
    what = models.CharField(_("看什么"), max_length=400)
    degree = models.CharField(_("做到什么程度"), max_length=300)
    key = models.CharField(max_length=80)
    verdict = models.CharField(_("结论"), max_length=6, choices=list(VERDICTS.items()), blank=True)
    note = models.CharField(_("看到什么问题"), max_length=300, blank=True)

    objects = SheetPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("检查条目")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["sheet", "order"], name="appraisal_sheet_line_once")]

    def __str__(self) -> str:
        return self.what

    @property
    def area_id(self) -> int:
        return self.sheet.area_id
