"""A unit's form as an entry grid: what stands in each cell, and what was typed read back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from ronghe.common.grids import Cell as GridCell
from ronghe.common.grids import Column, Grid, Row
from ronghe.figures.models import Batch, Figure
from ronghe.figures.queries.asked import Form
from ronghe.figures.rules import NOTHING_TO_REPORT, Cell, Entry, is_implausible, name_month, print_figure, print_range
from ronghe.figures.sheets import choose_note, read_typed
from ronghe.goals.models import Indicator
from ronghe.org.models import Unit

# how a blank that says 'nothing to report' is typed and shown
NOTHING = "—"


@dataclass
class Typed:
    """What came back from the page: texts by field name, what they mean, and what is wrong with them by cell."""

    texts: Mapping[str, str]
    entries: list[Entry] = field(default_factory=list)
    problems: dict[Cell, str] = field(default_factory=dict)
    saved: dict[Cell, Figure] = field(default_factory=dict)


def name_field(cell: Cell, kind: str = "v") -> str:
    """Return the name of a cell's input: 'v-UNIT-INDICATOR', its note 'n-…'."""
    return f"{kind}-{cell[0]}-{cell[1]}"


def read_form(form: Form, texts: Mapping[str, str]) -> Typed:
    """Read what was typed into the cells that may be filled."""
    typed = Typed(texts)
    indicators = {row.pk: row for row in form.indicators}
    for cell in form.writable:
        if name_field(cell) not in texts:
            continue
        saved = form.figures.get(cell)
        value, problem = read_typed(texts[name_field(cell)], indicators[cell[1]], saved.actual if saved else None)
        if problem:
            typed.problems[cell] = problem
            continue
        nothing = value is None and bool(texts[name_field(cell)].strip())
        note = choose_note(texts.get(name_field(cell, "n"), saved.note if saved else "").strip()[:300], value, nothing=nothing)
        place = saved.place if saved and saved.actual == value else ""
        target, base = (saved.target, saved.base) if saved else (None, None)
        typed.entries.append(Entry(*cell, value, note, place, target=target, base=base))
    return typed


def build_grid(form: Form, typed: Typed | None = None) -> Grid:
    """Return the grid: a list of indicators for one unit, a table of units and indicators for several."""
    caption = f"{form.unit.name} {name_month(form.period.period)}"
    if len(form.units) == 1:
        return build_list(form, typed, caption)
    asked = {(u.pk, i.pk) for u, i in form.cells}
    rows = [
        Row(
            title=unit.name,
            cells=[make_cell(form, typed, unit, indicator) if (unit.pk, indicator.pk) in asked else None for indicator in form.indicators],
        )
        for unit in form.units
    ]
    columns = [Column(indicator.name, indicator.unit_text) for indicator in form.indicators]
    return Grid(caption=caption, stub=_("单位"), columns=columns, rows=rows)


def build_list(form: Form, typed: Typed | None, caption: str) -> Grid:
    """Return one unit's list, with last month, target and a note for each figure."""
    rows = []
    for unit, indicator in form.cells:
        cell = (unit.pk, indicator.pk)
        rows.append(
            Row(
                title=indicator.name,
                note=indicator.unit_text,
                infos=[print_or_dash(form.last.get(cell)), print_or_dash(form.targets.get(cell))],
                cells=[make_cell(form, typed, unit, indicator), make_note(form, typed, unit, indicator)],
            )
        )
    columns = [Column(_("本月实际")), Column(_("说明(可不填)"))]
    return Grid(caption=caption, stub=_("指标"), columns=columns, rows=rows, infos=[_("上月"), _("目标")])


def make_cell(form: Form, typed: Typed | None, unit: Unit, indicator: Indicator) -> GridCell:
    """Return one figure's input: what was typed, else drafted, else in force."""
    cell = (unit.pk, indicator.pk)
    name, label = name_field(cell), f"{unit.name} {indicator.name}"
    hint = describe_cell(form, cell, indicator)
    if not form.may_write(cell):
        return GridCell(name, label, print_figure(form.held[cell].actual), hint=_("已确认,要改请发起更正"), readonly=True)
    figure = form.figures.get(cell)
    offer = form.offered.get(cell)
    drafted = (print_figure(figure.actual) or NOTHING * (figure.note == NOTHING_TO_REPORT)) if figure else ""
    if offer is not None:
        drafted = print_figure(offer.value)
        hint = f"{hint} · {offer.note}"
    value = drafted if typed is None else typed.texts.get(name, drafted)
    problem, level = find_problem(form, typed, cell, indicator)
    locked = form.batch is not None and form.batch.state == Batch.State.SUBMITTED
    return GridCell(name, label, value, hint=hint, problem=problem, level=level, readonly=locked)


def find_problem(form: Form, typed: Typed | None, cell: Cell, indicator: Indicator) -> tuple[str, str]:
    """Return (message, level) for a cell: what can't be read, what somebody else saved meanwhile, what is unusual."""
    if typed and cell in typed.problems:
        return typed.problems[cell], "error"
    figure = form.figures.get(cell)
    drafted = figure.actual if figure else None
    mine = next((entry.actual for entry in typed.entries if entry.cell == cell), None) if typed else drafted
    if typed and typed.saved and mine != (typed.saved[cell].actual if cell in typed.saved else None):
        theirs = typed.saved.get(cell)
        return _("现已保存:%(value)s") % {"value": print_or_dash(theirs.actual if theirs else None)}, "warn"
    if is_implausible(mine, indicator.plausible_low, indicator.plausible_high):
        return _("超出常见范围 %(range)s,请核对") % {"range": print_range(indicator.plausible_low, indicator.plausible_high)}, "warn"
    record = form.recorded.get(cell)
    if record is not None and mine is not None and mine != record.value:
        return _("与记录不符:%(note)s(%(value)s)") % {"note": record.note, "value": print_figure(record.value)}, "warn"
    return "", "error"


def make_note(form: Form, typed: Typed | None, unit: Unit, indicator: Indicator) -> GridCell | None:
    """Return the input of a figure's note."""
    cell = (unit.pk, indicator.pk)
    if not form.may_write(cell):
        return None
    figure = form.figures.get(cell)
    name = name_field(cell, "n")
    offer = form.offered.get(cell)
    value = figure.note if figure else offer.note if offer else ""
    locked = form.batch is not None and form.batch.state == Batch.State.SUBMITTED
    text = value if typed is None else typed.texts.get(name, value)
    return GridCell(name, f"{indicator.name} {_('说明')}", text, readonly=locked, mode="text")


def describe_cell(form: Form, cell: Cell, indicator: Indicator) -> str:
    """Return what stands below the grid while a cell has the focus."""
    parts = [f"{indicator.name}({indicator.unit_text})" if indicator.unit_text else indicator.name]
    for word, value in ((_("上月"), form.last.get(cell)), (_("目标"), form.targets.get(cell))):
        if value is not None:
            parts.append(f"{word} {print_figure(value)}")
    limits = print_range(indicator.plausible_low, indicator.plausible_high)
    if limits:
        parts.append(f"{_('常见范围')} {limits}")
    return " · ".join(parts)


def print_or_dash(value: Decimal | None) -> str:
    return print_figure(value) or "—"
