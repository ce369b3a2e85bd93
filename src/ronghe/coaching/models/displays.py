"""晾晒: what is shown of a published month, to whom, by whose decision; taken back with a reason."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.assessment.models import Run
from ronghe.coaching.models.measures import READERS
from ronghe.common.models import Record
from ronghe.org.kinds import LEADERS
from ronghe.org.models import AreaQuerySet, Person, Unit
from ronghe.org.standing import standing_of

CHIEFS = ("station_chief", "group_leader")
SCOPES = {"leaders": _("班子成员"), "chiefs": _("班子成员和班站长、党小组长"), "area": _("本管理区全体人员")}


class DisplayQuerySet(AreaQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Who publishes sees all of them; others what is shown to them; the committee above what all may see."""
        standing = standing_of(user)
        shown = Q(state="shown", area_id__in=standing.readable_areas)
        told = shown & (
            Q(scope="area")
            | Q(area_id__in=standing.areas_of(LEADERS))
            | Q(scope="chiefs", area_id__in=standing.areas_of(CHIEFS))
        )  # fmt: skip
        above = Q(state="shown", scope="area", area_id__in=standing.overseen_areas)
        return self.filter(told | above | Q(area_id__in=standing.areas_of(READERS)))

    def live(self) -> Self:
        """Those that are shown, of a result that is still in force."""
        return self.filter(state="shown", run__state__in=Run.IN_FORCE)


class Display(Record):
    """One month's 晾晒: an act of its own, on a published result, to a declared circle."""

    class State(models.TextChoices):
        SHOWN = "shown", _("已晾晒")
        WITHDRAWN = "withdrawn", _("已撤回")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(Run, verbose_name=_("考核结果"), on_delete=models.PROTECT, related_name="displays")
    scope = models.CharField(_("给谁看"), max_length=8, choices=list(SCOPES.items()), default="area")
    names = models.BooleanField(_("写受表扬的个人姓名"), default=False)
    basis = models.CharField(_("依据"), max_length=300)
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.SHOWN, protected=True)
    shown_by = models.ForeignKey(Person, verbose_name=_("晾晒人"), on_delete=models.PROTECT, related_name="+")
    shown_on = models.DateField(_("晾晒日期"))
    withdrawn_by = models.ForeignKey(Person, verbose_name=_("撤回人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)
    reason = models.CharField(_("撤回原因"), max_length=300, blank=True)

    objects = DisplayQuerySet.as_manager()

    class Meta:
        verbose_name = _("晾晒")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["run"], condition=Q(state="shown"), name="coaching_display_once"),
            models.CheckConstraint(
                condition=Q(state="shown", withdrawn_by=None, reason="")
                | (Q(state="withdrawn", withdrawn_by__isnull=False) & ~Q(reason="")),
                name="coaching_display_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run.period} 晾晒"

    @transition(field=state, source=State.SHOWN, target=State.WITHDRAWN)
    def withdraw(self) -> None:
        """Taken back; that it was shown stays on record."""
