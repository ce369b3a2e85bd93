"""An .xlsx to plain cells, read as a stream.

Not with calamine: it gives values, but neither number formats (is 0.95 shown as 95 %?), nor hidden rows, nor formulas
without a stored value, and it unpacks all shared strings first. Reading the XML once gives all of these within limits.
"""

import datetime
import posixpath
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from ronghe.common.sheets import limits
from ronghe.common.sheets.archive import BROKEN, Archive, refuse_strangers
from ronghe.common.sheets.container import NotASheetError
from ronghe.common.sheets.grid import Grid, Range, RawCell, SheetTooLargeError, check_merge
from ronghe.common.sheets.markup import Attributes, Handler, drop_prefix, parse_markup
from ronghe.common.sheets.styles import Shown, StyleHandler, read_whole
from ronghe.common.sheets.text import count_column

PLACE: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
EPOCH_1900: Final = datetime.date(1899, 12, 30)
EPOCH_1904: Final = datetime.date(1904, 1, 1)
LAST_DAY: Final = 2_900_000


class BookHandler(Handler):
    """Collects the sheets of xl/workbook.xml: (name, relation id, visible)."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.epoch = EPOCH_1900

    def open_tag(self, name: str, attributes: Attributes) -> None:
        if name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self.epoch = EPOCH_1904
        if name == "sheet":
            visible = attributes.get("state", "visible") == "visible"
            key = next((value for word, value in attributes.items() if drop_prefix(word) == "id"), "")
            self.sheets.append((attributes.get("name", ""), key, visible))


class RelationHandler(Handler):
    """Collects relations: id to (kind, target)."""

    def __init__(self) -> None:
        self.targets: dict[str, tuple[str, str]] = {}

    def open_tag(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.targets[attributes.get("Id", "")] = (kind, attributes.get("Target", ""))


class StringHandler(Handler):
    """Collects the shared strings; phonetic guides are left out."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self.parts: list[str] = []
        self.length = 0
        self.inside = False
        self.skipping = False

    def open_tag(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self.parts = []
        self.inside = name == "t" and not self.skipping
        self.skipping = self.skipping or name == "rPh"

    def add_text(self, text: str) -> None:
        if not self.inside:
            return
        self.length += len(text)
        if self.length > limits.MAX_STRING_CHARACTERS:
            raise NotASheetError("文件里的文字多得不正常,已拒绝读取。请另存一份只含要上报内容的 .xlsx 再传")
        self.parts.append(text)

    def close_tag(self, name: str) -> None:
        self.inside = False
        if name == "rPh":
            self.skipping = False
        if name != "si":
            return
        if len(self.strings) >= limits.MAX_STRINGS:
            raise NotASheetError(f"文件里的文字超过 {limits.MAX_STRINGS} 条的上限,请另存一份只含要上报内容的 .xlsx 再传")
        self.strings.append(clean_text("".join(self.parts)))


class SheetHandler(Handler):
    """Fills a grid from one worksheet part. SheetTooLargeError at the first cell that passes a limit."""

    def __init__(self, grid: Grid, strings: list[str], styles: list[Shown], epoch: datetime.date) -> None:
        self.grid, self.strings, self.styles, self.epoch = grid, strings, styles, epoch
        self.row = self.column = 0
        self.attributes: Attributes = {}
        self.value: list[str] = []
        self.target: list[str] | None = None
        self.formula = self.valued = False

    def open_tag(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self.start_cell(attributes)
        elif name in ("v", "t"):
            self.valued = True
            self.target = self.value
        elif name == "f":
            self.formula = True
        elif name == "row":
            self.start_row(attributes)
        elif name == "col":
            self.hide_columns(attributes)
        elif name == "mergeCell":
            self.add_merge(attributes.get("ref", ""))

    def add_text(self, text: str) -> None:
        if self.target is not None and len(self.target) <= limits.MAX_CELL_TEXT:
            self.target.append(text)

    def close_tag(self, name: str) -> None:
        if name in ("v", "t"):
            self.target = None
        if name == "c":
            self.end_cell()

    def start_row(self, attributes: Attributes) -> None:
        """Take a row's number and whether it is hidden."""
        number = read_whole(attributes.get("r", ""))
        self.row = number if number > 0 else self.row + 1
        self.column = 0
        if attributes.get("hidden") in ("1", "true") and self.row <= limits.MAX_ROWS:
            self.grid.hidden_rows.add(self.row)

    def hide_columns(self, attributes: Attributes) -> None:
        """Take the columns that are hidden."""
        if attributes.get("hidden") not in ("1", "true"):
            return
        first, last = read_whole(attributes.get("min", "")), read_whole(attributes.get("max", ""))
        self.grid.hidden_columns.update(range(max(first, 1), min(last, limits.MAX_COLUMNS) + 1))

    def add_merge(self, area: str) -> None:
        """Take a merged range."""
        merged = read_area(area)
        if merged is None:
            return
        check_merge(self.grid.name, merged)
        if len(self.grid.merges) >= limits.MAX_MERGES:
            raise SheetTooLargeError(f"工作表「{self.grid.name}」的合并单元格超过 {limits.MAX_MERGES} 处,请取消不必要的合并再传")
        self.grid.merges.append(merged)

    def start_cell(self, attributes: Attributes) -> None:
        """Take a cell's place; some writers leave it out."""
        found = PLACE.fullmatch(attributes.get("r", ""))
        if found is None:
            self.column += 1
        else:
            self.column, self.row = count_column(found.group(1)), int(found.group(2))
        self.attributes, self.value = attributes, []
        self.formula = self.valued = False

    def end_cell(self) -> None:
        """Put the finished cell into the grid."""
        text = "".join(self.value)[: limits.MAX_CELL_TEXT]
        cell = self.make_cell(self.attributes.get("t", "n"), text)
        if cell is not None and self.row > 0:
            self.grid.add_cell(self.row, self.column, cell)

    def make_cell(self, kind: str, text: str) -> RawCell | None:
        """Give the plain cell for a type and its stored text; None for an empty one."""
        if kind == "s":
            number = read_whole(text.strip())
            return self.make_text(self.strings[number] if 0 <= number < len(self.strings) else "")
        if kind in ("str", "inlineStr"):
            return self.make_text(clean_text(text))
        if not text.strip():
            return RawCell("lost", "公式", formula=True) if self.formula else None
        if kind == "e":
            return RawCell("error", text.strip(), formula=self.formula)
        if kind == "b":
            return RawCell("bool", "TRUE" if text.strip() == "1" else "FALSE", formula=self.formula)
        if kind == "d":
            return RawCell("date", text.strip()[:10], formula=self.formula)
        return self.make_number(text.strip())

    def make_text(self, text: str) -> RawCell:
        """Give a text cell."""
        return RawCell("text", text, formula=self.formula)

    def make_number(self, text: str) -> RawCell:
        """Give a number cell, or a date where its format shows one."""
        number = round_double(text)
        if number is None:
            return RawCell("number", text, formula=self.formula)
        style = read_whole(self.attributes.get("s", "0"))
        shown = self.styles[style] if 0 <= style < len(self.styles) else "plain"
        if shown == "date":
            return RawCell("date", print_date(number, self.epoch), number, formula=self.formula)
        text = print_number(number, percent=shown == "percent")
        return RawCell("number", text, number, percent=shown == "percent", formula=self.formula)


def read_xlsx(data: bytes, report: Callable[[str, int, int], None]) -> list[Grid]:
    """Read all worksheets of an .xlsx. NotASheetError with a Chinese message where it cannot be read.

    A sheet past a limit comes without cells and says so in `trouble`: another sheet may be the one that matters.
    """
    archive = Archive(data)
    book_name = find_book(archive)
    book = BookHandler()
    parse_markup(archive.read_chunks(book_name), book)
    folder = posixpath.dirname(book_name)
    relations = RelationHandler()
    parse_markup(archive.read_chunks(f"{folder}/_rels/{posixpath.basename(book_name)}.rels"), relations)
    targets = {key: (kind, join_part(folder, target)) for key, (kind, target) in relations.targets.items()}
    styles = StyleHandler()
    strings = StringHandler()
    for kind, target in targets.values():
        if kind == "styles" and archive.has_part(target):
            parse_markup(archive.read_chunks(target), styles)
        if kind == "sharedStrings" and archive.has_part(target):
            parse_markup(archive.read_chunks(target), strings)
    if len(book.sheets) > limits.MAX_SHEETS:
        raise NotASheetError(f"工作簿里有 {len(book.sheets)} 张工作表,上限是 {limits.MAX_SHEETS} 张,请只保留要上报的再传")
    grids: list[Grid] = []
    for place, (name, key, visible) in enumerate(book.sheets):
        kind, target = targets.get(key, ("", ""))
        if kind != "worksheet":
            continue
        report(f"读取工作表「{name}」", place, len(book.sheets))
        grids.append(read_worksheet(archive, target, Grid(name=name, visible=visible), strings, styles, book.epoch))
    if not grids:
        raise NotASheetError("工作簿里没有可读的工作表")
    return grids


def read_worksheet(archive: Archive, target: str, grid: Grid, strings: StringHandler, styles: StyleHandler, epoch: datetime.date) -> Grid:
    """Fill one grid; past a limit it is emptied and says why."""
    handler = SheetHandler(grid, strings.strings, styles.shown, epoch)
    try:
        parse_markup(archive.read_chunks(target), handler)
        grid.spread_merges()
    except SheetTooLargeError as trouble:
        return Grid(name=grid.name, visible=grid.visible, trouble=str(trouble))
    return grid


def find_book(archive: Archive) -> str:
    """Give the path of the workbook part. NotASheetError where the zip is no .xlsx."""
    if archive.has_part("xl/workbook.xml"):
        return "xl/workbook.xml"
    if not archive.has_part("_rels/.rels"):
        refuse_strangers(archive)
    roots = RelationHandler()
    parse_markup(archive.read_chunks("_rels/.rels"), roots)
    for kind, target in roots.targets.values():
        name = join_part("", target)
        if kind == "officeDocument" and name.startswith("xl/") and name.endswith(".xml") and archive.has_part(name):
            return name
    refuse_strangers(archive)
    raise NotASheetError(BROKEN)


def join_part(folder: str, target: str) -> str:
    """Give the path of a part from a relation's target."""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target))


def read_area(text: str) -> Range | None:
    """Give (top, left, bottom, right) of 'A1:C3'; None where it is no range."""
    first, _, last = text.partition(":")
    start, end = PLACE.fullmatch(first), PLACE.fullmatch(last)
    if start is None or end is None:
        return None
    rows = sorted((int(start.group(2)), int(end.group(2))))
    columns = sorted((count_column(start.group(1)), count_column(end.group(1))))
    if rows[0] < 1:
        return None
    return rows[0], columns[0], rows[1], columns[1]


def round_double(text: str) -> Decimal | None:
    """Give a stored double at 15 significant digits, as Excel shows it; None where it is no finite number."""
    try:
        value = float(text)
    except ValueError:
        return None
    if value != value or value in (float("inf"), float("-inf")):
        return None
    return Decimal(format(value, ".15g"))


def print_number(number: Decimal, *, percent: bool) -> str:
    """Give a number as a reader of the sheet sees it, huge ones with an exponent."""
    if percent:
        return f"{print_number(number * 100, percent=False)}%"
    if number != 0 and not -15 < number.adjusted() < 21:
        return str(number)
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def print_date(number: Decimal, epoch: datetime.date) -> str:
    """Give the date that a serial number stands for; the number itself where it is outside the calendar."""
    if not 0 <= number < LAST_DAY:
        return print_number(number, percent=False)
    return (epoch + datetime.timedelta(days=int(number))).isoformat()


def clean_text(text: str) -> str:
    """Give a stored text with Excel's _x000D_ escapes resolved, cut at the limit."""
    text = text[: limits.MAX_CELL_TEXT]
    if "_x" in text:
        text = ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), text)
    # Lone surrogates cannot be written as UTF-8 later.
    return text.encode("utf-8", "replace").decode("utf-8")
