"""收发文 and 登记簿."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.archive import permissions
from ronghe.archive.actions import dispatches as write
from ronghe.archive.build import make_plain
from ronghe.archive.forms import DispatchFilter, DispatchForm, RegisterForm, ResultForm, VoidForm
from ronghe.archive.models import Dispatch, Register
from ronghe.archive.queries.dispatches import list_dispatches, page_of
from ronghe.archive.views.steps import home_area, take_step
from ronghe.audit.queries import list_history
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import Sheet, hand_out, mark_export
from ronghe.common.forms import posted_version, read_number
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.common.rows import Head, Link, build_heads, build_rows

MOST_PRINTED = 3000


def read_filter(request: HttpRequest) -> tuple[DispatchFilter, dict[str, Any]]:
    """Return the filter's form and what it asks for; what is no choice asks for nothing."""
    form = DispatchFilter(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    return form, {"direction": asked.get("direction", ""), "year": read_number(asked.get("year") or ""), "text": asked.get("q", "").strip()}


@access(permissions.is_in_area)
def show_list(request: HttpRequest) -> HttpResponse:
    """Show the papers that the reader may see, the newest first."""
    form, asked = read_filter(request)
    page = paginate(request, list_dispatches(request.user, **asked))
    heads = [
        Head(_("文号"), "text-nowrap"),
        Head(_("标题")),
        Head(_("来文单位或主送单位")),
        Head(_("日期"), "text-nowrap"),
        Head(_("承办人")),
        Head(_("状态")),
    ]
    lines = [
        (
            row.number,
            Link(page_of(row.pk), row.title),
            row.other_side,
            row.day,
            row.handler.name if row.handler else "",
            row.get_state_display(),
        )
        for row in page.object_list
    ]
    context = {
        "page": page, "heads": build_heads(heads), "rows": build_rows(heads, lines), "any": bool(lines), "form": form,
        "query": request.GET.urlencode(),
        "may_register": permissions.may_register(request.user), "may_archive": permissions.may_archive(request.user),
    }  # fmt: skip
    return render(request, "archive/dispatches.html", context)


@access(permissions.may_register)
@submit_once
def new(request: HttpRequest) -> HttpResponse:
    """Register a paper under the next number."""
    area = home_area(request)
    form = DispatchForm(request.POST or None, area_id=area.pk, initial={"day": today()})
    return take_step(
        request, form, lambda values: write.register_dispatch(values.pop("register"), **values, by=request.user),
        done=lambda row: _("已登记,文号 %(number)s。") % {"number": row.number}, back=reverse("archive:dispatches"), heading=_("登记收发文"),
        to=lambda row: page_of(row.pk),
    )  # fmt: skip


@access(permissions.is_in_area)
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one paper."""
    row = get_object_or_404(Dispatch.objects.visible_to(request.user).select_related("register", "handler", "registered_by"), pk=pk)
    context = {
        "row": row, "history": list_history(row),
        "may_finish": row.state == Dispatch.State.WAITING and permissions.handles(request.user, row),
        "may_void": row.state in (Dispatch.State.WAITING, Dispatch.State.REGISTERED) and permissions.may_void(request.user, row),
    }  # fmt: skip
    return render(request, "archive/dispatch.html", context)


@access(permissions.handles)
@submit_once
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Dispatch.objects.visible_to(request.user), pk=pk)
    return take_step(
        request, ResultForm(request.POST or None),
        lambda values: write.finish_dispatch(row, result=values["result"], by=request.user, version=posted_version(request)),
        done=_("已办结。"), back=page_of(pk), heading=_("办结"), row_title=str(row), version=row.version,
    )  # fmt: skip


@access(permissions.may_void)
@submit_once
def make_void(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Dispatch.objects.visible_to(request.user), pk=pk)
    return take_step(
        request, VoidForm(request.POST or None),
        lambda values: write.void_dispatch(row, reason=values["reason"], by=request.user, version=posted_version(request)),
        done=_("已作废,文号保留。"), back=page_of(pk), heading=_("作废"), row_title=str(row), version=row.version,
    )  # fmt: skip


def list_heads() -> list[str]:
    return [_("文号"), _("标题"), _("收发日期"), _("来文单位或主送单位"), _("来文字号"), _("承办人"), _("状态"), _("办理结果")]


def list_row(row: Dispatch) -> tuple[object, ...]:
    return (
        row.number, row.title, row.day, row.other_side, row.their_number, row.handler.name if row.handler else "", row.get_state_display(), row.result,
    )  # fmt: skip


@access(permissions.is_in_area)
def export(request: HttpRequest) -> FileResponse:
    rows = [list_row(row) for row in list_dispatches(request.user, **read_filter(request)[1]).order_by("register_id", "year", "serial")]
    area = home_area(request)
    return hand_out(
        request.user, what=_("收发文登记簿"), sheets=[Sheet(_("收发文"), list_heads(), rows)], name=_("收发文登记簿"), area_id=area.pk
    )


@access(permissions.is_in_area)
def print_list(request: HttpRequest) -> HttpResponse:
    rows = list_dispatches(request.user, **read_filter(request)[1]).order_by("register_id", "year", "serial")[:MOST_PRINTED]
    lines, area = [[make_plain(cell) for cell in list_row(row)] for row in rows], home_area(request)
    context = {
        "heads": list_heads(), "lines": lines, "page_title": _("收发文登记簿"), "issuer": area.name, "back_url": reverse("archive:dispatches"),
        "mark": mark_export(request.user, what=_("打印收发文登记簿"), rows=len(lines), area_id=area.pk),
    }  # fmt: skip
    return render(request, "archive/print_table.html", context)


@access(permissions.is_in_area)
def list_registers(request: HttpRequest) -> HttpResponse:
    """Show the registers and who may open one."""
    rows = list(Register.objects.visible_to(request.user))
    return render(
        request, "archive/registers.html", {"rows": rows, "may_archive": permissions.may_archive(request.user), "once": new_key()}
    )


@access(permissions.may_archive)
@submit_once
def new_register(request: HttpRequest) -> HttpResponse:
    area = home_area(request)
    return take_step(
        request, RegisterForm(request.POST or None), lambda values: write.open_register(area, prefix=values.pop("code"), **values, by=request.user), done=_("已建立。"),
        back=reverse("archive:registers"), heading=_("新建登记簿"),
    )  # fmt: skip


@require_POST
@access(permissions.may_archive)
@submit_once
def retire_register(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Register.objects.visible_to(request.user), pk=pk)
    write.retire_register(row, by=request.user, version=posted_version(request))
    return redirect("archive:registers")
