"""Random people try random steps on random matters: none reaches execution without its required steps, quorum and recusal, but by a
recorded exception or by an urgent decision that shows red until ratified."""

from typing import ClassVar

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django_fsm import TransitionNotAllowed
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ronghe.audit.models import Entry
from ronghe.common.actions import StaleForm
from ronghe.common.calendar import today
from ronghe.common.registry import find_agenda_offers
from ronghe.decisions import actions
from ronghe.decisions.models import Matter, Outcome, Step, Stop
from ronghe.decisions.queries.matters import read_light
from ronghe.decisions.rules import KIND_OF, LIVE, PASSED, count_base, count_voters, list_stayed
from ronghe.meetings.actions import agenda, minutes, plan, room, votes
from ronghe.meetings.models import Item, Recusal, Urgent
from ronghe.worklist.models import Task
from tests.decisions.cases import PROOF, fill, fresh, publish, register, sit, user
from tests.machines import run_everywhere
from tests.meetings import cases as meetings
from tests.people import build_world

PEOPLE = ["李建国", "王海涛", "陈晓燕", "周卫东", "刘海涛", "郑爽", "吴桐", "系统管理员", "审计管理员", "韩冬"]
LEADERS = ["李建国", "王海涛", "陈晓燕", "周卫东"]
EXPECTED = (PermissionDenied, ValidationError, StaleForm, TransitionNotAllowed)

# None: the one whose step it is, so that the steps get somewhere; else anybody
anybody = st.one_of(st.none(), st.none(), st.none(), st.sampled_from(PEOPLE))
index = st.integers(0, 3)
text = st.sampled_from(["写明", "写明", "写明", ""])
some = st.lists(st.sampled_from(LEADERS), max_size=2, unique=True)
KINDS = [
    {"title": "更换抽油机的资金安排", "category": "fund", "amount": "35"},
    {"title": "党建工作计划", "category": "decision", "amount": None},
    {"title": "调整绩效分配方案", "category": "decision", "amount": None},
]


class Deciding(RuleBasedStateMachine):
    world = None
    reached: ClassVar[set] = set()

    def __init__(self):
        super().__init__()
        self.guard = transaction.atomic()
        self.guard.__enter__()
        self.numbers, self.entries = [], 0

    def teardown(self):
        transaction.set_rollback(True)
        self.guard.__exit__(None, None, None)

    def attempt(self, function, *args, **kwargs):
        """Try a step as anybody; refused is fine, half done is not."""
        try:
            with transaction.atomic():
                return function(*args, **kwargs)
        except EXPECTED:
            return None

    def who(self, name, right):
        return user(self.world.person[name] if name else right)

    def pick(self, place, rows):
        found = list(rows.order_by("pk"))
        return found[place % len(found)] if found else None

    def step_of(self, matter, other):
        """The open step, or another of the matter's."""
        rows = list(matter.steps.select_related("owner", "matter").order_by("place"))
        if not rows:
            return None
        open_one = next((step for step in rows if step.state == "open"), None)
        return rows[(other or 0) % len(rows)] if other is not None or open_one is None else open_one

    @initialize(
        stage=st.sampled_from([9, 0, 2, 4, 5, 6, 7, 8, 9]),
        kind=st.sampled_from(KINDS),
        interested=some,
        end=st.sampled_from(["", "refuse", "withdraw", "stop", "urgent", "except", "stop"]),
    )
    def begin(self, stage, kind, interested, end):
        self.register(None, kind, interested)
        for _step in range(min(stage, 2) if end == "withdraw" else stage):
            self.complete(0, None, None, True)
            self.meet(0, None, [], interested, "right", end != "refuse", None)
        if end == "withdraw":
            self.withdraw(0, None, "不办了")
        if end == "stop":
            self.stop(0, None, "写明")
        if end == "urgent":
            self.decide_urgently(0, None, "写明")
        if end == "except":
            self.ask_exception(0, None, None, "写明")
            self.decide_exception(0, None, True)

    @rule(by=anybody, kind=st.sampled_from(KINDS), interested=some)
    def register(self, by, kind, interested):
        people = [self.world.person[name] for name in interested]
        made = self.attempt(register, self.world, by=by or "陈晓燕", interested=people, **kind)
        if made is not None:
            self.numbers.append(made.number)

    @rule(place=index, other=st.one_of(st.none(), st.none(), st.integers(0, 9)), by=anybody, whole=st.sampled_from([True, True, False]))
    def complete(self, place, other, by, whole):
        matter = self.pick(place, Matter.objects.all())
        if matter and (step := self.step_of(matter, other)):
            values = fill(step) if whole else {}
            self.attempt(actions.complete_step, step, values, files=PROOF, by=self.who(by, step.owner))

    @rule(
        place=index,
        by=anybody,
        away=some,
        recused=some,
        body=st.sampled_from(["right", "right", "right", "branch", "leaders"]),
        passed=st.sampled_from([True, True, True, False]),
        oppose=st.one_of(st.none(), st.none(), st.integers(0, 4)),
    )
    def meet(self, place, by, away, recused, body, passed, oppose):
        matter = self.pick(place, Matter.objects.all())
        steps = (
            matter.steps.filter(kind__in=("front", "decide"), state__in=("open", "urgent", "waiting")).order_by("place") if matter else None
        )
        step = steps.first() if steps is not None else None
        if step is not None:
            body = step.body if body == "right" else body
            sitting = sit(self.world, body, away=away, recused=recused, passed=passed, oppose=oppose or 0)
            self.attempt(actions.take_result, step, sitting, by=self.who(by, self.world.lijianguo))

    @rule(place=index, by=anybody, ground=text)
    def stop(self, place, by, ground):
        if matter := self.pick(place, Matter.objects.filter(state="running")):
            self.attempt(actions.stop_matter, matter, ground=ground, basis="细则", by=self.who(by, self.world.zhengshuang))

    @rule(place=index, by=anybody, accepted=st.booleans(), whole=st.booleans())
    def unstop(self, place, by, accepted, whole):
        if row := self.pick(place, Stop.objects.exclude(state__in=("resumed", "ended")).select_related("matter__owner", "matter__holder")):
            if row.state == "stopped":
                self.attempt(actions.report_cure, row, cure="已补", by=self.who(by, row.matter.owner))
            elif row.state == "cured":
                self.attempt(actions.reconsider, row, accepted=accepted, opinion="看过", by=self.who(by, row.matter.holder))
            else:
                self.attempt(actions.resume_matter, row, note="", by=self.who(by, row.matter.holder))

    @rule(place=index, other=st.one_of(st.none(), st.none(), st.integers(0, 9)), by=anybody, reason=text)
    def ask_exception(self, place, other, by, reason):
        matter = self.pick(place, Matter.objects.filter(kind="normal"))
        if matter and (step := self.step_of(matter, other)):
            made = self.attempt(actions.ask_exception, step, reason=reason, by=self.who(by, step.owner))
            if made is not None:
                self.numbers.append(made.number)
                self.attempt(
                    actions.complete_step, made.steps.get(kind="opinion"), {"opinion": "可以", "agree": "同意"}, by=user(made.holder)
                )

    @rule(place=index, by=anybody, approved=st.sampled_from([True, True, False]))
    def decide_exception(self, place, by, approved):
        if request := self.pick(place, Matter.objects.filter(kind="exception")):
            right = request.steps.get(kind="approve").owner
            self.attempt(actions.decide_exception, request, approved=approved, note="理由", by=self.who(by, right))

    @rule(place=index, by=anybody, reason=text)
    def decide_urgently(self, place, by, reason):
        if matter := self.pick(place, Matter.objects.all()):
            given = {"decision": "先办", "reason": reason, "consulted": "经理"}
            self.attempt(actions.decide_urgently, matter, by=self.who(by, self.world.lijianguo), **given)

    @rule(place=index, other=st.integers(0, 9), by=anybody, owner=st.sampled_from(PEOPLE))
    def reassign(self, place, other, by, owner):
        matter = self.pick(place, Matter.objects.all())
        if matter and (step := self.step_of(matter, other)):
            person = self.world.person[owner]
            self.attempt(actions.reassign_step, step, owner=person, reason="换人", by=self.who(by, self.world.wanghaitao))

    @rule(place=index, by=anybody, reason=text)
    def withdraw(self, place, by, reason):
        if matter := self.pick(place, Matter.objects.all()):
            self.attempt(actions.withdraw_matter, matter, reason=reason, by=self.who(by, matter.owner))

    @rule(place=index, by=anybody)
    def assign(self, place, by):
        if matter := self.pick(place, Matter.objects.filter(kind="normal")):
            self.attempt(
                actions.assign, matter, text="落实", owner=self.world.liuhaitao, due=today(), by=self.who(by, matter.owner)
            )  # fmt: skip
            for row in matter.assignments.filter(done_on=None)[:1]:
                self.attempt(actions.finish_assignment, row, result="办了", by=self.who(by, row.owner))

    @invariant()
    def nothing_is_carried_out_without_what_it_requires(self):
        for matter in Matter.objects.prefetch_related("steps", "outcomes"):
            self.reached.add(matter.state)
            steps = sorted(matter.steps.all(), key=lambda step: step.place)
            self.reached.update(f"step {step.state}" for step in steps)
            execute = next((step for step in steps if step.kind == "execute"), None)
            if execute is None or execute.opened_on is None:
                continue
            urgent = any(outcome.urgent for outcome in matter.outcomes.all())
            for step in steps:
                if step.place < execute.place:
                    self.check_passed(matter, step, urgent=urgent)
            self.reached.add("executed urgently" if urgent else "executed")

    def check_passed(self, matter, step, *, urgent):
        assert step.state in PASSED or matter.state == "rejected"
        if step.state == "excepted":
            approved = Matter.objects.filter(excepts=step, state="closed", steps__kind="approve", steps__state="done").exists()
            assert approved or (urgent and step.note.startswith("紧急决定"))
            assert step.kind != "decide"
            return
        if step.kind in ("front", "decide") and step.state == "done":
            outcome = Outcome.objects.get(step=step, passed=True, urgent=False)
            sitting = outcome.read_sitting()
            assert count_voters(sitting) * 2 > count_base(sitting)
            assert list_stayed(sitting, matter.interested.values_list("pk", flat=True)) == []
            assert (sitting.body, sitting.agree * 2 > count_voters(sitting)) == (step.body, True)
        elif step.state == "done":
            assert step.values
            assert step.done_by_id is not None
        if step.state == "urgent" and matter.is_live:
            assert matter.unratified
            assert read_light(matter, today()).state == "red"

    @invariant()
    def an_urgent_decision_stands_among_those_to_be_ratified(self):
        for row in Urgent.objects.all():
            step = Step.objects.select_related("matter").get(pk=row.origin_id)
            assert (row.state == "open") == step.matter.unratified == (step.state == "urgent")

    @invariant()
    def a_stopped_matter_stands_still(self):
        for stop in Stop.objects.exclude(state__in=("resumed", "ended")).select_related("step", "matter"):
            assert (stop.matter.state, stop.step.state) == ("stopped", "open")
            assert not Task.objects.from_origin(stop.step).open().exists()
            assert Task.objects.from_origin(stop).open().count() == 1
        for stop in Stop.objects.filter(state="resumed").select_related("matter"):
            assert stop.resumed_by_id not in (stop.stopped_by_id, stop.target_id, stop.cured_by_id, stop.matter.owner_id)
            assert stop.reconsidered_by_id not in (stop.target_id, stop.cured_by_id, stop.matter.owner_id)

    @invariant()
    def no_matter_disappears_and_each_has_somebody_or_an_end(self):
        assert sorted(Matter.objects.values_list("number", flat=True)) == sorted(self.numbers)
        for matter in Matter.objects.all():
            open_steps = list(Step.objects.filter(matter=matter, state="open"))
            assert len(open_steps) == (1 if matter.state in LIVE else 0)
            if matter.state == "running":
                due = Task.objects.from_origin(open_steps[0]).open().values_list("owner_id", "due")
                assert list(due) == [(matter.holder_id, matter.step_due)]

    @invariant()
    def the_audit_only_grows(self):
        count = Entry.objects.count()
        assert count >= self.entries
        self.entries = count


class DecidingInMeetings(Deciding):
    """The same, with every meeting's step resolved by a real meeting, whose own steps are tried by anybody too."""

    reached: ClassVar[set] = set()

    @rule(
        place=index,
        by=anybody,
        away=some,
        recused=some,
        body=st.sampled_from(["right", "right", "right", "branch", "leaders"]),
        passed=st.sampled_from([True, True, True, False]),
        oppose=st.one_of(st.none(), st.none(), st.integers(0, 4)),
    )
    def meet(self, place, by, away, recused, body, passed, oppose):
        matter = self.pick(place, Matter.objects.all())
        rows = Step.objects.filter(matter=matter, kind__in=("front", "decide"), state__in=("open", "urgent", "waiting"))
        step = rows.select_related("matter").order_by("place").first()
        if step is None:
            return
        code = KIND_OF[step.body if body == "right" else body]
        offer = next((one for one in find_agenda_offers(self.world.area.pk, code) if one.pk == step.pk), None)
        if offer is None:
            self.reached.add("not offered")
            return
        meeting = meetings.plan_one(self.world, code)
        lead = user(meeting.presider)
        item = self.attempt(agenda.list_offer, offer, meeting, by=lead)
        if item is None:
            return
        plan.send_notice(fresh(meeting), short_notice="当日", by=lead)
        room.open_meeting(fresh(meeting), by=lead)
        meetings.mark(meeting, away)
        if self.attempt(room.take_up_item, fresh(item), by=self.who(by, meeting.presider)) is not None:
            for name in recused:
                self.attempt(room.recuse, fresh(item), self.world.person[name], reason="利害关系", by=lead)
            self.attempt(meetings.hear_all, fresh(item))
            self.vote(fresh(item), by, meeting.presider, passed, oppose or 0)
        if fresh(item).state == "listed":
            self.attempt(minutes.close_meeting, fresh(meeting), by=lead)

    def vote(self, item, by, presider, passed, oppose):
        """Begin and close the vote as anybody; what comes to nothing is deferred, as a presider would."""
        self.attempt(votes.begin_vote, fresh(item), form="hands", proposal=item.proposal, by=self.who(by, presider))
        if fresh(item).state == "voting":
            deciding = sorted(votes.list_deciding(item, item.meeting))
            against = oppose if passed else len(deciding)
            given = {pk: "no" if n < against else "yes" for n, pk in enumerate(deciding)}
            self.attempt(votes.close_named_vote, fresh(item), given, by=self.who(by, presider))
        if fresh(item).state == "voting":
            votes.break_vote(fresh(item), reason="未成", by=user(presider))
        if fresh(item).state == "open":
            room.defer_item(fresh(item), reason="未成", by=user(presider))
            self.reached.add("deferred")

    @invariant()
    def each_result_is_a_meetings_own(self):
        for outcome in Outcome.objects.filter(urgent=False):
            item = Item.objects.get(pk=outcome.item)
            assert (item.origin_id, item.state) == (outcome.step_id, "passed" if outcome.passed else "rejected")
            sitting = outcome.read_sitting()
            assert (sitting.agree, sitting.oppose, sitting.abstain) == (item.yes, item.no, item.abstain)
            assert set(Recusal.objects.filter(item=item).values_list("person_id", flat=True)) == set(sitting.recused)
            self.reached.add(f"meeting {item.state}")


WANTED = {*Matter.State.values, *(f"step {state}" for state in Step.State.values), "executed", "executed urgently"}


def run_steps(examples, steps, machine=Deciding, wanted=WANTED):
    machine.world = build_world()
    publish(machine.world)
    meetings.prepare(machine.world)
    run_everywhere(machine, wanted, examples=examples, steps=steps)


@pytest.mark.django_db
def test_any_steps_by_anybody():
    run_steps(examples=22, steps=9)


IN_MEETINGS = {*WANTED, "not offered", "deferred", "meeting passed", "meeting rejected"}


@pytest.mark.django_db
def test_any_steps_by_anybody_through_real_meetings():
    run_steps(examples=18, steps=5, machine=DecidingInMeetings, wanted=IN_MEETINGS)


@pytest.mark.drill
@pytest.mark.django_db
def test_any_steps_by_anybody_at_length():
    run_steps(examples=400, steps=50)
    run_steps(examples=100, steps=30, machine=DecidingInMeetings, wanted=IN_MEETINGS)
