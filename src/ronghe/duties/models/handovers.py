"""AB 岗 and 交接: a person moves or is away, for good or from–to; nothing is left with nobody."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.duties.models.matrix import DatedAreaQuerySet
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Dated, Person, Post, Unit
from ronghe.org.standing import standing_of


class StandingDeputy(Dated, Record):
    """AB 岗: which post stands in for a post while its holder is away."""

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, verbose_name=_("A 岗"), on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(Post, verbose_name=_("B 岗"), on_delete=models.PROTECT, related_name="+")

    objects = DatedAreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("AB 岗")
        ordering = ["post__order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["post"], condition=Q(valid_to=None), name="duties_deputy_running_once"),
            models.CheckConstraint(condition=~Q(post=F("deputy")), name="duties_deputy_another_post"),
        ]

    def __str__(self) -> str:
        return f"{self.post} → {self.deputy}"


class HandoverQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Leaders those of the area; a chief those of the unit; the two sides their own."""
        standing = standing_of(user)
        if standing.person_id is None:
            return self.none()
        me = standing.person_id
        led = Q(area_id__in=standing.areas_of(LEADERS)) | Q(giver__unit_id__in=standing.units_of(("station_chief", "group_leader")))
        own = Q(giver_id=me) | Q(receiver_id=me) | Q(pk__in=HandoverLine.objects.filter(receiver_id=me).values("handover_id"))
        return self.filter(led | own, area_id__in=standing.readable_areas)


class Handover(Record):
    """交接: all that one person holds, to one or several others, from a day on: for good, or until the giver is back."""

    class Kind(models.TextChoices):
        MOVE = "move", _("调离(不再回来)")
        ABSENCE = "absence", _("离岗(到期回来)")

    class State(models.TextChoices):
        PLANNED = "planned", _("未到日期")
        RUNNING = "running", _("已移交")
        RETURNED = "returned", _("已交回")
        DROPPED = "dropped", _("已撤销")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    giver = models.ForeignKey(Person, verbose_name=_("移交人"), on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(
        Person,
        verbose_name=_("接收人"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("没有逐项指定的,以及离岗期间新到的,都归接收人"),
    )
    kind = models.CharField(_("类别"), max_length=8, choices=Kind)
    starts_on = models.DateField(_("自"))
    ends_on = models.DateField(_("至"), null=True, blank=True)
    note = models.CharField(_("原因"), max_length=200)
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.PLANNED, protected=True)
    signed_at = models.DateTimeField(_("移交人签字"), null=True, blank=True)
    wishes = models.JSONField(default=dict, editable=False)  # key of a row → receiver, until the day has come

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("交接")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="duties_handover_two_people"),
            models.CheckConstraint(
                condition=Q(kind="move", ends_on=None) | Q(kind="absence", ends_on__gte=F("starts_on")), name="duties_handover_dates"
            ),
            models.UniqueConstraint(
                fields=["giver"], condition=Q(kind="absence", state__in=["planned", "running"]), name="duties_absence_once"
            ),
        ]
        indexes = [models.Index(fields=["area", "state"])]

    def __str__(self) -> str:
        return f"{self.giver.name}{self.get_kind_display()}"

    @transition(field=state, source=State.PLANNED, target=State.RUNNING)
    def start(self) -> None:
        """The day has come: everything goes to its receiver."""

    @transition(field=state, source=State.RUNNING, target=State.RETURNED)
    def finish(self) -> None:
        """The giver is back, and what is still open came back too."""

    @transition(field=state, source=State.PLANNED, target=State.DROPPED)
    def drop(self) -> None:
        """Called off before its day."""


class LineQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(handover__in=Handover.objects.visible_to(user))


class HandoverLine(models.Model):
    """One thing handed over. `refused` says why it could not go to the one who was named, and went elsewhere or stayed."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="lines")
    registry = models.CharField(max_length=30)
    key = models.CharField(max_length=80)
    what = models.CharField(_("类别"), max_length=40)
    title = models.CharField(_("内容"), max_length=200)
    url = models.CharField(max_length=300, blank=True)
    receiver = models.ForeignKey(Person, verbose_name=_("接收人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    refused = models.CharField(_("没有移交的原因"), max_length=300, blank=True)
    given_on = models.DateField(_("移交日期"))
    returned_on = models.DateField(_("交回日期"), null=True, blank=True)
    signed_at = models.DateTimeField(_("接收人签字"), null=True, blank=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("交接清单")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(receiver__isnull=False) | ~Q(refused=""), name="duties_line_received_or_explained")
        ]

    def __str__(self) -> str:
        return self.title
