"""What 监督 asks of people is measured; what stands on the board grows on its owner's plot; search finds all kinds."""

import pytest

from ronghe.portal.queries import search_all
from ronghe.supervision.asked import list_asked, list_crops
from tests.supervision import alert_cases, check_cases, open_cases, work_cases
from tests.supervision.cases import confirm, day, put, user

pytestmark = pytest.mark.django_db


def test_the_list_says_what_it_asks(world):
    check_cases.add(world)
    check_cases.add(world, what="奖金公示", supervised="station_chief", per_unit=True)
    asked = {one.name: (one.role, one.holders, one.fields) for one in list_asked(world.area.pk, "2026-11")}
    assert asked == {
        "比价和验收是不是三个人办的": ("纪检小组成员", 1, {"line": 1}),
        "奖金公示": ("纪检小组成员", 1, {"line": 5}),
    }
    assert list_asked(world.area.pk, "2026-10") == []


def test_the_board_grows_on_its_owners_plot(world):
    put(world, due=day(1)), confirm(world, title="已办的")
    (crop,) = list_crops(user(world.lijianguo), world.liuhaitao.pk)
    assert (crop.title, crop.light) == ("3 号井场围堰加固", "yellow")
    assert list_crops(user(world.sunlihua), world.liuhaitao.pk) == []


def test_search_finds_each_kind_for_who_may_read_it(world):
    put(world, title="甲乙丙督办")
    check_cases.find(world)
    work_cases.start(world, name="甲乙丙工程")
    alert_cases.raise_one(world)
    open_cases.publish(world)
    leader = user(world.lijianguo)
    assert [group.title for group in search_all(leader, "甲乙丙", 5)] == ["督办", "重点工程"]
    assert "监督发现" in [group.title for group in search_all(leader, "缺比价单", 5)]
    assert "预警" in [group.title for group in search_all(leader, "久红的事", 5)]
    assert "监督清单" in [group.title for group in search_all(leader, "比价和验收", 5)]
    assert search_all(user(world.handong), "甲乙丙", 5) == []
