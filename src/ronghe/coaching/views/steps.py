"""What the steps of every noun share."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ronghe.common.forms import carry_out
from ronghe.common.once import new_key
from ronghe.goals.models import Indicator
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of
from ronghe.rectification.queries import list_takers


def take_step(
    request: HttpRequest,
    form: Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    back: str,
    done: str,
    heading: str,
    to: Callable[[Any], str] | None = None,
    template: str = "common/step.html",
    **extra: Any,
) -> HttpResponse:
    """Carry out a form's action and go back, or on `to` what came of it; what is refused is shown at the form, nothing typed lost."""
    made: list[Any] = []
    if carry_out(request, form, lambda values: made.append(act(values)), done=done):
        return redirect(to(made[0]) if to else back)
    context = {"form": form, "heading": heading, "back": back, "once": request.POST.get("once") or new_key(), "version": "", **extra}
    return render(request, template, context, status=422 if form.is_bound else 200)


def home_area(request: HttpRequest) -> int:
    """Return the area of the reader's post."""
    standing = standing_of(request.user)
    if standing.area_id in standing.readable_areas:
        return standing.area_id or 0
    return min(standing.readable_areas, default=0)


def list_people(area_id: int, *, without: int | None = None) -> list[Any]:
    """Return who can be charged in an area."""
    return list(list_takers(area_id).exclude(pk=without or 0).select_related("unit"))


def list_units(request: HttpRequest) -> Any:
    return Unit.objects.filter(area_id=home_area(request), kind__in=("station", "office"), closed_on=None).order_by("order", "code")


def list_indicators(area_id: int) -> list[tuple[str, str]]:
    return list(Indicator.objects.filter(area_id=area_id).order_by("code").values_list("code", "name"))
