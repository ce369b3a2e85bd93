"""Items for lists, search and for the pages of what they were found on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from ronghe.common.calendar import today
from ronghe.common.lights import SOON_DAYS, Light, light_for
from ronghe.common.registry import CureLine, Hit
from ronghe.org.standing import standing_of
from ronghe.rectification.models import Item, ItemQuerySet, Occurrence
from ronghe.rectification.rules import LIVE

TONES = {"open": "yellow", "curing": "blue", "proving": "blue", "returned": "red", "recurred": "red", "closed": "green", "void": ""}


@dataclass(frozen=True)
class ItemLine:
    """One item, ready to print."""

    pk: int
    number: str
    title: str
    source: str
    unit: str
    owner: str
    verifier: str
    holder: str
    state: str
    tone: str
    light: str
    word: str
    note: str
    due: str
    round: int
    url: str


def read_light(item: Item, day: date) -> Light:
    """Return the light of an item: it follows the step that is next, by whoever has it."""
    return light_for(item.step_due, day, done=not item.is_live)


def describe_item(item: Item, day: date) -> ItemLine:
    """Return an item ready to print; wants select_related(unit, owner, verifier, holder)."""
    light = read_light(item, day)
    return ItemLine(
        item.pk,
        item.number,
        item.title,
        item.source_name,
        item.unit.name,
        item.owner.name,
        item.verifier.name,
        item.holder.name if item.holder else "",
        item.get_state_display(),
        TONES[item.state],
        light.state,
        light.word,
        light.note if item.is_live else f"{item.ended_on}",
        str(item.due),
        item.round,
        reverse("rectification:item", args=[item.pk]),
    )


def filter_items(rows: ItemQuerySet, chosen: dict[str, Any], user: Any) -> ItemQuerySet:
    """Keep what the filters of the list ask for; without a state: what is not ended."""
    me = standing_of(user).person_id or 0
    rows = rows.select_related("unit", "party_group", "owner", "verifier", "holder")
    if chosen.get("scope") == "mine":
        rows = rows.filter(holder_id=me)
    elif chosen.get("scope") == "owned":
        rows = rows.filter(owner_id=me)
    elif chosen.get("scope") == "verified":
        rows = rows.filter(verifier_id=me)
    for name in ("unit", "owner"):
        if chosen.get(name):
            rows = rows.filter(**{f"{name}_id": chosen[name]})
    if chosen.get("source"):
        rows = rows.filter(source=chosen["source"])
    if chosen.get("text"):
        text = chosen["text"].strip()
        rows = rows.filter(Q(title__icontains=text) | Q(problem__icontains=text) | Q(number__icontains=text))
    rows = filter_state(rows, chosen.get("state", ""))
    return filter_light(rows, chosen.get("light", ""), today())


def filter_state(rows: ItemQuerySet, state: str) -> ItemQuerySet:
    """Keep one state; '' what lives, 'again' what lives in a second round or later, 'all' everything."""
    if state == "all":
        return rows.order_by("-id")
    if state == "again":
        return rows.filter(round__gt=1, state__in=LIVE)
    if state in Item.State.values:
        return rows.filter(state=state).order_by(F("step_due").asc(nulls_last=True), "-ended_on", "-id")
    return rows.filter(state__in=LIVE)


def filter_light(rows: ItemQuerySet, light: str, day: date) -> ItemQuerySet:
    """Keep one light: the same borders as common.lights; an ended item has none."""
    soon = day + timedelta(days=SOON_DAYS)
    if light == "r":
        return rows.filter(step_due__lt=day)
    if light == "y":
        return rows.filter(step_due__gte=day, step_due__lte=soon)
    if light == "g":
        return rows.filter(step_due__gt=soon)
    return rows


def search_items(user: Any, query: str, limit: int) -> list[Hit]:
    """Find items by number, title or problem among those the user may see."""
    text = query.strip()
    rows = Item.objects.visible_to(user).filter(Q(title__icontains=text) | Q(number__icontains=text) | Q(problem__icontains=text))
    rows = rows.select_related("unit").order_by("-id")[:limit]
    return [
        Hit(
            "整改",
            f"{item.number} {item.title}",
            f"{item.unit.name} · {item.get_state_display()}",
            reverse("rectification:item", args=[item.pk]),
        )
        for item in rows
    ]


def list_items_for(user: Any, origin: models.Model) -> list[CureLine]:
    """Return what became of the findings on one object."""
    return list_cures(user, origin._meta.label_lower, [origin.pk]).get(origin.pk, [])


def list_cures(user: Any, label: str, pks: Iterable[int]) -> dict[int, list[CureLine]]:
    """Return pk → what became of the findings on these objects. Who may not read an item learns its state, not its content."""
    app, _dot, model = label.partition(".")
    kind = ContentType.objects.filter(app_label=app, model=model).first()
    if kind is None:
        return {}
    found = Occurrence.objects.filter(origin_type=kind, origin_id__in=list(pks)).select_related("item__owner").order_by("id")
    pairs = {(row.origin_id, row.item_id): row.item for row in found}
    if not pairs:
        return {}
    readable = set(Item.objects.visible_to(user).filter(pk__in=[pk for _origin, pk in pairs]).values_list("pk", flat=True))
    day = today()
    lines: dict[int, list[CureLine]] = {}
    for (origin_id, _pk), item in pairs.items():
        lines.setdefault(int(origin_id or 0), []).append(describe_cure(item, day, readable=item.pk in readable))
    return lines


def describe_cure(item: Item, day: date, *, readable: bool) -> CureLine:
    light = read_light(item, day)
    word = "已闭环" if item.state == Item.State.CLOSED else item.get_state_display()
    note = f"{item.ended_on}" if item.ended_on else f"{item.step_due} 前"
    if not readable:
        return CureLine(f"整改 {item.number}", light.state, word, note, ended=not item.is_live)
    url = reverse("rectification:item", args=[item.pk])
    return CureLine(f"{item.number} {item.title}", light.state, word, f"{item.owner.name} · {note}", url, ended=not item.is_live)
