"""重点工程: types in versions, and works that go through their stages form by form (M11)."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from ronghe.common.drafts import Drafted
from ronghe.common.models import Record, VisibleQuerySet
from ronghe.common.own_fields import OwnField, read_fields
from ronghe.org.models import AreaQuerySet, Person, Unit
from ronghe.org.standing import standing_of
from ronghe.supervision.kinds import READERS, UNIT_READERS


class WorkType(Record):
    """工程类型: what kind of work; its stages stand in versions."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    name = models.CharField(_("类型"), max_length=40)
    basis = models.CharField(_("依据"), max_length=300)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("工程类型")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["area", "code"], name="supervision_work_type_once")]

    def __str__(self) -> str:
        return self.name


class WorkVersion(Record):
    """A version of a type: its roles, and its stages each with forms. Works keep the version that they began with."""

    class State(models.TextChoices):
        DRAFT = "draft", _("编写中")
        FORCE = "force", _("在用")
        PAST = "past", _("旧版")

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    type = models.ForeignKey(WorkType, verbose_name=_("工程类型"), on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("版次"))
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT, protected=True)
    template = models.JSONField(_("阶段和表单"), default=dict)
    writers = models.JSONField(default=list, editable=False)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_on = models.DateField(_("启用日期"), null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("工程类型版次")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["type", "number"], name="supervision_work_version_once"),
            models.UniqueConstraint(fields=["type"], condition=Q(state="force"), name="supervision_work_version_in_force_once"),
            models.UniqueConstraint(fields=["type"], condition=Q(state="draft"), name="supervision_work_version_draft_once"),
        ]

    def __str__(self) -> str:
        return str(_("%(name)s 第 %(n)d 版") % {"name": self.type.name, "n": self.number})

    @property
    def stages(self) -> list[dict[str, Any]]:
        return list(self.template.get("stages", []))

    @property
    def roles(self) -> list[tuple[str, str]]:
        return [(code, name) for code, name in self.template.get("roles", [])]

    @transition(field=state, source=State.DRAFT, target=State.FORCE)
    def publish(self) -> None:
        """New works begin with it."""

    @transition(field=state, source=State.FORCE, target=State.PAST)
    def retire(self) -> None:
        """A newer one is in force."""


class WorkQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The area's readers all, a unit's leaders their unit's, and whoever fills in or checks a form."""
        standing = standing_of(user)
        if standing.person_id is None:
            return self.none()
        me = standing.person_id
        part = WorkForm.objects.filter(Q(filler_id=me) | Q(checker_id=me), work=OuterRef("pk"))
        wide = Q(area_id__in=standing.areas_of(READERS)) | Q(unit_id__in=standing.units_of(UNIT_READERS))
        return self.filter(wide | Q(owner_id=me) | Exists(part), area_id__in=standing.readable_areas)


class Work(Record):
    """重点工程. `stage` is the one that is open; it moves on only when all its forms are checked."""

    class State(models.TextChoices):
        RUNNING = "running", _("进行中")
        STOPPED = "stopped", _("已叫停")
        DONE = "done", _("已完成")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("所在单位"), on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(WorkVersion, verbose_name=_("工程类型"), on_delete=models.PROTECT, related_name="works")
    name = models.CharField(_("工程名称"), max_length=80)
    purpose = models.CharField(_("内容和目标"), max_length=500)
    amount = models.DecimalField(_("金额(万元)"), max_digits=12, decimal_places=2, null=True, blank=True)
    owner = models.ForeignKey(Person, verbose_name=_("工程负责人"), on_delete=models.PROTECT, related_name="+")
    people = models.JSONField(_("角色"), default=dict)
    starts_on = models.DateField(_("开始日期"))
    stage = models.PositiveSmallIntegerField(_("阶段"), default=0)
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.RUNNING, protected=True)
    ended_on = models.DateField(_("完成日期"), null=True, blank=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("重点工程")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "name", "starts_on"], name="supervision_work_once"),
            models.CheckConstraint(condition=Q(state="done") ^ Q(ended_on__isnull=True), name="supervision_work_ended_or_not"),
        ]
        indexes = [models.Index(fields=["area", "state"])]

    def __str__(self) -> str:
        return self.name

    @property
    def stage_name(self) -> str:
        stages = self.edition.stages
        return str(stages[self.stage]["name"]) if self.stage < len(stages) else str(_("已完成"))

    @transition(field=state, source=State.RUNNING, target=State.STOPPED)
    def stop(self) -> None:
        """叫停: nothing goes on."""

    @transition(field=state, source=State.STOPPED, target=State.RUNNING)
    def resume(self) -> None:
        """Another person lets it go on."""

    @transition(field=state, source=State.RUNNING, target=State.DONE)
    def finish(self) -> None:
        """The last stage's forms are checked."""


class PartQuerySet(VisibleQuerySet):
    """Rows of a work, as readable as the work."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(work__in=Work.objects.visible_to(user))


class WorkForm(Drafted, Record):
    """表单: one form of one stage, filled in by one person and checked by another."""

    class State(models.TextChoices):
        WAITING = "waiting", _("未开放")
        OPEN = "open", _("待填报")
        FILED = "filed", _("待核验")
        RETURNED = "returned", _("已退回")
        CHECKED = "checked", _("已核验")

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="forms")
    stage = models.PositiveSmallIntegerField(_("阶段"))
    place = models.PositiveSmallIntegerField()
    name = models.CharField(_("表单"), max_length=60)
    filler = models.ForeignKey(Person, verbose_name=_("填报人"), on_delete=models.PROTECT, related_name="+")
    checker = models.ForeignKey(Person, verbose_name=_("核验人"), on_delete=models.PROTECT, related_name="+")
    due = models.DateField(_("期限"))
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.WAITING, protected=True)
    values = models.JSONField(default=dict)
    returns = models.PositiveSmallIntegerField(_("退回次数"), default=0)
    filed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    filed_on = models.DateField(_("填报日期"), null=True, blank=True)
    checked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    checked_on = models.DateField(_("核验日期"), null=True, blank=True)
    note = models.CharField(_("核验意见"), max_length=500, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("工程表单")
        ordering = ["stage", "place"]
        constraints = [
            models.UniqueConstraint(fields=["work", "stage", "place"], name="supervision_work_form_once"),
            models.CheckConstraint(condition=~Q(filler=F("checker")), name="supervision_work_form_two_people"),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("filed_by")), name="supervision_work_form_second_person"
            ),
            models.CheckConstraint(
                condition=~Q(state="checked") | Q(filed_by__isnull=False, checked_by__isnull=False), name="supervision_work_form_by_whom"
            ),
        ]
        indexes = [models.Index(fields=["area", "state", "due"])]

    def __str__(self) -> str:
        return f"{self.work.name}:{self.name}"

    @property
    def definition(self) -> dict[str, Any]:
        form: dict[str, Any] = self.work.edition.stages[self.stage]["forms"][self.place]
        return form

    @property
    def fields(self) -> list[OwnField]:
        return read_fields(self.definition["fields"])

    @transition(field=state, source=State.WAITING, target=State.OPEN)
    def open(self) -> None:
        """The stage before is checked."""

    @transition(field=state, source=[State.OPEN, State.RETURNED], target=State.FILED)
    def file(self) -> None:
        """Filled in, with what it asks."""

    @transition(field=state, source=State.FILED, target=State.RETURNED)
    def send_back(self) -> None:
        """Not good enough."""

    @transition(field=state, source=State.FILED, target=State.CHECKED)
    def check_off(self) -> None:
        """Another person has looked."""


class WorkStop(Record):
    """叫停: a ground, who has to cure it, and another person's word before it goes on."""

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="stops")
    ground = models.CharField(_("叫停理由"), max_length=500)
    by = models.ForeignKey(Person, verbose_name=_("叫停人"), on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("叫停日期"))
    cure = models.CharField(_("整改情况"), max_length=500, blank=True)
    lifted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lifted_on = models.DateField(_("恢复日期"), null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("工程叫停")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["work"], condition=Q(lifted_on__isnull=True), name="supervision_work_stop_live_once"),
            models.CheckConstraint(condition=Q(lifted_by__isnull=True) | ~Q(lifted_by=F("by")), name="supervision_work_stop_two_people"),
        ]
