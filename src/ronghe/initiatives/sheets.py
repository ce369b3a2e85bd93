"""创效建议 as a sheet, and the totals of units."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ronghe.common.exports import Sheet
from ronghe.initiatives.models import Idea
from ronghe.initiatives.queries.added import UnitLine
from ronghe.initiatives.queries.ideas import read_light

HEADS = (
    "编号", "贡献类别", "单位", "标题", "问题和做法", "提出人", "提出日期", "状态", "现由", "本步期限", "灯", "受理人", "受理意见", "实施责任人",
    "完成期限", "预计效益", "核实效益", "计量单位", "核实办法", "核实人", "核实日期", "项目组", "办结日期",
)  # fmt: skip


def list_rows(ideas: Sequence[Idea], day: date) -> Sheet:
    """Return the sheet of the ideas. No shares: what an individual added is in no table that leaves."""

    def cells(idea: Idea) -> list[Any]:
        return [
            idea.number, idea.get_kind_display(), idea.unit.name, idea.title, idea.problem, idea.proposer.name, idea.proposed_on,
            idea.get_state_display(), idea.holder.name if idea.holder else "", idea.step_due, read_light(idea, day).word,
            idea.decided_by.name if idea.decided_by else "", idea.decision, idea.owner.name if idea.owner else "", idea.due,
            idea.expected, idea.benefit, idea.get_measure_display(), idea.measured,
            idea.verified_by.name if idea.verified_by else "", idea.verified_on, idea.project.name if idea.project else "", idea.ended_on,
        ]  # fmt: skip

    return Sheet(_("创效建议"), HEADS, [cells(idea) for idea in ideas])


def list_totals(title: str, lines: Sequence[UnitLine]) -> Sheet:
    """Return a sheet of totals by unit or track."""
    heads = (_("单位"), _("提出建议"), _("核实有效益"), *(str(label) for label in Idea.Kind.labels))
    return Sheet(title, heads, [[line.name, line.proposed, line.done, *line.cells] for line in lines])
