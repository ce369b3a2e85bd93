"""组织: the tree of units with their tracks, the party organisations beside it, people, and posts with their dates."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from tree_queries.fields import TreeNodeForeignKey
from tree_queries.query import TreeQuerySet

from ronghe.common.calendar import today
from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.kinds import POST_TITLES


class DatedQuerySet(models.QuerySet):
    """Rows with valid_from and valid_to (both included; valid_to empty: still)."""

    def on(self, day: date) -> Self:
        return self.filter(Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day))

    def between(self, first: date, last: date) -> Self:
        return self.filter(Q(valid_from__lte=last), Q(valid_to__isnull=True) | Q(valid_to__gte=first))


class Dated(models.Model):
    valid_from = models.DateField(pgettext_lazy("date", "起"), default=today)
    valid_to = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        abstract = True


class AreaQuerySet(VisibleQuerySet):
    """Rows of a 管理区, read by those who hold a business post there. A context narrows it where not all may read."""

    def visible_to(self, user: Any) -> Self:
        from ronghe.org.standing import standing_of  # noqa: PLC0415  (standing reads these models)

        return self.filter(area_id__in=standing_of(user).readable_areas)


class UnitQuerySet(TreeQuerySet):
    def visible_to(self, user: Any) -> Self:
        from ronghe.org.standing import standing_of  # noqa: PLC0415  (standing reads these models)

        standing = standing_of(user)
        return self.filter(area_id__in=standing.readable_areas | standing.overseen_areas)


class Unit(Record):
    """单位: 采油厂, 采油管理区, 班站 or 组室. `area` is the 管理区 that it belongs to (itself, for a 管理区; empty above)."""

    class Kind(models.TextChoices):
        PLANT = "plant", _("采油厂")
        AREA = "area", _("采油管理区")
        STATION = "station", _("班站")
        OFFICE = "office", _("组室")

    parent = TreeNodeForeignKey(
        "self", verbose_name=_("上级单位"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    area = models.ForeignKey("self", verbose_name=_("管理区"), null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    code = models.CharField(_("编码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    aliases = models.JSONField(_("别名"), default=list, blank=True)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    order = models.PositiveIntegerField(_("次序"), default=0)
    pinyin = models.CharField(max_length=400, blank=True, editable=False)
    opened_on = models.DateField(_("设立日期"), null=True, blank=True)
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True, help_text=_("最后一天"))

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("单位")
        ordering = ["order", "code"]
        indexes = [models.Index(fields=["area", "kind"])]

    def __str__(self) -> str:
        return self.name


class Track(Record):
    """赛道: units are compared only within one."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="tracks")
    code = models.CharField(_("编码"), max_length=40)
    name = models.CharField(_("名称"), max_length=60)
    order = models.PositiveIntegerField(default=0)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("赛道")
        ordering = ["order", "code"]
        constraints = [models.UniqueConstraint(fields=["area", "code"], name="org_track_code_once")]

    def __str__(self) -> str:
        return self.name


class TrackPlace(Dated, models.Model):
    """Which track a unit runs in, from when to when."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="track_places")
    track = models.ForeignKey(Track, on_delete=models.PROTECT, related_name="places")

    objects = DatedQuerySet.as_manager()


class PartyOrg(Record):
    """党组织: 党委, 党支部 or 党小组, beside the unit in which it stands (「将支部建在连上」)."""

    class Kind(models.TextChoices):
        COMMITTEE = "committee", _("党委")
        BRANCH = "branch", _("党支部")
        GROUP = "group", _("党小组")

    parent = TreeNodeForeignKey(
        "self", verbose_name=_("上级党组织"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("所在单位"), on_delete=models.PROTECT, related_name="party_orgs")
    area = models.ForeignKey(Unit, verbose_name=_("管理区"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    code = models.CharField(_("编码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True, help_text=_("最后一天"))

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("党组织")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Person(Record):
    """人员. Member files stay in the official systems; here stands only what the loop needs."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="person")
    area = models.ForeignKey(Unit, verbose_name=_("管理区"), null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    unit = models.ForeignKey(Unit, verbose_name=_("所在单位"), on_delete=models.PROTECT, related_name="staff")
    number = models.CharField(_("工号"), max_length=20, unique=True)
    name = models.CharField(_("姓名"), max_length=30)
    pinyin = models.CharField(max_length=400, blank=True, editable=False)
    sort_key = models.CharField(_("排序拼音"), max_length=80, blank=True)
    left_on = models.DateField(_("离职日期"), null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("人员")
        ordering = ["sort_key", "number"]

    def __str__(self) -> str:
        return self.name


class Membership(Dated, models.Model):
    """Who belongs to which 党小组, as full or probationary member, from when to when."""

    class Status(models.TextChoices):
        FULL = "full", _("正式党员")
        PROBATIONARY = "probationary", _("预备党员")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    group = models.ForeignKey(PartyOrg, on_delete=models.PROTECT, related_name="memberships")
    status = models.CharField(max_length=14, choices=Status, default=Status.FULL)

    objects = DatedQuerySet.as_manager()


class Post(Record):
    """岗位: a seat in a unit or a party organisation. `kind` says what it may do (org.kinds)."""

    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="posts")
    area = models.ForeignKey(Unit, verbose_name=_("管理区"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    party_org = models.ForeignKey(PartyOrg, verbose_name=_("党组织"), null=True, blank=True, on_delete=models.PROTECT, related_name="posts")
    kind = models.CharField(_("类别"), max_length=30, choices=POST_TITLES)
    title = models.CharField(_("岗位名称"), max_length=60)
    committee = models.JSONField(_("支委职务"), default=list, blank=True)  # codes of packs/organisation.toml
    order = models.PositiveIntegerField(default=0)
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True, help_text=_("最后一天"))

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("岗位")
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.title


class Appointment(Dated, Record):
    """任职: who holds a post, from when to when; `acting` for 代理."""

    person = models.ForeignKey(Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, verbose_name=_("岗位"), on_delete=models.PROTECT, related_name="appointments")
    acting = models.BooleanField(_("代理"), default=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("任职")
        ordering = ["-valid_from", "id"]
        indexes = [models.Index(fields=["person", "valid_from"])]


class RosterQuerySet(VisibleQuerySet):
    """A roster is nobody's but its sender's, while the sender keeps the people of its area."""

    def visible_to(self, user: Any) -> Self:
        from ronghe.org.standing import standing_of  # noqa: PLC0415  (standing reads these models)

        return self.filter(author_id=user.pk or 0, area_id__in=standing_of(user).areas_of("system_admin"))


class Roster(Record):
    """花名册: an uploaded list of people, read and shown before anything is saved. Its content is dropped once it is taken in."""

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("文件名"), max_length=200)
    data = models.BinaryField(null=True, editable=False)
    reading = models.JSONField(default=dict, editable=False)
    taken_at = models.DateTimeField(_("导入时间"), null=True, blank=True)
    people = models.ManyToManyField(Person, related_name="+")
    passwords_given_at = models.DateTimeField(_("首次密码发放时间"), null=True, blank=True)

    objects = RosterQuerySet.as_manager()

    class Meta:
        verbose_name = _("花名册")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name
