"""Ideas for lists, search, the workbench and for the pages of what they came from."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from ronghe.common.badges import count_badge
from ronghe.common.calendar import today
from ronghe.common.lights import Light, light_for
from ronghe.common.registry import Hit
from ronghe.initiatives.models import Idea, Share
from ronghe.initiatives.models.ideas import IdeaQuerySet
from ronghe.initiatives.rules import LIVE
from ronghe.org.standing import standing_of

TONES = {
    "proposed": "yellow",
    "doing": "blue",
    "verifying": "blue",
    "verified": "blue",
    "credited": "green",
    "declined": "",
    "withdrawn": "",
    "stopped": "",
    "fruitless": "",
}
RELATED = ("unit", "proposer", "owner", "holder")


@dataclass(frozen=True)
class IdeaLine:
    """One idea, ready to print."""

    pk: int
    number: str
    title: str
    kind: str
    unit: str
    proposer: str
    owner: str
    holder: str
    state: str
    tone: str
    light: str
    word: str
    note: str
    expected: str
    benefit: str
    proposed: str
    url: str


def show_amount(value: Decimal | None, measure: str) -> str:
    """Return '12,800 元'; '' without a value. Trailing zeros are left out."""
    if value is None:
        return ""
    text = f"{value:,.2f}".removesuffix(".00")
    return f"{text} {measure}"


def read_light(idea: Idea, day: date) -> Light:
    """Return the light of an idea: it follows the step that is next."""
    return light_for(idea.step_due, day, done=not idea.is_live)


def describe_idea(idea: Idea, day: date) -> IdeaLine:
    """Return an idea's line; wants RELATED."""
    light = read_light(idea, day)
    measure = idea.get_measure_display()
    return IdeaLine(
        idea.pk,
        idea.number,
        idea.title,
        idea.get_kind_display(),
        idea.unit.name,
        idea.proposer.name,
        idea.owner.name if idea.owner else "",
        idea.holder.name if idea.holder else "",
        idea.get_state_display(),
        TONES[idea.state],
        light.state,
        light.word,
        f"{idea.ended_on}" if idea.ended_on else light.note,
        show_amount(idea.expected, measure),
        show_amount(idea.benefit, measure),
        f"{idea.proposed_on}",
        reverse("initiatives:idea", args=[idea.pk]),
    )


def filter_ideas(rows: IdeaQuerySet, chosen: dict[str, Any], user: Any) -> QuerySet[Idea]:
    """Keep what the list's filters ask for, the most pressing first."""
    me = standing_of(user).person_id or 0
    scope = chosen.get("scope")
    if scope == "waiting":
        mine = Share.objects.filter(person_id=me, state=Share.State.ASKED).values("idea_id")
        rows = rows.filter(Q(holder_id=me) | Q(pk__in=mine))
    elif scope == "mine":
        rows = rows.filter(Q(proposer_id=me) | Q(owner_id=me))
    if chosen.get("kind"):
        rows = rows.filter(kind=chosen["kind"])
    if chosen.get("unit"):
        rows = rows.filter(unit_id=chosen["unit"])
    if chosen.get("project"):
        rows = rows.filter(project_id=chosen["project"])
    if chosen.get("late"):
        rows = rows.filter(step_due__lt=today())
    if text := (chosen.get("text") or "").strip():
        rows = rows.filter(Q(title__icontains=text) | Q(problem__icontains=text) | Q(number__icontains=text))
    state = chosen.get("state") or ""
    if state == "live":
        rows = rows.filter(state__in=LIVE)
    elif state == "counted":
        rows = rows.filter(benefit__gt=0)
    elif state:
        rows = rows.filter(state=state)
    return rows.select_related(*RELATED).order_by(F("step_due").asc(nulls_last=True), "-id")


def list_mine(user: Any) -> QuerySet[Idea] | None:
    """Return the ideas that wait for the user's step (counted beside the menu line)."""
    holder = standing_of(user).person_id
    return None if holder is None else Idea.objects.filter(holder_id=holder)


def count_mine(user: Any) -> int:
    return count_badge(user, "initiatives")


def search_ideas(user: Any, query: str, limit: int) -> list[Hit]:
    """Find ideas by number, title or problem."""
    text = query.strip()
    rows = Idea.objects.visible_to(user).filter(Q(title__icontains=text) | Q(number__icontains=text) | Q(problem__icontains=text))
    return [
        Hit(
            "创效",
            f"{idea.number} {idea.title}",
            f"{idea.unit.name} · {idea.get_state_display()}",
            reverse("initiatives:idea", args=[idea.pk]),
        )
        for idea in rows.select_related("unit").order_by("-id")[:limit]
    ]
