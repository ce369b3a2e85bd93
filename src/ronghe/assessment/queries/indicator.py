"""One indicator across the units of a track in a run: who stands where, and why."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from ronghe.assessment import kernel
from ronghe.assessment.models import Run
from ronghe.assessment.queries.marks import list_marks
from ronghe.assessment.queries.station import STATE_WORDS, write_figure
from ronghe.assessment.rules import mean
from ronghe.assessment.words import describe_effect, describe_method, describe_missing
from ronghe.goals.models import Indicator


@dataclass(frozen=True)
class IndicatorRow:
    """One unit's mark for the indicator."""

    unit: str
    url: str
    actual: str
    target: str
    mark: str
    lost: str
    word: str
    because: str
    ours: bool


@dataclass(frozen=True)
class IndicatorPage:
    """What the page of one indicator prints."""

    name: str
    unit: str
    full: str
    method: str
    missing: str
    definition: str
    source: str
    basis: str
    track: str
    tracks: list[tuple[str, str, bool]]
    rows: list[IndicatorRow]
    chart: dict[str, Any]
    mean: str


def list_series(rows: list[IndicatorRow]) -> list[dict[str, Any]]:
    """Return the bars: one's own unit in its colour, the others in another."""
    return [
        {"name": "本单位", "role": "ours", "values": [row.mark if row.ours and row.mark else None for row in rows]},
        {"name": "其他单位", "role": "mean", "values": [row.mark if not row.ours and row.mark else None for row in rows]},
    ]


def build_indicator(run: Run, code: str, track: str, *, own: int | None) -> IndicatorPage | None:
    """Return the page, or None where the run's scheme lacks the indicator or nobody in the track has it. Two queries."""
    scheme = kernel.scheme_of(run.scheme)
    item = scheme.indicator_by_code.get(code)
    if item is None:
        return None
    marks = sorted(list_marks([run], indicators=[code], with_units=True), key=lambda mark: (mark.unit.order, mark.unit.code))
    present = {mark.track for mark in marks}
    tracks = [(key, name, False) for key, name in run.tracks if key in present]
    if not tracks:
        return None
    chosen = track if track in present else tracks[0][0]
    shown = sorted(
        (mark for mark in marks if mark.track == chosen), key=lambda mark: -(mark.mark if mark.mark is not None else Decimal(-1))
    )
    known = Indicator.objects.filter(area_id=run.area_id, code=code).first()
    rows = [
        IndicatorRow(
            unit=mark.unit.name,
            url=reverse("assessment:station", args=[mark.unit_id]) + f"?run={run.pk}",
            actual=write_figure(mark.actual, ""),
            target=write_figure(mark.target, ""),
            mark=kernel.fixed(mark.mark, scheme.digits),
            lost=kernel.fixed(mark.lost, scheme.digits),
            word=STATE_WORDS.get(mark.state, ""),
            because=mark.because,
            ours=mark.unit_id == own,
        )
        for mark in shown
    ]
    average = kernel.fixed(mean(mark.mark for mark in shown), scheme.digits)
    return IndicatorPage(
        name=item.name,
        unit=item.unit,
        full=kernel.plain(item.full),
        method=describe_effect(item, scheme.dimension_by_code) if item.is_veto else describe_method(item),
        missing="" if item.is_veto else describe_missing(scheme.policy_of(item)),
        definition=known.definition if known else "",
        source=known.source if known else "",
        basis=known.basis if known else "",
        track=dict(run.tracks)[chosen],
        tracks=[(key, name, key == chosen) for key, name, _chosen in tracks],
        rows=rows,
        chart={
            "labels": [row.unit for row in rows],
            "decimals": scheme.digits,
            "unit": "分",
            "horizontal": True,
            "min": 0,
            "max": kernel.plain(item.full) if item.full else None,
            "stack": True,
            "series": [series for series in list_series(rows) if any(series["values"])],
            "marks": [{"name": "平均", "value": average}] if average else [],
        },
        mean=average,
    )
