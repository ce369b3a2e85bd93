"""The reminders of a day: before a date, on it, after it and up a level, as one message a person."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from ronghe.common.access import may_open
from ronghe.common.calendar import is_working_day, load_own_days
from ronghe.notices.actions import DigestLine, queue_robots, send_digest
from ronghe.notices.models import Digest, ReminderRule
from ronghe.notices.queries import load_plan, load_rules
from ronghe.notices.rules import is_point_passed
from ronghe.org.models import Appointment, Person, Unit
from ronghe.worklist.models import Task

HORIZON = timedelta(days=60)  # nobody is reminded of what lies further ahead


@dataclass
class Pile:
    """What one person is reminded of today: own tasks, and those of others that came up to this level."""

    own: list[Task] = field(default_factory=list)
    led: list[Task] = field(default_factory=list)


def send_reminders(day: date) -> str:
    """The daily tick. A day that was missed is not made up for; what it would have said is in the next one's message."""
    sent = 0
    for area_id in [None, *Unit.objects.filter(kind=Unit.Kind.AREA).order_by("pk").values_list("pk", flat=True)]:
        sent += remind_area(area_id, day)
    return f"提醒 {sent} 人"


def remind_area(area_id: int | None, day: date) -> int:
    """Remind the people of one area; returns how many got a message."""
    plan = load_plan(area_id)
    if not plan.on_days_off and not is_working_day(day):
        return 0
    tasks = list(Task.objects.open().filter(area_id=area_id, due__lte=day + HORIZON).select_related("owner__user", "unit").order_by("due"))
    position = count_positions([task.due for task in tasks if task.due], day)
    piles = pile_up(tasks, area_id, day, position)
    sent, overdue = 0, 0
    for person, pile in piles:
        lines = [describe(task, position(task.due, day), "") for task in keep_visible(person, pile.own)]
        led = [describe(task, position(task.due, day), task.owner.name) for task in keep_visible(person, pile.led)]
        if not lines and not led:
            continue
        path = reverse("worklist:list") if lines else reverse("worklist:list") + "?scope=led&light=r"
        sent += send_digest(person, [*lines, *led], day=day, subject=name_digest(len(lines), len(led)), path=path, plan=plan)
        overdue += sum(position(task.due, day) > 0 for task in pile.own)
    if sent and area_id is not None:
        body = f"今天有 {sent} 人收到待办提醒,其中逾期 {overdue} 项。请登录工作台查看自己的待办。"
        queue_robots(area_id=area_id, day=day, subject=f"{day:%m月%d日}待办提醒", body=body, plan=plan)
    return sent


def count_positions(dues: Iterable[date], day: date) -> Callable[[date | None, date], int]:
    """Return position(due, on): working days from the due date to a day (before it negative), from one table read once."""
    known = [*dues, day]
    first, last = min(known) - HORIZON, max(known)
    own = load_own_days(range(first.year, last.year + 1))
    total, table = 0, {}
    for number in range((last - first).days + 1):
        one = first + timedelta(days=number)
        total += is_working_day(one, own)
        table[one] = total

    def position(due: date | None, on: date) -> int:
        # a last message from before the table is older than every point
        return table[on] - table[due] if due is not None and on in table else -(10**6)

    return position


def pile_up(tasks: list[Task], area_id: int | None, day: date, position: Callable[[date | None, date], int]) -> list[tuple[Person, Pile]]:
    """Return who is to be reminded of what: a point of the rule passed since this person's last message (or since it was opened)."""
    find_rule, heads = load_rules(area_id), Heads(area_id, day)
    last_days = dict(Digest.objects.filter(kind="tasks", day__lt=day).order_by("day").values_list("person_id", "day"))
    piles: dict[Person, Pile] = defaultdict(Pile)

    def is_due(task: Task, person: Person, points: list[int], rule: ReminderRule) -> bool:
        opened = timezone.localtime(task.created_at).date()
        since = max(last_days.get(person.pk, opened), opened)
        return is_point_passed(position(task.due, since), position(task.due, day), points, rule.repeat_every)

    for task in tasks:
        rule = find_rule(task.kind)
        if is_due(task, task.owner, rule.offsets, rule):
            piles[task.owner].own.append(task)
        for after, bosses in ((rule.chief_after, heads.chiefs_of(task)), (rule.leader_after, heads.leaders(rule.leader_kind))):
            for boss in bosses:
                if after is not None and boss != task.owner and is_due(task, boss, [after], rule):
                    piles[boss].led.append(task)
    return sorted(piles.items(), key=lambda item: item[0].pk)


class Heads:
    """Who stands above whom in an area today: two queries for all tasks."""

    def __init__(self, area_id: int | None, day: date) -> None:
        held = Appointment.objects.on(day).filter(post__area_id=area_id) if area_id else Appointment.objects.none()
        rows = list(held.exclude(post__kind="staff").select_related("post", "person__user"))
        self._by_unit: dict[int, list[Person]] = defaultdict(list)
        self._by_kind: dict[str, list[Person]] = defaultdict(list)
        for row in rows:
            self._by_kind[row.post.kind].append(row.person)
            if row.post.kind == "station_chief":
                self._by_unit[row.post.unit_id].append(row.person)

    def chiefs_of(self, task: Task) -> list[Person]:
        return self._by_unit.get(task.unit_id or 0, [])

    def leaders(self, kind: str) -> list[Person]:
        return self._by_kind.get(kind, [])


def keep_visible(person: Person, tasks: list[Task]) -> list[Task]:
    """Keep the tasks that the person may read now and whose page this person may open: who has left the post is told nothing."""
    user = person.user
    if not tasks or user is None or not user.is_active:
        return []
    seen = set(Task.objects.visible_to(user).filter(pk__in=[task.pk for task in tasks]).values_list("pk", flat=True))
    return [task for task in tasks if task.pk in seen and may_open(user, task.url)]


def describe(task: Task, position: int, owner: str) -> DigestLine:
    when = f"逾期 {position} 个工作日" if position > 0 else "今天到期" if position == 0 else f"还有 {-position} 个工作日"
    return DigestLine(task.title, task.url, " · ".join(part for part in (task.kind, owner, when) if part))


def name_digest(own: int, led: int) -> str:
    """Return the one line of the message."""
    parts = [f"您有 {own} 项待办到了提醒时间"] if own else []
    if led:
        parts.append(f"所辖单位有 {led} 项逾期未办")
    return ";".join(parts)
