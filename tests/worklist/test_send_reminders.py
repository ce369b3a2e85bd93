"""The daily tick of reminders: one message a person, before, on and after the date and up a level; doubled, missed or late it changes nothing."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from ronghe.notices.models import Delivery, Digest, DigestPlan, Notice, ReminderRule
from ronghe.org.models import Appointment
from ronghe.worklist.actions import open_tasks, settle_tasks
from ronghe.worklist.models import Task
from ronghe.worklist.reminders import send_reminders

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 9)
DUE = date(2026, 11, 18)  # a Wednesday without holidays around it


@pytest.fixture
def clock(monkeypatch):
    """clock(day): it is 6:30 of that day."""

    def move(day):
        at = datetime.combine(day, time(6, 30), SHANGHAI)
        for module in ("ronghe.common.calendar", "ronghe.notices.actions"):
            monkeypatch.setattr(f"{module}.now", lambda: at)
        return day

    return move


def due_task(world, owner, title="填报十一月数据", due=DUE, path="/worklist/"):
    [task] = open_tasks(owner, kind="填报", owners=[owner], title=title, path=path, due=due, area_id=owner.area_id, unit_id=owner.unit_id)
    Task.objects.filter(pk=task.pk).update(created_at=datetime.combine(MONDAY, time(9), SHANGHAI))
    return task


def told(person):
    return [notice.title for notice in Notice.objects.filter(person=person, kind="提醒").order_by("pk")]


def run(clock, *days):
    for day in days:
        send_reminders(clock(day))


def november(*days):
    return [date(2026, 11, day) for day in days]


def test_before_on_and_after(world, clock):
    due_task(world, world.hejing)
    heard = []
    for day in range(10, 28):
        before = len(told(world.hejing))
        run(clock, date(2026, 11, day))
        if len(told(world.hejing)) > before:
            heard.append(day)
    # three working days before (13), one before (17), on the day, one and three after
    assert heard == [13, 17, 18, 19, 23]


def test_goes_up_to_chief_then_secretary(world, clock):
    due_task(world, world.hejing)
    run(clock, *november(17, 18, 19))
    assert told(world.liuhaitao) == []
    run(clock, *november(20))
    assert told(world.liuhaitao) == ["所辖单位有 1 项逾期未办"]
    assert told(world.lijianguo) == []
    run(clock, *november(23, 24, 25))
    assert told(world.lijianguo) == ["所辖单位有 1 项逾期未办"]


def test_chief_of_another_station_hears_nothing(world, clock):
    due_task(world, world.hejing)
    run(clock, *november(20, 25))
    assert told(world.sunlihua) == told(world.handong) == []


def test_twenty_tasks_make_one_message(world, clock):
    for number in range(20):
        [_task] = open_tasks(
            world.unit["注采一站"] if number else world.hejing,
            kind=f"事项{number}",
            owners=[world.hejing],
            title=f"第{number}件",
            path="/worklist/",
            due=DUE,
            area_id=world.area.pk,
        )
    run(clock, DUE)
    assert told(world.hejing) == ["您有 20 项待办到了提醒时间"]


def test_doubled_tick_changes_nothing(world, clock):
    due_task(world, world.hejing)
    run(clock, DUE, DUE, DUE)
    assert len(told(world.hejing)) == 1
    assert Digest.objects.filter(person=world.hejing).count() == 1


def test_missed_tick_is_said_the_next_day(world, clock):
    due_task(world, world.hejing)
    run(clock, *november(16, 20))  # nobody ran on the 17th, 18th, 19th
    assert len(told(world.hejing)) == 2


def test_settled_is_not_spoken_of(world, clock):
    due_task(world, world.hejing)
    settle_tasks(world.hejing, kind="填报")
    run(clock, DUE)
    assert told(world.hejing) == []


def test_day_off_is_quiet(world, clock):
    due_task(world, world.hejing, due=date(2026, 11, 15))  # a Sunday
    run(clock, *november(14, 15))
    assert told(world.hejing) == []
    run(clock, *november(16))
    assert len(told(world.hejing)) == 1


def test_who_left_the_post_is_told_nothing(world, clock):
    due_task(world, world.hejing)
    Appointment.objects.filter(person=world.liuhaitao).update(valid_to=date(2026, 11, 1))
    run(clock, *november(17, 18, 19, 20, 23))
    assert told(world.liuhaitao) == []


def test_closed_account_is_told_nothing(world, clock):
    due_task(world, world.hejing)
    world.hejing.user.is_active = False
    world.hejing.user.save()
    run(clock, DUE)
    assert told(world.hejing) == []


def test_who_cannot_open_the_page_is_told_nothing(world, clock):
    due_task(world, world.hejing, path="/audit/")
    run(clock, DUE)
    assert told(world.hejing) == []


def test_one_thing_is_opened_itself(world, clock):
    due_task(world, world.hejing, path="/worklist/?text=x")
    run(clock, DUE)
    assert Notice.objects.get(person=world.hejing).path == "/worklist/?text=x"


def test_own_rule_of_area_and_kind_comes_first(world, clock):
    ReminderRule.objects.create(area=world.area, kind="填报", offsets=[0], repeat_every=None, chief_after=None, leader_after=1)
    due_task(world, world.hejing)
    run(clock, *november(12, 13, 16, 17))
    assert told(world.hejing) == []
    run(clock, *november(18, 19, 20))
    assert len(told(world.hejing)) == 1
    assert told(world.liuhaitao) == []
    assert len(told(world.lijianguo)) == 1


def test_mail_and_robot_are_queued_once_for_the_hour(world, clock):
    from ronghe.notices.actions import add_robot

    add_robot(world.area, name="生产群", address="json://127.0.0.1:1/", by=world.xitong.user)
    world.hejing.user.email = "hejing@example.com"
    world.hejing.user.save()
    due_task(world, world.hejing, title="填报十一月数据")
    run(clock, DUE, DUE)
    mail, robot = Delivery.objects.order_by("key")
    assert (mail.person, robot.robot.name) == (world.hejing, "生产群")
    assert "填报十一月数据" in mail.body
    assert "填报十一月数据" not in robot.body  # a group's readers are not known
    assert mail.not_before.astimezone(SHANGHAI).time() == time(8, 0)


def test_quiet_hours_wait_for_the_morning(world, clock):
    DigestPlan.objects.create(area=world.area, hour=time(21, 0))
    world.hejing.user.email = "hejing@example.com"
    world.hejing.user.save()
    due_task(world, world.hejing)
    run(clock, DUE)
    at = Delivery.objects.get().not_before.astimezone(SHANGHAI)
    assert (at.date(), at.time()) == (date(2026, 11, 19), time(7, 30))


def test_queries_do_not_grow_with_tasks(world, clock, django_assert_max_num_queries):
    for number in range(30):
        due_task(world, world.hejing, title=f"{number}")
        Task.objects.filter(kind="填报").update(kind=f"类{number}")
    clock(DUE)
    with django_assert_max_num_queries(40):
        send_reminders(DUE)
