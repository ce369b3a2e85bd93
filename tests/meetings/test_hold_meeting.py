"""A meeting from plan to locked minutes, and what is refused on the way."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ronghe.common.actions import Refused
from ronghe.meetings.actions import agenda, follow, minutes, plan, room, votes
from ronghe.meetings.models import Assignment, Item, Meeting, Urgent, Voice
from ronghe.meetings.rules.quorum import Tally
from ronghe.worklist.models import Task
from tests.meetings import cases
from tests.meetings.cases import begin, day, fresh, hear_all, lead, open_one, plan_one, user


@pytest.fixture
def ready(world):
    cases.prepare(world)
    return world


def close_yes(item):
    given = dict.fromkeys(votes.list_deciding(item, item.meeting), "yes")
    return votes.close_named_vote(fresh(item), given, by=lead(item.meeting))


def test_from_plan_to_locked_minutes(ready):
    meeting, item = open_one(ready)
    hear_all(item)
    begin(item)
    assert close_yes(item).state == "passed"
    row = follow.assign(fresh(item), text="印发计划", owner=ready.hejing, due=day(9), by=lead(meeting))
    minutes.close_meeting(fresh(meeting), by=lead(meeting))
    minutes.confirm_minutes(fresh(meeting), by=user(ready.lijianguo))
    assert fresh(meeting).state == "closed"
    with pytest.raises(Refused):
        minutes.confirm_minutes(fresh(meeting), by=user(ready.lijianguo))
    minutes.confirm_minutes(fresh(meeting), by=user(ready.zhouweidong))
    meeting = fresh(meeting)
    assert meeting.state == "locked"
    assert "同意该计划。" in meeting.minutes
    assert list(Task.objects.filter(owner=ready.hejing, kind="决议落实").values_list("due", "state")) == [(day(9), "open")]
    with pytest.raises(Refused):
        minutes.save_minutes(meeting, text="改", by=user(ready.lijianguo))
    minutes.add_correction(meeting, text="时间应为九点", by=user(ready.lijianguo))
    follow.finish_assignment(fresh(row), result="已印发", by=user(ready.hejing))
    assert Assignment.objects.get().done_on == day(0)
    assert Task.objects.filter(kind="决议落实", state="open").count() == 0


def test_head_speaks_last_and_everyone_first(ready):
    meeting, item = open_one(ready)
    with pytest.raises(Refused, match="末位表态"):
        room.speak(item, [(ready.lijianguo, "同意")], by=lead(meeting))
    with pytest.raises(Refused, match="没有发表意见"):
        begin(item)
    others = [(ready.wanghaitao, "同意"), (ready.chenxiaoyan, "同意"), (ready.zhouweidong, "同意")]
    room.speak(fresh(item), others, by=lead(meeting))
    with pytest.raises(Refused, match="主要负责人还没有表态"):
        begin(item)
    room.speak(fresh(item), [(ready.lijianguo, "同意")], by=lead(meeting))
    assert list(Voice.objects.values_list("person__name", flat=True))[-1] == "李建国"
    assert begin(item).state == "voting"


def test_no_quorum_no_vote(ready):
    meeting, item = open_one(ready, matter_class="major", away=("王海涛", "陈晓燕"))
    hear_all(item)
    with pytest.raises(Refused, match="法定人数"):
        begin(item)
    assert fresh(item).state == "open"
    assert room.defer_item(fresh(item), reason="人数不够", by=lead(meeting)).state == "waiting"
    assert fresh(item).state == "deferred"


def test_recusal_takes_no_part(ready):
    meeting, item = open_one(ready)
    room.recuse(item, ready.chenxiaoyan, reason="涉及亲属", by=user(ready.chenxiaoyan))
    hear_all(item)
    begin(item)
    with pytest.raises(ValidationError):
        votes.close_named_vote(
            fresh(item),
            dict.fromkeys([*votes.list_deciding(item, meeting), ready.chenxiaoyan.pk], "yes"),
            by=lead(meeting),
        )
    done = close_yes(item)
    assert (done.state, done.entitled, done.present, done.recused, done.yes) == ("passed", 4, 4, 1, 3)
    with pytest.raises(PermissionDenied):
        room.recuse(fresh(item), ready.wanghaitao, reason="x", by=user(ready.chenxiaoyan))


def test_nobody_comes_or_goes_during_the_vote(ready):
    meeting, item = open_one(ready)
    hear_all(item)
    begin(item)
    with pytest.raises(Refused):
        cases.mark(meeting)
    with pytest.raises(Refused):
        room.recuse(fresh(item), ready.chenxiaoyan, reason="x", by=user(ready.chenxiaoyan))


def test_nothing_is_added_in_the_room(ready):
    meeting, _item = open_one(ready)
    with pytest.raises(Refused, match="不临时动议"):
        agenda.add_item(meeting, title="再议一件", by=lead(meeting))


def test_a_group_may_add_in_the_room(ready):
    meeting, item = open_one(ready, "group")
    added = agenda.add_item(meeting, title="值班调整", by=lead(meeting))
    assert (added.in_room, added.state) == (True, "listed")
    begin(item)
    assert votes.close_counted_vote(fresh(item), Tally(2, 0, 0), by=lead(meeting)).state == "passed"


def test_notice_wants_time_or_a_reason(ready):
    meeting = plan_one(ready, days=1)
    with pytest.raises(Refused, match="议程还是空的"):
        plan.send_notice(meeting, by=lead(meeting))
    agenda.add_item(meeting, title="学习", by=lead(meeting))
    with pytest.raises(Refused, match="提前 2 天"):
        plan.send_notice(fresh(meeting), by=lead(meeting))
    plan.send_notice(fresh(meeting), short_notice="紧急", by=lead(meeting))
    with pytest.raises(Refused, match="不足 2 天"):
        agenda.add_item(fresh(meeting), title="再加", by=lead(meeting))


@pytest.mark.parametrize("votes_for", [4, 0])
def test_urgent_decision_is_red_until_a_meeting_has_resolved(ready, login, votes_for):
    row = follow.decide_urgently(
        ready.area,
        kind_code="committee",
        title="抢险用车",
        text="租车两台",
        reason="夜间抢险",
        consulted="王海涛",
        by=user(ready.lijianguo),
    )
    item = Item.objects.get(origin_id=row.pk)
    with pytest.raises(Refused, match="必须上会"):
        agenda.withdraw_item(item, reason="不用了", by=user(ready.lijianguo))
    meeting = plan_one(ready)
    client = login(ready.lijianguo)
    assert "1 项紧急决定待追认,须列入这次会议的议程" in client.get(f"/meetings/{meeting.pk}/").content.decode()
    assert "待追认,须上这次会" in client.get(f"/meetings/{meeting.pk}/agenda/").content.decode()
    agenda.list_item(item, meeting, by=lead(meeting))
    assert "须列入这次会议的议程" not in client.get(f"/meetings/{meeting.pk}/").content.decode()
    plan.send_notice(fresh(meeting), short_notice="当日", by=lead(meeting))
    room.open_meeting(fresh(meeting), by=lead(meeting))
    cases.mark(meeting)
    item = room.take_up_item(fresh(item), by=lead(meeting))
    hear_all(item)
    begin(item)
    assert Urgent.objects.get().state == "open"
    deciding = sorted(votes.list_deciding(item, item.meeting))
    votes.close_named_vote(fresh(item), {pk: "yes" if n < votes_for else "no" for n, pk in enumerate(deciding)}, by=lead(meeting))
    assert Urgent.objects.get().state == ("ratified" if votes_for else "refused")
    assert Task.objects.filter(kind="追认紧急决定", state="open").count() == 0


@pytest.mark.parametrize("name", ["何静", "王海涛", "郑爽", "高明", "系统管理员", "韩冬"])
def test_only_presider_and_recorder_run_the_room(ready, name):
    meeting, item = open_one(ready)
    by = user(ready.person[name])
    for act in (
        lambda: room.note_item(item, resolution="x", by=by),
        lambda: room.defer_item(item, reason="x", by=by),
        lambda: room.speak(item, [], by=by),
        lambda: votes.begin_vote(item, form="hands", proposal="x", by=by),
        lambda: minutes.close_meeting(meeting, by=by),
        lambda: minutes.confirm_minutes(meeting, by=by),
        lambda: room.mark_attendance(meeting, {}, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_year_is_planned_once(ready):
    made = plan.plan_year(ready.area, [cases.kind(ready)], year=day(0).year, day=28, by=user(ready.lijianguo))
    assert {meeting.kind_code for meeting in made} == {"committee"}
    with pytest.raises(Refused, match="没有要补"):
        plan.plan_year(ready.area, [cases.kind(ready)], year=day(0).year, day=28, by=user(ready.lijianguo))
    assert Meeting.objects.count() == len(made)
