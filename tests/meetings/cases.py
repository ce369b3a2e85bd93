"""What the tests of meetings share: the area's kinds, a committee, a meeting as far as it has come."""

from datetime import timedelta

from ronghe.accounts.models import User
from ronghe.common.calendar import today
from ronghe.meetings.actions import agenda, follow, kinds, plan, room, votes
from ronghe.meetings.models import Attendee, Kind
from ronghe.org.models import Membership, Post
from tests.people import SINCE
from tests.stage import staged

COMMITTEE = ("李建国", "王海涛", "陈晓燕", "周卫东")


def user(person):
    """The person's account, as a new request would load it."""
    return User.objects.get(pk=person.user_id)


def day(n):
    return today() + timedelta(days=n)


@staged
def prepare(world):
    """Adopt the pack, give the leaders their committee seats and the first group three members."""
    Post.objects.filter(area=world.area, kind__in=("branch_secretary", "area_manager", "deputy_business", "deputy_geology")).update(
        committee=["secretary"]
    )
    for name, status in (("何静", "full"), ("吴桐", "probationary")):
        Membership.objects.create(person=world.person[name], group=world.group["注采一站"], status=status, valid_from=SINCE)
    kinds.adopt_kinds(world.area, by=user(world.lijianguo))


def kind(world, code="committee"):
    return Kind.objects.get(area=world.area, code=code, valid_to=None)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


@staged
def plan_one(world, code="committee", *, unit=None, days=0):
    """A planned 支委会: 李建国 presides, 周卫东 writes (of a group: 刘海涛, 何静)."""
    small = code == "group"
    unit = unit or (world.unit["注采一站"] if small else world.area)
    presider, recorder = ("刘海涛", "何静") if small else ("李建国", "周卫东")
    return plan.plan_meeting(
        kind(world, code), unit, held_on=day(days), presider=world.person[presider], recorder=world.person[recorder],
        by=user(world.person[presider]),
    )  # fmt: skip


def lead(meeting):
    return user(meeting.presider)


@staged
def open_one(world, code="committee", *, matter_class="ordinary", away=(), title="审定一季度党建计划"):
    """A meeting in session with one item on its agenda and everyone but `away` there. Returns (meeting, item)."""
    meeting = plan_one(world, code)
    item = agenda.add_item(meeting, title=title, matter_class=matter_class, proposal="同意该计划。", by=lead(meeting))
    plan.send_notice(fresh(meeting), short_notice="当日必须决定", by=lead(meeting))
    room.open_meeting(fresh(meeting), by=lead(meeting))
    mark(meeting, away)
    room.take_up_item(fresh(item), by=lead(meeting))
    return fresh(meeting), fresh(item)


def mark(meeting, away=()):
    given = {
        row.pk: room.Came("leave", "出差") if row.person.name in away else room.Came("present")
        for row in Attendee.objects.filter(meeting=meeting).select_related("person")
    }
    room.mark_attendance(fresh(meeting), given, by=lead(meeting))


def hear_all(item):
    """Everyone who decides speaks, the head last."""
    deciding = votes.list_deciding(item, item.meeting)
    rows = Attendee.objects.filter(meeting=item.meeting, person_id__in=deciding).select_related("person")
    room.speak(fresh(item), [(row.person, "同意") for row in rows], by=lead(item.meeting))


def begin(item, form="hands"):
    return votes.begin_vote(fresh(item), form=form, proposal="同意该计划。", by=lead(item.meeting))


@staged
def one_of_everything(world):
    """A meeting in session, its decided item with an owner, an urgent decision and a kind."""
    prepare(world)
    meeting, item = open_one(world)
    hear_all(item)
    begin(item)
    votes.close_named_vote(fresh(item), dict.fromkeys(votes.list_deciding(item, meeting), "yes"), by=lead(meeting))
    row = follow.assign(fresh(item), text="印发计划", owner=world.hejing, due=day(9), by=lead(meeting))
    urgent = follow.decide_urgently(
        world.area,
        kind_code="committee",
        title="抢险用车",
        text="租车两台",
        reason="夜间抢险",
        consulted="王海涛",
        by=user(world.lijianguo),
    )
    return fresh(meeting), fresh(item), row, urgent, kind(world)
