"""The seam to meetings: confirmed themes are offered to the 班子会, and what it resolves is what the stations read."""

from typing import Any

from django.urls import reverse

from ronghe.common.registry import AgendaOffer, Resolved
from ronghe.stationing.actions.themes import resolve_theme
from ronghe.stationing.models import Theme

LABEL, KIND = "stationing.theme", "leaders"


def list_offers(area_id: int, kind: str) -> list[AgendaOffer]:
    """Return the themes that wait. Two queries, none for other kinds of meeting."""
    if kind != KIND:
        return []
    rows = Theme.objects.filter(area_id=area_id, state=Theme.State.CONFIRMED).prefetch_related("points__unit").order_by("pk")
    return [
        AgendaOffer(
            LABEL, row.pk, f"共性问题:{row.title}"[:120], "ordinary", write_text(row), url=reverse("stationing:theme", args=[row.pk]),
            proposal=row.proposal, reporter=row.confirmed_by_id,
        )
        for row in rows
    ]  # fmt: skip


def write_text(theme: Theme) -> str:
    return "\n".join(f"{point.unit.name}({point.found_on}):{point.text}" for point in theme.points.all())


def find_bar(_label: str, pk: int, _kind: str) -> str:
    """Return why a theme may not be taken up now, or ''."""
    waits = Theme.objects.filter(pk=pk, state=Theme.State.CONFIRMED).exists()
    return "" if waits else "这个共性问题已经有结果。"


def take(_label: str, pk: int, outcome: Resolved, by: Any) -> None:
    """Take over what the meeting resolved, in the transaction that closes the item."""
    words = f"{outcome.day} {outcome.title}:{outcome.resolution}" if outcome.passed else f"{outcome.day} 会议未通过:{outcome.because}"
    resolve_theme(Theme.objects.get(pk=pk), result=words, by=by)
