"""包站 and the week: working days, absences, moves, leave, swaps."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.common.actions import Refused
from ronghe.common.calendar import at_time
from ronghe.duties.actions.handovers import hand_over
from ronghe.stationing import actions
from ronghe.stationing.holdings import list_held
from ronghe.stationing.models import Cover, PlanDay
from ronghe.stationing.queries.plan import build_week
from ronghe.worklist.models import Task
from tests.stationing import cases

NOON = datetime(2026, 9, 28, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
# the week before National Day 2026: Thursday 1 October and Friday are off
MONDAY = date(2026, 9, 28)


@pytest.fixture
def covered(world):
    with at_time(NOON):
        for station, leader in (("注采一站", "王海涛"), ("注采二站", "陈晓燕"), ("注采三站", "陈晓燕")):
            cases.cover(world, station, leader)
        yield world


def test_the_week_is_planned_on_working_days_and_once(covered):
    world = covered
    actions.set_norm(world.area, {"days_a_week": 2, "min_units": 3, "decide_days": 3, "basis": "驻站规定"}, by=cases.user(world.lijianguo))
    away = {"kind": "absence", "starts_on": MONDAY + timedelta(days=1), "ends_on": MONDAY + timedelta(days=2), "note": "休假"}
    hand_over(world.wanghaitao, receiver=world.lijianguo, by=cases.user(world.lijianguo), **away)
    rows = actions.plan_week(world.area, monday=MONDAY, by=cases.user(world.lijianguo))
    planned = sorted((row.leader.name, row.unit.name, row.day) for row in rows)
    days = {row.day for row in rows}
    assert max(days) < date(2026, 10, 1)  # the holiday
    assert [(name, unit) for name, unit, _day in planned] == [("王海涛", "注采一站"), ("陈晓燕", "注采三站"), ("陈晓燕", "注采二站")]
    assert [row.day for row in rows if row.leader == world.wanghaitao] == [MONDAY]
    assert Task.objects.open().filter(kind="驻站带班").count() == 3
    assert actions.plan_week(world.area, monday=MONDAY, by=cases.user(world.lijianguo)) == []
    heads, table = build_week(cases.user(world.liuhaitao), world.area.pk, MONDAY)
    assert [works for _name, works in heads] == [True, True, True, False, False, False, False]
    assert {row.leader: row.covers for row in table}["陈晓燕"] == "注采二站、注采三站"


def test_another_takes_a_station_over(covered):
    world = covered
    with pytest.raises(ValidationError):
        cases.cover(world, "注采一站", "王海涛", date(2026, 10, 8))
    with pytest.raises(ValidationError):
        cases.cover(world, "注采一站", "刘海涛", date(2026, 10, 8))
    cases.cover(world, "注采一站", "李建国", date(2026, 10, 8))
    rows = Cover.objects.filter(unit=world.unit["注采一站"]).order_by("valid_from").values_list("leader__name", "valid_from", "valid_to")
    assert list(rows) == [("王海涛", date(2026, 1, 1), date(2026, 10, 7)), ("李建国", date(2026, 10, 8), None)]
    with pytest.raises(PermissionDenied):
        actions.set_cover(world.unit["注采二站"], leader=world.lijianguo, since=date(2026, 10, 8), by=cases.user(world.liuhaitao))


def test_move_leave_and_swap(covered):
    world = covered
    by = cases.user(world.wanghaitao)
    mine, other = cases.plan(world), cases.plan(world, "注采二站", "陈晓燕", days=2)
    with pytest.raises(ValidationError):
        actions.move_day(mine, day=date(2026, 10, 1), reason="开会", by=by)  # a holiday
    moved = actions.move_day(mine, day=MONDAY, reason="开会", by=by)
    assert (moved.day, moved.note) == (MONDAY, "原定 2026-09-29:开会")
    with pytest.raises(PermissionDenied):
        actions.call_off(other, reason="替他请假", by=cases.user(world.zhouweidong))
    swap = actions.ask_swap(moved, other=other, reason="外出", by=by)
    with pytest.raises(PermissionDenied):
        actions.answer_swap(swap, agreed=True, by=by)
    actions.answer_swap(swap, agreed=True, by=cases.user(world.chenxiaoyan))
    assert {(row.leader.name, row.unit.name) for row in PlanDay.objects.all()} == {("陈晓燕", "注采一站"), ("王海涛", "注采二站")}
    with pytest.raises(Refused):
        actions.answer_swap(swap, agreed=False, by=cases.user(world.chenxiaoyan))
    mine = PlanDay.objects.get(leader=world.wanghaitao)
    off = actions.call_off(mine, reason="病假", by=by)
    assert (off.state, off.note) == ("off", "病假")
    assert Task.objects.open().filter(kind="驻站带班").count() == 1
    assert [row.what for row in list_held(world.chenxiaoyan.pk)] == ["包站", "包站", "驻站带班"]
