"""Reads over the handbook and the targets."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from ronghe.common.calendar import today
from ronghe.common.registry import Hit
from ronghe.goals.models import Indicator, Target
from ronghe.org.models import Track, Unit
from ronghe.org.queries import list_scored_units, map_tracks
from ronghe.org.standing import standing_of
from ronghe.worklist.sources import Feed

Cell = tuple[int, int]


@dataclass
class TargetTable:
    """The units and indicators of a month, with what is saved."""

    period: str
    units: list[Unit]
    indicators: list[Indicator]
    asked: set[Cell]
    saved: dict[Cell, tuple[Decimal | None, Decimal | None]]


def list_indicators(user: Any) -> QuerySet[Indicator]:
    """Return the handbook as the user may read it: one's own areas', and those that one oversees."""
    standing = standing_of(user)
    return Indicator.objects.filter(area_id__in=standing.readable_areas | standing.overseen_areas).select_related("reported_by")


def match_text(text: str) -> Q:
    """Return the condition for a search: name or code contains it, or an alias is exactly it."""
    return Q(name__icontains=text) | Q(code__icontains=text) | Q(aliases__icontains=text)


def name_tracks(area_ids: Iterable[int]) -> dict[str, str]:
    """Return track code → name. One query."""
    return dict(Track.objects.filter(area_id__in=area_ids).values_list("code", "name"))


def list_offices(area_ids: Iterable[int]) -> list[tuple[int, str]]:
    """Return the units that report an indicator for all. One query."""
    return list(Unit.objects.filter(reported_indicators__area_id__in=area_ids).distinct().values_list("pk", "name"))


def load_targets(area_id: int, period: str, day: date, side: str = "") -> TargetTable:
    """Return the target table of a month: the indicators that need one, the units that run in a track. Four queries."""
    units = list_scored_units(area_id, day)
    tracks = map_tracks(area_id, day)
    rows = Indicator.objects.filter(area_id=area_id, needs_target=True, valid_from__lte=period)
    if side:
        rows = rows.filter(side=side)
    indicators = [row for row in rows if not row.valid_to or row.valid_to >= period]
    asked = {(unit.pk, row.pk) for unit in units for row in indicators if row.applies_to(tracks.get(unit.pk, ""))}
    targets = Target.objects.filter(area_id=area_id, period=period)
    saved: dict[Cell, tuple[Decimal | None, Decimal | None]] = {
        (u, i): (value, base) for u, i, value, base in targets.values_list("unit_id", "indicator_id", "value", "base")
    }
    return TargetTable(period, units, indicators, asked, saved)


def search_indicators(user: Any, query: str, limit: int) -> list[Hit]:
    """Find indicators by name, code or alias among those the user may see."""
    rows = Indicator.objects.visible_to(user).filter(match_text(query))
    return [Hit("指标", row.name, f"{row.code} {row.unit_text}", reverse("goals:indicator", args=[row.pk])) for row in rows[:limit]]


def list_feeds(area_id: int) -> list[Feed]:
    """Return the indicators that hold today: what an item of a guide can serve."""
    rows = Indicator.objects.filter(area_id=area_id, valid_from__lte=f"{today():%Y-%m}").order_by("order", "code")
    return [Feed(code, name) for code, name in rows.values_list("code", "name")]


def reading_area(user: Any) -> int | None:
    """Return the area whose goals the user reads first: the own one, else any that is readable."""
    standing = standing_of(user)
    if standing.area_id in standing.readable_areas:
        return standing.area_id
    return min(standing.readable_areas, default=None)
