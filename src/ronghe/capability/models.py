"""Standards of posts, what people bring, plans against gaps, successors; question banks, quizzes, practice. Nothing is deleted."""

from datetime import date
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, transition

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.kinds import LEADERS
from ronghe.org.models import AreaQuerySet, Person, Post, Unit
from ronghe.org.standing import standing_of

CHIEFS = ("station_chief", "group_leader")


class Role(models.TextChoices):
    SECRETARY = "secretary", _("党支部书记")
    MANAGER = "manager", _("管理区经理")
    COMMITTEE = "committee", _("支委(副职)")
    STATION_CHIEF = "station_chief", _("站长")
    GROUP_LEADER = "group_leader", _("党小组长")
    OFFICER = "officer", _("业务主办")


class RequirementQuerySet(AreaQuerySet):
    def on(self, day: date) -> Self:
        return self.filter(Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))


class Requirement(Record):
    """任职标准: one thing that a role asks, from when to when, on what basis."""

    class Kind(models.TextChoices):
        KNOWLEDGE = "knowledge", _("知识")
        EXPERIENCE = "experience", _("经历")
        CERTIFICATE = "certificate", _("证书")
        HOURS = "hours", _("年度学时")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("岗位"), max_length=20, choices=Role)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    name = models.CharField(_("要求"), max_length=80)
    need = models.PositiveSmallIntegerField(_("程度(1–4)或学时"), default=1)
    basis = models.CharField(_("依据"), max_length=300)
    valid_from = models.DateField(pgettext_lazy("date", "起"))
    valid_to = models.DateField(_("止"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = RequirementQuerySet.as_manager()

    class Meta:
        verbose_name = _("任职标准")
        ordering = ["role", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "role", "kind", "name"], condition=Q(valid_to=None), name="capability_asked_once"),
            models.CheckConstraint(
                condition=Q(kind="certificate") | Q(kind="hours", need__gte=1) | Q(need__gte=1, need__lte=4),
                name="capability_need_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}:{self.name}"


class OwnQuerySet(VisibleQuerySet):
    """What a person brings: read by the person, by who leads the person's unit, and by the 班子."""

    def visible_to(self, user: Any) -> Self:
        standing = standing_of(user)
        led = Q(person__unit_id__in=standing.units_of(CHIEFS)) | Q(person__area_id__in=standing.areas_of(LEADERS))
        return self.filter(Q(person_id=standing.person_id or 0) | led, person__area_id__in=standing.readable_areas)


class Mastery(Record):
    """评定: how far a person is in a knowledge or an experience, said by somebody else with evidence; the newest counts."""

    person = models.ForeignKey(Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("要求"), max_length=80)
    level = models.PositiveSmallIntegerField(_("程度"), validators=[MaxValueValidator(4)])
    evidence = models.CharField(_("依据什么"), max_length=300)
    judged_by = models.ForeignKey(Person, verbose_name=_("评定人"), on_delete=models.PROTECT, related_name="+")
    judged_on = models.DateField(_("评定日期"))

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("能力评定")
        ordering = ["-judged_on", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(person=F("judged_by")), name="capability_judged_by_another")]
        indexes = [models.Index(fields=["person", "name"])]


class Certificate(Record):
    """证书: counts once another has seen it; renewed by the one that takes its place."""

    person = models.ForeignKey(Person, verbose_name=_("持证人"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("证书"), max_length=80)
    number = models.CharField(_("证书编号"), max_length=60, blank=True)
    issued_on = models.DateField(_("发证日期"))
    expires_on = models.DateField(_("有效期至"), null=True, blank=True)
    recorded_by = models.ForeignKey(Person, verbose_name=_("登记人"), on_delete=models.PROTECT, related_name="+")
    checked_by = models.ForeignKey(Person, verbose_name=_("核对人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    replaced_by = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces")

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("证书")
        ordering = ["expires_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(checked_by=None) | ~Q(checked_by=F("person")), name="capability_checked_by_another"),
            models.CheckConstraint(condition=Q(expires_on=None) | Q(expires_on__gte=F("issued_on")), name="capability_certificate_dates"),
        ]
        indexes = [models.Index(fields=["person", "name"]), models.Index(fields=["expires_on"])]

    def __str__(self) -> str:
        return f"{self.name}({self.person.name})"

    @property
    def area_id(self) -> int | None:
        return self.person.area_id


class Training(Record):
    """学时: one course that a person took, as the training office's table has it."""

    class Side(models.TextChoices):
        PARTY = "party", _("党建")
        BUSINESS = "business", _("业务")

    person = models.ForeignKey(Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="+")
    course = models.CharField(_("课程"), max_length=100)
    side = models.CharField(_("党建还是业务"), max_length=8, choices=Side)
    day = models.DateField(_("日期"))
    hours = models.DecimalField(_("学时"), max_digits=5, decimal_places=1, validators=[MinValueValidator(0)])
    result = models.CharField(_("成绩"), max_length=30, blank=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("培训学时")
        ordering = ["-day", "-id"]
        constraints = [models.UniqueConstraint(fields=["person", "course", "day"], name="capability_course_once")]


class Aim(Record):
    """目标岗位: which role a person grows towards."""

    person = models.OneToOneField(Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("目标岗位"), max_length=20, choices=Role)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("目标岗位")


class Step(Record):
    """提升计划: what is done about a gap, by when, with whose help, and what came of it."""

    class Way(models.TextChoices):
        COURSE = "course", _("培训课程")
        PRACTICE = "practice", _("岗位实践")
        DRILL = "drill", _("大练兵")
        TEAM = "team", _("支委+团队")
        MENTOR = "mentor", _("师带徒")
        ROTATION = "rotation", _("轮岗")
        RENEWAL = "renewal", _("取证换证")

    class State(models.TextChoices):
        OPEN = "open", _("进行中")
        DONE = "done", _("已完成")
        DROPPED = "dropped", _("不再需要")

    person = models.ForeignKey(Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="+")
    gap = models.CharField(_("补什么"), max_length=80)
    way = models.CharField(_("怎么补"), max_length=10, choices=Way)
    text = models.CharField(_("具体安排"), max_length=300)
    mentor = models.ForeignKey(Person, verbose_name=_("带教人"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(_("期限"))
    planned_by = models.ForeignKey(Person, verbose_name=_("制定人"), on_delete=models.PROTECT, related_name="+")
    state = FSMField(_("状态"), max_length=8, choices=State.choices, default=State.OPEN, protected=True)
    result = models.CharField(_("结果"), max_length=300, blank=True)
    ended_on = models.DateField(_("办结日期"), null=True, blank=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("提升计划")
        ordering = ["due", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", ended_on=None) | (~Q(state="open") & Q(ended_on__isnull=False) & ~Q(result="")),
                name="capability_step_ends_with_words",
            )
        ]

    def __str__(self) -> str:
        return f"{self.gap}:{self.get_way_display()}"

    @property
    def area_id(self) -> int | None:
        return self.person.area_id

    @transition(field=state, source=State.OPEN, target=State.DONE)
    def finish(self) -> None:
        """Done, with what came of it."""

    @transition(field=state, source=State.OPEN, target=State.DROPPED)
    def drop(self) -> None:
        """Not needed any more, for a reason."""


class SuccessorQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The 班子 alone."""
        return self.filter(post__area_id__in=standing_of(user).areas_of(LEADERS))


class Successor(Record):
    """后备: who could take a post, and when; a matter of the 班子."""

    class Ready(models.TextChoices):
        NOW = "now", _("现在就能接")
        YEAR = "year", _("一年内")
        LATER = "later", _("一到三年")

    post = models.ForeignKey(Post, verbose_name=_("岗位"), on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, verbose_name=_("后备人选"), on_delete=models.PROTECT, related_name="+")
    ready = models.CharField(_("何时能接"), max_length=8, choices=Ready)
    named_on = models.DateField(_("确定日期"))
    ended_on = models.DateField(_("不再列入"), null=True, blank=True)

    objects = SuccessorQuerySet.as_manager()

    class Meta:
        verbose_name = _("后备人选")
        ordering = ["post__order", "ready", "id"]
        constraints = [models.UniqueConstraint(fields=["post", "person"], condition=Q(ended_on=None), name="capability_successor_once")]

    def __str__(self) -> str:
        return f"{self.post.title}:{self.person.name}"

    @property
    def area_id(self) -> int | None:
        return self.post.area_id


class Bank(Record):
    """题库."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("题库"), max_length=60)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("题库")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="capability_bank_once")]

    def __str__(self) -> str:
        return self.name


class Question(models.Model):
    """题目: options, which of them are right, and why."""

    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="questions")
    text = models.CharField(_("题目"), max_length=500)
    options = models.JSONField(_("选项"))
    right = models.JSONField(_("答案"))
    why = models.CharField(_("解析"), max_length=500)

    objects = models.Manager()

    class Meta:
        verbose_name = _("题目")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["bank", "text"], name="capability_question_once")]

    def __str__(self) -> str:
        return self.text[:60]


class Quiz(Record):
    """练兵: some questions of a bank, between two days. People see their own result, teams theirs; nobody's is listed."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    bank = models.ForeignKey(Bank, verbose_name=_("题库"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=60)
    count = models.PositiveSmallIntegerField(_("每次几题"), default=10, validators=[MinValueValidator(1), MaxValueValidator(100)])
    pass_mark = models.PositiveSmallIntegerField(_("几分合格"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)])
    starts_on = models.DateField(pgettext_lazy("date", "起"))
    ends_on = models.DateField(_("止"))

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("练兵")
        ordering = ["-starts_on", "-id"]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="capability_quiz_dates")]

    def __str__(self) -> str:
        return self.name


class AttemptQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own and nobody else's."""
        return self.filter(person_id=standing_of(user).person_id or 0)


class Attempt(Record):
    """答卷: one person's try; as many as one likes, the best counts for the team."""

    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    questions = models.JSONField(default=list)
    answers = models.JSONField(default=list)
    score = models.PositiveSmallIntegerField(_("得分"), null=True, blank=True)
    handed_on = models.DateField(_("交卷日期"), null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("答卷")
        ordering = ["-id"]
        indexes = [models.Index(fields=["quiz", "person"])]


class Practice(Record):
    """实操清单: the steps of a skill as they are checked on the job."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("实操项目"), max_length=80)
    steps = models.JSONField(_("步骤"))
    basis = models.CharField(_("依据"), max_length=300)
    shows = models.CharField(_("合格证明哪项能力"), max_length=80, blank=True)
    level = models.PositiveSmallIntegerField(_("达到什么程度"), default=2, validators=[MinValueValidator(1), MaxValueValidator(4)])

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("实操清单")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="capability_practice_once")]

    def __str__(self) -> str:
        return self.name


class PracticeCheck(Record):
    """实操检查: which steps a person did rightly, seen by another."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="checks")
    person = models.ForeignKey(Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="+")
    checker = models.ForeignKey(Person, verbose_name=_("检查人"), on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("日期"))
    done = models.JSONField(_("做对的步骤"), default=list)
    passed = models.BooleanField(_("合格"))
    note = models.CharField(_("哪里要改进"), max_length=300, blank=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("实操检查")
        ordering = ["-day", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(person=F("checker")), name="capability_practice_seen_by_another")]
