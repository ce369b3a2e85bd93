"""Between the figures in the database and the sheet reader, which knows plain values only."""

from collections.abc import Mapping
from decimal import Decimal

from ronghe.common.sheets.grid import RawCell
from ronghe.figures import reading
from ronghe.figures.models import Batch
from ronghe.figures.queries.asked import Form
from ronghe.figures.reading.numbers import NotAFigureError, read_figure
from ronghe.figures.reading.request import Kind
from ronghe.figures.reading.template import write_template
from ronghe.figures.rules import NOTHING_TO_REPORT, Cell, Entry, name_month, print_figure
from ronghe.goals.models import Indicator
from ronghe.org.models import Unit

KINDS: dict[str, Kind] = {"count": "count", "veto": "veto"}


def describe_indicator(row: Indicator) -> reading.Indicator:
    """Return an indicator as the reader knows it."""
    return reading.Indicator(
        code=row.code,
        name=row.name,
        aliases=tuple(row.aliases),
        unit=row.unit_text,
        decimals=row.decimals,
        kind=KINDS.get(row.kind, "quantity"),
        low=row.plausible_low,
        high=row.plausible_high,
    )


def describe_unit(row: Unit) -> reading.Unit:
    return reading.Unit(row.code, row.name, tuple(row.aliases))


def build_request(form: Form, known: Mapping[tuple[str, str], Decimal], *, with_targets: bool = False) -> reading.Request:
    """Return what the reader must know of a unit's form. All names of the area are known to it; `allowed` is what is ours."""
    names = {(u.pk, i.pk): (u.code, i.code) for u, i in form.cells}
    return reading.Request(
        period=form.period.period,
        units=tuple(describe_unit(row) for row in form.asked.units),
        indicators=tuple(describe_indicator(row) for row in form.asked.indicators),
        allowed=frozenset(names[cell] for cell in form.writable),
        extra_fields=("target", "base") if with_targets else (),
        known=known,
    )


def code_cells(form: Form, values: Mapping[Cell, Decimal | None]) -> dict[tuple[str, str], Decimal]:
    """Return values by codes instead of ids; what is empty is left out."""
    names = {(u.pk, i.pk): (u.code, i.code) for u, i in form.asked.cells}
    return {names[cell]: value for cell, value in values.items() if value is not None and cell in names}


def read_upload(form: Form, data: bytes, name: str) -> reading.Reading:
    """Read an uploaded sheet of a unit's form, in the child process. An area's long form may carry targets."""
    held = code_cells(form, {cell: figure.actual for cell, figure in form.held.items()})
    return reading.read_sheet(data, name, build_request(form, held, with_targets=form.reports_all))


def make_template(form: Form, *, watermark: str = "") -> bytes:
    """Return the sheet to fill: only what is this unit's, last month's values shown, the draft's and what the product's own records say filled in."""
    offered = {cell: row.value for cell, row in form.offered.items()}
    drafted = code_cells(form, {**offered, **{cell: figure.actual for cell, figure in form.figures.items()}})
    title = f"{form.unit.name} {name_month(form.period.period)}指标填报表"
    due = f"{form.period.due_on.month}月{form.period.due_on.day}日"
    last = code_cells(form, form.last)
    instructions = f"请于 {due} 前填好,在“月度填报”页上传。"
    return write_template(build_request(form, drafted), last, title=title, instructions=instructions, watermark=watermark)


def list_entries(found: reading.Reading, form: Form) -> list[Entry]:
    """Return the figures of a reading as entries. A blank cell says nothing: it leaves what the draft holds.

    A blank that is written out ('—', '无') says that there is nothing to report, where the draft holds no figure.
    """
    units = {row.code: row.pk for row in form.asked.units}
    indicators = {row.code: row.pk for row in form.asked.indicators}
    fields: dict[Cell, dict[str, Decimal]] = {}
    places: dict[Cell, str] = {}
    said: set[Cell] = set()
    for cell in found.cells:
        key = units[cell.unit], indicators[cell.indicator]
        if cell.value is None:
            if cell.field == "actual" and cell.raw.strip():
                said.add(key)
                places[key] = f"{cell.sheet}!{cell.column}{cell.row}"[-80:]
            continue
        fields.setdefault(key, {})[cell.field] = cell.value
        if cell.field == "actual":
            places[key] = f"{cell.sheet}!{cell.column}{cell.row}"[-80:]
    entries = []
    for key in dict.fromkeys([*fields, *said]):
        saved, values = form.figures.get(key), fields.get(key, {})
        actual = values.get("actual", saved.actual if saved else None)
        note = choose_note(saved.note if saved else "", actual, nothing=key in said)
        entries.append(Entry(*key, actual, note, places.get(key, ""), target=values.get("target"), base=values.get("base")))
    return entries


def choose_note(note: str, actual: Decimal | None, *, nothing: bool) -> str:
    """Return the note of a cell: people's own words stay; 无数可报 comes with a written blank and goes with it."""
    if note and note != NOTHING_TO_REPORT:
        return note
    return NOTHING_TO_REPORT if nothing and actual is None else ""


def read_typed(text: str, indicator: Indicator, saved: Decimal | None) -> tuple[Decimal | None, str]:
    """Return (value, problem) of what was typed into the page, read as in a sheet.

    An unchanged text keeps the saved value: '0.5' of a '%' indicator would else be asked about again.
    """
    if saved is not None and text.strip() == print_figure(saved):
        return saved, ""
    try:
        return read_figure(RawCell("text", text), describe_indicator(indicator)).value, ""
    except NotAFigureError as trouble:
        return None, str(trouble)


def source_of(found: reading.Reading) -> str:
    """Return what a reading's batch says of where it came from."""
    return Batch.Source.LONG if found.form == "long" else Batch.Source.SHEET
