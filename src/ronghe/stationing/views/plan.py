"""The week, its days, who answers for which station."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.common.access import access, require
from ronghe.common.calendar import today
from ronghe.common.forms import posted_version, read_version
from ronghe.common.once import new_key, submit_once
from ronghe.org.models import Unit
from ronghe.org.permissions import is_leader
from ronghe.org.standing import standing_of
from ronghe.stationing import actions, permissions
from ronghe.stationing.forms import CoverForm, DayForm, MoveForm, NormForm, OffForm, ShiftForm, SwapForm
from ronghe.stationing.models import Norm, PlanDay, Shift, Swap
from ronghe.stationing.queries import plan as reading
from ronghe.stationing.views.steps import home_area, led_area, list_stations, take_step


def week_url(day: Any) -> str:
    return f"{reverse('stationing:week')}?week={day}"


@access(permissions.is_in_area)
def show_week(request: HttpRequest) -> HttpResponse:
    """Show who is where in a week."""
    area = home_area(request)
    monday = reading.read_week(request.GET.get("week", ""))
    heads, rows = reading.build_week(request.user, area.pk, monday)
    leads = is_leader(request.user, area)
    me = standing_of(request.user).person_id
    covered = reading.list_covers(request.user, area.pk, today())
    context = {
        "heads": heads,
        "rows": rows,
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "may_plan": leads and monday + timedelta(days=6) >= today(),
        "leads": leads,
        "norm": reading.find_norm(area.pk),
        "bare": [line["unit"].name for line in covered if not line["leader"]],
        "swaps": [(row, row.asked_of_id == me) for row in reading.list_swaps(request.user)] if leads else [],
        "once": new_key(),
    }
    return render(request, "stationing/week.html", context)


@require_POST
@access(permissions.may_plan)
@submit_once
def fill_week(request: HttpRequest) -> HttpResponse:
    """Plan what the week still lacks."""
    monday = reading.read_week(request.POST.get("week", ""))
    rows = actions.plan_week(led_area(request), monday=monday, by=request.user)
    if rows:
        messages.success(request, _("排好 %(n)d 个带班日,已通知本人。") % {"n": len(rows)})
    else:
        messages.info(request, _("没有可排的:都排好了,或还没有定包站。"))
    return redirect(week_url(monday))


@access(permissions.may_plan)
@submit_once
def new_day(request: HttpRequest) -> HttpResponse:
    """Plan one day by hand."""
    area = led_area(request)
    form = DayForm(request.POST or None, units=list_stations(area.pk), people=reading.list_leaders(area.pk))
    return take_step(
        request, form, lambda values: actions.plan_day(by=request.user, **values), done=_("已安排,已通知本人。"), heading=_("加一个带班日"),
        back=reverse("stationing:week"),
    )  # fmt: skip


def get_day(request: HttpRequest, pk: int) -> PlanDay:
    row = get_object_or_404(PlanDay.objects.visible_to(request.user).select_related("unit", "leader"), pk=pk)
    require(permissions.may_change_day, request.user, row)
    return row


def change_day(request: HttpRequest, row: PlanDay, form: Any, act: Any, *, done: str, heading: str) -> HttpResponse:
    return take_step(
        request, form, lambda values: act(row, by=request.user, version=posted_version(request), **values), done=done,
        heading=heading, back=week_url(row.day), version=row.version, about=row,
    )  # fmt: skip


@access(permissions.may_change_day)
@submit_once
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on another day."""
    row = get_day(request, pk)
    return change_day(request, row, MoveForm(request.POST or None), actions.move_day, done=_("已改期。"), heading=_("带班改期"))


@access(permissions.may_change_day)
@submit_once
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Not go, for a reason."""
    row = get_day(request, pk)
    return change_day(request, row, OffForm(request.POST or None), actions.call_off, done=_("已登记。"), heading=_("这一天不去"))


@access(permissions.may_change_day)
@submit_once
def swap(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask another leader to exchange days."""
    row = get_day(request, pk)
    days = PlanDay.objects.visible_to(request.user).filter(
        area_id=row.area_id, state=PlanDay.State.PLANNED, day__gte=today(), day__lte=row.day + timedelta(days=21)
    )
    form = SwapForm(request.POST or None, days=days.exclude(leader_id=row.leader_id).select_related("unit", "leader"))
    return change_day(request, row, form, actions.ask_swap, done=_("已提出,等对方答复。"), heading=_("和别人换"))


@require_POST
@access(permissions.may_answer_swap)
@submit_once
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to a swap or not."""
    row = get_object_or_404(Swap.objects.visible_to(request.user), pk=pk)
    row = actions.answer_swap(row, agreed=request.POST.get("verdict") == "agree", by=request.user)
    messages.success(request, row.get_state_display())
    return redirect(week_url(row.one.day))


@access(permissions.is_in_area)
def list_covers(request: HttpRequest) -> HttpResponse:
    """Show who answers for each station."""
    area = home_area(request)
    context = {"lines": reading.list_covers(request.user, area.pk, today()), "leads": is_leader(request.user, area)}
    return render(request, "stationing/covers.html", context)


@access(permissions.may_cover)
@submit_once
def new_cover(request: HttpRequest) -> HttpResponse:
    """Say who answers for a station from a day on."""
    area = led_area(request)
    form = CoverForm(
        request.POST or None, units=list_stations(area.pk), people=reading.list_leaders(area.pk), initial={"unit": request.GET.get("unit")}
    )
    return take_step(
        request, form, lambda values: actions.set_cover(by=request.user, **values), done=_("包站已确定,已通知本人。"), heading=_("确定包站领导"),
        back=reverse("stationing:covers"),
    )  # fmt: skip


@access(permissions.may_plan)
@submit_once
def edit_shift(request: HttpRequest, unit: int) -> HttpResponse:
    """Say which days of a station's shift cycle suit a visit."""
    station = get_object_or_404(Unit.objects.visible_to(request.user).filter(kind=Unit.Kind.STATION), pk=unit)
    require(permissions.may_plan, request.user, station)
    row = Shift.objects.visible_to(request.user).filter(unit=station).first()
    initial = {"anchor": row.anchor, "cycle": row.cycle, "places": "、".join(map(str, row.places))} if row else {}
    return take_step(
        request, ShiftForm(request.POST or None, initial=initial), lambda values: actions.set_shift(station, by=request.user, **values),
        done=_("已保存,从下次排班起执行。"), heading=_("%(unit)s 的倒班周期") % {"unit": station.name}, back=reverse("stationing:covers"),
    )  # fmt: skip


@access(permissions.may_plan)
@submit_once
def edit_norm(request: HttpRequest) -> HttpResponse:
    """Set days a week and what counts as shared."""
    area = led_area(request)
    row = reading.find_norm(area.pk)
    saved = Norm.objects.filter(area=area).first()
    form = NormForm(request.POST or None, instance=row)
    return take_step(
        request, form,
        lambda values: actions.set_norm(area, dict(values), by=request.user, version=read_version(request) if saved else None),
        done=_("已保存。"), heading=_("驻站安排"), back=reverse("stationing:week"), version=saved.version if saved else "",
    )  # fmt: skip
