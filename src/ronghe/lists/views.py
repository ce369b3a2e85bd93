"""列表视图: keeping one, choosing columns, and the page of one's own."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.common import registry
from ronghe.common.access import access, signed_in
from ronghe.common.forms import carry_out, posted_version
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.lists import actions
from ronghe.lists.forms import ViewForm
from ronghe.lists.models import SavedView
from ronghe.lists.queries import address_of, list_units
from ronghe.lists.rules import clean_query
from ronghe.org.standing import standing_of


def get_page(request: HttpRequest) -> str:
    page = (request.POST or request.GET).get("page", "")
    if registry.lists.get(page) is None:
        raise Http404
    return page


@access(signed_in)
def list_views(request: HttpRequest) -> HttpResponse:
    """Show the views that I have saved, by list."""
    rows = SavedView.objects.filter(owner_id=standing_of(request.user).person_id or 0).exclude(name="").select_related("shared_with")
    page = paginate(request, rows)
    lines = [
        (row, registry.lists.get(row.page).title, f"{reverse(row.page)}{address_of(row)}")  # type: ignore[union-attr]
        for row in page.object_list
        if registry.lists.get(row.page) is not None
    ]
    return render(request, "lists/views.html", {"page": page, "lines": lines, "once": new_key()})


@access(signed_in)
@submit_once
def new_view(request: HttpRequest) -> HttpResponse:
    """Keep what the list shows now under a name."""
    page = get_page(request)
    given = request.POST or request.GET
    query, made = clean_query(given.get("query", "")), []
    form = ViewForm(request.POST or None, units=list_units(request.user))

    def act(values: dict[str, Any]) -> None:
        made.append(actions.save_view(page=page, query=query, by=request.user, **values))

    if carry_out(request, form, act, done=_("已存为视图。")):
        return redirect(f"{reverse(page)}{address_of(made[0])}")
    context = {
        "form": form, "list": registry.lists.get(page), "page_name": page, "query": query, "once": request.POST.get("once") or new_key(),
        "back": f"{reverse(page)}?{query}",
    }  # fmt: skip
    return render(request, "lists/edit.html", context, status=422 if form.is_bound else 200)


@require_POST
@access(signed_in)
@submit_once
def choose_columns(request: HttpRequest) -> HttpResponse:
    """Remember which columns I look at; the filters stay."""
    page = get_page(request)
    actions.choose_columns(page=page, shown=request.POST.getlist("column"), by=request.user)
    query = clean_query(request.POST.get("query", ""))
    return redirect(f"{reverse(page)}?{query or 'view=0'}")


def get_own(request: HttpRequest, pk: int) -> SavedView:
    rows = SavedView.objects.filter(owner_id=standing_of(request.user).person_id or 0).exclude(name="")
    return get_object_or_404(rows.select_related("shared_with", "owner"), pk=pk)


@access(signed_in)
@submit_once
def edit_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it otherwise, share it, open the list with it."""
    row = get_own(request, pk)
    initial = {"name": row.name, "shared_with": row.shared_with_id, "is_default": row.is_default}
    form = ViewForm(request.POST or None, units=list_units(request.user), initial=initial)
    act = lambda values: actions.change_view(row, by=request.user, version=posted_version(request), **values)  # noqa: E731
    if carry_out(request, form, act, done=_("已保存。")):
        return redirect("lists:views")
    context = {
        "form": form, "row": row, "list": registry.lists.get(row.page), "version": row.version, "once": request.POST.get("once") or new_key(),
        "back": reverse("lists:views"),
    }  # fmt: skip
    return render(request, "lists/edit.html", context, status=422 if form.is_bound else 200)


@require_POST
@access(signed_in)
@submit_once
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one."""
    actions.remove_view(get_own(request, pk), by=request.user)
    messages.success(request, _("已删除视图。"))
    return redirect("lists:views")
