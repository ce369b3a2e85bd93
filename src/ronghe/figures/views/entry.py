"""填报: what is asked of me, the form in the page, the template to download."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ronghe.common.access import access
from ronghe.common.actions import Refused, StaleForm
from ronghe.common.exports import XLSX, mark_export, send_file
from ronghe.common.once import new_key, submit_once
from ronghe.figures.actions.batches import save_batch, submit_batch
from ronghe.figures.grids import Typed, build_grid, read_form
from ronghe.figures.models import Batch, Demand, ReportingPeriod
from ronghe.figures.permissions import may_report_anywhere, reads_figures, reports_for
from ronghe.figures.queries.asked import Form, load_form
from ronghe.figures.queries.home import load_home
from ronghe.figures.sheets import make_template
from ronghe.org.models import Unit


@access(reads_figures)
def show_home(request: HttpRequest) -> HttpResponse:
    """Show what is asked of my units by when, how far we are, and our latest batches."""
    return render(request, "figures/home.html", {"home": load_home(request.user)})


@access(reads_figures)
def open_demand(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on to the form of which a task speaks."""
    demand = get_object_or_404(Demand.objects.visible_to(request.user), pk=pk)
    if reports_for(request.user, demand.unit):
        return redirect("figures:form", pk=demand.period_id, unit=demand.unit_id)
    return redirect("figures:period", pk=demand.period_id)


def get_form(request: HttpRequest, pk: int, unit: int) -> Form:
    """Fetch the form of a unit for which the user reports, or answer 404."""
    period = get_object_or_404(ReportingPeriod.objects.visible_to(request.user).select_related("area"), pk=pk)
    row = get_object_or_404(Unit.objects.visible_to(request.user), pk=unit, area_id=period.area_id)
    if not reports_for(request.user, row):
        raise Http404
    return load_form(period, row)


@access(may_report_anywhere)
@submit_once
def fill_form(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """Show a unit's form and save what is typed into it: a draft, or handed in at once."""
    form = get_form(request, pk, unit)
    if request.method != "POST":
        return show_form(request, form)
    typed = read_form(form, request.POST)
    if typed.problems:
        message = _("有 %(count)d 处填写有误,已在格子下标明;什么都没有保存。") % {"count": len(typed.problems)}
        return show_form(request, form, typed, message)
    try:
        batch = save_batch(
            form.period, form.unit, entries=typed.entries, source=Batch.Source.GRID, by=request.user,
            seen=read_seen(request.POST.get("seen", "")), check_seen=True,
        )  # fmt: skip
        if "submit" in request.POST:
            batch = submit_batch(batch, by=request.user)
    except StaleForm as stale:
        fresh = load_form(form.period, form.unit)
        typed.saved = fresh.figures
        return show_form(request, fresh, typed, str(stale))
    except Refused as refused:
        return show_form(request, form, typed, " ".join(refused.messages))
    if "submit" in request.POST:
        messages.success(request, _("已提交批次 %(number)s,等待审核。") % {"number": batch.number})
        return redirect("figures:batch", pk=batch.pk)
    messages.success(request, _("草稿已保存。"))
    return redirect("figures:form", pk=pk, unit=unit)


def show_form(request: HttpRequest, form: Form, typed: Typed | None = None, problem: str = "") -> HttpResponse:
    """Render the form; with a problem it keeps everything typed and answers 422."""
    batch = form.batch
    context: dict[str, Any] = {
        "form": form,
        "grid": build_grid(form, typed),
        "problem": problem,
        "once": new_key(),
        "seen": f"{batch.pk}:{batch.version}" if batch else "",
        "is_open": form.period.is_open(),
        "may_fill": form.period.is_open() or bool(batch and batch.replaces_id),
        "locked": bool(batch and not batch.is_editable),
    }
    return render(request, "figures/form.html", context, status=422 if problem else 200)


def read_seen(text: str) -> tuple[int, int] | None:
    """Return (pk, version) of the batch that a form was made from; None where there was none."""
    pk, _colon, version = text.partition(":")
    return (int(pk), int(version)) if pk.isdigit() and version.isdigit() else None


@access(may_report_anywhere)
def download_template(request: HttpRequest, pk: int, unit: int) -> FileResponse:
    """Send the sheet to fill in WPS or Excel: only this unit's cells, last month's values beside them."""
    form = get_form(request, pk, unit)
    name = _("%(unit)s%(period)s指标填报表") % {"unit": form.unit.name, "period": form.period}
    watermark = mark_export(request.user, what=name, rows=len(form.units), area_id=form.period.area_id)
    return send_file(make_template(form, watermark=watermark), name=f"{name}.xlsx", media_type=XLSX)
