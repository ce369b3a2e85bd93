"""The last months of an indicator, by unit: what the handbook's page shows of the figures."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from ronghe.common.calendar import today
from ronghe.common.registry import Actuals, Series
from ronghe.figures.models import Figure
from ronghe.figures.rules import month_of, previous_month

MONTHS = 12


def trace_indicator(user: Any, indicator_id: int) -> list[Series]:
    """Return twelve months of each unit's figures in force, those that the user may read, oldest first. One query."""
    months = [previous_month(month_of(today()))]
    while len(months) < MONTHS:
        months.append(previous_month(months[-1]))
    months.reverse()
    rows = Figure.objects.visible_to(user).filter(indicator_id=indicator_id, in_force=True, period__in=months)
    found: dict[str, dict[str, Decimal | None]] = {}
    for name, period, actual in rows.order_by("unit__order", "unit__code").values_list("unit__name", "period", "actual"):
        found.setdefault(name, {})[period] = actual
    return [make_line(name, months, values) for name, values in found.items()]


def make_line(name: str, months: list[str], values: dict[str, Decimal | None]) -> Series:
    month = max(values)
    return Series(name, tuple(values.get(one) for one in months), values[month], month)


def load_actuals(area_id: int, indicator_ids: Iterable[int], first: str, last: str) -> Actuals:
    """Return (unit, indicator, month) → figure in force. One query."""
    rows = Figure.objects.filter(
        area_id=area_id, indicator_id__in=list(indicator_ids), period__gte=first, period__lte=last, in_force=True, actual__isnull=False
    )
    return {
        (unit, indicator, month): actual
        for unit, indicator, month, actual in rows.values_list("unit_id", "indicator_id", "period", "actual")
    }
