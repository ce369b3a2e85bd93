"""导入人员: a list of people is uploaded, shown with every problem at its cell, and taken in as a whole."""

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.common.access import access
from ronghe.common.actions import StaleForm
from ronghe.common.exports import XLSX, Sheet, hand_out, mark_export, send_file
from ronghe.common.once import new_key, submit_once
from ronghe.common.sheets.marked import write_marked_copy
from ronghe.org.actions.rosters import give_passwords, keep_roster, take_roster
from ronghe.org.kinds import POST_TITLES
from ronghe.org.models import Roster, Unit
from ronghe.org.permissions import is_system_admin
from ronghe.org.roster import load_roster
from ronghe.org.sheets import MOST_BYTES, load_known, make_template, read_file
from ronghe.org.structure_forms import RosterForm
from ronghe.org.views.structure import get_area

SHOWN = 300
STATUS = {"full": "正式党员", "probationary": "预备党员", "": ""}


@access(is_system_admin)
def list_rosters(request: HttpRequest) -> HttpResponse:
    """Show where a list is uploaded, and one's own lists so far; POST reads one.

    No transaction is open while the child process reads: on SQLite it would keep everybody else from writing.
    """
    area, tabs = get_area(request)
    problem = ""
    if request.method == "POST":
        sheet = request.FILES.get("file")
        if sheet is None:
            problem = _("请选择要上传的花名册。")
        elif (sheet.size or 0) > MOST_BYTES:
            problem = _("文件超过 %(limit)d MB 的上限。") % {"limit": MOST_BYTES // 1024 // 1024}
        else:
            data = sheet.read()
            roster = keep_roster(area, data=data, name=sheet.name or "", found=read_file(data, load_known(area)), by=request.user)
            return redirect("org:admin-roster", pk=roster.pk)
    rows = Roster.objects.visible_to(request.user).filter(area=area).defer("data", "reading")[:20]
    context = {"area": area, "areas": tabs, "rosters": rows, "problem": problem, "max_mb": MOST_BYTES // 1024 // 1024}
    return render(request, "org/admin_rosters.html", context, status=422 if problem else 200)


@access(is_system_admin)
def download_template(request: HttpRequest) -> FileResponse:
    """Hand out the list to fill, with the area's units, groups and posts beside it."""
    area, _tabs = get_area(request)
    units = list(Unit.objects.filter(area=area, closed_on=None).order_by("order", "code"))
    return hand_out(request.user, what=_("花名册模板"), sheets=make_template(area, units), name=f"{area.name}花名册", area_id=area.pk)


def get_roster(request: HttpRequest, pk: int) -> Roster:
    """Fetch one's own list, or answer 404."""
    return get_object_or_404(Roster.objects.visible_to(request.user).select_related("area"), pk=pk)


@access(is_system_admin)
def show_roster(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was read from a list and what is wrong with it; once taken in, who came with it."""
    roster = get_roster(request, pk)
    return render_roster(request, roster, RosterForm(initial={"accounts": True, "version": roster.version}))


def render_roster(request: HttpRequest, roster: Roster, form: RosterForm, status: int = 200) -> HttpResponse:
    found = load_roster(roster.reading) if roster.reading else None
    units = dict(Unit.objects.filter(area_id=roster.area_id).values_list("code", "name"))
    lines = [
        (
            line.row,
            line.name,
            line.number,
            units.get(line.unit, line.unit),
            "、".join(str(POST_TITLES[kind]) for kind in line.posts) or "员工",
            " · ".join(part for part in (line.group, STATUS[line.status]) if part) or "—",
            line.since,
            line.login,
        )
        for line in (found.lines if found else ())
    ]
    problems = sorted(found.problems if found else (), key=lambda one: one.severity != "error")
    context = {
        "roster": roster,
        "found": found,
        "lines": lines[:SHOWN],
        "count": len(lines),
        "more": max(0, len(lines) - SHOWN),
        "problems": [(one.severity, place(one.row, one.column), one.raw, one.message) for one in problems],
        "form": form,
        "once": request.POST.get("once") or new_key(),
        "taken": roster.people.count() if roster.taken_at else 0,
        "waiting": roster.people.exclude(user=None).count() if roster.taken_at and not roster.passwords_given_at else 0,
    }
    return render(request, "org/admin_roster.html", context, status=status)


def place(row: int | None, column: str) -> str:
    """Return 'B5', '第 5 行' or '整个文件'."""
    if row is None:
        return _("整个文件")
    return f"{column}{row}" if column else _("第 %(row)d 行") % {"row": row}


@require_POST
@access(is_system_admin)
@submit_once
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in everybody on the list, or nobody."""
    roster = get_roster(request, pk)
    form = RosterForm(request.POST)
    if form.is_valid():
        try:
            take_roster(roster, by=request.user, **form.cleaned_data)
        except (ValidationError, StaleForm) as problem:
            form.add_error(None, str(problem) if isinstance(problem, StaleForm) else problem)
        else:
            return redirect("org:admin-roster", pk=pk)
    return render_roster(request, roster, form, 422)


@access(is_system_admin)
def download_marked(request: HttpRequest, pk: int) -> FileResponse:
    """Send the list back with every problem marked at its cell."""
    roster = get_roster(request, pk)
    if not roster.data:
        raise Http404
    found = load_roster(roster.reading)
    name = _("%(name)s(标注)") % {"name": roster.name.rpartition(".")[0] or roster.name}
    watermark = mark_export(request.user, what=name, rows=len(found.problems), area_id=roster.area_id)
    marked = write_marked_copy(bytes(roster.data), found.sheet, found.problems, watermark=watermark)
    return send_file(marked, name=f"{name}.xlsx", media_type=XLSX)


@require_POST
@access(is_system_admin)
def hand_passwords(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the first passwords of the list's accounts as a workbook, once."""
    roster = get_roster(request, pk)
    rows = give_passwords(roster, by=request.user)
    sheet = Sheet("首次密码", ["单位", "姓名", "工号", "登录名", "首次密码(登录后须修改)"], rows)
    return hand_out(request.user, what=_("首次密码"), sheets=[sheet], name=f"{roster.area.name}首次密码", area_id=roster.area_id)
