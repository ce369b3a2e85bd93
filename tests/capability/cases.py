"""What the tests of 能力 share."""

from datetime import timedelta

from ronghe.accounts.models import User
from ronghe.capability import actions
from ronghe.capability.models import Attempt, Bank, Certificate, Question
from ronghe.common.calendar import today
from tests.stage import staged

QUESTIONS = [
    {"text": "井喷时先做什么", "options": ["关井", "拍照", "离开"], "right": [0], "why": "先控制井口。"},
    {
        "text": "进入受限空间要",
        "options": ["检测气体", "专人监护", "单独进入"],
        "right": [0, 1],
        "why": "先通风、再检测、后作业,有人监护。",
    },
    {"text": "灭火器每月检查一次", "options": ["对", "错"], "right": [0], "why": "按月检查并签字。"},
]


def user(person):
    """The person's account, as a new request would load it."""
    return User.objects.get(pk=person.user_id)


@staged
def certify(world, name="刘海涛", *, by="刘海涛", certificate="井控操作证", left=365, **extra):
    day = today()
    values = {"number": "JK-1", "issued_on": day - timedelta(days=600), "expires_on": day + timedelta(days=left)} | extra
    return actions.record_certificate(world.person[name], name=certificate, by=user(world.person[by]), **values)


def fresh(row):
    return type(row)._default_manager.get(pk=row.pk)


@staged
def plan(world, name="刘海涛", *, by="刘海涛", gap="班组管理", **extra):
    values = {"way": "course", "text": "参加班组长培训班", "due": today() + timedelta(days=20)} | extra
    return actions.plan_step(world.person[name], gap=gap, by=user(world.person[by]), **values)


@staged
def quiz(world, **extra):
    if not Bank.objects.filter(area=world.area).exists():
        actions.import_questions(world.area, bank="安全", lines=QUESTIONS, by=user(world.lijianguo))
    values = {"name": "十一月练兵", "count": 3, "pass_mark": 60, "starts_on": today(), "ends_on": today() + timedelta(days=9)} | extra
    return actions.open_quiz(Bank.objects.get(area=world.area), by=user(world.lijianguo), **values)


@staged
def take(world, quiz, name, *, rightly=3):
    """Hand in a try with so many right answers."""
    by = user(world.person[name])
    attempt = actions.start_attempt(quiz, by=by)
    right = dict(Question.objects.values_list("pk", "right"))
    given = [right[pk] if place < rightly else [4] for place, pk in enumerate(attempt.questions)]
    return actions.hand_in(attempt, answers=given, by=by)


@staged
def one_of_everything(world):
    """Name of an address (or its start) → its arguments, of something of each kind."""
    actions.adopt_pack(world.area, by=user(world.lijianguo))
    certificate = certify(world)
    step = plan(world)
    asked = quiz(world)
    attempt = take(world, asked, "李建国")
    practice = actions.add_practice(world.area, name="灭火器使用", steps=["提", "拔"], basis="规程", by=user(world.lijianguo))
    post = world.lijianguo.appointments.first().post
    successor = actions.name_successor(post, person=world.liuhaitao, ready="year", by=user(world.lijianguo))
    return {
        "capability:person": {"pk": world.liuhaitao.pk},
        "capability:certificate-check": {"pk": certificate.pk},
        "capability:step": {"pk": step.pk},
        "capability:requirement": {"pk": world.area.pk and actions.set_requirement(
            world.area, role="officer", kind="knowledge", name="公文写作", need=2, basis="规定", by=user(world.lijianguo)
        ).pk},
        "capability:successor-new": {"pk": post.pk},
        "capability:successor-end": {"pk": successor.pk},
        "capability:quiz": {"pk": asked.pk},
        "capability:attempt": {"pk": attempt.pk},
        "capability:practice": {"pk": practice.pk},
    }  # fmt: skip


__all__ = ["Attempt", "Certificate"]
