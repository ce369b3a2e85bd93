"""Handing over a meeting that is ahead and what was assigned; a seat and a ballot stay with their person."""

from ronghe.meetings import holdings
from ronghe.meetings.actions import agenda, follow, plan
from ronghe.worklist.holdings import list_held as list_tasks
from ronghe.worklist.models import Task
from tests.meetings import cases
from tests.meetings.cases import day, fresh, lead, user


def test_presider_and_assignment_go_along(world):
    cases.prepare(world)
    meeting, item = cases.open_one(world)
    cases.hear_all(item)
    cases.begin(item)
    from ronghe.meetings.actions import votes

    votes.close_named_vote(fresh(item), dict.fromkeys(votes.list_deciding(item, meeting), "yes"), by=lead(meeting))
    row = follow.assign(fresh(item), text="印发计划", owner=world.lijianguo, due=day(9), by=lead(meeting))
    ahead = cases.plan_one(world, days=5)
    by = user(world.wanghaitao)
    held = {one.what: one.key for one in holdings.list_held(world.lijianguo.pk)}
    assert set(held) == {"主持会议", "决议落实"}
    assert holdings.hand_over(held["主持会议"], world.lijianguo, world.zhouweidong, by, "") == "主持人和记录人须是两个人"
    assert holdings.hand_over(held["主持会议"], world.lijianguo, world.wanghaitao, by, "") == ""
    assert holdings.hand_over(held["决议落实"], world.lijianguo, world.hejing, by, "") == ""
    assert (fresh(ahead).presider, fresh(row).owner) == (world.wanghaitao, world.hejing)
    assert list(Task.objects.from_origin(row).open().values_list("owner", flat=True)) == [world.hejing.pk]
    assert list(Task.objects.from_origin(ahead).open().values_list("owner", flat=True)) == [world.wanghaitao.pk]
    assert "已换人" in holdings.hand_over(held["主持会议"], world.lijianguo, world.wanghaitao, by, "")


def test_a_seat_is_not_handed_over(world):
    cases.prepare(world)
    meeting = cases.plan_one(world, days=5)
    agenda.add_item(meeting, title="学习", by=lead(meeting))
    plan.send_notice(fresh(meeting), by=lead(meeting))
    assert Task.objects.open().filter(owner=world.chenxiaoyan, kind="参加会议").count() == 1
    assert list_tasks(world.chenxiaoyan.pk) == []
    assert holdings.list_held(world.chenxiaoyan.pk) == []
