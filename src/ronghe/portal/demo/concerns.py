"""The demo's 关切: conditions raised with and without a name, answered, kept promises, talks that took place."""

from datetime import timedelta
from typing import Any

from ronghe.accounts.models import User
from ronghe.common.calendar import add_working_days
from ronghe.concerns import actions
from ronghe.concerns.models import Concern, Promise
from ronghe.org.models import Membership, Person, Unit
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.load import Loaded, moment_of

# topic, text, days ago, is it named, how it goes
RAISED = (
    ("life", "夜班食堂只剩凉菜,希望能热一下。", 150, False, "answered"),
    ("life", "倒班宿舍热水晚上十点就停。", 140, False, "answered"),
    ("life", "倒班车座位不够,有人站着。", 128, False, "promised"),
    ("life", "宿舍洗衣机坏了两台。", 120, False, "answered"),
    ("life", "夏天宿舍空调跳闸。", 110, True, "answered"),
    ("life", "希望食堂周末也能开。", 75, False, "answered"),
    ("safety", "配电间绝缘垫老化。", 105, True, "promised"),
    ("work", "连续三个夜班排得太密。", 98, False, "answered"),
    ("training", "想考司炉证,不知道怎么报名。", 60, True, "answered"),
    ("pay", "夜班津贴的算法希望公布。", 21, False, "answered"),
    ("work", "临时抽调后原岗位没有人顶。", 4, False, "open"),
    ("life", "厂区篮球架松动。", 2, True, "open"),
)


def raise_concerns(loaded: Loaded, area: str) -> list[Story]:
    """Return a story for each concern of the first area, and one for its talks."""
    if area != "A1":
        return []
    return [*(follow(loaded, area, number, *one) for number, one in enumerate(RAISED)), talk(loaded, area)]


def follow(loaded: Loaded, area: str, number: int, topic: str, text: str, back: int, named: bool, way: str) -> Story:
    """Raise one; most are answered within days, two with a promise that is kept."""
    day = loaded.world.today - timedelta(days=back)
    yield moment_of(day, 12)
    unit = loaded.units[area]
    people = list(Person.objects.filter(area=unit, unit__kind=Unit.Kind.STATION, left_on=None).exclude(user=None).order_by("number"))
    raiser = people[(number * 7) % len(people)]
    concern = actions.raise_concern(unit, topic=topic, text=text, code=f"demo-concern-{area}-{number}", by=account(raiser), named=named)
    if way == "open":
        return
    yield moment_of(day + timedelta(days=3), 10)
    concern = Concern.objects.get(pk=concern.pk)
    holder = account(concern.holder)
    actions.open_concern(concern, by=holder)
    promise = {"promise": "本月内换好", "promise_due": day + timedelta(days=25)} if way == "promised" else {}
    concern = actions.answer_concern(concern, answer="情况属实,已经安排,请看这几天的变化。", by=holder, **promise)  # type: ignore[arg-type]
    if way == "promised":
        yield moment_of(day + timedelta(days=20), 16)
        for row in Promise.objects.filter(concern=concern, done_on=None):
            actions.keep_promise(row, result="已换好,试过。", by=holder)
    yield moment_of(add_working_days(day + timedelta(days=3), actions.SILENT_DAYS) + timedelta(days=1), 3)
    if Concern.objects.get(pk=concern.pk).state == Concern.State.ANSWERED:
        actions.end_silent(concern, day=add_working_days(day + timedelta(days=3), actions.SILENT_DAYS) + timedelta(days=1))


def talk(loaded: Loaded, area: str) -> Story:
    """Some of the secretary's talks of the year, one with a promise that is still open."""
    day = loaded.world.today - timedelta(days=60)
    yield moment_of(day, 15)
    host = loaded.holder("branch_secretary", area, day)
    members = Membership.objects.on(day).filter(group__area=loaded.units[area]).order_by("group__code", "person__number")
    people = [row.person for row in members.select_related("person").distinct()[:40:5] if row.person.user_id not in (None, host.pk)]
    for number, person in enumerate(people):
        yield moment_of(day + timedelta(days=number * 3), 15)
        promise = {"promise": "帮助联系技能培训名额", "promise_due": loaded.world.today + timedelta(days=12)} if number == 2 else {}
        row = actions.note_talk(person, day=day + timedelta(days=number * 3), by=host, **promise)  # type: ignore[arg-type]
        if number % 3 != 1:
            yield moment_of(day + timedelta(days=number * 3 + 1), 9)
            actions.confirm_talk(row, confirmed=True, by=account(person))


def account(person: Person | None) -> Any:
    assert person is not None
    return User.objects.get(pk=person.user_id)
