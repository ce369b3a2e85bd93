"""组织生活 from records: which norms each branch and group has fulfilled, and the month's figure for 组织生活按期完成率."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from ronghe.common.registry import Prefill
from ronghe.meetings.models import Item, Kind, Meeting
from ronghe.meetings.rules.norms import Fulfilment, is_asked_in, judge_norm, last_of, list_spans, rate
from ronghe.org.models import PartyOrg

# the handbook's indicator that these records answer
ORG_LIFE = "org_life"
WITH_RESULT = ("passed", "rejected", "noted")


@dataclass(frozen=True)
class Cell:
    """One stretch of one norm: what to show, in a word and a light."""

    text: str
    light: str
    held: int
    wanted: int


@dataclass
class NormLine:
    """One norm of one branch or group over the year."""

    area_id: int
    unit_id: int
    org: str
    kind: str
    code: str
    norm: str
    basis: str
    cells: list[tuple[str, Cell]] = field(default_factory=list)
    held: int = 0
    missed: int = 0
    wanted: int = 0


LIGHTS = {"held": "green", "missed": "red", "due": "yellow", "ahead": "grey"}
WORDS = {"held": "已开", "missed": "缺", "due": "待开", "ahead": "未到"}


def load_days(area_ids: Iterable[int], first: date, last: date) -> dict[tuple[int, str], list[date]]:
    """Return (unit, kind) → the days on which meetings with a result were held. One query: a meeting without any result counts for nothing."""
    result = Item.objects.filter(meeting=OuterRef("pk"), state__in=WITH_RESULT)
    held = Meeting.objects.held().filter(Exists(result), area_id__in=list(area_ids), held_on__gte=first, held_on__lte=last)
    found: dict[tuple[int, str], list[date]] = defaultdict(list)
    for unit_id, code, day in held.order_by().values_list("unit_id", "kind_code", "held_on"):
        found[unit_id, code].append(day)
    return found


def list_kinds(area_ids: Iterable[int], day: date) -> list[Kind]:
    """Return the kinds with a norm in force on the day, each with `first`: from when on it is asked at all. One query."""
    first = Kind.objects.filter(area=OuterRef("area"), code=OuterRef("code")).order_by("valid_from").values("valid_from")[:1]
    rows = Kind.objects.on(day).filter(area_id__in=list(area_ids)).exclude(norm="")
    return list(rows.select_related("area").annotate(first=Subquery(first)))


def list_groups(area_ids: Iterable[int]) -> dict[int, list[PartyOrg]]:
    """Return area → its groups. One query."""
    found: dict[int, list[PartyOrg]] = defaultdict(list)
    rows = PartyOrg.objects.filter(area_id__in=list(area_ids), kind=PartyOrg.Kind.GROUP, closed_on=None).select_related("unit")
    for row in rows.order_by("unit__order", "unit__code"):
        found[row.area_id or 0].append(row)
    return found


def load_lines(area_ids: Iterable[int], year: int, day: date) -> list[NormLine]:
    """Return the norms of a year for every branch and group of the areas. Three queries for any number of groups, one where no kind has a norm."""
    known = list(area_ids)
    kinds = list_kinds(known, min(day, date(year, 12, 31)))
    if not kinds:
        return []
    days = load_days(known, date(year, 1, 1), date(year, 12, 31))
    groups = list_groups(known)
    lines = []
    for kind in kinds:
        if kind.body == Kind.Body.UNIT:
            continue
        small = kind.body == Kind.Body.GROUP
        bodies = [(one.unit_id, one.name) for one in groups[kind.area_id]] if small else [(kind.area_id, kind.area.name)]
        for unit_id, name in bodies:
            found = judge_norm(kind.norm, kind.times, days[unit_id, kind.code], year=year, today=day, since=getattr(kind, "first", None))
            lines.append(describe_line(kind, unit_id, name, found))
    return lines


def describe_line(kind: Kind, unit_id: int, name: str, found: list[Fulfilment]) -> NormLine:
    line = NormLine(kind.area_id, unit_id, name, kind.name, kind.code, kind.get_norm_display(), kind.basis)
    for one in found:
        count = f" {one.held}/{one.wanted}" if one.wanted > 1 else ""
        line.cells.append((one.span.name, Cell(WORDS[one.state] + count, LIGHTS[one.state], one.held, one.wanted)))
        if one.state in ("held", "missed"):
            line.wanted += 1
            line.held += one.state == "held"
            line.missed += one.state == "missed"
    return line


@dataclass
class Share:
    """What a group owed in a month and what it held."""

    wanted: int = 0
    held: int = 0
    missing: list[str] = field(default_factory=list)


def measure_month(area_id: int, period: str) -> dict[int, Share]:
    """Return unit → what its group owed in the month, and the branch's 党课 of the quarter that ends with it. Three queries."""
    year, month = (int(part) for part in period.split("-"))
    end = last_of(year, month)
    kinds = [kind for kind in list_kinds([area_id], end) if kind.counts]
    days = load_days([area_id], date(year, 1, 1), end)
    found: dict[int, Share] = {}
    for group in list_groups([area_id])[area_id]:
        share = found.setdefault(group.unit_id, Share())
        for kind in kinds:
            if not is_asked_in("month" if kind.norm == "week" else kind.norm, year, month):
                continue
            unit_id = group.unit_id if kind.body == Kind.Body.GROUP else area_id
            span = next(one for one in list_spans(kind.norm, year) if one.last == end)
            if span.first < getattr(kind, "first", kind.valid_from):
                continue
            held = sum(1 for day in days[unit_id, kind.code] if span.first <= day <= span.last)
            share.wanted += kind.times
            share.held += min(held, kind.times)
            if held < kind.times:
                share.missing.append(kind.name)
    return found


def prefill_org_life(area_id: int, period: str, indicators: Iterable[Any]) -> dict[tuple[int, int], Prefill]:
    """Offer 组织生活按期完成率 from the records for every unit with a group; nothing where the area keeps no such kinds."""
    wanted = [row for row in indicators if row.code == ORG_LIFE]
    if not wanted or not Kind.objects.filter(area_id=area_id, counts=True).exists():
        return {}
    found: dict[tuple[int, int], Prefill] = {}
    for unit_id, share in measure_month(area_id, period).items():
        value = rate(share.held, share.wanted)
        if value is None:
            continue
        note = f"按会议记录:应开 {share.wanted} 次,按期 {share.held} 次" + (f",缺{'、'.join(share.missing)}" if share.missing else "")
        for row in wanted:
            found[unit_id, row.pk] = Prefill(Decimal(value), note)
    return found
