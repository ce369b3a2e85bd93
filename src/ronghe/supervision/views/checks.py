"""Checks and what they found."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.audit.queries import list_history
from ronghe.common import registry
from ronghe.common.access import access, require
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out
from ronghe.common.forms import posted_version
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.org.models import Unit
from ronghe.supervision import permissions
from ronghe.supervision.actions import checks as write
from ronghe.supervision.forms.checks import CheckFilter, CheckForm, FindingForm
from ronghe.supervision.models.checks import Check, Finding
from ronghe.supervision.queries import checks as reading
from ronghe.supervision.sheets import list_checks_sheet
from ronghe.supervision.views.steps import home_area, list_area_units, list_people, take_step

MOST_EXPORTED = 5000


def read_checks(request: HttpRequest) -> tuple[CheckFilter, Any]:
    seen = Check.objects.visible_to(request.user)
    units = Unit.objects.filter(pk__in=seen.order_by().values("unit_id")).values_list("pk", "name")
    form = CheckFilter(request.GET, units=units, businesses=reading.list_businesses(home_area(request)))
    return form, reading.filter_checks(seen, form.cleaned_data if form.is_valid() else {}, request.user)


@access(permissions.is_in_area)
def list_checks(request: HttpRequest) -> HttpResponse:
    """Show the checks that the filters keep."""
    form, rows = read_checks(request)
    page, day = paginate(request, rows), today()
    context = {
        "form": form,
        "page": page,
        "lines": [reading.describe_check(row, day) for row in page.object_list],
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "may_find": permissions.may_plan_checks(request.user),
    }
    return render(request, "supervision/checks.html", context)


@access(permissions.is_in_area)
def export_checks(request: HttpRequest) -> FileResponse:
    """Hand out just what the list shows."""
    _form, rows = read_checks(request)
    day = today()
    sheet = list_checks_sheet([reading.describe_check(row, day) for row in rows[:MOST_EXPORTED]])
    return hand_out(request.user, what=_("监督检查"), sheets=[sheet], name=f"监督检查-{day:%Y%m%d}", area_id=home_area(request) or None)


def get_check(request: HttpRequest, pk: int) -> Check:
    return get_object_or_404(Check.objects.visible_to(request.user).select_related("area", *reading.RELATED), pk=pk)


def read_found(values: dict[str, Any]) -> write.Found:
    return write.Found(values["title"], values["problem"], values["fix"], values["owner"], values["due"])


@access(permissions.is_in_area)
@submit_once
def show_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one check; its supervisor says here what was found."""
    check = get_check(request, pk)
    may = check.state == Check.State.DUE and permissions.may_check(request.user, check)
    if request.method == "POST":
        require(permissions.may_check, request.user, check)
    form = CheckForm(request.POST or None, people=list_people(check.area_id)) if may or request.method == "POST" else None
    context: dict[str, Any] = {
        "check": check,
        "row": reading.describe_check(check, today()),
        "findings": check.findings.select_related("found_by"),
        "history": list_history(check),
        "form": form,
        "once": request.POST.get("once") or new_key(),
    }
    if form is None:
        return render(request, "supervision/check.html", context)

    def act(values: dict[str, Any]) -> Check:
        found = read_found(values) if values["result"] == "found" else None
        return write.do_check(check, text=values["text"], found=found, by=request.user, version=posted_version(request))

    return take_step(
        request, form, act, back=reverse("supervision:check", args=[pk]), done=_("已记录。"), heading=check.line.what,
        version=check.version, template="supervision/check.html", **{k: v for k, v in context.items() if k not in ("form", "once")},
    )  # fmt: skip


@access(permissions.may_plan_checks)
@submit_once
def new_finding(request: HttpRequest) -> HttpResponse:
    """Note a problem found outside a planned check."""
    form = FindingForm(request.POST or None, units=list_area_units(request), people=list_people(home_area(request)))
    return take_step(
        request, form,
        lambda values: write.note_finding(values["unit"], read_found(values), business=values["business"], by=request.user),
        back=reverse("supervision:checks"), done=_("已记录。"), heading=_("登记监督发现"),
        to=lambda row: reverse("supervision:finding", args=[row.pk]),
    )  # fmt: skip


@access(permissions.is_in_area)
def show_finding(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was found and what became of it."""
    row = get_object_or_404(
        Finding.objects.visible_to(request.user).select_related("unit", "found_by", "check_done__line", "check_done__unit"), pk=pk
    )
    label = row._meta.label_lower
    context = {
        "finding": row,
        "cures": registry.find_cures(request.user, label, [pk]).get(pk, []),
        "followed": registry.find_followed(request.user, label, [pk]).get(pk, []),
        "ways": registry.find_boards(
            request.user, Unit(pk=row.unit_id, area_id=row.area_id), origin=f"{label}:{pk}", title=row.title, demand=row.problem
        ),
        "history": list_history(row),
    }
    return render(request, "supervision/finding.html", context)
