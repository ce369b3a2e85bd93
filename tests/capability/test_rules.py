"""The pure rules of 能力, and the readers of its sheets."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronghe.capability.reading import read_questions, read_training
from ronghe.capability.rules import Brought, Verdict, judge, mark, sum_team
from ronghe.common.sheets.sandbox import read_grids
from ronghe.common.sheets.text import key_text
from tests.figures.reading.builders import make_csv

DAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("kind", "need", "brought", "state"),
    [
        ("certificate", 1, Brought(), "gap"),
        ("certificate", 1, Brought(has_certificate=True), "met"),
        ("certificate", 1, Brought(has_certificate=True, until=DAY - timedelta(days=1)), "gap"),
        ("certificate", 1, Brought(has_certificate=True, until=DAY + timedelta(days=90)), "soon"),
        ("certificate", 1, Brought(has_certificate=True, until=DAY + timedelta(days=91)), "met"),
        ("hours", 32, Brought(hours=Decimal("31.5")), "gap"),
        ("hours", 32, Brought(hours=Decimal(32)), "met"),
        ("knowledge", 3, Brought(), "gap"),
        ("knowledge", 3, Brought(level=2), "gap"),
        ("experience", 3, Brought(level=3), "met"),
    ],
)
def test_what_meets_a_requirement(kind, need, brought, state):
    assert judge(kind, need, brought, DAY).state == state


def test_a_gap_says_how_much_is_lacking():
    assert judge("hours", 32, Brought(hours=Decimal("20.5")), DAY) == Verdict("gap", "20.5/32 学时,还差 11.5")


def test_all_right_options_and_no_other():
    assert mark([[0], [0, 1], [1]], [[0], [0, 1], [0]]) == (2, 66)
    assert mark([[0, 1], []], [[0], [1]]) == (0, 0)
    assert mark([], []) == (0, 0)


@given(st.lists(st.integers(0, 100), max_size=12))
def test_no_mean_while_it_would_be_somebodys_own(marks):
    team = sum_team(marks, 12, 80)
    assert (team.mean is None) == (team.passed is None) == (len(marks) < 3)
    if team.mean is not None:
        assert min(marks) <= team.mean <= max(marks)


def test_hours_from_a_sheet_or_what_is_wrong_at_its_cell():
    people = {key_text("G0001"): (1,), key_text("吴桐"): (2,), key_text("王强"): (3, 4)}
    good = make_csv(
        [
            ["工号", "课程", "类别", "日期", "学时", "成绩"],
            ["G0001", "党章学习", "党建", "2026-03-05", "4", "优"],
            ["吴桐", "井控", "", "2026/3/6", "8.5", ""],
        ]
    )
    found = read_training(read_grids(good), people, DAY)
    assert found.problems == []
    assert [(line["person"], line["side"], line["hours"], line["day"]) for line in found.lines] == [
        (1, "party", Decimal("4.0"), date(2026, 3, 5)),
        (2, "business", Decimal("8.5"), date(2026, 3, 6)),
    ]
    bad = make_csv([["姓名", "课程", "日期", "学时"], ["王强", "", "2027-01-01", "很多"]])
    problems = read_training(read_grids(bad), people, DAY).problems
    assert [f"{one.column}{one.row}" for one in problems] == ["A2", "B2", "C2", "D2"]
    assert read_training(read_grids(make_csv([["x"], ["y"]])), people, DAY).problems[0].row is None


def test_questions_from_a_sheet():
    rows = [
        ["题目", "A", "B", "C", "答案", "解析"],
        ["先做什么", "关井", "拍照", "离开", "A", "先控制"],
        ["按月检查", "", "", "", "对", "按月"],
        ["多选", "甲", "乙", "丙", "A、C", "两个"],
    ]
    found = read_questions(read_grids(make_csv(rows)))
    assert found.problems == []
    assert [(line["options"], line["right"]) for line in found.lines] == [
        (["关井", "拍照", "离开"], [0]),
        (["对", "错"], [0]),
        (["甲", "乙", "丙"], [0, 2]),
    ]
    bad = make_csv([["题目", "A", "B", "答案", "解析"], ["先做什么", "关井", "拍照", "D", ""]])
    assert [one.column for one in read_questions(read_grids(bad)).problems] == ["E", "D"]
