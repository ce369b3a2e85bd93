"""Reads over the figures: what is asked of whom, who has not reported, what a run takes as its inputs."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from ronghe.figures.models import Adjustment, Figure
from ronghe.goals.models import Indicator, Target
from ronghe.org.models import Unit
from ronghe.org.queries import list_scored_units, map_tracks


def last_day(period: str) -> date:
    """Return the last day of a month '2026-10': the day on which tracks and posts are read for it."""
    year, month = int(period[:4]), int(period[5:7])
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def list_indicators(area_id: int, period: str) -> list[Indicator]:
    """Return the area's indicators that are valid in the month, in order. One query."""
    rows = Indicator.objects.filter(area_id=area_id, valid_from__lte=period)
    return [row for row in rows if not row.valid_to or row.valid_to >= period]


def list_asked(
    units: Iterable[Unit], tracks: dict[int, str], indicators: Iterable[Indicator], *, reporter_unit_id: int | None = None
) -> list[tuple[Unit, Indicator]]:
    """Return the cells (unit, indicator) that are asked, all of them or those that one unit reports.

    A station reports its own row of the indicators without a reporting office; an office reports its columns for all.
    """
    cells = []
    for unit in units:
        track = tracks.get(unit.pk)
        if track is None:
            continue
        for indicator in indicators:
            reporter = indicator.reported_by_id or unit.pk
            if indicator.applies_to(track) and reporter_unit_id in (None, reporter):
                cells.append((unit, indicator))
    return cells


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
                "exempt": f"已批准免考:{adjustment.reason}" if adjustment and adjustment.kind == Adjustment.Kind.EXEMPT else None,
                "target_note": f"目标已批准调整:{adjustment.reason}" if adjustment and adjustment.kind == Adjustment.Kind.TARGET else None,
            }
        )
    return rows


def adjust_target(target: Decimal | None, adjustment: Adjustment | None) -> Decimal | None:
    """Return the target that counts: the approved adjustment's where there is one."""
    if adjustment is not None and adjustment.kind == Adjustment.Kind.TARGET:
        return adjustment.target
    return target
