"""Which 管理区 and which months a reader may turn to."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, Q, Subquery, When
from django.http import Http404, HttpRequest

from ronghe.assessment.models import Run
from ronghe.assessment.rules import describe_month, is_month, shift_month
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of

MONTHS = 24
NAMES = (
    "scheme",
    "area",
    "author__person",
    "published_by__person",
)


def pick_area(request: HttpRequest) -> int:
    """Return the 管理区 that the page is about: the one asked for, else one's own. Raises Http404 for a foreign one."""
    standing = standing_of(request.user)
    allowed = standing.readable_areas | standing.overseen_areas
    asked = request.GET.get("area", "")
    if asked:
        if asked.isascii() and asked.isdigit() and int(asked) in allowed:
            return int(asked)
        raise Http404
    if not allowed:
        raise Http404
    return standing.area_id if standing.area_id in allowed else min(allowed)


def list_areas(user: Any) -> list[Unit]:
    """Return the areas between which a reader may choose; one area is no choice and costs no query."""
    standing = standing_of(user)
    allowed = standing.readable_areas | standing.overseen_areas
    return list(Unit.objects.filter(pk__in=allowed).order_by("order", "code")) if len(allowed) > 1 else []


def list_shown_runs(user: Any, area_id: int, period: str = "") -> list[Run]:
    """Return the runs in force of the last months, newest first: the month selector and the run itself in one query.

    How firm its places are comes along with the run that `pick_run` picks, and with no other.
    """
    shown = Run.objects.visible_to(user).in_force().light().filter(area_id=area_id).order_by("-period")
    picked = Q(period=period) if period else Q(pk=Subquery(shown.values("pk")[:1]))
    return list(shown.annotate(picked_stability=Case(When(picked, then=F("stability")))).select_related(*NAMES)[:MONTHS])


def pick_run(runs: list[Run], period: str) -> Run | None:
    """Return the run of the month asked for, or the newest; None where there is none."""
    if not period:
        return runs[0] if runs else None
    if not is_month(period):
        raise Http404
    return next((run for run in runs if run.period == period), None)


@dataclass(frozen=True)
class Option:
    """One choice of a selector."""

    value: str
    label: str
    chosen: bool


def month_options(runs: list[Run], chosen: str) -> list[Option]:
    """Return the months that have a run, newest first; a month asked for without one is there too."""
    months = [run.period for run in runs]
    if chosen and chosen not in months:
        months = sorted([*months, chosen], reverse=True)
    return [Option(month, describe_month(month), month == chosen) for month in months]


def find_before(runs: list[Run], period: str) -> Run | None:
    """Return the run of the month before, where it was run."""
    wanted = shift_month(period, -1)
    return next((run for run in runs if run.period == wanted), None)
