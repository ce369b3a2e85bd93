"""The 监督清单: its lines, each with its versions and checks; kept by the secretary, the manager and the 纪检小组."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.audit.queries import list_history
from ronghe.common import registry
from ronghe.common.access import access, require
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out, mark_export
from ronghe.common.forms import posted_version
from ronghe.common.once import new_key, submit_once
from ronghe.org.models import Unit
from ronghe.supervision import permissions
from ronghe.supervision.actions import checks as planning
from ronghe.supervision.actions import lines as write
from ronghe.supervision.forms.boards import ReasonForm
from ronghe.supervision.forms.checks import LineForm, often_initial
from ronghe.supervision.models.checks import CheckLine
from ronghe.supervision.queries import checks as reading
from ronghe.supervision.sheets import list_lines_sheet
from ronghe.supervision.views.steps import home_area, take_step
from ronghe.worklist.rules.recurrence import describe_rule


def get_area(request: HttpRequest) -> Unit:
    return get_object_or_404(Unit.objects.visible_to(request.user), pk=home_area(request))


def get_line(request: HttpRequest, pk: int) -> CheckLine:
    return get_object_or_404(CheckLine.objects.visible_to(request.user), pk=pk)


@access(permissions.is_in_area)
def show_lists(request: HttpRequest) -> HttpResponse:
    """Show the list by business, with what came of each line this year."""
    area_id, business = home_area(request), request.GET.get("business", "")[:30]
    lines = reading.list_lines(area_id, today(), business)
    context = {
        "lines": lines,
        "businesses": reading.list_businesses(area_id),
        "business": business,
        "may_keep": permissions.may_keep_lines(request.user),
        "may_plan": permissions.may_plan_checks(request.user),
        "once": new_key(),
    }
    return render(request, "supervision/lists.html", context)


@access(permissions.is_in_area)
def export_lists(request: HttpRequest) -> FileResponse:
    """Hand out the list."""
    area_id = home_area(request)
    sheet = list_lines_sheet(reading.list_lines(area_id, today(), request.GET.get("business", "")[:30]))
    return hand_out(request.user, what=_("监督清单"), sheets=[sheet], name=f"监督清单-{today():%Y%m%d}", area_id=area_id or None)


@access(permissions.is_in_area)
def print_lists(request: HttpRequest) -> HttpResponse:
    """Print the list."""
    area_id = home_area(request)
    lines = reading.list_lines(area_id, today(), request.GET.get("business", "")[:30])
    context = {
        "lines": lines,
        "page_title": _("分业务监督清单"),
        "back_url": reverse("supervision:lists"),
        "mark": mark_export(request.user, what=_("打印监督清单"), rows=len(lines), area_id=area_id or None),
    }
    return render(request, "supervision/print_lists.html", context)


@access(permissions.is_in_area)
def show_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one line: what it asks, its versions, the last checks that the reader may see."""
    line = get_line(request, pk)
    checks = reading.Check.objects.visible_to(request.user).filter(line__code=line.code, area_id=line.area_id)
    day = today()
    context = {
        "line": line,
        "often": describe_rule(line.rule),
        "versions": CheckLine.objects.visible_to(request.user).filter(area_id=line.area_id, code=line.code).order_by("-number"),
        "checks": [reading.describe_check(row, day) for row in checks.select_related(*reading.RELATED).order_by("-due", "-id")[:20]],
        "may_keep": permissions.may_keep_lines(request.user, line) and line.valid_to is None,
        "history": list_history(line),
        "lessons": registry.find_lessons(request.user, "supervision.checkline", [f"{line.area_id}:{line.code}"]).get(
            f"{line.area_id}:{line.code}", []
        ),
    }
    return render(request, "supervision/line.html", context)


@require_POST
@access(permissions.may_keep_lines)
@submit_once
def adopt(request: HttpRequest) -> HttpResponse:
    """Take over the lines of the pack, and plan this month's checks."""
    area = get_area(request)
    count = write.adopt_lines(area, by=request.user)
    planning.plan_checks(area, by=request.user)
    messages.success(request, _("已采用 %(n)d 条,本月的检查已经安排。") % {"n": count})
    return redirect("supervision:lists")


@require_POST
@access(permissions.may_plan_checks)
@submit_once
def plan(request: HttpRequest) -> HttpResponse:
    """Plan this month's checks now, without waiting for the night."""
    count = planning.plan_checks(get_area(request), by=request.user)
    messages.success(request, _("已安排 %(n)d 次检查。") % {"n": count} if count else _("本月的检查都已经安排。"))
    return redirect("supervision:lists")


@access(permissions.may_keep_lines)
@submit_once
def new_line(request: HttpRequest) -> HttpResponse:
    """Add a line."""
    form = LineForm(request.POST or None, initial={"every": "month", "shift": "after"})
    form.fields.pop("reason")
    return take_step(
        request, form, lambda values: write.add_line(get_area(request), form.read(LineForm.NAMES), by=request.user),
        back=reverse("supervision:lists"), done=_("已增加;检查从下一次安排起生成。"), heading=_("增加监督事项"),
    )  # fmt: skip


@access(permissions.may_keep_lines)
@submit_once
def edit_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a line from today on."""
    line = get_line(request, pk)
    require(permissions.may_keep_lines, request.user, line)
    initial: dict[str, Any] = {name: getattr(line, name) for name in LineForm.NAMES} | often_initial(line.rule, line.shift)
    form = LineForm(request.POST or None, initial=initial)

    def act(values: dict[str, Any]) -> CheckLine:
        given = form.read(LineForm.NAMES)
        return write.change_line(line, given, reason=values["reason"], by=request.user, version=posted_version(request))

    return take_step(
        request, form, act, back=reverse("supervision:line", args=[pk]), done=_("已修改,旧的一版保留。"), heading=_("修改监督事项"),
        version=line.version, title=str(line), to=lambda new: reverse("supervision:line", args=[new.pk]),
    )  # fmt: skip


@access(permissions.may_keep_lines)
@submit_once
def retire_line(request: HttpRequest, pk: int) -> HttpResponse:
    """Retire a line."""
    line = get_line(request, pk)
    require(permissions.may_keep_lines, request.user, line)
    form = ReasonForm(request.POST or None)
    return take_step(
        request, form, lambda values: write.retire_line(line, by=request.user, version=posted_version(request), **values),
        back=reverse("supervision:lists"), done=_("已停用。"), heading=_("停用监督事项"), version=line.version, title=str(line),
    )  # fmt: skip
