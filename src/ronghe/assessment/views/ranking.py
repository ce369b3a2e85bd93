"""晾晒 and one indicator across a track."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from ronghe.assessment.models import Run
from ronghe.assessment.permissions import is_previewer, may_read_ranking
from ronghe.assessment.queries.areas import list_areas, list_shown_runs, month_options, pick_area, pick_run
from ronghe.assessment.queries.indicator import build_indicator
from ronghe.assessment.queries.ranking import TrackTable, build_tables, count_flags
from ronghe.assessment.rules import describe_month
from ronghe.assessment.sheets import write_ranking
from ronghe.common.access import access
from ronghe.common.exports import XLSX, find_left_out, mark_export, send_file
from ronghe.org.standing import standing_of


def find_page(request: HttpRequest) -> dict[str, Any]:
    """Return area, months and the chosen run of a ranking page."""
    area_id = pick_area(request)
    period = request.GET.get("period", "")
    runs = list_shown_runs(request.user, area_id, period)
    run = pick_run(runs, period)
    return {"area_id": area_id, "runs": runs, "run": run, "period": run.period if run else period}


@access(may_read_ranking)
def show_ranking(request: HttpRequest) -> HttpResponse:
    """Show the month's track tables."""
    page = find_page(request)
    run = page["run"]
    tables = build_tables(run) if run else []
    context = {
        "area_id": page["area_id"],
        "run": run,
        "month": describe_month(page["period"]) if page["period"] else "",
        "months": month_options(page["runs"], page["period"]),
        "areas": list_areas(request.user),
        "tables": tables,
        "counts": count_flags(tables),
        "own": standing_of(request.user).unit_id,
        "may_run": is_previewer(request.user),
    }
    return render(request, "assessment/ranking.html", context)


@access(may_read_ranking)
def export_ranking(request: HttpRequest) -> FileResponse:
    """Send just what the ranking shows as xlsx."""
    page = find_page(request)
    run = page["run"]
    if run is None:
        raise Http404
    tables = build_tables(run)
    watermark = mark_ranking(request, run, tables, what=_("考核排名"))
    return send_file(
        write_ranking(run, tables, watermark=watermark, left_out=find_left_out(request, "assessment:ranking")),
        name=f"ranking-{run.period}.xlsx",
        media_type=XLSX,
    )


@access(may_read_ranking)
def print_ranking(request: HttpRequest) -> HttpResponse:
    """Show the ranking as an A4 paper."""
    page = find_page(request)
    run = page["run"]
    if run is None:
        raise Http404
    tables = build_tables(run)
    mark = mark_ranking(request, run, tables, what=_("打印考核排名"))
    context = {"run": run, "month": describe_month(run.period), "tables": tables, "back_url": "./", "mark": mark}
    return render(request, "assessment/ranking_print.html", context)


def mark_ranking(request: HttpRequest, run: Run, tables: list[TrackTable], *, what: str) -> str:
    """Log that a ranking leaves, and return its watermark."""
    name = f"{what} {describe_month(run.period)}"
    return mark_export(request.user, what=name, rows=sum(len(table.rows) for table in tables), area_id=run.area_id)


def find_run(request: HttpRequest) -> Run:
    """Return the run that a page is about: ?run=, else the month's or the newest in force. 404 for what may not be seen."""
    asked = request.GET.get("run", "")
    if asked:
        if not (asked.isascii() and asked.isdigit()):
            raise Http404
        return get_object_or_404(Run.objects.visible_to(request.user).light().select_related("scheme", "area"), pk=int(asked))
    run = pick_run(list_shown_runs(request.user, pick_area(request)), request.GET.get("period", ""))
    if run is None:
        raise Http404
    return run


@access(may_read_ranking)
def show_indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Show one indicator across the units of a track."""
    run = find_run(request)
    page = build_indicator(run, code, request.GET.get("track", ""), own=standing_of(request.user).unit_id)
    if page is None:
        raise Http404
    return render(request, "assessment/indicator.html", {"run": run, "page": page, "month": describe_month(run.period)})
