"""重点工程, pure: what a type's stages and forms must be, which stage is open, how fields are written as lines."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

MOST_STAGES, MOST_FORMS = 20, 20
OPEN, CHECKED = ("open", "returned"), "checked"
FIELD_KINDS = {
    "一行文字": "text", "多行文字": "long", "数": "number", "日期": "date", "是否": "yesno", "选择": "choice", "小标题": "section",
}  # fmt: skip
KIND_WORDS = {code: word for word, code in FIELD_KINDS.items()}


class BadLine(ValueError):
    """A line that is no field; the message says which and why."""


def find_current(stages: Iterable[tuple[int, str]]) -> int:
    """Return the stage that is open: the first with a form that is not checked; one past the last where all are.

    `stages`: (stage, state) of every form.
    """
    rows = list(stages)
    return min((stage for stage, state in rows if state != CHECKED), default=max((stage for stage, _state in rows), default=-1) + 1)


def find_bar_to_filing(stage: int, current: int, state: str, *, stopped: bool) -> str:
    """Return why a form may not be filled in now, or ''. There is no way around a stage."""
    if stopped:
        return "工程已叫停,恢复以前不能填报。"
    if stage > current:
        return "前面阶段的表单还没有全部核验,这一阶段没有开放。"
    if state not in OPEN:
        return "这张表单现在不能填报。"
    return ""


def find_bar_to_checking(actor: int, *, checker: int, filer: int | None) -> str:
    """Return why this person may not check a form, or ''."""
    if actor == filer:
        return "填报人不能核验自己填的表单。"
    if actor != checker:
        return "由指定的核验人核验。"
    return ""


def plan_dates(start: date, days: Sequence[int]) -> list[date]:
    """Return until when each stage is planned: one after the other."""
    dates, day = [], start
    for one in days:
        day += timedelta(days=one)
        dates.append(day)
    return dates


def take_as_typed(word: str, _words: Iterable[str]) -> str:
    return word


def read_fields_text(text: str, find_word: Callable[[str, Iterable[str]], str] = take_as_typed) -> list[list[Any]]:
    """Return rows [code, label, kind, required, choices] of lines like '开工日期 | 日期 | 必填' or '等级 | 选择 | 必填 | 甲、乙'.

    `find_word(typed, words)` knows what else these words are called.
    """
    rows: list[list[Any]] = []
    for number, line in enumerate((one.strip() for one in text.splitlines()), 1):
        if not line:
            continue
        label, *rest = [part.strip() for part in line.replace("\uff5c", "|").split("|")]
        word = find_word(rest[0], FIELD_KINDS) if rest and rest[0] else "一行文字"
        if word not in FIELD_KINDS:
            raise BadLine(f"第 {number} 行:没有“{word}”这种栏目,可用 {'、'.join(FIELD_KINDS)}。")
        if not label:
            raise BadLine(f"第 {number} 行没有栏目名称。")
        need = find_word(rest[1], ("必填", "选填")) if len(rest) > 1 else ""
        if need not in ("", "必填", "选填"):
            raise BadLine(f"第 {number} 行:第三格写“必填”或留空。")
        listed = (rest[2] if len(rest) > 2 else "").replace(",", "、").replace("\uff0c", "、")
        choices = [one.strip() for one in listed.split("、") if one.strip()]
        rows.append([f"f{len(rows) + 1}", label, FIELD_KINDS[word], need == "必填", choices])
    return rows


def write_fields_text(rows: Iterable[Sequence[Any]]) -> str:
    """Return the lines of stored rows; `read_fields_text` gives the same rows back, codes numbered anew."""
    lines = []
    for row in rows:
        parts = [row[1], KIND_WORDS[row[2]]]
        choices = "、".join(row[4]) if len(row) > 4 else ""
        if row[3] or choices:
            parts.append("必填" if row[3] else "")
        if choices:
            parts.append(choices)
        lines.append(" | ".join(parts))
    return "\n".join(lines)


def read_roles_text(text: str) -> list[list[str]]:
    """Return [code, name] of one role a line."""
    names = list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    return [[f"r{number}", name] for number, name in enumerate(names, 1)]


def find_faults(template: dict[str, Any], find_field_faults: Any) -> list[str]:
    """Return what is missing before a type may be used; `find_field_faults(rows)` tells of a form's fields."""
    faults = []
    roles = {code for code, _name in template.get("roles", [])}
    stages = template.get("stages", [])
    if len(roles) < 2:
        faults.append("至少要有两个角色:填报的和核验的不能是同一个人。")
    if not stages:
        faults.append("至少要有一个阶段。")
    if len(stages) > MOST_STAGES:
        faults.append(f"最多 {MOST_STAGES} 个阶段。")
    for stage in stages:
        if not stage["forms"]:
            faults.append(f"“{stage['name']}”没有表单:没有核验的阶段不能把关。")
        if len(stage["forms"]) > MOST_FORMS:
            faults.append(f"“{stage['name']}”最多 {MOST_FORMS} 张表单。")
        for form in stage["forms"]:
            where = f"“{stage['name']}”的“{form['name']}”"
            if form["fill"] not in roles or form["check"] not in roles:
                faults.append(f"{where}的填报人或核验人不是本类工程的角色。")
            elif form["fill"] == form["check"]:
                faults.append(f"{where}的填报人和核验人是同一个角色。")
            faults += [f"{where}:{fault}" for fault in find_field_faults(form["fields"])]
    return faults


def find_same_people(template: dict[str, Any], people: dict[str, int]) -> list[str]:
    """Return the forms that one person would both fill in and check, by who was put into the roles."""
    return [
        f"{stage['name']}:{form['name']}"
        for stage in template["stages"]
        for form in stage["forms"]
        if people.get(form["fill"]) == people.get(form["check"])
    ]
