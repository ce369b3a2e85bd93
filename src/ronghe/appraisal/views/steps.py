"""What the pages of 述职评议 share: fetching what the user may see, and a form that carries out one action."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from ronghe.appraisal.models import Cycle, Outcome, Report
from ronghe.common.forms import carry_out
from ronghe.common.once import new_key


def get_cycle(request: HttpRequest, pk: int) -> Cycle:
    """Fetch a round that the user may read, or answer 404."""
    rows = Cycle.objects.visible_to(request.user).select_related("template", "area", "opened_by", "given_by")
    return get_object_or_404(rows, pk=pk)


def get_report(request: HttpRequest, pk: int) -> Report:
    """Fetch a report that the user may read, or answer 404."""
    rows = Report.objects.visible_to(request.user).select_related("cycle__template", "person", "unit", "area")
    return get_object_or_404(rows, pk=pk)


def get_outcome(request: HttpRequest, pk: int) -> Outcome:
    """Fetch a result that the user may read, or answer 404."""
    rows = Outcome.objects.visible_to(request.user).select_related("report__cycle__template", "report__person", "report__unit", "graded_by")
    return get_object_or_404(rows, pk=pk)


def take_step(
    request: HttpRequest,
    form: Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    done: str,
    back: str,
    heading: str,
    template: str = "",
    **extra: Any,
) -> HttpResponse:
    """Carry out a form's action and go back; what the action refuses is shown at the form, with everything typed kept."""
    if carry_out(request, form, act, done=done):
        return redirect(back)
    context = {"form": form, "heading": heading, "back": back, "once": request.POST.get("once") or new_key(), **extra}
    return render(request, template or "appraisal/step.html", context, status=422 if form.is_bound else 200)
