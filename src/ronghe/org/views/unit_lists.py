"""导入单位: the organisation tree from a sheet, which may stand in the same workbook as the 花名册."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import XLSX, Sheet, hand_out, mark_export, send_file
from ronghe.common.sheets.container import NotASheetError
from ronghe.common.sheets.grid import SheetTooLargeError
from ronghe.common.sheets.marked import write_marked_copy
from ronghe.common.sheets.sandbox import ChildFailedError, read_grids
from ronghe.common.sheets.text import key_text
from ronghe.org.actions.unit_lists import import_units
from ronghe.org.models import Track, Unit
from ronghe.org.permissions import is_system_admin
from ronghe.org.sheets import MOST_BYTES
from ronghe.org.unit_list import HEADS, KnownPlace, UnitReading, read_units, refuse_units
from ronghe.org.views.rosters import place
from ronghe.org.views.structure import get_area

SHOWN = 100


def load_places(area: Unit) -> KnownPlace:
    """Return what the reader must know of an area. Three queries."""
    units = list(Unit.objects.filter(area=area, closed_on=None))
    return KnownPlace(
        names=frozenset(name for unit in units for name in (unit.name, *unit.aliases)),
        codes=frozenset(Unit.objects.values_list("code", flat=True)),
        tracks={key_text(text): track.code for track in Track.objects.filter(area=area) for text in (track.name, track.code)},
        prefix=area.code[:36],
        today=today(),
    )


def read_file(data: bytes, known: KnownPlace) -> UnitReading:
    """Read an uploaded sheet in the child process; whatever is wrong with the file is a problem of the reading."""
    try:
        return read_units(read_grids(data), known)
    except (NotASheetError, SheetTooLargeError, ChildFailedError) as trouble:
        return refuse_units(str(trouble))


@access(is_system_admin)
def bring_units(request: HttpRequest) -> HttpResponseBase:
    """Show where the list is uploaded; POST reads it and sets the units up, or says what is wrong, or gives the marked copy."""
    area, tabs = get_area(request)
    if request.method != "POST":
        return render_import(request, area, tabs)
    sheet = request.FILES.get("file")
    if sheet is None:
        return render_import(request, area, tabs, _("请选择要上传的单位表。"))
    if (sheet.size or 0) > MOST_BYTES:
        return render_import(request, area, tabs, _("文件超过 %(limit)d MB 的上限。") % {"limit": MOST_BYTES // 1024 // 1024})
    data, name = sheet.read(), sheet.name or ""
    found = read_file(data, load_places(area))
    if "marked" in request.POST and found.problems:
        watermark = mark_export(request.user, what=_("%(name)s(标注)") % {"name": name}, rows=len(found.lines), area_id=area.pk)
        marked = write_marked_copy(data, found.sheet, tuple(found.problems), watermark=watermark)
        return send_file(marked, name=f"{name.rpartition('.')[0] or name}(标注).xlsx", media_type=XLSX)
    if found.errors:
        return render_import(request, area, tabs, _("有 %(n)d 处要改正,一个单位也没有导入。") % {"n": len(found.errors)}, found)
    if not found.lines:
        return render_import(request, area, tabs, _("表里的单位都已经有了,没有改动。"), found)
    try:
        made = import_units(area, found, name=name, by=request.user)
    except ValidationError as problem:
        return render_import(request, area, tabs, " ".join(problem.messages))
    messages.success(request, _("已设立 %(n)d 个单位,岗位和党小组同时设好。接下来导入人员。") % {"n": len(made)})
    for note in found.notes[:3]:
        messages.info(request, f"{place(note.row, note.column)}:{note.message}")
    return redirect(f"{reverse('org:admin-units')}?area={area.pk}")


def render_import(
    request: HttpRequest, area: Unit, tabs: list[dict[str, object]], problem: str = "", found: UnitReading | None = None
) -> HttpResponse:
    lines = [(place(one.row, one.column), one.raw, one.message) for one in found.problems[:SHOWN]] if found else []
    context = {"area": area, "areas": tabs, "problem": problem, "lines": lines, "max_mb": MOST_BYTES // 1024 // 1024}
    return render(request, "org/admin_units_import.html", context, status=422 if problem else 200)


@access(is_system_admin)
def download_template(request: HttpRequest) -> FileResponse:
    """Hand out the table to fill, with the tracks of the area beside it."""
    area, _tabs = get_area(request)
    tracks = list(Track.objects.filter(area=area).values_list("name", "code"))
    sheets = [Sheet("单位", [names[0] for names in HEADS.values()]), Sheet("可以填的赛道", ["赛道", "编码"], tracks)]
    return hand_out(request.user, what=_("单位表模板"), sheets=sheets, name=f"{area.name}单位表", area_id=area.pk)
