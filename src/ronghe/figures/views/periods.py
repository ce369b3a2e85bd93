"""填报期: the list, opening a month, moving its dates, the 未报 board and urging."""

from datetime import date

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
from ronghe.common.lights import light_for
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.common.problems import add_problem
from ronghe.figures.actions.periods import change_period, open_period, urge_reporters
from ronghe.figures.forms import DatesForm, OpenForm
from ronghe.figures.models import ReportingPeriod
from ronghe.figures.permissions import may_manage_periods, may_urge, reads_area, reads_figures
from ronghe.figures.queries.periods import list_periods, propose_dates
from ronghe.figures.queries.progress import STATE_ORDER, STATE_WORDS, load_board
from ronghe.figures.rules import month_of, next_month, previous_month
from ronghe.goals.rules import is_month
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of


@access(reads_area)
def show_list(request: HttpRequest) -> HttpResponse:
    """Show the months with their dates and how many batches wait, are confirmed, or are out."""
    page = paginate(request, list_periods(request.user))
    day = today()
    for row in page.object_list:
        row.phase = name_phase(row, day)
    return render(request, "figures/periods.html", {"page": page, "may_open": may_manage_periods(request.user)})


def name_phase(row: ReportingPeriod, day: date) -> tuple[str, str]:
    """Return (word, tone) of where a period stands on a day."""
    if day < row.opens_on:
        return _("未开放"), ""
    if day > row.closes_on:
        return _("已关闭"), ""
    return (_("已过截止日"), "yellow") if day > row.due_on else (_("填报中"), "blue")


@access(reads_figures)
def show_period(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who has not reported, drafted, handed in, was returned, is confirmed. A reporter goes on to the own page."""
    period = get_object_or_404(ReportingPeriod.objects.visible_to(request.user).select_related("area"), pk=pk)
    if not reads_area(request.user, period):
        return redirect("figures:home")
    board = load_board(period)
    day = today()
    context = {
        "period": period,
        "phase": name_phase(period, day),
        "board": board,
        "counts": [(STATE_WORDS[state], board.counts[state]) for state in STATE_ORDER if board.counts[state]],
        "light": light_for(period.due_on, day, done=not board.outstanding),
        "may_urge": may_urge(request.user, period) and period.is_open() and board.outstanding > 0,
        "may_manage": may_manage_periods(request.user, period),
        "history": list_history(period),
        "once": new_key(),
    }
    return render(request, "figures/period.html", context)


@access(may_urge)
@require_POST
@submit_once
def urge(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind all who have not handed in, or the unit whose button was pressed."""
    period = get_object_or_404(ReportingPeriod.objects.visible_to(request.user), pk=pk)
    unit = request.POST.get("unit", "")
    told, rested = urge_reporters(period, by=request.user, unit_ids=[int(unit)] if unit.isdigit() else None)
    if told:
        messages.success(request, _("已提醒 %(count)d 人。") % {"count": told})
    if rested:
        messages.info(request, _("%(count)d 人在一个工作日内已经催过,没有再打扰。") % {"count": rested})
    return redirect("figures:period", pk=pk)


def managed_area(request: HttpRequest) -> Unit:
    """Fetch the area whose 指标管理员 the user is."""
    return get_object_or_404(Unit, pk__in=standing_of(request.user).areas_of("indicator_admin"))


@access(may_manage_periods)
@submit_once
def open_month(request: HttpRequest) -> HttpResponse:
    """Open a month; the usual dates are filled in."""
    area = managed_area(request)
    if request.method != "POST":
        return render_form(request, OpenForm(initial=propose_month(area, request.GET.get("period", ""))), _("开放填报"))
    form = OpenForm(request.POST)
    if form.is_valid():
        try:
            period = open_period(area, by=request.user, **form.cleaned_data)
        except ValidationError as problem:
            add_problem(form, problem)
        else:
            messages.success(request, _("%(period)s 已开放填报。") % {"period": period})
            return redirect("figures:period", pk=period.pk)
    return render_form(request, form, _("开放填报"))


def propose_month(area: Unit, wanted: str) -> dict[str, object]:
    """Return the next month to open with its usual dates; the month just ended where none was opened yet."""
    latest = ReportingPeriod.objects.filter(area=area).order_by("-period").values_list("period", flat=True).first()
    following = min(next_month(latest), month_of(today())) if latest else previous_month(month_of(today()))
    month = wanted if is_month(wanted) else following
    dates = propose_dates(month)
    return {"period": month, "opens_on": dates.opens_on, "due_on": dates.due_on, "closes_on": dates.closes_on}


@access(may_manage_periods)
@submit_once
def change_dates(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a month's dates, with the reason."""
    period = get_object_or_404(ReportingPeriod.objects.visible_to(request.user), pk=pk, area=managed_area(request))
    heading = _("修改 %(period)s 填报日期") % {"period": period}
    if request.method != "POST":
        values = {"opens_on": period.opens_on, "due_on": period.due_on, "closes_on": period.closes_on, "version": period.version}
        return render_form(request, DatesForm(initial=values), heading, period)
    form = DatesForm(request.POST)
    if form.is_valid():
        try:
            change_period(period, by=request.user, **form.cleaned_data)
        except StaleForm as stale:
            saved = stale.current
            form.add_error(None, f"{stale} {_('现已保存')}:{saved.opens_on} / {saved.due_on} / {saved.closes_on}")  # type: ignore[attr-defined]
            form.data = {**form.data.dict(), "version": saved.version}  # type: ignore[attr-defined]
        except ValidationError as problem:
            add_problem(form, problem)
        else:
            messages.success(request, _("日期已修改,待办的期限随之更新。"))
            return redirect("figures:period", pk=pk)
    return render_form(request, form, heading, period)


def render_form(request: HttpRequest, form: OpenForm | DatesForm, heading: str, period: ReportingPeriod | None = None) -> HttpResponse:
    """Render a period's form; 422 where it came back with problems."""
    context = {"form": form, "heading": heading, "period": period, "once": new_key()}
    return render(request, "figures/period_form.html", context, status=422 if form.is_bound else 200)
