"""党员任务 by number: who had a part from when to when, and what was done of it month by month."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.goals.models.handbook import MEASURE
from ronghe.goals.models.plans import Goal
from ronghe.org.models import Dated, Person


class MemberQuerySet(VisibleQuerySet):
    """Rows of a member's part, as readable as the part."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(goal__in=Goal.objects.visible_to(user))


class MemberTerm(Dated, models.Model):
    """责任期: who had a member's part, from when to when. A share that is handed over in the middle of a month begins another."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="terms")
    person = models.ForeignKey(Person, verbose_name=_("落实人"), on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("说明"), max_length=300, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("责任期")
        ordering = ["valid_from", "id"]


class Tally(Record):
    """成员完成量: what a member had done of the part in a month, as the leader of the station or group entered it."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="tallies")
    person = models.ForeignKey(Person, verbose_name=_("落实人"), on_delete=models.PROTECT, related_name="+")
    month = models.CharField(_("月份"), max_length=7)
    value = models.DecimalField(_("完成量"), **{**MEASURE, "null": False, "blank": False})
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("登记人"), on_delete=models.PROTECT, related_name="+")

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("成员完成量")
        ordering = ["month", "id"]
        constraints = [models.UniqueConstraint(fields=["goal", "person", "month"], name="goals_tally_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.month}"
