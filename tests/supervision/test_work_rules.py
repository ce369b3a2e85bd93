"""Which stage is open, fields as lines, faults of a type: pure."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronghe.common.own_fields import find_faults as find_field_faults
from ronghe.common.own_fields import read_fields
from ronghe.supervision.rules import works as rules
from tests.supervision.work_cases import TEMPLATE

STATES = st.sampled_from(["waiting", "open", "filed", "returned", "checked"])


@given(st.lists(st.tuples(st.integers(0, 4), STATES), min_size=1))
def test_nothing_before_the_open_stage_is_unchecked(rows):
    current = rules.find_current(rows)
    assert all(state == "checked" for stage, state in rows if stage < current)
    if any(state != "checked" for _stage, state in rows):
        assert any(stage == current and state != "checked" for stage, state in rows)
    else:
        assert current == max(stage for stage, _state in rows) + 1


@given(st.integers(0, 4), st.integers(0, 4), STATES, st.booleans())
def test_only_the_open_stage_is_filled_in(stage, current, state, stopped):
    free = rules.find_bar_to_filing(stage, current, state, stopped=stopped) == ""
    assert free == (not stopped and stage <= current and state in ("open", "returned"))


def test_who_checks():
    assert rules.find_bar_to_checking(1, checker=1, filer=2) == ""
    assert "自己填" in rules.find_bar_to_checking(1, checker=1, filer=1)
    assert "指定" in rules.find_bar_to_checking(3, checker=1, filer=2)


def test_dates_follow_each_other():
    assert rules.plan_dates(date(2026, 1, 30), [2, 10]) == [date(2026, 2, 1), date(2026, 2, 11)]


LABELS = st.text("甲乙丙丁金额日期()a1 ", min_size=1).map(str.strip).filter(bool)
ROWS = st.lists(
    st.tuples(LABELS, st.sampled_from(sorted(set(rules.FIELD_KINDS.values()) - {"choice"})), st.booleans()), min_size=1, max_size=8
)


@given(ROWS)
def test_fields_written_as_lines_are_read_back(rows):
    stored = [[f"f{n}", label, kind, need, []] for n, (label, kind, need) in enumerate(rows, 1)]
    stored.append([f"f{len(stored) + 1}", "等级", "choice", True, ["甲", "乙"]])
    assert rules.read_fields_text(rules.write_fields_text(stored)) == stored


@pytest.mark.parametrize(("text", "says"), [("日期 | 时间", "没有“时间”"), (" | 日期", "没有栏目名称"), ("甲 | 数 | 要", "第三格")])
def test_a_wrong_line_says_which(text, says):
    with pytest.raises(rules.BadLine, match=says):
        rules.read_fields_text(f"好的一行\n{text}")


def faults_of(**changed):
    return rules.find_faults({**TEMPLATE, **changed}, lambda rows: find_field_faults(read_fields(rows)))


def test_faults():
    assert faults_of() == []
    assert len(faults_of(roles=[["r1", "一个"]])) > 1
    assert faults_of(stages=[]) == ["至少要有一个阶段。"]
    assert "没有表单" in faults_of(stages=[{"name": "空", "days": 1, "forms": []}])[0]
    same = {"name": "表", "fill": "r1", "check": "r1", "proof": False, "fields": TEMPLATE["stages"][0]["forms"][0]["fields"]}
    assert "同一个角色" in faults_of(stages=[{"name": "一", "days": 1, "forms": [same]}])[0]
    assert "至少要有一个栏目" in faults_of(stages=[{"name": "一", "days": 1, "forms": [same | {"check": "r2", "fields": []}]}])[0]


def test_same_people_in_two_roles():
    assert rules.find_same_people(TEMPLATE, {"r1": 1, "r2": 2, "r3": 3}) == []
    assert rules.find_same_people(TEMPLATE, {"r1": 1, "r2": 2, "r3": 1}) == ["论证:论证表", "验收:验收表"]
