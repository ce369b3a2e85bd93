"""Handing a file out: to whoever may read the object that it belongs to."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from ronghe.common.access import access, signed_in
from ronghe.common.exports import hand_out_file
from ronghe.documents.actions import read_bytes, storage_path
from ronghe.documents.models import Document

SHOWN_INLINE = {"application/pdf", "image/jpeg", "image/png", "image/webp"}


@access(signed_in)
def download(request: HttpRequest, pk: int) -> FileResponse:
    """Send the file; pictures and PDF may open in the page, everything else is a download. Never sniffed, never run.

    Shown in the page it is read; what is downloaded leaves the product, and is logged with mark and reader in its name.
    """
    document = get_object_or_404(Document.objects.select_related("object_type"), pk=pk)
    path = storage_path(document.digest)
    if not document.is_visible_to(request.user) or not default_storage.exists(path):
        raise Http404
    inline = document.media_type in SHOWN_INLINE and "download" not in request.GET
    if not inline:
        what = _("附件 %(name)s") % {"name": document.name}
        data = read_bytes(document)
        return hand_out_file(
            request.user, what=what, data=data, name=document.name, media_type=document.media_type, area_id=document.area_id
        )
    response = FileResponse(default_storage.open(path), filename=document.name, content_type=document.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
