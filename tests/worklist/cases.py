"""What the tests of the month's tasks share."""

from datetime import date

from ronghe.accounts.models import User
from ronghe.common.calendar import today
from ronghe.worklist.actions.guides import adopt_guide
from ronghe.worklist.actions.months import generate_month
from ronghe.worklist.models import Task
from ronghe.worklist.rules.recurrence import name_month, read_month
from tests.stage import staged

CODE = "guide-group-leader"


def user(person):
    """The person's account, as a new request would load it."""
    return User.objects.get(pk=person.user_id)


def first_of_month(day=None):
    return read_month(name_month(day or today()))[0]


@staged
def adopt(world, *, month="", day=None):
    """Take over the group leaders' guide and generate the month as on its first day."""
    guide = adopt_guide(world.area, CODE, by=user(world.lijianguo), month=month)
    generate_month(world.area, month or name_month(today()), day=day or read_month(month or name_month(today()))[0])
    return guide


def task_of(world, person, code="meeting"):
    """The person's open task of an item."""
    return Task.objects.get(owner=person, item__code=code)


@staged
def keys(area, month):
    return sorted(Task.objects.filter(area=area, month=month).exclude(key="").values_list("key", flat=True))


NOVEMBER = date(2026, 11, 1)
