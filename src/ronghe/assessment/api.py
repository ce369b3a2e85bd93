"""考核 by the API: published results out, each mark with the sentence that explains it."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema

from ronghe.assessment.models import Result, Run
from ronghe.assessment.queries.marks import list_marks
from ronghe.common.api import REFUSALS, Code, Month, needs, write_number
from ronghe.common.exports import mark_export

router = Router(tags=["考核"])


class RunOut(Schema):
    period: str
    number: int
    state: str
    scheme: str
    published_on: date | None
    results_digest: str


class ResultOut(Schema):
    unit: str
    name: str
    track: str
    total: str | None
    place: int | None
    peers: int
    grade: str
    state: str
    party: str | None
    party_full: str | None
    business: str | None
    business_full: str | None
    because: str


class RunResults(Schema):
    run: RunOut
    units: list[ResultOut]


class MarkOut(Schema):
    indicator: str
    side: str
    actual: str | None
    target: str | None
    mark: str | None
    full: str | None
    state: str
    because: str


class UnitMarks(Schema):
    run: RunOut
    result: ResultOut
    marks: list[MarkOut]


def find_run(request: HttpRequest, area: str, period: str) -> Run:
    """Return the run in force of a month, which the owner may read; 404 otherwise."""
    runs = Run.objects.visible_to(request.user).in_force().light().select_related("scheme", "area")
    return get_object_or_404(runs, area__code=area, period=period)


def write_run(run: Run) -> dict[str, Any]:
    return {
        "period": run.period,
        "number": run.number,
        "state": run.get_state_display(),
        "scheme": str(run.scheme),
        "published_on": timezone.localdate(run.published_at) if run.published_at else None,
        "results_digest": run.results_digest,
    }


def write_result(row: Result) -> dict[str, Any]:
    numbers = {name: write_number(getattr(row, name)) for name in ("total", "party", "party_full", "business", "business_full")}
    return {
        "unit": row.unit.code,
        "name": row.unit.name,
        "track": row.track,
        "place": row.place,
        "peers": row.peers,
        "grade": row.grade,
        "state": row.state,
        "because": row.place_because or row.because,
        **numbers,
    }


@router.get("/{area}", response={200: list[RunOut], **REFUSALS}, summary="已公示的月份")
@needs("results:read")
def list_runs(request: HttpRequest, area: Code) -> Any:
    """The months in force, the newest first; 60 at most."""
    runs = Run.objects.visible_to(request.user).in_force().light().select_related("scheme").filter(area__code=area)
    return [write_run(run) for run in runs.order_by("-period", "-pk")[:60]]


@router.get("/{area}/{period}", response={200: RunResults, **REFUSALS}, summary="一个月的结果")
@needs("results:read")
def show_results(request: HttpRequest, area: Code, period: Month) -> Any:
    """Totals, places and both sides of every unit. Logged as what leaves, like an export."""
    run = find_run(request, area, period)
    rows = list(
        Result.objects.visible_to(request.user).filter(run=run).select_related("unit").order_by("track", "place", "unit__order", "pk")
    )
    mark_export(request.user, what=f"接口:{run.period} 考核结果", rows=len(rows), area_id=run.area_id)
    return {"run": write_run(run), "units": [write_result(row) for row in rows]}


@router.get("/{area}/{period}/{unit}", response={200: UnitMarks, **REFUSALS}, summary="一个单位的每一分")
@needs("results:read")
def show_marks(request: HttpRequest, area: Code, period: Month, unit: Code) -> Any:
    """Every mark of a unit with actual, target and the sentence that explains it."""
    run = find_run(request, area, period)
    results = Result.objects.visible_to(request.user).select_related("unit")
    result = get_object_or_404(results, run=run, unit__code=unit)
    marks = list_marks([run], units=[result.unit_id])
    mark_export(request.user, what=f"接口:{run.period} {result.unit.name}得分", rows=len(marks), area_id=run.area_id)
    lines = [
        {
            "indicator": row.indicator,
            "side": row.side,
            "state": row.state,
            "because": row.because,
            **{name: write_number(getattr(row, name)) for name in ("actual", "target", "mark", "full")},
        }
        for row in marks
    ]
    return {"run": write_run(run), "result": write_result(result), "marks": lines}
