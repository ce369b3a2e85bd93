"""Reading a 花名册: a sheet of people as plain cells in, people and problems out. Pure: what the area knows comes with it.

Columns go by their names in any order; a cell that is not certain is a problem at its cell, and with one nothing is saved.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, Final

from ronghe.common.sheets.grid import Grid
from ronghe.common.sheets.problems import Problem
from ronghe.common.sheets.text import fold_numerals, key_text, name_column, shorten_text, widen_text
from ronghe.org.rules import is_login, is_number

HEADER_ROWS: Final = 20
MOST_PEOPLE: Final = 2_000
HEADINGS: Final = {
    "name": ("姓名", "员工姓名", "职工姓名"),
    "number": ("工号", "员工编号", "职工编号", "职工号", "人员编号", "员工号"),
    "unit": ("单位", "所在单位", "班站", "部门", "所在班站", "班组"),
    "posts": ("岗位", "职务", "任职", "岗位(职务)"),
    "group": ("党小组", "所在党小组"),
    "status": ("政治面貌", "党员类别"),
    "since": ("起日", "入职日期", "入职", "任职日期", "开始日期", "入职/起日", "起始日期"),
    "login": ("登录名", "账号", "用户名"),
}
NAMES: Final = {
    "name": "姓名", "number": "工号", "unit": "单位", "posts": "岗位", "group": "党小组", "status": "政治面貌", "since": "起日", "login": "登录名",
}  # fmt: skip
NEEDED: Final = ("name", "number", "unit")
BLANKS: Final = ("", "无", "-", "/", "—")
TOTALS: Final = ("合计", "总计", "小计", "备注", "说明", "填表人", "注")
PARTY: Final = {
    "中共党员": "full", "党员": "full", "正式党员": "full", "中共正式党员": "full", "中共预备党员": "probationary", "预备党员": "probationary",
}  # fmt: skip


@dataclass(frozen=True)
class KnownUnit:
    """A unit of the area: its code, what it is called, the name of its own 党小组 ('' for none)."""

    code: str
    names: tuple[str, ...]
    group: str = ""


@dataclass(frozen=True)
class KnownPost:
    """A kind of post under its names. `refusal` says why nobody gets it by a roster."""

    kind: str
    names: tuple[str, ...]
    single: bool = False
    refusal: str = ""


@dataclass(frozen=True)
class Known:
    """What the area has, for the reading of its roster."""

    units: tuple[KnownUnit, ...]
    posts: tuple[KnownPost, ...]
    groups: tuple[str, ...]
    people: Mapping[str, str] = field(default_factory=dict)
    logins: frozenset[str] = frozenset()
    today: date = date(2000, 1, 1)


@dataclass(frozen=True)
class Line:
    """One person to be taken in. `posts` are kinds; none: 员工. `status` '' for somebody who is no member."""

    row: int
    name: str
    number: str
    unit: str
    posts: tuple[str, ...]
    group: str
    status: str
    since: str
    login: str


@dataclass(frozen=True)
class RosterReading:
    """All of it. `sheet` is the one that was read."""

    sheet: str = ""
    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(one for one in self.problems if one.severity == "error")

    @property
    def is_clean(self) -> bool:
        return not self.errors and bool(self.lines)


def dump_roster(reading: RosterReading) -> dict[str, Any]:
    """Give the reading as JSON-ready values."""
    return asdict(reading)


def load_roster(values: Mapping[str, Any]) -> RosterReading:
    """Give back what `dump_roster` wrote."""
    lines = tuple(Line(**{**one, "posts": tuple(one["posts"])}) for one in values["lines"])
    return RosterReading(values["sheet"], lines, tuple(Problem(**one) for one in values["problems"]))


def refuse_roster(message: str) -> RosterReading:
    """Give the reading of a file that could not be read at all."""
    return RosterReading(problems=(Problem("", None, "", "error", message),))


def read_roster(grids: Iterable[Grid], known: Known) -> RosterReading:
    """Read the first visible sheet that has the columns 姓名 and 工号."""
    grids = list(grids)
    for grid in sorted((one for one in grids if not one.trouble), key=lambda one: not one.visible):
        found = find_header(grid)
        if found is not None:
            return SheetReader(grid, *found, known).read()
    trouble = next((one.trouble for one in grids if one.trouble), "")
    return refuse_roster(trouble or "没有找到表头:前 20 行里须有一行写着“姓名”“工号”“单位”。可以下载模板照着填")


def find_header(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """Return (row, field → column) of the row that names the columns."""
    wanted = {key_text(name): part for part, names in HEADINGS.items() for name in names}
    for row in range(1, min(HEADER_ROWS, grid.height) + 1):
        columns: dict[str, int] = {}
        for column, cell in grid.own_row(row):
            part = wanted.get(key_text(cell.text))
            if part is not None:
                columns.setdefault(part, column)
        if "name" in columns and "number" in columns:
            return row, columns
    return None


class SheetReader:
    """Reads the rows below the header, keeping what was seen for the checks across rows."""

    def __init__(self, grid: Grid, header: int, columns: dict[str, int], known: Known) -> None:
        self.grid = grid
        self.header = header
        self.columns = columns
        self.known = known
        self.problems: list[Problem] = []
        self.units = {spell(name): unit for unit in known.units for name in unit.names}
        self.posts = {key_text(name): post for post in known.posts for name in post.names}
        self.groups = {spell(name): name for name in known.groups}
        self.groups.update({spell(name): unit.group for unit in known.units if unit.group for name in unit.names})
        self.numbers: dict[str, int] = {}
        self.logins: dict[str, int] = {}
        self.single: dict[str, int] = {}

    def read(self) -> RosterReading:
        missing = [NAMES[part] for part in NEEDED if part not in self.columns]
        if missing:
            self.complain(self.header, "", f"表头缺少{'、'.join(f'“{name}”' for name in missing)}列")
            return RosterReading(self.grid.name, (), tuple(self.problems))
        lines = []
        for row in self.rows():
            line = self.read_line(row)
            if line is not None:
                lines.append(line)
        if len(lines) > MOST_PEOPLE:
            self.complain(None, "", f"一次最多导入 {MOST_PEOPLE} 人,这张表有 {len(lines)} 人,请分开导入")
        if not lines and not self.problems:
            self.complain(None, "", "表头下面没有人员")
        return RosterReading(self.grid.name, tuple(lines), tuple(self.problems))

    def rows(self) -> Iterator[int]:
        """Give the rows that hold somebody; a hidden one is read and said, a total or a note at the foot is passed over."""
        for row in range(self.header + 1, self.grid.height + 1):
            texts = [self.text(row, part) for part in self.columns]
            if not any(texts):
                continue
            first = next(text for text in texts if text)
            if sum(1 for text in texts if text) == 1 and any(key_text(first).startswith(key_text(word)) for word in TOTALS):
                self.complain(row, "", "这一行像合计或说明,没有读取", note=True, raw=first)
                continue
            if row in self.grid.hidden_rows:
                self.complain(row, "", "这一行是隐藏的,也已读取", note=True)
            yield row

    def text(self, row: int, part: str) -> str:
        if part not in self.columns:
            return ""
        text = widen_text(self.grid.shown_text(row, self.columns[part]))
        return "" if text in BLANKS else text

    def complain(self, row: int | None, part: str, message: str, *, note: bool = False, raw: str = "") -> None:
        column = name_column(self.columns[part]) if part in self.columns else ""
        if row is not None and part and not raw:
            raw = self.text(row, part)
        self.problems.append(Problem(self.grid.name, row, column, "note" if note else "error", message, shorten_text(raw)))

    def read_line(self, row: int) -> Line | None:
        """Read one person; None for somebody who is registered already."""
        name = "".join(self.text(row, "name").split())
        number = self.read_number(row)
        if not name:
            self.complain(row, "name", "没有写姓名")
        elif len(name) > 30:
            self.complain(row, "name", "姓名超过 30 个字")
        registered = self.known.people.get(number)
        if registered is not None and registered == name:
            self.complain(row, "number", f"{name} 已登记过,这一行不重复导入", note=True)
            return None
        if registered is not None:
            self.complain(row, "number", f"工号 {number} 已是 {registered} 的")
        unit = self.read_unit(row)
        posts = self.read_posts(row)
        group, status = self.read_party(row, unit)
        if "group_leader" in posts and status != "full":
            self.complain(row, "posts", "党小组长须是本区党小组的正式党员,请填党小组一列")
        return Line(row, name, number, unit.code if unit else "", posts, group, status, self.read_since(row), self.read_login(row))

    def read_number(self, row: int) -> str:
        number = self.text(row, "number")
        if not number:
            self.complain(row, "number", "没有写工号")
        elif not is_number(number):
            self.complain(row, "number", "工号只能是 20 位以内的字母、数字、- 和 _")
        elif number in self.numbers:
            self.complain(row, "number", f"与第 {self.numbers[number]} 行的工号相同")
        self.numbers.setdefault(number, row)
        return number

    def read_unit(self, row: int) -> KnownUnit | None:
        text = self.text(row, "unit")
        if not text:
            self.complain(row, "unit", "没有写单位")
            return None
        unit = self.units.get(spell(text))
        if unit is None:
            near = get_close_matches(spell(text), list(self.units), 1, 0.5)
            hint = f",是不是“{self.units[near[0]].names[0]}”?" if near else ""
            self.complain(row, "unit", f"没有这个单位{hint or ',请先在「单位与岗位」里设立'}")
        return unit

    def read_posts(self, row: int) -> tuple[str, ...]:
        kinds: list[str] = []
        for text in re.split(r"[、,;/\n]+", self.text(row, "posts")):
            if not text.strip():
                continue
            post = self.posts.get(key_text(text))
            if post is None:
                self.complain(row, "posts", f"没有“{shorten_text(text)}”这个岗位;普通员工请写“员工”或留空")
            elif post.refusal:
                self.complain(row, "posts", post.refusal)
            elif post.single and post.kind in self.single:
                self.complain(row, "posts", f"第 {self.single[post.kind]} 行已有人任“{post.names[0]}”")
            elif post.kind not in kinds:
                kinds.append(post.kind)
                if post.single:
                    self.single[post.kind] = row
        return tuple(kind for kind in kinds if kind != "staff" or len(kinds) == 1)

    def read_party(self, row: int, unit: KnownUnit | None) -> tuple[str, str]:
        """Return (name of the 党小组, status), both '' for somebody who is no member."""
        text, face = self.text(row, "group"), key_text(self.text(row, "status"))
        status = PARTY.get(face, "")
        marked = re.fullmatch(r"(.*?)\((预备|预备党员|正式|正式党员)\)", text)
        if marked:
            text, status = marked.group(1), "probationary" if marked.group(2).startswith("预备") else "full"
        if text and face and not status:
            self.complain(row, "status", "写了党小组,政治面貌却不是党员")
        if not text:
            if not status:
                return "", ""
            if unit is not None and not unit.group:
                self.complain(row, "group" if "group" in self.columns else "status", f"“{unit.names[0]}”还没有党小组,请写明编入哪个党小组")
            return (unit.group if unit else "", status)
        group = self.groups.get(spell(text), "")
        if not group:
            self.complain(row, "group", "没有这个党小组,请先在「单位与岗位」里设立")
        return group, status or "full"

    def read_since(self, row: int) -> str:
        """Return the day in ISO form; today where none is given."""
        text = self.text(row, "since")
        if not text:
            return self.known.today.isoformat()
        day = parse_day(text)
        if day is None:
            self.complain(row, "since", "日期认不出来,请写成 2026-10-01")
            return self.known.today.isoformat()
        if not date(1950, 1, 1) <= day <= date(self.known.today.year + 1, 12, 31):
            self.complain(row, "since", "日期不合理,请核对年份")
        return day.isoformat()

    def read_login(self, row: int) -> str:
        login = self.text(row, "login").lower()
        if not login:
            return ""
        if not is_login(login):
            self.complain(row, "login", "登录名须是 2 到 60 个字母、数字或 . _ - @ +")
        elif login in self.known.logins:
            self.complain(row, "login", "登录名已有人使用")
        elif login in self.logins:
            self.complain(row, "login", f"与第 {self.logins[login]} 行的登录名相同")
        self.logins.setdefault(login, row)
        return login


def spell(text: str) -> str:
    """Give the comparable form of a unit's or group's name: 采油一站 and 采油1站 meet."""
    return fold_numerals(key_text(text))


def parse_day(text: str) -> date | None:
    """Return the day in '2026-10-01', '2026.10.1', '2026/10/1', '2026年10月1日', '20261001' or with a time behind it; '2026-10' is its first."""
    plain = text.split(" ")[0].split("T")[0]
    found = re.fullmatch(r"(\d{4})[-./年](\d{1,2})(?:[-./月](\d{1,2})?日?)?", plain) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", plain)
    if found is None:
        return None
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        return datetime(year, month, day).date()  # noqa: DTZ001
    except ValueError:
        return None
