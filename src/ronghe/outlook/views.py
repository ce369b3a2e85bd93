"""进度与预测: an area's units and indicators with their lights, one series, the export."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.figures.rules import month_of
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of
from ronghe.outlook import actions
from ronghe.outlook import queries as read
from ronghe.outlook.forms import OutlookFilter
from ronghe.outlook.limits import find_limits
from ronghe.outlook.models import Outlook
from ronghe.outlook.permissions import may_read_outlook, may_refresh
from ronghe.outlook.sheets import write_sheet


def find_rows(request: HttpRequest) -> tuple[int, OutlookFilter, Any]:
    """Return the area, the filter's form and the rows that it keeps."""
    area_id = read.pick_area(request.user, request.GET.get("area", ""))
    rows = read.list_rows(request.user, area_id)
    units, indicators = read.list_choices(rows)
    form = OutlookFilter(request.GET, units=units, indicators=indicators)
    return area_id, form, read.filter_rows(rows, form.cleaned_data if form.is_valid() else {})


@access(may_read_outlook)
def list_outlooks(request: HttpRequest) -> HttpResponse:
    """Show units and indicators with their lights, and every row with its numbers."""
    area_id, form, rows = find_rows(request)
    every = list(rows)
    page = paginate(request, every)
    limits = find_limits(area_id, every[0].period if every else month_of(today()))
    areas = standing_of(request.user).readable_areas
    context = {
        "form": form,
        "areas": list(Unit.objects.filter(pk__in=areas).order_by("order", "code")) if len(areas) > 1 else [],
        "area_id": area_id,
        "tables": read.build_tables(every, read.name_tracks(area_id, today())),
        "counts": read.count_lights(every),
        "page": page,
        "lines": [read.describe_row(row) for row in page.object_list],
        "period": every[0].period if every else "",
        "waiting": read.is_waiting(area_id),
        "may_refresh": may_refresh(request.user),
        "key": new_key(),
        "query": request.GET.urlencode(),
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        **read.print_limits(limits),
        "basis": limits.basis,
    }
    return render(request, "outlook/list.html", context)


@access(may_read_outlook)
def export_outlooks(request: HttpRequest) -> FileResponse:
    """Hand out just what the page shows as a workbook."""
    area_id, _form, rows = find_rows(request)
    return hand_out(
        request.user,
        what=_("进度与预测"),
        sheets=[write_sheet(list(read.with_limits(rows)))],
        name=f"进度与预测-{today():%Y%m%d}",
        area_id=area_id,
    )


@access(may_read_outlook)
def show_series(request: HttpRequest, unit: int, indicator: int) -> HttpResponse:
    """Show one unit's year in one indicator: where it stands, what it will come to, by which method and how wrong that was."""
    seen = Outlook.objects.visible_to(request.user).filter(unit_id=unit, indicator_id=indicator).order_by("-period")
    row = seen.select_related("unit", "indicator").first()
    if row is None:
        raise Http404
    earlier = [(one.period, read.describe_row(one)) for one in seen.select_related("unit", "indicator")[1:13]]
    context = {
        "row": row,
        "line": read.describe_row(row),
        "earlier": earlier,
        "limits": read.print_limits(find_limits(row.area_id, row.period)),
        **read.build_series(row),
    }
    return render(request, "outlook/series.html", context)


@access(may_read_outlook)
def export_series(request: HttpRequest, unit: int, indicator: int) -> FileResponse:
    """Hand out one unit's year in one indicator, as it was told month by month."""
    seen = Outlook.objects.visible_to(request.user).filter(unit_id=unit, indicator_id=indicator).order_by("-period")
    rows = list(read.with_limits(seen.select_related("unit", "indicator"))[:13])
    if not rows:
        raise Http404
    name = f"{rows[0].unit.name} {rows[0].indicator.name}进度与预测"
    return hand_out(request.user, what=name, sheets=[write_sheet(rows)], name=name, area_id=rows[0].area_id)


@require_POST
@access(may_refresh)
@submit_once
def refresh(request: HttpRequest) -> HttpResponse:
    """Compute the area's rows now."""
    area = get_object_or_404(
        Unit.objects.visible_to(request.user).without_tree_fields(), pk=read.pick_area(request.user, request.POST.get("area", ""))
    )
    count = actions.refresh_area(area, by=request.user)
    messages.success(request, _("已重算,%(n)d 行有变化。") % {"n": count})
    return redirect("outlook:list")
