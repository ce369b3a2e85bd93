"""决策事项清单: versions of the list, its lines, the forms of its steps."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.models import Record
from ronghe.common.own_fields import OwnField, read_fields
from ronghe.decisions.rules import CATEGORIES, THEMES, Clause
from ronghe.org.kinds import POST_TITLES
from ronghe.org.models import AreaQuerySet, Unit

DECIDERS = {"leaders": _("班子会"), "branch": _("支委会")}


class ListQuerySet(AreaQuerySet):
    def on(self, day: date) -> Self:
        """The version in force on a day: the last one published to take effect by then."""
        return self.filter(state=DecisionList.State.PUBLISHED, valid_from__lte=day).order_by("-valid_from", "-number")


class DecisionList(Record):
    """决策事项清单, one version. Published it no longer changes; the next version is a copy of it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("编写中")
        PUBLISHED = "published", _("已发布")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("版次"))
    name = models.CharField(_("名称"), max_length=60)
    basis = models.CharField(_("依据"), max_length=500)
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT, protected=True)
    valid_from = models.DateField(_("自何日起执行"), null=True, blank=True)
    front_label = models.CharField(_("前置研究的叫法"), max_length=20, default="前置研究")
    front_basis = models.CharField(_("前置研究的依据"), max_length=500, blank=True)
    split_days = models.PositiveSmallIntegerField(_("拆分监测天数"), default=90)
    exception_posts: Any = models.JSONField(_("可以批准例外的岗位"), default=list)
    urgent_posts: Any = models.JSONField(_("可以紧急决定的岗位"), default=list)
    stop_posts: Any = models.JSONField(_("可以叫停的岗位"), default=list)
    forms: Any = models.JSONField(default=dict, editable=False)
    writers: Any = models.JSONField(default=list, editable=False)
    reason = models.CharField(_("修订原因"), max_length=200, blank=True)
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    published_by = models.CharField(_("发布人"), max_length=30, blank=True)

    objects = ListQuerySet.as_manager()

    class Meta:
        verbose_name = _("决策事项清单")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["area", "number"], name="decisions_list_number_once"),
            models.UniqueConstraint(fields=["area"], condition=Q(state="draft"), name="decisions_list_draft_once"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(valid_from__isnull=False, published_at__isnull=False),
                name="decisions_list_published_with_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} 第 {self.number} 版"

    @transition(field=state, source=State.DRAFT, target=State.PUBLISHED)
    def publish(self) -> None:
        """It applies from `valid_from` on."""

    def name_form(self, code: str) -> str:
        return str(self.forms.get(code, {}).get("name", code))

    def needs_proof(self, code: str) -> bool:
        return bool(self.forms.get(code, {}).get("proof"))

    def list_fields(self, code: str) -> list[OwnField]:
        """Return the fields of a form."""
        return read_fields(self.forms.get(code, {}).get("fields", []))


class RuleQuerySet(AreaQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(edition__in=DecisionList.objects.visible_to(user))


class Rule(Record):
    """清单事项: one line. `steps` are [kind, working days, 'owner' or a kind of post] in their order."""

    edition = models.ForeignKey(DecisionList, on_delete=models.PROTECT, related_name="rules")
    code = models.SlugField(_("代码"), max_length=30)
    system_code = models.CharField(_("三重一大系统事项编码"), max_length=40, blank=True)
    title = models.CharField(_("事项"), max_length=80)
    theme = models.CharField(_("类别"), max_length=10, choices=list(THEMES.items()))
    category = models.CharField(_("三重一大分类"), max_length=10, choices=list(CATEGORIES.items()))
    threshold = models.DecimalField(_("限额(万元)"), max_digits=12, decimal_places=2, null=True, blank=True)
    scope = models.CharField(_("范围"), max_length=100, blank=True)
    keywords: Any = models.JSONField(_("关键词"), default=list, blank=True)
    field = models.CharField(_("主责业务"), max_length=30)
    owner_post = models.CharField(_("责任岗位"), max_length=30, choices=list(POST_TITLES.items()))
    front = models.BooleanField(_("须前置研究"), default=False)
    decided_by = models.CharField(_("由谁决定"), max_length=8, choices=list(DECIDERS.items()), default="leaders")
    controlled = models.BooleanField(_("依托治理型行权管控事项"), default=False)
    reported = models.BooleanField(_("须报国资委"), default=False)
    survey_form = models.CharField(_("调研论证表"), max_length=30, default="survey")
    steps: Any = models.JSONField(_("步骤"), default=list)
    basis = models.CharField(_("依据"), max_length=300)
    order = models.PositiveSmallIntegerField(_("次序"), default=0)
    dropped = models.BooleanField(_("已移出清单"), default=False)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("清单事项")
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="decisions_rule_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def area_id(self) -> int:
        """Where it belongs, for predicates that ask any row."""
        return self.edition.area_id

    @property
    def clause(self) -> Clause:
        """The line as plain values for catching."""
        return Clause(self.code, self.title, self.category, self.threshold, tuple(self.keywords), self.scope)
