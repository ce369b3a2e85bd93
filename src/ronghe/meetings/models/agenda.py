"""议题: from the backlog through the meeting to its resolution; what was said, who was recused."""

from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.meetings.models.meetings import READERS, UNIT_LEADERS, Meeting
from ronghe.meetings.rules import quorum
from ronghe.org.models import Person, Unit
from ronghe.org.standing import standing_of


class AgendaQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those of readable meetings; of the backlog: the area's readers all, a unit's leaders the unit's, who proposed it their own."""
        standing = standing_of(user)
        if standing.person_id is None:
            return self.none()
        waiting = Q(meeting=None) & (
            Q(area_id__in=standing.areas_of(READERS))
            | Q(unit_id__in=standing.units_of(UNIT_LEADERS))
            | Q(proposed_by_id=standing.person_id)
        )
        return self.filter(waiting | Q(meeting__in=Meeting.objects.visible_to(user)), area_id__in=standing.readable_areas)

    def waiting(self) -> Self:
        return self.filter(state=Item.State.WAITING)


class Item(Record):
    """议题. `origin` names what was brought before the meeting by another context (common.registry.agenda)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待上会")
        LISTED = "listed", _("已列入议程")
        OPEN = "open", _("审议中")
        VOTING = "voting", _("表决中")
        PASSED = "passed", _("通过")
        REJECTED = "rejected", _("未通过")
        NOTED = "noted", _("已通报学习")
        DEFERRED = "deferred", _("暂缓")
        WITHDRAWN = "withdrawn", _("已撤回")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+")
    kind_code = models.CharField(_("上什么会"), max_length=20)
    meeting = models.ForeignKey(Meeting, verbose_name=_("会议"), null=True, blank=True, on_delete=models.PROTECT, related_name="items")
    title = models.CharField(_("议题"), max_length=120)
    matter_class = models.CharField(_("事项类别"), max_length=10, choices=list(quorum.CLASSES.items()), default="ordinary")
    text = models.TextField(_("情况说明"), max_length=4000, blank=True)
    proposal = models.TextField(_("拟决议"), max_length=2000, blank=True)
    reporter = models.ForeignKey(Person, verbose_name=_("汇报人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(Person, verbose_name=_("提出人"), on_delete=models.PROTECT, related_name="+")
    wanted_by = models.DateField(_("希望在何时前上会"), null=True, blank=True)
    origin_type = models.ForeignKey(ContentType, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    origin_id = models.BigIntegerField(null=True, blank=True)
    origin_name = models.CharField(_("来源"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)
    in_room = models.BooleanField(_("临时动议"), default=False)
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.WAITING, protected=True)
    form = models.CharField(_("表决方式"), max_length=8, choices=list(quorum.FORMS.items()), blank=True)
    on_paper = models.BooleanField(_("纸质票"), default=False)
    tellers = models.CharField(_("监票、计票"), max_length=60, blank=True)
    # the room as it was when the vote began; nobody comes or goes before the result stands
    entitled = models.PositiveSmallIntegerField(_("应到"), default=0)
    present = models.PositiveSmallIntegerField(_("实到"), default=0)
    recused = models.PositiveSmallIntegerField(_("回避(到会)"), default=0)
    recused_away = models.PositiveSmallIntegerField(_("回避(未到会)"), default=0)
    yes = models.PositiveSmallIntegerField(_("同意"), null=True, blank=True)
    no = models.PositiveSmallIntegerField(_("不同意"), null=True, blank=True)
    abstain = models.PositiveSmallIntegerField(_("弃权"), null=True, blank=True)
    because = models.CharField(_("计票说明"), max_length=400, blank=True)
    resolution = models.TextField(_("决议"), max_length=2000, blank=True)
    decided_at = models.DateTimeField(_("决议时间"), null=True, blank=True)

    objects = AgendaQuerySet.as_manager()

    class Meta:
        verbose_name = _("议题")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "withdrawn"]) | Q(meeting__isnull=False), name="meetings_item_has_a_meeting"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["passed", "rejected"])
                | Q(yes__isnull=False, no__isnull=False, abstain__isnull=False, decided_at__isnull=False, present__gt=0),
                name="meetings_item_decided_by_votes",
            ),
            models.UniqueConstraint(
                fields=["kind_code", "origin_type", "origin_id"],
                condition=Q(state__in=["waiting", "listed", "open", "voting"], origin_id__isnull=False),
                name="meetings_origin_live_once",
            ),
        ]
        indexes = [models.Index(fields=["area", "state"]), models.Index(fields=["origin_type", "origin_id"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_decided(self) -> bool:
        return self.state in (self.State.PASSED, self.State.REJECTED)

    @property
    def is_live(self) -> bool:
        return self.state in (self.State.WAITING, self.State.LISTED, self.State.OPEN, self.State.VOTING)

    @property
    def room(self) -> quorum.Room:
        """The room in which the vote began, as plain numbers."""
        return quorum.Room(self.entitled, self.present, self.recused, self.recused_away)

    @property
    def origin_label(self) -> str:
        return f"{self.origin_type.app_label}.{self.origin_type.model}" if self.origin_type else ""

    @transition(field=state, source=State.WAITING, target=State.LISTED)
    def enlist(self) -> None:
        """It comes on a meeting's agenda."""

    @transition(field=state, source=State.LISTED, target=State.WAITING)
    def put_back(self) -> None:
        """Back into the backlog: taken off the agenda, or not reached."""

    @transition(field=state, source=State.OPEN, target=State.DEFERRED)
    def defer(self) -> None:
        """暂缓: discussed here, decided another time by a copy in the backlog."""

    @transition(field=state, source=State.LISTED, target=State.OPEN)
    def take_up(self) -> None:
        """The meeting takes it up."""

    @transition(field=state, source=State.OPEN, target=State.VOTING)
    def begin_vote(self) -> None:
        """Everyone has been heard; the room stands still until the result does."""

    @transition(field=state, source=State.VOTING, target=State.OPEN)
    def break_vote(self) -> None:
        """The vote is void and will be held anew."""

    @transition(field=state, source=State.VOTING, target=State.PASSED)
    def carry(self) -> None:
        """Carried."""

    @transition(field=state, source=State.VOTING, target=State.REJECTED)
    def reject(self) -> None:
        """Not carried."""

    @transition(field=state, source=State.OPEN, target=State.NOTED)
    def note(self) -> None:
        """Heard and discussed; nothing to vote on."""

    @transition(field=state, source=State.WAITING, target=State.WITHDRAWN)
    def withdraw(self) -> None:
        """It needs no meeting any more."""


class ItemPartQuerySet(VisibleQuerySet):
    """Rows of an item, as readable as the item."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(item__in=Item.objects.visible_to(user))


class Voice(Record):
    """意见: what one person said on an item, in the order in which they spoke, and the vote of an open form. Never that of a secret ballot."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="voices")
    person = models.ForeignKey(Person, verbose_name=_("发言人"), on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("意见"), max_length=1000)
    vote = models.CharField(_("表决"), max_length=8, choices=list(quorum.VOTES.items()), blank=True)
    place = models.PositiveSmallIntegerField(_("发言次序"), default=0)

    objects = ItemPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("意见")
        ordering = ["place", "id"]
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="meetings_voice_once")]

    def __str__(self) -> str:
        return self.text[:60]


class Recusal(Record):
    """回避: who takes no part in an item, and why."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="recusals")
    person = models.ForeignKey(Person, verbose_name=_("回避人"), on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("回避事由"), max_length=200)
    noted_by = models.ForeignKey(Person, verbose_name=_("登记人"), on_delete=models.PROTECT, related_name="+")

    objects = ItemPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("回避")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="meetings_recusal_once")]

    def __str__(self) -> str:
        return self.reason
