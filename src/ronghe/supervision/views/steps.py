"""What the steps of every noun share: a page with a form above which stands what is saved now."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse

from ronghe.common import steps
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of
from ronghe.rectification.queries import list_takers
from ronghe.supervision.kinds import READERS


def take_step(
    request: HttpRequest,
    form: Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    back: str,
    done: Any,
    heading: str,
    version: Any = "",
    title: str = "",
    lines: list[str] | None = None,
    template: str = "common/step.html",
    button: str = "",
    to: Callable[[Any], str] | None = None,
    **extra: Any,
) -> HttpResponse:
    """Carry out a form's action and go back, or on `to` what came of it; what the action refuses is shown at the form, nothing typed lost."""
    return steps.take_step(
        request, form, act, done=done, back=back, template=template, to=to, heading=heading, version=version, row_title=title,
        row_lines=lines or [], button=button, **extra,
    )  # fmt: skip


def home_area(request: HttpRequest) -> int:
    """Return the area of the reader's post: whose lists these are, and in whose log an export stands."""
    standing = standing_of(request.user)
    if standing.area_id in standing.readable_areas:
        return standing.area_id or 0
    return min(standing.readable_areas, default=0)


def list_people(area_id: int) -> list[Any]:
    """Return who can be charged in an area."""
    return list(list_takers(area_id).select_related("unit"))


def list_area_units(request: HttpRequest) -> Any:
    """Return the units of the areas in which the user oversees."""
    areas = standing_of(request.user).areas_of(READERS)
    return Unit.objects.visible_to(request.user).filter(area_id__in=areas, closed_on=None).select_related("area")
