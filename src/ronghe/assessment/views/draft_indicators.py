"""One indicator of a draft: chosen from the handbook, its rule with the curve that it draws."""

import re
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ronghe.assessment import kernel
from ronghe.assessment.curves import Example, draw_curve
from ronghe.assessment.forms_schemes import IndicatorForm, initial_of, split_fields, step_rows
from ronghe.assessment.models import SchemeVersion
from ronghe.assessment.permissions import may_write_scheme
from ronghe.assessment.queries.drafts import find_example, propose_table, read_whole, search_handbook
from ronghe.assessment.tables import METHOD_KEYS, PAIRS, Table, Tables, is_about_indicator, parse_indicator, read_tables
from ronghe.assessment.views.drafts import get_draft, leave_unless_writing, list_track_names, show_at_fields, try_save
from ronghe.common.access import access
from ronghe.common.once import new_key, submit_once
from ronghe.goals.models import Indicator
from ronghe.scoring.problems import Problem

LEAST_PAIRS = {"curve": 2, "bands": 1}


@access(may_write_scheme)
def choose_indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose an indicator of the handbook by name, code or pinyin."""
    draft = get_draft(request, pk)
    if (answer := leave_unless_writing(request, draft)) is not None:
        return answer
    taken = {row.get("code", "") for row in read_tables(draft.text).indicators}
    text = request.GET.get("text", "")[:40]
    found = search_handbook(draft.area_id, text)
    lines = [{"row": row, "taken": row.code in taken} for row in found]
    return render(request, "assessment/scheme_choose.html", {"draft": draft, "lines": lines, "text": text})


@access(may_write_scheme)
@submit_once
def add_indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an indicator: one of the handbook (?from=code), or one that is still to be entered there."""
    draft = get_draft(request, pk)
    if (answer := leave_unless_writing(request, draft)) is not None:
        return answer
    tables = read_tables(draft.text)
    wanted = request.GET.get("from", "")[:40]
    row = Indicator.objects.filter(area_id=draft.area_id, code=wanted).first() if wanted else None
    table = propose_table(row) if row else {"method": "curve", "on": "attainment", "pairs": [("0.8", "0"), ("1", "1")]}
    if len(tables.dimensions) == 1 and table["method"] != "veto":
        table["dimension"] = tables.dimensions[0].get("code", "")
    return edit(request, draft, tables, table, "")


@access(may_write_scheme)
@submit_once
def edit_indicator(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Change an indicator's rule."""
    draft = get_draft(request, pk)
    if (answer := leave_unless_writing(request, draft)) is not None:
        return answer
    tables = read_tables(draft.text)
    place = tables.find(code)
    if place is None and request.method != "POST":
        raise Http404
    return edit(request, draft, tables, tables.indicators[place] if place is not None else {}, code)


def edit(request: HttpRequest, draft: SchemeVersion, tables: Tables, table: Table, code: str) -> HttpResponse:
    """Show an indicator's form or carry it out; `do` names a step that only changes the form."""
    choices: dict[str, Any] = {"dimensions": tables.dimensions, "tracks": list_track_names(draft.area_id)}
    if request.method != "POST":
        initial = {**initial_of(table), "version": draft.version, "once": new_key()}
        form = IndicatorForm(initial=initial, **choices)
        return show(request, draft, form, table, code, [], [])
    data = request.POST.copy()
    form = IndicatorForm(data, **choices)
    do = request.POST.get("do", "")
    table = form.table
    if do:
        step_rows(table["pairs"], do, "pair", ("", ""))
        fresh = IndicatorForm(initial={**initial_of(table), **form.typed("version", "once")}, **choices)
        return show(request, draft, fresh, table, code, [], [])
    problems: list[Problem] = []
    refusals: list[str] = []
    if form.is_valid():
        problems, refusals, version = try_save(draft, put_indicator(table, code), request, _("指标 %(name)s") % {"name": table["name"]})
        if not problems and not refusals:
            messages.success(request, _("已保存指标“%(name)s”。") % {"name": table["name"]})
            return redirect("assessment:scheme-edit", pk=draft.pk)
        if version is not None:
            data["version"] = str(version)
    return show(request, draft, form, table, code, problems, refusals, status=422)


def put_indicator(table: Table, code: str) -> Any:
    """Return the change that writes an indicator into a draft: in its place, or last where it is new or gone meanwhile."""

    def change(tables: Tables) -> list[Problem] | None:
        place = tables.find(code) if code else None
        if place is None:
            place = len(tables.indicators)
            tables.indicators.append(table)
        else:
            tables.indicators[place] = table
            ties = tables.ranking.get("tie_break", [])
            tables.ranking["tie_break"] = [table["code"] if tie == code else tie for tie in ties]
        return [problem for problem in read_whole(tables) if is_about_indicator(problem, table["code"], place)]

    return change


def show(
    request: HttpRequest,
    draft: SchemeVersion,
    form: IndicatorForm,
    table: Table,
    code: str,
    problems: list[Problem],
    refusals: list[str],
    status: int = 200,
) -> HttpResponse:
    """Show the form with the fields of its method, its problems at the fields, and the curve."""
    loose = show_at_fields(form, problems) if form.is_bound else problems
    shown, carried = split_fields(form, table)
    method = table.get("method", "")
    pairs = [*table.get("pairs", [])]
    if method in PAIRS:
        pairs += [("", "")] * (LEAST_PAIRS[method] - len(pairs))
    names = form.track_names
    tracks = table.get("tracks", [])
    context = {
        "draft": draft,
        "form": form,
        "table": table,
        "code": code,
        "shown": shown,
        "carried": carried,
        "pairs": pairs if method in PAIRS else [],
        "carried_pairs": [] if method in PAIRS else pairs,
        "pair_problems": [problem.message for problem in loose if problem.key in PAIRS.values()],
        "track_boxes": [
            *((name, names.get(name, name), True) for name in tracks),
            *((name, label, False) for name, label in names.items() if name not in tracks),
        ],
        "track_problems": [problem.message for problem in loose if problem.key == "tracks"],
        "refusals": [*refusals, *(str(problem) for problem in loose if problem.key not in (*PAIRS.values(), "tracks"))],
        "needs_on": method in PAIRS or method == "step",
        **describe_curve(request, draft, table),
    }
    return render(request, "assessment/scheme_indicator.html", context, status=status)


@require_POST
@access(may_write_scheme)
def show_curve(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw the curve of an indicator as it is typed; nothing is saved."""
    draft = get_draft(request, pk)
    form = IndicatorForm(request.POST, dimensions=[], tracks={})
    return render(request, "assessment/scheme_curve.html", describe_curve(request, draft, form.table))


def describe_curve(request: HttpRequest, draft: SchemeVersion, table: Table) -> dict[str, Any]:
    """Return the drawing of a table, or why there is none yet; the example target and base may be typed."""
    proposed = find_example(draft.area_id, table.get("code", ""))
    example = Example(
        target=read_number(request.POST.get("example-target", "")) or proposed.target,
        base=read_number(request.POST.get("example-base", "")) or proposed.base,
    )
    context: dict[str, Any] = {
        "example_target": kernel.plain(example.target),
        "example_base": kernel.plain(example.base),
        "method": table.get("method", ""),
    }
    if table.get("method") not in METHOD_KEYS:
        return context
    digits = read_tables(draft.text).digits
    item, problems = parse_indicator(table, digits)
    if item is None:
        return {**context, "curve_problems": [problem.message_at for problem in map(AtKey, problems)]}
    return {**context, "drawing": draw_curve(item, digits, example), "is_far": True}


class AtKey:
    """A problem with the label of its field before it."""

    def __init__(self, problem: Problem) -> None:
        field = IndicatorForm.base_fields.get(problem.key)
        labels = {"points": _("各点"), "bands": _("各档")}
        label = field.label if field else labels.get(problem.key, problem.key)
        self.message_at = f"{label}:{problem.message}"


def read_number(text: str) -> Decimal | None:
    """Return an example's number, within what figures may be."""
    return Decimal(text.strip()) if re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", text.strip(), re.ASCII) else None
