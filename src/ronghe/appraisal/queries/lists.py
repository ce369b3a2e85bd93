"""Rounds for lists, search and the badge beside the menu line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from ronghe.appraisal.models import Cycle, Judge, Outcome, Report
from ronghe.appraisal.permissions import roles_of
from ronghe.appraisal.rules.steps import days_late
from ronghe.common.badges import count_badge
from ronghe.common.calendar import today
from ronghe.common.lights import Light, light_for
from ronghe.common.registry import Hit
from ronghe.org.standing import standing_of

TONES = {
    "reporting": "blue", "balloting": "blue", "counted": "yellow", "shown": "yellow", "signed": "green", "published": "green", "ended": "green",
    "dropped": "",
}  # fmt: skip

PAST = ("signed", "published")


def due_of(cycle: Cycle) -> date | None:
    """Return by when the stage of a round is to be over."""
    return {"reporting": cycle.report_due, "balloting": cycle.ballot_due, "shown": cycle.objections_until}.get(cycle.state)


def read_light(cycle: Cycle, day: date) -> Light:
    return light_for(due_of(cycle), day, done=not cycle.is_live)


@dataclass(frozen=True)
class CycleLine:
    pk: int
    title: str
    who: str
    state: str
    tone: str
    light: Light
    presented: str
    voted: str
    opened: str
    url: str


def list_cycles(user: Any, *, kind: str = "") -> QuerySet[Cycle]:
    """Return the rounds that the user may read with their counts, the newest first."""
    rows = Cycle.objects.visible_to(user)
    if kind == "live":
        rows = rows.live()
    elif kind:
        rows = rows.filter(template__who=kind)
    presented = {"state": Report.State.PRESENTED}
    rows = rows.annotate(
        asked=_count(Report), presented=_count(Report, **presented), seated=_count(Judge), voted=_count(Judge, voted=True)
    )  # fmt: skip
    return rows.select_related("template").order_by("-opened_on", "-pk")


def _count(model: Any, **conditions: Any) -> Coalesce:
    """Count the rows of a round within its own row: a join for each relation would multiply."""
    rows = model.objects.filter(cycle=OuterRef("pk"), **conditions).order_by().values("cycle").annotate(n=Count("pk"))
    return Coalesce(Subquery(rows.values("n")), 0)


def describe_cycles(cycles: Iterable[Any]) -> list[CycleLine]:
    """Return the lines of a page of `list_cycles`. No query."""
    day = today()
    return [
        CycleLine(
            cycle.pk, cycle.title, cycle.template.get_who_display(), cycle.get_state_display(), TONES[cycle.state], read_light(cycle, day),
            f"{cycle.presented} / {cycle.asked}", f"{cycle.voted} / {cycle.seated}" if cycle.seated else "", f"{cycle.opened_on}",
            reverse("appraisal:cycle", args=[cycle.pk]),
        )
        for cycle in cycles
    ]  # fmt: skip


@dataclass(frozen=True)
class OwnStep:
    """One thing that waits for this person: to report, to judge, to check."""

    title: str
    label: str
    url: str
    light: Light


def list_own_steps(user: Any, outcomes: Iterable[Outcome]) -> list[OwnStep]:
    """Return what waits for the user here, the most pressing first. Two queries; `outcomes` are one's own."""
    me, day = standing_of(user).person_id or 0, today()
    steps = []
    mine = Report.objects.filter(person_id=me, state=Report.State.DRAFT, cycle__state__in=["reporting", "balloting"])
    for report in mine.select_related("cycle"):
        late = days_late(report.cycle.report_due, None, day)
        light = light_for(report.cycle.report_due, day)
        word = Light(light.state, light.word, f"逾期 {late} 天" if late else light.note)
        steps.append(OwnStep(report.cycle.title, "述职", reverse("appraisal:write", args=[report.pk]), word))
    for cycle in list_awaiting(user, me):
        if cycle.state == "balloting":
            url, word = reverse("appraisal:ballot", args=[cycle.pk]), light_for(cycle.ballot_due, day)
            steps.append(OwnStep(cycle.title, "测评", url, word))
        else:
            url, word = reverse("appraisal:cycle", args=[cycle.pk]), light_for(cycle.objections_until, day)
            steps.append(OwnStep(cycle.title, "评定签发", url, word))
    for outcome in outcomes:
        if outcome.report.cycle.state == "shown":
            url = reverse("appraisal:outcome", args=[outcome.pk])
            steps.append(OwnStep(outcome.report.cycle.title, "核对评定", url, light_for(outcome.report.cycle.objections_until, day)))
    return sorted(steps, key=lambda step: ("red", "yellow", "green").index(step.light.state))


def list_awaiting(user: Any, me: int) -> QuerySet[Cycle]:
    """Return the rounds that wait for the user's ballot (balloting) or signature (shown)."""
    judged = Q(pk__in=Judge.objects.filter(person_id=me, voted=False).values("cycle_id"), state="balloting")
    roles = roles_of(user)
    if not roles:
        return Cycle.objects.filter(judged)
    unsigned = Cycle.objects.visible_to(user).filter(state="shown", signatures__person=None, signatures__who__in=roles)
    return Cycle.objects.filter(judged | Q(pk__in=unsigned.values("pk")))


def list_mine(user: Any) -> QuerySet[Report] | None:
    """Return one's own reports that are still to be presented (counted beside the menu line)."""
    me = standing_of(user).person_id
    if me is None:
        return None
    return Report.objects.filter(person_id=me, state=Report.State.DRAFT, cycle__state__in=["reporting", "balloting"])


def count_mine(user: Any) -> int:
    return count_badge(user, "appraisal")


def search_cycles(user: Any, query: str, limit: int) -> list[Hit]:
    """Find rounds by their name."""
    rows = Cycle.objects.visible_to(user).filter(title__icontains=query.strip())
    return [Hit("述职评议", row.title, row.get_state_display(), reverse("appraisal:cycle", args=[row.pk])) for row in rows[:limit]]


def list_own_outcomes(user: Any) -> list[Outcome]:
    """Return one's own results, of the round that is shown now and of earlier ones, the newest first. One query."""
    me = standing_of(user).person_id or 0
    rows = Outcome.objects.filter(report__person_id=me, current=True, report__cycle__state__in=["shown", *PAST])
    return list(rows.select_related("report__cycle").order_by("-report__cycle__opened_on", "-pk")[:13])
