"""Pages of 溯源."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.audit.queries import list_history
from ronghe.common.access import access, require
from ronghe.common.calendar import today
from ronghe.common.exports import Sheet, hand_out
from ronghe.common.forms import carry_out, posted_version
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.org.standing import standing_of
from ronghe.rectification.models import Item
from ronghe.tracing import actions, queries
from ronghe.tracing.forms import CauseForm, ChangeForm, NoChangeForm, ReleaseForm, StartForm, TracingFilter
from ronghe.tracing.models import Tracing
from ronghe.tracing.permissions import is_in_area, may_release, may_trace
from ronghe.tracing.rules import BARRIERS, STATES, find_bar

MOST_EXPORTED = 5000


def read_filter(request: HttpRequest) -> tuple[TracingFilter, Any]:
    form = TracingFilter(request.GET)
    return form, queries.list_tracings(request.user, form.cleaned_data if form.is_valid() else {})


@access(is_in_area)
def list_tracings(request: HttpRequest) -> HttpResponse:
    """Show the findings that go through their cause."""
    form, rows = read_filter(request)
    return render(request, "tracing/list.html", {"form": form, "page": paginate(request, rows)})


@access(is_in_area)
def export_tracings(request: HttpRequest) -> FileResponse:
    """Hand out just what the list shows."""
    _form, rows = read_filter(request)
    heads = ("编号", "单位", "问题", "领域", "未遂", "根本原因", "源头治理", "改了几条", "第几次", "销号日期")
    lines = [
        (
            row.item.number, row.item.unit.name, row.item.title, row.get_subject_display(), row.near_miss, row.whys[-1] if row.whys else "",
            row.at_source, row.count, row.item.round, row.item.ended_on,
        )
        for row in rows[:MOST_EXPORTED]
    ]  # fmt: skip
    area = min(standing_of(request.user).readable_areas, default=None)
    return hand_out(
        request.user, what=_("三册溯源"), sheets=[Sheet(_("三册溯源"), heads, lines)], name=f"三册溯源-{today():%Y%m%d}", area_id=area
    )


def get_item(request: HttpRequest, pk: int) -> Item:
    return get_object_or_404(Item.objects.visible_to(request.user).select_related("unit", "owner", "area"), pk=pk)


def get_tracing(request: HttpRequest, pk: int) -> Tracing:
    row = get_object_or_404(Tracing.objects.visible_to(request.user).select_related("item__unit"), item_id=pk)
    require(may_trace, request.user, row.item)
    return row


@access(is_in_area)
@submit_once
def show_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the tracing of an item; or begin it."""
    item = get_item(request, pk)
    row = Tracing.objects.filter(item=item).select_related("traced_by").first()
    if row is None:
        require(may_trace, request.user, item)
        form = StartForm(request.POST or None)
        act = lambda values: actions.start_tracing(item, by=request.user, **values)  # noqa: E731
        return take_step(request, form, act, item, done=_("已列入溯源,提交证明前要查清原因、改好清单。"), heading=_("按三册溯源"))
    changes = list(row.changes.select_related("noted_by"))
    context = {
        "item": item,
        "row": row,
        "barriers": [(BARRIERS[name], STATES[state], state) for name, state in row.barriers.items()],
        "changes": changes,
        "bar": find_bar(
            traced=row.traced_on is not None, at_source=row.at_source, changes=len(changes), no_change=row.no_change, released=row.released
        ),
        "may_trace": item.is_live and item.state != Item.State.PROVING and not row.released and may_trace(request.user, item),
        "may_release": item.is_live
        and not row.released
        and item.owner_id != standing_of(request.user).person_id
        and may_release(request.user, item),
        "history": list_history(item),
    }
    return render(request, "tracing/item.html", context)


def take_step(request: HttpRequest, form: Any, act: Any, item: Item, *, done: Any, heading: Any, **extra: Any) -> HttpResponse:
    if carry_out(request, form, act, done=done):
        return redirect("tracing:item", pk=item.pk)
    back = reverse("rectification:item", args=[item.pk])
    context = {"form": form, "item": item, "heading": heading, "back": back, "once": request.POST.get("once") or new_key(), **extra}
    return render(request, "tracing/step.html", context, status=422 if form.is_bound else 200)


@access(may_trace)
@submit_once
def trace(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, and which barrier did not hold."""
    row = get_tracing(request, pk)
    initial = {f"why{n}": text for n, text in enumerate(row.whys, 1)} | {f"barrier_{name}": state for name, state in row.barriers.items()}
    form = CauseForm(request.POST or None, initial={**initial, "at_source": row.at_source, "near_miss": row.near_miss})
    act = lambda _values: actions.trace_cause(row, by=request.user, version=posted_version(request), **form.read())  # noqa: E731
    return take_step(request, form, act, row.item, done=_("原因已记下,接着改清单。"), heading=_("查原因"), version=row.version)


@access(may_trace)
@submit_once
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Note which line was changed."""
    row = get_tracing(request, pk)
    form = ChangeForm(request.POST or None, amended=queries.list_amended(row))
    act = lambda values: actions.note_change(row, by=request.user, **values)  # noqa: E731
    return take_step(
        request, form, act, row.item, done=_("已登记,那一条会显示它从哪个问题来。"), heading=_("登记改了哪一条"),
        guides_url=reverse("worklist:guides"), lists_url=reverse("duties:lists"), lines_url=reverse("supervision:lists"),
    )  # fmt: skip


@access(may_trace)
@submit_once
def no_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why no line needs changing."""
    row = get_tracing(request, pk)
    act = lambda values: actions.need_no_change(row, by=request.user, version=posted_version(request), **values)  # noqa: E731
    return take_step(
        request, NoChangeForm(request.POST or None), act, row.item, done=_("已记下。"), heading=_("不用改"), version=row.version
    )


@access(may_release)
@submit_once
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why it is none of the three."""
    row = get_tracing(request, pk)
    act = lambda values: actions.release_tracing(row, by=request.user, version=posted_version(request), **values)  # noqa: E731
    return take_step(
        request,
        ReleaseForm(request.POST or None),
        act,
        row.item,
        done=_("已移出三册溯源。"),
        heading=_("移出三册溯源"),
        version=row.version,
    )
