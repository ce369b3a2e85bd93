"""A rule on the board's red weeks, and an alert of it."""

from decimal import Decimal

from ronghe.common.calendar import today
from ronghe.supervision.actions import alerts
from ronghe.supervision.models.alerts import Alert
from tests.stage import staged
from tests.supervision.cases import late, put, user


def values(**extra):
    return {
        "name": "督办连红", "gauge": "board", "subject": "", "direction": "over", "limit": Decimal(3), "window": 90,
        "owner_kind": "discipline_member", "days": 3, "quiet_days": 30, "basis": "周督办机制",
    } | extra  # fmt: skip


@staged
def rule(world, *, active=True, **extra):
    row = alerts.save_rule(world.area, values(**extra), by=user(world.lijianguo))
    return alerts.switch_rule(row, active=True, by=user(world.lijianguo)) if active else row


@staged
def raise_one(world, **extra):
    late(put(world, title="久红的事", owner="孙丽华", unit="注采二站"), 25)
    rule(world, **extra)
    alerts.evaluate_area(world.area, today())
    return Alert.objects.get()
