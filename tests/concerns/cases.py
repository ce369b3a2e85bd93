"""What the tests of 关切 share."""

from datetime import timedelta

from ronghe.accounts.models import User
from ronghe.common.calendar import today
from ronghe.concerns import actions
from ronghe.concerns.models import Concern
from tests.stage import staged

WORDS = "夜班食堂只剩凉菜"
CODE = "abcde-fghjk-23456"


def user(person):
    """The person's account, as a new request would load it."""
    return User.objects.get(pk=person.user_id)


def fresh(concern):
    return Concern.objects.get(pk=concern.pk)


@staged
def raise_one(world, *, by="吴桐", named=False, code=CODE, topic="life", text=WORDS, **extra):
    return actions.raise_concern(world.area, topic=topic, text=text, code=code, named=named, by=user(world.person[by]), **extra)


@staged
def answer(world, **extra):
    promise = {name: extra.pop(name) for name in ("promise", "promise_due") if name in extra}
    concern = raise_one(world, **extra)
    actions.open_concern(concern, by=user(concern.holder))
    return actions.answer_concern(fresh(concern), answer="已安排热餐。", by=user(concern.holder), **promise)


@staged
def one_of_everything(world):
    """Name of an address (or its start) → its arguments, of something of each kind."""
    concern = answer(world, by="李建国", named=True, promise="装微波炉", promise_due=today() + timedelta(days=9))
    talk = actions.note_talk(world.wutong, day=today(), by=user(world.lijianguo))
    return {
        "concerns:concern": {"pk": concern.pk},
        "concerns:promise": {"pk": concern.promises.get().pk},
        "concerns:talk": {"pk": talk.pk},
    }
