"""每个人的贡献: one's own by the three kinds; totals of units and tracks from verified benefits; no table of persons in an order of worth."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth
from django.urls import reverse

from ronghe.common.calendar import today
from ronghe.common.registry import Benefit
from ronghe.initiatives.models import Idea, Share
from ronghe.initiatives.queries.ideas import show_amount
from ronghe.org.kinds import LEADERS
from ronghe.org.models import Person, TrackPlace, Unit
from ronghe.org.standing import standing_of

MOST_OWN = 200


@dataclass(frozen=True)
class KindTile:
    """What was added in one of the three kinds: sums by unit of measure (they are never added across) and how many ideas."""

    kind: str
    label: str
    sums: list[str]
    count: int


@dataclass(frozen=True)
class OwnLine:
    title: str
    number: str
    kind: str
    percent: str
    amount: str
    verified: str
    url: str


@dataclass(frozen=True)
class UnitLine:
    """A unit's (or track's) verified benefits of a year."""

    name: str
    proposed: int
    done: int
    cells: list[str]

    @property
    def labelled(self) -> list[tuple[str, str]]:
        """Each kind's name with its cell, for a phone's cards."""
        return [(str(label), cell) for label, cell in zip(Idea.Kind.labels, self.cells, strict=True)]


@dataclass(frozen=True)
class PersonLine:
    pk: int
    name: str
    cells: list[str]
    url: str


def list_tiles(rows: Iterable[tuple[str, str, Decimal, int]]) -> list[KindTile]:
    """Return the three kinds from (kind, measure, sum, count) rows."""
    sums: dict[str, list[str]] = {}
    counts: dict[str, int] = {}
    for kind, measure, value, count in rows:
        sums.setdefault(kind, []).append(show_amount(value, str(Idea.Measure(measure).label)))
        counts[kind] = counts.get(kind, 0) + count
    return [KindTile(kind, str(label), sums.get(kind, []), counts.get(kind, 0)) for kind, label in Idea.Kind.choices]


def credited(year: int) -> Q:
    """Return the filter for shares credited for benefits verified in a year."""
    return Q(amount__isnull=False, idea__state=Idea.State.CREDITED, idea__verified_on__year=year)


def list_own_tiles(person_id: int, year: int) -> list[KindTile]:
    """Return what one person added in a year. One query. For callers that have authorised."""
    rows = Share.objects.filter(credited(year), person_id=person_id).order_by()
    counted = rows.values_list("idea__kind", "idea__measure").annotate(value=Sum("amount"), count=Count("pk"))
    return list_tiles(counted.order_by("idea__kind", "idea__measure"))


def list_own(person_id: int, year: int) -> list[OwnLine]:
    """Return one person's credited shares of a year, newest first. One query. For callers that have authorised."""
    rows = Share.objects.filter(credited(year), person_id=person_id).select_related("idea").order_by("-idea__verified_on", "-pk")
    return [
        OwnLine(
            row.idea.title,
            row.idea.number,
            row.idea.get_kind_display(),
            f"{row.percent:f}%",
            show_amount(row.amount, row.idea.get_measure_display()),
            f"{row.idea.verified_on}",
            reverse("initiatives:idea", args=[row.idea_id]),
        )
        for row in rows[:MOST_OWN]
    ]


def list_units(area_ids: Iterable[int], year: int) -> tuple[list[UnitLine], list[UnitLine]]:
    """Return the units' and the tracks' totals, in the units' order. Four queries."""
    ids = list(area_ids)
    units = list(Unit.objects.filter(area_id__in=ids, closed_on=None).order_by("area__order", "area_id", "order", "code"))
    sums: dict[int, dict[tuple[str, str], Decimal]] = {}
    found = Idea.objects.filter(area_id__in=ids, benefit__gt=0, verified_on__year=year).order_by()
    for unit, kind, measure, value in found.values_list("unit_id", "kind", "measure").annotate(value=Sum("benefit")):
        sums.setdefault(unit, {})[kind, measure] = value
    counts: dict[int, list[int]] = {}
    for unit, proposed, done in (
        Idea.objects.filter(area_id__in=ids)
        .order_by()
        .values_list("unit_id")
        .annotate(proposed=Count("pk", filter=Q(proposed_on__year=year)), done=Count("pk", filter=Q(verified_on__year=year, benefit__gt=0)))
    ):
        counts[unit] = [proposed, done]
    tracks = dict(TrackPlace.objects.on(today()).filter(unit__area_id__in=ids).values_list("unit_id", "track__name"))
    lines: list[UnitLine] = []
    track_sums: dict[str, dict[tuple[str, str], Decimal]] = {}
    track_counts: dict[str, list[int]] = {}
    for unit_row in units:
        mine, count = sums.get(unit_row.pk, {}), counts.get(unit_row.pk, [0, 0])
        if unit_row.kind in (Unit.Kind.STATION, Unit.Kind.OFFICE) or any(count):
            lines.append(UnitLine(unit_row.name, count[0], count[1], write_cells(mine)))
        if track := tracks.get(unit_row.pk):
            total = track_sums.setdefault(track, {})
            for key, value in mine.items():
                total[key] = total.get(key, Decimal(0)) + value
            known = track_counts.setdefault(track, [0, 0])
            track_counts[track] = [known[0] + count[0], known[1] + count[1]]
    return lines, [UnitLine(name, track_counts[name][0], track_counts[name][1], write_cells(track_sums[name])) for name in track_sums]


def write_cells(sums: dict[tuple[str, str], Decimal]) -> list[str]:
    """Return a cell for each of the three kinds: '12,800 元、35 t'."""
    return [
        "、".join(show_amount(sums[kind, measure], str(label)) for measure, label in Idea.Measure.choices if (kind, measure) in sums)
        for kind in Idea.Kind.values
    ]


def list_led(user: Any, unit_id: int | None) -> list[Unit]:
    """Return the units whose people's numbers the user may read: one's own as chief; all of the area as a leader. One query."""
    standing = standing_of(user)
    led = Q(pk__in=standing.units_of("station_chief")) | Q(area_id__in=standing.areas_of(LEADERS))
    rows = Unit.objects.filter(led, closed_on=None, area_id__in=standing.readable_areas)
    if unit_id is not None:
        rows = rows.filter(pk=unit_id)
    return list(rows.order_by("order", "code"))


def list_people(unit: Unit, year: int) -> list[PersonLine]:
    """Return the people of one unit who were credited, by name and never by amount. Two queries. For callers that have authorised."""
    sums: dict[int, dict[tuple[str, str], Decimal]] = {}
    rows = Share.objects.filter(credited(year), person__unit=unit).order_by()
    for person, kind, measure, value in rows.values_list("person_id", "idea__kind", "idea__measure").annotate(value=Sum("amount")):
        sums.setdefault(person, {})[kind, measure] = value
    people = Person.objects.filter(pk__in=sums).order_by("sort_key", "number")
    return [PersonLine(one.pk, one.name, write_cells(sums[one.pk]), reverse("initiatives:person", args=[one.pk])) for one in people]


def load_benefits(area_id: int, first: str, last: str) -> list[Benefit]:
    """Return the verified benefits of an area by unit, month of verification, kind and measure. One query.

    A benefit counts from its verification, whether or not its shares are agreed yet: whose it is changes nothing in what the unit gained.
    """
    rows = (
        Idea.objects.filter(area_id=area_id, benefit__gt=0, verified_on__gte=date.fromisoformat(f"{first}-01"))
        .order_by()
        .annotate(month=TruncMonth("verified_on"))
        .values_list("unit_id", "month", "kind", "measure")
        .annotate(value=Sum("benefit"), count=Count("pk"))
        .order_by("unit_id", "month", "kind", "measure")
    )
    found = [Benefit(unit, f"{month:%Y-%m}", kind, measure, value, count) for unit, month, kind, measure, value, count in rows]
    return [one for one in found if one.period <= last]


def load_credits(person_ids: Iterable[int], unit_text: str, year: int) -> dict[int, Decimal]:
    """Return what people were credited with in a year, in the measure that a text like 't' or '万元' ends with. One query, none for others."""
    measure = next((value for value, label in Idea.Measure.choices if unit_text and unit_text.lstrip("万千百十") == str(label)), "")
    if not measure:
        return {}
    rows = Share.objects.filter(credited(year), person_id__in=list(person_ids), idea__measure=measure).order_by()
    return dict(rows.values_list("person_id").annotate(value=Sum("amount")))


def list_years(area_ids: Iterable[int]) -> list[int]:
    """Return the years in which something was verified, this one always, newest first. One query."""
    found = Idea.objects.filter(area_id__in=list(area_ids), verified_on__isnull=False).order_by()
    return sorted({today().year, *found.values_list("verified_on__year", flat=True).distinct()}, reverse=True)
