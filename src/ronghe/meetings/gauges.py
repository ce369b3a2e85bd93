"""Numbers of meetings on which rules of 预警 may stand: voters on leave, how many more a meeting can spare, norms missed, urgent decisions not ratified."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q

from ronghe.common.links import link_to
from ronghe.common.registry import Gauge, GaugeReading
from ronghe.meetings.models import Attendee, Item, Kind, QuorumRule, Urgent
from ronghe.meetings.queries.norms import list_groups, list_kinds, load_days
from ronghe.meetings.rules.norms import judge_norm, rate
from ronghe.meetings.rules.quorum import Room, count_spare

AHEAD = timedelta(days=7)
FEWEST_VOTERS = 3

Readings = list[GaugeReading]


def load_near(area_id: int, days: Sequence[date]) -> dict[int, tuple[int, date, str, int, int, int]]:
    """Return meeting → (unit, day, title, edition of its kind, voters, of them on leave) of the meetings after any of the days. One query."""
    rows = Attendee.objects.filter(
        Q(meeting__area_id=area_id), meeting__held_on__gt=min(days), meeting__held_on__lte=max(days) + AHEAD, votes=True
    ).exclude(meeting__state="cancelled")
    voters: dict[int, int] = defaultdict(int)
    away: dict[int, int] = defaultdict(int)
    about: dict[int, tuple[int, date, str, int]] = {}
    names = ("meeting_id", "meeting__unit_id", "meeting__held_on", "meeting__title", "meeting__kind_id", "state")
    for pk, unit, on, title, kind, state in rows.values_list(*names):
        voters[pk] += 1
        away[pk] += state == "leave"
        about[pk] = (unit, on, title, kind)
    return {pk: (*row, voters[pk], away[pk]) for pk, row in about.items()}


def read_leave(area_id: int, days: Sequence[date], subject: str, window: int) -> Readings:
    """Return what share of the voters of each meeting of the seven days after a day are on leave. One query."""
    near, readings = load_near(area_id, days), []
    for day in days:
        for pk, (unit, on, title, _kind, voters, away) in near.items():
            if day < on <= day + AHEAD and away and voters >= FEWEST_VOTERS:
                text = f"“{title}”{on} 召开,{voters} 名有表决权的已有 {away} 人请假"
                value = rate(away, voters) or Decimal(0)
                readings.append(
                    GaugeReading(f"meeting:{pk}", unit, day, value, f"到会人数有风险:{title}"[:120], text, link_to("meetings:meeting", pk))
                )
    return readings


def read_spare(area_id: int, days: Sequence[date], subject: str, window: int) -> Readings:
    """Return how many more may stay away from each meeting of the seven days after a day before an item on its agenda has no quorum.

    Below 0 the quorum is lost already. Of a meeting without an item that needs one nothing is told. Three queries.
    """
    near = load_near(area_id, days)
    classes: dict[int, set[str]] = defaultdict(set)
    for pk, matter_class in Item.objects.filter(meeting_id__in=near).values_list("meeting_id", "matter_class"):
        classes[pk].add(matter_class)
    rules: dict[tuple[int, str], QuorumRule] = {
        (row.kind_id, row.matter_class): row for row in QuorumRule.objects.filter(kind_id__in={row[3] for row in near.values()})
    }
    readings = []
    for pk, (unit, on, title, kind, voters, away) in near.items():
        asked = [rules[kind, one].rule for one in classes[pk] if (kind, one) in rules]
        if not asked:
            continue
        spare = min(count_spare(rule, Room(voters, voters - away)) for rule in asked)
        left = f"再有 {spare + 1} 人缺席就不够法定人数" if spare >= 0 else f"差 {-spare} 人不够法定人数"
        text = f"“{title}”{on} 召开,应到 {voters} 人,已请假 {away} 人,{left}"
        title = f"法定人数有风险:{title}"[:120]
        readings += [
            GaugeReading(f"spare:{pk}", unit, day, Decimal(spare), title, text, link_to("meetings:meeting", pk))
            for day in days
            if day < on <= day + AHEAD
        ]
    return readings


def read_missed(area_id: int, days: Sequence[date], subject: str, window: int) -> Readings:
    """Return how many stretches of the norms of 组织生活 each branch and group has missed within the window. Three queries."""
    kinds = [kind for kind in list_kinds([area_id], max(days)) if kind.body != Kind.Body.UNIT]
    first = min(days) - timedelta(days=window)
    held = load_days([area_id], date(first.year, 1, 1), max(days)) if kinds else {}
    groups = list_groups([area_id])[area_id] if kinds else []
    readings = []
    for day in days:
        missed: dict[int, list[str]] = defaultdict(list)
        names = {area_id: kinds[0].area.name} if kinds else {}
        for kind in kinds:
            bodies = {one.unit_id: one.name for one in groups} if kind.is_small else {area_id: kind.area.name}
            names |= bodies
            for unit in bodies:
                for year in {(day - timedelta(days=window)).year, day.year}:
                    known = held.get((unit, kind.code), [])
                    found = judge_norm(kind.norm, kind.times, known, year=year, today=day, since=getattr(kind, "first", None))
                    missed[unit] += [
                        f"{kind.name}{one.span.name}"
                        for one in found
                        if one.state == "missed" and one.span.last >= day - timedelta(days=window)
                    ]
        for unit, spans in missed.items():
            if spans:
                text = f"{names[unit]}近 {window} 天组织生活缺 {len(spans)} 次:{'、'.join(spans[:4])}"
                readings.append(
                    GaugeReading(
                        f"{unit}", unit, day, Decimal(len(spans)), f"组织生活缺项:{names[unit]}"[:120], text, f"/meetings/norms/?unit={unit}"
                    )
                )  # fmt: skip
    return readings


def read_unratified(area_id: int, days: Sequence[date], subject: str, window: int) -> Readings:
    """Return for how many days each urgent decision has not been ratified. One query."""
    rows = list(Urgent.objects.filter(area_id=area_id, decided_on__lte=max(days)).filter(Q(settled_on=None) | Q(settled_on__gt=min(days))))
    readings = []
    for day in days:
        for row in rows:
            if row.decided_on <= day and (row.settled_on is None or row.settled_on > day):
                count = (day - row.decided_on).days
                text = f"紧急决定“{row.title}”作出 {count} 天没有追认"
                url = link_to("meetings:urgent", row.pk)
                readings.append(
                    GaugeReading(f"urgent:{row.pk}", area_id, day, Decimal(count), f"紧急决定没有追认:{row.title}"[:120], text, url)
                )
    return readings


GAUGES = {
    "quorum": Gauge("下周会议请假率", "%", read_leave),
    "spare": Gauge("下周会议还能缺几人", "人", read_spare),
    "missed": Gauge("组织生活缺项", "次", read_missed),
    "unratified": Gauge("紧急决定没有追认", "天", read_unratified),
}
