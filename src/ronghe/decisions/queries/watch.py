"""过程监管: what the 纪检小组 looks at: stopped, late, standing long, exceptions, urgent decisions, splits, the same people twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from ronghe.common.calendar import today
from ronghe.common.registry import Matter as Counted
from ronghe.decisions.models import Matter, Outcome, Stop
from ronghe.decisions.queries.detail import find_repetition
from ronghe.decisions.queries.matters import MatterLine, describe_matter, load_steps
from ronghe.decisions.rules import LIVE, SamePeople

MOST = 200


@dataclass(frozen=True)
class Watched:
    """The groups of the page; a matter may stand in several."""

    stopped: list[tuple[MatterLine, Stop]]
    late: list[MatterLine]
    soon: list[MatterLine]
    exceptions: list[MatterLine]
    urgent: list[MatterLine]
    splits: list[tuple[MatterLine, str]]
    repeated: list[tuple[MatterLine, SamePeople]]
    count: int


def load_watched(user: Any) -> Watched:
    """Return what stands out among the matters that the user may read. Five queries."""
    day = today()
    year = Q(registered_on__gte=day - timedelta(days=365))
    rows = list(
        Matter.objects.visible_to(user)
        .filter(Q(state__in=LIVE) | year)
        .select_related("unit", "owner", "holder", "edition")
        .order_by("-id")[:MOST]
    )
    steps = load_steps(row.pk for row in rows)
    lines = {row.pk: describe_matter(row, steps.get(row.pk, []), day) for row in rows}
    stops = {
        stop.matter_id: stop
        for stop in Stop.objects.filter(matter_id__in=lines).exclude(state__in=("resumed", "ended")).select_related("stopped_by", "step")
    }
    sittings: dict[int, list[Any]] = {}
    for outcome in Outcome.objects.filter(matter_id__in=lines, urgent=False):
        sittings.setdefault(outcome.matter_id, []).append(outcome.read_sitting())
    repeated = [(lines[pk], same) for pk, found in sittings.items() if (same := find_repetition(found)) is not None]
    running = [row for row in rows if row.state == Matter.State.RUNNING]
    return Watched(
        [(lines[row.pk], stops[row.pk]) for row in rows if row.state == Matter.State.STOPPED and row.pk in stops],
        [lines[row.pk] for row in running if row.step_due and row.step_due < day],
        [lines[row.pk] for row in running if row.step_due and day <= row.step_due <= day + timedelta(days=5)],
        [lines[row.pk] for row in rows if row.is_exception],
        [lines[row.pk] for row in rows if row.unratified],
        [(lines[row.pk], f"{row.split_why}{row.split_note}") for row in rows if row.split_state],
        repeated,
        sum(1 for row in rows if row.is_live),
    )


def count_matters(area_ids: list[int]) -> list[Counted]:
    """Return what the 底数 counts here. One query."""
    return list(iterate_matters(area_ids))


def iterate_matters(area_ids: list[int]) -> Iterator[Counted]:
    rows = (
        Matter.objects.filter(area_id__in=area_ids, state__in=LIVE)
        .order_by()
        .values_list("area_id", "unit_id", "holder_id")
        .annotate(
            count=Count("pk"),
            late=Count("pk", filter=Q(step_due__lt=today())),
            stopped=Count("pk", filter=Q(state="stopped")),
        )
    )
    address = reverse("decisions:list")
    for area, unit, holder, count, late, stopped in rows:
        yield Counted("决策事项在办", area, unit, holder, count, late, address)
        if stopped:
            yield Counted("决策事项被叫停", area, unit, holder, stopped, stopped, f"{address}?state=stopped")
