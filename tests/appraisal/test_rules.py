"""The rules alone: which groups may be shown, trimmed means, the weighted whole, periods, templates, shares."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronghe.appraisal.rules.ballots import (
    LEAST,
    Part,
    add_counts,
    combine,
    is_uniform,
    mean_of,
    merge_groups,
    place_marks,
    score_group,
    spread_of,
    trim_counts,
)
from ronghe.appraisal.rules.periods import days_of, is_period, name_period, propose_period
from ronghe.appraisal.rules.templates import find_faults, find_quota_faults

POINTS = [Decimal(95), Decimal(85), Decimal(70), Decimal(50)]
COUNTS = st.lists(st.integers(0, 12), min_size=4, max_size=4)


@given(st.dictionaries(st.sampled_from(["a", "b", "c", "d", "e"]), st.integers(0, 12)))
def test_nothing_smaller_than_five_is_shown_and_no_vote_is_lost(ballots):
    merged = merge_groups(ballots)
    assert all(sum(ballots[code] for code in group) >= LEAST for group in merged.shown)
    shown = [code for group in merged.shown for code in group]
    assert sorted([*shown, *merged.withheld]) == sorted(code for code, count in ballots.items() if count)
    if merged.withheld:
        assert not merged.shown
        assert sum(ballots[code] for code in merged.withheld) < LEAST


def test_small_groups_go_together_then_into_the_smallest():
    assert merge_groups({"a": 3, "b": 2, "c": 9}).shown == (("c",), ("a", "b"))
    assert merge_groups({"a": 12, "b": 2, "c": 7}).shown == (("a",), ("c", "b"))
    assert merge_groups({"a": 4}) == merge_groups({"a": 4, "b": 0})
    assert merge_groups({"a": 4}).withheld == ("a",)


@given(COUNTS, st.sampled_from([Decimal(0), Decimal(5), Decimal(10), Decimal(20), Decimal(25)]))
def test_as_many_are_cut_at_both_ends_and_something_stays(counts, share):
    left = trim_counts(counts, POINTS, share)
    sorted_marks = sorted(point for point, count in zip(POINTS, counts, strict=True) for _one in range(count))
    cut = int(Fraction(share) * len(sorted_marks) / 100)
    kept = sorted_marks[cut : len(sorted_marks) - cut] if cut else sorted_marks
    assert sorted(point for point, count in zip(POINTS, left, strict=True) for _one in range(count)) == kept
    assert bool(sorted_marks) == (mean_of(left, POINTS) is not None)


@given(st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=1, max_size=20))
def test_counts_are_the_ballots_added(ballots):
    counts = add_counts([place_marks(marks, 4) for marks in ballots])
    for item in range(3):
        assert counts[item * 4 : item * 4 + 4] == [sum(marks[item] == level for marks in ballots) for level in range(4)]


def test_a_score_by_hand():
    # ten ballots, 10 % off both ends: one best, one worst
    items = [[4, 4, 1, 1], [10, 0, 0, 0]]
    assert score_group(items, POINTS, Decimal(10)) == Decimal("90.94")  # ((3·95 + 4·85 + 70) / 8 = 86.875, 95) → 90.9375


def test_a_choice_that_there_is_not_is_no_ballot():
    for wrong in (-1, 4):
        with pytest.raises(ValueError, match="no option"):
            place_marks([0, wrong], 4)


@pytest.mark.parametrize(("counts", "spread"), [([5, 0, 0, 0], "0.0"), ([1, 1, 0, 0], "5.0"), ([0, 0, 0, 0], None), ([1, 0, 0, 1], "22.5")])
def test_spread(counts, spread):
    assert spread_of(counts, POINTS) == (Decimal(spread) if spread else None)


def test_the_whole_names_its_sum_and_what_is_missing():
    parts = [Part("甲", Decimal(30), Decimal("90.00")), Part("乙", Decimal(30), None), Part("丙", Decimal(40), Decimal("80.50"))]
    whole = combine(parts, "spread")
    assert whole.score == Decimal("84.57")  # (90·30 + 80.5·40) / 70
    assert whole.because == "(甲 90.00 × 30 + 丙 80.50 × 40) ÷ 70 = 84.57;乙没有结果,不计"
    assert combine(parts, "hold").score is None
    assert combine([Part("自评", Decimal(0), Decimal(95)), *parts[:1]], "hold").score == Decimal("90.00")
    assert combine([], "spread").score is None


def test_the_same_mark_everywhere():
    assert [is_uniform(marks) for marks in ([1, 1, 1], [1, 1, 2], [1, 1], [])] == [True, False, False, False]


@pytest.mark.parametrize(
    ("period", "rhythm", "first", "last", "name"),
    [
        ("2026-02", "month", date(2026, 2, 1), date(2026, 2, 28), "2026年2月"),
        ("2026Q3", "quarter", date(2026, 7, 1), date(2026, 9, 30), "2026年第三季度"),
        ("2026Q4", "quarter", date(2026, 10, 1), date(2026, 12, 31), "2026年第四季度"),
        ("2024", "year", date(2024, 1, 1), date(2024, 12, 31), "2024年"),
    ],
)
def test_periods(period, rhythm, first, last, name):
    assert is_period(period, rhythm)
    assert days_of(period) == (first, last)
    assert name_period(period) == name
    assert not any(is_period(period, other) for other in ("month", "quarter", "year") if other != rhythm)


@pytest.mark.parametrize(
    ("rhythm", "day", "period"),
    [
        ("month", date(2026, 1, 3), "2025-12"), ("quarter", date(2026, 9, 25), "2026Q3"), ("quarter", date(2026, 1, 5), "2025Q4"),
        ("year", date(2026, 12, 1), "2026"), ("year", date(2027, 2, 1), "2026"),
    ],
)  # fmt: skip
def test_the_period_that_comes_next(rhythm, day, period):
    assert propose_period(rhythm, day) == period


GOOD = {
    "who": "leaders", "trim": Decimal(10), "min_turnout": 50,
    "form": [
        {"code": "b", "side": "business", "label": "业务"}, {"code": "p", "side": "party", "label": "党建"},
        {"code": "q", "side": "", "label": "问题", "about": "problems"},
    ],
    "judges": [
        {"code": "h", "who": "heads", "name": "上级", "weight": 40, "anonymous": False},
        {"code": "c", "who": "chiefs", "name": "班站长", "weight": 60, "anonymous": True},
    ],
    "items": [{"code": "a", "side": "business", "name": "业务"}, {"code": "z", "side": "party", "name": "党建"}],
    "scale": [{"label": "好", "points": 100}, {"label": "差", "points": 40}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("form", GOOD["form"][:2]),
        ("form", [GOOD["form"][0], GOOD["form"][2]]),
        ("form", [*GOOD["form"], GOOD["form"][0]]),
        ("judges", [{**GOOD["judges"][0], "weight": 41}, GOOD["judges"][1]]),
        ("judges", [GOOD["judges"][0], {**GOOD["judges"][1], "anonymous": False}]),
        ("judges", [{**GOOD["judges"][0], "who": "self", "anonymous": True}, GOOD["judges"][1]]),
        ("judges", [{**GOOD["judges"][0], "who": "anybody"}, GOOD["judges"][1]]),
        ("items", []),
        ("items", [GOOD["items"][0]]),
        ("scale", [{"label": "好", "points": 40}, {"label": "差", "points": 100}]),
        ("scale", [{"label": "好", "points": 100}]),
        ("trim", Decimal(26)),
        ("min_turnout", 101),
    ],
)
def test_a_template_that_cannot_be_used_says_where(part, value):
    assert find_faults(GOOD) == {}
    assert set(find_faults({**GOOD, part: value})) == {part}


def test_shares_hold_only_where_a_rule_says_so():
    grades = ["优秀", "优秀", "称职", "称职", "称职"]
    assert find_quota_faults(grades, []) == []
    assert find_quota_faults(grades, [{"grade": "优秀", "share": 40, "basis": "办法"}]) == []
    assert len(find_quota_faults(grades, [{"grade": "优秀", "share": 39, "basis": "办法"}])) == 1


@pytest.mark.parametrize(
    ("category", "what", "name"),
    [
        ("五项输入核对", "安全环保质量:隐患整改率 4月 100", "安全环保质量"),
        ("夯基础创效益", "控制成本费用", "控制成本费用"),
        ("宣传上级精神", "讲好:形势", "讲好:形势"),
    ],
)
def test_a_line_of_the_sheet_is_called_in_a_title(category, what, name):
    from ronghe.appraisal.rules.onsite import name_line

    assert name_line(category, what) == name
