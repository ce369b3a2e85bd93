"""The demo's meetings: the year's past ones written set-based with their minutes, the last 支委会 and urgent decisions by the product's own actions."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, timedelta

from ronghe.accounts.models import User
from ronghe.common.calendar import load_own_days
from ronghe.meetings.actions import agenda, ballots, follow, kinds, minutes, plan, room, votes
from ronghe.meetings.models import Attendee, Item, Kind, Meeting
from ronghe.meetings.queries.belonging import Belonging, find_party_org, list_belonging, list_presiders, list_units_of
from ronghe.meetings.rules.minutes import ItemRecord, Record, draft_minutes
from ronghe.meetings.rules.norms import list_spans
from ronghe.org.models import PartyOrg, Person, Unit
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.load import Loaded, moment_of

AHEAD = 30  # days for which the groups' meetings stand in the plan
TOPICS = {
    "committee": ("研究本月党建重点工作", "按计划推进,下次会议通报进展。"),
    "leaders": ("通报上月生产经营情况", "各分管领导按分工盯住未完成的指标。"),
    "assembly": ("通报支部季度工作", "党员对季度工作没有不同意见。"),
    "group": ("对照考核结果找差距", "本组失分的两项各落实一名责任党员,月底前回看。"),
    "lecture": ("学习贯彻上级会议精神", "各党小组结合岗位讨论,形成一条改进建议。"),
    "theme": ("党员身边无事故、无违章", "查出的隐患当日登记,能改的当日改。"),
    "life": ("查摆问题,开展批评和自我批评", "每名党员确定一条整改承诺。"),
    "appraisal": ("民主评议党员", "评议结果报党委备案。"),
}


@dataclass
class Written:
    """Rows that wait to be written together."""

    meetings: list[Meeting] = field(default_factory=list)
    attendees: list[Attendee] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    numbers: dict[tuple[int, str], int] = field(default_factory=dict)


def hold_meetings(loaded: Loaded, area: str) -> Story:
    """Adopt the kinds in January; hold what the norms ask; the last 支委会 with a secret ballot; two urgent decisions."""
    unit, today = loaded.units[area], loaded.world.today
    adopted = date(today.year, 1, 5)
    yield moment_of(adopted, 11)
    kinds.adopt_kinds(unit, by=loaded.holder("branch_secretary", area, adopted))
    write_plan(unit, today)  # so early that the months' figures can be read from it
    yield moment_of(today - timedelta(days=6), 9)
    by = loaded.holder("branch_secretary", area, today)
    pump = decide(unit, by, "抢修外输泵", "外输泵机械密封损坏,调用备用泵并租用吊车一台,费用 4.8 万元。", "停泵超过 4 小时影响外输")
    yield moment_of(today - timedelta(days=5), 9)
    held = prepare_committee(unit, pump, today - timedelta(days=1), loaded.holder("branch_secretary", area, today))
    yield moment_of(today - timedelta(days=1), 15)
    hold_committee(held, loaded.holder("branch_secretary", area, today))
    yield moment_of(today, 8)
    decide(unit, loaded.holder("branch_secretary", area, today), "防洪加固", "连夜加固 3 号井场围堰,动用抢险材料。", "气象预警,当夜有大雨")


def find_board(year: int, month: int, today: date) -> tuple[str, date]:
    """Return title and day of the 班子会 of a month as write_plan writes it: what other contexts' stories name."""
    first = date(year, month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return f"{year}年第{month}次班子会", min(plan.choose_day(first, last, 12, load_own_days([year])), today)


def decide(unit: Unit, by: User, title: str, text: str, reason: str) -> Item:
    """Note an urgent decision; returns its ratification in the backlog."""
    row = follow.decide_urgently(
        unit, kind_code="committee", title=title, text=text, reason=reason, consulted="经理、分管生产的班子成员(电话)", by=by
    )
    return Item.objects.get(area=unit, origin_id=row.pk, kind_code="committee", state=Item.State.WAITING)


def prepare_committee(unit: Unit, ratification: Item, day: date, by: User) -> Meeting:
    """Plan the 支委会, put three items on its agenda, send the notice in time."""
    kind = Kind.objects.get(area=unit, code="committee", valid_to=None)
    meeting = plan.plan_meeting(kind, unit, held_on=day, by=by, place="党员活动室")
    agenda.add_item(
        meeting,
        title="推荐季度先进党小组",
        matter_class="personnel",
        text="按季度考核结果和日常表现提出。",
        proposal="同意推荐名单。",
        by=by,
    )
    agenda.list_item(ratification, meeting, by=by)
    agenda.add_item(meeting, title="冬季安全生产专项检查安排", matter_class="ordinary", proposal="同意检查安排,分三组进行。", by=by)
    return plan.send_notice(Meeting.objects.get(pk=meeting.pk), by=by)


def hold_committee(meeting: Meeting, by: User) -> None:
    """Hold it: everybody there, a secret ballot, a ratification, a resolution with an owner; the minutes wait for two people."""
    meeting = room.open_meeting(Meeting.objects.get(pk=meeting.pk), by=by)
    roll = list(Attendee.objects.filter(meeting=meeting).select_related("person__user"))
    room.mark_attendance(meeting, {row.pk: room.Came("present") for row in roll}, by=by)
    for item in Item.objects.filter(meeting=meeting).order_by("position"):
        taken = room.take_up_item(item, by=by)
        room.speak(taken, [(row.person, "同意,按分工抓落实。") for row in roll], by=by)
        form = "secret" if item.matter_class == "personnel" else "hands"
        votes.begin_vote(taken, form=form, proposal=item.proposal, by=by)
        if form == "secret":
            for place, row in enumerate(roll):
                if row.person.user_id is not None:
                    ballots.cast_ballot(item, "abstain" if place == 1 else "yes", by=User.objects.get(pk=row.person.user_id))
            done = votes.close_ballot(item, by=by)
        else:
            done = votes.close_named_vote(item, {row.person_id: "yes" for row in roll}, by=by)
        if item.matter_class == "ordinary" and done.state == Item.State.PASSED:
            text, due = "带队完成冬季安全检查并通报结果", meeting.held_on + timedelta(days=10)
            follow.assign(done, text=text, owner=roll[-1].person, due=due, by=by)
    minutes.close_meeting(meeting, by=by)


def write_plan(unit: Unit, today: date) -> None:
    """Write what the norms ask of the year: held and locked until a week ago, planned for the days ahead; now and then one is missing."""
    own = load_own_days([today.year])
    written = Written()
    there: dict[tuple[str, int], list[Belonging]] = {}
    for kind in Kind.objects.filter(area=unit, valid_to=None).exclude(norm="").prefetch_related("quorums"):
        for place, where in enumerate(list_units_of(kind)):
            able, org = list_presiders(kind, where, today), find_party_org(kind, where)
            if (kind.body, where.pk) not in there:
                there[kind.body, where.pk] = list_belonging(kind, where, today)
            people = there[kind.body, where.pk]
            other = next((one.person for one in reversed(people) if able and one.person.pk != able[0].pk), None)
            if not able or other is None:
                continue
            for number, span in enumerate(list_spans(kind.norm, today.year)):
                day = plan.choose_day(span.first, span.last, 12 + place % 9, own)
                missing = kind.is_small and (place * 7 + number * 5 + kind.order) % 37 == 0
                held = day <= today - timedelta(days=9)
                if (missing and held) or (not held and not today < day <= today + timedelta(days=AHEAD)):
                    continue
                write_meeting(written, kind, where, org, day, able[0], other, people if held else [])
    Meeting.objects.bulk_create(written.meetings, batch_size=500)
    Attendee.objects.bulk_create(written.attendees, batch_size=1000)
    Item.objects.bulk_create(written.items, batch_size=500)


def write_meeting(
    written: Written, kind: Kind, unit: Unit, org: PartyOrg | None, day: date, presider: Person, recorder: Person, people: list[Belonging]
) -> None:
    """Write one meeting: planned where nobody was there yet, else held, with what came of it, and locked by both."""
    meeting = Meeting(
        area_id=kind.area_id, unit=unit, party_org=org, kind=kind, kind_code=kind.code, held_on=day, presider=presider, recorder=recorder,
        state=Meeting.State.LOCKED if people else Meeting.State.PLANNED, version=1,
    )  # fmt: skip
    written.meetings.append(meeting)
    if people:
        key = unit.pk, kind.code
        written.numbers[key] = meeting.number = written.numbers.get(key, 0) + 1
    meeting.title = plan.title_of(meeting)
    if not people:
        return
    topic, result = TOPICS[kind.code]
    away = {
        place for place in range(len(people)) if (place + day.month) % 13 == 5 and people[place].person.pk not in (presider.pk, recorder.pk)
    }
    for place, one in enumerate(people):
        state = Attendee.State.LEAVE if place in away else Attendee.State.PRESENT
        reason = "倒班" if place in away else ""
        written.attendees.append(
            Attendee(meeting=meeting, person=one.person, votes=one.votes, place=place, state=state, reason=reason, version=1)
        )
    written.items.append(
        Item(
            area_id=kind.area_id,
            unit=unit,
            kind_code=kind.code,
            meeting=meeting,
            title=topic,
            matter_class="info",
            reporter=presider,
            proposed_by=presider,
            state=Item.State.NOTED,
            resolution=result,
            decided_at=moment_of(day, 16),
            position=1,
            version=1,
        )
    )
    meeting.place = "党员活动室"
    meeting.noticed_at, meeting.opened_at, meeting.closed_at = (
        moment_of(day - timedelta(days=3), 9), moment_of(day, 15), moment_of(day, 16),
    )  # fmt: skip
    meeting.presider_confirmed_at = meeting.recorder_confirmed_at = moment_of(day + timedelta(days=1), 9)
    meeting.minutes = draft_minutes(
        Record(
            title=meeting.title,
            when=f"{day} 15:00",
            place=meeting.place,
            presider=presider.name,
            recorder=recorder.name,
            present=[one.person.name for place, one in enumerate(people) if place not in away],
            away=[f"{people[place].person.name}(请假,倒班)" for place in sorted(away)],
            guests=[],
            entitled=len(people),
            items=[ItemRecord(title=topic, matter_class="通报学习", reporter=presider.name, resolution=result, outcome="结果")],
        )
    )
    meeting.digest = hashlib.sha256(meeting.minutes.encode()).hexdigest()
