"""对标 (M3): the units of a track by the total or by one indicator, against target, best, mean, last year and their own best.

All from the runs in force that the reader may see; last year's figure of a month without a run from the figures that they may
read. A constant number of queries for any number of units and months.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.urls import reverse

from ronghe.assessment import kernel
from ronghe.assessment.models import Mark, Result, Run
from ronghe.assessment.queries.areas import Option
from ronghe.assessment.queries.marks import list_marks
from ronghe.assessment.rules import last_months, mean, shift_month
from ronghe.assessment.rules_benchmark import give_places, measure_step, pick_best, pick_best_month
from ronghe.common.spark import spark_svg
from ronghe.figures.models import Figure
from ronghe.goals.models import Indicator

TOTAL = "total"
MONTHS = 12
Values = dict[str, Decimal | None]  # month → value


@dataclass(frozen=True)
class Measure:
    """What is compared: the total, or one indicator of the run's scheme."""

    code: str
    name: str
    unit: str
    decimals: int
    direction: str
    indicator_id: int | None = None

    @property
    def is_total(self) -> bool:
        return self.code == TOTAL

    def write(self, value: Decimal | None) -> str:
        """Write a value: a total at the scheme's digits, a figure plainly."""
        if value is None:
            return ""
        return kernel.fixed(value, self.decimals) if self.is_total else kernel.plain(value)

    def write_mean(self, value: Decimal | None) -> str:
        """Write a mean, at one decimal more than the measure has."""
        return kernel.fixed(value, self.decimals if self.is_total else self.decimals + 1)


@dataclass(frozen=True)
class Step:
    """How far from something it is compared with: the distance, whether that is the good side, in a word."""

    value: Decimal | None
    text: str
    word: str
    light: str


@dataclass
class BenchmarkLine:
    """One unit, every number already written; `raw` keeps the numbers for the workbook."""

    unit_id: int
    unit: str
    url: str
    ours: bool
    place: str
    value: str
    target: str
    mark: str
    lost: str
    because: str
    mark_url: str
    to_target: Step
    to_best: Step
    to_mean: Step
    to_last_year: Step
    last_year: str
    own_best: str
    own_best_month: str
    to_own_best: Step
    spark: Any
    values: Values = field(default_factory=dict)
    raw: list[Any] = field(default_factory=list)


@dataclass
class Benchmark:
    """What the page prints."""

    measure: Measure
    track: str
    track_name: str
    tracks: list[Option]
    measures: list[Option]
    lines: list[BenchmarkLine]
    best: str
    mean: str
    months: list[str]
    places: dict[int, dict[str, int]]
    loss_rows: list[tuple[str, str]] = field(default_factory=list)
    losses: dict[tuple[int, str], Mark] = field(default_factory=dict)
    digits: int = 2


def build_benchmark(user: Any, run: Run, runs: list[Run], *, track: str, code: str, own: int | None) -> Benchmark:
    """Compare the units of a track in a run. `runs`: the runs in force that the reader may see. Six queries."""
    scheme = kernel.scheme_of(run.scheme)
    results = list(Result.objects.filter(run=run).select_related("unit"))
    present = {row.track for row in results}
    tracks = [(key, name) for key, name in run.tracks if key in present]
    chosen = track if track in present else (next((row.track for row in results if row.unit_id == own), "") or next(iter(dict(tracks)), ""))
    rows = sorted((row for row in results if row.track == chosen), key=lambda row: (row.unit.order, row.unit.code))
    known = {row.code: row for row in Indicator.objects.filter(area_id=run.area_id)}
    items = [item for item in scheme.indicators_for(chosen) if not item.is_veto]
    measure = pick_measure(scheme, items, known, code)
    by_period = {one.period: one for one in runs} | {run.period: run}
    units = [row.unit_id for row in rows]
    history, placed = load_history(by_period, units, measure)
    marks = list_marks([run], units=units)
    add_last_year(user, history, units, measure, shift_month(run.period, -MONTHS))
    found = Benchmark(
        measure=measure,
        track=chosen,
        track_name=dict(tracks).get(chosen, chosen),
        tracks=[Option(key, name, key == chosen) for key, name in tracks],
        measures=[Option(TOTAL, "总分", measure.is_total), *(Option(item.code, item.name, item.code == measure.code) for item in items)],
        lines=[],
        best="",
        mean="",
        months=[month for month in last_months(run.period, MONTHS) if month in by_period],
        places=placed,
        digits=scheme.digits,
    )
    fill_lines(found, run, rows, history, {mark.unit_id: mark for mark in marks if mark.indicator == measure.code}, own)
    found.loss_rows = [(item.code, item.name) for item in items if item.full]
    found.losses = {(mark.unit_id, mark.indicator): mark for mark in marks}
    return found


def pick_measure(scheme: Any, items: list[Any], known: Mapping[str, Indicator], code: str) -> Measure:
    """Return the indicator asked for, else the total."""
    item = next((item for item in items if item.code == code), None)
    if item is None:
        return Measure(TOTAL, "总分", "分", scheme.digits, "up")
    row = known.get(item.code)
    return Measure(item.code, item.name, item.unit, item.decimals, row.direction if row else "none", row.pk if row else None)


def load_history(by_period: dict[str, Run], units: list[int], measure: Measure) -> tuple[dict[int, Values], dict[int, dict[str, int]]]:
    """Return unit → month → value, and unit → month → place in the track of that month. One query."""
    periods = {run.pk: period for period, run in by_period.items()}
    values: dict[int, Values] = defaultdict(dict)
    places: dict[int, dict[str, int]] = defaultdict(dict)
    if measure.is_total:
        for run_id, unit, total, place in Result.objects.filter(run__in=periods, unit__in=units).values_list(
            "run_id", "unit_id", "total", "place"
        ):
            values[unit][periods[run_id]] = total
            if place is not None:
                places[unit][periods[run_id]] = place
        return values, places
    # places by an indicator are among all units of the month's track, also those that are in another one today
    peers: dict[tuple[int, str], dict[int, Decimal | None]] = defaultdict(dict)
    for mark in list_marks(by_period.values(), indicators=[measure.code]):
        peers[mark.run_id, mark.track][mark.unit_id] = mark.actual
    wanted = set(units)
    for (run_id, _track), actuals in peers.items():
        given = give_places(actuals, measure.direction)
        for unit in wanted & actuals.keys():
            values[unit][periods[run_id]] = actuals[unit]
            if unit in given:
                places[unit][periods[run_id]] = given[unit]
    return values, places


def add_last_year(user: Any, history: dict[int, Values], units: list[int], measure: Measure, month: str) -> None:
    """Fill in last year's figure where that month was never run (before this product): from what the reader may read. One query at most."""
    lacking = [unit for unit in units if history[unit].get(month) is None]
    if measure.indicator_id is None or not lacking:
        return
    rows = Figure.objects.visible_to(user).filter(indicator_id=measure.indicator_id, period=month, unit__in=lacking, in_force=True)
    for unit, actual in rows.values_list("unit_id", "actual"):
        history[unit][month] = actual


def fill_lines(found: Benchmark, run: Run, rows: list[Result], history: dict[int, Values], marks: dict[int, Mark], own: int | None) -> None:
    """Write the lines, the best first, and what they are compared with."""
    measure, period = found.measure, run.period
    values = {row.unit_id: history[row.unit_id].get(period) for row in rows}
    places = (
        {row.unit_id: row.place for row in rows if row.place is not None} if measure.is_total else give_places(values, measure.direction)
    )
    best, average = pick_best(values.values(), measure.direction), mean(values.values())
    if average is not None:
        average = average.quantize(Decimal(1).scaleb(-(measure.decimals + (not measure.is_total))))
    found.best, found.mean = measure.write(best), measure.write_mean(average)
    months = last_months(period, MONTHS)
    before = shift_month(period, -MONTHS)
    for row in rows:
        line = history[row.unit_id]
        value, mark = values[row.unit_id], marks.get(row.unit_id)
        past = {month: one for month, one in line.items() if month <= period}
        record = pick_best(past.values(), measure.direction)
        target = mark.target if mark else None
        steps = [write_step(measure, value, other) for other in (target, best, average, line.get(before), record)]
        found.lines.append(
            BenchmarkLine(
                unit_id=row.unit_id,
                unit=row.unit.name,
                url=reverse("assessment:station", args=[row.unit_id]) + f"?period={period}",
                ours=row.unit_id == own,
                place=str(places.get(row.unit_id, "")),
                value=measure.write(value),
                target=measure.write(target),
                mark=kernel.fixed(mark.mark, found.digits) if mark else "",
                lost=kernel.fixed(mark.lost, found.digits) if mark else "",
                because=mark.because if mark else row.place_because or row.because,
                mark_url=reverse("assessment:mark", args=[mark.pk]) if mark else "",
                to_target=steps[0],
                to_best=steps[1],
                to_mean=steps[2],
                to_last_year=steps[3],
                last_year=measure.write(line.get(before)),
                own_best=measure.write(record),
                own_best_month=pick_best_month(past, measure.direction),
                to_own_best=steps[4],
                spark=spark_svg([line.get(month) for month in months], describe_line(row.unit.name, measure, months, line), tone="grey"),
                values={month: line.get(month) for month in months},
                raw=[value, target, best, average, line.get(before), record],
            )
        )
    found.lines.sort(key=lambda one: (not one.place, int(one.place or 0)))


def write_step(measure: Measure, value: Decimal | None, other: Decimal | None) -> Step:
    """Write how far a value lies from another: sign, number, and whether that is the good side."""
    step = measure_step(value, other)
    if step is None:
        return Step(None, "", "", "")
    if step == 0:
        return Step(step, "0", "持平", "")
    text = f"{'+' if step > 0 else '−'}{measure.write(abs(step))}"
    if measure.direction == "none":
        return Step(step, text, "", "")
    good = (step > 0) == (measure.direction != "down")
    return Step(step, text, "好" if good else "差", "green" if good else "red")


def describe_line(name: str, measure: Measure, months: list[str], line: Values) -> str:
    """Say a unit's year in words, for those who don't see its line."""
    known = [(month, line.get(month)) for month in months if line.get(month) is not None]
    if not known:
        return f"{name} {measure.name}"
    (first, low), (last, high) = known[0], known[-1]
    return f"{name} {measure.name} {first} {measure.write(low)} → {last} {measure.write(high)}"
