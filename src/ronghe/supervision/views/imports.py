"""导入监督清单: a sheet into the list; problems at their cells, a marked copy of the same file."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import XLSX, Sheet, hand_out, mark_export, send_file
from ronghe.common.sheets.container import NotASheetError
from ronghe.common.sheets.grid import SheetTooLargeError
from ronghe.common.sheets.limits import MAX_BYTES
from ronghe.common.sheets.marked import write_marked_copy
from ronghe.common.sheets.sandbox import ChildFailedError, read_grids
from ronghe.common.sheets.text import key_text
from ronghe.supervision.actions.imports import import_lines
from ronghe.supervision.models.checks import SUPERVISED, SUPERVISORS
from ronghe.supervision.permissions import may_keep_lines
from ronghe.supervision.queries import checks as reading
from ronghe.supervision.reading import HEADS, LineReading, read_lines, refuse_lines
from ronghe.supervision.sheets import list_lines_sheet
from ronghe.supervision.views.lists import get_area

LIMIT = min(MAX_BYTES, 5 * 1024 * 1024)
SHOWN = 100


def read_file(data: bytes) -> LineReading:
    """Read an uploaded sheet in the child process; whatever is wrong with the file is a problem of the reading."""
    supervised, supervisors = ({key_text(str(title)): kind for kind, title in posts} for posts in (SUPERVISED, SUPERVISORS))
    try:
        return read_lines(read_grids(data), supervised, supervisors)
    except (NotASheetError, SheetTooLargeError, ChildFailedError) as trouble:
        return refuse_lines(str(trouble))


@access(may_keep_lines)
def bring_lines(request: HttpRequest) -> HttpResponseBase:
    """Show where the list is uploaded; POST reads the sheet and takes it in, or says what is wrong, or gives the marked copy.

    No transaction is open while the child process reads: on SQLite it would keep everybody else from writing.
    """
    area = get_area(request)
    if request.method != "POST":
        return render_import(request)
    sheet = request.FILES.get("file")
    if sheet is None:
        return render_import(request, _("请选择要上传的表格。"))
    if (sheet.size or 0) > LIMIT:
        return render_import(request, _("文件超过 %(limit)d MB 的上限。") % {"limit": LIMIT // 1024 // 1024})
    data, name = sheet.read(), sheet.name or ""
    found = read_file(data)
    if "marked" in request.POST and found.problems:
        watermark = mark_export(request.user, what=_("%(name)s(标注)") % {"name": name}, rows=len(found.lines), area_id=area.pk)
        marked = write_marked_copy(data, found.sheet, found.problems, watermark=watermark)
        return send_file(marked, name=f"{name.rpartition('.')[0] or name}(标注).xlsx", media_type=XLSX)
    if found.problems:
        return render_import(request, _("有 %(n)d 处要改正,一条也没有导入。") % {"n": len(found.problems)}, found)
    try:
        added, changed = import_lines(area, found, name=name, by=request.user)
    except ValidationError as problem:
        return render_import(request, " ".join(problem.messages))
    messages.success(request, _("新增 %(a)d 条,修改 %(c)d 条;表里没有的保持原样。") % {"a": added, "c": changed})
    return redirect("supervision:lists")


def render_import(request: HttpRequest, problem: str = "", found: LineReading | None = None) -> HttpResponse:
    lines = [(f"{one.column}{one.row or ''}", one.raw, one.message) for one in found.problems[:SHOWN]] if found else []
    context = {"problem": problem, "lines": lines, "max_mb": LIMIT // 1024 // 1024}
    return render(request, "supervision/lists_import.html", context, status=422 if problem else 200)


@access(may_keep_lines)
def download_template(request: HttpRequest) -> HttpResponseBase:
    """Hand out the table to fill: the list as it is, in the columns that the import reads."""
    area = get_area(request)
    full = list_lines_sheet(reading.list_lines(area.pk, today()))
    heads = [names[0] for names in HEADS.values()]
    places = [list(full.heads).index(head) for head in heads]
    rows = [[row[place] for place in places] for row in full.rows]
    return hand_out(
        request.user,
        what=_("监督清单导入表"),
        sheets=[Sheet(_("监督清单"), heads, rows)],
        name=f"监督清单导入表-{today():%Y%m%d}",
        area_id=area.pk,
    )
