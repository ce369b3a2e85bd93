"""What other contexts ask of decisions: what became of what was raised here, a person's plot, the facts of a report."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from ronghe.common.calendar import today
from ronghe.common.links import link_to
from ronghe.common.registry import Crop, CureLine, Fact
from ronghe.decisions.models import Matter
from ronghe.decisions.queries.matters import read_light
from ronghe.decisions.rules import LIVE
from ronghe.org.models import Person

MOST = 40


def list_cures(user: Any, label: str, pks: Iterable[int]) -> dict[int, list[CureLine]]:
    """Return pk → the matters that were raised on these objects. Who may not read one learns its state, not its content."""
    app, _dot, model = label.partition(".")
    try:
        kind = ContentType.objects.get_by_natural_key(app, model)
    except ContentType.DoesNotExist:
        return {}
    rows = list(Matter.objects.filter(origin_type=kind, origin_id__in=list(pks)).order_by("pk"))
    readable = set(Matter.objects.visible_to(user).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)) if rows else set()
    lines: dict[int, list[CureLine]] = {}
    for row in rows:
        light = read_light(row, today())
        may = row.pk in readable
        lines.setdefault(int(row.origin_id or 0), []).append(
            CureLine(
                str(row) if may else f"决策事项 {row.number}", light.state, str(row.get_state_display()), light.note,
                link_to("decisions:matter", row.pk) if may else "", ended=not row.is_live,
            )
        )  # fmt: skip
    return lines


def list_crops(user: Any, person_id: int) -> list[Crop]:
    """Return the live matters that a person answers for, of what the reader may read. One query."""
    rows = Matter.objects.visible_to(user).filter(owner_id=person_id, state__in=LIVE).order_by("step_due", "pk")[:MOST]
    crops = []
    for row in rows:
        light = read_light(row, today())
        crops.append(Crop("决策事项", row.title, light.state, light.word, light.note, link_to("decisions:matter", row.pk)))
    return crops


def list_facts(person: Person, first: date, last: date) -> list[Fact]:
    """Return the matters that a person answered for in these days. One query."""
    open_then = Q(registered_on__lte=last) & (Q(ended_on=None) | Q(ended_on__gte=first))
    # who judges a person reads this person's facts; matters of personnel are not theirs to read
    rows = (
        Matter.objects.filter(open_then, owner=person, kind=Matter.Kind.NORMAL)
        .exclude(category="personnel")
        .order_by("-registered_on", "pk")[:MOST]
    )
    return [
        Fact(
            "", "决策事项", row.title, str(row.get_state_display()), row.number, link_to("decisions:matter", row.pk),
            "done" if not row.is_live else read_light(row, min(last, today())).state,
        )
        for row in rows
    ]  # fmt: skip
