"""The demo's 能力: standards taken over, certificates of which some run out, hours, levels, plans, a quiz with its teams, successors."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from ronghe.accounts.models import User
from ronghe.capability import actions
from ronghe.capability.models import Bank, Practice, Question, Quiz
from ronghe.org.models import Appointment, Person, Post, Unit
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.load import Loaded, moment_of

# question, options, right, why
BANK: tuple[tuple[str, tuple[str, ...], tuple[int, ...], str], ...] = (
    ("发现溢流,首先应当", ("立即关井", "加大排量循环", "请示后再处理"), (0,), "先控制井口,再汇报。"),
    (
        "进入受限空间作业前必须",
        ("检测气体", "专人监护", "办理作业许可", "单独进入"),
        (0, 1, 2),
        "先通风、再检测、后作业,有人监护、有许可。",
    ),
    ("硫化氢报警后应向下风向撤离", ("对", "错"), (1,), "向上风向、高处撤离。"),
    ("抽油机保养前要先", ("停机断电挂牌", "刹紧刹车", "边转边擦"), (0, 1), "停机、断电、挂牌、刹车,缺一不可。"),
    ("党支部委员会一般多久开一次", ("每月", "每季度", "每半年"), (0,), "支委会一般每月召开一次。"),
    ("三会一课中的“课”是党课", ("对", "错"), (0,), "支部党员大会、支委会、党小组会和党课。"),
    ("油井计量误差的常见原因有", ("掺水温度变化", "仪表零漂", "天气好"), (0, 1), "先看掺水和仪表。"),
    ("动火作业许可证可以跨班使用", ("对", "错"), (1,), "一般不得跨班,需重新确认条件。"),
    ("躺井率上升时先查", ("偏磨", "结蜡", "食堂"), (0, 1), "从偏磨、结蜡、供液三方面查。"),
    ("支委会须有多少委员到会", ("半数以上", "三分之一", "全部"), (0,), "一般须半数以上委员到会。"),
    ("外来施工队伍进站前要", ("安全交底", "核对资质", "直接开工"), (0, 1), "先核资质、后交底。"),
    ("污油落地应当", ("先围后收", "用水冲走", "记录上报"), (0, 2), "先围控、再回收、按规定报。"),
)
CERTIFICATES = (("井控操作证", 730), ("HSE 培训合格证", 1095))
STEPS = ("停机", "断电、挂牌、上锁", "刹紧刹车", "检查皮带和护罩", "试车确认")


def grow_people(loaded: Loaded, area: str) -> list[Story]:
    """Return the story of an area's standards and people; the second area has its standards only."""
    return [live(loaded, area)]


def live(loaded: Loaded, area: str) -> Story:
    today, unit = loaded.world.today, loaded.units[area]
    start = today - timedelta(days=200)
    yield moment_of(start, 9)
    head = loaded.holder("branch_secretary", area, start)
    actions.adopt_pack(unit, by=head)
    if area != "A1":
        return
    held = (
        Appointment.objects.on(start)
        .filter(post__area=unit, post__kind="station_chief")
        .select_related("person")
        .order_by("post__unit__order")
    )
    chiefs = list({row.person_id: row.person for row in held}.values())
    for number, chief in enumerate(chiefs):
        certify(chief, number, start, head)
        for name, level in (("班组管理", 2 + number % 3), ("多岗位任职经历", number % 2 + 1)):
            actions.judge_person(chief, name=name, level=level, evidence="任职经历和年度考核", by=head)
    yield moment_of(start + timedelta(days=20), 10)
    seats = ("branch_secretary", "area_manager", "deputy_party", "deputy_production", "deputy_business", "group_leader", "reviewer")
    seated = Appointment.objects.on(start).filter(post__area=unit, post__kind__in=seats).select_related("person", "post")
    staff = list({person.pk: person for person in (*chiefs, *(row.person for row in seated))}.values())
    manager = loaded.holder("area_manager", area, start)
    for person in (row.person for row in seated if row.post.kind == "group_leader"):
        actions.judge_person(person, name="党小组工作", level=2 + person.pk % 2, evidence="季度检查", by=manager)
    lines = [
        {
            "person": person.pk, "course": course, "side": side, "day": start + timedelta(days=10 + place),
            "hours": Decimal(hours), "result": "合格",
        }
        for place, (course, side, hours) in enumerate((("党的创新理论专题学习", "party", 16), ("井控与安全轮训", "business", 16), ("主题党课", "party", 8)))
        for number, person in enumerate(staff)
        if (number + place) % 4
    ]  # fmt: skip
    actions.import_training(unit, lines=lines, name="上半年培训学时.xlsx", by=head)
    yield moment_of(start + timedelta(days=30), 11)
    actions.set_aim(chiefs[0], role="manager", by=account(chiefs[0]))
    actions.plan_step(
        chiefs[0], gap="年度学时", way="course", text="参加秋季班组长轮训班(24 学时)", due=today + timedelta(days=25), by=head
    )
    actions.plan_step(
        chiefs[1],
        gap="班组管理",
        way="mentor",
        text="跟采油一站站长学一个月班组管理",
        mentor=chiefs[0],
        due=today + timedelta(days=40),
        by=head,
    )
    for post in Post.objects.filter(area=unit, kind__in=["branch_secretary", "area_manager", "station_chief"]).order_by("order")[:4]:
        actions.name_successor(post, person=chiefs[-1 - post.pk % 2], ready="year", by=head)
    yield from drill(loaded, unit, head, chiefs)


def certify(chief: Person, number: int, start: Any, head: Any) -> None:
    """Give a chief certificates, one of which runs out soon or has run out for some."""
    for place, (name, days) in enumerate(CERTIFICATES):
        if (number + place) % 3 == 2:
            continue
        issued = start - timedelta(days=days - 240 - number * 20)
        actions.record_certificate(
            chief, name=name, number=f"{2023 + place}-{number + 1:03d}", issued_on=issued, expires_on=issued + timedelta(days=days), by=head
        )


def drill(loaded: Loaded, unit: Unit, head: Any, chiefs: list[Person]) -> Story:
    """Open a quiz and let the people of the stations take it."""
    today = loaded.world.today
    yield moment_of(today - timedelta(days=18), 9)
    lines = [{"text": text, "options": list(options), "right": list(right), "why": why} for text, options, right, why in BANK]
    actions.import_questions(unit, bank="岗位应知应会", lines=lines, by=head)
    actions.set_requirement(unit, role="station_chief", kind="knowledge", name="设备保养", need=2, basis="设备操作规程", by=head)
    actions.add_practice(unit, name="抽油机一级保养", steps=STEPS, basis="设备操作规程", shows="设备保养", level=2, by=head)
    actions.check_practice(Practice.objects.get(area=unit), person=chiefs[0], done=range(len(STEPS)), note="", by=head)
    quiz = actions.open_quiz(
        Bank.objects.get(area=unit, name="岗位应知应会"), name="季度大练兵", count=10, pass_mark=80,
        starts_on=today - timedelta(days=18), ends_on=today + timedelta(days=12), by=head,
    )  # fmt: skip
    right = dict(Question.objects.filter(bank=quiz.bank_id).values_list("pk", "right"))
    stations = [chief.unit_id for chief in chiefs]
    people = Person.objects.filter(unit_id__in=stations, left_on=None, user__is_active=True).order_by("unit__order", "number")[:24]
    for number, person in enumerate(people):
        yield moment_of(today - timedelta(days=16 - number // 2), 20)
        take(quiz, person, number, right)


def take(quiz: Quiz, person: Person, number: int, right: dict[int, list[int]]) -> None:
    by = account(person)
    attempt = actions.start_attempt(quiz, by=by)
    wrong = (number * 3) % 4
    answers = [[4] if place < wrong else right[pk] for place, pk in enumerate(attempt.questions)]
    actions.hand_in(attempt, answers=answers, by=by)


def account(person: Person) -> Any:
    return User.objects.get(pk=person.user_id)
