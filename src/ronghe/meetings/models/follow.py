"""What follows a meeting: 决议落实 with owner and date; and what could not wait for one: 紧急决定, red until it is ratified."""

from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.meetings.models.agenda import Item
from ronghe.meetings.models.meetings import READERS
from ronghe.org.models import Person, Unit
from ronghe.org.standing import standing_of


class AssignmentQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """With its item; and whoever is to carry it out."""
        standing = standing_of(user)
        if standing.person_id is None:
            return self.none()
        mine = Q(owner_id=standing.person_id, area_id__in=standing.readable_areas)
        return self.filter(mine | Q(item__in=Item.objects.visible_to(user)))


class Assignment(Record):
    """决议落实: what is done after a resolution, by whom, until when."""

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, verbose_name=_("议题"), on_delete=models.PROTECT, related_name="assignments")
    text = models.CharField(_("落实事项"), max_length=300)
    owner = models.ForeignKey(Person, verbose_name=_("责任人"), on_delete=models.PROTECT, related_name="+")
    due = models.DateField(_("期限"))
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    result = models.CharField(_("落实情况"), max_length=500, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("决议落实")
        ordering = ["due", "id"]
        indexes = [models.Index(fields=["area", "done_on", "due"])]

    def __str__(self) -> str:
        return self.text


class UrgentQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        standing = standing_of(user)
        return self.filter(area_id__in=standing.areas_of(READERS) & standing.readable_areas)


class Urgent(Record):
    """紧急决定: decided outside a meeting because it could not wait. Red until the next meeting has ratified it.

    `origin` names what it decided where another context follows that (a step of a decision matter); one urgent decision stands for one.
    """

    class State(models.TextChoices):
        OPEN = "open", _("待追认")
        RATIFIED = "ratified", _("已追认")
        REFUSED = "refused", _("未予追认")

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind_code = models.CharField(_("由什么会追认"), max_length=20)
    title = models.CharField(_("事项"), max_length=110)
    text = models.TextField(_("决定内容"), max_length=2000)
    reason = models.CharField(_("为什么等不到开会"), max_length=500)
    consulted = models.CharField(_("征求了谁的意见"), max_length=300)
    decided_by = models.ForeignKey(Person, verbose_name=_("决定人"), on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(_("决定日期"))
    origin_type = models.ForeignKey(ContentType, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    origin_id = models.BigIntegerField(null=True, blank=True)
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN, protected=True)
    settled_on = models.DateField(_("追认日期"), null=True, blank=True)

    objects = UrgentQuerySet.as_manager()

    class Meta:
        verbose_name = _("紧急决定")
        ordering = ["-decided_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state="open") ^ Q(settled_on__isnull=False), name="meetings_urgent_settled_or_open"),
            models.UniqueConstraint(
                fields=["origin_type", "origin_id"], condition=Q(origin_id__isnull=False), name="meetings_urgent_origin_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def origin_label(self) -> str:
        return f"{self.origin_type.app_label}.{self.origin_type.model}" if self.origin_type else ""

    @transition(field=state, source=State.OPEN, target=State.RATIFIED)
    def ratify(self) -> None:
        """A meeting stands by it."""

    @transition(field=state, source=State.OPEN, target=State.REFUSED)
    def refuse(self) -> None:
        """A meeting does not; what follows is its own resolution."""
