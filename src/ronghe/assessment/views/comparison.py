"""A version beside another: what differs, and whose place would change; its paper and its workbook."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.assessment import kernel
from ronghe.assessment.models import SchemeVersion
from ronghe.assessment.permissions import is_previewer, may_read_scheme
from ronghe.assessment.queries.areas import Option
from ronghe.assessment.queries.comparison import list_differences
from ronghe.assessment.queries.drafts import list_faults
from ronghe.assessment.queries.schemes import describe_scheme, find_scheme
from ronghe.assessment.queries.trials import list_months, try_out
from ronghe.assessment.rules import describe_month, month_of
from ronghe.assessment.sheets_schemes import list_comparison, list_rules
from ronghe.assessment.views.drafts import list_track_names
from ronghe.assessment.views.schemes import describe_span, get_scheme
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import INTERNAL, hand_out, name_reader, write_watermark


def find_others(request: HttpRequest, scheme: SchemeVersion) -> list[SchemeVersion]:
    """Return the versions with which one can be compared: readable, complete, of the same area."""
    rows = SchemeVersion.objects.visible_to(request.user).light().filter(area_id=scheme.area_id)
    return list(rows.exclude(pk=scheme.pk).exclude(digest="").exclude(state=SchemeVersion.State.DROPPED))


def pick_other(request: HttpRequest, scheme: SchemeVersion, others: list[SchemeVersion]) -> SchemeVersion | None:
    """Return the version asked for, else what it was copied from, else the one in force, else the one before it."""
    asked = request.GET.get("with", "")
    by_pk = {row.pk: row for row in others}
    if asked:
        if not (asked.isascii() and asked.isdigit() and len(asked) < 10 and int(asked) in by_pk):
            raise Http404
        return by_pk[int(asked)]
    if scheme.state in SchemeVersion.SHOWN:
        earlier = [row for row in others if row.state in SchemeVersion.SHOWN and row.code == scheme.code and row.number < scheme.number]
        return max(earlier, key=lambda row: row.number, default=None)
    current = find_scheme(scheme.area_id, month_of(today()))
    wanted = (scheme.copied_from_id, current.pk if current else None)
    return next((by_pk[pk] for pk in wanted if pk in by_pk), None)


def describe_comparison(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return what the page and the workbook show: for all who may read both versions what differs; units for those who preview."""
    scheme = get_scheme(request, pk)
    context: dict[str, Any] = {"scheme": scheme, "faults": [] if scheme.digest else list_faults(scheme)}
    others = find_others(request, scheme)
    other = pick_other(request, scheme, others)
    context |= {"other": other, "options": [Option(str(row.pk), f"{row}({row.get_state_display()})", row == other) for row in others]}
    if not scheme.digest:
        return context
    new, old = kernel.scheme_of(scheme), kernel.scheme_of(other) if other else None
    if old is not None:
        context["differences"] = list_differences(old, new, list_track_names(scheme.area_id))
    if is_previewer(request.user, scheme):
        months = list_months(scheme.area_id)
        asked = request.GET.get("period", "")
        if asked and asked not in months:
            raise Http404
        period = asked or (months[0] if months else "")
        context["months"] = [Option(month, describe_month(month), month == period) for month in months]
        if period:
            context |= {"period": period, "month": describe_month(period), "trial": try_out(scheme.area, period, old, new)}
    return context


@access(may_read_scheme)
def compare_schemes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what differs between two versions, and totals and places of a month by both."""
    return render(request, "assessment/scheme_compare.html", describe_comparison(request, pk))


@access(may_read_scheme)
def export_comparison(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the comparison."""
    found = describe_comparison(request, pk)
    scheme, sheets = found["scheme"], list_comparison(found.get("differences", []), found.get("trial"))
    return hand_out(
        request.user,
        what=_("方案对比:%(scheme)s") % {"scheme": scheme},
        sheets=sheets,
        name=f"方案对比-{scheme.code}-v{scheme.number}",
        area_id=scheme.area_id,
    )


def get_complete(request: HttpRequest, pk: int) -> SchemeVersion:
    """Fetch a version that can be printed: one that keeps the contract."""
    scheme = get_scheme(request, pk)
    if not scheme.digest:
        raise Http404(_("草稿还没有写完。"))
    return scheme


@access(may_read_scheme)
def print_scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version as the 考核细则, an A4 paper."""
    scheme = get_complete(request, pk)
    context = {
        "scheme": scheme,
        "span": describe_span(scheme),
        "text": describe_scheme(scheme, list_track_names(scheme.area_id)),
        "back_url": reverse("assessment:scheme", args=[scheme.pk]),
        "mark": write_watermark(name_reader(request.user), INTERNAL),
    }
    return render(request, "assessment/scheme_print.html", context)


@access(may_read_scheme)
def export_scheme(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out a version as its page shows it."""
    scheme = get_complete(request, pk)
    text = describe_scheme(scheme, list_track_names(scheme.area_id))
    sheets = list_rules(scheme, text, describe_span(scheme))
    return hand_out(
        request.user,
        what=_("考核方案:%(scheme)s") % {"scheme": scheme},
        sheets=sheets,
        name=f"{scheme.code}-v{scheme.number}",
        area_id=scheme.area_id,
    )
