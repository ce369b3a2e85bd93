"""Scheme versions: read by all who are judged by them, written by one person and put in force by another."""

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.assessment import actions
from ronghe.assessment.filters import SchemeFilter
from ronghe.assessment.forms import PublishSchemeForm, SchemeForm, list_errors
from ronghe.assessment.models import SchemeVersion
from ronghe.assessment.permissions import is_publisher, may_approve_scheme, may_drop, may_read_scheme, may_write_scheme
from ronghe.assessment.queries.areas import pick_area
from ronghe.assessment.queries.runs import name_of
from ronghe.assessment.queries.schemes import describe_scheme, find_scheme, read_pack_scheme
from ronghe.assessment.rules import describe_month, month_of
from ronghe.assessment.sheets_schemes import list_scheme_rows
from ronghe.assessment.views.drafts import list_track_names
from ronghe.audit.queries import list_history
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out, hand_out_file
from ronghe.common.forms import read_version
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.org.models import Person, Unit

MOST_EXPORTED, MOST_COPIED = 2000, 20
PACK = "pack"
TONES = {"writing": "yellow", "draft": "yellow", "published": "green", "retired": "", "dropped": ""}


def get_scheme(request: HttpRequest, pk: int) -> SchemeVersion:
    """Fetch a scheme version that the user may see."""
    rows = SchemeVersion.objects.visible_to(request.user).select_related("area", "author__person", "approved_by__person")
    return get_object_or_404(rows, pk=pk)


def describe_span(scheme: SchemeVersion) -> str:
    """Say from when to when a version applies."""
    if not scheme.valid_from:
        return ""
    return f"{describe_month(scheme.valid_from)} — {describe_month(scheme.valid_to) if scheme.valid_to else _('今')}"


def read_list(request: HttpRequest) -> tuple[SchemeFilter, Any]:
    """Return the filter and the versions of the area that it keeps."""
    rows = SchemeVersion.objects.visible_to(request.user).light().filter(area_id=pick_area(request))
    chosen = SchemeFilter(request.GET, rows.select_related("author__person", "approved_by__person"), area_id=pick_area(request))
    return chosen, chosen.qs


def describe_line(scheme: SchemeVersion) -> dict[str, Any]:
    """Return what the list shows of a version."""
    return {
        "scheme": scheme,
        "tone": TONES[scheme.state],
        "span": describe_span(scheme),
        "author": name_of(scheme.author),
        "approver": name_of(scheme.approved_by) if scheme.approved_by_id else "",
    }


@access(may_read_scheme)
def list_schemes(request: HttpRequest) -> HttpResponse:
    """List the scheme versions of the area that the filters keep."""
    chosen, rows = read_list(request)
    page = paginate(request, rows)
    context = {
        "page": page,
        "form": chosen.form,
        "lines": [describe_line(scheme) for scheme in page.object_list],
        "is_filtered": any(request.GET.get(name) for name in chosen.form.fields),
        "may_write": may_write_scheme(request.user),
    }
    return render(request, "assessment/schemes.html", context)


@access(may_read_scheme)
def export_schemes(request: HttpRequest) -> FileResponse:
    """Hand out just what the list shows."""
    _chosen, rows = read_list(request)
    lines = [describe_line(scheme) for scheme in rows[:MOST_EXPORTED]]
    return hand_out(
        request.user,
        what=_("考核方案清单"),
        sheets=[list_scheme_rows(lines)],
        name=f"考核方案-{today():%Y%m%d}",
        area_id=pick_area(request),
    )


@access(may_read_scheme)
def show_scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version in words, so that nobody needs to read TOML."""
    scheme = get_scheme(request, pk)
    may_write = may_write_scheme(request.user, scheme)
    writing = scheme.state == SchemeVersion.State.WRITING
    if writing and may_write:
        return redirect("assessment:scheme-edit", pk=pk)
    draft = scheme.state == SchemeVersion.State.DRAFT
    initial = {"valid_from": propose_start(scheme), "version": scheme.version, "once": new_key()}
    context = {
        "scheme": scheme,
        "tone": TONES[scheme.state],
        "span": describe_span(scheme),
        "author": name_of(scheme.author),
        "writers": name_writers(scheme),
        "approver": name_of(scheme.approved_by) if scheme.approved_by_id else "",
        "text": describe_scheme(scheme, list_track_names(scheme.area_id)) if scheme.digest else None,
        "history": list_history(scheme),
        "may_publish": draft and may_approve_scheme(request.user, scheme),
        "may_drop": (draft or writing) and may_drop(request.user, scheme),
        "may_take_back": draft and may_write,
        "may_write": may_write,
        "may_compare": bool(scheme.digest),
        "waits": draft,
        "writing": writing,
        "publish_form": PublishSchemeForm(initial=initial),
        "once": new_key(),
    }
    return render(request, "assessment/scheme.html", context)


def propose_start(scheme: SchemeVersion) -> str:
    """Return the month from which a draft would apply: this one, or January of the year that its name speaks of."""
    month = month_of(today())
    named = re.search(r"20\d\d", scheme.name)
    return max(month, f"{named[0]}-01") if named else month


def name_writers(scheme: SchemeVersion) -> str:
    """Name those who changed the draft beside its author."""
    others = Person.objects.filter(user_id__in=[pk for pk in scheme.hands if pk != scheme.author_id]).order_by("sort_key")
    return "、".join(others.values_list("name", flat=True)) if len(scheme.hands) > 1 else ""


@access(may_read_scheme)
def download_scheme(request: HttpRequest, pk: int) -> FileResponse:
    """Send the version's TOML."""
    scheme = get_scheme(request, pk)
    name = f"{scheme.code}-v{scheme.number}.toml"
    return hand_out_file(
        request.user,
        what=_("考核方案 %(name)s") % {"name": name},
        data=scheme.text.encode(),
        name=name,
        media_type="application/toml; charset=utf-8",
        rows=scheme.text.count("\n"),
        area_id=scheme.area_id,
    )


@access(may_write_scheme)
@submit_once
def add_scheme(request: HttpRequest) -> HttpResponse:
    """Begin a version: a copy, an empty one, or a TOML file, of which every problem is shown with the command's line."""
    area = get_object_or_404(Unit.objects.visible_to(request.user).without_tree_fields(), pk=pick_area(request))
    rows = SchemeVersion.objects.visible_to(request.user).light().filter(area=area, state__in=SchemeVersion.SHOWN)
    current = find_scheme(area.pk, month_of(today()))
    context: dict[str, Any] = {"current": current, "published": rows[:MOST_COPIED], "key": new_key()}
    if request.method != "POST":
        text = current.text if current and "pack" not in request.GET else read_pack_scheme()
        return render(request, "assessment/scheme_new.html", {**context, "form": SchemeForm(initial={"once": new_key(), "text": text})})
    form = SchemeForm(request.POST, request.FILES)
    if form.is_valid():
        text, to_edit = form.cleaned_data["text"], request.POST.get("do") == "edit"
        try:
            if to_edit:
                scheme = actions.start_draft(area, by=request.user, text=text)
            else:
                scheme = actions.adopt_scheme(area, text, by=request.user)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("已读入编辑器。") if to_edit else _("已存为草稿,等待另一位有权限的人发布。"))
            return redirect("assessment:scheme-edit" if to_edit else "assessment:scheme", pk=scheme.pk)
    return render(request, "assessment/scheme_new.html", {**context, "form": form}, status=422)


@require_POST
@access(may_write_scheme)
@submit_once
def start_scheme(request: HttpRequest) -> HttpResponse:
    """Begin a version in the editor: a copy of the one chosen, the 制度包's, or an empty one."""
    area = get_object_or_404(Unit.objects.visible_to(request.user).without_tree_fields(), pk=pick_area(request))
    wanted = request.POST.get("source", "")
    source = get_scheme(request, int(wanted)) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else None
    text = read_pack_scheme() if wanted == PACK else ""
    draft = actions.start_draft(area, by=request.user, source=source, text=text)
    messages.success(request, _("已拷贝为新的草稿。") if source or text else _("已新建空白草稿。"))
    return redirect("assessment:scheme-edit", pk=draft.pk)


@require_POST
@access(may_write_scheme)
@submit_once
def copy_scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """Copy a version, whatever its state, as a new draft."""
    source = get_scheme(request, pk)
    draft = actions.start_draft(source.area, by=request.user, source=source)
    messages.success(request, _("已拷贝为新的草稿。"))
    return redirect("assessment:scheme-edit", pk=draft.pk)


@require_POST
@access(is_publisher)
@submit_once
def publish_scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft in force."""
    scheme = get_scheme(request, pk)
    form = PublishSchemeForm(request.POST)
    if not form.is_valid():
        messages.error(request, list_errors(form))
        return redirect("assessment:scheme", pk=pk)
    actions.publish_scheme(scheme, by=request.user, valid_from=form.cleaned_data["valid_from"], version=form.cleaned_data["version"])
    messages.success(request, _("方案已发布。"))
    return redirect("assessment:scheme", pk=pk)


@require_POST
@access(may_drop)
@submit_once
def drop_scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a draft."""
    actions.drop_scheme(get_scheme(request, pk), by=request.user, version=read_version(request))
    messages.success(request, _("草稿已作废。"))
    return redirect("assessment:schemes")
