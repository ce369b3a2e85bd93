"""A goal plan before the 班子会: what it resolves is the plan's approval, and the plan leads to the meeting."""

import pytest

from ronghe.common.actions import Refused
from ronghe.common.registry import find_agenda_offers
from ronghe.goals.actions.plans import discuss_plan, return_plan
from ronghe.meetings.actions import agenda, plan, room, votes
from tests.goals.cases import write_plan
from tests.meetings import cases
from tests.meetings.cases import day, fresh, lead, user


@pytest.fixture
def before_meeting(world):
    """A discussed plan taken up by a 班子会; → world, plan, item."""
    cases.prepare(world)
    goals, _goal, _party = write_plan(world)
    discuss_plan(goals, on=day(0), note="与三个站长讨论,一致同意", by=user(world.zhaomin))
    meeting = cases.plan_one(world, "leaders")
    (offer,) = [one for one in find_agenda_offers(world.area.pk, "leaders") if one.label == "goals.goalplan"]
    item = agenda.list_offer(offer, meeting, by=lead(meeting))
    plan.send_notice(fresh(meeting), short_notice="当日", by=lead(meeting))
    room.open_meeting(fresh(meeting), by=lead(meeting))
    cases.mark(meeting)
    return world, goals, fresh(item)


def decide(item, choice):
    item = room.take_up_item(item, by=lead(item.meeting))
    cases.hear_all(item)
    votes.begin_vote(fresh(item), form="hands", proposal=item.proposal, by=lead(item.meeting))
    return votes.close_named_vote(fresh(item), dict.fromkeys(votes.list_deciding(item, item.meeting), choice), by=lead(item.meeting))


def test_carried_the_plan_is_approved_by_that_meeting(before_meeting, login):
    world, goals, item = before_meeting
    decide(item, "yes")
    meeting = fresh(item.meeting)
    assert (fresh(goals).state, fresh(goals).meeting, fresh(goals).meeting_on) == ("approved", meeting.title, meeting.held_on)
    assert f'href="/meetings/{meeting.pk}/"' in login(world.lijianguo).get(f"/goals/plans/{goals.pk}/").content.decode()


def test_not_carried_the_plan_stays_discussed(before_meeting):
    _world, goals, item = before_meeting
    decide(item, "no")
    assert (fresh(goals).state, fresh(goals).meeting) == ("discussed", "")


def test_what_is_not_discussed_any_more_is_not_taken_up(before_meeting):
    world, goals, item = before_meeting
    return_plan(fresh(goals), reason="要改", by=user(world.zhaomin))
    with pytest.raises(Refused, match="不在“已讨论”"):
        room.take_up_item(item, by=lead(item.meeting))
