"""培训学时 and 题库 from a sheet. Plain data in, plain data out: what is wrong is a problem at its cell; one problem and nothing is taken in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from ronghe.common.sheets.grid import Grid
from ronghe.common.sheets.problems import Problem
from ronghe.common.sheets.text import key_text, name_column, shorten_text

HEAD_ROWS: Final = 15
MOST: Final = 5000
TRAINING: Final[Mapping[str, tuple[str, ...]]] = {
    "person": ("工号", "姓名", "人员"), "course": ("课程", "培训内容", "课程名称"), "side": ("类别", "党建业务"), "day": ("日期", "培训日期"),
    "hours": ("学时", "课时"), "result": ("成绩", "结果"),
}  # fmt: skip
QUESTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "text": ("题目", "题干"), "a": ("a", "选项a"), "b": ("b", "选项b"), "c": ("c", "选项c"), "d": ("d", "选项d"), "e": ("e", "选项e"),
    "right": ("答案", "正确答案"), "why": ("解析", "说明"),
}  # fmt: skip
LETTERS: Final = "abcde"
YES, NO = {"对", "正确", "√", "是"}, {"错", "错误", "×", "x", "否"}


@dataclass
class Reading:
    """What was read, and what is wrong with it."""

    sheet: str = ""
    lines: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def refuse(message: str) -> Reading:
    return Reading(problems=[Problem("", None, "", "error", message)])


class Table:
    """The rows of the first sheet that has the heads."""

    def __init__(self, grid: Grid, columns: dict[str, int], first: int) -> None:
        self.grid, self.columns, self.first = grid, columns, first
        self.found = Reading(grid.name)

    def rows(self) -> Iterable[int]:
        for row in range(self.first, min(self.grid.height, self.first + MOST) + 1):
            if any(self.grid.own_cell(row, column).text for column in self.columns.values()):
                yield row

    def text(self, row: int, name: str) -> str:
        return self.grid.shown_text(row, self.columns[name]).strip() if name in self.columns else ""

    def complain(self, row: int, name: str, message: str) -> None:
        column = name_column(self.columns[name]) if name in self.columns else ""
        self.found.problems.append(Problem(self.grid.name, row, column, "error", message, shorten_text(self.text(row, name))))


def find_table(grids: Iterable[Grid], heads: Mapping[str, tuple[str, ...]], needed: set[str]) -> Table | None:
    for grid in grids:
        for row in range(1, min(grid.height, HEAD_ROWS) + 1):
            columns: dict[str, int] = {}
            for column in range(1, grid.width + 1):
                key = key_text(grid.shown_text(row, column)).partition("(")[0]
                for name, names in heads.items():
                    if key in names:
                        columns.setdefault(name, column)
            if needed <= columns.keys():
                return Table(grid, columns, row + 1)
    return None


def read_day(text: str) -> date | None:
    plain = text.strip().replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-")[:10]
    try:
        return datetime.strptime(plain, "%Y-%m-%d").date()  # noqa: DTZ007
    except ValueError:
        return None


def read_training(grids: Iterable[Grid], people: Mapping[str, tuple[int, ...]], today: date) -> Reading:
    """Read who took which course. `people`: key of a name or number → ids."""
    table = find_table(grids, TRAINING, {"person", "course", "day", "hours"})
    if table is None:
        return refuse("没有找到表头:要有 工号(或姓名)、课程、日期、学时 四列;类别(党建/业务)、成绩可以没有")
    seen: set[tuple[int, str, date]] = set()
    for row in table.rows():
        ids = people.get(key_text(table.text(row, "person")), ())
        if len(ids) != 1:
            table.complain(row, "person", "有重名,请写工号" if ids else "不认识这个人")
        course = table.text(row, "course")[:100]
        if not course:
            table.complain(row, "course", "没有写")
        day = read_day(table.text(row, "day"))
        if day is None or day > today or day.year < today.year - 5:
            table.complain(row, "day", "不是可用的日期(今天以前、五年以内)")
        hours = read_hours(table.text(row, "hours"))
        if hours is None:
            table.complain(row, "hours", "学时应是 0 到 200 的数")
        side = {"党建": "party", "业务": "business", "": "business"}.get(table.text(row, "side"))
        if side is None:
            table.complain(row, "side", "应写 党建 或 业务")
        if len(ids) == 1 and course and day and hours is not None and side:
            if (ids[0], course, day) in seen:
                table.complain(row, "course", "同一个人同一天同一门课写了两次")
            seen.add((ids[0], course, day))
            table.found.lines.append(
                {"person": ids[0], "course": course, "day": day, "hours": hours, "side": side, "result": table.text(row, "result")[:30]}
            )
    return table.found if table.found.lines or table.found.problems else refuse("表头下面没有内容")


def read_hours(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value.quantize(Decimal("0.1")) if value.is_finite() and 0 <= value <= 200 else None


def read_questions(grids: Iterable[Grid]) -> Reading:
    """Read questions: options A to E and the letters that are right; 对/错 without options."""
    table = find_table(grids, QUESTIONS, {"text", "right", "why"})
    if table is None:
        return refuse("没有找到表头:要有 题目、答案、解析 三列,选择题还要有 A、B、C、D 列")
    seen: set[str] = set()
    for row in table.rows():
        text, why, right = table.text(row, "text")[:500], table.text(row, "why")[:500], table.text(row, "right").lower().strip()
        options = [table.text(row, letter)[:200] for letter in LETTERS]
        options = options[: max((place for place, one in enumerate(options, 1) if one), default=0)]
        if not text:
            table.complain(row, "text", "没有写")
        elif text in seen:
            table.complain(row, "text", "题目重复")
        seen.add(text)
        if not why:
            table.complain(row, "why", "没有写解析:答错的人要看得懂为什么")
        chosen = read_right(right, options)
        if not options:
            options = ["对", "错"]
        if "" in options:
            table.complain(row, "a", "选项中间有空格")
        if not chosen:
            table.complain(row, "right", "答案应是选项的字母(如 A、AC),判断题写 对 或 错")
        if text and why and chosen:
            table.found.lines.append({"text": text, "options": options, "right": chosen, "why": why})
    return table.found if table.found.lines or table.found.problems else refuse("表头下面没有题目")


def read_right(text: str, options: list[str]) -> list[int]:
    if not options:
        return [0] if text in YES else [1] if text in NO else []
    letters = [sign for sign in text if sign not in ",,、 "]
    places = [LETTERS.find(sign) for sign in letters]
    return sorted(set(places)) if letters and all(0 <= place < len(options) for place in places) else []
