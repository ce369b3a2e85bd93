"""分业务监督清单 in dated versions, the checks that come of it, what they find; the 纪检小组's own log with names kept apart (M8, M10)."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, transition

from ronghe.common.calendar import today
from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.kinds import LEADERS, POST_TITLES
from ronghe.org.models import Appointment, AreaQuerySet, Person, Unit
from ronghe.org.standing import standing_of
from ronghe.supervision.kinds import READERS, UNIT_READERS
from ronghe.worklist.models import GuideItem

# who may supervise: those who read all of the area; who may be supervised: whoever answers for something
SUPERVISORS = [(kind, POST_TITLES[kind]) for kind in ("discipline_member", *LEADERS, "reviewer", "indicator_admin")]
SUPERVISED = [(kind, POST_TITLES[kind]) for kind in (*LEADERS, "station_chief", "group_leader", "reporter", "indicator_admin", "reviewer")]
NAME_READERS = ("branch_secretary", "discipline_member")


class LineQuerySet(AreaQuerySet):
    """Everybody of the area reads what is supervised, how and by which post: nothing of it is secret."""

    def on(self, day: date) -> Self:
        return self.filter(Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day))

    def between(self, first: date, last: date) -> Self:
        return self.filter(Q(valid_from__lte=last), Q(valid_to__isnull=True) | Q(valid_to__gte=first))


class CheckLine(Record):
    """监督清单的一条 in one version: what of a business is supervised, its risk, whose, by which post, how often and how."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    number = models.PositiveIntegerField(_("版次"), default=1)
    business = models.CharField(_("业务"), max_length=30)
    what = models.CharField(_("监督什么"), max_length=200)
    risk = models.CharField(_("风险"), max_length=200)
    supervised = models.CharField(_("监督谁"), max_length=30, choices=SUPERVISED)
    supervisor = models.CharField(_("谁来监督"), max_length=30, choices=SUPERVISORS)
    per_unit = models.BooleanField(_("每个单位各查一次"), default=False)
    rule = models.CharField(_("多久一次"), max_length=120)
    shift = models.CharField(_("遇休息日"), max_length=10, choices=GuideItem.Shift, default=GuideItem.Shift.AFTER)
    method = models.CharField(_("怎么监督"), max_length=300)
    basis = models.CharField(_("依据"), max_length=300)
    order = models.PositiveIntegerField(default=0)
    valid_from = models.DateField(pgettext_lazy("date", "起"))
    valid_to = models.DateField(_("止"), null=True, blank=True)
    reason = models.CharField(_("修改理由"), max_length=200, blank=True)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("监督事项")
        ordering = ["business", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "code", "number"], name="supervision_line_version_once"),
            models.CheckConstraint(condition=~Q(supervised=models.F("supervisor")), name="supervision_line_not_itself"),
        ]
        indexes = [models.Index(fields=["area", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.business}:{self.what}"


class CheckQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The area's readers all, a unit's leaders those of their unit, the checker the own."""
        standing = standing_of(user)
        if standing.person_id is None:
            return self.none()
        wide = Q(area_id__in=standing.areas_of(READERS)) | Q(unit_id__in=standing.units_of(UNIT_READERS))
        return self.filter(wide | Q(checker_id=standing.person_id), area_id__in=standing.readable_areas)

    def open(self) -> Self:
        return self.filter(state=Check.State.DUE)


class Check(Record):
    """One check of a line at one unit. `key` names what it stands for, so that nothing is planned twice."""

    class State(models.TextChoices):
        DUE = "due", _("待检查")
        CLEAN = "clean", _("未发现问题")
        FOUND = "found", _("发现问题")
        LAPSED = "lapsed", _("未做")

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("被监督单位"), on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey(CheckLine, verbose_name=_("监督事项"), on_delete=models.PROTECT, related_name="checks")
    key = models.CharField(max_length=80)
    planned = models.DateField(_("原定日期"))
    due = models.DateField(_("日期"))
    checker = models.ForeignKey(Person, verbose_name=_("监督人"), on_delete=models.PROTECT, related_name="+")
    state = FSMField(_("状态"), max_length=10, choices=State.choices, default=State.DUE, protected=True)
    done_on = models.DateField(_("检查日期"), null=True, blank=True)
    text = models.CharField(_("看了什么、结果怎样"), max_length=500, blank=True)

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("监督检查")
        ordering = ["due", "id"]
        constraints = [models.UniqueConstraint(fields=["area", "key"], name="supervision_check_once")]
        indexes = [models.Index(fields=["area", "state", "due"]), models.Index(fields=["checker", "state"])]

    def __str__(self) -> str:
        return f"{self.line.what}({self.unit.name})"

    @transition(field=state, source=State.DUE, target=State.CLEAN)
    def pass_clean(self) -> None:
        """Nothing was found."""

    @transition(field=state, source=State.DUE, target=State.FOUND)
    def pass_found(self) -> None:
        """Something was found."""

    @transition(field=state, source=State.DUE, target=State.LAPSED)
    def lapse(self) -> None:
        """It was not done and the next one has come, or the list no longer asks for it."""


class FindingQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        standing = standing_of(user)
        if standing.person_id is None:
            return self.none()
        wide = Q(area_id__in=standing.areas_of(READERS)) | Q(unit_id__in=standing.units_of(UNIT_READERS))
        return self.filter(wide | Q(found_by_id=standing.person_id), area_id__in=standing.readable_areas)


class Finding(Record):
    """监督发现的问题: put right on the spot, or cured under 整改; it always has one of the two."""

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+")
    check_done = models.ForeignKey(Check, verbose_name=_("检查"), null=True, on_delete=models.PROTECT, related_name="findings")
    business = models.CharField(_("业务"), max_length=30)
    title = models.CharField(_("问题"), max_length=120)
    problem = models.TextField(_("具体情况"), max_length=1000)
    found_by = models.ForeignKey(Person, verbose_name=_("发现人"), on_delete=models.PROTECT, related_name="+")
    found_on = models.DateField(_("发现日期"))
    fix = models.CharField(_("当场怎么纠正的"), max_length=300, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("监督发现")
        ordering = ["-found_on", "-id"]
        indexes = [models.Index(fields=["area", "found_on"])]

    def __str__(self) -> str:
        return self.title


def list_discipline_areas(user: Any) -> frozenset[int]:
    """Return the areas whose discipline log the user may read: secretary, 纪检小组, 纪检委员. One query at most, once a request."""
    cached: frozenset[int] | None = getattr(user, "_discipline_areas", None)
    if cached is None:
        standing = standing_of(user)
        areas = set(standing.areas_of(NAME_READERS))
        if standing.holds(LEADERS) and not areas:
            held = Appointment.objects.on(today()).filter(person_id=standing.person_id, post__kind__in=LEADERS)
            rows = held.values_list("post__area_id", "post__committee")
            areas |= {area_id for area_id, committee in rows if "discipline" in committee and area_id is not None}
        cached = user._discipline_areas = frozenset(areas & standing.readable_areas)
    return cached


class LogQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(area_id__in=list_discipline_areas(user)) if standing_of(user).person_id is not None else self.none()


class LogEntry(Record):
    """纪检小组日常监督记录. Its text names nobody; who is meant stands in `LogPerson`, and each reading of that is logged."""

    class Kind(models.TextChoices):
        INSPECT = "inspect", _("日常检查")
        REMIND = "remind", _("约谈提醒")
        CLUE = "clue", _("问题线索")
        ACCOUNTABLE = "accountable", _("问责处理")

    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("日期"))
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    business = models.CharField(_("业务"), max_length=30)
    text = models.CharField(_("做了什么、结果怎样"), max_length=500)
    count = models.PositiveSmallIntegerField(_("涉及人数"), default=0)
    by = models.ForeignKey(Person, verbose_name=_("记录人"), on_delete=models.PROTECT, related_name="+")

    objects = LogQuerySet.as_manager()

    class Meta:
        verbose_name = _("纪检日常记录")
        ordering = ["-day", "-id"]
        indexes = [models.Index(fields=["area", "day"])]

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()}"


class LogPerson(models.Model):
    """Whom an entry means. Read only through `read_names`, which leaves its trace."""

    entry = models.ForeignKey(LogEntry, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(Person, verbose_name=_("涉及人员"), on_delete=models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("涉及人员")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["entry", "person"], name="supervision_log_person_once")]


class NameReadingQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(entry__area_id__in=list_discipline_areas(user))


class NameReading(models.Model):
    """查看姓名: who read whom an entry means, when and why."""

    entry = models.ForeignKey(LogEntry, on_delete=models.PROTECT, related_name="readings")
    by = models.ForeignKey(Person, verbose_name=_("查看人"), on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("查看理由"), max_length=200)
    at = models.DateTimeField(_("时间"))

    objects = NameReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("查看姓名")
        ordering = ["-id"]
