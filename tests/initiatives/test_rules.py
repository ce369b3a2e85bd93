"""Shares add up to 100 % exactly and are paid out to the last cent; likeness of ideas."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ronghe.initiatives.rules import find_alike, find_bar_to_verifying, find_fault_in_shares, split_amount

cents = st.integers(0, 10**12).map(lambda n: Decimal(n) / 100)


@st.composite
def shares(draw):
    cuts = sorted(set(draw(st.lists(st.integers(1, 9999), max_size=8))))
    return [Decimal(b - a) / 100 for a, b in zip([0, *cuts], [*cuts, 10000], strict=True)]


@given(cents, shares())
def test_parts_add_up_and_are_within_a_cent(total, percents):
    parts = split_amount(total, percents)
    assert find_fault_in_shares(percents) == ""
    assert sum(parts) == total
    assert all(abs(part - total * percent / 100) < Decimal("0.01") for part, percent in zip(parts, percents, strict=True))


@given(cents, shares())
def test_a_larger_share_never_gets_less(total, percents):
    pairs = sorted(zip(percents, split_amount(total, percents), strict=True))
    amounts = [amount for percent, amount in pairs]
    assert all(a <= b for (p, a), (q, b) in zip(pairs, pairs[1:], strict=False) if p < q)
    assert len(amounts) == len(percents)


@pytest.mark.parametrize(
    ("percents", "fault"),
    [
        ([], "请至少写一位贡献人。"),
        (["50", "49.99"], "合计 99.99%,还差 0.01%。合计必须正好 100%。"),
        (["50", "50.01"], "合计 100.01%,多出 0.01%。合计必须正好 100%。"),
        (["100", "0"], "每份须大于 0、不超过 100。"),
        (["33.333", "66.667"], "份额最多两位小数。"),
    ],
)
def test_shares_that_do_not_hold(percents, fault):
    assert find_fault_in_shares([Decimal(one) for one in percents]) == fault


def test_who_gains_never_verifies():
    assert find_bar_to_verifying(1, proposer=1, owner=2, credited=[3])
    assert find_bar_to_verifying(2, proposer=1, owner=2, credited=[3])
    assert find_bar_to_verifying(3, proposer=1, owner=2, credited=[3])
    assert find_bar_to_verifying(4, proposer=1, owner=2, credited=[3]) == ""


def test_the_likest_comes_first_and_the_unlike_not_at_all():
    earlier = [(1, "更换抽油机皮带", "皮带打滑"), (2, "计量间保温套", "冬天放空多"), (3, "给计量间加装保温套", "冬天放空多")]
    assert [pk for pk, _degree in find_alike("计量间加装保温套", "冬天放空", earlier)] == [3, 2]
