"""导入目标: a sheet into a plan that is being written; problems at their cells, a marked copy of the same file."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ronghe.common.access import access
from ronghe.common.exports import XLSX, Sheet, hand_out, mark_export, send_file
from ronghe.common.sheets.limits import MAX_BYTES
from ronghe.common.sheets.marked import write_marked_copy
from ronghe.goals.actions.imports import import_goals
from ronghe.goals.models import GoalPlan
from ronghe.goals.permissions import may_plan
from ronghe.goals.queries.export import HEADS, list_rows
from ronghe.goals.reading import GoalReading
from ronghe.goals.sheets import read_file
from ronghe.goals.views.plans import get_plan

LIMIT = min(MAX_BYTES, 5 * 1024 * 1024)
SHOWN = 100


@access(may_plan)
def bring_goals(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show where goals are uploaded; POST reads the sheet and takes it in, or says what is wrong, or gives the marked copy.

    No transaction is open while the child process reads: on SQLite it would keep everybody else from writing.
    """
    plan = get_plan(request, pk)
    if request.method != "POST":
        return render_import(request, plan)
    sheet = request.FILES.get("file")
    if sheet is None:
        return render_import(request, plan, _("请选择要上传的表格。"))
    if (sheet.size or 0) > LIMIT:
        return render_import(request, plan, _("文件超过 %(limit)d MB 的上限。") % {"limit": LIMIT // 1024 // 1024})
    data, name = sheet.read(), sheet.name or ""
    found = read_file(plan, data)
    if "marked" in request.POST and found.problems:
        watermark = mark_export(request.user, what=_("%(name)s(标注)") % {"name": name}, rows=len(found.lines), area_id=plan.area_id)
        marked = write_marked_copy(data, found.sheet, found.problems, watermark=watermark)
        return send_file(marked, name=f"{name.rpartition('.')[0] or name}(标注).xlsx", media_type=XLSX)
    if found.problems:
        return render_import(request, plan, _("有 %(n)d 处要改正,一项目标也没有导入。") % {"n": len(found.problems)}, found)
    try:
        made = import_goals(plan, found, name=name, by=request.user)
    except ValidationError as problem:
        return render_import(request, plan, " ".join(problem.messages))
    messages.success(request, _("已导入 %(n)d 项目标,接着核对、分解。") % {"n": len(made)})
    return redirect("goals:plan", pk=pk)


def render_import(request: HttpRequest, plan: GoalPlan, problem: str = "", found: GoalReading | None = None) -> HttpResponse:
    lines = [(f"{one.column}{one.row or ''}", one.raw, one.message) for one in found.problems[:SHOWN]] if found else []
    context = {"plan": plan, "problem": problem, "lines": lines, "max_mb": LIMIT // 1024 // 1024}
    return render(request, "goals/import.html", context, status=422 if problem else 200)


@access(may_plan)
def download_template(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out the table to fill: the plan's own goals, in the columns that the import reads."""
    plan = get_plan(request, pk)
    rows = [row[:15] for row in list_rows(plan, user=request.user)]
    sheet = Sheet("目标", HEADS[:15], rows)
    return hand_out(
        request.user, what=_("目标导入表 %(plan)s") % {"plan": plan}, sheets=[sheet], name=f"{plan}导入表", area_id=plan.area_id
    )
