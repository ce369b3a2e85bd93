"""The 整改清单 as a sheet."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ronghe.common.exports import Sheet
from ronghe.rectification.models import Item
from ronghe.rectification.queries import describe_item

HEADS = (
    "编号", "来源", "责任单位", "党小组", "标题", "问题", "原因", "措施", "责任人", "提出日期", "整改期限", "验证人", "状态", "灯", "现由",
    "本步期限", "第几次", "退回次数", "办结日期",
)  # fmt: skip


def list_rows(items: Sequence[Item], day: date) -> Sheet:
    """Return the sheet of the items; wants what describe_item wants, and measures with their people prefetched."""
    return Sheet(_("整改清单"), HEADS, [list_cells(item, day) for item in items])


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
