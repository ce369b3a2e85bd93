"""Random people try random steps with objections: who confirmed never answers, every open state has an owner and a date, both
versions are kept. A short, seeded version runs with `make test`, the long one with `make drill`."""

from datetime import timedelta
from decimal import Decimal
from typing import ClassVar
from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_fsm import TransitionNotAllowed
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from ronghe.assessment import actions
from ronghe.assessment.models import Objection, Run
from ronghe.common.actions import StaleForm
from ronghe.common.calendar import today
from ronghe.figures.actions.adjustments import decide_adjustment
from ronghe.figures.actions.batches import drop_batch, submit_batch, withdraw_batch
from ronghe.figures.actions.reviews import confirm_batch, return_batch
from ronghe.figures.models import Adjustment, Batch
from ronghe.worklist.models import Task
from tests.assessment import cases, month
from tests.assessment.cases import PROOF, mark_of, user
from tests.assessment.test_publish_run import freeze
from tests.people import build_world

PEOPLE = ["李建国", "王海涛", "陈晓燕", "刘海涛", "孙丽华", "何静", "赵敏", "钱进", "郑爽", "吴桐", "高明", "系统管理员", "韩冬"]
EXPECTED = (PermissionDenied, ValidationError, StaleForm, TransitionNotAllowed)
UNITS = {"注采一站": "刘海涛", "注采二站": "孙丽华"}

people = st.sampled_from(PEOPLE)
anybody = st.one_of(st.none(), st.none(), people)
index = st.integers(0, 5)
texts = st.sampled_from(["理由", "理由", ""])
figures = st.sampled_from(["980", "990", "1000", None])
faults = st.sampled_from(["figure", "figure", "target", "exempt", "nonsense"])


class Doubt(RuleBasedStateMachine):
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
        self.asked = set()
        self.frozen = {}

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

    def pick(self, place, rows):
        found = list(rows.order_by("pk"))
        return found[place % len(found)] if found else None

    def who(self, name, right):
        return user(self.world.person[name or right])

    def owner_of(self, row, right="郑爽"):
        task = Task.objects.from_origin(row).open().order_by("pk").first()
        return task.owner.name if task else right

    @initialize(stage=st.sampled_from(["corrected", "rejected", "asked", "upheld", "cured", "rerun"]))
    def begin(self, stage):
        self.ask("注采一站", "oil", None, "理由", True)
        if stage == "rejected":
            self.reject(0, None, "无误")
        elif stage != "asked":
            self.answer(0, None, "figure", "980", "属实")
        if stage in ("cured", "rerun", "corrected"):
            self.decide(0, None, True, "")
        if stage in ("rerun", "corrected"):
            self.run_again(None, "异议成立")
        if stage == "corrected":
            self.publish(0, None, True)

    @rule(unit=st.sampled_from(sorted(UNITS)), code=st.sampled_from(["oil", "org_life"]), by=anybody, reason=texts, proof=st.booleans())
    def ask(self, unit, code, by, reason, proof):
        run = Run.objects.filter(state__in=Run.SHOWN).order_by("-pk").first()
        mark = mark_of(run, self.world, code, unit)
        row = self.attempt(
            actions.object_to_mark, mark, reason=reason, proof=PROOF if proof else None, by=self.who(by, UNITS[unit])
        )  # fmt: skip
        if row is not None:
            self.asked.add(row.pk)

    @rule(place=index, by=anybody)
    def withdraw(self, place, by):
        if row := self.pick(place, Objection.objects.all()):
            self.attempt(actions.withdraw_objection, row, by=self.who(by, row.asked_by.person.name))

    @rule(place=index, by=anybody, fault=faults, right=figures, answer=texts)
    def answer(self, place, by, fault, right, answer):
        if row := self.pick(place, Objection.objects.filter(state__in=["asked", "upheld"])):
            value = Decimal(right) if right else None
            self.attempt(
                actions.uphold_objection, row, fault=fault, right=value, answer=answer, by=self.who(by, self.owner_of(row))
            )  # fmt: skip

    @rule(place=index, by=anybody, answer=texts)
    def reject(self, place, by, answer):
        if row := self.pick(place, Objection.objects.filter(state__in=["asked", "upheld"])):
            self.attempt(actions.reject_objection, row, answer=answer, by=self.who(by, self.owner_of(row)))

    @rule(place=index, by=anybody, good=st.booleans(), reason=texts)
    def decide(self, place, by, good, reason):
        """A reviewer or a leader decides on what was proposed."""
        if batch := self.pick(place, Batch.objects.filter(state="submitted")):
            reviewer = self.who(by, self.owner_of(batch, "钱进"))
            if good:
                self.attempt(confirm_batch, batch, by=reviewer)
            else:
                self.attempt(return_batch, batch, reason=reason, by=reviewer)
        if row := self.pick(place, Adjustment.objects.filter(state="asked")):
            self.attempt(decide_adjustment, row, approve=good, note=reason, by=self.who(by, self.owner_of(row, "王海涛")))

    @rule(place=index, by=anybody, step=st.sampled_from([withdraw_batch, drop_batch, submit_batch]))
    def meddle(self, place, by, step):
        """The unit's reporter takes the proposed correction back, gives it up, or hands it in again."""
        if batch := self.pick(place, Batch.objects.exclude(state__in=["confirmed", "dropped"])):
            self.attempt(step, batch, by=self.who(by, "何静"))

    @rule(by=anybody, reason=texts)
    def run_again(self, by, reason):
        self.attempt(actions.run_month, self.world.area, "2026-10", reason=reason, by=self.who(by, "赵敏"))

    @rule(place=index, by=anybody, publish=st.booleans())
    def publish(self, place, by, publish):
        if run := self.pick(place, Run.objects.filter(state="preview")):
            self.attempt(actions.publish_run if publish else actions.drop_run, run, by=self.who(by, "李建国"))

    @rule(amount=st.sampled_from([1, 2, 8]))
    def wait(self, amount):
        self.shift += timedelta(days=amount)

    @rule()
    def tick(self):
        actions.escalate_late(today())
        actions.finalise_due_runs(today())

    @invariant()
    def note_states(self):
        self.reached.update(Objection.objects.values_list("state", flat=True))

    @invariant()
    def none_disappears(self):
        assert set(Objection.objects.values_list("pk", flat=True)) == self.asked

    @invariant()
    def nobody_answers_what_they_made_or_confirmed(self):
        for row in Objection.objects.exclude(answered_by=None).select_related("run"):
            made = Batch.objects.filter(figures__unit=row.unit_id, figures__indicator__code=row.indicator, state="confirmed")
            for batch in made.filter(created_at__lt=row.run.created_at):
                assert row.answered_by_id not in {batch.author_id, batch.decided_by_id, *batch.hands}
            assert row.answered_by_id not in {row.asked_by_id, row.run.author_id}
            assert row.answer

    @invariant()
    def nobody_confirms_the_own_correction(self):
        for row in Objection.objects.filter(state__in=["cured", "rerun", "corrected"]).select_related("batch", "adjustment"):
            decided = row.batch or row.adjustment
            assert decided.state in ("confirmed", "approved")
            assert decided.decided_by_id not in {None, row.answered_by_id}

    @invariant()
    def every_open_state_has_an_owner_and_a_date(self):
        for row in Objection.objects.all():
            origins = [row, row.batch, row.adjustment, row.new_run if row.state == "rerun" else None]
            waits = Q()
            for origin in (one for one in origins if one is not None):
                waits |= Q(pk__in=Task.objects.from_origin(origin).open())
            tasks = Task.objects.filter(waits) if waits else Task.objects.none()
            if row.is_open:
                assert row.due is not None
                assert tasks.exists(), f"{row} {row.state}"
                assert not tasks.filter(due=None).exists()
            else:
                assert (row.due, Task.objects.from_origin(row).open().count()) == (None, 0)
                assert row.ended_at is not None

    @invariant()
    def both_versions_are_kept(self):
        for run in Run.objects.filter(state__in=Run.SHOWN):
            now = freeze(run)
            assert self.frozen.setdefault(run.pk, now) == now
        for row in Objection.objects.filter(state="corrected").select_related("new_run", "run"):
            assert row.new_run.number > row.run.number
            assert row.new_run.created_at >= row.cured_at
            assert row.run.state == "replaced"
        assert Run.objects.in_force().filter(period="2026-10").count() == 1


def run_steps(examples, steps):
    world = build_world()
    month.add_indicators(world.area)
    month.adopt(world)
    month.report(world, "2026-10", month.ACTUALS)
    cases.confirm_all(world)
    month.publish(world)
    Doubt.world = world
    Doubt.reached.clear()
    run_state_machine_as_test(
        seed(20262)(Doubt),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Doubt.reached == set(Objection.State.values), "the steps must get everywhere, or they prove nothing"


@pytest.mark.django_db
def test_any_steps_by_anybody():
    run_steps(examples=16, steps=16)


@pytest.mark.drill
@pytest.mark.django_db
def test_any_steps_by_anybody_at_length():
    run_steps(examples=300, steps=50)
