"""The 安全管理员's pages: locks, sessions, second factors, exports. No business content stands here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.audit.queries import format_time
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.operations import actions
from ronghe.operations.forms import LimitForm, LockForm
from ronghe.operations.queries import (
    count_failures,
    describe_password_policy,
    list_exports,
    list_locks,
    list_secured,
    list_sessions,
    list_without_factor,
    load_limit,
    secured_areas,
)
from ronghe.org.areas import choose_area
from ronghe.org.permissions import is_security_admin


@access(is_security_admin)
def show_security(request: HttpRequest) -> HttpResponse:
    """Show locks, failed logins by day, who lacks a second factor, and the policy."""
    locks = [
        (lock.username, lock.address, lock.failures, format_time(lock.until), lock.person.name if lock.person else "")
        for lock in list_locks(request.user)
    ]
    context = {
        "locks": locks,
        "failures": count_failures(today()),
        "without": [(person.name, person.unit.name, title) for person, title in list_without_factor(request.user)],
        "policy": describe_password_policy,  # called as the page is rendered: Django says its part in the reader's language
        "once": new_key(),
    }
    return render(request, "operations/security.html", context)


@require_POST
@access(is_security_admin)
@submit_once
def unlock(request: HttpRequest) -> HttpResponse:
    """Unlock a pair of account and address."""
    form = LockForm(request.POST)
    if form.is_valid():
        actions.unlock(form.cleaned_data["username"], form.cleaned_data["address"], by=request.user)
        messages.success(request, _("已解除锁定。"))
    return redirect("operations:security")


@access(is_security_admin)
def show_sessions(request: HttpRequest) -> HttpResponse:
    """Show who is logged in, from where and since when."""
    page = paginate(request, list_sessions(request.user))
    lines = [
        (
            row.user.person.pk,
            row.user.person.name,
            row.user.person.unit.name,
            format_time(row.began_at) if row.began_at else "",
            format_time(row.seen_at) if row.seen_at else "",
            row.address or "",
            row.device,
        )
        for row in page.object_list
    ]
    return render(request, "operations/sessions.html", {"page": page, "lines": lines, "once": new_key()})


@require_POST
@access(is_security_admin)
@submit_once
def end_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """End every session of a person."""
    person = get_object_or_404(list_secured(request.user).select_related("user"), pk=pk)
    ended = actions.end_sessions_of(person, by=request.user)
    messages.success(request, _("已结束 %(name)s 的 %(count)d 个会话。") % {"name": person.name, "count": ended})
    return redirect("operations:sessions")


@access(is_security_admin)
@submit_once
def show_exports(request: HttpRequest) -> HttpResponse:
    """Show what was taken out by whom; set above what volume one is told."""
    area, areas = choose_area(request, secured_areas(request.user))
    limit = load_limit(area.pk)
    form = LimitForm(request.POST or None, initial={"rows": limit.rows, "copies": limit.copies})
    if request.method == "POST" and form.is_valid():
        actions.set_export_limit(area, by=request.user, **form.cleaned_data)
        messages.success(request, _("限额已保存。"))
        return redirect(request.get_full_path())
    page = paginate(request, list_exports(request.user))
    lines = [(format_time(row.at), row.user_name, row.what, row.rows, row.mark) for row in page.object_list]
    context = {"page": page, "lines": lines, "form": form, "area": area, "areas": areas, "once": new_key()}
    return render(request, "operations/exports.html", context, status=422 if form.is_bound else 200)
