"""底数: counts by unit, by owner, by area."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from ronghe.rectification import actions
from ronghe.rectification.queries import count_by_area, count_open
from tests.rectification.cases import close_one, day, open_one, prove_one, user


@pytest.fixture
def world_with_items(world):
    real = timezone.now
    with patch("django.utils.timezone.now", lambda: real() - timedelta(days=60)):
        open_one(world, due=day(20))
    item = close_one(world)
    actions.reopen_item(item, reason="x", due=day(9), by=user(world.lijianguo))
    actions.return_item(prove_one(world, unit="注采二站", owner="孙丽华"), note="x", by=user(world.zhengshuang))
    close_one(world, unit="注采二站", owner="孙丽华")
    return world


def test_by_unit(world_with_items, django_assert_num_queries):
    with django_assert_num_queries(1):
        tallies = count_open(world_with_items.area)
    assert [(t.name, t.open, t.overdue, t.returned, t.recurring, t.closed_this_month) for t in tallies] == [
        ("注采一站", 2, 1, 0, 1, 0),
        ("注采二站", 1, 0, 1, 0, 1),
    ]
    assert tallies[0].query == f"unit={world_with_items.unit['注采一站'].pk}"


def test_by_owner(world_with_items):
    assert [(t.name, t.open, t.overdue) for t in count_open(world_with_items.area, by="owner")] == [("刘海涛", 2, 1), ("孙丽华", 1, 0)]


def test_another_area_has_none(world_with_items):
    assert count_open(world_with_items.other) == []


def test_committee_above_sees_areas_side_by_side(world_with_items, django_assert_num_queries):
    above = user(world_with_items.gaoming)
    with django_assert_num_queries(4):  # two of them the standing of the one above
        tallies = count_by_area(above)
    assert [(t.name, t.open, t.overdue, t.returned, t.recurring, t.closed_this_month, t.on_time_rate) for t in tallies] == [
        ("示范采油管理区", 3, 1, 1, 1, 1, 1.0),
        ("示范第二采油管理区", 0, 0, 0, 0, 0, None),
    ]


def test_others_see_their_own_area_or_none(world_with_items):
    assert [t.name for t in count_by_area(user(world_with_items.lijianguo))] == ["示范采油管理区"]
    assert count_by_area(user(world_with_items.hejing)) == []
    assert count_by_area(user(world_with_items.xitong)) == []


def test_unknown_grouping(world):
    with pytest.raises(ValueError, match="colour"):
        count_open(world.area, by="colour")
