"""The 整改清单: filtered by the address, printed, exported, urged and reassigned together."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out, mark_export, narrow
from ronghe.common.forms import PROBLEMS, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.org.models import Person, Unit
from ronghe.org.standing import standing_of
from ronghe.rectification import actions, queries
from ronghe.rectification.actions import Outcome
from ronghe.rectification.forms import BatchReassignForm, ItemFilter
from ronghe.rectification.models import Item, ItemQuerySet
from ronghe.rectification.permissions import is_in_area, leads_unit, may_hand_over, may_set_sources, may_urge, oversees
from ronghe.rectification.sheets import list_rows

MOST_PRINTED, MOST_EXPORTED = 500, 5000


def read_filter(request: HttpRequest) -> tuple[ItemFilter, ItemQuerySet]:
    """Return the filter's form and the rows that it keeps, of those that the user may read."""
    standing = standing_of(request.user)
    seen = Item.objects.visible_to(request.user)
    area_id = standing.area_id if standing.area_id in standing.readable_areas else min(standing.readable_areas, default=0)
    units = Unit.objects.filter(pk__in=seen.order_by().values("unit_id")).values_list("pk", "name")
    owners = Person.objects.filter(pk__in=seen.order_by().values("owner_id")).values_list("pk", "name")
    form = ItemFilter(request.GET, units=units, owners=owners, sources=queries.list_sources(area_id or 0))
    chosen = form.cleaned_data if form.is_valid() else {}
    return form, queries.filter_items(seen, chosen, request.user)


@access(is_in_area)
def list_items(request: HttpRequest) -> HttpResponse:
    """Show the items that the filters keep, the most pressing first."""
    form, rows = read_filter(request)
    page = paginate(request, rows)
    day = today()
    context = {
        "form": form,
        "page": page,
        "lines": [queries.describe_item(item, day) for item in page.object_list],
        "may_open": (oversees | leads_unit)(request.user),
        "may_urge": may_urge(request.user),
        "may_reassign": may_hand_over(request.user),
        "may_set_sources": may_set_sources(request.user),
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "once": new_key(),
    }
    return render(request, "rectification/list.html", context)


@access(is_in_area)
def export_items(request: HttpRequest) -> FileResponse:
    """Hand out just what the list shows as a workbook."""
    _form, rows = read_filter(request)
    items = list(rows.prefetch_related("measures__responsible")[:MOST_EXPORTED])
    day = today()
    name = f"整改清单-{day:%Y%m%d}"
    return hand_out(
        request.user,
        what=_("整改清单"),
        sheets=[narrow(request, "rectification:list", list_rows(items, day))],
        name=name,
        area_id=home_area(request),
    )


def home_area(request: HttpRequest) -> int | None:
    """Return the area in whose log an export of the list stands."""
    return min(standing_of(request.user).readable_areas, default=None)


@access(is_in_area)
def print_items(request: HttpRequest) -> HttpResponse:
    """Print just what the list shows as the 整改清单."""
    _form, rows = read_filter(request)
    items = list(rows.prefetch_related("measures__responsible")[:MOST_PRINTED])
    day = today()
    lines = [(queries.describe_item(item, day), item.problem, [row.text for row in item.measures.all()]) for item in items]
    context = {
        "lines": lines,
        "page_title": _("整改清单"),
        "back_url": f"{reverse('rectification:list')}?{request.GET.urlencode()}",
        "mark": mark_export(request.user, what=_("打印整改清单"), rows=len(items), area_id=home_area(request)),
    }
    return render(request, "rectification/print_list.html", context)


def read_chosen(request: HttpRequest, numbers: list[str]) -> list[Item]:
    """Return the chosen items that the user may read."""
    pks = [int(one) for one in numbers if one.isdigit()][:200]
    return list(Item.objects.visible_to(request.user).filter(pk__in=pks).select_related("unit", "owner", "verifier", "holder"))


def back_to_list(request: HttpRequest) -> HttpResponse:
    """Go back to the list as it was filtered."""
    back = request.POST.get("back", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "rectification:list")


@require_POST
@access(may_urge)
@submit_once
def take_batch(request: HttpRequest) -> HttpResponse:
    """Urge the chosen items, or go on to choose their new owner."""
    items = read_chosen(request, request.POST.getlist("item"))
    if not items:
        messages.warning(request, _("请先勾选整改项。"))
        return back_to_list(request)
    if request.POST.get("do") == "reassign":
        query = urlencode([("item", item.pk) for item in items])
        return redirect(f"{reverse('rectification:reassign-batch')}?{query}")
    say_outcome(request, actions.urge_items(items, by=request.user), _("已催办:%(who)s。"), _("今天已经催办过,没有重复发送:%(who)s。"))
    return back_to_list(request)


def say_outcome(request: HttpRequest, outcome: Outcome, done: str, left: str) -> None:
    if outcome.done:
        messages.success(request, done % {"who": "、".join(outcome.done)})
    if outcome.left:
        messages.warning(request, left % {"who": ";".join(outcome.left)})


@access(may_hand_over)
@submit_once
def reassign_batch(request: HttpRequest) -> HttpResponse:
    """Give the chosen items one new owner."""
    given: Any = request.POST if request.method == "POST" else request.GET
    items = read_chosen(request, given.getlist("item"))
    if not items:
        messages.warning(request, _("请先勾选整改项。"))
        return redirect("rectification:list")
    people = list(queries.list_takers(items[0].area_id).select_related("unit"))
    form = BatchReassignForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = actions.reassign_items(items, by=request.user, **form.cleaned_data)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            say_outcome(request, outcome, _("已改派:%(who)s。"), _("没有改派:%(who)s"))
            return redirect("rectification:list")
    day = today()
    context = {"form": form, "lines": [queries.describe_item(item, day) for item in items], "once": request.POST.get("once") or new_key()}
    return render(request, "rectification/reassign.html", context, status=422 if form.is_bound else 200)
