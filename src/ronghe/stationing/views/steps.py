"""What the pages of 驻站带班 share."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from ronghe.common.forms import carry_out
from ronghe.common.once import new_key
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of


def home_area(request: HttpRequest) -> Unit:
    """Return the area that the user works in, or answer 404."""
    return get_object_or_404(Unit, pk=min(standing_of(request.user).readable_areas, default=0))


def led_area(request: HttpRequest) -> Unit:
    """Return the area that the user leads, or answer 404."""
    return get_object_or_404(Unit, pk=min(standing_of(request.user).areas_of(LEADERS), default=0))


def list_stations(area_id: int) -> Any:
    return Unit.objects.filter(area_id=area_id, kind=Unit.Kind.STATION, closed_on=None).order_by("order", "code")


def take_step(
    request: HttpRequest, form: forms.BaseForm, act: Callable[[dict[str, Any]], Any], *, done: Any, heading: Any, back: str, **extra: Any
) -> HttpResponse:
    """Show a form and carry out its action; what the action refuses is shown at the form with all that was typed."""
    if carry_out(request, form, act, done=done):  # type: ignore[arg-type]
        return redirect(back)
    context = {"form": form, "heading": heading, "back": back, "once": request.POST.get("once") or new_key(), **extra}
    return render(request, "stationing/step.html", context, status=422 if form.is_bound else 200)
