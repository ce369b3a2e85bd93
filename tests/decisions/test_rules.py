"""The rules alone: what is caught, what is split, which sitting counts, who may stop and resume."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronghe.decisions import rules
from ronghe.decisions.packs import read_pack, read_rules
from ronghe.decisions.rules import Clause, Facts, Sitting, Sum

FUND = Clause("fund", "大额资金", "fund", Decimal(20))
PAY = Clause("pay", "奖金", "decision", None, ("奖金", "绩效"))


@pytest.mark.parametrize(
    ("facts", "caught"),
    [
        (Facts("付工程款", "fund", Decimal(20)), [("fund", ("金额 20 万元,达到 20 万元", "属大额度资金运作"))]),
        (Facts("付工程款", "fund", Decimal("19.99")), []),
        (Facts("付工程款", "project", Decimal(50)), []),
        (Facts("三季度奖金方案", "decision"), [("pay", ("含“奖金”", "属重大决策"))]),
        (
            Facts("三季度奖金方案", "fund", Decimal(30)),
            [("fund", ("金额 30 万元,达到 20 万元", "属大额度资金运作")), ("pay", ("含“奖金”",))],
        ),
    ],
)
def test_what_the_list_catches_and_why(facts, caught):
    assert [(one.code, one.why) for one in rules.catch_matter([PAY, FUND], facts)] == caught


EXTRA = Clause("extra", "预算外支出", "fund", Decimal(5), ("预算外",))


@pytest.mark.parametrize(
    ("title", "amount", "caught"), [("付工程款", 8, False), ("预算外修路", 8, True), ("预算外修路", 4, False), ("预算外修路", None, True)]
)
def test_a_limit_with_keywords_wants_both(title, amount, caught):
    facts = Facts(title, "fund", Decimal(amount) if amount else None)
    assert bool(rules.catch_matter([EXTRA], facts)) is caught


def test_a_split_sum_is_caught_like_the_whole():
    found = rules.catch_matter([FUND], Facts("付工程款", "fund", Decimal(12)), together=Decimal(24))
    assert [one.why for one in found] == [("疑似拆分,合计 24 万元,达到 20 万元", "属大额度资金运作")]


DAY = date(2026, 11, 2)


def part(key, amount, *, title="道路维修一期", partner="甲公司", category="fund", back=0):
    return Sum(key, f"JC-{key}", title, category, Decimal(amount), DAY - timedelta(days=back), partner)


def test_two_halves_are_seen_by_partner_and_by_name():
    found = rules.find_split(part(9, 12), [part(1, 10, back=30)], threshold=Decimal(20), days=90)
    assert (found.total, [one.key for one in found.others]) == (Decimal(22), [1])
    assert found.why == "90 天内与 JC-1 同一对方“甲公司”,合计 22 万元,达到 20 万元,每一笔都低于限额。"
    alike = rules.find_split(part(9, 12, title="道路维修二期", partner=""), [part(1, 10, partner="乙公司")], threshold=Decimal(20), days=90)
    assert "名称相近" in alike.why


@pytest.mark.parametrize(
    "other",
    [
        part(1, 7),  # together below
        part(1, 25),  # caught by itself
        part(1, 10, back=91),  # too long ago
        part(1, 10, category="project"),
        part(1, 10, title="食堂用品采购", partner="乙公司"),
        part(9, 10),  # itself
    ],
)
def test_what_is_no_split(other):
    assert rules.find_split(part(9, 12), [other], threshold=Decimal(20), days=90) is None


@given(st.lists(st.integers(1, 30), min_size=1, max_size=6))
def test_a_split_is_found_exactly_where_small_sums_reach_the_threshold(amounts):
    *others, new = amounts
    small = sum(one for one in others if one < 20)
    found = rules.find_split(part(99, new), [part(n, one) for n, one in enumerate(others)], threshold=Decimal(20), days=90)
    assert (found is not None) == (new < 20 and small > 0 and new + small >= 20)


NAMES = {n: f"委员{n}" for n in range(1, 8)}
GOOD = Sitting("branch", "支委会", DAY, tuple(range(1, 8)), (1, 2, 3, 4, 5), (), 5, 0, 0, True, needed=4, names=NAMES)


@pytest.mark.parametrize(
    ("change", "interested", "bars"),
    [
        ({}, [], []),
        ({"body": "leaders"}, [], ["应由支委会研究,这是班子会的结果。"]),
        ({"present": (1, 2, 3), "agree": 3}, [], ["到会人数不够:除回避的外到会 3 人,须 4 人。"]),
        ({"needed": 6}, [], ["到会人数不够:除回避的外到会 5 人,须 6 人。"]),
        ({}, [3], ["应回避而没有回避:委员3。"]),
        ({"recused": (3,), "agree": 4}, [3], []),
        ({}, [7], []),  # not there
        ({"agree": 6}, [], ["表决票数多于有表决权的到会人数 5。"]),
        ({"agree": 2, "oppose": 3}, [], ["赞成 2 票,没有超过到会 5 人的半数,不能通过。"]),
        ({"agree": 2, "oppose": 3, "passed": False}, [], []),
    ],
)
def test_which_sitting_counts(change, interested, bars):
    assert rules.find_bars_to_sitting(replace(GOOD, **change), body="branch", interested=interested) == bars


def test_the_same_people_twice():
    same = rules.find_same_people((1, 2), (2, 1), NAMES, same_day=True)
    assert (same.names, same.same_day) == (("委员1", "委员2"), True)
    assert rules.find_same_people((1, 2), (1, 2, 3), NAMES, same_day=True) is None


def test_who_may_cure_reconsider_resume():
    involved = {"owner": 1, "target": 2, "curer": 3}
    assert [n for n in range(1, 6) if not rules.find_bar_to_curing(n, owner=1, target=2)] == [1, 2]
    assert [n for n in range(1, 6) if not rules.find_bar_to_reconsidering(n, **involved)] == [4, 5]
    assert [n for n in range(1, 6) if not rules.find_bar_to_resuming(n, stopper=4, **involved)] == [5]
    assert [n for n in range(1, 6) if not rules.find_bar_to_excepting(n, asker=1, owner=2, step_owner=3)] == [4, 5]


def test_the_gate():
    for kind, matter, before, state in product(
        rules.STEPS,
        ["running", "stopped", "closed"],
        [[], ["done", "excepted"], ["done", "open"], ["waiting"]],
        ["open", "waiting", "done"],
    ):
        opens = matter == "running" and state == "open" and set(before) <= {"done", "excepted"}
        assert (rules.find_bar_to_step(kind, state=state, matter=matter, before=before) == "") is opens


def test_steps_of_a_line():
    whole = ["source", "survey", "front", "decide", "execute", "evaluate"]
    assert rules.find_faults_of_steps(whole, front=True) == []
    assert rules.find_faults_of_steps(whole, front=False) == ["有“前置研究”这一步的事项须注明前置研究。"]
    assert rules.find_faults_of_steps([*whole[:2], *whole[3:]], front=True) == ["注明须前置研究的事项必须有“前置研究”这一步。"]
    assert rules.find_faults_of_steps(["source", "decide", "execute"], front=False) == ["不能缺少:后评估。"]
    assert rules.find_faults_of_steps(["source", "approve"], front=False) == ["没有“approve”这种步骤。"]
    assert len(rules.find_faults_of_steps(["survey", "source", "decide", "decide", "execute", "evaluate"], front=False)) == 2


def test_the_pack_holds_the_papers_three_kinds_each_with_its_basis():
    lines = read_rules(read_pack())
    assert {line["theme"] for line in lines if line["front"]} == {"plan", "staff", "project"}
    assert {line["category"] for line in lines} == set(rules.CATEGORIES)
    for line in lines:
        assert line["basis"]
        assert rules.find_faults_of_steps([step[0] for step in line["steps"]], front=line["front"]) == []
