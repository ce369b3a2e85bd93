"""目标值: a month's table of units and indicators, read by all, written by the 指标管理员."""

import json
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ronghe.common.access import access
from ronghe.common.calendar import today
from ronghe.common.exports import Sheet, hand_out
from ronghe.common.grids import Cell as GridCell
from ronghe.common.grids import Column, Grid, Row
from ronghe.common.once import new_key, submit_once
from ronghe.goals.actions.targets import Aim, StaleTargets, set_targets
from ronghe.goals.forms import TargetFilter
from ronghe.goals.permissions import may_read_goals, may_set_targets
from ronghe.goals.queries import Cell, TargetTable, load_targets, reading_area
from ronghe.goals.rules import print_number, read_number
from ronghe.org.models import Unit

PARTS = {"": 0, "base": 1}


def read_table(request: HttpRequest) -> tuple[TargetTable, str, str, int]:
    """Return the table that the filters ask for, which part of it (targets or bases), party or business, and the area."""
    area_id = reading_area(request.user)
    if area_id is None:
        raise Http404
    form = TargetFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    day = today()
    period = chosen.get("period") or f"{day.year:04d}-{day.month:02d}"
    side = chosen.get("side", "")
    return load_targets(area_id, period, day, side), chosen.get("part", ""), side, area_id


@access(may_read_goals)
def export_targets(request: HttpRequest) -> FileResponse:
    """Hand out the month's table as it is shown."""
    table, part, _side, area_id = read_table(request)
    heads = ("单位", *(f"{row.name}({row.unit_text})" if row.unit_text else row.name for row in table.indicators))
    rows = [
        (
            unit.name,
            *(
                table.saved.get((unit.pk, row.pk), (None, None))[PARTS[part]] if (unit.pk, row.pk) in table.asked else "—"
                for row in table.indicators
            ),
        )
        for unit in table.units
    ]
    word = _("基数") if part == "base" else _("目标值")
    name = f"{table.period}{word}"
    return hand_out(request.user, what=name, sheets=[Sheet(name, heads, rows)], name=name, area_id=area_id)


@access(may_read_goals)
@submit_once
def show_targets(request: HttpRequest) -> HttpResponse:
    """Show a month's targets or bases; the 指标管理员 types into the same table."""
    table, part, side, area_id = read_table(request)
    area = (table.units[0].area if table.units else None) or Unit.objects.get(pk=area_id)
    filters = TargetFilter({"period": table.period, "side": side, "part": part})
    context = {"form": filters, "table": table, "part": part, "may_edit": may_set_targets(request.user, area)}
    if request.method == "POST":
        return save_targets(request, area, context)
    return render_targets(request, context)


def save_targets(request: HttpRequest, area: Unit, context: dict[str, Any]) -> HttpResponse:
    """Save what was typed; problems stand at their cells and nothing is lost."""
    table, part = context["table"], context["part"]
    aims, problems = read_aims(table, part, request.POST, read_was(request.POST.get("was", "")))
    if problems:
        return render_targets(request, context, problems, _("有 %(n)d 格不是数字,什么都没有保存。") % {"n": len(problems)})
    try:
        count = set_targets(area, period=table.period, aims=aims, reason=request.POST.get("reason", ""), by=request.user)
    except StaleTargets as stale:
        table.saved |= stale.saved
        notes = {cell: _("现已保存:%(value)s") % {"value": print_number(saved[PARTS[part]]) or "—"} for cell, saved in stale.saved.items()}
        return render_targets(request, context, notes, str(stale))
    except ValidationError as problem:
        return render_targets(request, context, {}, " ".join(problem.messages))
    messages.success(request, _("已保存 %(n)d 个目标值的改动。") % {"n": count} if count else _("没有改动。"))
    return redirect(f"{reverse('goals:targets')}?{request.GET.urlencode()}")


def read_was(text: str) -> dict[str, str]:
    """Return what the form showed when it was opened, by field name; it only tells who was first, so nothing of it is trusted."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def read_aims(table: TargetTable, part: str, texts: Any, was: dict[str, str]) -> tuple[list[Aim], dict[Cell, str]]:
    """Return the targets as typed, and what is wrong by cell. The part that is not on the page keeps what is saved."""
    aims, problems = [], {}
    for cell in table.asked:
        name = name_field(cell)
        if name not in texts:
            continue
        saved = table.saved.get(cell, (None, None))
        try:
            typed, shown = read_number(texts[name]), read_number(was.get(name, ""))
        except ValueError:
            problems[cell] = _("不是数字")
            continue
        aims.append(Aim(*cell, *mix(saved, part, typed), was=mix(saved, part, shown)))
    return aims, problems


def mix(saved: tuple[Decimal | None, Decimal | None], part: str, value: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """Return (target, base) with one of the two replaced."""
    return (saved[0], value) if part == "base" else (value, saved[1])


def name_field(cell: Cell) -> str:
    return f"t-{cell[0]}-{cell[1]}"


def render_targets(
    request: HttpRequest, context: dict[str, Any], problems: dict[Cell, str] | None = None, problem: str = ""
) -> HttpResponse:
    """Render the table; with a problem the answer is 422 and everything typed is kept."""
    table, part = context["table"], context["part"]
    texts = request.POST if problem else {}
    shown = {name_field(cell): print_number(table.saved.get(cell, (None, None))[PARTS[part]]) for cell in table.asked}
    context |= {
        "grid": build_grid(table, shown, texts, problems or {}, readonly=not context["may_edit"]),
        "was": json.dumps({name: text for name, text in shown.items() if text}),
        "problem": problem,
        "reason": texts.get("reason", ""),
        "once": new_key(),
    }
    return render(request, "goals/targets.html", context, status=422 if problem else 200)


def build_grid(table: TargetTable, shown: dict[str, str], texts: Any, problems: dict[Cell, str], *, readonly: bool) -> Grid:
    """Return the entry grid: a row for each unit, a column for each indicator that needs a target."""
    rows = []
    for unit in table.units:
        cells: list[GridCell | None] = []
        for row in table.indicators:
            cell = (unit.pk, row.pk)
            if cell not in table.asked:
                cells.append(None)
                continue
            name = name_field(cell)
            hint = f"{unit.name} {row.name}({row.unit_text})" if row.unit_text else f"{unit.name} {row.name}"
            value = texts.get(name, shown[name])
            cells.append(GridCell(name, f"{unit.name} {row.name}", value, hint, problems.get(cell, ""), readonly=readonly))
        rows.append(Row(unit.name, cells))
    columns = [Column(row.name, row.unit_text) for row in table.indicators]
    return Grid(_("%(period)s 目标值") % {"period": table.period}, _("单位"), columns, rows)
