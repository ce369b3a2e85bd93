"""What an uploaded sheet says, ready to print: problems first, then how it was understood, then the figures."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ronghe.figures.models import Upload
from ronghe.figures.queries.asked import load_asked
from ronghe.figures.reading import Reading
from ronghe.figures.reading.result import Cell, load_reading
from ronghe.figures.rules import is_implausible, print_figure, print_range
from ronghe.goals.models import Indicator

FORMS = {"wide": "横表(一行一个单位)", "transposed": "竖表(一行一个指标)", "long": "长表(一行一个数值)", "": "未识别"}
FIELDS = {"actual": "实际值", "target": "目标值", "base": "基数"}
SHOWN = 400


@dataclass(frozen=True)
class ProblemLine:
    severity: str
    place: str
    raw: str
    message: str


@dataclass(frozen=True)
class ReadLine:
    unit: str
    indicator: str
    field: str
    value: str
    raw: str
    place: str
    doubt: str


@dataclass(frozen=True)
class Shown:
    reading: Reading
    form: str
    problems: list[ProblemLine]
    figures: list[ReadLine]
    more: int
    doubts: int
    blanks: list[str]
    columns: list[tuple[str, str, str]]
    ignored: list[tuple[str, str, str]]


def describe_upload(upload: Upload) -> Shown:
    """Return an upload's reading ready to print, the figures that are asked about first. Three queries."""
    found = load_reading(upload.reading)
    asked = load_asked(upload.area_id, upload.period.period)
    units = {row.code: row.name for row in asked.units}
    known = {row.code: row for row in asked.indicators}
    indicators = {row.code: row.name for row in asked.indicators}
    problems = [
        ProblemLine(one.severity, describe_place(one.sheet, one.row, one.column), one.raw, one.message)
        for one in sorted(found.problems, key=lambda one: one.severity != "error")
    ]
    figures = [
        ReadLine(
            units.get(cell.unit, cell.unit),
            indicators.get(cell.indicator, cell.indicator),
            FIELDS[cell.field],
            print_figure(cell.value),
            cell.raw if cell.raw != print_figure(cell.value) else "",
            describe_place(cell.sheet, cell.row, cell.column),
            find_doubt(cell, known.get(cell.indicator)),
        )
        for cell in found.cells
        if cell.value is not None
    ]
    figures.sort(key=lambda line: not line.doubt)
    blanks = [f"{units.get(blank.unit, blank.unit)} {indicators.get(blank.indicator, blank.indicator)}" for blank in found.blanks]
    return Shown(
        reading=found,
        form=FORMS.get(found.form, found.form),
        problems=problems,
        figures=figures[:SHOWN],
        more=max(0, len(figures) - SHOWN),
        doubts=sum(bool(line.doubt) for line in figures),
        blanks=blanks,
        columns=[(one.place, one.heading, one.meaning) for one in found.columns],
        ignored=[(one.place, one.text, one.why) for one in found.ignored],
    )


def find_doubt(cell: Cell, indicator: Indicator | None) -> str:
    """Return what is to be looked at twice in a figure: it lies outside the range in which it is usual. It may be right."""
    if indicator is None or cell.field != "actual" or not is_implausible(cell.value, indicator.plausible_low, indicator.plausible_high):
        return ""
    return _("超出常见范围 %(range)s,请核对") % {"range": print_range(indicator.plausible_low, indicator.plausible_high)}


def describe_place(sheet: str, row: int | None, column: str) -> str:
    """Return '填报表 C5' of a cell, '填报表 第5行', '填报表 C列', the sheet's name, or '整个文件'."""
    if row is not None and column:
        where = f"{column}{row}"
    elif row is not None:
        where = f"第{row}行"
    else:
        where = f"{column}列" if column else ""
    return " ".join(part for part in (sheet, where) if part) or "整个文件"
