"""Handing a file out: to whoever may read the object that it belongs to."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404

from ronghe.common.access import access, signed_in
from ronghe.documents.actions import storage_path
from ronghe.documents.models import Document

SHOWN_INLINE = {"application/pdf", "image/jpeg", "image/png", "image/webp"}


@access(signed_in)
def download(request: HttpRequest, pk: int) -> FileResponse:
    """Send the file; pictures and PDF may open in the page, everything else is a download. Never sniffed, never run."""
    document = get_object_or_404(Document.objects.select_related("object_type"), pk=pk)
    path = storage_path(document.digest)
    if not document.is_visible_to(request.user) or not default_storage.exists(path):
        raise Http404
    inline = document.media_type in SHOWN_INLINE and "download" not in request.GET
    response = FileResponse(default_storage.open(path), as_attachment=not inline, filename=document.name, content_type=document.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
