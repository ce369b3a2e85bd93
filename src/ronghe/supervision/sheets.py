"""The lists of 监督 as sheets."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from ronghe.common.exports import Sheet
from ronghe.supervision.queries.boards import BoardLine

BOARD_HEADS = (
    "编号", "来源", "责任单位", "事项", "办到什么程度", "责任人", "督办人", "期限", "状态", "灯", "红灯周数", "第几周", "升级到", "本周进展",
    "督办意见", "上周进展",
)  # fmt: skip


def list_board(lines: Sequence[BoardLine], week: date) -> Sheet:
    """Return the week's sheet."""
    rows = [
        [
            one.number, one.source, one.unit, one.title, one.demand, one.owner, one.supervisor, one.due, one.state, one.word, one.red_weeks,
            one.weeks, one.raised, one.said or ("本周未报" if one.silent else ""), one.asked, one.before,
        ]
        for one in lines
    ]  # fmt: skip
    return Sheet(_("周督办 %(week)s") % {"week": week}, BOARD_HEADS, rows)
