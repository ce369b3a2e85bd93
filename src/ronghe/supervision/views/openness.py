"""三务公开 as pages and prints, its directory; terms and elections."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.audit.queries import list_history
from ronghe.common import registry
from ronghe.common.access import access, require
from ronghe.common.calendar import today
from ronghe.common.exports import Sheet, hand_out, mark_export
from ronghe.common.forms import posted_version
from ronghe.common.lights import light_for
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.documents.queries import list_documents
from ronghe.duties.models import Term
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of
from ronghe.supervision import permissions
from ronghe.supervision.actions import openness as write
from ronghe.supervision.forms.checks import often_initial
from ronghe.supervision.forms.openness import CorrectForm, ElectionForm, OpenFilter, OpenForm, PublishForm, read_files
from ronghe.supervision.models.openness import Disclosure, Election, OpenItem, Opinion
from ronghe.supervision.views.steps import home_area, take_step
from ronghe.worklist.rules.recurrence import describe_rule

RELATED = ("item", "owner", "published_by")
MOST_EXPORTED, MOST_PRINTED = 5000, 300


def read_rows(request: HttpRequest) -> tuple[OpenFilter, Any]:
    form = OpenFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = Disclosure.objects.visible_to(request.user).select_related(*RELATED)
    if chosen.get("sphere"):
        rows = rows.filter(item__sphere=chosen["sphere"])
    if chosen.get("state") == "late":
        rows = rows.filter(state="planned", due__lt=today())
    elif chosen.get("state") == "asked":
        rows = rows.filter(Exists(Opinion.objects.filter(disclosure=OuterRef("pk"), state=Opinion.State.OPEN)))
    elif chosen.get("state"):
        rows = rows.filter(state=chosen["state"])
    waiting = Count("opinions", filter=Q(opinions__state=Opinion.State.OPEN))
    return form, rows.annotate(asked=Count("opinions"), waiting=waiting).order_by("-due", "-id")


def describe(row: Disclosure) -> dict[str, Any]:
    light = light_for(row.due, today(), done=row.state == Disclosure.State.PUBLISHED)
    return {
        "pk": row.pk, "name": row.item.name, "period": row.period, "sphere": row.item.get_sphere_display(), "audience": row.item.audience,
        "place": row.item.place, "owner": row.owner.name, "due": str(row.due), "state": row.get_state_display(), "light": light.state,
        "word": light.word, "note": str(row.published_on or light.note), "text": row.text,
        "asked": getattr(row, "asked", 0), "waiting": getattr(row, "waiting", 0),
    }  # fmt: skip


@access(permissions.is_in_area)
def list_open(request: HttpRequest) -> HttpResponse:
    """Show what was made known and what is to be: everybody of the area reads it."""
    form, rows = read_rows(request)
    page = paginate(request, rows)
    context = {
        "form": form,
        "page": page,
        "lines": [describe(row) for row in page.object_list],
        "is_filtered": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "supervision/open.html", context)


@access(permissions.is_in_area)
def export_open(request: HttpRequest) -> FileResponse:
    """Hand out just what the list shows."""
    _form, rows = read_rows(request)
    heads = ("类别", "公开什么", "期间", "向谁公开", "在哪里公开", "公开人", "期限", "状态", "公开日期", "公开内容", "收到意见", "待答复")
    cells = []
    for row in rows[:MOST_EXPORTED]:
        one = describe(row)
        names = ("sphere", "name", "period", "audience", "place", "owner", "due", "state")
        cells.append([*(one[name] for name in names), row.published_on, row.text, one["asked"], one["waiting"]])
    return hand_out(
        request.user, what=_("三务公开"), sheets=[Sheet(_("三务公开"), heads, cells)], name=f"三务公开-{today():%Y%m%d}",
        area_id=home_area(request) or None,
    )  # fmt: skip


@access(permissions.is_in_area)
def print_list(request: HttpRequest) -> HttpResponse:
    """Print what the list shows: what was made known, to whom, where, when."""
    _form, rows = read_rows(request)
    lines = [describe(row) for row in rows[:MOST_PRINTED]]
    context = {
        "lines": lines,
        "page_title": _("三务公开一览表"),
        "back_url": f"{reverse('supervision:open')}?{request.GET.urlencode()}",
        "mark": mark_export(request.user, what=_("打印三务公开一览表"), rows=len(lines), area_id=home_area(request) or None),
    }
    return render(request, "supervision/print_open_list.html", context)


def get_row(request: HttpRequest, pk: int) -> Disclosure:
    return get_object_or_404(Disclosure.objects.visible_to(request.user).select_related("area", *RELATED), pk=pk)


def list_opinions(request: HttpRequest, row: Disclosure) -> list[tuple[Opinion, Any, str]]:
    """Return (opinion, light, who said it): the name only for those who answer and for who said it. One query."""
    me, day = standing_of(request.user).person_id, today()
    answers = permissions.may_publish(request.user, row)
    found = []
    for one in row.opinions.select_related("asked_by", "answered_by", "owner"):
        named = one.asked_by is not None and (answers or one.asked_by_id == me)
        light = light_for(one.due, day, done=one.state == Opinion.State.ANSWERED)
        found.append((one, light, one.asked_by.name if named and one.asked_by else ""))
    return found


@access(permissions.is_in_area)
def show_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was made known, with its corrections."""
    row = get_row(request, pk)
    may = permissions.may_publish(request.user, row)
    context = {
        "row": row,
        "line": describe(row),
        "files": list_documents(row),
        "corrections": row.corrections.select_related("by"),
        "may_publish": may and row.state == Disclosure.State.PLANNED,
        "may_correct": may and row.state == Disclosure.State.PUBLISHED,
        "opinions": list_opinions(request, row),
        "may_ask": row.state == Disclosure.State.PUBLISHED and permissions.may_ask(request.user, row),
        "may_answer": may,
        "history": list_history(row),
    }
    return render(request, "supervision/open_row.html", context)


@access(permissions.is_in_area)
def print_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Print what was made known, to hang it up."""
    row = get_row(request, pk)
    context = {
        "row": row,
        "corrections": row.corrections.select_related("by"),
        "opinions": row.opinions.select_related("answered_by"),
        "page_title": str(row),
        "back_url": reverse("supervision:open-row", args=[pk]),
        "mark": mark_export(request.user, what=_("打印公开 %(name)s") % {"name": str(row)}, rows=1, area_id=row.area_id),
    }
    return render(request, "supervision/print_open.html", context)


@access(permissions.is_in_area)
@submit_once
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it known."""
    row = get_row(request, pk)
    require(permissions.may_publish, request.user, row)
    form = PublishForm(request.POST or None, request.FILES or None)
    return take_step(
        request, form,
        lambda values: write.publish(row, text=values["text"], files=read_files(values), by=request.user, version=posted_version(request)),
        back=reverse("supervision:open-row", args=[pk]), done=_("已公开。"), heading=_("公开:%(name)s") % {"name": str(row)},
        version=row.version, title=str(row), lines=[f"{row.item.audience} · {row.item.place}"], button=_("公开"),
    )  # fmt: skip


@access(permissions.is_in_area)
@submit_once
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a correction."""
    row = get_row(request, pk)
    require(permissions.may_publish, request.user, row)
    return take_step(
        request, CorrectForm(request.POST or None), lambda values: write.correct(row, by=request.user, **values),
        back=reverse("supervision:open-row", args=[pk]), done=_("已加更正,原文保留。"), heading=_("更正"), title=str(row),
    )  # fmt: skip


@access(permissions.is_in_area)
def list_items(request: HttpRequest) -> HttpResponse:
    """Show the directory."""
    rows = OpenItem.objects.visible_to(request.user).filter(area_id=home_area(request))
    context = {
        "items": [(row, describe_rule(row.rule)) for row in rows],
        "may_keep": permissions.may_keep_open(request.user),
        "once": new_key(),
    }
    return render(request, "supervision/open_items.html", context)


def get_area(request: HttpRequest) -> Unit:
    return get_object_or_404(Unit.objects.visible_to(request.user), pk=home_area(request))


@require_POST
@access(permissions.may_keep_open)
@submit_once
def adopt(request: HttpRequest) -> HttpResponse:
    """Take over the directory of the pack, and plan this month."""
    area = get_area(request)
    count = write.adopt_open(area, by=request.user)
    write.plan_openness(area, today())
    messages.success(request, _("已采用 %(n)d 项,本月该公开的已经安排。") % {"n": count})
    return redirect("supervision:open-items")


@access(permissions.may_keep_open)
@submit_once
def edit_item(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """Add to the directory or change a line of it."""
    area = get_area(request)
    item = get_object_or_404(OpenItem.objects.visible_to(request.user), pk=pk) if pk else None
    initial: dict[str, Any] = {"every": "month", "shift": "after"}
    if item is not None:
        initial = {name: getattr(item, name) for name in OpenForm.NAMES} | often_initial(item.rule, item.shift)
    form = OpenForm(request.POST or None, initial=initial)

    def act(values: dict[str, Any]) -> OpenItem:
        version = posted_version(request) if item else None
        return write.save_open(area, form.read(OpenForm.NAMES), item=item, by=request.user, version=version)

    return take_step(
        request, form, act, back=reverse("supervision:open-items"), done=_("已保存。"), heading=_("公开目录"),
        version=item.version if item else "",
    )  # fmt: skip


@require_POST
@access(permissions.may_keep_open)
@submit_once
def switch_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Use a line of the directory, or no longer."""
    item = get_object_or_404(OpenItem.objects.visible_to(request.user), pk=pk)
    write.switch_open(item, active=request.POST.get("active") == "1", by=request.user)
    return redirect("supervision:open-items")


@access(permissions.oversees)
def list_terms(request: HttpRequest) -> HttpResponse:
    """Show the terms of the area's committees and their elections."""
    area_id, day = home_area(request), today()
    terms = Term.objects.visible_to(request.user).filter(area_id=area_id).select_related("branch")
    elections = Election.objects.visible_to(request.user).filter(area_id=area_id).select_related("branch", "owner", "new_term")
    rows = [(row, light_for(row.due, day, done=row.state == Election.State.HELD, soon=90)) for row in elections]
    context = {"terms": terms, "elections": rows, "may_record": permissions.may_hold_election(request.user)}
    return render(request, "supervision/terms.html", context)


@access(permissions.oversees)
@submit_once
def show_election(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an election; who may records it here."""
    rows = Election.objects.visible_to(request.user).select_related("area", "branch", "owner", "term", "new_term")
    row = get_object_or_404(rows, pk=pk)
    may = row.state == Election.State.PREPARING and permissions.may_hold_election(request.user, row)
    context: dict[str, Any] = {
        "row": row,
        "light": light_for(row.due, today(), done=row.state == Election.State.HELD, soon=90),
        "files": list_documents(row),
        "meeting_url": registry.find_meeting(request.user, row.area_id, row.meeting, row.held_on) if row.meeting else "",
        "history": list_history(row),
    }
    if not may and request.method != "POST":
        return render(request, "supervision/election.html", context)
    require(permissions.may_hold_election, request.user, row)
    form = ElectionForm(request.POST or None, request.FILES or None)

    def act(values: dict[str, Any]) -> Election:
        files = read_files(values)
        given = {name: value for name, value in values.items() if name != "materials"}
        return write.hold_election(row, files=files, by=request.user, version=posted_version(request), **given)

    return take_step(
        request, form, act, back=reverse("supervision:terms"), done=_("已登记,新的任期随之登记。"), heading=str(row), version=row.version,
        template="supervision/election.html", **context,
    )  # fmt: skip
