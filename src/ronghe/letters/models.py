"""责任书: templates with their basis, letters between two posts for a year, their lines, and who signed what (M21).

What is signed is a text: the template filled in and taken apart into blocks (`Letter.text`), frozen when the letter goes out for
signing. `Letter.digest` is the digest (SHA-256 or SM3) of that text together with parties, posts, number, year, dates and basis (rules.digest_letter
says exactly of what); each `Signature` keeps the digest that its signer saw. The PDF is made from the same blocks afterwards and
archived through documents; its own digest stands with the document.
"""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.crypto.suites import suite_of_digest
from ronghe.common.models import Record, VisibleQuerySet
from ronghe.letters.kinds import KEEPERS, OVERSEERS
from ronghe.org.models import AreaQuerySet, PartyOrg, Person, Post, Unit
from ronghe.org.standing import standing_of


class LetterTemplate(Record):
    """模板: a docx with fields, attached as a document; who is to sign such a letter, and on what basis one is demanded at all."""

    class Whom(models.TextChoices):
        GROUP = "group", _("各党小组")
        STATION = "station", _("各班站、组室")
        LEADER = "leader", _("班子成员")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("责任书名称"), max_length=60)
    whom = models.CharField(_("与谁签订"), max_length=10, choices=Whom)
    basis = models.CharField(_("依据"), max_length=300)
    retired_on = models.DateField(_("停用日期"), null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("责任书模板")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(basis=""), name="letters_template_basis"),
            models.UniqueConstraint(fields=["area", "title"], condition=Q(retired_on=None), name="letters_template_once"),
        ]

    def __str__(self) -> str:
        return self.title


class LetterQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those who write letters all of the area's; leaders and discipline what was sent out; a chief the unit's; a party its own."""
        standing = standing_of(user)
        out = ~Q(state__in=(Letter.State.DRAFT, Letter.State.RETURNED))
        led = Q(unit_id__in=standing.units_of(("station_chief", "group_leader")))
        own = Q(first_id=standing.person_id or 0) | Q(second_id=standing.person_id or 0)
        return self.filter(
            Q(area_id__in=standing.areas_of(KEEPERS))
            | (out & (Q(area_id__in=standing.areas_of(OVERSEERS)) | ((led | own) & Q(area_id__in=standing.readable_areas))))
        )


class Letter(Record):
    """责任书 of one year between 甲方 and 乙方, each a person by a post."""

    class State(models.TextChoices):
        DRAFT = "draft", _("起草中")
        PENDING = "pending", _("待签订")
        RETURNED = "returned", _("已退回")
        ACTIVE = "active", _("已生效")
        REVIEWED = "reviewed", _("已评议")
        WITHDRAWN = "withdrawn", _("已撤回")
        REPLACED = "replaced", _("已终止")

    LIVE = (State.DRAFT, State.PENDING, State.RETURNED, State.ACTIVE)

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+")
    template = models.ForeignKey(LetterTemplate, verbose_name=_("模板"), on_delete=models.PROTECT, related_name="letters")
    number = models.CharField(_("编号"), max_length=40, unique=True)
    year = models.PositiveSmallIntegerField(_("年度"))
    group = models.ForeignKey(PartyOrg, verbose_name=_("党小组"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    first_post = models.ForeignKey(Post, verbose_name=_("甲方岗位"), on_delete=models.PROTECT, related_name="+")
    first = models.ForeignKey(Person, verbose_name=_("甲方"), on_delete=models.PROTECT, related_name="+")
    second_post = models.ForeignKey(Post, verbose_name=_("乙方岗位"), on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, verbose_name=_("乙方"), on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("自"))
    valid_to = models.DateField(_("至"))
    extra = models.TextField(_("补充约定"), max_length=1000, blank=True)
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT, protected=True)
    text = models.JSONField(default=list, editable=False)
    digest = models.CharField(max_length=80, blank=True, editable=False)
    code = models.CharField(_("核验码"), max_length=20, null=True, unique=True, editable=False)  # noqa: DJ001  (unique, empty until signed)
    sent_at = models.DateTimeField(_("送签时间"), null=True, blank=True)
    active_at = models.DateTimeField(_("生效时间"), null=True, blank=True)
    ended_at = models.DateTimeField(_("终止时间"), null=True, blank=True)
    reason = models.CharField(_("原因"), max_length=300, blank=True)
    replaces = models.OneToOneField(
        "self", verbose_name=_("接替"), null=True, blank=True, on_delete=models.PROTECT, related_name="successor"
    )
    reviewed_at = models.DateTimeField(_("评议时间"), null=True, blank=True)
    summary = models.CharField(_("评议意见"), max_length=500, blank=True)
    answer = models.CharField(_("乙方意见"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("责任书")
        ordering = ["-year", "-id"]
        indexes = [models.Index(fields=["area", "state", "year"])]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "year", "second_post"],
                condition=Q(state__in=("draft", "pending", "returned", "active")),
                name="letters_live_once",
            ),
            models.CheckConstraint(condition=~Q(first_post=models.F("second_post")), name="letters_two_parties"),
        ]

    def __str__(self) -> str:
        return f"{self.template.title}({self.year}年,{self.second.name})"

    @property
    def digest_name(self) -> str:
        """By which algorithm the digest was made."""
        return suite_of_digest(self.digest).digest_name

    @transition(field=state, source=[State.DRAFT, State.RETURNED], target=State.PENDING)
    def send(self) -> None:
        """Out for signing: the text is fixed."""

    @transition(field=state, source=State.PENDING, target=State.RETURNED)
    def give_back(self) -> None:
        """A party wants it otherwise; signatures made so far no longer count."""

    @transition(field=state, source=[State.DRAFT, State.RETURNED, State.PENDING], target=State.WITHDRAWN)
    def withdraw(self) -> None:
        """Given up before both had signed."""

    @transition(field=state, source=State.PENDING, target=State.ACTIVE)
    def take_force(self) -> None:
        """Both have signed."""

    @transition(field=state, source=State.ACTIVE, target=State.REPLACED)
    def end(self) -> None:
        """A party has left the post: the successor signs anew."""

    @transition(field=state, source=State.ACTIVE, target=State.REVIEWED)
    def close(self) -> None:
        """Reviewed line by line at the end of its year."""


class LetterPartQuerySet(VisibleQuerySet):
    """Rows of a letter, as readable as the letter."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(letter__in=Letter.objects.visible_to(user))


class LetterLine(models.Model):
    """One thing that 乙方 answers for; at the end of the year its verdict."""

    class Kind(models.TextChoices):
        DUTY = "duty", _("责任")
        GOAL = "goal", _("目标")

    class Verdict(models.TextChoices):
        DONE = "done", _("完成")
        PARTLY = "partly", _("部分完成")
        NOT_DONE = "not_done", _("未完成")

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="lines")
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("类型"), max_length=6, choices=Kind, default=Kind.DUTY)
    category = models.CharField(_("类别"), max_length=40, blank=True)
    what = models.CharField(_("内容"), max_length=300)
    how = models.CharField(_("做法"), max_length=300, blank=True)
    degree = models.CharField(_("标准"), max_length=300)
    verdict = models.CharField(_("评议"), max_length=10, choices=Verdict, blank=True, default="")
    note = models.CharField(_("说明"), max_length=300, blank=True)

    objects = LetterPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("责任书条目")
        ordering = ["letter_id", "order", "id"]
        constraints = [models.CheckConstraint(condition=~Q(what="") & ~Q(degree=""), name="letters_line_parts")]

    def __str__(self) -> str:
        return self.what


class Signature(models.Model):
    """One party has signed the text with this digest, having just proved again who it is. Void after a return."""

    class How(models.TextChoices):
        PASSWORD = "password", _("密码")
        TOTP = "totp", _("动态码")
        WEBAUTHN = "webauthn", _("安全密钥")
        RECOVERY = "recovery_codes", _("恢复代码")

    class Side(models.TextChoices):
        FIRST = "first", _("甲方")
        SECOND = "second", _("乙方")

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=6, choices=Side)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    post_title = models.CharField(_("职务"), max_length=60)
    at = models.DateTimeField(_("签订时间"))
    how = models.CharField(_("身份核验"), max_length=14, choices=How)
    digest = models.CharField(max_length=80)
    void_at = models.DateTimeField(null=True, blank=True)

    objects = LetterPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("签订")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "side"], condition=Q(void_at=None), name="letters_signature_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person.name} {self.get_side_display()}"
