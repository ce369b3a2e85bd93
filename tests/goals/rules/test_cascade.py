"""目标分解: every split re-adds exactly, whatever the shares, the precision and the rule."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronghe.goals.rules.cascade import Balance, Part, combine, find_step, split_goal, split_total, weigh_parts

D = Decimal
amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=3)
shares = st.lists(st.decimals(min_value=0, max_value=10**6, places=2), min_size=1, max_size=40)
decimals = st.integers(min_value=0, max_value=4)


@given(amounts, shares, decimals)
def test_any_split_by_share_readds_exactly(total, given_shares, places):
    parts = split_total(total, given_shares, places)
    assert sum(parts, D(0)) == total
    step = find_step(total, places)
    assert all(part % step == 0 for part in parts)
    whole = sum(given_shares)
    if whole:
        assert all(abs(part - total * share / whole) < step for part, share in zip(parts, given_shares, strict=True))


@given(st.decimals(min_value=0, max_value=10**6, places=2), shares, decimals)
def test_a_larger_share_never_gets_less(total, given_shares, places):
    parts = split_total(total, given_shares, places)
    if not any(given_shares):
        return
    step = find_step(total, places)
    ordered = sorted(zip(given_shares, parts, strict=True))
    assert all(right[1] >= left[1] - step for left, right in zip(ordered, ordered[1:], strict=False))


@given(st.sampled_from(["sum", "mean", "weighted", "same"]), amounts, shares, decimals)
def test_any_split_reconciles_under_its_rule(rule, total, given_shares, places):
    weights = [share + 1 for share in given_shares]
    values = split_goal(rule, total, given_shares, places, weights)
    parts = [Part(value, weight) for value, weight in zip(values, weights, strict=True)]
    assert weigh_parts(rule, total, parts, max(places, 3)).reconciles


twelve = st.lists(st.decimals(min_value=0, max_value=10**6, places=2), min_size=12, max_size=12)


@given(amounts, twelve, shares, shares, decimals)
def test_three_levels_reconcile_to_the_last_decimal(total, to_stations, to_groups, to_members, places):
    """The area to 12 stations, each to its groups, each to its members: every node is the sum of its own, and all make the whole."""
    stations = split_total(total, to_stations, places)
    assert len(stations) == 12
    groups = [split_total(value, to_groups[:5], places) for value in stations]
    members = [[split_total(value, to_members[:8], places) for value in group] for group in groups]
    assert [sum(group, D(0)) for group in groups] == stations
    assert [[sum(parts, D(0)) for parts in station] for station in members] == groups
    assert sum((value for station in members for group in station for value in group), D(0)) == total


@pytest.mark.parametrize(
    ("total", "by", "places", "parts"),
    [
        ("100", ["1", "1", "1"], 0, ["34", "33", "33"]),
        ("0.1", ["1", "1", "1"], 0, ["0.1", "0.0", "0.0"]),
        ("10", ["0", "0"], 1, ["5.0", "5.0"]),
        ("7", ["3", "2", "2"], 0, ["3", "2", "2"]),
        ("-5", ["1", "1"], 0, ["-2", "-3"]),
        ("100.000000", ["3", "2", "1"], 0, ["50", "33", "17"]),
    ],
)
def test_largest_remainder(total, by, places, parts):
    assert split_total(D(total), [D(share) for share in by], places) == [D(part) for part in parts]


@pytest.mark.parametrize("by", [[], [D(1), D(-1)]])
def test_no_share_and_negative_shares_are_refused(by):
    with pytest.raises(ValueError, match=r"nothing|negative"):
        split_total(D(10), by, 0)


@pytest.mark.parametrize(
    ("rule", "parts", "made"),
    [
        ("sum", [("1.5", None), ("2", None), (None, None)], "3.5"),
        ("mean", [("1", None), ("2", None)], "1.5"),
        ("mean", [("1", None), ("1", None), ("2", None)], "1.33"),
        ("weighted", [("10", "1"), ("20", "3")], "17.50"),
        ("weighted", [("10", None), ("20", None)], None),
        ("same", [("5", None), ("5.0", None)], "5"),
        ("same", [("5", None), ("6", None)], None),
        ("milestones", [("5", None)], None),
        ("sum", [(None, None)], None),
    ],
)
def test_what_children_make_together(rule, parts, made):
    given_parts = [Part(D(value) if value else None, D(weight) if weight else None) for value, weight in parts]
    assert combine(rule, given_parts, 2) == (D(made) if made else None)


@pytest.mark.parametrize(
    ("rule", "value", "parts", "named", "left", "fits"),
    [
        ("sum", "100", ["60", "40"], "0", "0", True),
        ("sum", "100", ["60", "35"], "0", "5", False),
        ("sum", "100", ["60", "35"], "5", "5", True),  # 预留
        ("sum", "100", ["60", "45"], "-5", "-5", True),  # 压担子
        ("sum", "100", ["60", None], "40", "40", False),  # a child is still open
        ("sum", "100", [], "0", "100", False),
        ("mean", "1.33", ["1", "1", "2"], "0", "0.00", True),
        ("same", "5", ["5", "5"], "0", "0", True),
        ("same", "5", ["5", "6"], "0", "-1", False),
        ("milestones", None, [None], "0", "0", True),
    ],
)
def test_what_is_left_to_allot(rule, value, parts, named, left, fits):
    balance = weigh_parts(rule, D(value) if value else None, [Part(D(part) if part else None) for part in parts], 2, D(named))
    assert (balance.left, balance.reconciles) == (D(left), fits)


def test_without_a_value_nothing_reconciles():
    assert weigh_parts("sum", None, [Part(D(5))], 0) == Balance(D(5), None, 0)
