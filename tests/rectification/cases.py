"""What the tests of 整改 share: an item in each state, reached through the actions that people take."""

from datetime import timedelta

from ronghe.accounts.models import User
from ronghe.common.calendar import today
from ronghe.rectification import actions
from ronghe.rectification.models import Item
from tests.stage import staged

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32
PROOF_FILES = (("照片.png", PNG),)


def user(person):
    """The person's account, as a new request would load it."""
    return User.objects.get(pk=person.user_id)


def fresh(item):
    return Item.objects.get(pk=item.pk)


def day(n):
    return today() + timedelta(days=n)


@staged
def open_one(world, *, by="李建国", unit="注采一站", owner="刘海涛", verifier="郑爽", **extra):
    values = {"title": "躺井率连续两月超标", "problem": "躺井率 3.2%,目标 2.5%。", "source": "gap", "due": day(30), **extra}
    verifier = world.person[verifier] if verifier else None
    return actions.open_item(
        area=world.area, unit=world.unit[unit], owner=world.person[owner], verifier=verifier, by=user(world.person[by]), **values
    )


@staged
def plan_one(world, **extra):
    item = open_one(world, **extra)
    return actions.plan_cure(item, cause="检泵周期管理不到位", measures=["排查低效井"], by=user(item.owner))


def finish_all(item):
    for measure in item.measures.filter(done_on=None):
        actions.finish_measure(measure, by=user(fresh(item).owner))


@staged
def prove_one(world, **extra):
    item = plan_one(world, **extra)
    finish_all(item)
    actions.file_proof(item, text="已完成 6 口井检泵。", files=PROOF_FILES, by=user(item.owner))
    return fresh(item)


@staged
def close_one(world, **extra):
    item = prove_one(world, **extra)
    return actions.close_item(item, note="现场核实", by=user(item.verifier))


def titles_of(person):
    """The person's open tasks, as (kind, due)."""
    from ronghe.worklist.models import Task

    return sorted(Task.objects.filter(owner=person, state="open").values_list("kind", "due"))


def notices_of(person):
    from ronghe.notices.models import Notice

    return list(Notice.objects.filter(person=person).order_by("id").values_list("title", flat=True))
