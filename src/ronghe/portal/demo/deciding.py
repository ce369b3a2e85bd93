"""The demo's meetings that decide: matters go through real meetings of the last days, one ballot stands open today."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ronghe.accounts.models import User
from ronghe.common.calendar import is_working_day
from ronghe.common.registry import find_agenda_offers
from ronghe.decisions import actions
from ronghe.decisions.models import Matter, Step
from ronghe.meetings.actions import agenda, ballots, follow, minutes, plan, room, votes
from ronghe.meetings.models import Assignment, Attendee, Item, Kind, Meeting
from ronghe.org.models import Person, Unit
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.filling import fill
from ronghe.portal.demo.load import Loaded, moment_of

PIPES, PUMPS, BONUS, BOILER, CHIEF = (
    "采油二站集输管网改造", "抽油机节能改造设备款", "四季度奖金分配方案", "值班点供热锅炉抢修", "采油六站站长人选",
)  # fmt: skip
SAYINGS = ("同意,按方案组织。", "同意,安全措施要先到位。", "同意,资金按节点支付。", "同意。", "同意,请把班站意见再核一遍。")


@dataclass
class Seat:
    """Where and by whom a meeting is held."""

    area: Unit
    code: str
    lead: User


def decide_in_meetings(loaded: Loaded, area: str) -> Story:
    """Three matters before the 支委会, one of them deferred; two before the 班子会, one on the same day; one urgent decision ratified."""
    unit, today = loaded.units[area], loaded.world.today

    def seat(code: str) -> Seat:
        post = "branch_secretary" if code == "committee" else "area_manager"
        return Seat(unit, code, loaded.holder(post, area, today))

    first, last = work_on(today, 7, 6, 5), work_on(today, 3, 2)
    yield moment_of(first - timedelta(days=2), 9)
    meeting = convene(seat("committee"), first, (PIPES, PUMPS, BONUS))
    yield moment_of(first, 9)
    hold(meeting, seat("committee"), defer=(BONUS,))
    yield moment_of(first, 10, 30)
    for title in (PIPES, PUMPS):
        prepare_step(loaded, title, "decide")
    yield moment_of(first, 11)
    meeting = convene(seat("leaders"), first, (PUMPS,), short="厂家报价今日到期,须当日决定")
    yield moment_of(first, 15)
    hold(meeting, seat("leaders"), assign=lambda item: give(item, "签订采购合同", loaded.holder("deputy_business", area, today), first))
    yield moment_of(last - timedelta(days=2), 9)
    meeting = convene(seat("leaders"), last, (PIPES, BOILER))
    yield moment_of(last - timedelta(days=1), 9)
    for row in Assignment.objects.filter(area=unit, text="签订采购合同", done_on=None).select_related("owner"):
        follow.finish_assignment(row, result="合同已签订,编号 XM-017。", by=loaded.user(row.owner.number))
    prepare_step(loaded, PUMPS, "execute")
    yield moment_of(last, 9)
    prepare_step(loaded, PUMPS, "evaluate")
    yield moment_of(last, 15)
    hold(
        meeting,
        seat("leaders"),
        assign=lambda item: give(item, "编制施工计划和停输方案", loaded.holder("deputy_geology", area, today), today),
    )
    yield moment_of(last, 16)
    meeting = convene(seat("committee"), today, (CHIEF,))
    yield moment_of(today, 8, 30)
    open_ballot(meeting, seat("committee"))


def work_on(today: date, *back: int) -> date:
    """Return the first working day of so many days back; on a long holiday the first of them."""
    days = [today - timedelta(days=n) for n in back]
    return next((day for day in days if is_working_day(day)), days[0])


def convene(seat: Seat, day: date, titles: tuple[str, ...], short: str = "") -> Meeting:
    """Plan a meeting, put what waits of these matters on its agenda, send the notice."""
    kind = Kind.objects.get(area=seat.area, code=seat.code, valid_to=None)
    meeting = plan.plan_meeting(kind, seat.area, held_on=day, by=seat.lead, place="二楼会议室")
    wanted = set(Step.objects.filter(matter__title__in=titles, matter__area=seat.area).values_list("pk", flat=True))
    for offer in find_agenda_offers(seat.area.pk, seat.code):
        if offer.label == "decisions.step" and offer.pk in wanted:
            agenda.list_offer(offer, meeting, by=seat.lead)
    meeting = Meeting.objects.get(pk=meeting.pk)
    if not meeting.items.exists():
        return plan.cancel_meeting(meeting, reason="没有备齐材料的议题", by=seat.lead)
    return plan.send_notice(meeting, short_notice=short, by=seat.lead)


def begin(meeting: Meeting, seat: Seat) -> list[Attendee]:
    """Open a meeting with everybody there."""
    room.open_meeting(Meeting.objects.get(pk=meeting.pk), by=seat.lead)
    roll = list(Attendee.objects.filter(meeting=meeting).select_related("person__user"))
    room.mark_attendance(meeting, {row.pk: room.Came("present") for row in roll}, by=seat.lead)
    return roll


def hold(meeting: Meeting, seat: Seat, *, defer: tuple[str, ...] = (), assign: Callable[[Item], Any] | None = None) -> None:
    """Hold a meeting: who is interested leaves, everybody speaks, hands are raised; the minutes are confirmed by both."""
    if not meeting.is_ahead:
        return
    roll = begin(meeting, seat)
    for item in Item.objects.filter(meeting=meeting).order_by("position"):
        taken = room.take_up_item(item, by=seat.lead)
        matter = Matter.objects.get(steps=item.origin_id)
        away = set(matter.interested.values_list("pk", flat=True))
        for row in roll:
            if row.person_id in away and row.votes:
                room.recuse(taken, row.person, reason="亲属在施工单位任职", by=seat.lead)
        deciding = [row.person for row in roll if row.votes and row.person_id not in away]
        room.speak(taken, [(person, SAYINGS[n % len(SAYINGS)]) for n, person in enumerate(deciding)], by=seat.lead)
        if matter.title in defer:
            room.defer_item(taken, reason="班站意见还没有收齐,补充后再上会。", by=seat.lead)
            continue
        votes.begin_vote(taken, form="hands", proposal=item.proposal, by=seat.lead)
        votes.close_named_vote(item, {person.pk: "yes" for person in deciding}, by=seat.lead)
        if assign is not None and item.title.startswith("班子会决策"):
            assign(Item.objects.get(pk=item.pk))
    minutes.close_meeting(meeting, by=seat.lead)
    done = Meeting.objects.select_related("presider__user", "recorder__user").get(pk=meeting.pk)
    for person in (done.presider, done.recorder):
        if person.user is not None:
            minutes.confirm_minutes(Meeting.objects.get(pk=done.pk), by=User.objects.get(pk=person.user_id))


def give(item: Item, text: str, owner: User, day: date) -> Assignment:
    """Assign what follows, due a few days later."""
    assert item.meeting is not None
    lead = User.objects.get(person=item.meeting.presider_id)
    return follow.assign(item, text=text, owner=Person.objects.get(user=owner), due=day + timedelta(days=5), by=lead)


def open_ballot(meeting: Meeting, seat: Seat) -> None:
    """Begin a secret ballot in which three have voted: whoever logs in as one of the others can cast a vote."""
    if not meeting.is_ahead:
        return
    roll = begin(meeting, seat)
    item = Item.objects.filter(meeting=meeting).order_by("position")[0]
    taken = room.take_up_item(item, by=seat.lead)
    room.speak(taken, [(row.person, "同意按程序推荐。") for row in roll if row.votes], by=seat.lead)
    votes.begin_vote(taken, form="secret", proposal=item.proposal, by=seat.lead)
    for row in [row for row in roll if row.votes][-3:]:
        if row.person.user_id is not None:
            ballots.cast_ballot(item, "yes", by=User.objects.get(pk=row.person.user_id))


def prepare_step(loaded: Loaded, title: str, kind: str) -> None:
    """Complete the open step of a matter as its owner does, where it is of that kind."""
    rows = Step.objects.select_related("owner__user", "matter__edition").filter(state="open", kind=kind, matter__title=title)
    for step in rows:
        name = f"{title}{step.get_kind_display()}"
        actions.complete_step(step, fill(step), files=[("材料.txt", f"{name}(演示材料)".encode())], by=loaded.user(step.owner.number))
