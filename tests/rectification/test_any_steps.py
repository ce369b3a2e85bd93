"""Random people try random steps: no item closes without proof and a second person, none disappears, every state has an owner
and a date or an end. A short, seeded version runs with `make test`, the long one with `make drill`."""

from datetime import timedelta
from typing import ClassVar
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from ronghe.audit.models import Entry
from ronghe.common.actions import StaleForm
from ronghe.common.calendar import today
from ronghe.rectification import actions
from ronghe.rectification.models import Item, Measure, Proof, Request
from ronghe.rectification.rules import ENDED, LIVE
from ronghe.worklist.models import Task
from tests.people import build_world
from tests.rectification.cases import PROOF_FILES, user

PEOPLE = ["李建国", "王海涛", "刘海涛", "孙丽华", "何静", "郑爽", "吴桐", "高明", "系统管理员", "韩冬"]
EXPECTED = (PermissionDenied, ValidationError, StaleForm, TransitionNotAllowed)

people = st.sampled_from(PEOPLE)
# None: the one whose step it is, so that the steps get somewhere; else anybody
anybody = st.one_of(st.none(), st.none(), people)
days = st.integers(-2, 40)
index = st.integers(0, 5)
texts = st.sampled_from(["理由", "理由", ""])


class Cure(RuleBasedStateMachine):
    world = None
    reached: ClassVar[set] = set()

    def __init__(self):
        super().__init__()
        self.guard = transaction.atomic()
        self.guard.__enter__()
        self.shift = timedelta()
        real = timezone.now
        self.clock = patch("django.utils.timezone.now", lambda: real() + self.shift)
        self.clock.start()
        self.numbers = []
        self.entries = 0

    def teardown(self):
        self.clock.stop()
        transaction.set_rollback(True)
        self.guard.__exit__(None, None, None)

    def attempt(self, function, *args, **kwargs):
        """Try a step as anybody; refused is fine, half done is not."""
        try:
            with transaction.atomic():
                return function(*args, **kwargs)
        except EXPECTED:
            return None

    def pick(self, place, rows, **fitting):
        """A row; at an even place one that fits the step, if any does."""
        found = list(rows.filter(**fitting).order_by("pk")) if fitting and place % 2 == 0 else []
        found = found or list(rows.order_by("pk"))
        return found[place % len(found)] if found else None

    def who(self, name, right=None):
        return user(self.world.person[name] if name else right or self.world.person["李建国"])

    @initialize(stage=st.sampled_from(["open", "proving", "returned", "closed", "recurred", "void"]))
    def begin(self, stage):
        self.open("李建国", "注采一站", "刘海涛", "郑爽", 30, "indicator:a", False)
        if stage == "void":
            self.ask_void(0, None, "不是问题")
            self.decide(0, None, True, "")
        elif stage != "open":
            self.cure(0)
        if stage in ("closed", "recurred", "returned"):
            self.verify(0, None, stage != "returned", "理由")
        if stage == "recurred":
            self.reopen(0, None, 20, None)

    @rule(
        by=anybody,
        unit=st.sampled_from(["注采一站", "注采二站", "二区采油站"]),
        owner=people,
        verifier=st.one_of(st.none(), people),
        due=days,
        key=st.sampled_from(["", "indicator:a"]),
        planned=st.booleans(),
    )
    def open(self, by, unit, owner, verifier, due, key, planned):
        item = self.attempt(
            actions.open_item,
            area=self.world.area,
            unit=self.world.unit[unit],
            title="问题",
            problem="问题描述",
            source="gap",
            owner=self.world.person[owner],
            verifier=self.world.person[verifier] if verifier else None,
            due=today() + timedelta(days=due),
            key=key,
            measures=["措施"] if planned else [],
            by=self.who(by),
        )
        if item is not None and item.number not in self.numbers:
            self.numbers.append(item.number)

    @rule(place=index, by=anybody, cause=texts, amount=st.integers(0, 2), responsible=st.one_of(st.none(), people))
    def plan(self, place, by, cause, amount, responsible):
        if item := self.pick(place, Item.objects.all()):
            person = self.world.person[responsible] if responsible else None
            self.attempt(
                actions.plan_cure, item, cause=cause, measures=[actions.Planned("措施", person)] * amount, by=self.who(by, item.owner)
            )

    @rule(place=index, by=anybody)
    def finish(self, place, by):
        if measure := self.pick(place, Measure.objects.all()):
            self.attempt(actions.finish_measure, measure, by=self.who(by, measure.responsible))

    @rule(place=index)
    def cure(self, place):
        """The owner does the whole work, so that later states are reached often enough."""
        if item := self.pick(place, Item.objects.all()):
            self.attempt(actions.plan_cure, item, cause="原因", measures=["措施"], by=user(item.owner))
            for measure in Measure.objects.filter(item=item):
                self.attempt(actions.finish_measure, measure, by=user(item.owner))
            self.attempt(actions.file_proof, item, text="已整改", files=PROOF_FILES, by=user(item.owner))

    @rule(place=index, by=anybody)
    def resume(self, place, by):
        if measure := self.pick(place, Measure.objects.all()):
            self.attempt(actions.resume_measure, measure, by=self.who(by, measure.responsible))

    @rule(place=index, by=anybody, text=texts, files=st.booleans())
    def prove(self, place, by, text, files):
        if item := self.pick(place, Item.objects.all()):
            who = self.who(by, item.owner)
            self.attempt(actions.file_proof, item, text=text, files=PROOF_FILES if files else (), by=who)

    @rule(place=index, by=anybody, verdict=st.booleans(), note=texts)
    def verify(self, place, by, verdict, note):
        if item := self.pick(place, Item.objects.all(), state="proving"):
            who = self.who(by, item.verifier)
            self.attempt(actions.close_item if verdict else actions.return_item, item, note=note, by=who)

    @rule(place=index, by=anybody, due=days, reason=texts, measure=st.one_of(st.none(), index))
    def ask_move(self, place, by, due, reason, measure):
        if item := self.pick(place, Item.objects.all()):
            row = self.pick(measure, Measure.objects.all()) if measure is not None else None
            self.attempt(
                actions.ask_move, item, new_due=today() + timedelta(days=due), reason=reason, measure=row, by=self.who(by, item.owner)
            )

    @rule(place=index, by=anybody, reason=texts)
    def ask_void(self, place, by, reason):
        if item := self.pick(place, Item.objects.all()):
            self.attempt(actions.ask_void, item, reason=reason, by=self.who(by, item.owner))

    @rule(place=index, by=anybody, approved=st.booleans(), note=texts)
    def decide(self, place, by, approved, note):
        if row := self.pick(place, Request.objects.all(), state="asked"):
            self.attempt(actions.decide_request, row, approved=approved, note=note, by=self.who(by, row.approver))

    @rule(place=index, by=anybody, owner=st.one_of(st.none(), people), verifier=st.one_of(st.none(), people), note=texts)
    def reassign(self, place, by, owner, verifier, note):
        if item := self.pick(place, Item.objects.all()):
            given = {role: self.world.person[name] for role, name in (("owner", owner), ("verifier", verifier)) if name}
            self.attempt(actions.reassign_item, item, note=note, by=self.who(by), **given)

    @rule(by=anybody)
    def urge(self, by):
        self.attempt(actions.urge_items, list(Item.objects.all()), by=self.who(by))

    @rule(place=index, by=anybody, due=days, owner=st.one_of(st.none(), people))
    def reopen(self, place, by, due, owner):
        if item := self.pick(place, Item.objects.all(), state="closed"):
            person = self.world.person[owner] if owner else None
            self.attempt(actions.reopen_item, item, reason="又出现", due=today() + timedelta(days=due), owner=person, by=self.who(by))

    @rule(amount=st.sampled_from([1, 5, 60]))
    def wait(self, amount):
        self.shift += timedelta(days=amount)

    @invariant()
    def note_states(self):
        self.reached.update(Item.objects.values_list("state", flat=True))

    @invariant()
    def none_disappears(self):
        assert sorted(Item.objects.values_list("number", flat=True)) == sorted(self.numbers)

    @invariant()
    def every_state_has_an_owner_and_a_date_or_an_end(self):
        for item in Item.objects.all():
            tasks = list(Task.objects.from_origin(item).open().values_list("owner_id", "due"))
            if item.state in LIVE:
                assert (item.holder_id, item.step_due) != (None, None)
                assert item.holder_id == (item.verifier_id if item.state == "proving" else item.owner_id)
                assert tasks == [(item.holder_id, item.step_due)]
            else:
                assert item.state in ENDED
                assert (item.holder_id, item.step_due, tasks) == (None, None, [])
                assert item.ended_on is not None
                assert item.ended_by_id is not None

    @invariant()
    def none_closes_without_proof_and_a_second_person(self):
        for item in Item.objects.filter(state="closed"):
            proof = item.proofs.get(round=item.round, verdict="accepted")
            assert item.ended_by_id == proof.decided_by_id == item.verifier_id
            assert item.ended_by_id not in (item.owner_id, proof.filed_by_id)
            assert proof.text
            assert item.measures.filter(round=item.round).exists()
            assert not item.measures.filter(done_on=None).exists()
        for item in Item.objects.filter(state="void"):
            request = item.requests.get(kind="void", state="approved")
            assert request.decided_by_id == item.ended_by_id
            assert request.decided_by_id not in (request.asked_by_id, item.owner_id)

    @invariant()
    def every_round_before_was_closed_by_proof(self):
        for item in Item.objects.filter(round__gt=1):
            assert list(item.proofs.filter(verdict="accepted", round__lt=item.round).values_list("round", flat=True)) == list(
                range(1, item.round)
            )

    @invariant()
    def what_waits_has_somebody_who_may(self):
        for row in Request.objects.filter(state="asked").select_related("item"):
            assert row.item.state in LIVE
            assert row.approver_id not in (row.asked_by_id, row.item.owner_id)
            assert list(Task.objects.from_origin(row).open().values_list("owner_id", flat=True)) == [row.approver_id]
        pending = dict(Proof.objects.filter(verdict="pending").values_list("item_id", "pk"))
        assert set(pending) == set(Item.objects.filter(state="proving").values_list("pk", flat=True))

    @invariant()
    def moved_dates_keep_both(self):
        for row in Request.objects.filter(kind="move"):
            assert row.old_due != row.new_due
            assert None not in (row.old_due, row.new_due)
            assert row.state != "approved" or row.decided_by_id not in (None, row.asked_by_id)

    @invariant()
    def the_audit_only_grows(self):
        count = Entry.objects.count()
        assert count >= self.entries
        self.entries = count


def run_steps(examples, steps):
    Cure.world = build_world()
    Cure.reached.clear()
    run_state_machine_as_test(
        seed(20261)(Cure),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Cure.reached == set(Item.State.values), "the steps must get everywhere, or they prove nothing"


@pytest.mark.django_db
def test_any_steps_by_anybody():
    run_steps(examples=20, steps=20)


@pytest.mark.drill
@pytest.mark.django_db
def test_any_steps_by_anybody_at_length():
    run_steps(examples=400, steps=60)
