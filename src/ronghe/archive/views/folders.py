"""年度档案: asking for it, its index, the zip, whether it still matches; and how long each kind is kept."""

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.archive import permissions
from ronghe.archive.actions import bundles as write
from ronghe.archive.actions.norms import set_term
from ronghe.archive.build import address, make_plain
from ronghe.archive.forms import FolderForm, TermForm
from ronghe.archive.jobs import make_bundle
from ronghe.archive.models import Bundle, Folder
from ronghe.archive.queries.norms import list_terms
from ronghe.archive.views.steps import home_area, take_step
from ronghe.audit.queries import format_time, list_history
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import Sheet, hand_out, hand_out_file, mark_export
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate

ZIP = "application/zip"
MOST_PRINTED = 5000


def page_of(folder: Folder) -> str:
    return reverse("archive:folder", args=[folder.pk])


@access(permissions.may_archive)
def show_list(request: HttpRequest) -> HttpResponse:
    """Show the folders that were made."""
    page = paginate(request, Folder.objects.visible_to(request.user).select_related("asked_by__person"))
    lines = [
        (row, page_of(row), row.asked_by.person.name, format_time(row.ended_at) if row.ended_at else "", round(row.size / 2**20, 1))
        for row in page.object_list
    ]
    return render(request, "archive/folders.html", {"page": page, "lines": lines})


@access(permissions.may_archive)
@submit_once
def new(request: HttpRequest) -> HttpResponse:
    """File a year."""
    area = home_area(request)
    form = FolderForm(request.POST or None, initial={"year": today().year - 1})

    def act(values: dict[str, int]) -> Folder:
        folder = write.ask_folder(area, year=values["year"], by=request.user)
        transaction.on_commit(lambda: make_bundle.enqueue("folder", folder.pk))
        return folder

    return take_step(
        request, form, act, done=_("已开始归档,由工作进程在后台生成。"), back=reverse("archive:folders"), heading=_("归档一个年度"), to=page_of,
        row_lines=[_("收集这一年已经定稿的纪要、责任书、公示的排名、办结的决策和整改、考核结果等,一件一个文件,附索引和摘要。已归过档的再归是新的一版,以前各版不变。")],
        row_title=area.name,
    )  # fmt: skip


def get_folder(request: HttpRequest, pk: int) -> Folder:
    folder: Folder = get_object_or_404(Folder.objects.visible_to(request.user).select_related("area", "asked_by__person"), pk=pk)
    return folder


@access(permissions.may_archive)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a folder's index, or how far it is."""
    folder = get_folder(request, pk)
    page = paginate(request, folder.pieces.all())
    context = {
        "folder": folder, "page": page, "once": new_key(), "history": list_history(folder), "bundle": folder,
        "mb": round(folder.size / 2**20, 1), "ended": format_time(folder.ended_at) if folder.ended_at else "",
        "checked": format_time(folder.checked_at) if folder.checked_at else "",
    }  # fmt: skip
    return render(request, "archive/folder.html", context)


def get_ready(request: HttpRequest, pk: int) -> Folder:
    folder = get_folder(request, pk)
    if folder.state != Bundle.State.READY:
        raise Http404
    return folder


@access(permissions.may_archive)
def download(request: HttpRequest, pk: int) -> FileResponse:
    folder = get_ready(request, pk)
    if not folder.path.is_file():
        raise Http404
    return hand_out_file(
        request.user, what=_("下载%(title)s") % {"title": folder}, data=folder.path.read_bytes(), name=f"{folder.area.name}{folder}.zip",
        media_type=ZIP, rows=folder.total, area_id=folder.area_id,
    )  # fmt: skip


@require_POST
@access(permissions.may_archive)
@submit_once
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare the zip with the index."""
    folder = get_folder(request, pk)
    faults = write.check_folder(folder, by=request.user)
    if faults:
        messages.error(request, _("发现 %(count)d 处不符。") % {"count": len(faults)})
    else:
        messages.success(request, _("逐件核对,全部相符。"))
    return redirect(page_of(folder))


def index_rows(folder: Folder) -> list[tuple[object, ...]]:
    return [
        (row.number, row.kind_title, row.title, row.day, row.unit, row.term, row.path, row.size, row.digest, address(row.url))
        for row in folder.pieces.all()[:MOST_PRINTED]
    ]


def heads() -> list[str]:
    return [_("件号"), _("类别"), _("题名"), _("日期"), _("责任单位"), _("保管期限"), _("文件"), _("字节"), _("摘要"), _("系统里的页面")]


@access(permissions.may_archive)
def export(request: HttpRequest, pk: int) -> FileResponse:
    folder = get_ready(request, pk)
    title = _("%(folder)s索引") % {"folder": folder}
    return hand_out(request.user, what=title, sheets=[Sheet(_("索引"), heads(), index_rows(folder))], name=title, area_id=folder.area_id)


@access(permissions.may_archive)
def print_index(request: HttpRequest, pk: int) -> HttpResponse:
    folder = get_ready(request, pk)
    lines = [[make_plain(cell) for cell in row[:6]] for row in index_rows(folder)]
    context = {
        "heads": heads()[:6], "lines": lines, "page_title": _("%(folder)s归档文件目录") % {"folder": folder}, "issuer": folder.area.name,
        "back_url": page_of(folder),
        "mark": mark_export(request.user, what=_("打印%(folder)s目录") % {"folder": folder}, rows=len(lines), area_id=folder.area_id),
    }  # fmt: skip
    return render(request, "archive/print_table.html", context)


@access(permissions.is_in_area)
def show_terms(request: HttpRequest) -> HttpResponse:
    """Show how long each kind of paper is kept, and by what."""
    area = home_area(request)
    return render(request, "archive/terms.html", {"lines": list_terms(area.pk), "may_archive": permissions.may_archive(request.user, area)})


@access(permissions.may_archive)
@submit_once
def edit_term(request: HttpRequest, kind: str) -> HttpResponse:
    area = home_area(request)
    line = next((one for one in list_terms(area.pk) if one.kind == kind), None)
    if line is None:
        raise Http404
    form = TermForm(request.POST or None, initial={"years": line.years or "", "basis": line.basis})
    return take_step(
        request, form, lambda values: set_term(area, kind, **values, by=request.user), done=_("已保存,今后归档按它。"),
        back=reverse("archive:terms"), heading=_("保管期限"), row_title=line.title,
    )  # fmt: skip
