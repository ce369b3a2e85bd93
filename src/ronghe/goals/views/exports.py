"""Each table of the goals as a workbook, as it is shown."""

from collections.abc import Iterable
from typing import Any

from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from ronghe.common.access import access
from ronghe.common.exports import Sheet, hand_out
from ronghe.goals.permissions import may_oversee, may_read_plans
from ronghe.goals.queries.members import list_terms
from ronghe.goals.queries.nodes import describe_months, hide_results, list_milestones
from ronghe.goals.queries.owners import list_leaders, list_oversight, load_owner
from ronghe.goals.queries.tree import MOST_SHOWN, Node, describe_goals, list_branch, list_mine, list_plans, may_see_result, trace_up
from ronghe.goals.views.nodes import get_goal
from ronghe.goals.views.owners import find_person
from ronghe.org.standing import standing_of

NODES = (
    "党建或业务",
    "维度",
    "目标",
    "统筹协调",
    "落实",
    "目标值",
    "单位",
    "抓到什么程度",
    "截至",
    "累计目标",
    "累计实际",
    "灯",
    "全期预计",
    "预计灯",
    "服务于",
)
SIDES = {"party": "党建", "business": "业务"}


def list_nodes(nodes: Iterable[Node]) -> list[tuple[Any, ...]]:
    return [
        (
            SIDES[node.side], node.dimension, node.title, node.coordinator, node.who, node.value, node.unit_text, node.degree, node.month,
            node.target, node.actual, node.light_word, node.estimate, node.outlook_word, node.serves,
        )
        for node in nodes
    ]  # fmt: skip


def join_counts(lights: Iterable[tuple[str, str, int]]) -> str:
    return "、".join(f"{word} {count}" for _light, word, count in lights)


@access(may_read_plans)
def export_plans(request: HttpRequest) -> FileResponse:
    """Hand out the list of plans."""
    rows = [
        (str(plan), plan.first_month, plan.last_month, plan.get_state_display(), plan.meeting, plan.takes_effect, plan.reason, plan.basis)
        for plan in list_plans(request.user)[:100]
    ]
    heads = ("计划", "起月", "止月", "状态", "批准的会议", "自何月起执行", "调整原因", "依据")
    return hand_out(
        request.user, what=_("目标计划清单"), sheets=[Sheet("目标计划", heads, rows)], name="目标计划", area_id=area_of(request)
    )


def area_of(request: HttpRequest) -> int | None:
    return standing_of(request.user).area_id


@access(may_read_plans)
def export_mine(request: HttpRequest) -> FileResponse:
    """Hand out my own goals."""
    goals = list(list_mine(request.user)[:200])
    nodes = trace_up(goals, describe_goals(goals, user=request.user))
    return hand_out(
        request.user, what=_("我的目标"), sheets=[Sheet("我的目标", NODES, list_nodes(nodes))], name="我的目标", area_id=area_of(request)
    )


@access(may_read_plans)
def export_leaders(request: HttpRequest) -> FileResponse:
    """Hand out the leaders with their lights."""
    words = {True: "已认领", False: "待认领", None: ""}
    rows = [
        (line.person.name, line.title, join_counts(line.business), join_counts(line.party), words[line.accepted])
        for line in list_leaders(request.user)
    ]
    sheet = Sheet("班子目标", ("班子成员", "岗位", "业务目标", "党建目标", "认领"), rows)
    return hand_out(request.user, what=_("班子目标"), sheets=[sheet], name="班子目标", area_id=area_of(request))


@access(may_read_plans)
def export_leader(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out one person's goals and the checks of them."""
    owner = load_owner(request.user, find_person(request, pk))
    checks = [
        (
            line.row.phase, line.row.get_verdict_display(), line.row.business, line.row.party, line.row.by.person.name, timezone.localdate(line.row.at),
            line.row.reminded_on, line.row.answer, "、".join(f"{cure.title} {cure.word}" for cure in line.cures),
        )
        for line in owner.checks
    ]  # fmt: skip
    name = _("%(name)s目标责任清单") % {"name": owner.person.name}
    sheets = [
        Sheet("目标", NODES, list_nodes(owner.nodes)),
        Sheet(
            "六同步", ("同步内容", "安排", "没有安排的原因"), [(row.get_kind_display(), row.text, row.empty_reason) for row in owner.parts]
        ),
        Sheet(
            "阶段检查", ("阶段", "结论", "业务目标检查意见", "党建目标检查意见", "检查人", "日期", "提醒日期", "本人的回复", "整改"), checks
        ),
    ]
    return hand_out(request.user, what=name, sheets=sheets, name=name, area_id=owner.person.area_id)


@access(may_read_plans)
def export_goal(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out a goal: its children, its months, its milestones."""
    goal = get_goal(request, pk)
    months = hide_results(describe_months(goal), shown=may_see_result(request.user, goal))
    nodes = [*describe_goals([goal], user=request.user), *list_branch(goal.plan, goal, user=request.user, limit=MOST_SHOWN)]
    milestones = [
        (line.row.text, line.row.due, line.share, line.light.word, line.row.done_on, line.row.result) for line in list_milestones(goal)
    ]
    sheets = [
        Sheet("目标和下级", NODES, list_nodes(nodes)),
        Sheet("进度曲线", ("月份", "目标", "实际", "完成"), [
            (line.month, target, actual, line.done) for line, target, actual in zip(months.lines, months.targets, months.actuals, strict=True)
        ]),
        Sheet("节点任务", ("节点", "期限", "占比(%)", "灯", "完成日期", "完成情况"), milestones),
    ]  # fmt: skip
    if goal.person_id:
        terms = list_terms(goal, results=may_see_result(request.user, goal))
        sheets.append(Sheet("由谁落实", ("落实人", "起止", "完成", "说明"), [(one.name, one.period, one.done, one.note) for one in terms]))
    return hand_out(request.user, what=f"目标 {goal.title}", sheets=sheets, name=goal.title, area_id=goal.plan.area_id)


@access(may_oversee)
def export_oversight(request: HttpRequest) -> FileResponse:
    """Hand out what the committee above sees."""
    rows = [
        (line.area, line.plan, line.goals, join_counts(line.business), join_counts(line.party), line.accepted, line.owners, line.checks)
        for line in list_oversight(request.user)
    ]
    heads = ("管理区", "计划", "目标数", "业务目标", "党建目标", "已认领", "责任人", "阶段检查")
    return hand_out(request.user, what=_("所辖目标进展"), sheets=[Sheet("所辖目标进展", heads, rows)], name="所辖目标进展")
