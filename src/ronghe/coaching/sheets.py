"""Measures and effects as sheets, as far as their reader may read them."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from ronghe.coaching.models import Measure
from ronghe.coaching.queries.effects import EffectsPage
from ronghe.coaching.queries.lists import describe_measure
from ronghe.common.exports import Sheet


def list_measures_sheet(rows: Iterable[Measure], day: date) -> Sheet:
    heads = (_("措施"), _("对象"), _("单位"), _("凭什么"), _("决定人"), _("决定日期"), _("负责落实"), _("期限"), _("状态"), _("依据"))
    lines = []
    for row in rows:
        line = describe_measure(row, day)
        lines.append(
            [
                line.kind,
                line.subject,
                line.unit,
                line.ground,
                row.decided_by.name,
                row.decided_on,
                line.owner,
                row.due,
                line.state,
                row.kind.basis,
            ]
        )
    return Sheet(_("措施"), heads, lines)


def list_effect_sheets(page: EffectsPage) -> list[Sheet]:
    kinds = Sheet(
        _("按措施种类"),
        (_("措施"), _("次数"), _("能比较的"), _("有效果的"), _("平均多出(百分点)"), _("95%区间"), _("结论")),
        [[one.label, one.count, one.counted, one.better, one.effect, one.span, one.word] for one in page.kinds],
    )
    single = Sheet(
        _("逐项"),
        (_("措施"), _("单位"), _("看什么"), _("开始月份"), _("自身变化"), _("同赛道变化"), _("多出"), _("95%区间"), _("结论"), _("样本")),
        [
            [one.title, one.unit, one.about, one.start, one.own, one.expected, one.effect, one.span, one.word, one.note]
            for one in page.lines
        ],
    )
    return [kinds, single]
