"""The results of a round as a workbook: the frozen tallies and the compositions, as far as the reader may read them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from ronghe.appraisal.models import Cycle, Outcome, Tally
from ronghe.appraisal.queries.detail import list_outcomes
from ronghe.appraisal.queries.pay import PoolPay
from ronghe.common.exports import Sheet


def list_results(cycle: Cycle, user: Any) -> Sheet:
    """Return the sheet of current results, both sides in columns, in the order of the reports."""
    heads = (_("姓名"), _("单位"), _("业务"), _("党建"), _("民主测评"), _("总分"), _("按分数应为"), _("评定等次"))
    lines = list_outcomes(cycle, user)
    rows = [
        [line.name, line.unit, line.business, line.party, line.appraisal, line.total, line.proposed, line.grade]
        for line in lines
    ]  # fmt: skip
    return Sheet(_("综合评定"), heads, rows)


def list_tally_rows(cycle: Cycle, user: Any) -> Sheet:
    """Return the sheet of tallies: what was frozen at the count, never less than five ballots of an anonymous group."""
    levels = [one["label"] for one in cycle.template.scale]
    heads = (_("姓名"), _("评议主体"), _("权重"), _("应投"), _("实投"), _("得分"), _("项目"), *levels, _("说明"))
    rows: list[list[Any]] = []
    for tally in Tally.objects.visible_to(user).filter(report__cycle=cycle).select_related("report__person").order_by("report_id", "pk"):
        head = [tally.report.person.name, tally.name, tally.weight, tally.entitled, tally.ballots, tally.score]
        if not tally.counts:
            rows.append([*head, "", *("" for _level in levels), tally.note])
        for item, counts in zip(cycle.template.items, tally.counts, strict=False):
            rows.append([*head, item["name"], *counts, tally.note])
    return Sheet(_("民主测评"), heads, rows)


def list_lines(cycle: Cycle, user: Any) -> Sheet:
    """Return the sheet of every line of every result, so that each total can be added again by hand."""
    heads = (_("姓名"), _("版次"), _("项目"), _("数值"), _("满分"), _("得分"), _("怎样算的"), _("数据来源"), _("依据"))
    rows = []
    found = Outcome.objects.visible_to(user).filter(report__cycle=cycle).select_related("report__person").order_by("report_id", "number")
    for outcome in found:
        inputs = {one["code"]: one for one in outcome.inputs}
        for line in outcome.lines:
            given = inputs[line["code"]]
            rows.append(
                [
                    outcome.report.person.name, outcome.number, line["name"], given["value"], line["full"], line["mark"], line["because"],
                    given["note"], given["basis"],
                ]
            )  # fmt: skip
    return Sheet(_("逐项计算"), heads, rows)


def list_pay_sheets(blocks: Sequence[PoolPay]) -> list[Sheet]:
    """Return the sheets for the payroll system: one line a person with the pool, one line a pool with its sum and rule."""
    heads = (_("池编码"), _("池"), _("轮次"), _("工号"), _("姓名"), _("单位"), _("等次"), _("系数"), _("怎样算的"), _("金额"))
    rows = [
        [block.code, block.name, block.cycle.title, one.number, one.name, one.unit, one.grade, one.coefficient, one.because, one.amount]
        for block in blocks
        for one in block.lines
    ]
    sums = [
        [block.code, block.name, len(block.lines), block.amount, block.total, block.rule_told, block.rule.basis if block.rule else ""]
        for block in blocks
    ]
    sum_heads = (_("池编码"), _("池"), _("人数"), _("总额"), _("各人合计"), _("规则"), _("依据"))
    return [Sheet(_("绩效系数"), heads, rows), Sheet(_("各池合计和依据"), sum_heads, sums)]
