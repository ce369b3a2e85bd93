"""The 系统管理员's pages: run status and the working calendar."""

import shutil

from django.conf import settings
from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_tasks_db.models import DBTaskResult

from ronghe import VERSION
from ronghe.audit.models import Verification
from ronghe.audit.queries import format_time
from ronghe.common.access import access
from ronghe.common.calendar import WEEKDAYS, today
from ronghe.common.models import WorkingDay
from ronghe.common.once import new_key, submit_once
from ronghe.common.ticks import ticks
from ronghe.operations import actions
from ronghe.operations.forms import WorkingDayForm, YearForm
from ronghe.operations.models import TickRun
from ronghe.operations.watch import list_chains, list_ticks, list_warnings
from ronghe.org.permissions import is_system_admin

RUNS = 30


@access(is_system_admin)
def show_status(request: HttpRequest) -> HttpResponse:
    """Show when each tick last ran, how the checkpoints stand, and what waits in the queue."""
    runs = TickRun.objects.order_by("-started_at")[:RUNS]
    titles = {name: tick.title for name, tick in ticks.items()}
    free = shutil.disk_usage(settings.DATA_DIR).free // 2**30
    facts = [
        (_("版本"), VERSION),
        (_("数据库"), connection.display_name),
        (_("数据盘剩余"), f"{free} GB"),
        (_("排队作业"), DBTaskResult.objects.ready().count()),
        (_("失败作业"), DBTaskResult.objects.failed().count()),
    ]
    context = {
        "warnings": list_warnings(),
        "ticks": [(line, format_time(line.last_good) if line.last_good else "") for line in list_ticks()],
        "chains": list_chains(),
        "verification": Verification.objects.first(),
        "runs": [(titles.get(row.name, row.name), row.day, format_time(row.started_at), row.attempts, row.ok, row.note) for row in runs],
        "facts": facts,
    }
    return render(request, "operations/status.html", context)


def choose_year(request: HttpRequest) -> int:
    form = YearForm(request.GET)
    return form.cleaned_data["year"] if form.is_valid() else today().year


def workdays_context(year: int, form: WorkingDayForm) -> dict[str, object]:
    """Return what the page of the working calendar shows."""
    rows = list(WorkingDay.objects.filter(day__year=year))
    return {
        "year": year,
        "years": [{"label": str(one), "url": f"?year={one}", "active": one == year} for one in range(today().year - 1, today().year + 3)],
        "rows": [(row.day, WEEKDAYS[row.day.weekday()], row.works, row.name, row.confirmed) for row in rows],
        "unconfirmed": any(not row.confirmed for row in rows),
        "form": form,
        "once": new_key(),
    }


@access(is_system_admin)
@submit_once
def edit_workdays(request: HttpRequest) -> HttpResponse:
    """Show a year's holidays and swapped days; enter or correct one."""
    form = WorkingDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = actions.set_working_day(by=request.user, **form.cleaned_data)
        messages.success(request, _("已保存 %(day)s。") % {"day": row.day})
        return redirect(f"{request.path}?year={row.day.year}")
    return render(request, "operations/workdays.html", workdays_context(choose_year(request), form), status=422 if form.is_bound else 200)


@require_POST
@access(is_system_admin)
@submit_once
def fill_workdays(request: HttpRequest, year: int) -> HttpResponse:
    """Enter what the library knows of a year."""
    made = actions.fill_year(year, by=request.user)
    messages.success(request, _("已填入 %(count)d 天,请与国务院通知核对后确认。") % {"count": made})
    return redirect_to_year(year)


@require_POST
@access(is_system_admin)
@submit_once
def confirm_workdays(request: HttpRequest, year: int) -> HttpResponse:
    """Confirm a year's table."""
    actions.confirm_year(year, by=request.user)
    messages.success(request, _("%(year)d 年的工作日表已确认。") % {"year": year})
    return redirect_to_year(year)


def redirect_to_year(year: int) -> HttpResponse:
    response = redirect("operations:workdays")
    response["Location"] += f"?year={year}"
    return response
