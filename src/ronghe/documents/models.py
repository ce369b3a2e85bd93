"""文档: attached files. Kept outside the web root under their digest; each is as readable as the object that it belongs to."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from ronghe.common.fields import MomentField
from ronghe.common.models import VisibleQuerySet
from ronghe.org.models import Unit


class Document(models.Model):
    """One file of one object. The same bytes attached twice are stored once."""

    area = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    object_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    purpose = models.CharField(_("用途"), max_length=40, blank=True)
    name = models.CharField(_("文件名"), max_length=200)
    media_type = models.CharField(_("类型"), max_length=120)
    size = models.PositiveBigIntegerField(_("字节"))
    digest = models.CharField(max_length=64, db_index=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = MomentField(_("上传时间"), auto_now_add=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = _("文档")
        ordering = ["uploaded_at", "id"]
        indexes = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self) -> str:
        return self.name

    def is_visible_to(self, user: Any) -> bool:
        """Tell whether the user may read the object that this file belongs to."""
        model = self.object_type.model_class()
        return model is not None and model._default_manager.visible_to(user).filter(pk=self.object_id).exists()  # type: ignore[attr-defined]
