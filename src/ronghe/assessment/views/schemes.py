"""Scheme versions: read by all who are judged by them, written by one person and put in force by another."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.assessment import actions
from ronghe.assessment.forms import PublishSchemeForm, SchemeForm, list_errors
from ronghe.assessment.models import SchemeVersion
from ronghe.assessment.permissions import is_publisher, may_approve_scheme, may_drop, may_read_scheme, may_write_scheme
from ronghe.assessment.queries.areas import pick_area
from ronghe.assessment.queries.runs import name_of
from ronghe.assessment.queries.schemes import describe_scheme, find_scheme
from ronghe.assessment.rules import describe_month, month_of, shift_month
from ronghe.assessment.views.runs import read_version
from ronghe.audit.queries import list_history
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out_file
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.org.models import Track, Unit

TONES = {"draft": "yellow", "published": "green", "retired": "", "dropped": ""}


def get_scheme(request: HttpRequest, pk: int) -> SchemeVersion:
    """Fetch a scheme version that the user may see."""
    rows = SchemeVersion.objects.visible_to(request.user).select_related("area", "author__person", "approved_by__person")
    return get_object_or_404(rows, pk=pk)


def describe_span(scheme: SchemeVersion) -> str:
    """Say from when to when a version applies."""
    if not scheme.valid_from:
        return ""
    return f"{describe_month(scheme.valid_from)} — {describe_month(scheme.valid_to) if scheme.valid_to else _('今')}"


@access(may_read_scheme)
def list_schemes(request: HttpRequest) -> HttpResponse:
    """List the scheme versions of the area."""
    area_id = pick_area(request)
    rows = SchemeVersion.objects.visible_to(request.user).light().filter(area_id=area_id)
    page = paginate(request, rows.select_related("author__person", "approved_by__person"))
    lines = [
        {
            "scheme": scheme,
            "tone": TONES[scheme.state],
            "span": describe_span(scheme),
            "author": name_of(scheme.author),
            "approver": name_of(scheme.approved_by) if scheme.approved_by_id else "",
        }
        for scheme in page.object_list
    ]
    return render(request, "assessment/schemes.html", {"page": page, "lines": lines, "may_write": may_write_scheme(request.user)})


@access(may_read_scheme)
def show_scheme(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a version in words, so that nobody needs to read TOML."""
    scheme = get_scheme(request, pk)
    names = dict(Track.objects.filter(area_id=scheme.area_id).values_list("code", "name"))
    draft = scheme.state == SchemeVersion.State.DRAFT
    initial = {"valid_from": shift_month(month_of(today()), 0), "version": scheme.version, "once": new_key()}
    context = {
        "scheme": scheme,
        "tone": TONES[scheme.state],
        "span": describe_span(scheme),
        "author": name_of(scheme.author),
        "approver": name_of(scheme.approved_by) if scheme.approved_by_id else "",
        "text": describe_scheme(scheme, names),
        "history": list_history(scheme),
        "may_publish": draft and may_approve_scheme(request.user, scheme),
        "may_drop": draft and may_drop(request.user, scheme),
        "may_write": may_write_scheme(request.user, scheme),
        "waits": draft,
        "publish_form": PublishSchemeForm(initial=initial),
    }
    return render(request, "assessment/scheme.html", context)


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
    """Take in a new draft, from a file or pasted; every problem is shown with the line that the command would print."""
    area = get_object_or_404(Unit.objects.visible_to(request.user).without_tree_fields(), pk=pick_area(request))
    if request.method != "POST":
        current = find_scheme(area.pk, month_of(today()))
        form = SchemeForm(initial={"once": new_key(), "text": current.text if current else ""})
        return render(request, "assessment/scheme_new.html", {"form": form, "current": current})
    form = SchemeForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            scheme = actions.adopt_scheme(area, form.cleaned_data["text"], by=request.user)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("已存为草稿,等待另一位有权限的人发布。"))
            return redirect("assessment:scheme", pk=scheme.pk)
    return render(request, "assessment/scheme_new.html", {"form": form}, status=422)


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
