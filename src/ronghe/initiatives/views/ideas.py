"""The list of ideas, one idea, the form of a new one, the terms."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ronghe.audit.queries import list_history
from ronghe.common import registry
from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out, mark_export
from ronghe.common.forms import PROBLEMS, read_number, read_version, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.common.origins import find_origin
from ronghe.common.pages import paginate
from ronghe.initiatives import actions
from ronghe.initiatives.forms import IdeaFilter, IdeaForm, TermsForm
from ronghe.initiatives.models import Idea, Project, Terms
from ronghe.initiatives.permissions import is_in_area, may_set_terms
from ronghe.initiatives.queries import detail
from ronghe.initiatives.queries.alike import list_alike
from ronghe.initiatives.queries.ideas import RELATED, TONES, describe_idea, filter_ideas, read_light, show_amount
from ronghe.initiatives.queries.terms import find_terms
from ronghe.initiatives.sheets import list_rows
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of

MOST_EXPORTED, MOST_PRINTED = 5000, 500


def get_idea(request: HttpRequest, pk: int) -> Idea:
    """Fetch an idea that the user may read, or answer 404."""
    rows = Idea.objects.visible_to(request.user).select_related(*RELATED, "area", "decided_by", "verified_by", "project", "origin_type")
    return get_object_or_404(rows, pk=pk)


def summarise(idea: Idea) -> dict[str, Any]:
    """Return what stands above each form about an idea: what is saved now."""
    measure = idea.get_measure_display()
    return {
        "idea": idea,
        "light": read_light(idea, today()),
        "tone": TONES[idea.state],
        "expected": show_amount(idea.expected, measure),
        "benefit": show_amount(idea.benefit, measure),
    }


def read_filter(request: HttpRequest) -> tuple[IdeaFilter, Any]:
    """Return the filter's form and the rows that it keeps, of those that the user may read."""
    areas = standing_of(request.user).readable_areas
    units = Unit.objects.filter(area_id__in=areas).order_by("order", "code").values_list("pk", "name")
    form = IdeaFilter(request.GET, units=units)
    chosen = form.cleaned_data if form.is_valid() else {}
    project = read_number(request.GET.get("project", ""))
    return form, filter_ideas(Idea.objects.visible_to(request.user), {**chosen, "project": project}, request.user)


@access(is_in_area)
def list_ideas(request: HttpRequest) -> HttpResponse:
    """Show the ideas that the filters keep, the most pressing first."""
    form, rows = read_filter(request)
    page = paginate(request, rows)
    day = today()
    context = {
        "form": form,
        "page": page,
        "lines": [describe_idea(idea, day) for idea in page.object_list],
        "may_set_terms": may_set_terms(request.user),
        "is_filtered": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "initiatives/list.html", context)


def home_area(request: HttpRequest) -> int | None:
    """Return the area in whose log an export stands."""
    return min(standing_of(request.user).readable_areas, default=None)


@access(is_in_area)
def export_ideas(request: HttpRequest) -> FileResponse:
    """Hand out just what the list shows as a workbook."""
    _form, rows = read_filter(request)
    ideas = list(rows.select_related(*RELATED, "decided_by", "verified_by", "project")[:MOST_EXPORTED])
    name = f"创效建议-{today():%Y%m%d}"
    return hand_out(request.user, what=_("创效建议"), sheets=[list_rows(ideas, today())], name=name, area_id=home_area(request))


@access(is_in_area)
def print_verified(request: HttpRequest) -> HttpResponse:
    """Print the verified benefits among what the list shows."""
    _form, rows = read_filter(request)
    ideas = list(
        rows.filter(benefit__isnull=False).select_related(*RELATED, "verified_by").order_by("unit__order", "verified_on")[:MOST_PRINTED]
    )
    context = {
        "lines": [(describe_idea(idea, today()), idea) for idea in ideas],
        "page_title": _("创效效益核实清单"),
        "back_url": "/initiatives/?state=counted",
        "mark": mark_export(request.user, what=_("打印创效效益核实清单"), rows=len(ideas), area_id=home_area(request)),
    }
    return render(request, "initiatives/print_verified.html", context)


@access(is_in_area)
def show_idea(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one idea: what comes next, the idea, its benefit, materials, shares, history."""
    idea = get_idea(request, pk)
    context = {
        **summarise(idea),
        "next": detail.find_next_step(idea, request.user),
        "others": detail.list_other_steps(idea, request.user),
        "proofs": detail.list_proofs(idea),
        "shares": detail.list_shares(idea, request.user),
        "alike": detail.list_likenesses(idea),
        "origin_url": registry.find_link(f"{idea.origin_type.app_label}.{idea.origin_type.model}", idea.origin_id)
        if idea.origin_type
        else "",
        "history": list_history(idea),
        "once": new_key(),
    }
    return render(request, "initiatives/idea.html", context)


@access(is_in_area)
@submit_once
def new_idea(request: HttpRequest) -> HttpResponse:
    """Propose an idea, made for a phone first; or one that came from what ?origin= names."""
    given = request.POST or request.GET
    units = list_units(request)
    origin = find_origin(request, given.get("origin", ""))
    me = standing_of(request.user)
    projects = Project.objects.filter(state=Project.State.RUNNING, members__person_id=me.person_id or 0, members__valid_to=None).distinct()
    form = IdeaForm(request.POST or None, initial=prefill(request, units), units=units, projects=projects)
    if request.method == "POST" and form.is_valid():
        try:
            idea = actions.propose_idea(by=request.user, origin=origin, **form.cleaned_data)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            text = _("建议 %(number)s 已提出,由 %(name)s 在 %(due)s 前答复。")
            messages.success(request, text % {"number": idea.number, "name": idea.holder.name if idea.holder else "", "due": idea.step_due})
            return redirect("initiatives:idea", pk=idea.pk)
    area_id = next((unit.area_id for unit in units[:1]), 0)
    alike = list_alike(area_id, given.get("title", "")[:120], given.get("problem", "")[:2000]) if form.is_bound and area_id else []
    context = {
        "form": form,
        "alike": alike,
        "origin": origin,
        "origin_text": given.get("origin", "") if origin else "",
        "has_projects": projects.exists(),
        "once": request.POST.get("once") or new_key(),
        "terms": find_terms(area_id or 0),
    }
    return render(request, "initiatives/new.html", context, status=422 if form.is_bound else 200)


@access(is_in_area)
def show_alike(request: HttpRequest) -> HttpResponse:
    """Show earlier ideas like the words typed so far (a part of the form)."""
    area_id = home_area(request)
    alike = list_alike(area_id, request.GET.get("title", "")[:120], request.GET.get("problem", "")[:2000]) if area_id else []
    return render(request, "initiatives/alike.html", {"alike": alike})


def list_units(request: HttpRequest) -> Any:
    """Return the units for which the user may propose."""
    return Unit.objects.filter(area_id__in=standing_of(request.user).readable_areas, closed_on=None).order_by("order", "code")


def prefill(request: HttpRequest, units: Any) -> dict[str, Any]:
    """Return what the address offers for the form; one's own unit is the usual one."""
    given = {name: value for name, value in request.GET.dict().items() if name in IdeaForm.base_fields}
    return {"unit": standing_of(request.user).unit_id, "kind": Idea.Kind.VALUE, **given}


@access(may_set_terms)
@submit_once
def edit_terms(request: HttpRequest) -> HttpResponse:
    """Show and set the terms of the area."""
    area = get_object_or_404(Unit, pk=min(standing_of(request.user).areas_of(LEADERS), default=0))
    row = Terms.objects.filter(area=area).first()
    form = TermsForm(request.POST or None, initial=asdict(find_terms(area.pk)))
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_terms(area, form.cleaned_data, by=request.user, version=read_version(request) if row else None)
        except PROBLEMS as problem:
            show_problem(form, problem)
        else:
            messages.success(request, _("已保存,从以后开始的步骤起执行。"))
            return redirect("initiatives:list")
    context = {"form": form, "heading": _("创效期限"), "version": row.version if row else "", "once": request.POST.get("once") or new_key()}
    return render(request, "initiatives/terms.html", context, status=422 if form.is_bound else 200)
