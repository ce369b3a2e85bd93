"""A guide as a document for a month, and what a change would do to the next one before it is saved."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ronghe.org.models import Post, Unit
from ronghe.worklist.models import Guide, GuideItem
from ronghe.worklist.packs import read_minutes
from ronghe.worklist.queries.months import describe_month, is_year_confirmed
from ronghe.worklist.rules.recurrence import describe_rule, list_occurrences, read_month


@dataclass(frozen=True)
class ItemLine:
    """One item of the document."""

    item: GuideItem
    when: str
    dates: str
    units: str
    steps: list[str]
    changed: str


@dataclass(frozen=True)
class Chapter:
    title: str
    lines: list[ItemLine]


def write_dates(days: list[date]) -> str:
    return "、".join(f"{day.month}月{day.day}日" for day in days)


def read_document(guide: Guide, month: str) -> list[Chapter]:
    """Return the items that hold in a month by category, with their dates in it. Three queries."""
    about = describe_month(guide.area_id, month)
    rows = guide.items.between(about.first, about.last).prefetch_related("units")  # type: ignore[attr-defined]
    chapters: dict[str, list[ItemLine]] = {}
    for item in rows.order_by("order", "number"):
        days = [
            one.due
            for one in list_occurrences(item.rule, month, item.shift, about.works)
            if item.valid_from <= one.planned <= (item.valid_to or one.planned)
        ]
        changed = ""
        if item.valid_to is not None and item.valid_to >= about.last:
            changed = f"执行到 {item.valid_to}"
        elif item.number > 1:
            changed = f"第 {item.number} 版,自 {item.valid_from}:{item.reason}"
        chapters.setdefault(item.category, []).append(
            ItemLine(
                item,
                describe_rule(item.rule),
                write_dates(days),
                "、".join(unit.name for unit in item.units.all()),
                item.step_lines,
                changed,
            )
        )
    return [Chapter(title, lines) for title, lines in chapters.items()]


@dataclass(frozen=True)
class Coming:
    """A change that is saved and begins later."""

    day: date
    text: str


def list_coming(guide: Guide, month: str) -> list[Coming]:
    """Return what changes after a month. One query."""
    _first, last = read_month(month)
    found = []
    for item in guide.items.order_by("valid_from", "order"):
        if item.valid_to is not None and item.valid_to < item.valid_from:
            continue
        if item.valid_from > last:
            found.append(Coming(item.valid_from, f"{item.name}:{describe_rule(item.rule)}({item.reason or '新增'})"))
    return found


@dataclass(frozen=True)
class Preview:
    """What a change makes of one month: the dates before and after, for how many, and how much entry."""

    month: str
    before: list[str]
    after: list[str]
    gone: list[str]
    new: list[str]
    posts: int
    tasks_before: int
    tasks_after: int
    minutes_before: str
    minutes_after: str
    unconfirmed: bool
    moved: list[str]
    next_month: str = ""


def count_posts(guide: Guide, units: list[Unit]) -> int:
    rows = Post.objects.filter(area_id=guide.area_id, kind=guide.kind, closed_on=None)
    return (rows.filter(unit__in=units) if units else rows).count()


def preview_change(guide: Guide, old: GuideItem | None, values: dict[str, Any] | None, month: str) -> Preview:
    """Return what changes in a month; `values` None: the item is retired."""
    about = describe_month(guide.area_id, month)
    minutes = read_minutes()

    def look(rule: str, shift: str, asks: str, units: list[Unit]) -> tuple[list[date], list[str], int, Any]:
        found = list_occurrences(rule, month, shift, about.works)
        moved = [f"{one.planned.month}月{one.planned.day}日 → {one.due.month}月{one.due.day}日" for one in found if one.is_moved]
        posts = count_posts(guide, units)
        cost = minutes["tick"].minutes + (minutes[asks].minutes if asks != "none" else 0)
        return [one.due for one in found], moved, posts * len(found), cost * len(found)

    none: tuple[list[date], list[str], int, Any] = ([], [], 0, 0)
    old_days, _moved, old_tasks, old_cost = look(old.rule, old.shift, old.asks, list(old.units.all())) if old else none
    units = list((values or {}).get("units") or [])
    new_days, moved, new_tasks, new_cost = look(values["rule"], values["shift"], values["asks"], units) if values else none
    return Preview(
        month,
        [write_dates([day]) for day in old_days],
        [write_dates([day]) for day in new_days],
        [write_dates([day]) for day in old_days if day not in new_days],
        [write_dates([day]) for day in new_days if day not in old_days],
        count_posts(guide, units),
        old_tasks,
        new_tasks,
        f"{old_cost:.1f}",
        f"{new_cost:.1f}",
        not is_year_confirmed(about.first.year),
        moved,
    )


def list_rows(guide: Guide, month: str) -> list[list[Any]]:
    """Return the document as rows of a table."""
    rows = []
    for chapter in read_document(guide, month):
        for line in chapter.lines:
            item = line.item
            rows.append(
                [
                    chapter.title, item.name, item.what, "\n".join(line.steps), line.when, item.get_shift_display(), line.dates,
                    item.get_asks_display(), item.feeds_name, line.units or "全部", item.basis, item.number, item.valid_from, item.valid_to,
                ]
            )  # fmt: skip
    return rows


HEADS = ["类别", "事项", "干什么", "怎么干", "什么时候干", "遇休息日", "当月日期", "佐证", "用到哪里", "单位", "依据", "版次", "起", "止"]
