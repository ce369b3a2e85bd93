"""From bytes to a reading, all in this process. The server calls `apart.read_sheet`, which runs this in a child."""

from dataclasses import dataclass, replace

from ronghe.common.sheets.container import NotASheetError, find_kind
from ronghe.common.sheets.grid import Grid, SheetTooLargeError
from ronghe.common.sheets.load import Report, check_bytes, ignore_report, load_grids
from ronghe.figures.reading.collector import Collector
from ronghe.figures.reading.headings import Headings
from ronghe.figures.reading.long import LongLayout, find_long, read_long
from ronghe.figures.reading.names import Names
from ronghe.figures.reading.own import OwnLayout, find_own, read_own
from ronghe.figures.reading.periods import find_months, is_month, print_month
from ronghe.figures.reading.request import Request
from ronghe.figures.reading.result import Form, Ignored, Problem, Reading, refuse_file
from ronghe.figures.reading.titles import check_month, check_scale, find_title_months
from ronghe.figures.reading.wide import Layout, find_layout, read_wide

# An indicator list across columns is short; longer sheets are not tried the other way round.
MAX_TRANSPOSED: int = 500


@dataclass(frozen=True)
class Candidate:
    """A sheet that holds a table for us."""

    grid: Grid
    form: Form
    layout: Layout | LongLayout | OwnLayout
    months: frozenset[str]


def parse_sheet(data: bytes, filename: str, request: Request, report: Report = ignore_report) -> Reading:
    """Read a sheet in this process. Every fault of the file comes back as a problem of the reading."""
    kind = ""
    try:
        check_bytes(data)
        kind = find_kind(data)
        report("检查文件", 0, 1)
        return read_grids(load_grids(data, kind, report), filename, kind, request, report)
    except (NotASheetError, SheetTooLargeError) as trouble:
        return refuse_file(filename, str(trouble), kind=kind)


def read_grids(grids: list[Grid], filename: str, kind: str, request: Request, report: Report) -> Reading:
    """Pick the sheet that matches and read it."""
    names = Names(request)
    headings = Headings(names, request.period)
    candidates = list_candidates(grids, names, headings, request)
    if not candidates:
        return explain_nothing(grids, filename, kind, names, headings)
    chosen, message = choose_candidate(candidates, request.period)
    if chosen is None:
        reading = refuse_file(filename, message, kind=kind)
        return replace(
            reading, ignored=tuple(Ignored(entry.grid.name, entry.grid.name, "", "像要上报的表,但不止一张") for entry in candidates)
        )
    report("核对数据", 1, 2)
    reading = read_candidate(chosen, names, headings, request).finish_reading(filename, kind, chosen.form)
    report("核对数据", 2, 2)
    return note_other_sheets(note_filename(reading, chosen, request.period), grids, chosen.grid)


def note_filename(reading: Reading, chosen: Candidate, period: str) -> Reading:
    """Say that the file is named for another month, where the sheet itself names none."""
    months = find_months(reading.filename, year=period[:4])
    if not is_month(period) or chosen.months or not months or period in months:
        return reading
    named = "、".join(print_month(month) for month in sorted(months))
    message = f"文件名里写的是 {named},而现在要填报的是 {print_month(period)},请核对是否传错了表"
    return replace(reading, problems=(*reading.problems, Problem(chosen.grid.name, None, "", "note", message)))


def list_candidates(grids: list[Grid], names: Names, headings: Headings, request: Request) -> list[Candidate]:
    """Give the sheets that hold a table for us: visible ones, or hidden ones where no other does."""
    found = [candidate for grid in grids if not grid.trouble for candidate in [examine_grid(grid, names, headings, request)] if candidate]
    visible = [candidate for candidate in found if candidate.grid.visible]
    return visible or found


def examine_grid(grid: Grid, names: Names, headings: Headings, request: Request) -> Candidate | None:
    """Find the table in one sheet, in whichever form fits best."""
    own = find_own(grid)
    if own is not None:
        return Candidate(grid, "wide", own, frozenset({own.period}))
    long = find_long(grid, names, headings)
    if long is not None:
        return make_candidate(grid, "long", long, long.header, request)
    upright = find_layout(grid, names, headings)
    turned = find_layout(grid.transpose(), names, headings) if grid.height <= MAX_TRANSPOSED else None
    upright_score = upright.score if upright else 0
    turned_score = turned.score if turned else 0
    if upright is not None and upright_score >= turned_score and upright_score:
        return make_candidate(grid, "wide", upright, upright.top, request)
    if turned is not None and turned_score:
        first_row = min(turned.unit_column, turned.first_value)
        return make_candidate(turned.grid, "transposed", turned, first_row, request)
    return None


def make_candidate(grid: Grid, form: Form, layout: Layout | LongLayout, first_row: int, request: Request) -> Candidate:
    """Give a candidate with the months that its title and name tell."""
    upright = grid.transpose() if grid.transposed else grid
    return Candidate(grid, form, layout, find_title_months(upright, first_row, request.period).months)


def choose_candidate(candidates: list[Candidate], period: str) -> tuple[Candidate | None, str]:
    """Give the one sheet for the period, or none and why."""
    if len(candidates) == 1:
        return candidates[0], ""
    named = [candidate for candidate in candidates if period in candidate.months]
    unnamed = [candidate for candidate in candidates if not candidate.months]
    for group in (named, unnamed):
        if len(group) == 1:
            return group[0], ""
        if group:
            sheets = "、".join(f"「{candidate.grid.name}」" for candidate in group)
            return None, f"有 {len(group)} 张工作表都像要上报的表:{sheets};请只保留一张,或在表名里写明月份"
    return None, f"几张工作表写的都不是 {print_month(period)},请核对是否传错了表"


def read_candidate(candidate: Candidate, names: Names, headings: Headings, request: Request) -> Collector:
    """Read the chosen table."""
    grid, layout = candidate.grid, candidate.layout
    collector = Collector(grid, request, names)
    if isinstance(layout, OwnLayout):
        read_own(layout, collector)
        return collector
    upright = Collector(grid.transpose(), request, names) if grid.transposed else collector
    if isinstance(layout, LongLayout):
        first_row = layout.header
        read_long(layout, collector, headings)
    else:
        first_row = min(layout.unit_column, layout.first_value) if grid.transposed else layout.top
        read_wide(layout, collector, headings)
    bare = [] if isinstance(layout, LongLayout) and layout.measure else list_bare_columns(collector, headings)
    check_month(upright.grid, first_row, upright)
    check_scale(upright.grid, first_row, upright, bare)
    if upright is not collector:
        collector.problems[:0] = upright.problems
    return collector


def list_bare_columns(collector: Collector, headings: Headings) -> list[str]:
    """Give the indicators whose columns do not say their unit."""
    return [
        column.indicator
        for column in collector.columns
        if column.indicator
        and not headings.read_text(column.heading).measure
        and not any(headings.read_text(part).measure for part in column.heading.split())
    ]


def note_other_sheets(reading: Reading, grids: list[Grid], chosen: Grid) -> Reading:
    """Name the sheets that were not read; a hidden one that was is a note."""
    others = [grid for grid in grids if grid.name != chosen.name]
    ignored = tuple(
        Ignored(grid.name, f"工作表「{grid.name}」", "", grid.trouble or ("隐藏的工作表" if not grid.visible else "不是本次要上报的表"))
        for grid in others
    )
    problems = reading.problems
    if not chosen.visible:
        problems += (Problem(chosen.name, None, "", "note", f"工作表「{chosen.name}」是隐藏的,已照常读取"),)
    return replace(reading, ignored=reading.ignored + ignored, problems=problems)


def explain_nothing(grids: list[Grid], filename: str, kind: str, names: Names, headings: Headings) -> Reading:
    """Say why no sheet could be used."""
    troubles = [grid.trouble for grid in grids if grid.trouble]
    if troubles:
        return refuse_file(filename, troubles[0], kind=kind)
    if not any(grid.cells for grid in grids):
        return refuse_file(filename, "表是空的,没有任何内容", kind=kind)
    layouts = [layout for grid in grids for layout in [find_layout(grid, names, headings)] if layout]
    if layouts:
        grid = layouts[0].grid
        return refuse_file(
            filename,
            f"工作表「{grid.name}」第 {layouts[0].header} 行认出了 {layouts[0].indicators} 个指标,但没有认出任何单位;请用单位的名称或代码作行名",
            kind=kind,
        )
    return refuse_file(filename, "没有认出要上报的指标。请用下载的模板,或用指标的名称、代码作列名", kind=kind)
