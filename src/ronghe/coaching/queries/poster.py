"""晾晒 as a poster: places in the track, what rose, both sides, findings and cures, and the units that were praised. No person's name."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from ronghe.assessment.models import Run
from ronghe.assessment.queries.marks import list_marks
from ronghe.assessment.queries.ranking import RankingRow, TrackTable, build_tables
from ronghe.assessment.rules import describe_month
from ronghe.coaching.models import Measure, Pair
from ronghe.common.calendar import today
from ronghe.goals.models import Indicator
from ronghe.rectification.models import Item
from ronghe.rectification.rules import LIVE

PRAISED_WITHIN = timedelta(days=62)  # the month itself and the next, in which its result is published
SIDES = (("party", "党建"), ("business", "业务"))


@dataclass(frozen=True)
class Cures:
    """The findings on one unit, in counts: found since the month began, closed since then, still open, of these late."""

    found: int = 0
    closed: int = 0
    open: int = 0
    late: int = 0


@dataclass(frozen=True)
class PosterRow:
    row: RankingRow
    lost: str
    cures: Cures


@dataclass
class PosterTrack:
    table: TrackTable
    rows: list[PosterRow] = field(default_factory=list)
    risen: list[str] = field(default_factory=list)


@dataclass
class Poster:
    month: str
    tracks: list[PosterTrack]
    praised: list[str]
    pairs: list[str]
    people: list[str]


def build_poster(run: Run, user: Any, *, names: bool = False) -> Poster:
    """Return the month's poster from a published run; praised people by name only where the 晾晒 lets them. A constant number of queries."""
    tables = build_tables(run)
    lost, cures = find_lost(run), count_cures(run)
    tracks = []
    for table in tables:
        track = PosterTrack(table)
        track.rows = [PosterRow(row, lost.get(row.unit_id, ""), cures.get(row.unit_id, Cures())) for row in table.rows]
        track.risen = [row.unit for row in table.rows if row.place_change.better]
        tracks.append(track)
    first = date(int(run.period[:4]), int(run.period[5:7]), 1)
    praise = Measure.objects.filter(area_id=run.area_id, kind__tone="praise", person=None, decided_on__gte=first).exclude(state="dropped")
    said = [f"{row.unit.name}:{row.ground}" for row in praise.select_related("unit").order_by("-decided_on", "-pk")[:4]]
    people = list_praised(run, user, first) if names else []
    pairs = Pair.objects.filter(area_id=run.area_id, state=Pair.State.RUNNING).select_related("weak", "strong").order_by("-started_on")[:4]
    return Poster(describe_month(run.period), tracks, said, [str(pair) for pair in pairs], people)


def list_praised(run: Run, user: Any, first: date) -> list[str]:
    """Return who was praised in the month, each with what for. One query."""
    rows = Measure.objects.visible_to(user).filter(
        area_id=run.area_id, kind__tone="praise", person__isnull=False, decided_on__gte=first, decided_on__lt=first + PRAISED_WITHIN
    )
    rows = rows.exclude(state="dropped").select_related("person", "unit").order_by("-decided_on", "-pk")
    return [f"{row.person.name}({row.unit.name}):{row.ground}" for row in rows[:6] if row.person]


def find_lost(run: Run) -> dict[int, str]:
    """Return unit → where it lost most on either side, in words. Two queries."""
    names = dict(Indicator.objects.filter(area_id=run.area_id).values_list("code", "name"))
    most: dict[int, dict[str, str]] = defaultdict(dict)
    for mark in sorted(list_marks([run]), key=lambda mark: (-(mark.lost or 0), mark.order)):
        if mark.lost:
            most[mark.unit_id].setdefault(mark.side, names.get(mark.indicator, mark.indicator))
    return {unit: "、".join(f"{word}:{found[side]}" for side, word in SIDES if side in found) for unit, found in most.items()}


def count_cures(run: Run) -> dict[int, Cures]:
    """Return unit → its findings and cures, in counts. One query."""
    first, day = date(int(run.period[:4]), int(run.period[5:7]), 1), today()
    live = Q(state__in=LIVE)
    rows = Item.objects.filter(area_id=run.area_id).exclude(state="void").order_by().values_list("unit_id")
    counted = rows.annotate(
        found=Count("pk", filter=Q(opened_on__gte=first)), closed=Count("pk", filter=Q(state="closed", ended_on__gte=first)),
        left=Count("pk", filter=live), late=Count("pk", filter=live & Q(step_due__lt=day)),
    )  # fmt: skip
    return {unit: Cures(*counts) for unit, *counts in counted}
