"""Rules of the organisation on plain values."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ronghe.org.packs import read_organisation
from ronghe.org.rules import (
    SCOPE_UNITS,
    GroupState,
    find_mismatches,
    find_taken_name,
    fits_scope,
    is_code,
    keep_old_name,
    number_login,
    split_names,
)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (GroupState(tracked=True, has_group=False), ["没有党小组"]),
        (GroupState(tracked=False, has_group=False), []),
        (GroupState(True, True, 3, "full"), []),
        (GroupState(True, True, 2, "full"), ["党小组只有 2 名党员,少于 3 名"]),
        (GroupState(True, True, 3, None), ["没有党小组长"]),
        (GroupState(True, True, 3, "probationary"), ["党小组长是预备党员"]),
        (GroupState(True, True, 3, ""), ["党小组长不是本组党员"]),
    ],
)
def test_what_does_not_fit(state, expected):
    assert find_mismatches(state) == expected


def test_names_that_meet():
    others = [("采油一站", ["一站"]), ("采油二站", [])]
    assert [find_taken_name(names, others) for names in (["一站"], ["采油二站", "x"], ["三站", " "])] == [
        ("一站", "采油一站"),
        ("采油二站", "采油二站"),
        None,
    ]


def test_old_name_is_kept_once():
    assert keep_old_name("一站", "采油一站", ["采油一站", "老一站", "一站"]) == ["老一站", "一站"]
    assert keep_old_name("一站", "一站", ["老一站"]) == ["老一站"]


@pytest.mark.parametrize(("text", "expected"), [("一站、老一站,一站", ["一站", "老一站"]), ("", []), (" 、;", []), ("甲 乙", ["甲", "乙"])])
def test_names_are_split(text, expected):
    assert split_names(text) == expected


@pytest.mark.parametrize(
    ("text", "good"), [("SF-1", True), ("a_1", True), ("-a", False), ("一站", False), ("", False), ("x" * 41, False), ("a b", False)]
)
def test_codes(text, good):
    assert is_code(text) is good


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(st.sets(st.sampled_from(["zhangwei", "ZhangWei2", "zhangwei3", "liming"])))
def test_numbered_login_is_free(taken):
    login = number_login("zhangwei", taken)
    assert login.lower() not in {name.lower() for name in taken}
    assert login.startswith("zhangwei")


def test_pack_knows_every_kind_and_the_seven():
    pack = read_organisation()
    assert {kind.scope for kind in pack.posts.values()} == set(SCOPE_UNITS)
    assert sum(1 for kind in pack.posts.values() if kind.committee) == 7
    assert pack.name_committee(["deputy_secretary", "organisation", "x"]) == "副书记、组织委员、x"
    assert [fits_scope("group", kind) for kind in ("station", "office", "area", "plant")] == [True, True, False, False]
    assert not fits_scope("nonsense", "area")
