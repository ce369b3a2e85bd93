"""责任清单: what a post or a 党小组 answers for, in versions that apply from a day on, received by each person (M16, M21)."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.models import AreaQuerySet, PartyOrg, Person, Post, Unit


class DutyList(Record):
    """责任清单 of one post (a leader's, 一体化责任清单) or one 党小组."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    post = models.OneToOneField(Post, verbose_name=_("岗位"), null=True, blank=True, on_delete=models.PROTECT, related_name="duty_list")
    group = models.OneToOneField(
        PartyOrg, verbose_name=_("党小组"), null=True, blank=True, on_delete=models.PROTECT, related_name="duty_list"
    )
    title = models.CharField(_("名称"), max_length=80)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("责任清单")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=True, group__isnull=False) | Q(post__isnull=False, group__isnull=True),
                name="duties_list_one_owner",
            )
        ]

    def __str__(self) -> str:
        return self.title


class DutyListPartQuerySet(VisibleQuerySet):
    """Rows of a list, as readable as the list."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(duty_list__in=DutyList.objects.visible_to(user))


class DutyVersion(Record):
    """One version: written, then issued from a day on; the next one ends it the day before."""

    class State(models.TextChoices):
        DRAFT = "draft", _("编写中")
        ISSUED = "issued", _("已下发")
        DROPPED = "dropped", _("已作废")

    duty_list = models.ForeignKey(DutyList, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("版次"))
    state = FSMField(_("状态"), max_length=8, choices=State.choices, default=State.DRAFT, protected=True)
    reason = models.CharField(_("修订原因"), max_length=300, blank=True)
    basis = models.CharField(_("依据"), max_length=300)
    valid_from = models.DateField(_("自"), null=True, blank=True)
    valid_to = models.DateField(_("至"), null=True, blank=True)

    objects = DutyListPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("责任清单版次")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["duty_list", "number"], name="duties_version_once"),
            models.UniqueConstraint(fields=["duty_list"], condition=Q(state="draft"), name="duties_draft_once"),
            models.CheckConstraint(condition=~Q(state="issued") | Q(valid_from__isnull=False), name="duties_issued_dated"),
        ]

    def __str__(self) -> str:
        return f"{self.duty_list} 第{self.number}版"

    @property
    def area_id(self) -> int:
        """Where it belongs, for predicates that ask any row."""
        return self.duty_list.area_id

    @transition(field=state, source=State.DRAFT, target=State.ISSUED)
    def issue(self) -> None:
        """In force from its day; who holds the post receives it."""

    @transition(field=state, source=State.DRAFT, target=State.DROPPED)
    def drop(self) -> None:
        """Given up."""


class DutyPartQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(version__in=DutyVersion.objects.visible_to(user))


class Category(models.Model):
    """大类: one of the parts into which a version is divided."""

    version = models.ForeignKey(DutyVersion, on_delete=models.PROTECT, related_name="categories")
    name = models.CharField(_("大类"), max_length=40)
    order = models.PositiveSmallIntegerField(default=0)

    objects = DutyPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("大类")
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["version", "name"], name="duties_category_once")]

    def __str__(self) -> str:
        return self.name


class DutyItem(models.Model):
    """One duty: 抓什么、怎么抓、抓到什么程度, none of them empty (P7)."""

    version = models.ForeignKey(DutyVersion, on_delete=models.PROTECT, related_name="items")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="items")
    order = models.PositiveSmallIntegerField(default=0)
    what = models.CharField(_("具体抓什么"), max_length=300)
    how = models.CharField(_("怎么抓"), max_length=300)
    degree = models.CharField(_("抓到什么程度"), max_length=300)
    rule = models.CharField(_("多久一次"), max_length=120, blank=True, default="")  # an RRULE; empty: no task of the month's list

    objects = DutyPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("责任事项")
        ordering = ["category__order", "order", "id"]
        constraints = [models.CheckConstraint(condition=~Q(what="") & ~Q(how="") & ~Q(degree=""), name="duties_item_three_parts")]

    def __str__(self) -> str:
        return self.what


class Receipt(models.Model):
    """签收: this person has read the version and says so; `digest` is that of its text. `at` empty: still asked."""

    version = models.ForeignKey(DutyVersion, on_delete=models.PROTECT, related_name="receipts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("签收时间"), null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = DutyPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("签收")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="duties_receipt_once")]

    def __str__(self) -> str:
        return f"{self.version} {self.person.name}"
