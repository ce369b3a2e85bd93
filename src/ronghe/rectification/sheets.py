"""The 整改清单 as a workbook. No text ever becomes a formula: written as text, and marked so where it looks like one."""

import io
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

from ronghe.rectification.models import Item
from ronghe.rectification.queries import describe_item

HEADS = (
    ("编号", 14), ("来源", 14), ("责任单位", 14), ("党小组", 16), ("标题", 26), ("问题", 40), ("原因", 30), ("措施", 44), ("责任人", 10),
    ("提出日期", 12), ("整改期限", 12), ("验证人", 10), ("状态", 10), ("灯", 8), ("现由", 10), ("本步期限", 12), ("第几次", 8), ("退回次数", 8),
    ("办结日期", 12),
)  # fmt: skip
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def looks_like_formula(text: str) -> bool:
    """Tell whether a program might take the text for a formula; full-width signs count as their plain ones."""
    return unicodedata.normalize("NFKC", text[:1]).startswith(RISKY) or unicodedata.normalize("NFKC", text.lstrip()[:1]).startswith(RISKY)


def make_plain(text: str) -> str:
    """Return the text without what XML cannot hold, within the limit of a cell."""
    return "".join(mark for mark in text if mark in "\t\n" or unicodedata.category(mark) not in ("Cc", "Cs"))[:32_000]


def write_items(items: Sequence[Item], day: date, *, mark: str) -> bytes:
    """Return a workbook of the items; wants what describe_item wants, and measures with their people prefetched."""
    import xlsxwriter  # noqa: PLC0415  (only exports need it)

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    base = {"font_name": "宋体", "font_size": 11, "valign": "top", "text_wrap": True, "border": 1}
    formats = {
        "text": book.add_format(base),
        "risky": book.add_format({**base, "quote_prefix": True}),
        "day": book.add_format({**base, "num_format": "yyyy-mm-dd"}),
        "head": book.add_format({**base, "bold": True, "bg_color": "#EDF0F4", "align": "center"}),
    }
    sheet = book.add_worksheet("整改清单")
    sheet.write_string(0, 0, make_plain(mark))
    sheet.set_header("&R" + make_plain(mark).replace("&", "&&"))
    for column, (head, width) in enumerate(HEADS):
        sheet.write_string(1, column, head, formats["head"])
        sheet.set_column(column, column, width)
    for row, item in enumerate(items, start=2):
        for column, value in enumerate(list_cells(item, day)):
            write_cell(sheet, row, column, value, formats)
    sheet.freeze_panes(2, 1)
    sheet.autofilter(1, 0, max(2, len(items) + 1), len(HEADS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    book.close()
    return buffer.getvalue()


def list_cells(item: Item, day: date) -> list[Any]:
    """Return an item's cells in the order of HEADS."""
    line = describe_item(item, day)
    measures = "\n".join(
        f"{n}. {row.text}({row.responsible.name},{row.due} 前{',已完成' if row.done_on else ''})"
        for n, row in enumerate(item.measures.all(), 1)
    )
    group = item.party_group.name if item.party_group else ""
    return [
        line.number, line.source, line.unit, group, line.title, item.problem, item.cause, measures, line.owner,
        item.opened_on, item.due, line.verifier, line.state, line.word, line.holder, item.step_due, item.round, item.returns,
        item.ended_on,
    ]  # fmt: skip


def write_cell(sheet: Any, row: int, column: int, value: Any, formats: dict[str, Any]) -> None:
    if value is None:
        sheet.write_blank(row, column, None, formats["text"])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats["day"])
    elif isinstance(value, int):
        sheet.write_number(row, column, value, formats["text"])
    else:
        sheet.write_string(row, column, make_plain(value), formats["risky" if looks_like_formula(value) else "text"])
