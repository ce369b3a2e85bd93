"""工作指南: the list, one guide as a document, its items with what a change makes of next month."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.audit.queries import list_history
from ronghe.common import registry
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import Sheet, hand_out, mark_export
from ronghe.common.forms import PROBLEMS, read_version, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of
from ronghe.worklist.actions import guides as write
from ronghe.worklist.forms import GuideForm, ItemForm, RetireForm, item_initial
from ronghe.worklist.models import Guide
from ronghe.worklist.packs import list_guide_packs
from ronghe.worklist.permissions import is_in_area, may_keep_guides
from ronghe.worklist.queries import guides as reading
from ronghe.worklist.queries.months import is_year_confirmed
from ronghe.worklist.rules.recurrence import add_months, name_month
from ronghe.worklist.sources import list_feeds
from ronghe.worklist.views.months import read_chosen_month

MONTHS_AHEAD = 6


def get_guide(request: HttpRequest, pk: int) -> Guide:
    """Fetch a guide that the user may read, or answer 404."""
    return get_object_or_404(Guide.objects.visible_to(request.user).select_related("area"), pk=pk)


def get_kept(request: HttpRequest, pk: int) -> Guide:
    """Fetch a guide that the user may change, or answer 404."""
    guide = get_guide(request, pk)
    if not may_keep_guides(request.user, guide):
        raise Http404
    return guide


def keeping_area(request: HttpRequest) -> Unit:
    """Fetch the area whose guides the user keeps."""
    areas = [post.area_id for post in standing_of(request.user).posts if may_keep_guides(request.user, Unit(area_id=post.area_id))]
    return get_object_or_404(Unit, pk=areas[0] if areas else 0)


def list_months(*, new: bool) -> list[str]:
    """Return the months from which a change may hold."""
    return [add_months(name_month(today()), n) for n in range(0 if new else 1, MONTHS_AHEAD + 1)]


@access(is_in_area)
def list_guides(request: HttpRequest) -> HttpResponse:
    """Show the guides of the area, the reader's own posts first, and the packs that are not taken over yet."""
    day = today()
    valid = Q(items__valid_from__lte=day) & (Q(items__valid_to=None) | Q(items__valid_to__gte=day))
    guides = list(Guide.objects.visible_to(request.user).annotate(count=Count("items", filter=valid)).order_by("retired_on", "order", "id"))
    mine = {post.kind for post in standing_of(request.user).posts}
    guides.sort(key=lambda guide: (guide.retired_on is not None, guide.kind not in mine))
    taken = {guide.code for guide in guides}
    keeps = may_keep_guides(request.user)
    packs = [pack for pack in list_guide_packs() if pack.code not in taken] if keeps else []
    lines = [(guide, guide.kind in mine) for guide in guides]
    return render(request, "worklist/guides.html", {"lines": lines, "packs": packs, "keeps": keeps, "once": new_key()})


@access(may_keep_guides)
@submit_once
def new_guide(request: HttpRequest) -> HttpResponse:
    """Begin an own guide."""
    area = keeping_area(request)
    form = GuideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            guide = write.add_guide(area, by=request.user, **form.cleaned_data)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            return redirect("worklist:guide", pk=guide.pk)
    context = {"form": form, "heading": _("新建工作指南"), "once": request.POST.get("once") or new_key()}
    return render(request, "worklist/guide_form.html", context, status=422 if form.is_bound else 200)


@require_POST
@access(may_keep_guides)
@submit_once
def adopt(request: HttpRequest) -> HttpResponse:
    """Take over a pack's guide."""
    guide = write.adopt_guide(keeping_area(request), request.POST.get("code", ""), by=request.user)
    messages.success(request, _("已采用,可以按本单位的情况修改。任务从生成清单时开始。"))
    return redirect("worklist:guide", pk=guide.pk)


@access(is_in_area)
def show_guide(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a guide as it holds in a month."""
    guide = get_guide(request, pk)
    month = read_chosen_month(request)
    chapters = reading.read_document(guide, month)
    lessons = registry.find_lessons(
        request.user, "worklist.guideitem", [f"{guide.pk}:{line.item.code}" for chapter in chapters for line in chapter.lines]
    )
    for line in (line for chapter in chapters for line in chapter.lines):
        line.item.lessons = lessons.get(f"{guide.pk}:{line.item.code}", [])  # type: ignore[attr-defined]
    context = {
        "guide": guide,
        "month": month,
        "earlier": add_months(month, -1),
        "later": add_months(month, 1),
        "chapters": chapters,
        "coming": reading.list_coming(guide, month),
        "unconfirmed": not is_year_confirmed(int(month[:4])),
        "keeps": may_keep_guides(request.user, guide) and guide.retired_on is None,
        "history": list_history(guide),
        "retire_form": RetireForm(months=[name_month(today())]),
        "once": new_key(),
    }
    return render(request, "worklist/guide.html", context)


@access(is_in_area)
def print_guide(request: HttpRequest, pk: int) -> HttpResponse:
    """Print a guide as an official paper."""
    guide = get_guide(request, pk)
    month = read_chosen_month(request)
    context = {
        "guide": guide,
        "chapters": reading.read_document(guide, month),
        "month": month,
        "page_title": guide.title,
        "issuer": guide.area.name,
        "back_url": f"/worklist/guides/{guide.pk}/?month={month}",
        "mark": mark_export(request.user, what=f"打印{guide.title}", rows=1, area_id=guide.area_id),
    }
    return render(request, "worklist/print_guide.html", context)


@access(is_in_area)
def export_guide(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out a guide as a table."""
    guide = get_guide(request, pk)
    month = read_chosen_month(request)
    sheet = Sheet(guide.title, reading.HEADS, reading.list_rows(guide, month))
    return hand_out(request.user, what=guide.title, sheets=[sheet], name=f"{guide.title}-{month}", area_id=guide.area_id)


@access(may_keep_guides)
@submit_once
def edit_item(request: HttpRequest, pk: int, code: str = "") -> HttpResponse:
    """Write an item: first what it makes of the month from which it holds, then, pressed again, it is saved."""
    guide = get_kept(request, pk)
    old = guide.items.filter(code=code, valid_to=None).order_by("-number").first() if code else None
    if code and old is None:
        raise Http404
    months = list_months(new=old is None)
    units = Unit.objects.filter(area_id=guide.area_id, closed_on=None, kind__in=("station", "office"))
    offered: dict[str, Any] = {"units": units, "feeds": list_feeds(guide.area_id), "months": months}
    form = ItemForm(
        request.POST or None, initial=item_initial(old) if old else {"every": "month", "shift": "after", "asks": "none"}, **offered
    )
    preview, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            values = form.cleaned_data
            preview = reading.preview_change(guide, old, values, values["month"])
            status = 200
            if "save" in request.POST:
                try:
                    write.save_item(
                        guide, values=values, month=values["month"], reason=values["reason"], by=request.user, code=code,
                        version=read_version(request),
                    )  # fmt: skip
                except PROBLEMS as problem:
                    show_problem(form, problem)
                    status = 422
                else:
                    messages.success(request, _("已保存,自 %(month)s 起执行。") % {"month": values["month"]})
                    return redirect("worklist:guide", pk=guide.pk)
    context = {"guide": guide, "item": old, "form": form, "preview": preview, "once": request.POST.get("once") or new_key()}
    return render(request, "worklist/item.html", context, status=status)


@access(may_keep_guides)
@submit_once
def retire_item(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Stop an item, with what falls away next month before it is done."""
    guide = get_kept(request, pk)
    item = get_object_or_404(guide.items, code=code, valid_to=None)
    form = RetireForm(request.POST or None, months=list_months(new=False))
    if request.method == "POST" and form.is_valid():
        try:
            write.retire_item(guide, code, by=request.user, **form.cleaned_data)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已停用:%(name)s") % {"name": item.name})
            return redirect("worklist:guide", pk=guide.pk)
    preview = reading.preview_change(guide, item, None, list_months(new=False)[0])
    context = {"guide": guide, "item": item, "form": form, "preview": preview, "once": request.POST.get("once") or new_key()}
    return render(request, "worklist/retire.html", context, status=422 if form.is_bound else 200)


@require_POST
@access(may_keep_guides)
@submit_once
def retire_guide(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a whole guide at the end of the month."""
    guide = get_kept(request, pk)
    write.retire_guide(guide, reason=request.POST.get("reason", "")[:200], by=request.user, version=read_version(request))
    messages.success(request, _("已停用,本月底后不再生成任务。"))
    return redirect("worklist:guide", pk=guide.pk)
