"""What the pages of 能力 share."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ronghe.capability.reading import Reading
from ronghe.common.calendar import today
from ronghe.common.exports import XLSX, mark_export, send_file
from ronghe.common.forms import carry_out
from ronghe.common.once import new_key
from ronghe.common.sheets.limits import MAX_BYTES
from ronghe.common.sheets.marked import write_marked_copy
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Person, Unit
from ronghe.org.standing import standing_of

LIMIT = min(MAX_BYTES, 5 * 1024 * 1024)
SHOWN = 100


def home_area(request: HttpRequest) -> Unit:
    return get_object_or_404(Unit, pk=min(standing_of(request.user).readable_areas, default=0))


def led_area(request: HttpRequest) -> Unit:
    return get_object_or_404(Unit, pk=min(standing_of(request.user).areas_of(LEADERS), default=0))


def list_staff(area_id: int | None) -> list[Person]:
    return list(Person.objects.filter(area_id=area_id, left_on=None).select_related("unit"))


def take_step(
    request: HttpRequest, form: BaseForm, act: Callable[[dict[str, Any]], Any], *, done: Any, heading: Any, back: str, **extra: Any
) -> HttpResponse:
    """Show a form and carry out its action; what the action refuses is shown at the form with all that was typed."""
    if carry_out(request, form, act, done=done):  # type: ignore[arg-type]
        return redirect(back)
    context = {"form": form, "heading": heading, "back": back, "once": request.POST.get("once") or new_key(), **extra}
    return render(request, "capability/step.html", context, status=422 if form.is_bound else 200)


def take_sheet(
    request: HttpRequest, read: Callable[[bytes], Reading], take: Callable[[Reading, str], HttpResponse], *, area_id: int, **context: Any
) -> HttpResponseBase:
    """Show where a sheet is uploaded; POST reads it and takes it in, or says what is wrong, or gives the marked copy.

    No transaction is open while the child process reads.
    """

    def show(problem: str = "", found: Reading | None = None) -> HttpResponse:
        lines = [(f"{one.column}{one.row or ''}", one.raw, one.message) for one in found.problems[:SHOWN]] if found else []
        status = 422 if problem else 200
        return render(
            request,
            "capability/upload.html",
            {"problem": problem, "lines": lines, "max_mb": LIMIT // 1024 // 1024, "day": today(), **context},
            status=status,
        )

    if request.method != "POST":
        return show()
    sheet = request.FILES.get("file")
    if sheet is None:
        return show(_("请选择要上传的表格。"))
    if (sheet.size or 0) > LIMIT:
        return show(_("文件超过 %(limit)d MB 的上限。") % {"limit": LIMIT // 1024 // 1024})
    data, name = sheet.read(), sheet.name or ""
    found = read(data)
    if "marked" in request.POST and found.problems and found.sheet:
        watermark = mark_export(request.user, what=_("%(name)s(标注)") % {"name": name}, rows=len(found.lines), area_id=area_id)
        marked = write_marked_copy(data, found.sheet, found.problems, watermark=watermark)
        return send_file(marked, name=f"{name.rpartition('.')[0] or name}(标注).xlsx", media_type=XLSX)
    if found.problems:
        return show(_("有 %(n)d 处要改正,一行也没有导入。") % {"n": len(found.problems)}, found)
    return take(found, name)
