"""抓两头带中间: who could learn from whom, the pairs, one pair with its visits and tasks; which measures worked."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.assessment.models import Run
from ronghe.audit.queries import list_history
from ronghe.coaching import permissions
from ronghe.coaching.actions import pairs as write
from ronghe.coaching.forms import measures as forms
from ronghe.coaching.models import Pair, PairTask
from ronghe.coaching.queries import pairs as reading
from ronghe.coaching.queries.effects import build_effects, event_of_pair, find_effect
from ronghe.coaching.sheets import list_effect_sheets
from ronghe.coaching.views.steps import home_area, list_indicators, list_people, list_units, take_step
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out
from ronghe.common.forms import posted_version
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.org.queries import map_tracks
from ronghe.org.standing import standing_of

LASTS = 120


@access(permissions.is_in_area)
def list_pairs(request: HttpRequest) -> HttpResponse:
    """Show the pairs, and whom the newest marks would bring together."""
    page = paginate(request, Pair.objects.visible_to(request.user).select_related("weak", "strong"))
    day, area = today(), home_area(request)
    may = permissions.may_propose_pair(request.user)
    context = {
        "page": page,
        "lines": [reading.describe_pair(row, day) for row in page.object_list],
        "may_propose": may,
        "offers": reading.list_offers(request.user, area) if may else [],
        "once": new_key(),
    }
    return render(request, "coaching/pairs.html", context)


@access(permissions.may_propose_pair)
@submit_once
def new_pair(request: HttpRequest) -> HttpResponse:
    """Propose a pair, by hand or opened from what the marks say."""
    area = home_area(request)
    indicators = list_indicators(area)
    initial: dict[str, Any] = {name: request.GET.get(name, "") for name in ("weak", "strong", "indicator", "why", "target")}
    initial = {name: text for name, text in initial.items() if text} | {"ends_on": today() + timedelta(days=LASTS)}
    form = forms.PairForm(request.POST or None, units=list_units(request), indicators=indicators, initial=initial)

    def act(values: dict[str, Any]) -> Pair:
        run = Run.objects.visible_to(request.user).filter(area_id=area).in_force().order_by("-period").values_list("period", flat=True)
        track = map_tracks(area, today()).get(values["weak"].pk, "")
        code = values["indicator"]
        return write.propose_pair(
            **values, indicator_name=dict(indicators)[code], track=track, period=next(iter(run[:1]), f"{today():%Y-%m}"), by=request.user
        )

    return take_step(
        request, form, act, back=reverse("coaching:pairs"), done=_("已提出,等双方同意。"), heading=_("提出结对"),
        to=lambda pair: reverse("coaching:pair", args=[pair.pk]),
    )  # fmt: skip


def get_pair(request: HttpRequest, pk: int) -> Pair:
    rows = Pair.objects.visible_to(request.user).select_related("weak", "strong", "proposed_by", "weak_agreed", "strong_agreed", "area")
    return get_object_or_404(rows, pk=pk)


@access(permissions.is_in_area)
def show_pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one pair: who has agreed, visits, what was taken over, tasks, what came of it."""
    pair = get_pair(request, pk)
    user, me = request.user, standing_of(request.user)
    waits = {unit for unit, agreed in ((pair.weak_id, pair.weak_agreed_id), (pair.strong_id, pair.strong_agreed_id)) if agreed is None}
    context = {
        "pair": pair,
        "row": reading.describe_pair(pair, today()),
        "visits": pair.visits.select_related("by"),
        "tasks": reading.list_tasks(pair, user),
        "may_agree": pair.state == "proposed" and bool(waits & me.units_of(permissions.CHIEFS)),
        "may_decline": pair.state == "proposed" and permissions.may_agree(user, pair),
        "may_visit": pair.state == "running" and permissions.may_run_pair(user, pair),
        "may_end": pair.state == "running" and permissions.may_end_pair(user, pair),
        "effect": find_effect(pair.area_id, event_of_pair(pair)),
        "history": list_history(pair),
        "once": new_key(),
    }
    return render(request, "coaching/pair.html", context)


@access(permissions.may_agree)
@require_POST
@submit_once
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree for one's unit."""
    pair = write.agree_to_pair(get_pair(request, pk), by=request.user, version=posted_version(request))
    messages.success(request, _("结对开始了。") if pair.state == "running" else _("已同意,等另一方。"))
    return redirect("coaching:pair", pk=pk)


@access(permissions.may_agree)
@submit_once
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no, with the reason."""
    pair = get_pair(request, pk)
    return take_step(
        request, forms.ReasonForm(request.POST or None),
        lambda values: write.decline_pair(pair, by=request.user, version=posted_version(request), **values),
        back=reverse("coaching:pair", args=[pk]), done=_("已答复。"), heading=_("不同意结对"), row_title=str(pair), version=pair.version,
    )  # fmt: skip


@access(permissions.may_run_pair)
@submit_once
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a visit and what is taken over."""
    pair = get_pair(request, pk)
    form = forms.VisitForm(request.POST or None, people=list_people(pair.area_id), initial={"day": today()})
    return take_step(
        request, form, lambda values: write.note_visit(pair, by=request.user, **values), back=reverse("coaching:pair", args=[pk]),
        done=_("已记录。"), heading=_("记录观摩"), row_title=str(pair), row_lines=[pair.target],
    )  # fmt: skip


@access(permissions.is_in_area)
@submit_once
def finish_task(request: HttpRequest, pk: int, task: int) -> HttpResponse:
    """Say what came of a task."""
    row = get_object_or_404(PairTask.objects.visible_to(request.user).select_related("pair"), pk=task, pair_id=pk)
    return take_step(
        request, forms.ResultForm(request.POST or None),
        lambda values: write.finish_pair_task(row, by=request.user, version=posted_version(request), **values),
        back=reverse("coaching:pair", args=[pk]), done=_("已完成。"), heading=_("完成结对任务"), row_title=row.text, version=row.version,
    )  # fmt: skip


@access(permissions.may_end_pair)
@submit_once
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End the pair with what came of it."""
    pair = get_pair(request, pk)
    return take_step(
        request, forms.EndingForm(request.POST or None),
        lambda values: write.end_pair(pair, by=request.user, version=posted_version(request), **values),
        back=reverse("coaching:pair", args=[pk]), done=_("已结束。"), heading=_("结束结对"), row_title=str(pair), row_lines=[pair.target],
        version=pair.version,
    )  # fmt: skip


@access(permissions.is_in_area)
def show_effects(request: HttpRequest) -> HttpResponse:
    """Which measures worked."""
    return render(request, "coaching/effects.html", {"page": build_effects(request.user, home_area(request))})


@access(permissions.is_in_area)
def export_effects(request: HttpRequest) -> FileResponse:
    """Hand out the page as a workbook."""
    area = home_area(request)
    sheets = list_effect_sheets(build_effects(request.user, area))
    return hand_out(request.user, what=_("措施效果"), sheets=sheets, name=f"措施效果-{today():%Y%m%d}", area_id=area or None)
