"""历史数据: upload, every problem at its cell, hand in; a second person takes it in as a whole."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.common.access import access
from ronghe.common.exports import XLSX, Sheet, hand_out, mark_export, send_file
from ronghe.common.once import new_key, submit_once
from ronghe.common.sheets.limits import MAX_BYTES
from ronghe.common.sheets.marked import write_marked_copy
from ronghe.figures.actions import history as write
from ronghe.figures.models import HistoryFile
from ronghe.figures.permissions import may_bring_history, may_see_history, may_take_history
from ronghe.figures.queries.history import describe_history, list_files, read_file
from ronghe.figures.reading.history import load_history
from ronghe.goals.models import Indicator
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of

HEADS = ("月份", "单位", "指标", "实际值", "目标值", "基数")
LIMIT = min(MAX_BYTES, 10 * 1024 * 1024)


def get_area(request: HttpRequest) -> Unit:
    """Fetch the area whose 指标管理员 the user is."""
    return get_object_or_404(Unit, pk__in=standing_of(request.user).areas_of("indicator_admin"))


@access(may_see_history)
def list_history(request: HttpRequest) -> HttpResponse:
    """Show the files, and where the 指标管理员 uploads one."""
    return render_list(request)


def render_list(request: HttpRequest, problem: str = "") -> HttpResponse:
    context = {
        "rows": list_files(request.user),
        "may_bring": may_bring_history(request.user),
        "problem": problem,
        "max_mb": LIMIT // 1024 // 1024,
    }
    return render(request, "figures/history.html", context, status=422 if problem else 200)


@require_POST
@access(may_bring_history)
def upload(request: HttpRequest) -> HttpResponse:
    """Read a sheet and go on to what was found. No transaction is open while the child process reads."""
    area, sheet = get_area(request), request.FILES.get("file")
    if sheet is None:
        return render_list(request, _("请选择要上传的表格。"))
    if (sheet.size or 0) > LIMIT:
        return render_list(request, _("文件超过 %(limit)d MB 的上限。") % {"limit": LIMIT // 1024 // 1024})
    data = sheet.read()
    row = write.keep_history(area, data=data, name=sheet.name or "", found=read_file(area, data), by=request.user)
    return redirect("figures:history-file", pk=row.pk)


@access(may_bring_history)
def download_template(request: HttpRequest) -> FileResponse:
    """Hand out the long table to fill, with the names that it understands beside it."""
    area = get_area(request)
    units = Unit.objects.filter(area=area, closed_on=None).exclude(pk=area.pk).order_by("order", "code").values_list("name", "code")
    indicators = Indicator.objects.filter(area=area).values_list("name", "unit_text", "code")
    sheets = [
        Sheet("历史数据", HEADS),
        Sheet("单位", ("名称", "编码"), list(units)),
        Sheet("指标", ("名称", "单位", "编码"), list(indicators)),
    ]
    return hand_out(request.user, what=_("历史数据模板"), sheets=sheets, name=f"{area.name}历史数据", area_id=area.pk)


def get_file(request: HttpRequest, pk: int) -> HistoryFile:
    """Fetch a file that the user may see, or answer 404."""
    return get_object_or_404(
        HistoryFile.objects.visible_to(request.user).select_related("author__person", "area", "decided_by__person"), pk=pk
    )


@access(may_see_history)
def show_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was read, month by month, and what is wrong."""
    return render_file(request, get_file(request, pk))


def render_file(request: HttpRequest, row: HistoryFile, problem: str = "", reason: str = "") -> HttpResponse:
    page = describe_history(row)
    waiting = row.submitted_at is not None and row.decided_at is None
    context = {
        "row": row,
        "page": page,
        "may_submit": page is not None and page.found.is_clean and row.submitted_at is None and row.author_id == request.user.pk,
        "may_take": waiting and may_take_history(request.user, row),
        "problem": problem,
        "reason": reason,
        "once": new_key(),
    }
    return render(request, "figures/history_file.html", context, status=422 if problem else 200)


@access(may_see_history)
def download_marked(request: HttpRequest, pk: int) -> FileResponse:
    """Send the sheet back with every problem marked at its cell."""
    row = get_file(request, pk)
    if row.data is None:
        raise Http404
    found = load_history(row.reading)
    name = _("%(name)s(标注)") % {"name": row.name.rpartition(".")[0] or row.name}
    watermark = mark_export(request.user, what=name, rows=len(found.cells), area_id=row.area_id)
    marked = write_marked_copy(bytes(row.data), found.sheet, found.problems, watermark=watermark)
    return send_file(marked, name=f"{name}.xlsx", media_type=XLSX)


@require_POST
@access(may_bring_history)
@submit_once
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand the file in."""
    write.submit_history(get_file(request, pk), by=request.user)
    messages.success(request, _("已提交,等待审核人确认。"))
    return redirect("figures:history-file", pk=pk)


@require_POST
@access(may_take_history)
@submit_once
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the file in."""
    row = get_file(request, pk)
    try:
        write.take_history(row, by=request.user)
    except ValidationError as problem:
        return render_file(request, row, " ".join(problem.messages))
    messages.success(request, _("已导入:数值有效,目标已写入。"))
    return redirect("figures:history-file", pk=pk)


@require_POST
@access(may_take_history)
@submit_once
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the file back."""
    row, reason = get_file(request, pk), request.POST.get("reason", "")[:300]
    try:
        write.decline_history(row, reason=reason, by=request.user)
    except ValidationError as problem:
        return render_file(request, row, " ".join(problem.messages), reason)
    messages.success(request, _("已退回。"))
    return redirect("figures:history-file", pk=pk)
