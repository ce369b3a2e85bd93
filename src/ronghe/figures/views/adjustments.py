"""豁免与目标调整: the list, asking, one request with its proof, deciding."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.audit.queries import list_history
from ronghe.common.access import access
from ronghe.common.actions import StaleForm
from ronghe.common.calendar import today
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.common.problems import add_problem
from ronghe.documents.queries import list_documents
from ronghe.figures.actions.adjustments import ask_adjustment, decide_adjustment
from ronghe.figures.forms import AdjustmentForm, DecisionForm
from ronghe.figures.models import Adjustment
from ronghe.figures.permissions import grants, may_grant, may_see_adjustments, speaks_for_unit
from ronghe.figures.rules import month_of, previous_month, print_figure
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of

TONES = {"asked": "yellow", "approved": "green", "declined": "red"}


@access(may_see_adjustments)
def show_list(request: HttpRequest) -> HttpResponse:
    """Show what was asked for, newest first; ?state=asked for what waits."""
    rows = Adjustment.objects.visible_to(request.user).select_related("unit", "indicator", "asked_by__person")
    state = request.GET.get("state", "")
    if state in Adjustment.State.values:
        rows = rows.filter(state=state)
    page = paginate(request, rows)
    for row in page.object_list:
        row.tone, row.aim = TONES[row.state], print_figure(row.target)
    tabs = [
        {"label": label, "url": f"?state={value}" if value else "?", "active": state == value}
        for value, label in [("", _("全部")), *Adjustment.State.choices]
    ]
    return render(request, "figures/adjustments.html", {"page": page, "tabs": tabs, "may_ask": speaks_for_unit(request.user)})


@access(speaks_for_unit)
@submit_once
def ask(request: HttpRequest) -> HttpResponse:
    """Ask to be exempt or for another target, with proof."""
    standing = standing_of(request.user)
    kinds = ("reporter", "station_chief")
    choices: dict[str, Any] = {"units": Unit.objects.filter(pk__in=standing.units_of(kinds)), "area_ids": standing.areas_of(kinds)}
    if request.method != "POST":
        initial = {"period": previous_month(month_of(today())), "unit": next(iter(standing.units_of(kinds)), None)}
        return render_form(request, AdjustmentForm(initial=initial, **choices))
    form = AdjustmentForm(request.POST, request.FILES, **choices)
    if form.is_valid():
        values = form.cleaned_data
        proof = values.pop("proof")
        try:
            row = ask_adjustment(by=request.user, proof=(proof.read(), proof.name), **values)
        except ValidationError as problem:
            add_problem(form, problem)
        else:
            messages.success(request, _("申请已提交,等待批准。"))
            return redirect("figures:adjustment", pk=row.pk)
    return render_form(request, form)


def render_form(request: HttpRequest, form: AdjustmentForm) -> HttpResponse:
    return render(request, "figures/adjustment_form.html", {"form": form, "once": new_key()}, status=422 if form.is_bound else 200)


def get_adjustment(request: HttpRequest, pk: int) -> Adjustment:
    """Fetch a request that the user may read, or answer 404."""
    rows = Adjustment.objects.visible_to(request.user).select_related("unit", "indicator", "asked_by__person", "decided_by__person")
    return get_object_or_404(rows, pk=pk)


@access(may_see_adjustments)
def show_adjustment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a request with its proof and, for who decides, the two buttons."""
    row = get_adjustment(request, pk)
    return render_adjustment(request, row, DecisionForm(initial={"version": row.version}))


def render_adjustment(request: HttpRequest, row: Adjustment, form: DecisionForm) -> HttpResponse:
    context = {
        "row": row,
        "tone": TONES[row.state],
        "aim": print_figure(row.target),
        "form": form,
        "documents": list_documents(row),
        "history": list_history(row),
        "may_decide": row.state == Adjustment.State.ASKED and may_grant(request.user, row),
        "once": new_key(),
    }
    return render(request, "figures/adjustment.html", context, status=422 if form.is_bound else 200)


@access(grants)
@require_POST
@submit_once
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or decline."""
    row = get_adjustment(request, pk)
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            decide_adjustment(row, approve="approve" in request.POST, by=request.user, **form.cleaned_data)
        except StaleForm as stale:
            form.add_error(None, str(stale))
            return render_adjustment(request, get_adjustment(request, pk), form)
        except ValidationError as problem:
            add_problem(form, problem)
        else:
            messages.success(request, _("已办理。"))
            return redirect("figures:adjustment", pk=pk)
    return render_adjustment(request, row, form)
