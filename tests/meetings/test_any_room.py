"""Any steps in the room: whatever people try, no vote begins without quorum and hearing, nobody counts twice, and what passes has its share.

The quorum is counted here anew from the rows, by plain fractions: 班子会 (the recused leave the base, fewer than three cannot decide) and
支委会 (they stay in it).
"""

from fractions import Fraction
from typing import ClassVar

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django_fsm import TransitionNotAllowed
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ronghe.common.actions import StaleForm
from ronghe.meetings.actions import agenda, plan, room, votes
from ronghe.meetings.models import Attendee, Recusal, Voice
from tests.machines import run_everywhere
from tests.meetings import cases
from tests.meetings.cases import COMMITTEE, fresh, lead, user
from tests.people import build_world

EXPECTED = (PermissionDenied, ValidationError, StaleForm, TransitionNotAllowed)
ATTEND = {"ordinary": (Fraction(1, 2), True), "personnel": (Fraction(2, 3), False), "major": (Fraction(2, 3), False)}
members = st.lists(st.sampled_from(COMMITTEE), max_size=4, unique=True)
runner = st.sampled_from(["lead", "lead", "lead", "郑爽", "陈晓燕"])


def has_quorum(code, matter_class, entitled, there, recused):
    """Count by hand: `there` and `recused` are sets of people with a vote."""
    base = len(entitled - recused) if code == "leaders" else len(entitled)
    if code == "leaders" and recused and base < 3:
        return False
    voters = len(there - recused)
    share, strict = ATTEND[matter_class]
    return voters > base * share if strict else voters >= base * share


class Room(RuleBasedStateMachine):
    world = None
    reached: ClassVar[set] = set()

    def __init__(self):
        super().__init__()
        self.guard = transaction.atomic()
        self.guard.__enter__()
        self.frozen = None

    def teardown(self):
        transaction.set_rollback(True)
        self.guard.__exit__(None, None, None)

    def attempt(self, function, *args, **kwargs):
        try:
            with transaction.atomic():
                return function(*args, **kwargs)
        except EXPECTED:
            return None

    def who(self, name):
        return lead(self.meeting) if name == "lead" else user(self.world.person[name])

    def look(self):
        """→ everybody with a vote, who of them is there, who is recused."""
        rows = Attendee.objects.filter(meeting=self.meeting, votes=True)
        entitled = set(rows.values_list("person_id", flat=True))
        there = set(rows.filter(state="present").values_list("person_id", flat=True))
        return entitled, there, set(Recusal.objects.filter(item=self.item).values_list("person_id", flat=True))

    @initialize(
        code=st.sampled_from(["committee", "leaders"]),
        matter_class=st.sampled_from(sorted(ATTEND)),
        away=st.lists(st.sampled_from(COMMITTEE[1:]), max_size=2, unique=True),
        name=st.one_of(st.none(), st.sampled_from(COMMITTEE)),
        heard=st.sampled_from([True, True, False]),
        given=st.sampled_from([None, ["yes"] * 4, None, ["no"] * 4]),
    )
    def begin(self, code, matter_class, away, name, heard, given):
        self.code, self.matter_class = code, matter_class
        self.meeting = cases.plan_one(self.world, code)
        self.item = agenda.add_item(self.meeting, title="议题", matter_class=matter_class, proposal="同意。", by=lead(self.meeting))
        plan.send_notice(fresh(self.meeting), short_notice="当日", by=lead(self.meeting))
        room.open_meeting(fresh(self.meeting), by=lead(self.meeting))
        cases.mark(self.meeting)
        room.take_up_item(fresh(self.item), by=lead(self.meeting))
        self.mark(away, "lead")
        if name is not None:
            self.recuse(name, "lead")
        if heard:
            self.speak([], True, "lead")
            self.vote("hands", "lead")
            if given is not None:
                self.close(given, False, "lead")

    @rule(away=members, by=runner)
    def mark(self, away, by):
        rows = Attendee.objects.filter(meeting=self.meeting).select_related("person")
        given = {row.pk: room.Came("leave", "出差") if row.person.name in away else room.Came("present") for row in rows}
        self.attempt(room.mark_attendance, fresh(self.meeting), given, by=self.who(by))

    @rule(name=st.sampled_from(COMMITTEE), by=runner)
    def recuse(self, name, by):
        self.attempt(room.recuse, fresh(self.item), self.world.person[name], reason="亲属", by=self.who(by))

    @rule(names=members, whole=st.booleans(), by=runner)
    def speak(self, names, whole, by):
        people = [self.world.person[name] for name in (COMMITTEE if whole else names)]
        if whole:
            _entitled, there, recused = self.look()
            people = [person for person in people if person.pk in there - recused]
        self.attempt(room.speak, fresh(self.item), [(person, "同意") for person in people], by=self.who(by))

    @rule(form=st.sampled_from(["hands", "hands", "oral"]), by=runner)
    def vote(self, form, by):
        begun = self.attempt(votes.begin_vote, fresh(self.item), form=form, proposal="同意。", by=self.who(by))
        if begun is not None:
            entitled, there, recused = self.frozen = self.look()
            assert has_quorum(self.code, self.matter_class, entitled, there, recused)
            spoken = set(Voice.objects.filter(item=self.item).values_list("person_id", flat=True))
            assert there - recused <= spoken
            self.reached.add("voting")
        elif fresh(self.item).state == "open" and not has_quorum(self.code, self.matter_class, *self.look()):
            self.reached.add("no quorum")

    @rule(
        choices=st.sampled_from([["yes"] * 4, ["no"] * 4, ["yes", "no", "abstain", "yes"], ["abstain", "yes", "yes", "yes"]]),
        extra=st.sampled_from([False, False, True]),
        by=runner,
    )
    def close(self, choices, extra, by):
        if fresh(self.item).state != "voting":
            return
        entitled, there, recused = self.frozen
        people = sorted(entitled if extra else there - recused)
        given = dict(zip(people, choices, strict=False))
        done = self.attempt(votes.close_named_vote, fresh(self.item), given, by=self.who(by))
        if done is None:
            return
        assert set(given) == there - recused
        assert done.yes + done.no + done.abstain == len(there - recused)
        base = len(entitled - recused) if self.code == "leaders" else len(entitled)
        assert (done.state == "passed") == (done.yes * 2 > base)
        self.reached.add(done.state)

    @rule(by=runner)
    def break_it(self, by):
        if (
            fresh(self.item).state == "voting"
            and self.attempt(votes.break_vote, fresh(self.item), reason="误", by=self.who(by)) is not None
        ):
            self.frozen = None
            self.reached.add("broken")

    @invariant()
    def the_room_stands_still_while_a_vote_is_on(self):
        if self.frozen is not None and fresh(self.item).state == "voting":
            assert self.look() == self.frozen

    @invariant()
    def nobody_recused_or_away_has_a_vote(self):
        if self.frozen is not None:
            _entitled, there, recused = self.frozen
            cast = set(Voice.objects.filter(item=self.item).exclude(vote="").values_list("person_id", flat=True))
            assert cast <= there - recused


@pytest.mark.django_db
def test_any_steps_in_the_room():
    Room.world = build_world()
    cases.prepare(Room.world)
    run_everywhere(Room, {"voting", "no quorum", "passed", "rejected", "broken"}, examples=25, steps=6)
