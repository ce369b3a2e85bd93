"""Reads of 关切: one's own, those to answer, what may be counted aloud."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from ronghe.common.badges import count_badge
from ronghe.common.calendar import now, today
from ronghe.common.lights import light_for
from ronghe.concerns.models import Concern, Norm, Promise, Reading, Talk
from ronghe.concerns.rules import last_quarter, mask_counts
from ronghe.org.models import Membership, Person
from ronghe.org.standing import standing_of

BASIS = "系统默认值,请按本管理区规定修改:职工反映的情况限期答复,内容到期清除"
OPEN_MINUTES = 30


def find_norm(area_id: int) -> Norm:
    """Return the area's own terms, else the default ones (not saved)."""
    return Norm.objects.filter(area_id=area_id).first() or Norm(area_id=area_id, answer_days=7, keep_days=90, basis=BASIS)


@dataclass(frozen=True)
class ConcernLine:
    """One concern in a list: what it is about, never what it says."""

    pk: int
    topic: str
    raised: str
    state: str
    light: str
    word: str
    note: str


def describe(rows: Any) -> list[ConcernLine]:
    day = today()
    lines = []
    for row in rows:
        light = light_for(row.due if row.state == Concern.State.OPEN else None, day, done=row.state != Concern.State.OPEN)
        lines.append(
            ConcernLine(row.pk, row.get_topic_display(), f"{row.raised_on}", row.get_state_display(), light.state, light.word, light.note)
        )
    return lines


def list_raised(user: Any) -> QuerySet[Concern]:
    """Return the concerns that the user raised by name."""
    return Concern.objects.visible_to(user).filter(raised_by_id=standing_of(user).person_id or 0)


def list_held(user: Any) -> QuerySet[Concern] | None:
    """Return the concerns that wait for the user's answer (counted beside the menu line)."""
    me = standing_of(user).person_id
    return None if me is None else Concern.objects.filter(holder_id=me, state=Concern.State.OPEN)


def count_held(user: Any) -> int:
    return count_badge(user, "concerns")


def is_open_for(user: Any, concern: Concern) -> bool:
    """Tell whether the reader has opened it just now: only then its words are shown."""
    since = now() - timedelta(minutes=OPEN_MINUTES)
    return Reading.objects.filter(concern=concern, reader_id=standing_of(user).person_id or 0, at__gte=since).exists()


def list_readings(concern: Concern) -> list[Reading]:
    return list(concern.readings.select_related("reader"))


@dataclass(frozen=True)
class Report:
    """What may be said of a quarter: counts from five upward, and how many of all were answered in time."""

    first: date
    last: date
    topics: list[tuple[str, int | None]]
    total: int | None
    in_time: int | None


def build_report(area_id: int) -> Report:
    """Count the last whole quarter by topic. One query. By topic only: units and posts would say who."""
    first, last = last_quarter(today())
    rows = Concern.objects.filter(area_id=area_id, raised_on__gte=first, raised_on__lte=last).order_by().values_list("topic")
    found = {
        topic: (count, quick)
        for topic, count, quick in rows.annotate(n=Count("pk"), quick=Count("pk", filter=Q(answered_on__lte=F("first_due"))))
    }
    counts = {topic: found.get(topic, (0, 0))[0] for topic in Concern.Topic.values}
    shown, total = mask_counts(counts)
    quick = sum(one[1] for one in found.values())
    in_time = quick * 100 // total if total else None
    return Report(first, last, [(str(Concern.Topic(topic).label), shown[topic]) for topic in Concern.Topic.values], total, in_time)


def list_talks(user: Any) -> list[tuple[Talk, list[Promise], bool]]:
    """Return the user's own talks of this year and the last, with what was promised; whether it waits for the user's word. Two queries."""
    me = standing_of(user).person_id
    rows = list(
        Talk.objects.visible_to(user).filter(day__year__gte=today().year - 1).select_related("host", "other").prefetch_related("promises")
    )
    return [(row, list(row.promises.all()), row.state == Talk.State.NOTED and row.other_id == me) for row in rows]


@dataclass(frozen=True)
class GroupTalks:
    """How far a group has come with its yearly talks: numbers only."""

    name: str
    members: int
    talked: int


def count_talks(area_id: int, year: int) -> list[GroupTalks]:
    """Return by 党小组 how many members had a confirmed talk this year. Two queries, no name."""
    members: dict[str, set[int]] = defaultdict(set)
    held = Membership.objects.on(today()).filter(group__area_id=area_id).order_by("group__code")
    for group, person in held.values_list("group__name", "person_id"):
        members[group].add(person)
    had = set(Talk.objects.filter(area_id=area_id, day__year=year, state=Talk.State.CONFIRMED).values_list("other_id", flat=True))
    return [GroupTalks(name, len(people), len(people & had)) for name, people in members.items()]


def list_partners(user: Any) -> QuerySet[Person]:
    """Return with whom the user may note a talk: the people of the area."""
    return Person.objects.visible_to(user).filter(left_on=None).exclude(pk=standing_of(user).person_id or 0).select_related("unit")
