"""The matrix as a sheet, out and in. A cell says '主管', or '支委分管', or both with 、 between."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from ronghe.common.exports import Sheet
from ronghe.common.sheets.container import NotASheetError
from ronghe.common.sheets.load import check_bytes
from ronghe.common.sheets.sandbox import ChildFailedError, read_grids
from ronghe.duties.kinds import Field, Flow, Kind, Side
from ronghe.duties.queries.matrix import Column, Row
from ronghe.org.models import Post

HEADS = ("事项", "流程", "抓什么", "具体抓什么", "怎么抓", "抓到什么程度", "以什么评价", "依据")
NAMES = ("name", "flow", "field", "what", "how", "degree", "evidence", "basis")
FLOWS = {str(one.label): one.value for one in Flow}
FIELDS = {str(one.label): one.value for one in Field}
KINDS = {str(one.label): one.value for one in Kind}
MOST_ROWS = 500


def list_rows(rows: Sequence[Row], columns: Sequence[Column], bases: dict[int, str]) -> Sheet:
    """Return the matrix as a sheet: the texts of each matter, then one column a post."""
    cells = [
        [row.name, row.flow, row.field, row.what, row.how, row.degree, row.evidence, bases.get(row.pk, ""), *map(write_cell, row.cells)]
        for row in rows
    ]
    return Sheet(_("分工矩阵"), (*HEADS, *(column.title for column in columns)), cells)


def write_cell(cell: Any) -> str:
    return "、".join(("支委" if mark.side == "支委" else "") + str(mark.kind) for mark in cell.marks)


def read_cell(text: str) -> dict[str, str]:
    """Return side → kind of a cell's text. Raises ValueError for what it does not know."""
    found = {}
    for part in filter(None, re.split(r"[、,,;;\s/]+", text.strip())):
        side = Side.COMMITTEE if part.startswith("支委") else Side.ADMINISTRATIVE
        kind = KINDS.get(part.removeprefix("支委").removeprefix("行政"))
        if kind is None:
            raise ValueError(part)
        found[side.value] = kind
    return found


@dataclass
class MatrixReading:
    """What was read: rows as plain values for the action, and what is wrong, each with its place."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_matrix(data: bytes, posts: Sequence[Post]) -> MatrixReading:
    """Read a sheet of the matrix in the bounded child process. What is wrong is said; nothing is guessed."""
    found = MatrixReading()
    try:
        check_bytes(data)
        grids = read_grids(data)
    except (NotASheetError, ChildFailedError) as trouble:
        found.problems.append(str(trouble))
        return found
    by_title = {post.title: post for post in posts}
    for grid in grids:
        lines = [
            [grid.shown_text(row, column).strip().lstrip("'") for column in range(1, grid.width + 1)] for row in range(1, grid.height + 1)
        ]
        head = next((n for n, line in enumerate(lines) if {"事项", "具体抓什么"} <= set(line)), None)
        if head is not None:
            read_lines(lines, head, by_title, found)
            return found
    found.problems.append(_("没有找到表头:第一行须有“事项”“具体抓什么”“怎么抓”“抓到什么程度”。"))
    return found


def read_lines(lines: list[list[str]], head: int, posts: dict[str, Post], found: MatrixReading) -> None:
    heads = lines[head]
    places = {name: heads.index(title) for name, title in zip(NAMES, HEADS, strict=True) if title in heads}
    missing = [title for name, title in zip(NAMES, HEADS, strict=True) if name not in places]
    if missing:
        found.problems.append(_("缺少这些列:%(heads)s。") % {"heads": "、".join(missing)})
        return
    columns = {n: posts[title] for n, title in enumerate(heads) if title in posts}
    found.problems += [
        _("列“%(title)s”不是本管理区的岗位。") % {"title": title}
        for n, title in enumerate(heads)
        if title and title not in HEADS and n not in columns
    ]
    seen: set[str] = set()
    for number, line in enumerate(lines[head + 1 : head + 1 + MOST_ROWS], head + 2):
        if not line[places["name"]]:
            continue
        row: dict[str, Any] = {name: line[place] for name, place in places.items()}
        problems = check_row(row, seen)
        row["holds"] = []
        for n, post in columns.items():
            try:
                row["holds"] += [[post.pk, side, kind] for side, kind in read_cell(line[n]).items()]
            except ValueError as trouble:
                problems.append(
                    _("“%(post)s”列的“%(text)s”不认识,只能写主管、分管、协办、监督") % {"post": post.title, "text": str(trouble)[:20]}
                )
        row["posts"] = [post.pk for post in columns.values()]
        found.problems += [
            _("第 %(row)d 行“%(name)s”:%(text)s。") % {"row": number, "name": row["name"], "text": text} for text in problems
        ]
        row["flow"], row["field"] = FLOWS.get(row["flow"], ""), FIELDS.get(row["field"], "")
        found.rows.append(row)


def check_row(row: dict[str, Any], seen: set[str]) -> list[str]:
    """Return what is wrong with the texts of a row."""
    problems = [_("没有写“%(head)s”") % {"head": head} for name, head in zip(NAMES, HEADS, strict=True) if name != "name" and not row[name]]
    if row["name"] in seen:
        problems.append(_("与前面的行重复"))
    seen.add(row["name"])
    if row["flow"] and row["flow"] not in FLOWS:
        problems.append(_("没有流程“%(text)s”") % {"text": row["flow"][:20]})
    if row["field"] and row["field"] not in FIELDS:
        problems.append(_("没有类别“%(text)s”") % {"text": row["field"][:20]})
    problems += [_("“%(head)s”超过 300 字") % {"head": head} for name, head in zip(NAMES, HEADS, strict=True) if len(row[name]) > 300]
    return problems
