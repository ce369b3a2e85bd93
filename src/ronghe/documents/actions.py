"""Attaching a file to an object: checked by content, stored under its digest outside the web root."""

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext as _

from ronghe.audit.actions import record
from ronghe.common.actions import action
from ronghe.documents.models import Document
from ronghe.documents.rules import clean_name, detect_media_type


def check_upload(data: bytes, name: str) -> str:
    """Return the media type of an upload, or raise ValidationError saying what is wrong with it."""
    limit = settings.RONGHE_MAX_UPLOAD_BYTES
    if not data:
        raise ValidationError(_("这个文件是空的。"))
    if len(data) > limit:
        raise ValidationError(_("文件超过 %(limit)d MB 的上限。") % {"limit": limit // 1024 // 1024})
    media_type = detect_media_type(data, name)
    if media_type is None:
        raise ValidationError(_("不支持这种文件。可以上传 PDF、图片、Word、Excel、CSV 和纯文本。"))
    return media_type


@action
def attach(obj: models.Model, *, data: bytes, name: str, by: Any, area_id: int | None, purpose: str = "") -> Document:
    """Attach a file to an object and record it. Raises ValidationError for what may not be attached."""
    media_type = check_upload(data, name)
    digest = hashlib.sha256(data).hexdigest()
    path = storage_path(digest)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(data))
    document = Document.objects.create(
        area_id=area_id,
        object_type=ContentType.objects.get_for_model(obj),
        object_id=obj.pk,
        purpose=purpose,
        name=clean_name(name),
        media_type=media_type,
        size=len(data),
        digest=digest,
        uploaded_by=by,
    )
    record(by=by, verb="上传附件", obj=obj, area_id=area_id, note=document.name)
    return document


def storage_path(digest: str) -> str:
    """Return where the bytes of a digest are kept under MEDIA_ROOT."""
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def read_bytes(document: Document) -> bytes:
    """Return the file's content."""
    with default_storage.open(storage_path(document.digest)) as handle:
        return bytes(handle.read())
