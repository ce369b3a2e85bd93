"""Gathers what is found in one sheet: figures, problems with their places, what was recognised and ignored."""

from dataclasses import dataclass
from decimal import Decimal

from ronghe.common.sheets import limits
from ronghe.common.sheets.grid import Grid, RawCell
from ronghe.common.sheets.problems import Severity
from ronghe.common.sheets.text import name_column, shorten_text
from ronghe.figures.reading.headings import Heading
from ronghe.figures.reading.names import Names
from ronghe.figures.reading.numbers import NotAFigureError, is_blank, print_value, read_figure
from ronghe.figures.reading.periods import print_month
from ronghe.figures.reading.request import Field, Indicator, Request
from ronghe.figures.reading.result import Blank, Cell, Form, Ignored, Problem, Reading, Recognised
from ronghe.figures.reading.units import compare_units

FIELD_NAMES: dict[str, str] = {"actual": "实际值", "target": "目标值", "base": "基数"}


@dataclass(frozen=True)
class Source:
    """Where a figure belongs: unit, indicator and field, the factor of its written unit, the heading for messages."""

    unit: str
    indicator: Indicator
    field: Field
    factor: Decimal
    heading: str
    exact: bool = False


class Collector:
    """One sheet's findings. Rows and columns are those of the grid; places in messages are those of the file."""

    def __init__(self, grid: Grid, request: Request, names: Names) -> None:
        self.grid, self.request, self.names = grid, request, names
        self.cells: list[Cell] = []
        self.problems: list[Problem] = []
        self.columns: list[Recognised] = []
        self.ignored: list[Ignored] = []
        self.seen: dict[tuple[str, str, str], str] = {}
        self.troubled: set[tuple[str, str]] = set()
        self.unlisted = 0

    def find_place(self, row: int, column: int) -> tuple[int, str]:
        """Give (row, column letters) in the file."""
        if self.grid.transposed:
            row, column = column, row
        return row, name_column(column)

    def name_line(self, row: int) -> str:
        """Name a row of the grid as the file's user sees it."""
        return f"{name_column(row)} 列" if self.grid.transposed else f"第 {row} 行"

    def name_file_column(self, column: int) -> str:
        """Name a column of the grid as the file's user sees it."""
        return f"第 {column} 行" if self.grid.transposed else f"{name_column(column)} 列"

    def add_problem(self, message: str, *, row: int = 0, column: int = 0, severity: Severity = "error", raw: str = "") -> None:
        """Note a problem at a row, a column, a cell (both) or the sheet (neither)."""
        if len(self.problems) >= limits.MAX_PROBLEMS:
            self.unlisted += 1
            return
        if self.grid.transposed:
            row, column = column, row
        letters = name_column(column)
        self.problems.append(Problem(self.grid.name, row or None, letters, severity, message, raw))

    def add_cell_problem(self, source_heading: str, message: str, *, row: int, column: int, severity: Severity = "error") -> None:
        """Note a problem of one cell, its place first."""
        file_row, letters = self.find_place(row, column)
        heading = f"「{shorten_text(source_heading)}」" if source_heading else ""
        raw = self.grid.own_cell(row, column).text
        self.add_problem(f"第 {file_row} 行 {letters} 列{heading}:{message}", row=row, column=column, severity=severity, raw=raw)

    def ignore_row(self, row: int, text: str, why: str) -> None:
        """Note a row that is not read."""
        self.ignored.append(Ignored(self.grid.name, self.name_line(row), shorten_text(text), why))

    def ignore_column(self, column: int, text: str, why: str) -> None:
        """Note a column that is not read."""
        self.ignored.append(Ignored(self.grid.name, self.name_file_column(column), shorten_text(text), why))

    def add_column(self, column: int, heading: str, meaning: str, *, indicator: str = "", field: str = "", unit: str = "") -> None:
        """Note what a column was taken for."""
        self.columns.append(
            Recognised(self.grid.name, self.name_file_column(column), shorten_text(heading), meaning, indicator, field, unit)
        )

    def find_factor(self, heading: Heading, indicator: Indicator, text: str, *, row: int, column: int) -> Decimal | None:
        """Give the factor from the written unit to the indicator's; None, with a problem, where it is not certain."""
        if not heading.measure:
            return Decimal(1)
        factor = compare_units(heading.measure, indicator.unit)
        wanted = indicator.unit or "无单位"
        if factor is None:
            self.add_cell_problem(
                text,
                f"写的单位是「{heading.measure}」,而「{indicator.name}」的单位是「{wanted}」,请改用「{wanted}」填报",
                row=row,
                column=column,
            )
            return None
        if factor != 1:
            self.add_cell_problem(
                text,
                f"按「{heading.measure}」填写,已乘以 {print_value(factor)} 换算为「{wanted}」",
                row=row,
                column=column,
                severity="note",
            )
        return factor

    def take_figure(self, source: Source, row: int, column: int) -> None:
        """Read one cell as a figure and keep it, or say what is wrong."""
        cell = self.grid.own_cell(row, column)
        pair = (source.unit, source.indicator.code)
        if pair not in self.request.allowed:
            self.refuse_figure(source, cell, row, column)
            return
        place = self.find_place(row, column)
        shown_place = f"第 {place[0]} 行 {place[1]} 列"
        key = (*pair, source.field)
        if key in self.seen:
            self.add_cell_problem(source.heading, f"与{self.seen[key]}重复,只能保留一处", row=row, column=column)
            self.troubled.add(pair)
            return
        self.seen[key] = shown_place
        try:
            figure = read_figure(cell, source.indicator, factor=source.factor, exact=source.exact)
        except NotAFigureError as trouble:
            self.add_cell_problem(source.heading, str(trouble), row=row, column=column)
            self.troubled.add(pair)
            return
        if figure.note:
            self.add_cell_problem(source.heading, figure.note, row=row, column=column, severity="note")
        self.cells.append(
            Cell(source.unit, source.indicator.code, source.field, figure.value, self.grid.name, place[0], place[1], cell.text)
        )

    def refuse_figure(self, source: Source, cell: RawCell, row: int, column: int) -> None:
        """Handle a cell that this sender does not fill: blank is fine, the known figure is a note, else an error."""
        if cell.kind == "text" and is_blank(cell.text):
            return
        unit_name = self.names.units[source.unit].name
        what = f"「{unit_name}」的「{source.indicator.name}」不由您填报"
        if source.field == "actual" and self.is_known(source, cell):
            self.add_cell_problem(source.heading, f"{what},与已有数字相同,未读取", row=row, column=column, severity="note")
            return
        self.add_cell_problem(source.heading, f"{what},请清空这一格", row=row, column=column)

    def is_known(self, source: Source, cell: RawCell) -> bool:
        """Whether a cell repeats the figure already held."""
        known = self.request.known.get((source.unit, source.indicator.code))
        if known is None:
            return False
        try:
            return read_figure(cell, source.indicator, factor=source.factor, exact=source.exact).value == known
        except NotAFigureError:
            return False

    def note_hidden(self, rows: set[int], columns: set[int]) -> None:
        """Say which hidden rows and columns were read."""
        hidden_rows = sorted(rows & self.grid.hidden_rows)
        hidden_columns = sorted(columns & self.grid.hidden_columns)
        for row in hidden_rows:
            self.add_problem(f"{self.name_line(row)}是隐藏的,已照常读取", row=row, severity="note")
        for column in hidden_columns:
            self.add_problem(f"{self.name_file_column(column)}是隐藏的,已照常读取", column=column, severity="note")

    def check_width(self, row: int, header: int) -> bool:
        """Whether a row of a delimited text has no more fields than its header; 3,456.7 without quotes makes two."""
        width = self.grid.lengths.get(header, 0)
        if self.grid.transposed or self.grid.lengths.get(row, 0) <= width:
            return True
        self.add_cell_problem(
            "", "这一行比表头多出几格;如果数字里有逗号(如 3,456),请去掉逗号,或另存为 .xlsx 再传", row=row, column=width + 1
        )
        return False

    def check_field(self, field: Field, column: int, text: str) -> bool:
        """Whether figures of a field are asked for; if not, the column is ignored."""
        if field == "actual" or field in self.request.extra_fields:
            return True
        self.ignore_column(column, text, f"本次不收{FIELD_NAMES[field]}")
        return False

    def finish_reading(self, filename: str, kind: str, form: Form) -> Reading:
        """Give everything as a reading."""
        if self.unlisted:
            self.problems.append(Problem(self.grid.name, None, "", "error", f"还有 {self.unlisted} 处问题没有列出,请先改好以上各处再传"))
        return Reading(
            filename=filename,
            format=kind,
            sheet=self.grid.name,
            form=form,
            cells=tuple(self.cells),
            problems=tuple(self.problems),
            columns=tuple(self.columns),
            ignored=tuple(self.ignored),
            blanks=self.list_blanks(),
        )

    def list_blanks(self) -> tuple[Blank, ...]:
        """Give what is asked for and not there, in the request's order."""
        read = {(cell.unit, cell.indicator): cell for cell in self.cells if cell.field == "actual"}
        blanks: list[Blank] = []
        for unit in self.request.units:
            for indicator in self.request.indicators:
                pair = (unit.code, indicator.code)
                if pair not in self.request.allowed or pair in self.troubled:
                    continue
                cell = read.get(pair)
                if cell is None:
                    blanks.append(Blank(*pair))
                elif cell.value is None and not cell.raw.strip():
                    blanks.append(Blank(*pair, cell.row, cell.column))
        return tuple(blanks)

    def refuse_month(self, month_text: str, row: int, column: int) -> None:
        """Say that a sheet is of another month."""
        asked = print_month(self.request.period)
        if row:
            self.add_cell_problem("", f"表上写的是 {month_text},而现在要填报的是 {asked},请核对是否传错了表", row=row, column=column)
            return
        self.add_problem(f"工作表「{self.grid.name}」写的是 {month_text},而现在要填报的是 {asked},请核对是否传错了表")
