import pytest
from django.core.exceptions import PermissionDenied

from ronghe.audit.models import Entry
from ronghe.common.actions import Refused
from ronghe.figures.actions.periods import urge_reporters
from ronghe.figures.models import Demand
from ronghe.notices.models import Notice
from tests.figures.factories import make_period, submit_station


def urged():
    return sorted(Notice.objects.filter(kind="催报").values_list("person__name", flat=True))


def test_all_who_owe_something_are_reminded(world, period, indicators):
    submit_station(world, period, indicators)
    assert urge_reporters(period, by=world.chenxiaoyan.user) == (2, 0)
    assert urged() == ["宋文", "罗兰"]
    assert Entry.objects.get(verb="催报").actor_name == "陈晓燕"


def test_one_unit_is_reminded_alone(world, period, indicators):
    assert urge_reporters(period, by=world.zhaomin.user, unit_ids=[world.unit["注采二站"].pk]) == (1, 0)
    assert urged() == ["罗兰"]
    assert Demand.objects.exclude(urged_at=None).get().unit.name == "注采二站"


def test_nobody_is_reminded_twice_in_a_working_day(world, period, indicators):
    urge_reporters(period, by=world.zhaomin.user, unit_ids=[world.unit["注采二站"].pk])
    assert urge_reporters(period, by=world.lijianguo.user) == (2, 1)
    assert urge_reporters(period, by=world.lijianguo.user) == (0, 3)
    assert urged() == ["何静", "宋文", "罗兰"]


def test_reporters_and_other_areas_do_not_urge(world, period):
    for person in (world.hejing, world.liuhaitao, world.handong, world.xunuo, world.xitong):
        with pytest.raises(PermissionDenied):
            urge_reporters(period, by=person.user)


def test_a_closed_month_is_not_urged(world, indicators):
    closed = make_period(world, opens=-20, due=-10, closes=-5)
    with pytest.raises(Refused):
        urge_reporters(closed, by=world.zhaomin.user)


def test_the_button_on_the_board(world, period, indicators, login):
    client = login(world.zhaomin)
    board = f"/figures/periods/{period.pk}/"
    assert "催报未齐的 5 家" in client.get(board).content.decode()
    client.post(f"{board}urge/", {"once": "u", "unit": world.unit["注采一站"].pk})
    assert "已提醒 1 人。" in client.get(board).content.decode()
    assert urged() == ["何静"]
