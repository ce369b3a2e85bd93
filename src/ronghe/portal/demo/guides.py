"""The demo's month lists: both guides adopted, last month done but for a few, this month under way (M20)."""

from datetime import date, timedelta
from typing import Any

from django.db.models import F

from ronghe.accounts.models import User
from ronghe.common.calendar import add_working_days, now
from ronghe.org.models import Person
from ronghe.portal.demo.diary import Story
from ronghe.portal.demo.load import Loaded, moment_of
from ronghe.portal.demo.months import first_of_month, name_period
from ronghe.worklist.actions.guides import adopt_guide
from ronghe.worklist.actions.months import generate_month
from ronghe.worklist.actions.tasks import finish_task, move_task, offer_task, refuse_task
from ronghe.worklist.models import Task
from ronghe.worklist.packs import list_guide_packs

LEFT_OPEN = 17  # every so manieth task of the past was forgotten
LINES = ("已按要求办理,记录在站上。", "本月到会人数齐,议题两项。", "查出两处,当场改好。")


def keep_month_lists(loaded: Loaded, area: str) -> Story:
    """Adopt the guides before last month, generate last month and this one on their first days, act on some of what is open."""
    unit, today = loaded.units[area], loaded.world.today
    this = first_of_month(today)
    last = first_of_month(this - timedelta(days=1))
    yield moment_of(last, 8)
    by = loaded.holder("branch_secretary", area, last)
    for pack in list_guide_packs():
        adopt_guide(unit, pack.code, by=by)
    generate_month(unit, name_period(last))
    yield moment_of(this, 8)
    finish_past(unit.pk, before=this)
    generate_month(unit, name_period(this))
    yield moment_of(today, 7)
    finish_past(unit.pk, before=today)
    act_on_open(unit.pk, today)


def finish_past(area_id: int, *, before: date) -> None:
    """Mark what was due before a day as done, but for every seventeenth."""
    rows = Task.objects.filter(area_id=area_id, due__lt=before).exclude(key="").open().order_by("due", "pk")
    done: dict[date, list[int]] = {}
    for number, (pk, due) in enumerate(rows.values_list("pk", "due")):
        if number % LEFT_OPEN and due is not None:
            done.setdefault(due, []).append(pk)
    for due, pks in done.items():  # each on its day
        settled = {"state": Task.State.DONE, "result": LINES[0], "settled_at": min(moment_of(due, 16), now())}
        Task.objects.filter(pk__in=pks).update(**settled, version=F("version") + 1)


def act_on_open(area_id: int, today: date) -> None:
    """Let some owners finish, move, hand on and refuse what is open this month, as they would in the pages."""
    rows = list(Task.objects.filter(area_id=area_id, due__gte=today).exclude(key="").open().select_related("owner").order_by("due", "pk"))
    first: dict[int, Task] = {}
    for task in rows:
        first.setdefault(task.owner_id, task)
    mine = list(first.values())
    for task, line in zip(mine[:3], LINES, strict=False):
        finish_task(task, by=account(task.owner), line=line)
    for task in mine[3:4]:
        move_task(task, by=account(task.owner), due=add_working_days(today, 3), reason="现场施工占用,顺延三个工作日")
    for task in mine[4:5]:
        mate = Person.objects.filter(unit_id=task.owner.unit_id, left_on=None).exclude(pk=task.owner_id).exclude(user=None).first()
        if mate is not None:
            offer_task(task, by=account(task.owner), to=mate, reason="本人外出培训")
    for task in mine[5:6]:
        refuse_task(task, by=account(task.owner), reason="本站没有这项业务")


def account(person: Person) -> Any:
    return User.objects.get(pk=person.user_id)
