"""Running a month: list, start, preview, publish, downloads."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.assessment import actions, kernel
from ronghe.assessment.filters import RunFilter
from ronghe.assessment.forms import PublishForm, RunForm, list_errors
from ronghe.assessment.models import Run
from ronghe.assessment.permissions import is_publisher, may_drop, may_publish, may_read_ranking, may_run
from ronghe.assessment.queries.areas import NAMES, pick_area
from ronghe.assessment.queries.checks import check_month, has_changed_inputs
from ronghe.assessment.queries.runs import compare_runs, describe_provenance, find_baseline, name_of
from ronghe.assessment.queries.schemes import find_scheme
from ronghe.assessment.rules import DEFAULT_SHOWN_DAYS, describe_month, is_month, month_of, shift_month
from ronghe.assessment.sheets_schemes import list_run_rows
from ronghe.audit.queries import list_history
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out, hand_out_file
from ronghe.common.forms import read_version
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.org.models import Unit

MOST_EXPORTED = 2000
RESULT_FILES = tuple(f"{name}.csv" for name in kernel.RESULT_NAMES)
TONES = {"preview": "yellow", "published": "blue", "final": "green", "replaced": "", "dropped": ""}


def get_run(request: HttpRequest, pk: int) -> Run:
    """Fetch a run that the user may see, without its bytes."""
    return get_object_or_404(Run.objects.visible_to(request.user).light().select_related(*NAMES), pk=pk)


def read_list(request: HttpRequest) -> tuple[RunFilter, Any]:
    """Return the filter and the runs of the area that it keeps: previews for those who prepare them, published ones for all."""
    area_id = pick_area(request)
    rows = Run.objects.visible_to(request.user).light().filter(area_id=area_id).select_related("scheme", "author__person")
    chosen = RunFilter(request.GET, rows, area_id=area_id)
    return chosen, chosen.qs


def describe_line(run: Run) -> dict[str, Any]:
    """Return what the list shows of a run."""
    month, scheme, author = describe_month(run.period), str(run.scheme), name_of(run.author)
    return {"run": run, "month": month, "tone": TONES[run.state], "scheme": scheme, "author": author}


@access(may_read_ranking)
def list_runs(request: HttpRequest) -> HttpResponse:
    """List the runs of the area that the filters keep."""
    chosen, rows = read_list(request)
    page = paginate(request, rows)
    context = {
        "page": page,
        "form": chosen.form,
        "lines": [describe_line(run) for run in page.object_list],
        "is_filtered": any(request.GET.get(name) for name in chosen.form.fields),
        "may_run": may_run(request.user),
    }
    return render(request, "assessment/runs.html", context)


@access(may_read_ranking)
def export_runs(request: HttpRequest) -> FileResponse:
    """Hand out just what the list shows."""
    _chosen, rows = read_list(request)
    lines = [describe_line(run) for run in rows[:MOST_EXPORTED]]
    return hand_out(
        request.user, what=_("计分批次清单"), sheets=[list_run_rows(lines)], name=f"计分批次-{today():%Y%m%d}", area_id=pick_area(request)
    )


@access(may_run)
@submit_once
def start_run(request: HttpRequest) -> HttpResponse:
    """Show what is missing for a month, then run it."""
    area = get_object_or_404(Unit.objects.visible_to(request.user).without_tree_fields(), pk=pick_area(request))
    if request.method == "POST":
        form = RunForm(request.POST)
        if form.is_valid():
            try:
                run = actions.run_month(area, form.cleaned_data["period"], by=request.user, reason=form.cleaned_data["reason"])
            except ValidationError as problem:
                form.add_error(None, problem)
            else:
                messages.success(request, _("%(month)s已计分,请核对预览。") % {"month": describe_month(run.period)})
                return redirect("assessment:run", pk=run.pk)
        return render(request, "assessment/run_start.html", describe_start(request, area, form), status=422)
    period = request.GET.get("period") or shift_month(month_of(today()), -1)
    form = RunForm(initial={"period": period, "reason": request.GET.get("reason", "")[:300], "once": new_key()})
    return render(request, "assessment/run_start.html", describe_start(request, area, form))


def describe_start(request: HttpRequest, area: Unit, form: RunForm) -> dict[str, Any]:
    """Return what the page before a run shows: the scheme in force, the checklist, whether a reason is needed."""
    asked = str((form.data if form.is_bound else form.initial).get("period") or "")
    period = asked if is_month(asked) else ""
    scheme = find_scheme(area.pk, period) if period else None
    return {
        "form": form,
        "period": period,
        "month": describe_month(period),
        "scheme": scheme,
        "warnings": check_month(area, period, scheme) if scheme else [],
        "shown": Run.objects.in_force().light().filter(area=area, period=period).first(),
    }


@access(may_read_ranking)
def show_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a run: what changed since the one before it, warnings, where the numbers come from, what may be done now."""
    run = get_run(request, pk)
    baseline = find_baseline(run)
    waits = run.state == Run.State.PREVIEW
    tables = compare_runs(run, baseline)
    context = {
        "run": run,
        "month": describe_month(run.period),
        "tone": TONES[run.state],
        "baseline": baseline,
        "tables": tables,
        "firm_tables": [table for table in tables if table.firmness],
        "stale": waits and has_changed_inputs(run),
        "provenance": describe_provenance(run),
        "history": list_history(run),
        "files": ("inputs.csv", "scheme.toml", *RESULT_FILES),
        "may_publish": waits and may_publish(request.user, run),
        "may_drop": waits and may_drop(request.user, run),
        "may_rerun": run.state in Run.IN_FORCE and may_run(request.user, run),
        "may_finalise": run.state == Run.State.PUBLISHED and is_publisher(request.user, run) and today() > (run.shown_until or today()),
        "publish_form": PublishForm(initial={"days": DEFAULT_SHOWN_DAYS, "version": run.version, "once": new_key()}),
        "successor": Run.objects.visible_to(request.user).light().filter(replaces=run).order_by("-number").first(),
    }
    return render(request, "assessment/run.html", context)


@require_POST
@access(is_publisher)
@submit_once
def publish_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a preview to everybody on it."""
    run = get_run(request, pk)
    form = PublishForm(request.POST)
    if not form.is_valid():
        messages.error(request, list_errors(form))
        return redirect("assessment:run", pk=pk)
    run = actions.publish_run(run, by=request.user, **form.cleaned_terms())
    messages.success(request, _("已公示,公示期到 %(day)s。") % {"day": run.shown_until})
    return redirect("assessment:run", pk=pk)


@require_POST
@access(is_publisher)
@submit_once
def finalise_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a published run take effect."""
    actions.finalise_run(get_run(request, pk), by=request.user, version=read_version(request))
    messages.success(request, _("结果已生效。"))
    return redirect("assessment:run", pk=pk)


@require_POST
@access(may_drop)
@submit_once
def drop_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a preview."""
    actions.drop_run(get_run(request, pk), by=request.user, version=read_version(request))
    messages.success(request, _("预览已作废。"))
    return redirect("assessment:runs")


@access(may_read_ranking)
def download(request: HttpRequest, pk: int, name: str) -> FileResponse:
    """Send what a run was computed from or what came out: the bytes that `ronghe score` reads and writes."""
    if name not in ("inputs.csv", "scheme.toml", *RESULT_FILES):
        raise Http404
    run = get_object_or_404(Run.objects.visible_to(request.user).select_related("scheme"), pk=pk)
    if name == "inputs.csv":
        data = kernel.unpack(run.inputs)
    elif name == "scheme.toml":
        data = run.scheme.text.encode()
    else:
        data = kernel.unpack_file(run.outputs, name)
    kind = "application/toml" if name.endswith(".toml") else "text/csv"
    what = _("%(month)s计分文件 %(name)s") % {"month": describe_month(run.period), "name": name}
    media_type = f"{kind}; charset=utf-8"
    return hand_out_file(
        request.user, what=what, data=data, name=name, media_type=media_type, rows=max(0, data.count(b"\n") - 1), area_id=run.area_id
    )
