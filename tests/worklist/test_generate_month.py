"""生成月度任务: nothing twice, nothing to nobody, no flood of what is past."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ronghe.audit.models import Entry
from ronghe.common.actions import Refused
from ronghe.common.calendar import at_time
from ronghe.notices.models import Notice
from ronghe.org.models import Appointment
from ronghe.worklist.actions.guides import adopt_guide, retire_item
from ronghe.worklist.actions.months import generate_due, generate_month, rehome_tasks, settle_listed
from ronghe.worklist.actions.tasks import finish_task
from ronghe.worklist.models import MonthRun, Task
from ronghe.worklist.sources import Planned, sources
from tests.people import appoint, make_person
from tests.worklist.cases import CODE, adopt, keys, user

NOV = "2026-11"
FIRST = date(2026, 11, 1)


@pytest.fixture
def november(world):
    adopt(world, month=NOV, day=FIRST)
    return world


def test_each_holder_has_each_date_once(november):
    world = november
    mine = Task.objects.filter(owner=world.liuhaitao, month=NOV).order_by("due", "key")
    assert mine.filter(item__code="meeting").get().due == date(2026, 11, 10)
    assert list(mine.filter(item__code="appeal").values_list("due", flat=True)) == [date(2026, 11, n) for n in (6, 13, 20, 27)]
    assert list(mine.filter(item__code="study").values_list("due", flat=True)) == [date(2026, 11, n) for n in (2, 9, 16, 23, 30)]
    counts = {
        person.name: Task.objects.filter(owner=person, month=NOV).count() for person in (world.liuhaitao, world.sunlihua, world.maxiaoyan)
    }
    assert len(set(counts.values())) == 1
    assert MonthRun.objects.get(area=world.area).made == sum(counts.values())
    assert not Task.objects.filter(area=world.other, month=NOV).exists()


def test_again_makes_nothing_and_writes_no_audit(november):
    before, entries = keys(november.area, NOV), Entry.objects.count()
    assert generate_month(november.area, NOV, day=date(2026, 11, 5)).made == len(before)
    assert (keys(november.area, NOV), Entry.objects.count()) == (before, entries)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["2026-11", "2026-12", "2027-01"]), min_size=3, max_size=7).filter(lambda runs: len(set(runs)) == 3))
def test_any_order_and_any_repeats_give_the_same(world, runs):
    from django.db import transaction

    with transaction.atomic():
        point = transaction.savepoint()
        adopt_guide(world.area, CODE, by=user(world.lijianguo), month=NOV)
        for month in runs:
            generate_month(world.area, month, day=FIRST)
        found = list(Task.objects.exclude(key="").order_by("key").values_list("key", "owner_id", "due"))
        transaction.savepoint_rollback(point)
    known = world.__dict__.setdefault("known", [])
    strip = [(":".join([key.split(":")[0], *key.split(":")[2:]]), owner, due) for key, owner, due in found]
    known.append(sorted(strip))
    assert known[0] == sorted(strip)
    assert len(strip) > 100


def test_missed_day_of_the_month_leaves_the_past_alone(world):
    """On the 20th: weekly and monthly dates that are past aren't made; the red lights of a month don't come in one morning."""
    adopt(world, month=NOV, day=date(2026, 11, 20))
    assert Task.objects.filter(due__lt=date(2026, 11, 20)).count() == 0
    assert not Task.objects.filter(item__code="meeting").exists()
    assert MonthRun.objects.get().skipped > 0


def test_quarterly_of_a_missed_month_is_made_with_a_new_date(november):
    """No worker ran in December: in January the quarter's lecture-like dates come, what is monthly does not."""
    generate_due(date(2027, 1, 4))
    december = Task.objects.filter(month="2026-12", owner=november.liuhaitao)
    assert set(december.values_list("item__code", flat=True)) == {"assembly", "letter", "civil", "review", "model"}
    assert set(december.values_list("due", flat=True)) == {date(2027, 1, 11)}
    assert all("补生成" in task.remark for task in december)
    assert Task.objects.filter(month="2027-01", owner=november.liuhaitao, item__code="meeting").count() == 1


def test_empty_post_goes_to_the_secretary_and_says_so(world):
    Appointment.objects.filter(person=world.liuhaitao, post__kind="group_leader").update(valid_to=date(2026, 10, 31))
    adopt(world, month=NOV, day=FIRST)
    task = Task.objects.get(item__code="meeting", post__unit=world.unit["注采一站"])
    assert (task.owner, task.remark) == (world.lijianguo, "党小组长岗位空缺,由上级代办")
    assert Notice.objects.filter(person=world.lijianguo, title__contains="岗位空缺").count() == 1
    assert MonthRun.objects.get().vacant == Task.objects.filter(owner=world.lijianguo, month=NOV).count()


def test_whoever_takes_over_in_the_middle_of_the_month_gets_what_is_due_after(world):
    Appointment.objects.filter(person=world.liuhaitao, post__kind="group_leader").update(valid_to=date(2026, 11, 15))
    appoint(world.wutong, "group_leader", world.unit["注采一站"], valid_from=date(2026, 11, 16))
    adopt(world, month=NOV, day=FIRST)
    one = Task.objects.filter(post__unit=world.unit["注采一站"], month=NOV)
    assert {task.owner for task in one.filter(due__lte=date(2026, 11, 15))} == {world.liuhaitao}
    assert {task.owner for task in one.filter(due__gt=date(2026, 11, 15))} == {world.wutong}
    assert rehome_tasks(world.area, day=date(2026, 11, 2)) == 0


def test_unforeseen_change_moves_what_is_open(november):
    world = november
    Appointment.objects.filter(person=world.liuhaitao, post__kind="group_leader").update(valid_to=date(2026, 11, 11))
    appoint(world.wutong, "group_leader", world.unit["注采一站"], valid_from=date(2026, 11, 12))
    rehome_tasks(world.area, day=date(2026, 11, 12))
    assert not Task.objects.filter(owner=world.liuhaitao, month=NOV, state="open").exists()
    assert Task.objects.filter(owner=world.wutong, item__code="meeting").get().due == date(2026, 11, 10)
    assert rehome_tasks(world.area, day=date(2026, 11, 12)) == 0


def test_acting_holder_has_it(world):
    acting = make_person(world, "代小明", "daixiaoming", world.unit["注采一站"])
    appoint(acting, "group_leader", world.unit["注采一站"], valid_from=date(2026, 11, 9), valid_to=date(2026, 11, 13))
    Appointment.objects.filter(person=acting, post__kind="group_leader").update(acting=True)
    adopt(world, month=NOV, day=FIRST)
    assert set(Task.objects.filter(owner=acting, month=NOV).values_list("due", flat=True)) == {date(2026, 11, n) for n in (9, 10, 11, 13)}


def test_retired_item_falls_away_where_it_was_generated_ahead(november):
    world = november
    generate_month(world.area, "2026-12", day=date(2026, 11, 20))
    with at_time(make_moment(date(2026, 11, 21))):
        retire_item(november_guide(), "ideas", month="2026-12", reason="没人看", by=user(world.lijianguo))
    generate_month(world.area, "2026-12", day=date(2026, 11, 21))
    assert set(Task.objects.filter(item__code="ideas", month="2026-12").values_list("state", "result")) == {
        ("dropped", "指南已修改,不再需要")
    }
    assert set(Task.objects.filter(item__code="ideas", month=NOV).values_list("state", flat=True)) == {"open"}


def test_what_fell_away_comes_back_when_it_is_asked_for_again(world):
    """A date moved there and back: the same task opens again; what a leader dropped stays dropped."""
    asked = [date(2026, 11, 20)]

    def ask(month):
        for day in asked:
            yield Planned(
                key=f"test:{day:%Y%m%d}", kind="督办", title="检查一次", due=day, planned=day, each_month=True, owner_id=world.wutong.pk
            )

    sources.add("test", ask)
    try:
        generate_month(world.area, NOV, day=FIRST)
        asked[:] = [date(2026, 11, 24)]
        generate_month(world.area, NOV, day=FIRST)
        assert dict(Task.objects.values_list("key", "state")) == {"test:20261120": "dropped", "test:20261124": "open"}
        asked[:] = [date(2026, 11, 20)]
        generate_month(world.area, NOV, day=FIRST)
        assert dict(Task.objects.values_list("key", "state")) == {"test:20261120": "open", "test:20261124": "dropped"}
        assert Entry.objects.filter(verb="生成月度任务").order_by("pk").last().note == "新增 0 项,恢复 1 项,取消 1 项,过期未补 0 项"
        Task.objects.filter(key="test:20261120").update(state="dropped", result="不再需要:已并入")
        generate_month(world.area, NOV, day=FIRST)
        assert Task.objects.get(key="test:20261120").result == "不再需要:已并入"
    finally:
        sources._entries.pop("test")


def test_done_where_it_belongs(world, login):
    """A task with a page of its own isn't done by a tap in the list; the action that does it settles the task by its key."""

    def ask(month):
        yield Planned(
            key="test:own", kind="督办", title="检查一次", due=month.last, planned=month.last, each_month=True, owner_id=world.wutong.pk,
            path="/goals/",
        )  # fmt: skip

    sources.add("test", ask)
    try:
        generate_month(world.area, NOV, day=FIRST)
    finally:
        sources._entries.pop("test")
    task = Task.objects.get(key="test:own")
    with pytest.raises(Refused, match="在它来的地方办理"):
        finish_task(task, by=user(world.wutong))
    page = login(world.wutong).get(f"/worklist/month/?month={NOV}")
    (line,) = [line for day in page.context["days"] for line in day.lines]
    assert (line.one_tap, line.url) == (False, "/goals/")
    assert (settle_listed(["test:own"], result="已检查"), settle_listed(["test:own"])) == (1, 0)


def test_the_list_holds_what_other_contexts_expect_in_the_month(november, login):
    world = november
    for key, due in (("里", date(2026, 11, 18)), ("外", date(2026, 12, 1))):
        Task.objects.create(area=world.area, owner=world.liuhaitao, kind="整改", title=f"月{key}到期", path="/", due=due)
    page = login(world.liuhaitao).get(f"/worklist/month/?month={NOV}")
    lines = [line for day in page.context["days"] for line in day.lines]
    assert [(line.title, line.one_tap) for line in lines if line.kind == "整改"] == [("月里到期", False)]
    assert [line.due for line in lines] == sorted(line.due for line in lines)


def november_guide():
    from ronghe.worklist.models import Guide

    return Guide.objects.get(code=CODE)


def make_moment(day):
    from datetime import datetime

    from django.utils import timezone

    return timezone.make_aware(datetime(day.year, day.month, day.day, 9))


def test_another_context_registers_a_source(world):
    def ask(month):
        yield Planned(
            key=f"test:{month.month}",
            kind="督办",
            title="检查一次",
            due=month.last,
            planned=month.last,
            each_month=True,
            owner_id=world.wutong.pk,
            path="/org/people/",
        )

    sources.add("test", ask)
    try:
        generate_month(world.area, NOV, day=FIRST)
        generate_month(world.area, NOV, day=FIRST)
    finally:
        sources._entries.pop("test")
    assert [(task.owner, task.url) for task in Task.objects.filter(month=NOV)] == [(world.wutong, "/org/people/")]


def test_queries_do_not_grow_with_posts(november):
    world = november
    with CaptureQueriesContext(connection) as few:
        generate_month(world.area, "2027-02", day=FIRST)  # as in January, no quarter ends
    for n in range(12):
        unit = type(world.unit["注采一站"]).objects.create(code=f"x{n}", name=f"站{n}", kind="station", parent=world.area, area=world.area)
        appoint(world.wutong, "group_leader", unit)
    with CaptureQueriesContext(connection) as many:
        generate_month(world.area, "2027-01", day=FIRST)
    reads = [[row["sql"] for row in seen if not row["sql"].startswith("INSERT")] for seen in (few, many)]
    assert len(reads[1]) == len(reads[0])
    assert Task.objects.filter(month="2027-01", owner=world.wutong).count() > 100


def test_command(world, capsys):
    adopt_guide(world.area, CODE, by=user(world.lijianguo))
    call_command("generate-tasks", month="2099-01", area="a1")
    assert "2099-01:共" in capsys.readouterr().out
    assert keys(world.area, "2099-01")


@pytest.mark.parametrize("name", ["刘海涛", "何静", "韩冬", "系统管理员", "高明"])
def test_others_do_not_generate(world, name):
    with pytest.raises(PermissionDenied):
        generate_month(world.area, NOV, by=user(world.person[name]))
