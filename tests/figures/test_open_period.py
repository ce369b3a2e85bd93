from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ronghe.audit.models import Entry
from ronghe.common.actions import Refused, StaleForm
from ronghe.common.calendar import today
from ronghe.figures.actions.periods import ask_reporters, change_period, open_due_periods, open_period
from ronghe.figures.models import ReportingPeriod
from ronghe.figures.queries.periods import propose_dates
from ronghe.figures.rules import month_of, next_month, previous_month
from ronghe.notices.models import Notice
from ronghe.worklist.models import Task
from tests.figures.factories import make_indicators, make_period, month


@pytest.mark.django_db
def test_october_is_due_on_the_fifth_working_day():
    """November 2026 begins on a Sunday."""
    dates = propose_dates("2026-10")
    assert dates.opens_on == date(2026, 11, 1)
    assert (dates.due_on, dates.closes_on) == (date(2026, 11, 6), date(2026, 11, 13))


def test_opening_asks_each_reporter_once(world, indicators):
    row = make_period(world)
    tasks = Task.objects.open().filter(kind="填报")
    assert sorted(task.owner.name for task in tasks) == ["何静", "宋文", "罗兰"]
    assert {task.due for task in tasks} == {row.due_on}
    assert {notice.person.name for notice in Notice.objects.filter(kind="填报")} == {"何静", "宋文", "罗兰"}
    assert Entry.objects.get(verb="开放填报").actor_name == "赵敏"


def test_asking_again_changes_nothing(world, period):
    assert ask_reporters(period) == 0
    assert Task.objects.count() == 3
    assert Notice.objects.count() == 3


def test_a_period_that_opens_later_asks_nobody_yet(world, indicators):
    row = make_period(world, opens=2)
    assert Task.objects.count() == 0
    assert row.asked_at is None


def test_only_the_indicator_administrator_opens(world, indicators):
    for person in (world.lijianguo, world.hejing, world.qianjin, world.xunuo, world.xitong):
        with pytest.raises(PermissionDenied):
            make_period(world, by=person.user)


def test_a_month_opens_once(world, period):
    with pytest.raises(Refused):
        make_period(world)


def test_a_month_that_has_not_begun_is_refused(world):
    with pytest.raises(Refused):
        make_period(world, period=next_month(month_of(today())))


def test_dates_in_the_wrong_order_are_refused(world, indicators):
    with pytest.raises(Refused):
        make_period(world, due=-10)
    assert ReportingPeriod.objects.count() == 0


def move(period, days, *, by, reason="设备检修", **more):
    day = period.due_on + timedelta(days=days)
    return change_period(period, opens_on=period.opens_on, due_on=day, closes_on=day + timedelta(days=5), reason=reason, by=by, **more)


def test_moving_the_date_moves_what_is_due(world, period):
    moved = move(period, 2, by=world.zhaomin.user)
    assert {task.due for task in Task.objects.open()} == {moved.due_on}
    entry = Entry.objects.get(verb="修改填报日期")
    assert entry.note == "设备检修"
    assert entry.changes["due_on"] == [period.due_on.isoformat(), moved.due_on.isoformat()]


def test_moving_needs_a_reason(world, period):
    with pytest.raises(Refused):
        move(period, 2, by=world.zhaomin.user, reason=" ")


def test_moving_from_a_stale_form_is_refused(world, period):
    move(period, 2, by=world.zhaomin.user)
    with pytest.raises(StaleForm):
        move(period, 4, by=world.zhaomin.user, version=period.version)


def test_moving_is_not_for_the_other_area(world, period):
    with pytest.raises(PermissionDenied):
        move(period, 2, by=world.xunuo.user)


def test_the_daily_tick_opens_last_month_after_the_first_was_opened_by_hand(world, indicators):
    before = previous_month(month())
    dates = propose_dates(before)
    open_period(world.area, period=before, opens_on=dates.opens_on, due_on=dates.due_on, closes_on=dates.closes_on, by=world.zhaomin.user)
    opened = open_due_periods()
    assert [row.period for row in opened] == [month()]
    assert open_due_periods() == []
    assert ReportingPeriod.objects.filter(area=world.other).count() == 0


def test_the_daily_tick_asks_when_the_opening_day_has_come(world, indicators):
    row = make_period(world, opens=2)
    ReportingPeriod.objects.filter(pk=row.pk).update(opens_on=today())
    assert open_due_periods() == [row]
    assert Task.objects.count() == 3


def test_a_new_reporter_is_asked_by_the_next_tick(world, period):
    from tests.people import appoint

    appoint(world.wutong, "reporter", world.unit["注采三站"])
    open_due_periods()
    assert Task.objects.get(owner=world.wutong).title.endswith("指标填报(注采三站)")


def test_an_area_without_indicators_has_nobody_to_ask(world):
    make_period(world)
    assert Task.objects.count() == 0
    make_indicators(world)
    open_due_periods()
    assert Task.objects.count() == 3
