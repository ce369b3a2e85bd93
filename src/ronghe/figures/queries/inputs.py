"""What a run takes as its inputs."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from ronghe.figures.models import Adjustment, Figure
from ronghe.figures.queries.asked import list_asked, list_indicators
from ronghe.figures.rules import last_day
from ronghe.goals.models import Indicator, Target
from ronghe.org.models import Unit
from ronghe.org.queries import list_scored_units, map_tracks


def collect_inputs(area: Unit, period: str, codes: Iterable[str]) -> list[dict[str, Any]]:
    """Return the rows that a run scores (figures columns of SCORING.md plus `exempt` and `target_note`). Seven queries.

    One row for each asked cell of an indicator in `codes`, whether reported or not; only confirmed figures count;
    an approved adjustment exempts the cell or takes the target's place and says so.
    """
    day = last_day(period)
    units = list_scored_units(area.pk, day)
    tracks = map_tracks(area.pk, day)
    wanted = set(codes)
    indicators = [row for row in list_indicators(area.pk, period) if row.code in wanted]
    actuals = {
        (unit_id, indicator_id): actual
        for unit_id, indicator_id, actual in Figure.objects.filter(area=area, period=period, in_force=True).values_list(
            "unit_id", "indicator_id", "actual"
        )
    }
    targets = {
        (unit_id, indicator_id): (value, base)
        for unit_id, indicator_id, value, base in Target.objects.filter(area=area, period=period).values_list(
            "unit_id", "indicator_id", "value", "base"
        )
    }
    adjusted = {
        (row.unit_id, row.indicator_id): row for row in Adjustment.objects.filter(area=area, period=period, state=Adjustment.State.APPROVED)
    }
    rows = []
    for unit, indicator in list_asked(units, tracks, indicators):
        key = (unit.pk, indicator.pk)
        target, base = targets.get(key, (None, None))
        adjustment = adjusted.get(key)
        rows.append(
            {
                "unit": unit.code,
                "track": tracks[unit.pk],
                "period": period,
                "indicator": indicator.code,
                "actual": actuals.get(key),
                "target": adjust_target(target, adjustment),
                "base": base,
                "exempt": find_exemption(indicator, period, adjustment),
                "target_note": f"目标已批准调整:{adjustment.reason}" if adjustment and adjustment.kind == Adjustment.Kind.TARGET else None,
            }
        )
    return rows


def find_exemption(indicator: Indicator, period: str, adjustment: Adjustment | None) -> str | None:
    """Return why a cell does not count: an approved exemption, or a month in which the indicator is not asked."""
    if not indicator.is_asked_in(period):
        return "每季填报一次,季末月才计分"
    return adjustment.reason if adjustment is not None and adjustment.kind == Adjustment.Kind.EXEMPT else None


def adjust_target(target: Decimal | None, adjustment: Adjustment | None) -> Decimal | None:
    """Return the target that counts: the approved adjustment's where there is one."""
    if adjustment is not None and adjustment.kind == Adjustment.Kind.TARGET:
        return adjustment.target
    return target
