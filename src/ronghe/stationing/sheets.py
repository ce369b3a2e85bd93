"""Problems of the stations as a sheet, and what was found and solved."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from ronghe.common.exports import Sheet
from ronghe.stationing.queries.visits import PointLine, ResultLine


def list_points(lines: Sequence[PointLine]) -> Sheet:
    """Return just what the list shows."""
    heads = ("班站", "发现日期", "类别", "业务/党建", "内容", "状态", "办结日期或期限", "结果", "去向", "带班领导")
    rows = [
        (
            one.unit, one.found, one.kind, one.side, one.text, one.state, one.note, one.result,
            ";".join(f"{line.title} {line.word}" for line in one.lines), one.leader,
        )
        for one in lines
    ]  # fmt: skip
    return Sheet(_("驻站问题"), heads, rows)


def list_outcomes(title: str, lines: Sequence[ResultLine]) -> Sheet:
    """Return what was found and solved, business and party side by side."""
    heads = ("名称", "业务发现", "业务解决", "业务用时(天,中位)", "党建发现", "党建解决", "党建用时(天,中位)", "未解决", "逾期没有去向")
    rows = [
        (
            one.name, one.business.found, one.business.solved, one.business.days, one.party.found, one.party.solved, one.party.days,
            one.both.open, one.both.late,
        )
        for one in lines
    ]  # fmt: skip
    return Sheet(title, heads, rows)
