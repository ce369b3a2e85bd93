"""对标 (M3): the page, its workbook, its paper."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ronghe.assessment.permissions import is_previewer, may_read_ranking
from ronghe.assessment.queries.areas import list_areas, month_options
from ronghe.assessment.queries.benchmark import Benchmark, build_benchmark
from ronghe.assessment.queries.benchmark_charts import draw_losses, draw_places, list_losses, list_places
from ronghe.assessment.rules import describe_month
from ronghe.assessment.sheets_benchmark import list_benchmark
from ronghe.assessment.views.ranking import find_page
from ronghe.common.access import access
from ronghe.common.exports import hand_out, mark_export
from ronghe.org.standing import standing_of


def find_benchmark(request: HttpRequest) -> tuple[dict[str, Any], Benchmark | None]:
    """Return area, months and run, and the comparison that was asked for."""
    page = find_page(request)
    if page["run"] is None:
        return page, None
    found = build_benchmark(
        request.user,
        page["run"],
        page["runs"],
        track=request.GET.get("track", ""),
        code=request.GET.get("by", ""),
        own=standing_of(request.user).unit_id,
    )
    return page, found


def name_query(page: dict[str, Any], found: Benchmark) -> str:
    """Return the query that asks for the same comparison again."""
    return f"?period={page['run'].period}&area={page['area_id']}&track={found.track}&by={found.measure.code}"


@access(may_read_ranking)
def show_benchmark(request: HttpRequest) -> HttpResponse:
    """Compare the units of a track by the total or an indicator."""
    page, found = find_benchmark(request)
    context: dict[str, Any] = {
        "area_id": page["area_id"],
        "areas": list_areas(request.user),
        "months": month_options(page["runs"], page["period"]),
        "month": describe_month(page["period"]) if page["period"] else "",
        "run": page["run"],
        "found": found,
        "may_run": is_previewer(request.user),
    }
    if found is not None:
        context |= {
            "query": name_query(page, found),
            "places": draw_places(found),
            "place_rows": list_places(found),
            "losses": draw_losses(found),
            "loss_rows": list_losses(found),
        }
    return render(request, "assessment/benchmark.html", context)


def name_page(page: dict[str, Any], found: Benchmark) -> str:
    return f"{describe_month(page['run'].period)}{found.track_name}{found.measure.name}对标"


@access(may_read_ranking)
def export_benchmark(request: HttpRequest) -> FileResponse:
    """Hand out the comparison as it is shown."""
    page, found = find_benchmark(request)
    if found is None:
        raise Http404
    name = name_page(page, found)
    return hand_out(request.user, what=name, sheets=list_benchmark(found), name=name, area_id=page["area_id"])


@access(may_read_ranking)
def print_benchmark(request: HttpRequest) -> HttpResponse:
    """Show the comparison as an A4 paper."""
    page, found = find_benchmark(request)
    if found is None:
        raise Http404
    name = name_page(page, found)
    context = {
        "run": page["run"],
        "found": found,
        "loss_rows": list_losses(found),
        "page_title": f"{page['run'].area.name}{name}",
        "back_url": f"../{name_query(page, found)}",
        "mark": mark_export(request.user, what=_("打印%(name)s") % {"name": name}, rows=len(found.lines), area_id=page["area_id"]),
    }
    return render(request, "assessment/benchmark_print.html", context)
