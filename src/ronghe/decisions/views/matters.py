"""The matters: list, map, supervision, registration, one matter, its print, the ledger."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.audit.queries import list_history
from ronghe.common import registry
from ronghe.common.access import access, require
from ronghe.common.calendar import today
from ronghe.common.exports import hand_out, mark_export
from ronghe.common.forms import PROBLEMS, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.common.pages import paginate
from ronghe.decisions import actions
from ronghe.decisions.forms import MatterFilter, MatterForm
from ronghe.decisions.models import UNIT_READERS, DecisionList, Matter, MatterQuerySet
from ronghe.decisions.permissions import is_in_area, may_open_register, may_register, may_supervise
from ronghe.decisions.queries import describe_matter, filter_matters
from ronghe.decisions.queries.detail import describe_wait, list_moves, load_detail
from ronghe.decisions.queries.matters import SHOWN_STEPS, TONES, list_flags, load_steps, read_light
from ronghe.decisions.queries.watch import load_watched
from ronghe.decisions.rules import STEPS, Facts
from ronghe.decisions.sheets import build_ledger
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Unit
from ronghe.org.queries import list_holders
from ronghe.org.standing import standing_of
from ronghe.rectification.queries import list_takers

MOST_EXPORTED = 2000
RELATED = ("area", "unit", "edition", "rule", "owner", "registered_by", "holder", "excepts__matter")


def get_matter(request: HttpRequest, pk: int) -> Matter:
    """Fetch a matter that the user may read, or answer 404."""
    return get_object_or_404(Matter.objects.visible_to(request.user).select_related(*RELATED), pk=pk)


def summarise(matter: Matter) -> dict[str, Any]:
    """Return what stands above each form about a matter: what is saved now."""
    return {"matter": matter, "light": read_light(matter, today()), "tone": TONES[matter.state], "flags": list_flags(matter)}


def read_filter(request: HttpRequest) -> tuple[MatterFilter, MatterQuerySet]:
    form = MatterFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    return form, filter_matters(Matter.objects.visible_to(request.user), chosen, request.user)


def list_context(request: HttpRequest) -> dict[str, Any]:
    form, rows = read_filter(request)
    page = paginate(request, rows)
    steps = load_steps(row.pk for row in page.object_list)
    day = today()
    return {
        "form": form,
        "page": page,
        "lines": [describe_matter(row, steps.get(row.pk, []), day) for row in page.object_list],
        "may_register": may_open_register(request.user),
        "may_supervise": may_supervise(request.user),
        "is_filtered": any(request.GET.get(name) for name in form.fields),
    }


@access(is_in_area)
def list_matters(request: HttpRequest) -> HttpResponse:
    """Show the matters that the filters keep, the most pressing first."""
    return render(request, "decisions/list.html", list_context(request))


@access(is_in_area)
def show_map(request: HttpRequest) -> HttpResponse:
    """Show where each matter stands along its steps and how long it stood there."""
    context = list_context(request)
    context["heads"] = [STEPS[kind] for kind in SHOWN_STEPS]
    return render(request, "decisions/map.html", context)


@access(may_supervise)
def show_watch(request: HttpRequest) -> HttpResponse:
    """过程监管: what stands out now."""
    return render(request, "decisions/watch.html", {"watched": load_watched(request.user)})


@access(is_in_area)
def export_ledger(request: HttpRequest) -> FileResponse:
    """Hand out the 41-column ledger of just what the list shows; without a filter, of everything."""
    form, rows = read_filter(request)
    if not any(request.GET.get(name) for name in form.fields):
        rows = filter_matters(Matter.objects.visible_to(request.user), {"state": "all"}, request.user)
    found = list(rows.select_related("unit", "edition", "rule").prefetch_related("steps", "outcomes")[:MOST_EXPORTED])
    area_id = min(standing_of(request.user).readable_areas, default=None)
    name = f"三重一大台账-{today():%Y%m%d}"
    return hand_out(request.user, what=_("三重一大台账"), sheets=[build_ledger(found)], name=name, area_id=area_id)


@access(may_open_register)
@submit_once
def new_matter(request: HttpRequest) -> HttpResponse:
    """Register a matter; 'check' first says what the list catches and changes nothing."""
    units = list_units(request)
    first = units.first()
    area_id = first.area_id if first else 0
    edition = DecisionList.objects.on(today()).filter(area_id=area_id).first()
    people = list(list_takers(area_id or 0).select_related("unit"))
    leaders = list_holders(LEADERS, area_id=area_id or 0, day=today())
    rules = edition.rules.filter(dropped=False) if edition else []
    given = {name: value for name, value in request.GET.dict().items() if name in MatterForm.base_fields}
    given.setdefault("text", request.GET.get("problem", ""))
    initial = {
        **given,
        "owner": given.get("owner", str(standing_of(request.user).person_id)),
        "unit": given.get("unit", first.pk if first else ""),
    }
    form = MatterForm(request.POST or None, initial=initial, units=units, people=people, leaders=leaders, rules=rules)
    found = None
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            require(may_register, request.user, values["unit"])
            if "check" in request.POST:
                facts = Facts(
                    values["title"], values["category"], values["amount"], values["scope"], tuple(values["keywords"]), values["counterparty"]
                )  # fmt: skip
                found = actions.preview_matter(values["unit"].area_id, facts)
            else:
                matter = actions.register_matter(values["unit"].area, by=request.user, **values)
                messages.success(request, _("%(number)s 已登记。") % {"number": matter.number})
                return redirect("decisions:matter", pk=matter.pk)
        except PROBLEMS as problem:
            show_problem(form, problem)
    context = {"form": form, "edition": edition, "found": found, "once": request.POST.get("once") or new_key()}
    return render(request, "decisions/new.html", context, status=422 if form.is_bound and found is None else 200)


def list_units(request: HttpRequest) -> Any:
    """Return the units for which the user may register matters."""
    standing = standing_of(request.user)
    where = Q(area_id__in=standing.areas_of(LEADERS)) | Q(pk__in=standing.units_of(UNIT_READERS))
    return Unit.objects.visible_to(request.user).filter(where, closed_on=None).select_related("area")


@access(is_in_area)
def show_matter(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one matter: what comes next, where it stands, every step, the meetings, stops, history."""
    matter = get_matter(request, pk)
    found = load_detail(matter, request.user)
    main, others = list_moves(matter, request.user, found.steps, found.stops)
    missed = any(
        label == "评估结论" and text != "达到目标" for line in found.steps if line.kind == "evaluate" for label, text in line.filled
    )
    # carried out already, then not ratified: what was done wants a cure
    missed = missed or (matter.state == Matter.State.REJECTED and any(line.urgent for line in found.sittings))
    ways = (
        registry.find_destinations(
            request.user, matter.unit, title=matter.title[:100], origin=f"decisions.matter:{matter.pk}", source="manual"
        )
        if missed
        else []
    )
    context = {
        **summarise(matter),
        "found": found,
        "main": main,
        "others": others,
        "wait": describe_wait(matter, found.steps),
        "interested": list(matter.interested.values_list("name", flat=True)),
        "ways": ways,
        "boards": registry.find_boards(request.user, matter.unit, title=matter.title[:120], origin=f"decisions.matter:{matter.pk}"),
        "cures": registry.find_cures(request.user, "decisions.matter", [matter.pk]).get(matter.pk, []) if missed else [],
        "history": list_history(matter),
        "once": new_key(),
    }
    return render(request, "decisions/matter.html", context)


@access(is_in_area)
def print_matter(request: HttpRequest, pk: int) -> HttpResponse:
    """Print the whole path of a matter."""
    matter = get_matter(request, pk)
    context = {
        **summarise(matter),
        "found": load_detail(matter, request.user),
        "page_title": _("决策事项办理全程"),
        "back_url": reverse("decisions:matter", args=[matter.pk]),
        "mark": mark_export(request.user, what=_("打印决策事项 %(number)s") % {"number": matter.number}, rows=1, area_id=matter.area_id),
    }
    return render(request, "decisions/print_matter.html", context)
