"""What the worker puts together: the year's folder with its pieces, and inspection packs. Each is one zip with an index and a signed list."""

from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of

ARCHIVISTS = ("branch_secretary", "deputy_party")


class Bundle(Record):
    """State and measure of a zip that is being or has been made."""

    class State(models.TextChoices):
        QUEUED = "queued", _("排队中")
        RUNNING = "running", _("生成中")
        READY = "ready", _("已生成")
        FAILED = "failed", _("没有生成")
        EXPIRED = "expired", _("已清除")

    area = models.ForeignKey(Unit, verbose_name=_("管理区"), on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.QUEUED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("办理人"), on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("提出时间"))
    ended_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    total = models.PositiveIntegerField(_("共几件"), default=0)
    done = models.PositiveIntegerField(_("已办几件"), default=0)
    size = models.PositiveBigIntegerField(_("字节"), default=0)
    digest = models.CharField(_("摘要"), max_length=80, blank=True)
    problem = models.CharField(_("原因"), max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def is_live(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.RUNNING)

    @property
    def path(self) -> Path:
        """Return where the zip lies: outside the web root, in the backup."""
        return Path(settings.RONGHE_ARCHIVE) / self.file_name

    @property
    def file_name(self) -> str:
        raise NotImplementedError


class FolderQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(area_id__in=standing_of(user).areas_of(ARCHIVISTS))


class Folder(Bundle):
    """年度档案. Made again (补归) it is a new edition; the earlier ones stay as they are."""

    edition = models.PositiveSmallIntegerField(_("版次"), default=1)
    checked_at = models.DateTimeField(_("核对时间"), null=True, blank=True)
    faults: Any = models.JSONField(_("核对发现"), default=list, blank=True)

    objects = FolderQuerySet.as_manager()

    class Meta:
        verbose_name = _("年度档案")
        ordering = ["-year", "-edition", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "year", "edition"], name="archive_edition_once"),
            models.UniqueConstraint(fields=["area"], condition=Q(state__in=["queued", "running"]), name="archive_folder_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.year} 年档案(第 {self.edition} 版)"

    @property
    def file_name(self) -> str:
        return f"folders/{self.area_id}-{self.year}-{self.edition}.zip"


class PieceQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(folder__in=Folder.objects.visible_to(user))


class Piece(models.Model):
    """件: one line of a folder's index, with the digest of its file."""

    folder = models.ForeignKey(Folder, on_delete=models.PROTECT, related_name="pieces")
    number = models.PositiveIntegerField(_("件号"))
    kind = models.CharField(max_length=40)
    kind_title = models.CharField(_("类别"), max_length=60)
    title = models.CharField(_("题名"), max_length=300)
    day = models.DateField(_("日期"))
    unit = models.CharField(_("责任单位"), max_length=60, blank=True)
    term = models.CharField(_("保管期限"), max_length=10)
    path = models.CharField(_("文件"), max_length=300)
    size = models.PositiveIntegerField(_("字节"))
    digest = models.CharField(_("摘要"), max_length=80)
    url = models.CharField(max_length=300, blank=True)

    objects = PieceQuerySet.as_manager()

    class Meta:
        verbose_name = _("件")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["folder", "number"], name="archive_piece_once")]

    def __str__(self) -> str:
        return self.title


class PackQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own: it holds what its owner may read."""
        return self.filter(asked_by_id=user.pk or 0, area_id__in=standing_of(user).readable_areas)


class Pack(Bundle):
    """迎检包: the evidence of a year on some topics, for some units (none: all that one may read)."""

    title = models.CharField(_("哪次检查"), max_length=80)
    topics: Any = models.JSONField(_("专题"), default=list)  # [[code, name], …]
    units: Any = models.JSONField(_("单位"), default=list)  # [[pk, name], …]
    key = models.CharField(max_length=32, unique=True, editable=False)

    objects = PackQuerySet.as_manager()

    class Meta:
        verbose_name = _("迎检包")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.title}({self.year} 年)"

    @property
    def file_name(self) -> str:
        return f"packs/{self.key}.zip"
