"""追标分析 of one unit in one run: its gaps, what may move how far, and what a set of figures would come to."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from ronghe.assessment import kernel, whatif
from ronghe.assessment.models import Mark, Result, Run
from ronghe.assessment.queries.marks import list_marks, list_runs
from ronghe.assessment.queries.ranges import Reach, list_reaches
from ronghe.assessment.queries.ranking import LIGHTS
from ronghe.assessment.queries.station import STATE_WORDS, may_see_figures, write_distance, write_figure, write_step
from ronghe.assessment.rules import Change, compare_marks, compare_places, describe_month, light_of_grade, shift_month
from ronghe.figures.models import Figure
from ronghe.goals.models import Indicator, Target
from ronghe.org.models import Unit

if TYPE_CHECKING:
    from ronghe.scoring.chase import Goal, Plan

FIELD = "v-"  # the name of an indicator's figure in a form


@dataclass(frozen=True)
class GapLine:
    """One indicator: how far it is from everything that it is compared with, and how far it may be moved."""

    code: str
    name: str
    unit: str
    side: str
    actual: str
    target: str
    full: str
    mark: str
    lost: str
    lost_value: Decimal
    word: str
    to_target: str
    to_leader: str
    leader: str
    to_mean: str
    last_year: str
    last_year_step: str
    needed: str
    reach: Reach | None
    best: str
    best_month: str
    step: str
    actual_value: Decimal | None
    value: str
    low: str
    high: str
    whole: bool


@dataclass(frozen=True)
class ChasePage:
    """What the page of a unit prints."""

    result: Result
    total: str
    grade: str
    light: str
    lines: list[GapLine]
    reaches: dict[str, Reach]
    places: list[tuple[int, str]]

    @property
    def movable(self) -> list[GapLine]:
        """What may be moved, the greatest losses first."""
        return sorted((line for line in self.lines if line.reach is not None), key=lambda line: -line.lost_value)


@dataclass(frozen=True)
class Tried:
    """What a set of figures would come to, beside what is."""

    total: str
    place: str
    peers: int
    grade: str
    light: str
    total_change: Change
    place_change: Change
    to_next: str
    state: str
    lines: list[dict[str, str]]
    is_changed: bool


def load_marks(run: Run, track: str) -> dict[int, list[Mark]]:
    """Return unit → its marks in the run, in the scheme's order. One query."""
    found: dict[int, list[Mark]] = {}
    for mark in list_marks([run], track=track):
        found.setdefault(mark.unit_id, []).append(mark)
    return found


def find_last_year(run: Run, unit: Unit, user: Any) -> dict[str, Decimal]:
    """Return indicator → the unit's figure of the same month last year: as published, and for who sees figures also where it wasn't."""
    month = shift_month(run.period, -12)
    shown = list_marks(list_runs(area_id=run.area_id, period=month, state__in=Run.IN_FORCE), units=[unit.pk])
    known = {mark.indicator: mark.actual for mark in shown if mark.actual is not None}
    if not known and may_see_figures(user, unit):
        rows = Figure.objects.filter(unit=unit, period=month, in_force=True, actual__isnull=False)
        known = dict(rows.values_list("indicator__code", "actual"))
    return known


def build_chase(run: Run, unit: Unit, user: Any) -> ChasePage | None:
    """Return the analysis of a unit in a run, or None where it was not scored. A constant number of queries."""
    results = list(Result.objects.filter(run=run).select_related("unit"))
    result = next((row for row in results if row.unit_id == unit.pk), None)
    if result is None:
        return None
    scheme = kernel.scheme_of(run.scheme)
    peers = sorted((row for row in results if row.track == result.track and row.place), key=lambda row: row.place or 0)
    marks = list_marks([run], units=[unit.pk])
    indicators = {row.code: row for row in Indicator.objects.filter(area_id=run.area_id)}
    bases = dict(Target.objects.filter(unit=unit, period=run.period).values_list("indicator__code", "base"))
    reaches = list_reaches(run, marks, bases, indicators)
    last_year = find_last_year(run, unit, user)
    names = {row.unit.code: row.unit.name for row in results}
    lines = [
        write_gap(mark, scheme, reaches.get(mark.indicator), last_year.get(mark.indicator), names)
        for mark in marks
        if mark.indicator in scheme.indicator_by_code
    ]
    return ChasePage(
        result=result,
        total=kernel.fixed(result.total, scheme.digits),
        grade=result.grade,
        light=light_for(scheme, result.grade),
        lines=lines,
        reaches=reaches,
        places=[(row.place, row.unit.name) for row in peers if row.place and result.place and row.place < result.place],
    )


def light_for(scheme: Any, grade: str) -> str:
    """Return the light of a grade in its scheme."""
    return LIGHTS.get(light_of_grade(grade, [row.name for row in scheme.grades]), "")


def write_gap(mark: Mark, scheme: Any, reach: Reach | None, last_year: Decimal | None, names: dict[str, str]) -> GapLine:
    """Write one indicator's gaps."""
    item = scheme.indicator_by_code[mark.indicator]
    unit = item.unit
    return GapLine(
        code=mark.indicator,
        name=item.name,
        unit=unit,
        side=mark.side,
        actual=write_figure(mark.actual, unit),
        target=write_figure(mark.target, unit),
        full=kernel.plain(mark.full or Decimal(0)),
        mark=kernel.fixed(mark.mark, scheme.digits),
        lost=kernel.fixed(mark.lost, scheme.digits),
        lost_value=mark.lost or Decimal(0),
        word=STATE_WORDS.get(mark.state, ""),
        to_target=write_step(mark.target, mark.actual, unit) if mark.target is not None and mark.target != mark.actual else "",
        to_leader=write_distance(mark.to_leader, scheme.digits),
        leader=names.get(mark.leader, ""),
        to_mean=write_distance(mark.to_mean, scheme.digits),
        last_year=write_figure(last_year, unit),
        last_year_step=write_step(mark.actual, last_year, unit) if last_year is not None and last_year != mark.actual else "",
        needed=write_figure(mark.needed_actual, unit),
        reach=reach,
        best=write_figure(reach.best, unit) if reach else "",
        best_month=describe_month(reach.month) if reach else "",
        step=kernel.plain(Decimal(1) if item.method in ("events", "veto") else Decimal(1).scaleb(-item.decimals)),
        actual_value=mark.actual,
        value=kernel.plain(mark.actual) if mark.actual is not None else "",
        low=kernel.plain(reach.low) if reach else "",
        high=kernel.plain(reach.high) if reach else "",
        whole=item.method in ("events", "veto"),
    )


def read_result(run: Run, page: ChasePage) -> Tried:
    """Write what the month's result says, without asking the kernel again."""
    scheme, row = kernel.scheme_of(run.scheme), page.result
    return Tried(
        total=page.total,
        place=str(row.place or ""),
        peers=row.peers,
        grade=row.grade,
        light=page.light,
        total_change=compare_marks(row.total, row.total, scheme.digits),
        place_change=compare_places(row.place, row.place),
        to_next=kernel.fixed(row.to_next, scheme.digits),
        state=row.state,
        lines=[],
        is_changed=False,
    )


def try_values(run: Run, page: ChasePage, values: Mapping[str, Decimal]) -> Tried:
    """Run the kernel with other figures for the unit, and write what comes of it beside the month's result."""
    if not values:
        return read_result(run, page)
    scheme = kernel.scheme_of(run.scheme)
    code, result = page.result.unit.code, page.result
    outcome = whatif.try_figures(run, result.track, code, values)
    then = outcome.standings[code]
    better = [
        row.total
        for row in outcome.standings.values()
        if row.place is not None and then.place is not None and row.place < then.place and row.total is not None
    ]
    return Tried(
        total=kernel.fixed(then.total, scheme.digits),
        place=str(then.place or ""),
        peers=then.peers,
        grade=then.grade,
        light=light_for(scheme, then.grade),
        total_change=compare_marks(then.total, result.total, scheme.digits),
        place_change=compare_places(then.place, result.place),
        to_next=kernel.fixed(min(better) - then.total, scheme.digits) if better and then.total is not None else "",
        state="final" if then.is_final else "provisional",
        lines=[write_tried(page, key, value, outcome.marks[code, key], scheme.digits) for key, value in values.items()],
        is_changed=True,
    )


def write_tried(page: ChasePage, code: str, value: Decimal, mark: Decimal | None, digits: int) -> dict[str, str]:
    """Write one figure that was changed."""
    line = next(line for line in page.lines if line.code == code)
    return {
        "name": line.name,
        "before": line.actual or "未报",
        "after": write_figure(value, line.unit),
        "mark_before": line.mark or "—",
        "mark_after": kernel.fixed(mark, digits) or "—",
    }


def search(run: Run, page: ChasePage, goal: "Goal") -> "Plan":
    """Return the cheapest plan for the unit within its plausible ranges."""
    actuals = {
        row["indicator"]: row["actual"]
        for row in whatif.load_track(run, page.result.track).to_pylist()
        if row["unit"] == page.result.unit.code
    }
    ranges = {code: reach.improving(actuals[code]) for code, reach in page.reaches.items() if actuals.get(code) is not None}
    return whatif.find_plan(run, page.result.track, page.result.unit.code, goal, ranges)


def describe_plan(run: Run, page: ChasePage, plan: "Plan") -> dict[str, Any]:
    """Write a plan: its steps, what they cost and come to, and the address that puts them on the sliders."""
    scheme = kernel.scheme_of(run.scheme)
    names = {line.code: line for line in page.lines}
    steps = [
        {
            "name": names[step.indicator].name,
            "before": write_figure(step.before, names[step.indicator].unit),
            "after": write_figure(step.after, names[step.indicator].unit),
            "step": write_step(step.after, step.before, names[step.indicator].unit),
            "cost": f"{kernel.fixed(step.cost * 100, 2)}%",
            "mark": f"{kernel.fixed(step.mark_before, scheme.digits)} → {kernel.fixed(step.mark_after, scheme.digits)}",
        }
        for step in sorted(plan.steps, key=lambda step: step.cost)
    ]
    return {
        "state": plan.state,
        "steps": steps,
        "cost": f"{kernel.fixed(plan.cost * 100, 2)}%",
        "total_before": kernel.fixed(plan.before.total, scheme.digits),
        "total": kernel.fixed(plan.standing.total, scheme.digits),
        "place_before": plan.before.place or "—",
        "place": plan.standing.place or "—",
        "grade": plan.standing.grade,
        "light": light_for(scheme, plan.standing.grade),
        "query": urlencode({f"{FIELD}{step.indicator}": kernel.plain(step.after) for step in plan.steps}),
    }
