"""Matters for lists, the map, search, badges."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from ronghe.common.badges import count_badge
from ronghe.common.calendar import today
from ronghe.common.lights import SOON_DAYS, Light, light_for
from ronghe.common.links import link_to
from ronghe.common.registry import Hit
from ronghe.decisions.models import Matter, MatterQuerySet, Step
from ronghe.decisions.rules import LIVE, ORDER, STEPS, write_sum
from ronghe.org.standing import standing_of

TONES = {"running": "blue", "stopped": "red", "closed": "green", "rejected": "", "withdrawn": ""}
SHOWN_STEPS = tuple(kind for kind in ORDER if kind not in ("opinion", "approve"))


@dataclass(frozen=True)
class Cell:
    """A matter's stand at one step of the map."""

    kind: str
    label: str
    state: str
    word: str
    days: str = ""


@dataclass(frozen=True)
class MatterLine:
    """One matter, ready to print."""

    pk: int
    number: str
    title: str
    url: str
    category: str
    amount: str
    unit: str
    owner: str
    holder: str
    state: str
    tone: str
    step: str
    light: Light
    flags: tuple[tuple[str, str], ...] = ()
    cells: tuple[Cell, ...] = field(default=())


def read_light(matter: Matter, day: date) -> Light:
    """Return the light: red while stopped or while an urgent decision waits to be ratified, else by the date of the next step."""
    if matter.state == Matter.State.STOPPED:
        return Light("red", "红灯", "已叫停")
    if matter.unratified and matter.is_live:
        return Light("red", "红灯", "紧急决定待追认")
    return light_for(matter.step_due, day, done=not matter.is_live)


def list_flags(matter: Matter) -> tuple[tuple[str, str], ...]:
    """Return (word, colour) of what catches the eye."""
    flags = []
    if matter.is_exception:
        flags.append(("例外", "yellow"))
    if matter.kind == Matter.Kind.RECORD:
        flags.append(("限额以下备案", ""))
    if matter.unratified:
        flags.append(("紧急决定待追认", "red"))
    if matter.split_state in ("flagged", "confirmed"):
        flags.append((str(matter.get_split_state_display()), "red"))
    return tuple(flags)


def load_steps(pks: Iterable[int]) -> dict[int, list[Step]]:
    """Return matter → its steps in order. One query."""
    found: dict[int, list[Step]] = {}
    for step in Step.objects.filter(matter_id__in=list(pks)).order_by("place"):
        found.setdefault(step.matter_id, []).append(step)
    return found


def label_step(step: Step, matter: Matter) -> str:
    """Return the step as the area calls it; the matter comes with its edition."""
    if step.kind == "front":
        return matter.edition.front_label
    if step.kind == "decide":
        return f"{matter.get_decided_by_display()}决策"
    return STEPS[step.kind]


def describe_matter(matter: Matter, steps: list[Step], day: date) -> MatterLine:
    """Return a matter ready to print; wants select_related(unit, owner, holder, edition)."""
    current = next((step for step in steps if step.state == Step.State.OPEN), None)
    light = read_light(matter, day)
    note = light.note if matter.is_live else str(matter.ended_on or "")
    return MatterLine(
        matter.pk,
        matter.number,
        matter.title,
        link_to("decisions:matter", matter.pk),
        str(matter.get_category_display()),
        write_sum(matter.amount) if matter.amount is not None else "",
        matter.unit.name,
        matter.owner.name,
        matter.holder.name if matter.holder else "",
        str(matter.get_state_display()),
        TONES[matter.state],
        label_step(current, matter) if current else "",
        Light(light.state, light.word, note),
        list_flags(matter),
        tuple(describe_cell(kind, steps, matter, day) for kind in SHOWN_STEPS),
    )


def describe_cell(kind: str, steps: list[Step], matter: Matter, day: date) -> Cell:
    """Return where the matter stands at a step, and how long it stood there."""
    step = next((one for one in steps if one.kind == kind), None)
    if step is None:
        return Cell(kind, STEPS[kind], "none", "")
    label = label_step(step, matter)
    stood = ((step.done_on or day) - step.opened_on).days if step.opened_on else None
    days = f"{stood} 天" if stood is not None and step.state in ("done", "open") else ""
    if step.state == Step.State.OPEN:
        if matter.state == Matter.State.STOPPED:
            return Cell(kind, label, "stopped", "叫停", days)
        late = bool(step.due and step.due < day)
        return Cell(kind, label, "late" if late else "open", "逾期" if late else "办理", days)
    passed_over = "紧急" if step.note.startswith("紧急决定") else "例外"
    words = {"done": "完成", "excepted": passed_over, "urgent": "待追认", "waiting": "", "void": "—"}
    return Cell(kind, label, step.state, words[step.state], days)


def filter_matters(rows: MatterQuerySet, chosen: dict[str, Any], user: Any) -> MatterQuerySet:
    """Keep what the filters ask for; without a state: what is not ended."""
    me = standing_of(user).person_id or 0
    rows = rows.select_related("unit", "owner", "holder", "edition")
    if chosen.get("scope") == "mine":
        rows = rows.filter(holder_id=me)
    elif chosen.get("scope") == "owned":
        rows = rows.filter(owner_id=me)
    if chosen.get("category"):
        rows = rows.filter(category=chosen["category"])
    if text := (chosen.get("text") or "").strip():
        rows = rows.filter(Q(title__icontains=text) | Q(number__icontains=text) | Q(text__icontains=text) | Q(counterparty__icontains=text))
    day = today()
    soon = day + timedelta(days=SOON_DAYS)
    red = Q(step_due__lt=day) | Q(state="stopped") | Q(unratified=True)
    light = chosen.get("light")
    if light == "r":
        rows = rows.filter(red, state__in=LIVE)
    elif light == "y":
        rows = rows.filter(step_due__gte=day, step_due__lte=soon).exclude(red)
    elif light == "g":
        rows = rows.filter(step_due__gt=soon).exclude(red)
    return filter_state(rows, chosen.get("state") or "")


def filter_state(rows: MatterQuerySet, state: str) -> MatterQuerySet:
    """Keep one state; '' what lives, 'exception', 'split', 'urgent', 'all'."""
    newest = rows.order_by("-registered_on", "-id")
    if state == "all":
        return newest
    if state == "exception":
        return newest.filter(kind=Matter.Kind.EXCEPTION)
    if state == "split":
        return newest.exclude(split_state="")
    if state == "urgent":
        return newest.filter(unratified=True)
    if state in Matter.State.values:
        return newest.filter(state=state)
    return rows.filter(state__in=LIVE).order_by(F("step_due").asc(nulls_last=True), "-id")


def search_matters(user: Any, query: str, limit: int) -> list[Hit]:
    """Find matters by number, title or counterparty among those the user may see."""
    text = query.strip()
    rows = Matter.objects.visible_to(user).filter(Q(title__icontains=text) | Q(number__icontains=text) | Q(counterparty__icontains=text))
    return [
        Hit(
            "决策事项",
            f"{row.number} {row.title}",
            f"{row.unit.name} · {row.get_state_display()}",
            reverse("decisions:matter", args=[row.pk]),
        )
        for row in rows.select_related("unit").order_by("-id")[:limit]
    ]


def list_mine(user: Any) -> QuerySet[Matter] | None:
    """Return the matters that wait for the user's step (counted beside the menu line)."""
    me = standing_of(user).person_id
    return None if me is None else Matter.objects.filter(holder_id=me)


def list_stopped(user: Any) -> QuerySet[Matter] | None:
    """Return what is stopped in the areas that the user oversees; urgent decisions are counted with the meetings' own."""
    from ronghe.decisions.models import READERS  # noqa: PLC0415  (only leaders and the 纪检小组 come here)

    areas = standing_of(user).areas_of(READERS)
    return Matter.objects.filter(state="stopped", area_id__in=areas) if areas else None


def count_mine(user: Any) -> int:
    return count_badge(user, "decisions")


def build_panel(user: Any) -> dict[str, Any] | None:
    """Return the workbench's panel. No query of its own: both numbers come with the menu's."""
    mine, red = count_badge(user, "decisions"), count_badge(user, "decisions-red")
    return {"mine": mine, "red": red} if mine or red else None
