"""上传: reading a sheet, showing what was read and every problem at its cell, and making it a batch."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.common.access import access
from ronghe.common.actions import Refused, StaleForm
from ronghe.common.once import new_key, submit_once
from ronghe.common.sheets.limits import MAX_BYTES
from ronghe.common.sheets.marked import write_marked_copy
from ronghe.documents.actions import read_bytes
from ronghe.figures.actions.uploads import document_of, keep_upload, take_upload
from ronghe.figures.models import Upload
from ronghe.figures.permissions import may_report_anywhere
from ronghe.figures.queries.asked import find_open_batch
from ronghe.figures.queries.uploads import describe_upload
from ronghe.figures.reading.result import load_reading
from ronghe.figures.sheets import read_upload
from ronghe.figures.views.entry import get_form, read_seen, send_sheet, show_form


@access(may_report_anywhere)
@require_POST
def upload_sheet(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """Read a sheet for a unit's form and go on to what was found. Nothing is saved but the file and its reading.

    No transaction is open while the child process reads: on SQLite it would keep everybody else from writing.
    """
    form = get_form(request, pk, unit)
    sheet = request.FILES.get("file")
    if sheet is None:
        return show_form(request, form, problem=_("请选择要上传的表格。"))
    limit = min(MAX_BYTES, settings.RONGHE_MAX_UPLOAD_BYTES)
    if (sheet.size or 0) > limit:
        return show_form(request, form, problem=_("文件超过 %(limit)d MB 的上限。") % {"limit": limit // 1024 // 1024})
    data, name = sheet.read(), sheet.name or ""
    found = read_upload(form, data, name)
    try:
        upload = keep_upload(form.period, form.unit, data=data, name=name, found=found, by=request.user)
    except ValidationError as problem:
        reasons = [one.message for one in found.errors if one.row is None] or problem.messages
        return show_form(request, form, problem=" ".join(reasons))
    return redirect("figures:upload", pk=upload.pk)


def get_upload(request: HttpRequest, pk: int) -> Upload:
    """Fetch one's own upload, or answer 404."""
    return get_object_or_404(Upload.objects.visible_to(request.user).select_related("period__area", "unit", "batch"), pk=pk)


@access(may_report_anywhere)
def show_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was read from a sheet and what is wrong with it."""
    return render_upload(request, get_upload(request, pk))


def render_upload(request: HttpRequest, upload: Upload, problem: str = "") -> HttpResponse:
    """Render an upload; with a problem the answer is 422."""
    batch = find_open_batch(upload.period, upload.unit)
    context: dict[str, Any] = {
        "upload": upload,
        "shown": describe_upload(upload),
        "open_batch": batch,
        "seen": f"{batch.pk}:{batch.version}" if batch else "",
        "problem": problem,
        "once": new_key(),
    }
    return render(request, "figures/upload.html", context, status=422 if problem else 200)


@access(may_report_anywhere)
@require_POST
@submit_once
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the upload a batch: a draft, or handed in at once."""
    upload = get_upload(request, pk)
    submit = "submit" in request.POST
    try:
        batch = take_upload(upload, by=request.user, submit=submit, seen=read_seen(request.POST.get("seen", "")))
    except StaleForm:
        return render_upload(request, upload, _("草稿在您打开本页之后已被修改。请核对后再保存,本表的数值会覆盖草稿里相同的格。"))
    except Refused as refused:
        return render_upload(request, upload, " ".join(refused.messages))
    if submit:
        messages.success(request, _("已提交批次 %(number)s,等待审核。") % {"number": batch.number})
        return redirect("figures:batch", pk=batch.pk)
    messages.success(request, _("已存为草稿,还没有提交。"))
    return redirect("figures:form", pk=batch.period_id, unit=batch.unit_id)


@access(may_report_anywhere)
def download_marked(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the uploaded sheet back with every problem marked at its cell."""
    upload = get_upload(request, pk)
    found = load_reading(upload.reading)
    marked = write_marked_copy(read_bytes(document_of(upload)), found.sheet, found.problems)
    stem = upload.name.rpartition(".")[0] or upload.name
    return send_sheet(marked, f"{stem}(标注).xlsx")
