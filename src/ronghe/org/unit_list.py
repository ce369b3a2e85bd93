"""Reading a list of units: a sheet of 班站 and 组室 as plain cells in, units and problems out. Pure: what the area has comes with it.

It may stand in the same workbook as the 花名册: the sheet that names 单位 and 类别 (or 赛道) and no 姓名 is this one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from ronghe.common.sheets.grid import Grid
from ronghe.common.sheets.problems import Problem
from ronghe.common.sheets.text import key_text, name_column, shorten_text, widen_text
from ronghe.org.roster import BLANKS, HEADER_ROWS, TOTALS, parse_day, spell
from ronghe.org.rules import is_code, split_names

MOST_UNITS: Final = 200
HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("单位", "单位名称", "名称", "班站", "班站名称"),
    "code": ("编码", "单位编码"),
    "kind": ("类别", "单位类别"),
    "track": ("赛道", "考核赛道"),
    "group": ("党小组", "建党小组"),
    "since": ("设立日期", "设立", "起日"),
    "aliases": ("别名", "简称", "其他叫法"),
}
KINDS: Final = {
    "班站": "station",
    "站": "station",
    "班组": "station",
    "站队": "station",
    "组室": "office",
    "室": "office",
    "科室": "office",
    "机关": "office",
}
ENDS: Final = {"station": ("站", "班", "队"), "office": ("室", "科", "部", "中心", "组")}
YES: Final = ("是", "有", "√", "Y", "建")
NO: Final = ("否", "没有", "×", "N", "不建")


@dataclass(frozen=True)
class KnownPlace:
    """What an area has: the names that are taken, its codes, its tracks by name and code, and how its own code begins."""

    names: frozenset[str]
    codes: frozenset[str]
    tracks: Mapping[str, str]
    prefix: str
    today: date


@dataclass(frozen=True)
class UnitLine:
    """One unit to be set up. `track` is a code, `group` the name of its 党小组; '' for none."""

    row: int
    name: str
    code: str
    kind: str
    track: str
    group: str
    since: date
    aliases: tuple[str, ...] = ()


@dataclass
class UnitReading:
    """All of it. `sheet` is the one that was read."""

    sheet: str = ""
    lines: list[UnitLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        return [one for one in self.problems if one.severity == "error"]

    @property
    def notes(self) -> list[Problem]:
        return [one for one in self.problems if one.severity == "note"]


def refuse_units(message: str) -> UnitReading:
    return UnitReading(problems=[Problem("", None, "", "error", message)])


def read_units(grids: Iterable[Grid], known: KnownPlace) -> UnitReading:
    """Read the first visible sheet that names units with their kind or track, and no people."""
    grids = list(grids)
    for grid in sorted((one for one in grids if not one.trouble), key=lambda one: not one.visible):
        for row in range(1, min(HEADER_ROWS, grid.height) + 1):
            columns = find_heads(grid, row)
            if "name" in columns and ("kind" in columns or "track" in columns):
                return UnitReader(grid, row, columns, known).read()
    trouble = next((one.trouble for one in grids if one.trouble), "")
    return refuse_units(trouble or "没有找到表头:前 20 行里须有一行写着“单位”“类别”(或“赛道”)。可以下载模板照着填")


def find_heads(grid: Grid, row: int) -> dict[str, int]:
    wanted = {key_text(name): part for part, names in HEADS.items() for name in names}
    found: dict[str, int] = {}
    for column, cell in grid.own_row(row):
        if key_text(cell.text) == key_text("姓名"):
            return {}
        part = wanted.get(key_text(cell.text))
        if part is not None:
            found.setdefault(part, column)
    return found


class UnitReader:
    """Reads the rows below the header."""

    def __init__(self, grid: Grid, header: int, columns: dict[str, int], known: KnownPlace) -> None:
        self.grid, self.header, self.columns, self.known = grid, header, columns, known
        self.found = UnitReading(grid.name)
        self.taken = {spell(name) for name in known.names}
        self.codes: dict[str, int] = dict.fromkeys(
            (code.lower() for code in known.codes), 0
        )  # code → its row, 0 for one that the plant has
        self.seen: dict[str, int] = {}

    def read(self) -> UnitReading:
        for row in range(self.header + 1, self.grid.height + 1):
            texts = [self.text(row, part) for part in self.columns]
            first = next((text for text in texts if text), "")
            if not first:
                continue
            if sum(1 for text in texts if text) == 1 and any(key_text(first).startswith(key_text(word)) for word in TOTALS):
                self.complain(row, "", "这一行像合计或说明,没有读取", note=True)
                continue
            self.read_row(row)
        if len(self.found.lines) > MOST_UNITS:
            return refuse_units(f"一次最多导入 {MOST_UNITS} 个单位。")
        if not self.found.lines and not self.found.problems:
            return refuse_units("表头下面没有单位。")
        return self.found

    def text(self, row: int, part: str) -> str:
        if part not in self.columns:
            return ""
        text = widen_text(self.grid.shown_text(row, self.columns[part])).strip()
        return "" if part != "group" and text in BLANKS else text

    def complain(self, row: int, part: str, message: str, *, note: bool = False) -> None:
        column = name_column(self.columns[part]) if part in self.columns else ""
        raw = self.text(row, part) if part else ""
        self.found.problems.append(Problem(self.grid.name, row, column, "note" if note else "error", message, shorten_text(raw)))

    def read_row(self, row: int) -> None:
        name = self.text(row, "name")
        if not name:
            self.complain(row, "name", "没有写单位名称")
            return
        if spell(name) in self.taken:
            self.complain(row, "name", f"“{shorten_text(name)}”已经有了,这一行不重复导入", note=True)
            return
        if len(name) > 60:
            self.complain(row, "name", "名称超过 60 个字")
        if spell(name) in self.seen:
            self.complain(row, "name", f"与第 {self.seen[spell(name)]} 行是同一个单位")
        self.seen.setdefault(spell(name), row)
        aliases = tuple(split_names(self.text(row, "aliases")))
        for alias in aliases:
            if spell(alias) in self.taken or self.seen.get(spell(alias), row) != row:
                self.complain(row, "aliases", f"“{shorten_text(alias)}”已是别的单位的名称或别名")
            self.seen.setdefault(spell(alias), row)
        self.found.lines.append(
            UnitLine(
                row, name, self.read_code(row), self.read_kind(row, name), self.read_track(row), self.read_group(row, name),
                self.read_since(row), aliases,
            )
        )  # fmt: skip

    def read_code(self, row: int) -> str:
        """Return the code; where none is given the next free number behind the area's own."""
        code = self.text(row, "code")
        if not code:
            number = 1
            while f"{self.known.prefix}-{number:02d}".lower() in self.codes:
                number += 1
            code = f"{self.known.prefix}-{number:02d}"
        elif not is_code(code):
            self.complain(row, "code", "编码只用字母、数字、- 和 _,以字母或数字开头")
        elif code.lower() in self.codes:
            other = self.codes[code.lower()]
            self.complain(row, "code", f"与第 {other} 行的编码相同" if other else "这个编码已有单位使用")
        self.codes.setdefault(code.lower(), row)
        return code

    def read_kind(self, row: int, name: str) -> str:
        text = self.text(row, "kind")
        kind = KINDS.get(text, "") if text else next((kind for kind, ends in ENDS.items() if name.endswith(ends)), "")
        if not kind:
            self.complain(row, "kind" if "kind" in self.columns else "name", "类别请写“班站”或“组室”")
        return kind

    def read_track(self, row: int) -> str:
        text = self.text(row, "track")
        if not text:
            return ""
        code = self.known.tracks.get(key_text(text), "")
        if not code:
            self.complain(row, "track", "没有这条赛道,请先在「赛道」里设立;不参加排名的留空")
        return code

    def read_group(self, row: int, name: str) -> str:
        """Return the name of the unit's own 党小组: 是 or nothing for the usual name, 否 for none, any other text is its name."""
        text = self.text(row, "group")
        if text in NO or (text in BLANKS and text):
            return ""
        group = f"{name}党小组" if not text or text in YES else text
        if len(group) > 60:
            self.complain(row, "group", "党小组名称超过 60 个字")
        return group

    def read_since(self, row: int) -> date:
        text = self.text(row, "since")
        if not text:
            self.complain(row, "since" if "since" in self.columns else "name", "没有写设立日期,按今天设立,上个月不参加排名", note=True)
            return self.known.today
        day = parse_day(text)
        if day is None or not date(1950, 1, 1) <= day <= date(self.known.today.year + 1, 12, 31):
            self.complain(row, "since", "日期认不出来或不合理,请写成 2026-01-01")
            return self.known.today
        return day
