"""The workbench's view of the assessment: how do we stand, what is new; and what search finds."""

from typing import Any

from django.db.models import Q
from django.urls import reverse

from ronghe.assessment import kernel
from ronghe.assessment.models import Result, Run, SchemeVersion
from ronghe.assessment.queries.ranking import LIGHTS, load_history
from ronghe.assessment.rules import compare_marks, compare_places, describe_month, last_months, light_of_grade, shift_month
from ronghe.common.registry import Hit
from ronghe.common.spark import spark_svg
from ronghe.org.kinds import LEADERS
from ronghe.org.standing import standing_of

TOP = 3


def find_newest(user: Any) -> Run | None:
    """Return the newest run in force of the user's own 管理区. One query."""
    standing = standing_of(user)
    if standing.area_id not in standing.readable_areas:
        return None
    rows = Run.objects.visible_to(user).in_force().light().filter(area_id=standing.area_id).select_related("scheme")
    return rows.order_by("-period").first()


def build_panel(user: Any) -> dict[str, Any] | None:
    """Return 'how do we stand': a leader sees the ends of the track tables, everybody else the own unit, the committee above its areas. Three queries."""
    run = find_newest(user)
    standing = standing_of(user)
    if run is None:
        areas = list_areas(user) if standing.overseen_areas else []
        return {"areas": areas} if areas else None
    leads = standing.holds((*LEADERS, "indicator_admin", "reviewer", "discipline_member"))
    base = {
        "run": run,
        "month": describe_month(run.period),
        "state": run.get_state_display(),
        "until": run.shown_until if run.state == Run.State.PUBLISHED else None,
        "url": reverse("assessment:ranking") + f"?period={run.period}",
    }
    if leads:
        return {**base, "tracks": list_ends(run)}
    own = describe_own(run, standing.unit_id)
    return {**base, "own": own} if own else {**base, "tracks": list_ends(run)}


def list_areas(user: Any) -> list[dict[str, Any]]:
    """Return the newest published month of each area below the user, side by side. Two queries for any number of areas."""
    newest: dict[int, Run] = {}
    overseen = Run.objects.visible_to(user).in_force().light().filter(area_id__in=standing_of(user).overseen_areas)
    for run in overseen.select_related("area", "scheme").order_by("area__order", "area__code", "-period"):
        newest.setdefault(run.area_id, run)
    found: dict[int, list[Result]] = {}
    for row in Result.objects.filter(run__in=[run.pk for run in newest.values()]).only("run_id", "total", "place"):
        found.setdefault(row.run_id, []).append(row)
    lines = []
    for run in newest.values():
        rows = found.get(run.pk, [])
        totals = [row.total for row in rows if row.total is not None]
        digits = kernel.scheme_of(run.scheme).digits
        lines.append(
            {
                "area": run.area.name,
                "month": describe_month(run.period),
                "state": run.get_state_display(),
                "units": len(rows),
                "unplaced": sum(row.place is None for row in rows),
                "best": kernel.fixed(max(totals, default=None), digits),
                "least": kernel.fixed(min(totals, default=None), digits),
                "url": reverse("assessment:ranking") + f"?area={run.area_id}&period={run.period}",
            }
        )
    return lines


def list_ends(run: Run) -> list[dict[str, Any]]:
    """Return for each track the first and the last units. One query."""
    digits = kernel.scheme_of(run.scheme).digits
    by_track: dict[str, list[Result]] = {}
    for row in Result.objects.filter(run=run).select_related("unit").order_by("place", "unit__order"):
        by_track.setdefault(row.track, []).append(row)
    names = dict(run.tracks)
    ends = []
    for code, name in names.items():
        placed = [row for row in by_track.get(code, []) if row.place]
        rows = placed if len(placed) <= 2 * TOP else [*placed[:TOP], *placed[-TOP:]]
        ends.append(
            {
                "name": name,
                "cut": len(placed) > 2 * TOP,
                "rows": [
                    {
                        "place": row.place,
                        "unit": row.unit.name,
                        "total": kernel.fixed(row.total, digits),
                        "url": reverse("assessment:station", args=[row.unit_id]) + f"?period={run.period}",
                    }
                    for row in rows
                ],
                "unplaced": [row.unit.name for row in by_track.get(code, []) if not row.place],
            }
        )
    return ends


def describe_own(run: Run, unit_id: int | None) -> dict[str, Any] | None:
    """Return the own unit's place, total and line of twelve months. Two queries."""
    row = Result.objects.filter(run=run, unit_id=unit_id or 0).select_related("unit").first()
    if row is None:
        return None
    scheme = kernel.scheme_of(run.scheme)
    months = last_months(run.period, 12)
    past = load_history(run.area_id, months, unit_id=row.unit_id).get(row.unit_id, {})
    total_before, place_before = past.get(shift_month(run.period, -1), (None, None))
    values = [past.get(month, (None, None))[0] for month in months]
    return {
        "unit": row.unit.name,
        "track": dict(run.tracks).get(row.track, row.track),
        "place": row.place,
        "peers": row.peers,
        "total": kernel.fixed(row.total, scheme.digits),
        "grade": row.grade,
        "light": LIGHTS.get(light_of_grade(row.grade, [grade.name for grade in scheme.grades]), ""),
        "to_next": kernel.fixed(row.to_next, scheme.digits),
        "total_change": compare_marks(row.total, total_before, scheme.digits),
        "place_change": compare_places(row.place, place_before),
        "note": row.place_because,
        "spark": spark_svg(values, f"{row.unit.name} 近12个月总分"),
        "url": reverse("assessment:station", args=[row.unit_id]) + f"?period={run.period}",
    }


def search_runs(user: Any, query: str, limit: int) -> list[Hit]:
    """Find runs by their month ('2026-10', '10月')."""
    text = query.strip()
    month = text.removesuffix("月")
    wanted = Q(period__icontains=text)
    if month.isascii() and month.isdigit() and 1 <= int(month) <= 12:
        wanted |= Q(period__endswith=f"-{int(month):02d}")
    rows = Run.objects.visible_to(user).light().filter(wanted).select_related("area")
    return [
        Hit(
            "考核",
            f"{describe_month(run.period)}考核 第{run.number}次",
            f"{run.area.name} · {run.get_state_display()}",
            reverse("assessment:run", args=[run.pk]),
        )
        for run in rows[:limit]
    ]


def search_schemes(user: Any, query: str, limit: int) -> list[Hit]:
    """Find scheme versions by name or code."""
    rows = SchemeVersion.objects.visible_to(user).light().filter(Q(name__icontains=query.strip()) | Q(code__icontains=query.strip()))
    return [Hit("考核方案", str(row), row.get_state_display(), reverse("assessment:scheme", args=[row.pk])) for row in rows[:limit]]
