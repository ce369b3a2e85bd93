"""Goals from a sheet into a draft: levels make the tree, problems stand at their cells, all of them or none."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from ronghe.audit.models import Entry
from ronghe.common.actions import Refused
from ronghe.goals.actions.imports import import_goals
from ronghe.goals.models import Goal, GoalMonth
from ronghe.goals.sheets import read_file
from tests.figures.reading.builders import make_csv, make_xlsx
from tests.goals.cases import draft, issue, make_oil, write_plan

HEADS = ["层级", "维度", "目标", "统筹协调", "落实单位", "指标", "目标值", "抓到什么程度"]
ROWS = [
    ["2027年目标"],
    HEADS,
    [1, "主营业务", "原油产量", "王海涛", None, "年产油量", "3.6万", "均衡完成"],
    [2, "主营业务", "原油产量", None, "注采一站", "年产油量", "１５,０００", "按月完成"],
    ["2", "主营业务", "原油产量", None, "注采二站", "年产油量", 21000, "按月完成"],
    [1, "党建工作", "党小组标准化建设", "党支部书记", "综合党群室", None, None, "全部达标"],
]


@pytest.fixture
def plan(world):
    make_oil(world)
    return draft(world)


def bring(world, plan, rows):
    return import_goals(plan, read_file(plan, make_xlsx(rows)), name="去年.xlsx", by=world.zhaomin.user)


def tell(plan):
    rows = Goal.objects.filter(plan=plan).select_related("unit", "parent", "coordinator__unit")
    return [(row.depth, row.title, row.unit.name if row.unit else "", row.value, row.parent.title if row.parent else "") for row in rows]


def test_levels_make_the_tree(world, plan):
    bring(world, plan, ROWS)
    assert tell(plan) == [
        (0, "原油产量", "", Decimal(36000), ""),
        (1, "原油产量", "注采一站", Decimal(15000), "原油产量"),
        (1, "原油产量", "注采二站", Decimal(21000), "原油产量"),
        (0, "党小组标准化建设", "综合党群室", None, ""),
    ]
    assert [goal.coordinator.kind for goal in Goal.objects.filter(plan=plan, parent=None)] == ["area_manager", "branch_secretary"]
    assert GoalMonth.objects.filter(goal__plan=plan).count() == 36
    assert Entry.objects.get(verb="导入目标").note == "去年.xlsx,4 项"


def test_problems_stand_at_their_cells_and_nothing_is_saved(world, plan):
    wrong = [
        HEADS,
        [1, "主营业务", "产量", "张三", None, "年产油量", "三万", "完成"],
        [3, "主营业务", "产量", None, "注采九站", "产气量", 1, "完成"],
        [1, "副业", None, None, None, None, 5, None],
    ]
    found = read_file(plan, make_xlsx(wrong))
    assert sorted(f"{one.column}{one.row}" for one in found.problems) == ["A3", "B4", "C4", "D2", "E3", "F3", "G2", "G4", "H4"]
    with pytest.raises(Refused, match="9 处问题"):
        import_goals(plan, found, name="去年.xlsx", by=world.zhaomin.user)
    assert Goal.objects.count() == 0


def test_what_the_action_refuses_takes_all_back(world, plan):
    rows = [HEADS, ROWS[2], [1, "党建工作", "达标", None, "综合党群室", None, None, "达标"]]
    found = read_file(plan, make_xlsx(rows))
    object.__setattr__(found.lines[1], "degree", " ")
    with pytest.raises(Refused, match="第 3 行"):
        import_goals(plan, found, name="去年.xlsx", by=world.zhaomin.user)
    assert Goal.objects.count() == 0


def test_only_planners_and_only_while_it_is_written(world, plan):
    found = read_file(plan, make_xlsx(ROWS))
    with pytest.raises(PermissionDenied):
        import_goals(plan, found, name="x", by=world.liuhaitao.user)


def test_an_issued_plan_takes_nothing(world):
    plan = issue(world, write_plan(world)[0])
    with pytest.raises(Refused):
        bring(world, plan, ROWS)


def test_by_the_page_with_a_marked_copy(world, plan, login):
    client, path = login(world.zhaomin), f"/goals/plans/{plan.pk}/import/"
    wrong = make_csv([HEADS, [1, "主营业务", "产量", "", "注采九站", "", "", "完成"]])
    page = client.post(path, {"file": SimpleUploadedFile("表.csv", wrong)})
    assert (page.status_code, "不认识「注采九站」" in page.content.decode()) == (422, True)
    marked = client.post(path, {"file": SimpleUploadedFile("表.csv", wrong), "marked": "1"})
    book = openpyxl.load_workbook(BytesIO(marked.getvalue()))
    assert book.worksheets[0]["E2"].comment is not None
    assert client.post(path, {"file": SimpleUploadedFile("表.xlsx", make_xlsx(ROWS))}).status_code == 302
    assert Goal.objects.filter(plan=plan).count() == 4
    assert login(world.liuhaitao).get(path).status_code == 403


def test_the_template_of_one_plan_is_read_into_another(world, login):
    plan, _oil, _party = write_plan(world)
    data = login(world.zhaomin).get(f"/goals/plans/{plan.pk}/template/").getvalue()
    other = draft(world)
    found = read_file(other, data)
    assert found.problems == []
    import_goals(other, found, name="导出.xlsx", by=world.zhaomin.user)
    assert sorted(tell(other), key=str) == sorted(tell(plan), key=str)


def test_a_goal_may_be_the_areas_own(world, plan):
    """An export writes the 管理区 where a goal is delivered by all of it, and what is exported can be brought in."""
    bring(world, plan, [HEADS, [1, "党建工作", "阵地建设", "党支部书记", "示范采油管理区", None, None, "全部达标"]])
    assert tell(plan) == [(0, "阵地建设", "示范采油管理区", None, "")]
