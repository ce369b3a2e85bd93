"""分工问题: what the detector finds, accepted or settled; its thresholds; the term of the committee."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.audit.queries import list_history
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import mark_export
from ronghe.common.forms import PROBLEMS, read_version, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.duties.actions import findings as write
from ronghe.duties.forms import AcceptForm, NormForm, TermForm
from ronghe.duties.models import Finding, Norm, Term
from ronghe.duties.packs import read_duties
from ronghe.duties.permissions import may_accept_finding, may_read_matrix, may_set_norms
from ronghe.duties.queries import findings as queries
from ronghe.duties.queries.picture import explain, load_view
from ronghe.duties.views.matrix import get_area
from ronghe.org.areas import choose_area
from ronghe.org.models import PartyOrg
from ronghe.org.standing import standing_of


@access(may_read_matrix)
def list_findings(request: HttpRequest) -> HttpResponse:
    """Show what the detector finds now, what was accepted, and what ended."""
    area, tabs = get_area(request)
    view = load_view(area.pk, today())
    context = {
        "area": area,
        "areas": tabs,
        "found": queries.list_findings(view),
        "past": [(row, explain(row.rule).name) for row in queries.list_past(area.pk)],
        "has_matrix": bool(view.matters),
        "may_set": may_set_norms(request.user, area),
    }
    return render(request, "duties/findings.html", context)


@access(may_read_matrix)
def print_findings(request: HttpRequest) -> HttpResponse:
    """Print the findings that stand open and accepted, for the meeting that settles them."""
    area, _tabs = get_area(request)
    found = queries.list_findings(load_view(area.pk, today()))
    rows = [*found.open, *found.notes, *found.accepted]
    context = {
        "found": found,
        "rows": rows,
        "page_title": _("分工问题清单"),
        "back_url": reverse("duties:findings"),
        "mark": mark_export(request.user, what=_("打印分工问题清单"), rows=len(rows), area_id=area.pk),
    }
    return render(request, "duties/print_findings.html", context)


@access(may_read_matrix)
@submit_once
def show_finding(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one finding; whoever leads accepts it for a time, with a reason and a review date."""
    row = get_object_or_404(Finding.objects.visible_to(request.user).select_related("accepted_by", "matter", "post"), pk=pk)
    may = may_accept_finding(request.user, row) and row.ended_on is None
    form = AcceptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            write.accept_finding(row, by=request.user, version=read_version(request), **form.cleaned_data)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已接受,到 %(day)s 重新提出。") % {"day": form.cleaned_data["review_on"]})
            return redirect("duties:finding", pk=pk)
    context: dict[str, Any] = {
        "row": row,
        "rule": explain(row.rule),
        "accepted": row.is_accepted(today()),
        "form": form,
        "may": may,
        "history": list_history(row),
        "version": request.POST.get("version") or row.version,
        "once": request.POST.get("once") or new_key(),
    }
    return render(request, "duties/finding.html", context, status=422 if form.is_bound else 200)


@require_POST
@access(may_accept_finding)
@submit_once
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an acceptance back."""
    row = get_object_or_404(Finding.objects.visible_to(request.user), pk=pk)
    write.withdraw_acceptance(row, by=request.user, version=read_version(request))
    messages.success(request, _("已撤回,这个问题重新提出。"))
    return redirect("duties:finding", pk=pk)


@access(may_read_matrix)
def list_norms(request: HttpRequest) -> HttpResponse:
    """Show by which rules and numbers the detector judges, each with why and its basis."""
    area, tabs = get_area(request)
    own = {row.code: row for row in Norm.objects.filter(area=area)}
    context = {
        "area": area,
        "areas": tabs,
        "rules": [(rule, own.get(rule.code)) for rule in read_duties().rules.values()],
        "may_set": may_set_norms(request.user, area),
        "term": Term.objects.filter(area=area).first(),
    }
    return render(request, "duties/norms.html", context)


@access(may_set_norms)
@submit_once
def edit_norm(request: HttpRequest, code: str) -> HttpResponse:
    """Set one threshold of the area."""
    area, _tabs = choose_area(request, standing_of(request.user).areas_of(queries.FIXERS[:2]))
    rule = read_duties().rules.get(code)
    if rule is None or rule.value is None:
        raise Http404
    row = Norm.objects.filter(area=area, code=code).first()
    form = NormForm(request.POST or None, initial={"value": row.value if row else rule.value, "basis": row.basis if row else rule.basis})
    if request.method == "POST" and form.is_valid():
        try:
            write.set_norm(area, code=code, by=request.user, version=read_version(request), **form.cleaned_data)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已保存,检测按新的数值重新进行。"))
            return redirect("duties:norms")
    context = {"form": form, "rule": rule, "version": row.version if row else "", "once": request.POST.get("once") or new_key()}
    return render(request, "duties/norm.html", context, status=422 if form.is_bound else 200)


@access(may_set_norms)
@submit_once
def add_term(request: HttpRequest) -> HttpResponse:
    """Record the committee's term."""
    area, _tabs = choose_area(request, standing_of(request.user).areas_of(queries.FIXERS[:2]))
    branch = get_object_or_404(PartyOrg, area=area, kind=PartyOrg.Kind.BRANCH, closed_on=None)
    form = TermForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            write.record_term(branch, by=request.user, **form.cleaned_data)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已登记任期。"))
            return redirect("duties:norms")
    context = {"form": form, "branch": branch, "once": request.POST.get("once") or new_key()}
    return render(request, "duties/term.html", context, status=422 if form.is_bound else 200)
