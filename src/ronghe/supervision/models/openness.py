"""三务公开: what is made known, to whom, when, and the page that shows it; elections of a branch's committee with their record."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.duties.models import Term
from ronghe.org.models import AreaQuerySet, PartyOrg, Person, Unit
from ronghe.org.standing import standing_of
from ronghe.supervision.kinds import READERS
from ronghe.supervision.models.checks import SUPERVISED
from ronghe.worklist.models import GuideItem


class OpenItem(Record):
    """公开目录的一项: what of which sphere is made known, to whom, where, how often, by which post."""

    class Sphere(models.TextChoices):
        PARTY = "party", _("党务")
        AFFAIRS = "affairs", _("区务")
        FINANCE = "finance", _("财务")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    sphere = models.CharField(_("类别"), max_length=10, choices=Sphere)
    name = models.CharField(_("公开什么"), max_length=80)
    audience = models.CharField(_("向谁公开"), max_length=60)
    place = models.CharField(_("在哪里公开"), max_length=60)
    rule = models.CharField(_("多久一次"), max_length=120)
    shift = models.CharField(_("遇休息日"), max_length=10, choices=GuideItem.Shift, default=GuideItem.Shift.AFTER)
    owner_kind = models.CharField(_("谁来公开"), max_length=30, choices=SUPERVISED)
    basis = models.CharField(_("依据"), max_length=300)
    active = models.BooleanField(_("在用"), default=True)
    order = models.PositiveIntegerField(default=0)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("公开目录")
        ordering = ["sphere", "order", "id"]
        constraints = [models.UniqueConstraint(fields=["area", "code"], name="supervision_open_item_once")]

    def __str__(self) -> str:
        return self.name


class Disclosure(Record):
    """One time that something is made known. What was made known is not changed afterwards; corrections are added to it."""

    class State(models.TextChoices):
        PLANNED = "planned", _("待公开")
        PUBLISHED = "published", _("已公开")

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(OpenItem, verbose_name=_("公开什么"), on_delete=models.PROTECT, related_name="disclosures")
    key = models.CharField(max_length=60)
    period = models.CharField(_("期间"), max_length=30)
    due = models.DateField(_("期限"))
    owner = models.ForeignKey(Person, verbose_name=_("公开人"), on_delete=models.PROTECT, related_name="+")
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.PLANNED, protected=True)
    text = models.TextField(_("公开内容"), max_length=5000, blank=True)
    published_on = models.DateField(_("公开日期"), null=True, blank=True)
    published_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("公开")
        ordering = ["-due", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "key"], name="supervision_disclosure_once"),
            models.CheckConstraint(
                condition=Q(state="planned", published_on__isnull=True) | Q(state="published", published_on__isnull=False),
                name="supervision_disclosure_published_or_not",
            ),
        ]
        indexes = [models.Index(fields=["area", "state", "due"])]

    def __str__(self) -> str:
        return f"{self.item.name}({self.period})"

    @transition(field=state, source=State.PLANNED, target=State.PUBLISHED)
    def publish(self) -> None:
        """It is made known."""


class Correction(models.Model):
    """更正: added to what was made known, which stays as it was."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="corrections")
    text = models.CharField(_("更正"), max_length=500)
    by = models.ForeignKey(Person, verbose_name=_("更正人"), on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("日期"))

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("公开更正")
        ordering = ["id"]


class Opinion(Record):
    """意见: what somebody asks or thinks about what was made known, and the answer. Read by everybody of the area; who said it is not."""

    class Channel(models.TextChoices):
        HERE = "here", _("本系统")
        MEETING = "meeting", _("会上")
        BOX = "box", _("意见箱、公开栏")
        CALL = "call", _("当面、电话")

    class State(models.TextChoices):
        OPEN = "open", _("待答复")
        ANSWERED = "answered", _("已答复")

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    disclosure = models.ForeignKey(Disclosure, verbose_name=_("公开"), on_delete=models.PROTECT, related_name="opinions")
    text = models.CharField(_("意见"), max_length=500)
    channel = models.CharField(_("怎么收到的"), max_length=10, choices=Channel)
    asked_by = models.ForeignKey(Person, verbose_name=_("提出人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField(_("收到日期"))
    due = models.DateField(_("答复期限"))
    owner = models.ForeignKey(Person, verbose_name=_("答复人"), on_delete=models.PROTECT, related_name="+")
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN, protected=True)
    answer = models.CharField(_("答复"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("公开意见")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", answered_on__isnull=True) | Q(state="answered", answered_on__isnull=False),
                name="supervision_opinion_answered_or_not",
            )
        ]
        indexes = [models.Index(fields=["area", "state", "due"])]

    def __str__(self) -> str:
        return self.text[:60]

    @transition(field=state, source=State.OPEN, target=State.ANSWERED)
    def settle(self) -> None:
        """It is answered."""


class ElectionQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(area_id__in=standing_of(user).areas_of(READERS))


class Election(Record):
    """换届: prepared in time before a term ends, held with its numbers, the new term recorded from it."""

    class State(models.TextChoices):
        PREPARING = "preparing", _("准备换届")
        HELD = "held", _("已选举")

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey(PartyOrg, verbose_name=_("党支部"), on_delete=models.PROTECT, related_name="+")
    term = models.OneToOneField(Term, verbose_name=_("将满的任期"), on_delete=models.PROTECT, related_name="election")
    due = models.DateField(_("届满日期"))
    owner = models.ForeignKey(Person, verbose_name=_("责任人"), on_delete=models.PROTECT, related_name="+")
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.PREPARING, protected=True)
    held_on = models.DateField(_("选举日期"), null=True, blank=True)
    entitled = models.PositiveSmallIntegerField(_("应到会"), null=True, blank=True)
    present = models.PositiveSmallIntegerField(_("实到会"), null=True, blank=True)
    votes = models.PositiveSmallIntegerField(_("有效票"), null=True, blank=True)
    elected = models.CharField(_("选举结果"), max_length=500, blank=True)
    meeting = models.CharField(_("会议记录"), max_length=120, blank=True)
    new_term = models.ForeignKey(Term, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ElectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("换届选举")
        ordering = ["-due", "-id"]

    def __str__(self) -> str:
        return str(_("%(name)s换届") % {"name": self.branch.name})

    @transition(field=state, source=State.PREPARING, target=State.HELD)
    def hold(self) -> None:
        """The election was held and stands."""
