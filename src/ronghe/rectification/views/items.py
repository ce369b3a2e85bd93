"""One item: its page, its 销号单, and the form that opens it."""

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ronghe.audit.queries import list_history
from ronghe.common import registry
from ronghe.common.access import access, require
from ronghe.common.calendar import today
from ronghe.common.exports import mark_export
from ronghe.common.forms import PROBLEMS, show_problem
from ronghe.common.once import new_key, submit_once
from ronghe.common.origins import find_origin
from ronghe.documents.queries import list_documents
from ronghe.org.models import Person, Unit
from ronghe.org.standing import standing_of
from ronghe.rectification import actions, queries
from ronghe.rectification.actions.cure import PHOTO
from ronghe.rectification.forms import DecideForm, ItemForm, build_measures, read_measures
from ronghe.rectification.models import READERS, Item
from ronghe.rectification.permissions import is_in_area, leads_unit, may_open, oversees
from ronghe.rectification.queries import detail
from ronghe.rectification.queries.items import read_light
from ronghe.rectification.rules import guess_subject

RELATED = ("area", "unit", "party_group", "owner", "verifier", "opened_by", "holder", "ended_by")
FIRST_ROWS, MORE_ROWS = 2, 2


def get_item(request: HttpRequest, pk: int) -> Item:
    """Fetch an item that the user may read, or answer 404."""
    return get_object_or_404(Item.objects.visible_to(request.user).select_related(*RELATED), pk=pk)


def summarise(item: Item) -> dict[str, Any]:
    """Return what stands above each form about an item: what is saved now."""
    return {"item": item, "light": read_light(item, today()), "tone": queries.items.TONES[item.state]}


@access(is_in_area)
def show_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one item: what comes next, the problem, measures, proofs, requests, history."""
    return render(request, "rectification/item.html", item_context(request, get_item(request, pk)))


def item_context(request: HttpRequest, item: Item, **extra: Any) -> dict[str, Any]:
    measures = detail.list_measures(item, request.user)
    left = sum(1 for line in measures if not line.done)
    return {
        **summarise(item),
        "measures": measures,
        "left": left,
        "proofs": detail.list_proofs(item),
        "photos": [file for file in list_documents(item) if file.purpose == PHOTO],
        "requests": detail.list_requests(item, request.user),
        "occurrences": detail.list_occurrences(item),
        "next": detail.find_next_step(item, request.user, left),
        "others": detail.list_other_steps(item, request.user),
        "history": list_history(item),
        "decide_form": DecideForm(),
        "aspects": registry.find_aspects(request.user, item),
        "once": new_key(),
        **extra,
    }


@access(is_in_area)
def print_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Print the 销号单 of an item, whatever its state: what is still missing stays empty."""
    item = get_item(request, pk)
    context = {
        **summarise(item),
        "measures": detail.list_measures(item),
        "proofs": detail.list_proofs(item),
        "requests": [line for line in detail.list_requests(item, request.user) if line.decided],
        "occurrences": detail.list_occurrences(item),
        "page_title": _("整改销号单"),
        "back_url": registry.find_link("rectification.item", item.pk),
        "mark": mark_export(request.user, what=_("打印销号单 %(number)s") % {"number": item.number}, rows=1, area_id=item.area_id),
    }
    return render(request, "rectification/print_item.html", context)


@access(oversees | leads_unit)
@submit_once
def new_item(request: HttpRequest) -> HttpResponse:
    """Open an item by hand, or for what ?origin= names: the form comes prefilled from the address."""
    given = request.POST or request.GET
    units = list_own_units(request)
    origin = find_origin(request, given.get("origin", ""))
    chosen = units.filter(pk=given["unit"]).first() if given.get("unit", "").isdigit() else None
    area_id = (chosen or units.first() or Unit()).area_id
    people = list(queries.list_takers(area_id or 0).select_related("unit"))
    offered = {"units": units, "people": people, "sources": queries.list_sources(area_id or 0)}
    if "more" in request.POST:
        form, rows = ItemForm(initial=request.POST.dict(), **offered), copy_rows(request, people)
    else:
        form = ItemForm(request.POST or None, initial=prefill(request, chosen), **offered)
        rows = build_measures(request.POST or None, people, rows=FIRST_ROWS)
        if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
            try:
                item = open_from(request, form, rows, origin)
            except PROBLEMS as problem:
                show_problem(form, problem)
            else:
                messages.success(request, _("整改 %(number)s 已交给 %(name)s。") % {"number": item.number, "name": item.owner.name})
                return redirect("rectification:item", pk=item.pk)
    context = {
        "form": form,
        "rows": rows,
        "origin": origin,
        "origin_text": given.get("origin", "") if origin else "",
        "key": given.get("key", "")[:120],
        "origin_url": registry.find_link(origin._meta.label_lower, origin.pk) if origin else "",
        "once": request.POST.get("once") or new_key(),
    }
    return render(request, "rectification/new.html", context, status=422 if form.is_bound else 200)


def open_from(request: HttpRequest, form: ItemForm, rows: Any, origin: models.Model | None) -> Item:
    values = form.cleaned_data
    require(may_open, request.user, values["unit"])
    said = values.pop("subject")
    subject = {"": guess_subject(f"{values['title']} {values['problem']}"), "other": ""}.get(said, said)
    return actions.open_item(
        area=values["unit"].area,
        by=request.user,
        measures=read_measures(rows),
        origin=origin,
        key=request.POST.get("key", "")[:120],
        subject=subject,
        **values,
    )


def list_own_units(request: HttpRequest) -> Any:
    """Return the units for which the user may open items."""
    standing = standing_of(request.user)
    led = standing.units_of(("station_chief", "group_leader"))
    areas = standing.areas_of(READERS)
    return (
        Unit.objects.visible_to(request.user)
        .filter(models.Q(area_id__in=areas) | models.Q(pk__in=led), closed_on=None)
        .select_related("area")
    )


def prefill(request: HttpRequest, unit: Unit | None) -> dict[str, Any]:
    """Return what the address offers for the form; the unit's chief is the usual owner."""
    given = {name: value for name, value in request.GET.dict().items() if name in ItemForm.base_fields}
    if unit is not None and "owner" not in given:
        chief = Person.objects.filter(
            appointments__post__unit=unit, appointments__post__kind="station_chief", appointments__valid_to=None
        ).first()
        given["owner"] = str(chief.pk) if chief else ""
    return given


def copy_rows(request: HttpRequest, people: list[Person]) -> Any:
    """Return the rows of measures as typed, with some empty ones more."""
    total = request.POST.get("m-TOTAL_FORMS", "0")
    count = min(int(total) if total.isdigit() else 0, 30)
    typed = [{name: request.POST.get(f"m-{n}-{name}", "") for name in ("text", "responsible", "due")} for n in range(count)]
    rows = build_measures(None, people, rows=0)
    rows.initial = [*typed, *({} for _row in range(MORE_ROWS))]
    return rows
