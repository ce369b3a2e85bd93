"""Reads over attachments."""

from django.contrib.contenttypes.models import ContentType
from django.db import models

from ronghe.documents.models import Document


def list_documents(obj: models.Model) -> list[Document]:
    """Return the files of an object that the caller has already authorised. One query."""
    kind = ContentType.objects.get_for_model(obj)
    return list(Document.objects.filter(object_type=kind, object_id=obj.pk).select_related("uploaded_by"))
