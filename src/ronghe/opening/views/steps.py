"""新单位开张: one page of steps, each leading to the real thing; left and resumed at any time."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.common.access import access
from ronghe.common.once import submit_once
from ronghe.common.steps import take_step
from ronghe.opening.actions import resume_step, skip_step
from ronghe.opening.forms import SkipForm
from ronghe.opening.panel import find_waiting
from ronghe.opening.permissions import DOERS, may_do_step, may_see_opening
from ronghe.opening.queries import read_progress
from ronghe.opening.rules import BY_CODE
from ronghe.opening.texts import TITLES
from ronghe.org.areas import choose_area
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of


def get_area(request: HttpRequest) -> tuple[Unit, list[dict[str, Any]]]:
    """Return the area whose opening this reader takes part in, with the tabs of the others, or answer 404."""
    return choose_area(request, standing_of(request.user).areas_of(DOERS))


def get_step(request: HttpRequest, code: str) -> Unit:
    """Return the area of a step that this reader does, or answer 404."""
    area, _tabs = get_area(request)
    if code not in BY_CODE or not may_do_step(request.user, (area, code)):
        raise Http404
    return area


def page_of(area: Unit) -> str:
    return f"{reverse('opening:steps')}?area={area.pk}"


@access(may_see_opening)
def show_steps(request: HttpRequest) -> HttpResponse:
    """Show what is done, what is open and whose it is."""
    area, tabs = get_area(request)
    return render(request, "opening/steps.html", {"area": area, "areas": tabs, "progress": read_progress(request.user, area)})


@access(may_see_opening)
def show_waiting(request: HttpRequest) -> HttpResponse:
    """Answer the workbench with the step of a new unit that waits for this reader, or with nothing."""
    return render(request, "opening/waiting.html", {"waiting": find_waiting(request.user)})


@access(may_see_opening)
@submit_once
def skip(request: HttpRequest, code: str) -> HttpResponse:
    """Say why a step is not needed."""
    area = get_step(request, code)
    return take_step(
        request,
        SkipForm(request.POST or None),
        lambda values: skip_step(area, code, by=request.user, **values),
        done=_("已标为不需要,随时可以重新要办。"),
        back=page_of(area),
        template="opening/skip.html",
        describe=lambda: {"area": area, "title": TITLES[code][0], "why": TITLES[code][1]},
    )


@require_POST
@access(may_see_opening)
def resume(request: HttpRequest, code: str) -> HttpResponse:
    """Take a step up again."""
    area = get_step(request, code)
    resume_step(area, code, by=request.user)
    messages.success(request, _("这一步重新要办。"))
    return redirect(page_of(area))
