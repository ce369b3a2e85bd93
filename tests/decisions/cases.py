"""What the tests of 议事决策 share: a published list, a matter at each point, sittings as a meeting's record would give them."""

from datetime import date
from decimal import Decimal

from ronghe.accounts.models import User
from ronghe.common.calendar import today
from ronghe.decisions import actions
from ronghe.decisions.models import DecisionList, Matter, Step
from ronghe.decisions.rules import KIND_OF, Sitting
from ronghe.meetings.actions import agenda, minutes, plan, room, votes
from tests.meetings import cases as meetings
from tests.stage import staged

PROOF = (("材料.txt", "证明材料".encode()),)
SEVEN = ("李建国", "王海涛", "陈晓燕", "周卫东")


def user(person):
    """The person's account, as a new request would load it."""
    return User.objects.get(pk=person.user_id)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


@staged
def publish(world, area=None, *, writer="王海涛", publisher="李建国", day=None):
    """The pack's list in force."""
    edition = actions.adopt_list(area or world.area, by=user(world.person[writer]))
    return actions.publish_list(edition, valid_from=day or today(), by=user(world.person[publisher]))


@staged
def register(world, *, by="陈晓燕", owner="陈晓燕", title="更换抽油机的资金安排", category="fund", amount="35", unit=None, **extra):
    return actions.register_matter(
        world.area, unit=world.unit[unit] if unit else world.area, title=title, category=category, owner=world.person[owner],
        amount=Decimal(amount) if amount else None, by=user(world.person[by]), **extra,
    )  # fmt: skip


def current(matter):
    return Step.objects.select_related("owner", "matter").filter(matter=matter, state="open").first()


def fill(step):
    """Valid values for every field of a step's form."""
    values = {}
    for field in step.matter.edition.list_fields(step.form):
        sample = {"number": "12.50", "date": "2026-10-01", "yesno": "否"}.get(field.kind, "已写明")
        if not field.is_section:
            values[field.code] = field.choices[0] if field.choices else sample
    return values


def complete(step, **extra):
    return actions.complete_step(step, fill(step), files=PROOF, by=user(step.owner), **extra)


def sit(world, body, *, away=(), recused=(), passed=True, agree=None, oppose=0, needed=0, held_on=None, names=SEVEN):
    """The record of a sitting of the four leaders of the small world."""
    people = {world.person[name].pk: name for name in names}
    present = tuple(pk for pk, name in people.items() if name not in away)
    gone = tuple(pk for pk, name in people.items() if name in recused)
    voters = len(set(present) - set(gone))
    agree = voters - oppose if agree is None else agree
    return Sitting(
        body, f"{held_on or today()} 会议", held_on or today(), tuple(people), present, gone, agree, oppose, voters - agree - oppose, passed,
        needed=needed, form="举手", presider=names[0], resolution="同意", because="按规则通过", names=people, away=tuple(away),
    )  # fmt: skip


@staged
def go_to(world, matter, kind):
    """Take every step before `kind` as its owner would."""
    while (step := current(matter)) is not None and step.kind != kind:
        complete(step)
        if step.is_meeting:
            actions.take_result(fresh(step), sit(world, step.body), by=user(world.lijianguo))
    return current(matter)


@staged
def finish_all(world, matter):
    go_to(world, matter, "")
    return fresh(matter)


@staged
def stop_one(world):
    """A matter stopped while it is carried out, with something assigned; → matter, stop, assignment."""
    publish(world)
    matter = register(world)
    go_to(world, matter, "execute")
    row = actions.assign(fresh(matter), text="签订合同", owner=world.liuhaitao, due=today(), by=user(world.chenxiaoyan))
    stop = actions.stop_matter(fresh(matter), ground="合同金额与决议不一致", basis="实施细则第十条", by=user(world.zhengshuang))
    return fresh(matter), stop, row


def offer(step, meeting):
    """Put what waits for a meeting on its agenda, as the page of the agenda does."""
    from ronghe.common.registry import find_agenda_offers

    found = {one.pk: one for one in find_agenda_offers(meeting.area_id, meeting.kind_code) if one.label == "decisions.step"}
    return agenda.list_offer(found[step.pk], meeting, by=user(meeting.presider))


def convene(world, step, *, away=(), days=0):
    """A meeting of the step's body in session with the step taken up; → its item."""
    meeting = meetings.plan_one(world, KIND_OF[step.body])
    item = offer(step, meeting)
    plan.send_notice(fresh(meeting), short_notice="当日必须决定", by=user(meeting.presider))
    room.open_meeting(fresh(meeting), by=user(meeting.presider))
    meetings.mark(meeting, away)
    return room.take_up_item(fresh(item), by=user(meeting.presider))


def resolve(world, item, *, recused=(), against=0):
    """Hear everybody, vote, close; → the item with its result."""
    lead = user(item.meeting.presider)
    for name in recused:
        room.recuse(fresh(item), world.person[name], reason="有利害关系", by=lead)
    meetings.hear_all(item)
    votes.begin_vote(fresh(item), form="hands", proposal=item.proposal, by=lead)
    deciding = sorted(votes.list_deciding(item, item.meeting))
    return votes.close_named_vote(fresh(item), {pk: "no" if n < against else "yes" for n, pk in enumerate(deciding)}, by=lead)


def meet(world, step, *, away=(), recused=(), against=0):
    """Let a real meeting of the step's body resolve on it, and close the meeting."""
    item = resolve(world, convene(world, step, away=away), recused=recused, against=against)
    minutes.close_meeting(fresh(item.meeting), by=user(item.meeting.presider))
    return item


def tasks_of(person):
    from ronghe.worklist.models import Task

    return sorted(Task.objects.filter(owner=person, state="open").values_list("kind", "title"))


DAY = date(2026, 11, 2)
__all__ = ["DecisionList", "Matter"]
