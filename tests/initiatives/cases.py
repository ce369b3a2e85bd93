"""What the tests of 创效 share: an idea in each state, reached through the actions that people take."""

from datetime import timedelta
from decimal import Decimal

from ronghe.accounts.models import User
from ronghe.common.calendar import today
from ronghe.initiatives import actions
from ronghe.initiatives.models import Idea, Share
from tests.stage import staged

FILES = (("台账.txt", "台账".encode()),)


def user(person):
    """The person's account, as a new request would load it."""
    return User.objects.get(pk=person.user_id)


def fresh(idea):
    return Idea.objects.get(pk=idea.pk)


@staged
def propose(world, *, by="吴桐", **extra):
    values = {
        "unit": world.unit["注采一站"], "kind": "value", "title": "计量间加保温套", "problem": "冬天放空频繁,加保温套减少放空。",
        "expected": Decimal(10000), "measure": "yuan", "measuring": "比去年同期少用的电费",
    } | extra  # fmt: skip
    return actions.propose_idea(by=user(world.person[by]), **values)


@staged
def accept(world, *, owner="何静", **extra):
    idea = propose(world, **extra)
    due = today() + timedelta(days=20)
    return actions.accept_idea(idea, owner=world.person[owner], due=due, note="可行", by=user(idea.holder))


@staged
def finish(world, **extra):
    idea = accept(world, **extra)
    return actions.finish_idea(idea, text="已加装 6 处。", files=FILES, by=user(idea.owner))


@staged
def verify(world, *, benefit="10000.01", **extra):
    idea = finish(world, **extra)
    return actions.verify_benefit(idea, benefit=Decimal(benefit), measured="电费单同比", files=FILES, by=user(idea.holder))


@staged
def share(world, parts=(("吴桐", "33.33"), ("何静", "66.67")), **extra):
    idea = verify(world, **extra)
    rows = [actions.Part(world.person[name], Decimal(percent), "参与") for name, percent in parts]
    return actions.propose_shares(idea, rows, by=user(idea.owner))


@staged
def credit(world, **extra):
    idea = share(world, **extra)
    for row in Share.objects.filter(idea=idea, state="asked"):
        actions.answer_share(row, agreed=True, by=user(row.person))
    return fresh(idea)


@staged
def found_team(world, name="降本组"):
    return actions.found_project(
        world.area,
        head=world.liuhaitao,
        seats=[actions.Seat(world.hejing, "data", "数据"), actions.Seat(world.sunlihua, "field", "现场")],
        stages=[actions.Stage("摸底", today() + timedelta(days=10), world.hejing)],
        by=user(world.liuhaitao),
        name=name,
        purpose="降低检泵井次",
        measure="减少检泵",
        unit_name="井次",
        target=Decimal(20),
        starts_on=today(),
        ends_on=today() + timedelta(days=200),
    )
