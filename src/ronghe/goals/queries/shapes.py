"""Shapes for curves: the working days of each month, last year's figures of a unit."""

from datetime import date, timedelta
from decimal import Decimal

from ronghe.common import registry
from ronghe.common.calendar import count_working_days
from ronghe.goals.models import GoalPlan
from ronghe.goals.rules.curve import LAST_YEAR, WORKDAYS, last_years


def load_shape(plan: GoalPlan, method: str, indicator_id: int | None, unit_id: int | None) -> dict[str, Decimal] | None:
    """Return month → its share for a method, None for equal months. One query at most."""
    if method == WORKDAYS:
        return {month: Decimal(count_month(month)) for month in plan.months}
    if method != LAST_YEAR or indicator_id is None:
        return None
    before = [last_years(month) for month in plan.months]
    found = registry.find_actuals(plan.area_id, [indicator_id], before[0], before[-1])
    shape: dict[str, Decimal] = {}
    for (unit, _indicator, month), value in found.items():
        if unit_id in (None, plan.area_id, unit):
            this = f"{int(month[:4]) + 1:04d}{month[4:]}"
            shape[this] = shape.get(this, Decimal(0)) + value
    return shape or None


def count_month(month: str) -> int:
    """Return the working days of a month by the unit's calendar."""
    first = date(int(month[:4]), int(month[5:]), 1)
    following = (first + timedelta(days=32)).replace(day=1)
    return count_working_days(first - timedelta(days=1), following - timedelta(days=1))
