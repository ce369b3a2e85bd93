"""追标方案: saving one from the sliders, its page, its paper, giving it up."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.assessment import actions, kernel
from ronghe.assessment.forms_chase import FIELD, OWNER, ChaseForm
from ronghe.assessment.models import Chase, Run
from ronghe.assessment.permissions import may_chase
from ronghe.assessment.queries.chase import try_values
from ronghe.assessment.queries.chases import (
    NAMES,
    TONES,
    describe_aim,
    list_owners,
    propose_owners,
    read_light,
    write_step_line,
)
from ronghe.assessment.queries.runs import name_of
from ronghe.assessment.rules import describe_month, month_of, shift_month
from ronghe.assessment.views.chase import get_page, read_values
from ronghe.audit.queries import list_history
from ronghe.common.access import access, require
from ronghe.common.actions import StaleForm
from ronghe.common.calendar import today
from ronghe.common.exports import mark_export
from ronghe.common.forms import read_version
from ronghe.common.once import new_key, submit_once
from ronghe.common.problems import add_problem
from ronghe.org.models import Unit
from ronghe.org.permissions import is_in_area

MONTHS_AHEAD = 6


@access(may_chase)
@submit_once
def save_new(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Save the figures of the sliders as a plan: by which month, for what, by whom."""
    unit, run, _runs, page = get_page(request, unit_id)
    require(may_chase, request.user, unit)
    if run is None or page is None or run.state not in Run.IN_FORCE:
        raise Http404
    figures = read_values(request, page)
    values = figures.changed_values() if figures is not None and figures.is_valid() else {}
    if not values:
        messages.warning(request, _("先拖动滑块或填写数值,再保存为追标方案。"))
        return redirect(back_to(unit, run, request))
    tried = try_values(run, page, values)
    lines = {line.code: line for line in page.lines}
    months = list_months(run)
    active = list_active(unit, months)
    form = ChaseForm(
        request.POST if request.method == "POST" else None,
        months=[(month, describe_month(month)) for month in months],
        aims=list_aims(tried),
        steps=[(code, lines[code].name) for code in values],
        people=list_owners(unit),
        initial=list_initial(unit, months[0], tried, {code: lines[code].side for code in values}, active),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            chase = actions.save_chase(
                unit, run, values=values, owners=form.owner_ids(), month=given["month"], aim=given["aim"], note=given["note"],
                by=request.user, edition=form.seen_edition(),
            )  # fmt: skip
        except ValidationError as problem:
            add_problem(form, problem)
        except StaleForm as stale:
            form.add_error(None, str(stale))
            active = list_active(unit, months)
            # read now: the next try may take their place
            form.data = {**request.POST.dict(), "seen": write_seen(active)}
        else:
            messages.success(request, _("追标方案 %(chase)s 已保存,责任人已有待办。") % {"chase": str(chase)})
            return redirect("assessment:chase", pk=chase.pk)
    context = {
        "unit": unit, "run": run, "month": describe_month(run.period), "form": form, "tried": tried, "page": page,
        "hidden": [(f"{FIELD}{code}", kernel.plain(value)) for code, value in values.items()],
        "taken": [(str(row), describe_month(month)) for month, row in sorted(active.items())],
        "back": back_to(unit, run, request),
    }  # fmt: skip
    return render(request, "assessment/chase_new.html", context, status=422 if form.is_bound else 200)


def back_to(unit: Unit, run: Run, request: HttpRequest) -> str:
    data = request.GET if request.method == "GET" else request.POST
    query = "&".join(f"{name}={value}" for name, value in data.items() if name.startswith(FIELD))
    return reverse("assessment:chase-unit", args=[unit.pk]) + f"?period={run.period}" + (f"&{query}" if query else "") + "#try"


def list_months(run: Run) -> list[str]:
    """Return the months by which a plan may be reached: not before this one."""
    first = max(shift_month(run.period, 1), month_of(today()))
    return [shift_month(first, number) for number in range(MONTHS_AHEAD)]


def list_active(unit: Unit, months: list[str]) -> dict[str, Chase]:
    """Return month → the plan under way that a new one would replace."""
    return {row.month: row for row in Chase.objects.active().filter(unit=unit, month__in=months)}


def write_seen(active: dict[str, Chase]) -> str:
    return ";".join(f"{month}={row.edition}" for month, row in sorted(active.items()))


def list_aims(tried: Any) -> list[tuple[str, str]]:
    """Return what may count as reached, as these figures would come to."""
    aims = [(Chase.Aim.TOTAL.value, _("总分不低于 %(total)s") % {"total": tried.total}), (Chase.Aim.FIGURES.value, _("各项数值全部达到"))]
    if tried.place:
        aims.insert(0, (Chase.Aim.PLACE.value, _("第 %(n)s 名或更好") % {"n": tried.place}))
    return aims


def list_initial(unit: Unit, month: str, tried: Any, sides: dict[str, str], active: dict[str, Chase]) -> dict[str, Any]:
    return {
        "once": new_key(),
        "month": month,
        "aim": Chase.Aim.PLACE.value if tried.place_change.better else Chase.Aim.TOTAL.value,
        "seen": write_seen(active),
        **{f"{OWNER}{code}": pk for code, pk in propose_owners(unit, sides).items()},
    }


def get_chase(request: HttpRequest, pk: int) -> Chase:
    """Fetch a plan that the user may read, or answer 404."""
    return get_object_or_404(Chase.objects.visible_to(request.user).select_related(*NAMES), pk=pk)


def describe(chase: Chase) -> dict[str, Any]:
    """Return what the page and the paper of a plan print."""
    digits = kernel.scheme_of(chase.run.scheme).digits
    return {
        "chase": chase,
        "tone": TONES[chase.state],
        "light": read_light(chase, today()),
        "aim": describe_aim(chase, digits),
        "from": describe_month(chase.run.period),
        "until": describe_month(chase.month),
        "author": name_of(chase.author),
        "steps": [write_step_line(step, digits) for step in chase.steps.select_related("owner")],
        "before": (kernel.fixed(chase.total_before, digits) or "—", chase.place_before or "—"),
        "then": (kernel.fixed(chase.total_then, digits) or "—", chase.place_then or "—"),
        "came": (kernel.fixed(chase.total_came, digits) or "—", chase.place_came or "—") if chase.judged_by_id else None,
    }


@access(is_in_area)
def show_chase(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a plan: its steps and owners, and what came of them."""
    chase = get_chase(request, pk)
    earlier = Chase.objects.visible_to(request.user).filter(area_id=chase.area_id, number=chase.number).exclude(pk=chase.pk)
    context = describe(chase) | {
        "editions": [(str(row), reverse("assessment:chase", args=[row.pk]), row.get_state_display()) for row in earlier],
        "history": list_history(chase),
        "may_drop": chase.is_active and may_chase(request.user, chase.unit),
        "key": new_key(),
        "unit_url": reverse("assessment:chase-unit", args=[chase.unit_id]) + f"?period={chase.run.period}",
    }
    return render(request, "assessment/chase.html", context)


@access(is_in_area)
def print_chase(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a plan as an A4 paper."""
    chase = get_chase(request, pk)
    mark = mark_export(request.user, what=_("追标方案:%(chase)s") % {"chase": chase}, rows=1, area_id=chase.area_id)
    return render(request, "assessment/chase_print.html", describe(chase) | {"back_url": "../", "watermark": mark})


@require_POST
@access(may_chase)
@submit_once
def drop_chase(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a plan up."""
    actions.drop_chase(get_chase(request, pk), reason=request.POST.get("reason", ""), by=request.user, version=read_version(request))
    messages.success(request, _("追标方案已撤销,待办已收回。"))
    return redirect("assessment:chase", pk=pk)
