"""Earlier ideas that are like a new one."""

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from ronghe.initiatives.models import Idea
from ronghe.initiatives.rules import find_alike

# the newest ones are compared: a wheel invented longer ago may be invented again
MOST_COMPARED = 1500


@dataclass(frozen=True)
class AlikeLine:
    pk: int
    title: str
    note: str
    degree: Decimal
    url: str


def list_alike(area_id: int, title: str, problem: str, *, but: int = 0) -> list[AlikeLine]:
    """Return the ideas of the area that are most like these words. Two queries."""
    if not f"{title}{problem}".strip():
        return []
    rows = Idea.objects.filter(area_id=area_id).exclude(pk=but).order_by("-pk").values_list("pk", "title", "problem")[:MOST_COMPARED]
    degrees = dict(find_alike(title, problem, rows))
    found = {idea.pk: idea for idea in Idea.objects.filter(pk__in=degrees).select_related("unit")} if degrees else {}
    return [describe_alike(found[pk], degree) for pk, degree in degrees.items()]


def describe_alike(idea: Idea, degree: float | Decimal) -> AlikeLine:
    note = f"{idea.number} · {idea.unit.name} · {idea.get_state_display()}"
    return AlikeLine(idea.pk, idea.title, note, Decimal(str(degree)), reverse("initiatives:idea", args=[idea.pk]))
