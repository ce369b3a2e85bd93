"""A saved way of looking at a list. It is an address's query and the columns left out: what it shows each reader is the list's to say."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ronghe.common.models import Record, VisibleQuerySet
from ronghe.org.models import Person, Unit
from ronghe.org.standing import standing_of


class SavedViewQuerySet(VisibleQuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own, and what was shared with one's unit or area."""
        standing = standing_of(user)
        places = {post.unit_id for post in standing.posts} | {standing.unit_id or 0} | standing.readable_areas
        return self.filter(Q(owner_id=standing.person_id or 0) | Q(shared_with_id__in=places))


class SavedView(Record):
    """列表视图. Without a name it is what its owner has last chosen of the list's columns."""

    owner = models.ForeignKey(Person, verbose_name=_("建立人"), on_delete=models.CASCADE, related_name="+")
    page = models.CharField(_("列表"), max_length=60)
    name = models.CharField(_("名称"), max_length=30, blank=True)
    query = models.CharField(_("筛选"), max_length=1000, blank=True)
    hidden: Any = models.JSONField(_("不显示的列"), default=list, blank=True)
    shared_with = models.ForeignKey(Unit, verbose_name=_("共享给"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_default = models.BooleanField(_("打开就用"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("列表视图")
        ordering = ["page", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "page", "name"], name="lists_view_name_once"),
            models.UniqueConstraint(fields=["owner", "page"], condition=Q(is_default=True), name="lists_one_default"),
            models.CheckConstraint(condition=~Q(name="") | Q(shared_with=None, is_default=False), name="lists_choice_is_own"),
        ]
        indexes = [models.Index(fields=["page", "shared_with"])]

    def __str__(self) -> str:
        return self.name or self.page

    @property
    def area_id(self) -> int | None:
        return self.shared_with.area_id if self.shared_with is not None else None
