"""What the tests of 异议 share: a month reported and confirmed by named people, published, and the steps that people take."""

from decimal import Decimal

from ronghe.accounts.models import User
from ronghe.assessment import actions
from ronghe.assessment.models import Mark, Objection
from ronghe.figures.actions.reviews import confirm_batch
from ronghe.figures.models import Batch, Figure
from tests.assessment import month
from tests.stage import staged

PROOF = ("10月产量签认单:980 吨".encode(), "签认单.txt")


def user(person):
    """The person's account, as a new request would load it."""
    return User.objects.get(pk=person.user_id)


@staged
def confirm_all(world, name="钱进"):
    """Write into the month's batches that this person confirmed them and 何静 wrote them."""
    Batch.objects.filter(state="confirmed").update(decided_by=world.person[name].user, hands=[world.hejing.user.pk])


def mark_of(run, world, indicator="oil", unit="注采一站"):
    return Mark.objects.get(run=run, unit=world.unit[unit], indicator=indicator)


@staged
def ask(world, run, *, by="刘海涛", indicator="oil", unit="注采一站", reason="漏计 30 吨", proof=PROOF):
    return actions.object_to_mark(mark_of(run, world, indicator, unit), reason=reason, proof=proof, by=user(world.person[by]))


def fresh(row):
    return Objection.objects.get(pk=row.pk)


def uphold(row, world, *, by="郑爽", right="980", fault="figure", answer="签认单属实"):
    right = Decimal(right) if right is not None else None
    return actions.uphold_objection(row, fault=fault, right=right, answer=answer, by=user(world.person[by]))


def confirm(row, world, by="钱进"):
    return confirm_batch(fresh(row).batch, by=user(world.person[by]))


def rerun(row, world):
    return month.run(world, row.run.period, reason=f"异议 {row.number} 成立")


def in_force(world, indicator="oil", unit="注采一站"):
    return Figure.objects.get(unit=world.unit[unit], indicator__code=indicator, period="2026-10", in_force=True).actual
