"""Reading a 花名册: what is certain is read, everything else is a problem at its cell."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ronghe.common.sheets.grid import Grid, RawCell
from ronghe.org.roster import Known, KnownPost, KnownUnit, dump_roster, load_roster, parse_day, read_roster

HEAD = ["姓名", "工号", "单位", "岗位", "党小组", "政治面貌", "起日", "登录名"]
KNOWN = Known(
    units=(KnownUnit("s1", ("采油一站", "s1", "一站"), "采油一站党小组"), KnownUnit("s2", ("采油二站", "s2"))),
    posts=(
        KnownPost("branch_secretary", ("党支部书记", "书记"), single=True),
        KnownPost("station_chief", ("班站长", "站长")),
        KnownPost("group_leader", ("党小组长",)),
        KnownPost("system_admin", ("系统管理员",), refusal="三员由安全管理员任命"),
        KnownPost("staff", ("员工",)),
    ),
    groups=("采油一站党小组",),
    people={"1000": "李建国"},
    logins=frozenset({"lijianguo"}),
    today=date(2026, 11, 23),
)


def make_grid(*rows, head=HEAD, above=()):
    grid = Grid("花名册")
    for number, row in enumerate([*above, head, *rows], 1):
        for column, text in enumerate(row, 1):
            grid.add_cell(number, column, RawCell("text", str(text)))
    return grid


def read(*rows, **more):
    return read_roster([make_grid(*rows, **more)], KNOWN)


def problems(reading):
    return [(one.row, one.column, one.message) for one in reading.errors]


def test_one_line_in_full():
    found = read(
        ["张 三", "1001", "采油1站", "站长、党小组长", "一站", "中共党员", "2026年10月1日", "ZhangSan"], above=[["第一采油管理区花名册"]]
    )
    line = found.lines[0]
    assert (line.row, line.name, line.number, line.unit, line.posts) == (3, "张三", "1001", "s1", ("station_chief", "group_leader"))
    assert (line.group, line.status, line.since, line.login) == ("采油一站党小组", "full", "2026-10-01", "zhangsan")
    assert found.is_clean


def test_columns_in_any_order_and_the_needed_ones_alone():
    found = read(["s2", "1001", "张三"], head=["所在单位", "员工编号", "姓 名"])
    assert [(line.name, line.unit, line.posts, line.group, line.since) for line in found.lines] == [("张三", "s2", (), "", "2026-11-23")]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"姓名": ""}, (2, "A", "没有写姓名")),
        ({"工号": ""}, (2, "B", "没有写工号")),
        ({"工号": "工 1"}, (2, "B", "工号只能是 20 位以内的字母、数字、- 和 _")),
        ({"工号": "1000"}, (2, "B", "工号 1000 已是 李建国 的")),
        ({"单位": ""}, (2, "C", "没有写单位")),
        ({"单位": "采油二战"}, (2, "C", "没有这个单位,是不是“采油二站”?")),
        ({"单位": "财务科"}, (2, "C", "没有这个单位,请先在「单位与岗位」里设立")),
        ({"岗位": "大班长"}, (2, "D", "没有“大班长”这个岗位;普通员工请写“员工”或留空")),
        ({"岗位": "系统管理员"}, (2, "D", "三员由安全管理员任命")),
        ({"岗位": "党小组长"}, (2, "D", "党小组长须是本区党小组的正式党员,请填党小组一列")),
        ({"党小组": "机关党小组"}, (2, "E", "没有这个党小组,请先在「单位与岗位」里设立")),
        ({"党小组": "一站", "政治面貌": "群众"}, (2, "F", "写了党小组,政治面貌却不是党员")),
        ({"单位": "采油二站", "政治面貌": "党员"}, (2, "E", "“采油二站”还没有党小组,请写明编入哪个党小组")),
        ({"起日": "去年"}, (2, "G", "日期认不出来,请写成 2026-10-01")),
        ({"起日": "1026-10-01"}, (2, "G", "日期不合理,请核对年份")),
        ({"登录名": "张三"}, None),
        ({"登录名": "a b"}, (2, "H", "登录名须是 2 到 60 个字母、数字或 . _ - @ +")),
        ({"登录名": "LiJianGuo"}, (2, "H", "登录名已有人使用")),
    ],
)
def test_each_problem_stands_at_its_cell(cells, expected):
    row = {"姓名": "张三", "工号": "1001", "单位": "采油一站", "岗位": "", "党小组": "", "政治面貌": "", "起日": "", "登录名": "", **cells}
    assert problems(read([row[name] for name in HEAD])) == ([expected] if expected else [])


def test_probationary_members_do_not_lead():
    found = read(["张三", "1001", "一站", "党小组长", "一站(预备)"])
    assert problems(found) == [(2, "D", "党小组长须是本区党小组的正式党员,请填党小组一列")]
    assert read(["张三", "1001", "一站", "", "", "中共预备党员"]).lines[0].status == "probationary"


def test_repeated_numbers_logins_and_leaders_name_the_first_row():
    found = read(["甲", "1", "s1", "书记", "", "", "", "jia"], ["乙", "1", "s1", "书记", "", "", "", "jia"])
    assert problems(found) == [(3, "B", "与第 2 行的工号相同"), (3, "D", "第 2 行已有人任“党支部书记”"), (3, "H", "与第 2 行的登录名相同")]


def test_who_is_registered_already_is_passed_over():
    found = read(["李建国", "1000", "s1"], ["张三", "1001", "s1"])
    assert ([line.name for line in found.lines], [one.message for one in found.problems]) == (
        ["张三"],
        ["李建国 已登记过,这一行不重复导入"],
    )


def test_blank_rows_totals_and_hidden_rows():
    grid = make_grid(["张三", "1001", "s1"], [], ["合计 1 人"], ["李四", "1002", "s1"])
    grid.hidden_rows.add(5)
    found = read_roster([grid], KNOWN)
    assert [line.name for line in found.lines] == ["张三", "李四"]
    assert [(one.row, one.message, one.severity) for one in found.problems] == [
        (4, "这一行像合计或说明,没有读取", "note"),
        (5, "这一行是隐藏的,也已读取", "note"),
    ]


@pytest.mark.parametrize(
    ("grids", "message"),
    [
        ([], "没有找到表头"),
        ([Grid("空")], "没有找到表头"),
        ([make_grid(head=["姓名", "工号"])], "表头缺少“单位”列"),
        ([make_grid()], "表头下面没有人员"),
        ([Grid("大", trouble="太大")], "太大"),
    ],
)
def test_nothing_to_read(grids, message):
    found = read_roster(grids, KNOWN)
    assert (found.is_clean, found.errors[0].message.startswith(message)) == (False, True)


def test_too_many_people():
    found = read(*([f"人{n}", str(n + 2000), "s1"] for n in range(2001)))
    assert [one.message for one in found.errors] == ["一次最多导入 2000 人,这张表有 2001 人,请分开导入"]


@pytest.mark.parametrize("text", ["2026-10-01", "2026.10.1", "2026/10/01", "2026年10月1日", "20261001", "2026-10", "2026-10-01 00:00:00"])
def test_days_are_read(text):
    assert parse_day(text) == date(2026, 10, 1)


@pytest.mark.parametrize("text", ["10-01", "2026-13-01", "2026-02-30", "昨天", "45931"])
def test_days_are_not_guessed(text):
    assert parse_day(text) is None


CELL = st.one_of(st.sampled_from(["张三", "1001", "一站", "站长", "书记", "中共党员", "2026-10-01", "合计", ""]), st.text(max_size=12))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(CELL, min_size=8, max_size=8), max_size=6))
def test_any_sheet_is_read_or_explained_and_survives_being_kept(rows):
    found = read(*rows)
    assert found.lines or found.problems
    assert load_roster(dump_roster(found)) == found
    assert all(replace(one) == one and one.message for one in found.problems)
    if found.is_clean:
        numbers = [line.number for line in found.lines]
        assert len(set(numbers)) == len(numbers)
        assert {line.unit for line in found.lines} <= {"s1", "s2"}
