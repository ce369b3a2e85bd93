"""Visits and what they found: lists, one visit, what became of each problem, what was found and solved by whom."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from ronghe.common import registry
from ronghe.common.badges import count_badge
from ronghe.common.calendar import today
from ronghe.common.lights import light_for
from ronghe.common.links import link_to
from ronghe.common.registry import CureLine, Hit
from ronghe.org.standing import standing_of
from ronghe.stationing.actions.visits import LABEL
from ronghe.stationing.models import Point, Visit
from ronghe.stationing.rules import JOINED, Outcome, sum_up

TONES = {"open": "yellow", "sent": "blue", "solved": "green", "answered": ""}
RELATED = ("unit", "leader", "visit", "theme")
QUIET_DAYS = 90


@dataclass(frozen=True)
class PointLine:
    """One problem or idea, ready to print."""

    pk: int
    text: str
    kind: str
    side: str
    unit: str
    leader: str
    found: str
    state: str
    tone: str
    light: str
    word: str
    note: str
    result: str
    url: str
    visit_url: str
    theme: str
    theme_url: str
    lines: Sequence[CureLine] = ()


def describe_points(user: Any, rows: Iterable[Point]) -> list[PointLine]:
    """Return the lines of some problems with what became of each. A constant number of queries."""
    points = list(rows)
    sent = [row.pk for row in points if row.kind == Point.Kind.PROBLEM or row.state != Point.State.ANSWERED]
    cures = registry.find_cures(user, LABEL, sent) if sent else {}
    boards = registry.find_followed(user, LABEL, sent) if sent else {}
    day = today()
    lines = []
    for row in points:
        light = light_for(row.due if row.state == Point.State.OPEN else None, day, done=not row.is_live)
        lines.append(
            PointLine(
                row.pk, row.text, row.get_kind_display(), row.get_side_display(), row.unit.name, row.leader.name, f"{row.found_on}",
                "当场解决" if row.on_the_spot else row.get_state_display(), TONES[row.state], light.state, light.word,
                f"{row.ended_on}" if row.ended_on else light.note, row.result, link_to("stationing:point", row.pk),
                link_to("stationing:visit", row.visit_id), row.theme.title if row.theme else "",
                link_to("stationing:theme", row.theme_id) if row.theme_id else "",
                (*cures.get(row.pk, ()), *boards.get(row.pk, ())),
            )
        )  # fmt: skip
    return lines


def filter_points(user: Any, chosen: dict[str, Any]) -> QuerySet[Point]:
    rows = Point.objects.visible_to(user).select_related(*RELATED)
    if text := (chosen.get("text") or "").strip():
        rows = rows.filter(Q(text__icontains=text) | Q(result__icontains=text))
    if chosen.get("unit"):
        rows = rows.filter(unit_id=chosen["unit"])
    if chosen.get("kind"):
        rows = rows.filter(kind=chosen["kind"])
    if chosen.get("side"):
        rows = rows.filter(side=chosen["side"])
    if chosen.get("state") == "live":
        rows = rows.filter(state__in=["open", "sent"])
    elif chosen.get("state"):
        rows = rows.filter(state=chosen["state"])
    if chosen.get("mine"):
        rows = rows.filter(leader_id=standing_of(user).person_id or 0)
    return rows.order_by("-found_on", "-pk")


def list_open(user: Any) -> QuerySet[Point] | None:
    """Return the user's problems that still go nowhere (counted beside the menu line)."""
    me = standing_of(user).person_id
    return None if me is None else Point.objects.filter(leader_id=me, state=Point.State.OPEN)


def count_open(user: Any) -> int:
    return count_badge(user, "stationing")


def name_joined(visit: Visit) -> str:
    return "、".join(JOINED[one] for one in visit.joined if one in JOINED)


@dataclass(frozen=True)
class ResultLine:
    """What somebody's, or a station's, problems came to, business and party side by side."""

    name: str
    business: Outcome
    party: Outcome
    both: Outcome


def list_results(user: Any, area_id: int, first: date, last: date) -> tuple[list[ResultLine], list[ResultLine]]:
    """Return what was found and solved by leader and by station. One query. No line counts visits or hours."""
    rows = Point.objects.visible_to(user).filter(area_id=area_id, kind=Point.Kind.PROBLEM, found_on__gte=first, found_on__lte=last)
    day = today()
    found: dict[str, dict[tuple[int, str], dict[str, list[tuple[date, date | None, bool]]]]] = {"leader": {}, "unit": {}}
    values = rows.order_by("unit__order", "pk").values_list(
        "leader_id", "leader__name", "unit_id", "unit__name", "side", "found_on", "ended_on", "state", "due"
    )
    for leader, leader_name, unit, unit_name, side, found_on, ended_on, state, due in values:
        one = (found_on, ended_on, state == Point.State.OPEN and due < day)
        for group, key in (("leader", (leader, leader_name)), ("unit", (unit, unit_name))):
            found[group].setdefault(key, defaultdict(list))[side].append(one)
    return tuple(  # type: ignore[return-value]
        [
            ResultLine(name, sum_up(sides["business"]), sum_up(sides["party"]), sum_up([*sides["business"], *sides["party"]]))
            for (_pk, name), sides in found[group].items()
        ]
        for group in ("leader", "unit")
    )


@dataclass(frozen=True)
class QuietLine:
    """Visits that brought nothing home, of one leader at one station, and what was open there on its page."""

    leader: str
    unit: str
    days: str
    count: int


def list_quiet(user: Any, area_id: int) -> list[QuietLine]:
    """Return the visits of the last three months in which no problem, no idea and no concern stands: one's own, for the two heads all."""
    standing = standing_of(user)
    rows = Visit.objects.visible_to(user).filter(area_id=area_id, day__gte=today() - timedelta(days=QUIET_DAYS), heard=0)
    if not standing.holds(("branch_secretary", "area_manager"), area_id=area_id):
        rows = rows.filter(leader_id=standing.person_id or 0)
    empty = rows.annotate(found=Count("points")).filter(found=0).order_by("leader_id", "unit__order", "day")
    days: dict[tuple[str, str], list[str]] = defaultdict(list)
    for leader, unit, day in empty.values_list("leader__name", "unit__name", "day"):
        days[leader, unit].append(f"{day.month}月{day.day}日")
    return [QuietLine(leader, unit, "、".join(one), len(one)) for (leader, unit), one in days.items()]


def search_points(user: Any, query: str, limit: int) -> list[Hit]:
    """Find problems and ideas by their words."""
    rows = Point.objects.visible_to(user).filter(text__icontains=query.strip()).select_related("unit").order_by("-pk")
    return [
        Hit("驻站", str(row), f"{row.unit.name} · {row.get_state_display()}", reverse("stationing:point", args=[row.pk]))
        for row in rows[:limit]
    ]
