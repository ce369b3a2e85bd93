"""The 监督清单 from a sheet (the unit's own, or the product's export). Plain data in, plain data out: what is wrong is a problem at its cell."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ronghe.common.sheets.grid import Grid
from ronghe.common.sheets.problems import Problem
from ronghe.common.sheets.text import key_text, name_column, shorten_text
from ronghe.supervision.rules.checks import find_fault
from ronghe.worklist.rules.recurrence import LAST, WEEKDAY_WORDS, BadRule, Pattern, check_rule, write_rule

HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "business": ("业务", "业务领域"),
    "what": ("监督什么", "监督内容", "监督事项"),
    "risk": ("风险", "风险点"),
    "supervised": ("监督谁", "监督对象", "责任岗位"),
    "supervisor": ("谁来监督", "监督人", "监督岗位"),
    "rule": ("多久一次", "监督频次", "频次"),
    "per_unit": ("每个单位各一次",),
    "method": ("怎么监督", "监督方式", "监督方法"),
    "basis": ("依据",),
}
LONGEST: Final[Mapping[str, int]] = {"business": 30, "what": 200, "risk": 200, "method": 300, "basis": 300}
HEAD_ROWS: Final = 15
MOST_LINES: Final = 300
YES, NO = ("是", "√", "Y", "TRUE", "1"), ("否", "×", "N", "FALSE", "0", "")
EVERY: Final = (
    (r"每周", "week", 0), (r"每月", "month", 0), (r"每季度?", "quarter", 3), (r"每半年", "half", 6), (r"每年", "year", 12),
)  # fmt: skip


def read_often(text: str) -> str:
    """Return the RRULE of '每季度第 3 个月 18 日' (or of '每月', '每周三', '每年12月最后一天', an RRULE), or raise BadRule.

    A period without a day means its last: 每月 is the month's last day, 每季度 that of its third month.
    """
    plain = re.sub(r"\s+", "", text)
    if "FREQ=" in plain.upper():
        return check_rule(plain)
    found = next((one for one in EVERY if re.match(one[0], plain)), None)
    if found is None:
        raise BadRule("看不懂多久一次,请写成“每周三”“每月 15 日”“每季度第 3 个月 18 日”“每年 6 月 30 日”这样。")
    start, every, months = found
    rest = re.sub(start, "", plain, count=1)
    if every == "week":
        day = re.fullmatch(rf"(?:星期|周)?([{WEEKDAY_WORDS}天])?", rest)
        if day is None:
            raise BadRule("每周的哪一天看不懂,请写成“每周三”这样。")
        return write_rule(Pattern("week", weekday=WEEKDAY_WORDS.index((day[1] or "五").replace("天", "日"))))
    month = months
    if every != "month":
        which = re.match(r"(?:第(\d{1,2})个月|(\d{1,2})月)", rest)
        month = int(which[1] or which[2]) if which else months
        rest = rest[which.end() :] if which else rest
    weekday = re.fullmatch(rf"(?:第(\d)个|(最后一个))(?:星期|周)([{WEEKDAY_WORDS}])", rest)
    if weekday:
        nth = LAST if weekday[2] else int(weekday[1])
        return write_rule(Pattern(every, weekday=WEEKDAY_WORDS.index(weekday[3]), nth=nth, month=month))
    day = re.fullmatch(r"(?:(\d{1,2})[日号]|最后一天)?(?:前)?", rest)
    if day is None:
        raise BadRule("哪一天看不懂,请写成“每月 15 日”“每月最后一天”这样。")
    return write_rule(Pattern(every, day=int(day[1]) if day[1] else LAST, month=month))


@dataclass(frozen=True)
class ReadLine:
    """One line as read; `row` is where it stands."""

    row: int
    values: Mapping[str, Any]


@dataclass
class LineReading:
    """What was read, and what is wrong with it."""

    sheet: str = ""
    lines: list[ReadLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def refuse_lines(message: str) -> LineReading:
    return LineReading(problems=[Problem("", None, "", "error", message)])


def read_lines(grids: Iterable[Grid], supervised: Mapping[str, str], supervisors: Mapping[str, str]) -> LineReading:
    """Read the first sheet that has the heads. The names of posts come by their keys (`key_text`)."""
    for grid in grids:
        for row in range(1, min(grid.height, HEAD_ROWS) + 1):
            columns = find_heads(grid, row)
            if {"business", "what", "supervised", "supervisor"} <= columns.keys():
                missing = [names[0] for name, names in HEADS.items() if name not in columns and name != "per_unit"]
                if missing:
                    return refuse_lines(f"缺少这些列:{'、'.join(missing)}。")
                return Reader(grid, columns, {"supervised": supervised, "supervisor": supervisors}).read(row + 1)
    return refuse_lines("没有找到表头:要有 业务、监督什么、风险、监督谁、谁来监督、多久一次、怎么监督、依据 各列。")


def find_heads(grid: Grid, row: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in range(1, grid.width + 1):
        key = key_text(grid.shown_text(row, column)).partition("(")[0]
        for name, names in HEADS.items():
            if key in map(key_text, names):
                found.setdefault(name, column)
    return found


class Reader:
    """Reads the rows of one sheet."""

    def __init__(self, grid: Grid, columns: dict[str, int], posts: Mapping[str, Mapping[str, str]]) -> None:
        self.grid, self.columns, self.posts = grid, columns, posts
        self.found = LineReading(grid.name)

    def text(self, row: int, name: str) -> str:
        return self.grid.shown_text(row, self.columns[name]).strip().lstrip("'") if name in self.columns else ""

    def complain(self, row: int, name: str, message: str) -> None:
        column = name_column(self.columns[name]) if name in self.columns else ""
        self.found.problems.append(Problem(self.grid.name, row, column, "error", message, shorten_text(self.text(row, name))))

    def read(self, first: int) -> LineReading:
        seen: set[tuple[str, str]] = set()
        for row in range(first, self.grid.height + 1):
            if not any(self.text(row, name) for name in self.columns):
                continue
            values = self.read_row(row)
            key = (key_text(values["business"]), key_text(values["what"]))
            if key in seen:
                self.complain(row, "what", "与前面的行是同一项业务的同一件事")
            seen.add(key)
            self.found.lines.append(ReadLine(row, values))
        if not self.found.lines:
            return refuse_lines("表头下面没有监督事项。")
        if len(self.found.lines) > MOST_LINES:
            return refuse_lines(f"一次最多导入 {MOST_LINES} 条。")
        return self.found

    def read_row(self, row: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, most in LONGEST.items():
            values[name] = self.text(row, name)
            if not values[name]:
                self.complain(row, name, "没有写")
            elif len(values[name]) > most:
                self.complain(row, name, f"最多 {most} 个字")
        for name, posts in self.posts.items():
            values[name] = posts.get(key_text(self.text(row, name)), "")
            if not values[name]:
                self.complain(row, name, f"没有这个岗位,可以写:{'、'.join(posts)}"[:200])
        if values["supervised"] and (fault := find_fault(values["supervisor"], values["supervised"])):
            self.complain(row, "supervisor", fault)
        try:
            values["rule"] = read_often(self.text(row, "rule"))
        except BadRule as problem:
            self.complain(row, "rule", str(problem))
        each = self.text(row, "per_unit").upper()
        if each not in (*YES, *NO):
            self.complain(row, "per_unit", "只能写“是”或“否”")
        values["per_unit"] = each in YES
        return values
