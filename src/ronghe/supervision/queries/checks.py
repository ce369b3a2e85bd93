"""The 监督清单 with what came of it, checks, findings, and the counts that everybody may have."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from ronghe.common.calendar import today
from ronghe.common.lights import light_for
from ronghe.common.links import link_to
from ronghe.common.registry import Amended, Hit, Prefill
from ronghe.org.kinds import POST_TITLES
from ronghe.org.models import Person, Unit
from ronghe.org.standing import standing_of
from ronghe.rectification.models import Item
from ronghe.supervision.models.checks import Check, CheckLine, CheckQuerySet, Finding, LogEntry
from ronghe.supervision.rules.checks import MEASURES, rate_of
from ronghe.worklist.rules.recurrence import describe_rule, read_month

TONES = {"due": "blue", "clean": "green", "found": "red", "lapsed": "yellow"}
RELATED = ("line", "unit", "checker")


@dataclass(frozen=True)
class ListLine:
    """One line of the list, with how many of its checks were done, found something or lapsed since January."""

    pk: int
    business: str
    what: str
    risk: str
    supervised: str
    supervisor: str
    often: str
    method: str
    basis: str
    per_unit: bool
    planned: int
    done: int
    found: int
    lapsed: int
    url: str


def list_lines(area_id: int, day: date, business: str = "") -> list[ListLine]:
    """Return the lines in force on a day. Two queries."""
    rows = CheckLine.objects.filter(area_id=area_id).on(day)
    if business:
        rows = rows.filter(business=business)
    start = day.replace(month=1, day=1)
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    tallies = Check.objects.filter(area_id=area_id, due__gte=start, due__lte=day).order_by().values_list("line__code", "state")
    for code, state, count in tallies.annotate(count=Count("pk")):
        counted[code][state] = count
    return [describe_line(row, counted[row.code]) for row in rows]


def describe_line(row: CheckLine, counts: dict[str, int]) -> ListLine:
    return ListLine(
        row.pk, row.business, row.what, row.risk, str(POST_TITLES[row.supervised]), str(POST_TITLES[row.supervisor]), describe_rule(row.rule),
        row.method, row.basis, row.per_unit, sum(counts.values()), counts.get("clean", 0) + counts.get("found", 0), counts.get("found", 0),
        counts.get("lapsed", 0), link_to("supervision:line", row.pk),
    )  # fmt: skip


def list_businesses(area_id: int) -> list[str]:
    return list(CheckLine.objects.filter(area_id=area_id, valid_to=None).order_by("business").values_list("business", flat=True).distinct())


@dataclass(frozen=True)
class CheckRow:
    """One check, ready to print."""

    pk: int
    business: str
    what: str
    unit: str
    checker: str
    due: str
    state: str
    tone: str
    light: str
    word: str
    note: str
    text: str
    url: str


def describe_check(row: Check, day: date) -> CheckRow:
    """Return a check ready to print; wants select_related(line, unit, checker)."""
    light = light_for(row.due, day, done=row.state != Check.State.DUE)
    return CheckRow(
        row.pk, row.line.business, row.line.what, row.unit.name, row.checker.name, str(row.due), row.get_state_display(), TONES[row.state],
        light.state, light.word, str(row.done_on or light.note), row.text, link_to("supervision:check", row.pk),
    )  # fmt: skip


def filter_checks(rows: CheckQuerySet, chosen: dict[str, Any], user: Any) -> CheckQuerySet:
    """Keep what the filters ask for; without a state: what is open."""
    rows = rows.select_related(*RELATED)
    if chosen.get("scope") == "mine":
        rows = rows.filter(checker_id=standing_of(user).person_id or 0)
    if chosen.get("unit"):
        rows = rows.filter(unit_id=chosen["unit"])
    if chosen.get("business"):
        rows = rows.filter(line__business=chosen["business"])
    state = chosen.get("state") or "due"
    if state == "soon":
        return rows.filter(state="due", due__lte=today() + timedelta(days=7)).order_by("due", "id")
    if state == "late":
        return rows.filter(state="due", due__lt=today()).order_by("due", "id")
    if state == "all":
        return rows.order_by("-due", "-id")
    return rows.filter(state=state).order_by(*(("due", "id") if state == "due" else ("-due", "-id")))


def search_findings(user: Any, query: str, limit: int) -> list[Hit]:
    text = query.strip()
    rows = Finding.objects.visible_to(user).filter(Q(title__icontains=text) | Q(problem__icontains=text)).select_related("unit")
    return [Hit("监督发现", row.title, f"{row.unit.name} · {row.found_on}", link_to("supervision:finding", row.pk)) for row in rows[:limit]]


def search_lines(user: Any, query: str, limit: int) -> list[Hit]:
    text = query.strip()
    rows = CheckLine.objects.visible_to(user).filter(Q(what__icontains=text) | Q(business__icontains=text), valid_to=None)
    return [Hit("监督清单", row.what, row.business, link_to("supervision:line", row.pk)) for row in rows[:limit]]


@dataclass(frozen=True)
class MonthCounts:
    """What a month's supervision came to, in counts and rates: for everybody of the area, no names."""

    month: str
    planned: int
    done: int
    found: int
    lapsed: int
    inspections: int
    reminded: int
    clues: int
    accountable: int
    rate: str


def count_months(area_id: int, months: Sequence[str]) -> list[MonthCounts]:
    """Return the counts of the months. Three queries for any number."""
    first, last = read_month(months[-1])[0], read_month(months[0])[1]
    checks: dict[tuple[str, str], int] = defaultdict(int)
    for due, state in Check.objects.filter(area_id=area_id, due__gte=first, due__lte=last).values_list("due", "state"):
        checks[f"{due:%Y-%m}", state] += 1
    entries: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for day, kind, count in LogEntry.objects.filter(area_id=area_id, day__gte=first, day__lte=last).values_list("day", "kind", "count"):
        cell = entries[f"{day:%Y-%m}", kind]
        cell[0] += 1
        cell[1] += count
    people = Person.objects.filter(area_id=area_id, left_on=None).count()
    lines = []
    for month in months:
        left, clean, found, lapsed = (checks[month, state] for state in ("due", "clean", "found", "lapsed"))
        held = sum(entries[month, kind][1] for kind in MEASURES)
        rate = rate_of(held, people, 2)
        lines.append(
            MonthCounts(
                month, left + clean + found + lapsed, clean + found, found, lapsed, entries[month, "inspect"][0],
                entries[month, "remind"][1], entries[month, "clue"][0], held, "—" if rate is None else f"{rate}%",
            )
        )  # fmt: skip
    return lines


def list_past_months(day: date, count: int) -> list[str]:
    """Return the last months, this one first."""
    months, one = [], day
    for _n in range(count):
        months.append(f"{one:%Y-%m}")
        one = one.replace(day=1) - timedelta(days=1)
    return months


def prefill_discipline(area_id: int, period: str, indicators: Iterable[Any]) -> dict[tuple[int, int], Prefill]:
    """Offer 违纪问责率 and 监督发现问题按期整改率 from the records, by unit: rates only. Nothing where an area keeps no such records."""
    wanted = {row.code: row for row in indicators if row.code in ("accountability", "supervision")}
    if not wanted:
        return {}
    first, last = read_month(period)
    found: dict[tuple[int, int], Prefill] = {}
    if "supervision" in wanted:
        rows = Item.objects.filter(area_id=area_id, source="supervision", due__gte=first, due__lte=last).exclude(state="void").order_by()
        for unit_id, due, done in rows.values_list("unit_id").annotate(
            due_count=Count("pk"), done=Count("pk", filter=Q(state="closed", ended_on__lte=last))
        ):
            share = rate_of(done, due)
            if share is not None:
                found[unit_id, wanted["supervision"].pk] = Prefill(share, f"按整改清单:到期 {due} 件,核实整改 {done} 件")
    if "accountability" in wanted and LogEntry.objects.filter(area_id=area_id).exists():
        held: dict[int, int] = defaultdict(int)
        entries = LogEntry.objects.filter(area_id=area_id, kind__in=MEASURES, day__gte=first, day__lte=last)
        for unit_id, count in entries.values_list("unit_id", "count"):
            held[unit_id] += count
        units = Unit.objects.filter(area_id=area_id, kind__in=("station", "office"), closed_on=None)
        for unit_id, people in units.annotate(headcount=Count("staff", filter=Q(staff__left_on=None))).values_list("pk", "headcount"):
            rate = rate_of(held[unit_id], people, 2)
            if rate is not None:
                note = f"按纪检日常记录:问责 {held[unit_id]} 人,在册 {people} 人;约谈提醒不计"
                found[unit_id, wanted["accountability"].pk] = Prefill(Decimal(rate), note)
    return found


def list_amended(area_id: int, since: date) -> list[Amended]:
    """Return the lines of the 监督清单 whose words are newer than a day. One query."""
    rows = CheckLine.objects.filter(area_id=area_id, valid_to=None, created_at__date__gte=since)
    return [
        Amended("supervision.checkline", f"{row.area_id}:{row.code}", f"监督清单 {row}", reverse("supervision:line", args=[row.pk]))
        for row in rows[:200]
    ]
