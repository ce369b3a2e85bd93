"""Lists and pages of 措施, ready to print."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min, Q

from ronghe.coaching.models import Kind, Measure, Pair, Proposal, Talk
from ronghe.coaching.rules.kinds import GROUNDS, LEVELS, TONES
from ronghe.common.calendar import today
from ronghe.common.lights import light_for
from ronghe.common.links import link_to
from ronghe.common.registry import Hit
from ronghe.org.kinds import POST_TITLES
from ronghe.org.standing import standing_of

COLOURS = {"praise": "green", "help": "blue", "remind": "yellow", "advise": ""}
RELATED = ("kind", "unit", "person", "owner", "decided_by")
LIMIT = 30


@dataclass(frozen=True)
class MeasureRow:
    """One measure in a list."""

    pk: int
    title: str
    kind: str
    colour: str
    subject: str
    unit: str
    ground: str
    owner: str
    state: str
    light: str
    word: str
    note: str
    decided_on: str
    url: str


def describe_measure(row: Measure, day: date) -> MeasureRow:
    """Return a measure ready to print; wants select_related(*RELATED), `next_due` from `annotate_next`."""
    due = row.due if row.state in ("open", "confirming") else getattr(row, "next_due", None)
    light = light_for(due, day, done=not row.is_live)
    return MeasureRow(
        row.pk, str(row), row.kind.name, COLOURS[row.kind.tone], row.subject, row.unit.name, row.ground, row.owner.name,
        row.get_state_display(), light.state, light.word, str(row.ended_on or light.note), str(row.decided_on),
        link_to("coaching:measure", row.pk),
    )  # fmt: skip


def annotate_next(rows: Any) -> Any:
    """Add the day of the next follow-up, `next_due`."""
    return rows.annotate(next_due=Min("follows__due", filter=Q(follows__done_on=None))).order_by("-decided_on", "-id")


def filter_measures(rows: Any, chosen: dict[str, Any], user: Any) -> Any:
    """Keep what the filters ask for; without a state: what is live, and this year's praise."""
    rows = annotate_next(rows.select_related(*RELATED))
    if chosen.get("scope") == "mine":
        me = standing_of(user).person_id or 0
        rows = rows.filter(Q(person_id=me) | Q(owner_id=me))
    if chosen.get("kind"):
        rows = rows.filter(kind__code=chosen["kind"])
    if chosen.get("unit"):
        rows = rows.filter(unit_id=chosen["unit"])
    state = chosen.get("state") or ""
    if state in Measure.State.values:
        return rows.filter(state=state)
    return rows.filter(state__in=Measure.LIVE) if state == "live" else rows


@dataclass(frozen=True)
class ProposalRow:
    """One proposal that waits to be looked at."""

    title: str
    kind: str
    colour: str
    subject: str
    unit: str
    text: str
    owner: str
    light: str
    word: str
    note: str
    url: str


def list_proposals(user: Any) -> list[ProposalRow]:
    """Return the open proposals that the user may read. One query."""
    day = today()
    rows = Proposal.objects.visible_to(user).filter(state="open").select_related("kind", "unit", "person", "owner").order_by("due", "pk")
    return [describe_proposal(row, day) for row in rows[:LIMIT]]


def describe_proposal(row: Proposal, day: date) -> ProposalRow:
    light = light_for(row.due, day, done=row.state != Proposal.State.OPEN)
    return ProposalRow(
        str(row), row.kind.name, COLOURS[row.kind.tone], row.subject, row.unit.name, row.text, row.owner.name, light.state, light.word,
        light.note, link_to("coaching:proposal", row.pk),
    )  # fmt: skip


def name_ground(code: str) -> str:
    return GROUNDS[code][0] if code in GROUNDS else code


@dataclass(frozen=True)
class KindRow:
    """One kind of measure in the list of kinds."""

    kind: Kind
    colour: str
    tone: str
    levels: str
    deciders: str
    grounds: str
    follows: str
    used: int
    url: str


def describe_kind(kind: Kind, used: int = 0) -> KindRow:
    grounds = "、".join(f"{name_ground(one['code'])}({GROUNDS[one['code']][1]}:{one['limit']})" for one in kind.grounds)
    return KindRow(
        kind, COLOURS[kind.tone], TONES[kind.tone], "、".join(LEVELS[one] for one in kind.levels),
        "、".join(str(POST_TITLES[one]) for one in kind.deciders), grounds or "只由人提出", "、".join(f"{n} 天" for n in kind.follow_days) or "不回访",
        used, link_to("coaching:kind", kind.pk),
    )  # fmt: skip


def list_mine(user: Any) -> Any:
    """Return the proposals that wait for this person: what the menu counts. None for who decides nothing."""
    standing = standing_of(user)
    if standing.person_id is None or not standing.readable_areas:
        return None
    return Proposal.objects.filter(owner_id=standing.person_id, state="open")


def find_talk(measure: Measure, user: Any) -> Talk | None:
    """Return the talk of a measure for whom it is for; praise and its readers have none."""
    return Talk.objects.visible_to(user).filter(measure=measure).first()


def search_measures(user: Any, query: str, limit: int) -> list[Hit]:
    """Find measures and pairs by their words among those the user may see."""
    text = query.strip()
    found = Measure.objects.visible_to(user).filter(Q(kind__name__icontains=text) | Q(person__name=text) | Q(unit__name__icontains=text))
    rows = found.select_related("kind", "unit", "person")[:limit]
    hits = [Hit("措施", str(row), row.get_state_display(), link_to("coaching:measure", row.pk)) for row in rows]
    paired = Pair.objects.visible_to(user).filter(
        Q(indicator_name__icontains=text) | Q(weak__name__icontains=text) | Q(strong__name__icontains=text)
    )
    hits += [
        Hit("结对", str(row), row.get_state_display(), link_to("coaching:pair", row.pk))
        for row in paired.select_related("weak", "strong")[:limit]
    ]
    return hits[:limit]
