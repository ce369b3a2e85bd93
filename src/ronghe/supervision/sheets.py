"""The lists of 监督 as sheets."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from ronghe.common.exports import Sheet
from ronghe.supervision.queries.boards import BoardLine
from ronghe.supervision.queries.checks import CheckRow, ListLine, MonthCounts
from ronghe.supervision.queries.works import WorkLine

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


def list_lines_sheet(lines: Sequence[ListLine]) -> Sheet:
    """Return the 监督清单."""
    heads = (
        "业务",
        "监督什么",
        "风险",
        "监督谁",
        "谁来监督",
        "多久一次",
        "每个单位各一次",
        "怎么监督",
        "依据",
        "今年应查",
        "已查",
        "发现问题",
        "未做",
    )
    rows = [
        [
            one.business, one.what, one.risk, one.supervised, one.supervisor, one.often, "是" if one.per_unit else "", one.method, one.basis, one.planned,
            one.done, one.found, one.lapsed,
        ]
        for one in lines
    ]  # fmt: skip
    return Sheet(_("监督清单"), heads, rows)


def list_checks_sheet(rows: Sequence[CheckRow]) -> Sheet:
    """Return checks."""
    heads = ("业务", "监督什么", "单位", "监督人", "日期", "灯", "状态", "看了什么、结果怎样")
    return Sheet(_("监督检查"), heads, [[r.business, r.what, r.unit, r.checker, r.due, r.word, r.state, r.text] for r in rows])


def list_counts_sheet(months: Sequence[MonthCounts]) -> Sheet:
    """Return the counts and rates of the months: no names, no texts."""
    heads = ("月份", "应查", "已查", "发现问题", "未做", "日常检查", "约谈提醒(人次,不是处分)", "问题线索", "问责人数", "违纪问责率")
    rows = [[m.month, m.planned, m.done, m.found, m.lapsed, m.inspections, m.reminded, m.clues, m.accountable, m.rate] for m in months]
    return Sheet(_("监督情况统计"), heads, rows)


def list_works_sheet(lines: Sequence[WorkLine]) -> Sheet:
    """Return the works, one line each."""
    heads = ("工程", "类型", "单位", "金额(万元)", "负责人", "状态", "阶段", "灯", "说明", "已核验(%)", "叫停次数")
    rows = [[w.name, w.type, w.unit, w.amount, w.owner, w.state, w.stage, w.word, w.note, w.share, w.stops] for w in lines]
    return Sheet(_("重点工程"), heads, rows)
