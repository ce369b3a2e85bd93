"""Decisions and meetings together: nothing is typed twice, and only a meeting's own record passes a meeting's step."""

import pytest

from ronghe.common.actions import Refused
from ronghe.common.registry import find_agenda_offers
from ronghe.decisions import actions
from ronghe.decisions.models import Matter, Outcome, Step
from ronghe.decisions.queries.matters import read_light
from ronghe.documents.models import Document
from ronghe.meetings.actions import agenda, ballots, follow, room, votes
from ronghe.meetings.models import Attendee, Item, Urgent
from ronghe.worklist.models import Task
from tests.decisions.cases import complete, convene, current, fresh, go_to, meet, offer, publish, register, resolve, user
from tests.meetings import cases as meetings
from tests.meetings.cases import day


@pytest.fixture
def ready(world):
    publish(world)
    meetings.prepare(world)
    return world


def to_meeting(world, kind="front", **extra):
    """A matter whose step of that kind is prepared for its meeting."""
    matter = register(world, **extra)
    step = go_to(world, matter, kind)
    complete(step)
    return fresh(matter), fresh(step)


def offered(world, code):
    return [one.pk for one in find_agenda_offers(world.area.pk, code) if one.label == "decisions.step"]


def test_only_what_is_prepared_is_offered_to_its_own_kind_of_meeting(ready):
    matter = register(ready)
    step = go_to(ready, matter, "front")
    assert (offered(ready, "committee"), offered(ready, "leaders")) == ([], [])
    complete(step)
    assert (offered(ready, "committee"), offered(ready, "leaders"), offered(ready, "group")) == ([step.pk], [], [])
    one = next(one for one in find_agenda_offers(ready.area.pk, "committee") if one.pk == step.pk)
    assert (one.title, one.matter_class, one.proposal) == (f"前置研究:{matter.title}", "major", f"同意{matter.title},金额 35 万元。")
    assert "已写明" in one.text


def test_the_whole_way_through_two_meetings_and_back(ready, login):
    matter, step = to_meeting(ready)
    item = meet(ready, step)
    front = Outcome.objects.get(step=step)
    assert (front.item, front.passed, front.resolution) == (item.pk, True, item.proposal)
    sitting = front.read_sitting()
    assert (sitting.agree, len(sitting.members), sitting.needed, sitting.form) == (4, 4, 3, "举手")
    assert (fresh(step).state, current(matter).kind) == ("done", "decide")
    complete(current(matter))
    decide = current(matter)
    item = resolve(ready, convene(ready, decide))
    row = follow.assign(fresh(item), text="签订合同", owner=ready.liuhaitao, due=day(5), by=user(ready.lijianguo))
    execute = current(matter)
    assert execute.kind == "execute"
    with pytest.raises(Refused, match="会议分派的落实事项还有 1 条没有办结"):
        complete(execute)
    follow.finish_assignment(row, result="已签订", by=user(ready.liuhaitao))
    complete(execute)
    complete(current(matter))
    assert fresh(matter).state == "closed"
    page = login(ready.lijianguo).get(f"/decisions/{matter.pk}/").content.decode()
    assert "同一天、同一批人研究和决策" in page
    assert page.count("应到 4,实到 4,须 3") == 2
    assert f"/meetings/{item.meeting_id}/" in page
    assert f"/decisions/{matter.pk}/" in login(ready.lijianguo).get(f"/meetings/items/{item.pk}/").content.decode()


def test_without_quorum_the_step_stays(ready):
    _matter, step = to_meeting(ready)
    item = convene(ready, step, away=("王海涛", "陈晓燕"))
    with pytest.raises(Refused, match="法定人数"):
        resolve(ready, item)
    again = room.defer_item(fresh(item), reason="人数不够", by=user(ready.lijianguo))
    assert (fresh(step).state, Outcome.objects.count(), again.origin_id) == ("open", 0, step.pk)


def test_who_must_be_recused_and_stays_lets_no_vote_begin(ready):
    _matter, step = to_meeting(ready, interested=[ready.zhouweidong])
    item = convene(ready, step)
    with pytest.raises(Refused, match="应回避而没有回避:周卫东"):
        resolve(ready, item)
    room.recuse(fresh(item), ready.zhouweidong, reason="亲属是对方股东", by=user(ready.lijianguo))
    votes.begin_vote(fresh(item), form="hands", proposal=item.proposal, by=user(ready.lijianguo))
    votes.close_named_vote(fresh(item), dict.fromkeys(votes.list_deciding(item, item.meeting), "yes"), by=user(ready.lijianguo))
    sitting = Outcome.objects.get(step=step).read_sitting()
    assert (sitting.recused, sitting.agree, fresh(step).state) == ((ready.zhouweidong.pk,), 3, "done")


def test_not_carried_the_matter_ends(ready):
    matter, step = to_meeting(ready)
    item = meet(ready, step, against=3)
    assert (item.state, fresh(matter).state, current(matter)) == ("rejected", "rejected", None)
    assert Task.objects.from_origin(step).open().count() == 0


def test_stopped_between_notice_and_vote_nothing_is_resolved(ready):
    matter, step = to_meeting(ready)
    item = convene(ready, step)
    meetings.hear_all(item)
    votes.begin_vote(fresh(item), form="hands", proposal=item.proposal, by=user(ready.lijianguo))
    stop = actions.stop_matter(fresh(matter), ground="材料失实", basis="细则", by=user(ready.zhengshuang))
    ballot = dict.fromkeys(votes.list_deciding(item, item.meeting), "yes")
    with pytest.raises(Refused, match="已被叫停"):
        votes.close_named_vote(fresh(item), ballot, by=user(ready.lijianguo))
    assert (fresh(item).state, fresh(step).state, Outcome.objects.count()) == ("voting", "open", 0)
    actions.report_cure(stop, cure="已更正", by=user(ready.chenxiaoyan))
    actions.reconsider(fresh(stop), accepted=True, opinion="属实", by=user(ready.zhengshuang))
    actions.resume_matter(fresh(stop), note="", by=user(ready.wanghaitao))
    votes.close_named_vote(fresh(item), ballot, by=user(ready.lijianguo))
    assert current(matter).kind == "decide"


def test_what_the_meeting_assigned_stands_still_while_the_matter_is_stopped(ready):
    matter, step = to_meeting(ready)
    item = resolve(ready, convene(ready, step))
    row = follow.assign(fresh(item), text="补充安全措施", owner=ready.liuhaitao, due=day(5), by=user(ready.lijianguo))
    stop = actions.stop_matter(fresh(matter), ground="材料失实", basis="细则", by=user(ready.zhengshuang))
    assert Task.objects.from_origin(row).open().count() == 0
    with pytest.raises(Refused, match="已被叫停"):
        follow.finish_assignment(row, result="办了", by=user(ready.liuhaitao))
    with pytest.raises(Refused, match="已被叫停"):
        follow.assign(fresh(item), text="再办", owner=ready.liuhaitao, due=day(5), by=user(ready.lijianguo))
    actions.report_cure(stop, cure="已更正", by=user(ready.chenxiaoyan))
    actions.reconsider(fresh(stop), accepted=True, opinion="属实", by=user(ready.zhengshuang))
    actions.resume_matter(fresh(stop), note="", by=user(ready.lijianguo))
    assert list(Task.objects.from_origin(row).open().values_list("owner", "due")) == [(ready.liuhaitao.pk, day(5))]


def test_a_withdrawn_matter_leaves_the_backlog(ready):
    matter, step = to_meeting(ready)
    meeting = meetings.plan_one(ready)
    item = offer(step, meeting)
    actions.withdraw_matter(fresh(matter), reason="不办了", by=user(ready.chenxiaoyan))
    assert (fresh(item).state, fresh(item).meeting, offered(ready, "committee")) == ("withdrawn", None, [])


def test_what_a_meeting_has_taken_up_is_not_taken_out_of_its_hands(ready):
    matter, step = to_meeting(ready)
    item = convene(ready, step)
    given = {"decision": "先办", "reason": "急", "consulted": "经理"}
    with pytest.raises(Refused, match="会议正在审议"):
        actions.withdraw_matter(fresh(matter), reason="不办了", by=user(ready.chenxiaoyan))
    with pytest.raises(Refused, match="会议正在审议"):
        actions.decide_urgently(fresh(matter), by=user(ready.wanghaitao), **given)
    request = actions.ask_exception(step, reason="来不及", by=user(ready.chenxiaoyan))
    complete(current(request))
    with pytest.raises(Refused, match="会议正在审议"):
        actions.decide_exception(fresh(request), approved=True, note="同意", by=user(ready.wanghaitao))
    room.defer_item(fresh(item), reason="材料要补", by=user(ready.lijianguo))
    actions.decide_exception(fresh(request), approved=True, note="同意", by=user(ready.wanghaitao))
    assert (fresh(step).state, Item.objects.filter(state="waiting").count()) == ("excepted", 0)


@pytest.mark.parametrize("against", [0, 3])
def test_an_urgent_decision_is_red_until_the_next_meeting_has_resolved(ready, login, against):
    matter = register(ready)
    given = {"decision": "立即抢修", "reason": "管线刺漏", "consulted": "班子成员"}
    actions.decide_urgently(fresh(matter), by=user(ready.wanghaitao), **given)
    decide = Step.objects.get(matter=matter, kind="decide")
    assert (offered(ready, "leaders"), offered(ready, "committee")) == ([decide.pk], [])
    item = convene(ready, decide)
    assert (item.title, item.proposal) == (f"追认:{matter.title}", f"会议追认 {day(0)} 作出的紧急决定:立即抢修")
    row = Urgent.objects.get()
    assert (row.title, row.kind_code, row.state, row.origin_label, row.origin_id) == (
        matter.title,
        "leaders",
        "open",
        "decisions.step",
        decide.pk,
    )
    assert [(task.kind, task.owner) for task in Task.objects.filter(kind="追认紧急决定")] == [("追认紧急决定", ready.wanghaitao)]
    seen = login(ready.zhengshuang).get("/meetings/urgent/").content.decode()
    assert (matter.title in seen, "待追认" in seen) == (True, True)
    assert f"/decisions/{matter.pk}/" in login(ready.zhengshuang).get(f"/meetings/urgent/{row.pk}/").content.decode()
    assert f"/meetings/urgent/{row.pk}/" in login(ready.zhengshuang).get(f"/decisions/{matter.pk}/").content.decode()
    assert read_light(fresh(matter), day(0)).state == "red"
    complete(current(matter))
    with pytest.raises(Refused, match="还没有追认"):
        complete(current(matter))
    resolve(ready, item, against=against)
    matter = fresh(matter)
    assert matter.unratified is False
    assert matter.state == ("rejected" if against else "running")
    assert fresh(row).state == ("refused" if against else "ratified")
    assert Task.objects.filter(kind="追认紧急决定", state="open").count() == 0
    assert Task.objects.from_origin(decide).open().count() == 0
    if not against:
        assert read_light(matter, day(0)).state != "red"


def test_a_deferred_ratification_stays_red_and_comes_again(ready):
    matter = register(ready)
    given = {"decision": "立即抢修", "reason": "管线刺漏", "consulted": "班子成员"}
    actions.decide_urgently(fresh(matter), by=user(ready.wanghaitao), **given)
    decide = Step.objects.get(matter=matter, kind="decide")
    item = convene(ready, decide)
    again = room.defer_item(fresh(item), reason="费用不清", by=user(ready.lijianguo))
    assert (fresh(matter).unratified, again.state) == (True, "waiting")
    with pytest.raises(Refused, match="必须上会"):
        agenda.withdraw_item(again, reason="先放一放", by=user(ready.lijianguo))
    assert (fresh(matter).unratified, offered(ready, "leaders"), Urgent.objects.get().state) == (True, [decide.pk], "open")
    assert Matter.objects.get().unratified


def test_the_papers_of_a_matter_lie_before_the_meeting_and_a_stop_is_explained_there(ready, login):
    matter, step = to_meeting(ready)
    item = convene(ready, step)
    papers = Document.objects.filter(object_type__model="step", object_id__in=matter.steps.values("pk"))
    page, agenda_page = f"/meetings/items/{item.pk}/", f"/meetings/{item.meeting_id}/"
    client = login(ready.lijianguo)
    seen = client.get(page).content.decode()
    assert [f"/documents/{one.pk}/" in seen for one in papers] == [True] * papers.count()
    assert f"材料 {papers.count()} 份" in client.get(agenda_page).content.decode()
    listener = login(ready.hejing)
    assert [listener.get(f"/documents/{one.pk}/").status_code for one in papers] == [404] * papers.count()
    Attendee.objects.create(meeting=item.meeting, person=ready.hejing, votes=False, guest=True, place=9, state="present", version=1)
    assert [listener.get(f"/documents/{one.pk}/").status_code for one in papers] == [200] * papers.count()
    assert "开始表决" in seen
    actions.stop_matter(fresh(matter), ground="材料不实", basis="细则", by=user(ready.zhengshuang))
    client = login(ready.lijianguo)
    stopped = client.get(page).content.decode()
    assert ("已被叫停" in stopped, "开始表决" in stopped, "暂缓" in stopped) == (True, False, True)
    assert "已被叫停" in client.get(agenda_page).content.decode()


def test_a_stop_in_the_middle_of_a_ballot_lets_nobody_cast_or_count(ready, login):
    matter, step = to_meeting(ready)
    Matter.objects.filter(pk=matter.pk).update(category="personnel")
    item = convene(ready, step)
    meetings.hear_all(fresh(item))
    votes.begin_vote(fresh(item), form="secret", proposal=item.proposal, by=user(ready.lijianguo))
    ballots.cast_ballot(fresh(item), "yes", by=user(ready.chenxiaoyan))
    actions.stop_matter(fresh(matter), ground="材料不实", basis="细则", by=user(ready.zhengshuang))
    with pytest.raises(Refused, match="不能审议、投票、计票"):
        ballots.cast_ballot(fresh(item), "yes", by=user(ready.wanghaitao))
    with pytest.raises(Refused, match="不能审议、投票、计票"):
        votes.close_ballot(fresh(item), by=user(ready.lijianguo))
    page = login(ready.lijianguo).get(f"/meetings/items/{item.pk}/").content.decode()
    assert ("我的一票" in page, "关闭票箱计票" in page, "表决作废" in page, "已被叫停" in page) == (False, False, True, True)
    votes.break_vote(fresh(item), reason="叫停", by=user(ready.lijianguo))
    assert fresh(item).state == "open"
