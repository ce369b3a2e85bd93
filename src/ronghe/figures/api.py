"""填报 by the API: what is asked of a unit, and a month's figures in, through the same reading, checks and actions as the page."""

import csv
import io
from datetime import date
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from ronghe.common.api import REFUSALS, Code, Month, needs, refuse, write_number
from ronghe.figures.actions.uploads import import_sheet
from ronghe.figures.models import Batch, ReportingPeriod
from ronghe.figures.queries.asked import Form, list_reporting_units, load_form
from ronghe.figures.queries.uploads import describe_place
from ronghe.figures.sheets import read_upload
from ronghe.operations.api import once
from ronghe.org.models import Unit

router = Router(tags=["填报"])
MOST_FIGURES = 5_000
Value = Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00-\x1f]*$")]


class AskedCell(Schema):
    unit: str
    indicator: str
    name: str
    measure: str
    last: str | None
    target: str | None
    value: str | None
    in_force: bool
    writable: bool


class AskedForm(Schema):
    area: str
    period: str
    unit: str
    due_on: date
    open: bool
    batch: str | None
    missing: int
    cells: list[AskedCell]


class FigureIn(Schema):
    """One figure. A number as text keeps its digits; '—' says that there is nothing to report."""

    unit: Code
    indicator: Code
    actual: Value | int | float


class FiguresIn(Schema):
    unit: Code | None = None
    figures: Annotated[list[FigureIn], Field(min_length=1, max_length=MOST_FIGURES)]
    submit: bool = False


class BatchOut(Schema):
    number: str
    state: str
    figures: int
    notes: list[str]


def find_form(request: HttpRequest, area: str, period: str, unit: str | None) -> Form:
    """Return the form of the unit for which the owner reports; 404 for who reports nothing there."""
    units = [row for row in list_reporting_units(request.user) if row.area_id is not None and unit in (None, row.code)]
    month = ReportingPeriod.objects.filter(area__code=area, period=period, area__in=[row.area_id for row in units]).first()
    mine: list[Unit] = [row for row in units if month is not None and row.area_id == month.area_id]
    if month is None or not mine:
        raise Http404
    if len(mine) > 1:
        raise ValidationError({"unit": _("您负责几个单位的填报,请指明:%(units)s") % {"units": "、".join(row.code for row in mine)}})
    return load_form(month, mine[0])


@router.get("/{area}/{period}", response={200: AskedForm, **REFUSALS}, summary="这个月要报什么")
@needs("figures:read")
def show_form(request: HttpRequest, area: Code, period: Month, unit: Code | None = None) -> Any:
    """What is asked of the owner's unit, what is in force, what its open batch holds."""
    form = find_form(request, area, period, unit)
    cells = []
    for place, indicator in form.cells:
        cell = place.pk, indicator.pk
        held, draft = form.held.get(cell), form.figures.get(cell)
        value = held.actual if held else draft.actual if draft else None
        cells.append(
            {
                "unit": place.code,
                "indicator": indicator.code,
                "name": indicator.name,
                "measure": indicator.unit_text,
                "last": write_number(form.last.get(cell)),
                "target": write_number(form.targets.get(cell)),
                "value": write_number(value),
                "in_force": held is not None,
                "writable": form.may_write(cell),
            }
        )
    return {
        "area": area,
        "period": period,
        "unit": form.unit.code,
        "due_on": form.period.due_on,
        "open": form.period.is_open(),
        "batch": form.batch.number if form.batch else None,
        "missing": len(form.missing),
        "cells": cells,
    }


@router.post("/{area}/{period}", response={200: BatchOut, **REFUSALS}, summary="报送数值")
@needs("figures:write")
@once
def send_figures(request: HttpRequest, area: Code, period: Month, data: FiguresIn) -> Any:
    """Make the figures a batch, all of them or none; `submit` hands it in. Another person confirms it, in the product."""
    form = find_form(request, area, period, data.unit)
    sheet = write_long_form(period, data.figures)
    name = "接口.csv"
    found = read_upload(form, sheet, name)
    if not found.is_clean:
        return refuse(422, *((name_place(one.row, one.column), one.message) for one in found.errors))
    batch = import_sheet(
        form.period, form.unit, data=sheet, name=name, found=found, by=request.user, submit=data.submit, source=Batch.Source.API
    )
    notes = [f"{describe_place(one.sheet, one.row, one.column)} {one.message}".strip() for one in found.problems if one.severity != "error"]
    count = batch.figures.filter(actual__isnull=False).count()
    return {"number": batch.number, "state": batch.get_state_display(), "figures": count, "notes": notes}


def write_long_form(period: str, figures: list[FigureIn]) -> bytes:
    """Return the figures in the long form of SCORING.md."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["unit", "period", "indicator", "actual"])
    writer.writerows([one.unit, period, one.indicator, one.actual] for one in figures)
    return text.getvalue().encode()


def name_place(row: int | None, column: str) -> str:
    """Return 'figures[3]' for a row of the long form, '' for the whole."""
    return f"figures[{row - 2}]" if row is not None and row >= 2 else ""
