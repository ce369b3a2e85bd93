"""The workbench's part about figures: the months in which my units still owe some."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from ronghe.common.calendar import today
from ronghe.common.lights import Light, light_for
from ronghe.figures.models import Batch, Demand, Figure, ReportingPeriod
from ronghe.figures.queries.asked import ANSWERED, CONFIRMED
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of


@dataclass(frozen=True)
class Line:
    """One unit's open month."""

    period: ReportingPeriod
    unit: Unit
    asked: int
    missing: int
    light: Light


def build_panel(user: Any) -> dict[str, Any] | None:
    """Return one line for each open month and unit that the user reports and that is not complete; None without any.

    Two queries; none for those who report nothing.
    """
    own = standing_of(user).units_of("reporter")
    if not own:
        return None
    day = today()
    demands = Demand.objects.visible_to(user).filter(unit_id__in=own, period__opens_on__lte=day, period__closes_on__gte=day)
    rows = list(demands.select_related("period", "unit"))
    done = count_done(own, {row.period.period for row in rows}) if rows else {}
    lines = []
    for row in rows:
        missing = row.asked - done.get((row.unit_id, row.period.period), 0)
        if missing > 0:
            lines.append(Line(row.period, row.unit, row.asked, missing, light_for(row.period.due_on, day)))
    return {"lines": lines} if lines else None


def count_done(unit_ids: frozenset[int], months: set[str]) -> dict[tuple[int, str], int]:
    """Return (reporting unit, month) → how many of its cells are answered: confirmed or waiting for review. One query.

    A figure that only corrects one in force is not counted again.
    """
    handed_in = CONFIRMED | ANSWERED & Q(batch__state=Batch.State.SUBMITTED, batch__replaces=None)
    cell = F("unit_id") * 1_000_000_000 + F("indicator_id")  # a blank that was explained may have got its figure since
    rows = Figure.objects.filter(handed_in, period__in=months)
    rows = rows.annotate(reporter=Coalesce("indicator__reported_by_id", "unit_id")).filter(reporter__in=unit_ids)
    counted = (
        rows.order_by().values("reporter", "period").annotate(count=Count(cell, distinct=True)).values_list("reporter", "period", "count")
    )
    return {(reporter, period): count for reporter, period, count in counted}
