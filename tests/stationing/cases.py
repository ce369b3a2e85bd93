"""What the tests of 驻站带班 share."""

from datetime import date, timedelta

from ronghe.accounts.models import User
from ronghe.common.calendar import add_working_days, today
from ronghe.stationing import actions
from ronghe.stationing.actions import NewPoint
from ronghe.stationing.models import Point
from tests.stage import staged

MONDAY = date(2026, 11, 2)


def user(person):
    """The person's account, as a new request would load it."""
    return User.objects.get(pk=person.user_id)


@staged
def cover(world, station="注采一站", leader="王海涛", since=date(2026, 1, 1)):
    return actions.set_cover(world.unit[station], leader=world.person[leader], since=since, by=user(world.lijianguo))


@staged
def plan(world, station="注采一站", leader="王海涛", days=1):
    return actions.plan_day(world.unit[station], leader=world.person[leader], day=add_working_days(today(), days), by=user(world.lijianguo))


@staged
def visit(world, *points, station="注采一站", leader="王海涛", once="key-00000001", day=None, **extra):
    rows = [NewPoint("problem", "business", one, "") if isinstance(one, str) else one for one in points]
    return actions.file_visit(
        unit=world.unit[station],
        day=day or today(),
        joined=["shift", "site"],
        points=rows,
        by=user(world.person[leader]),
        once=once,
        **extra,
    )


@staged
def find(world, text="计量间通风扇不转", **extra):
    return Point.objects.get(visit=visit(world, text, **extra))


@staged
def one_of_everything(world):
    """Name of an address (or its start) → its arguments, of something of each kind."""
    row, other = plan(world, days=2), plan(world, "注采二站", "周卫东", days=3)
    swap = actions.ask_swap(row, other=other, reason="外出开会", by=user(world.wanghaitao))
    points = [
        find(world, "值班室空调制热不好", station=station, once=f"once-{station}", day=today() - timedelta(days=1))
        for station in ("注采一站", "注采二站")
    ]
    theme = actions.confirm_theme(world.area, title="值班室冷", proposal="统一检修", points=points, by=user(world.lijianguo))
    return {
        "stationing:day": {"pk": row.pk},
        "stationing:swap": {"pk": swap.pk},
        "stationing:shift": {"unit": world.unit["注采一站"].pk},
        "stationing:visit": {"pk": points[0].visit_id},
        "stationing:point": {"pk": points[0].pk},
        "stationing:theme": {"pk": theme.pk},
    }
