"""创效建议 as a sheet, and the totals of units."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ronghe.common.exports import Sheet
from ronghe.initiatives.models import Idea, ProjectReport
from ronghe.initiatives.queries.added import UnitLine
from ronghe.initiatives.queries.ideas import read_light
from ronghe.initiatives.queries.projects import MemberLine, ProjectLine, StepLine

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


def list_teams(lines: Sequence[ProjectLine]) -> Sheet:
    """Return the sheet of the teams, as their list shows them."""
    heads = ("项目组", "组长", "起止", "状态", "目标", "累计", "完成(%)", "里程碑逾期", "人数")
    rows = [(one.name, one.head, one.period, one.state, one.target, one.reached, one.percent, one.late, one.people) for one in lines]
    return Sheet(_("项目组"), heads, rows)


def list_team_sheets(members: Sequence[MemberLine], steps: Sequence[StepLine], reports: Iterable[ProjectReport]) -> list[Sheet]:
    """Return a team's members with their dates, its milestones, its months."""
    return [
        Sheet(
            _("成员"),
            ("姓名", "单位", "角色", "分工", "起止", "贡献"),
            [(one.name, one.unit, one.role, one.duty, one.period, one.contribution) for one in members],
        ),
        Sheet(
            _("里程碑"),
            ("里程碑", "责任人", "期限", "灯", "完成日期或说明", "结果"),
            [(one.text, one.owner, one.due, one.word, one.note, one.result) for one in steps],
        ),
        Sheet(
            _("月报"),
            ("月份", "累计完成", "本月做了什么、下月做什么", "填写人"),
            [(one.month, one.value, one.text, one.filed_by.name) for one in reports],
        ),
    ]
