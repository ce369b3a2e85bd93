"""我们的成绩: one unit's month, from the place to the figure behind each mark. Constant queries for any number of marks."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse

from ronghe.assessment import kernel
from ronghe.assessment.models import Mark, Result, Run
from ronghe.assessment.permissions import is_within_term
from ronghe.assessment.queries.marks import list_month
from ronghe.assessment.queries.objections import ObjectionChip, find_objections, speaks_for_unit
from ronghe.assessment.queries.ranking import LIGHTS
from ronghe.assessment.queries.stability import describe_place
from ronghe.assessment.rules import Change, compare_marks, compare_places, describe_month, is_plausible, light_of_grade, mean
from ronghe.common.registry import CureLine, Way, find_cures, find_destinations, find_link
from ronghe.documents.models import Document
from ronghe.figures.models import READERS, Adjustment, Batch, Figure
from ronghe.goals.models import Indicator
from ronghe.org.models import Unit
from ronghe.org.standing import standing_of

STATE_WORDS = {"missing": "缺报", "exempt": "免考", "veto": "否决"}


@dataclass(frozen=True)
class Evidence:
    """What stands behind an input: a batch or a file, one click away."""

    label: str
    url: str


@dataclass
class MarkLine:
    """One indicator of a unit in a month, written out."""

    code: str
    name: str
    unit: str
    side: str
    url: str
    full: str
    mark: str
    lost: str
    lost_value: Decimal
    share: int
    state: str
    word: str
    because: str
    actual: str
    target: str
    before: str
    change: Change
    needed: str
    needed_step: str
    implausible: bool
    to_leader: str
    to_mean: str
    leader: str
    is_bonus: bool
    evidence: list[Evidence] = field(default_factory=list)
    adjustment: str = ""
    pk: int = 0
    object_url: str = ""
    objections: list[ObjectionChip] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    cures: list[CureLine] = field(default_factory=list)

    @property
    def is_party(self) -> bool:
        return self.side == Indicator.Side.PARTY


@dataclass
class Front:
    """One of the four 前沿阵地 with its marks."""

    code: str
    name: str
    total: str
    full: str
    lines: list[MarkLine] = field(default_factory=list)


@dataclass(frozen=True)
class StationPage:
    """Everything that the page of one unit in one run prints."""

    result: Result
    total: str
    place: str
    grade: str
    light: str
    total_change: Change
    place_change: Change
    to_next: str
    next_unit: str
    firm: str
    mean: str
    fronts: list[Front]
    chances: list[MarkLine]
    vetoes: list[MarkLine]
    party: dict[str, str]
    business: dict[str, str]
    trend: dict[str, Any]
    places: dict[str, Any]
    trend_rows: list[dict[str, str]]
    radar: dict[str, Any]
    radar_rows: list[dict[str, str]]

    @property
    def can_climb_by_one(self) -> bool:
        """Tell whether some single figure would be enough for the next place."""
        return any(line.needed for line in self.chances)


def load_rows(run: Run, unit: Unit, runs: Iterable[Run]) -> tuple[list[Result], dict[int, Result]]:
    """Return the track's results in this run and this unit's by run id in the others. One query."""
    ids = {item.pk for item in runs} | {run.pk}
    rows = list(Result.objects.filter(Q(run=run) | Q(run__in=ids, unit=unit)).select_related("unit"))
    own = {row.run_id: row for row in rows if row.unit_id == unit.pk}
    track = own[run.pk].track if run.pk in own else None
    return [row for row in rows if row.run_id == run.pk and row.track == track], own


def build_page(run: Run, unit: Unit, user: Any, *, runs: list[Run], against: Run | None) -> StationPage | None:
    """Return the page of a unit in a run, or None where the unit was not scored in it."""
    scheme = kernel.scheme_of(run.scheme)
    peers, own = load_rows(run, unit, runs)
    result = own.get(run.pk)
    if result is None:
        return None
    before = own.get(against.pk) if against else None
    lines = build_lines(run, unit, user, scheme, against=against)
    fronts = group_fronts(scheme, result, lines)
    above = [row for row in peers if result.place and row.place and row.place < result.place]
    nearest = max(above, key=lambda row: row.place or 0, default=None)
    digits = scheme.digits
    return StationPage(
        result=result,
        total=kernel.fixed(result.total, digits),
        place=str(result.place or ""),
        grade=result.grade,
        light=LIGHTS.get(light_of_grade(result.grade, [grade.name for grade in scheme.grades]), ""),
        total_change=compare_marks(result.total, before.total if before else None, digits),
        place_change=compare_places(result.place, before.place if before else None),
        to_next=kernel.fixed(result.to_next, digits),
        next_unit=nearest.unit.name if nearest else "",
        firm=describe_place(run, result, peers),
        mean=kernel.fixed(mean(row.total for row in peers), digits),
        fronts=fronts,
        chances=sorted((line for line in lines if line.lost_value > 0), key=lambda line: -line.lost_value),
        vetoes=[line for line in lines if line.state == "veto"],
        party=write_side(result.party, result.party_full, digits),
        business=write_side(result.business, result.business_full, digits),
        **build_trend(run, own, runs, digits),
        **build_radar(scheme, result, peers, unit.name),
    )


def write_side(marks: Decimal | None, full: Decimal | None, digits: int) -> dict[str, str]:
    """Return marks, full marks and percentage of one side."""
    if not full or marks is None:
        return {"marks": kernel.fixed(marks, digits), "full": "", "percent": ""}
    return {"marks": kernel.fixed(marks, digits), "full": kernel.plain(full), "percent": kernel.fixed(marks * 100 / full, 1)}


def build_lines(run: Run, unit: Unit, user: Any, scheme: Any, *, against: Run | None) -> list[MarkLine]:
    """Return all marks of a unit in a run with what is known about each. A constant number of queries."""
    marks = list_month(run, unit.pk, against=against)
    before = {mark.indicator: mark for mark in marks if against and mark.run_id == against.pk}
    indicators = {row.code: row for row in Indicator.objects.filter(area_id=run.area_id)}
    evidence = find_evidence(run, unit, user)
    names = {indicator.code: indicator for indicator in scheme.indicators}
    lines = []
    for mark in marks:
        if mark.run_id == run.pk:
            line = write_line(mark, before.get(mark.indicator), names.get(mark.indicator), indicators.get(mark.indicator), scheme.digits)
            line.url = reverse("assessment:indicator", args=[mark.indicator]) + f"?run={run.pk}&track={mark.track}"
            line.evidence, reason = evidence.get(mark.indicator, ([], ""))
            # the kernel's sentence says it where the run was computed with it; one approved later is said here
            line.adjustment = "" if reason.partition(":")[2] in line.because else reason
            lines.append(line)
    add_ways(run, unit, user, lines, [mark for mark in marks if not against or mark.run_id != against.pk])
    return lines


def add_ways(run: Run, unit: Unit, user: Any, lines: list[MarkLine], marks: list[Mark]) -> None:
    """Put on each line what may be done about it and what became of it; `marks` are those of all runs of the month."""
    codes = {mark.pk: mark.indicator for mark in marks}
    objections = find_objections(run, unit, user)
    may = run.state in Run.IN_FORCE and is_within_term(run) and speaks_for_unit(user, unit.pk)
    cures: dict[str, list[CureLine]] = {}
    for pk, found in find_cures(user, Mark._meta.label_lower, codes).items():
        known = cures.setdefault(codes[pk], [])
        known += [line for line in found if line not in known]
    for line in lines:
        line.objections, line.cures = objections.get(line.code, []), cures.get(line.code, [])
        if may and not any(chip.is_open for chip in line.objections):
            line.object_url = reverse("assessment:mark-object", args=[line.pk])
        if line.lost_value > 0 and run.state in Run.IN_FORCE and not run.marks_file and all(cure.ended for cure in line.cures):
            line.ways = find_destinations(
                user,
                unit,
                source="gap",
                origin=f"{Mark._meta.label_lower}:{line.pk}",
                title=f"{unit.name}{describe_month(run.period)}「{line.name}」失 {line.lost} 分",
                problem=line.because,
                key=f"indicator:{line.code}",
            )


def write_line(mark: Mark, before: Mark | None, item: Any, indicator: Indicator | None, digits: int) -> MarkLine:
    """Write one mark."""
    unit = item.unit if item else ""
    full = mark.full or Decimal(0)
    needed = mark.needed_actual
    in_range = indicator is None or is_plausible(needed, indicator.plausible_low, indicator.plausible_high)
    return MarkLine(
        pk=mark.pk,
        code=mark.indicator,
        name=item.name if item else mark.indicator,
        unit=unit,
        side=mark.side,
        url="",
        full=kernel.plain(full),
        mark=kernel.fixed(mark.mark, digits),
        lost=kernel.fixed(mark.lost, digits),
        lost_value=mark.lost or Decimal(0),
        share=int(max(Decimal(0), min(Decimal(100), (mark.mark or Decimal(0)) * 100 / full))) if full else 0,
        state=mark.state,
        word=STATE_WORDS.get(mark.state, ""),
        because=mark.because,
        actual=write_figure(mark.actual, unit),
        target=write_figure(mark.target, unit),
        before=kernel.fixed(before.mark, digits) if before else "",
        change=compare_marks(mark.mark, before.mark if before else None, digits),
        needed=write_figure(needed, unit),
        needed_step=write_step(needed, mark.actual, unit),
        implausible=not in_range,
        to_leader=write_distance(mark.to_leader, digits),
        to_mean=write_distance(mark.to_mean, digits),
        leader=mark.leader,
        is_bonus=bool(item) and full == 0 and not item.is_veto,
    )


def write_figure(value: Decimal | None, unit: str) -> str:
    """Write a figure with its unit."""
    return f"{kernel.plain(value)} {unit}".rstrip() if value is not None else ""


def write_distance(value: Decimal | None, digits: int) -> str:
    """Write how far a mark lies from another (positive: below it), in words."""
    if value is None:
        return ""
    if value == 0:
        return "持平"
    size = kernel.fixed(abs(value), digits)
    return f"低 {size}" if value > 0 else f"高 {size}"


def write_step(needed: Decimal | None, actual: Decimal | None, unit: str) -> str:
    """Write how far the needed figure is from the actual one."""
    if needed is None or actual is None:
        return ""
    step = needed - actual
    return f"{'+' if step > 0 else '−'}{kernel.plain(abs(step))} {unit}".rstrip()


def find_evidence(run: Run, unit: Unit, user: Any) -> dict[str, tuple[list[Evidence], str]]:
    """Return indicator → (what stands behind its input as far as the reader may see it, what was adjusted). Four queries."""
    shown = Figure.objects.visible_to(user).filter(unit=unit, period=run.period, in_force=True)
    batches = {code: (batch_id, number) for code, batch_id, number in shown.values_list("indicator__code", "batch_id", "batch__number")}
    adjustments = Adjustment.objects.filter(unit=unit, period=run.period, state=Adjustment.State.APPROVED)
    adjusted = {row.indicator.code: row for row in adjustments.select_related("indicator")}
    # the reason of an adjustment is known to all on the ranking (the mark says it); its proof to those who may see the unit's rows
    proofs = {row.pk for row in adjusted.values()} if may_see_figures(user, unit) else set()
    whole = Batch.objects.visible_to(user).filter(pk__in={pk for pk, _number in batches.values()})
    files = find_documents(set(whole.values_list("pk", flat=True)), proofs)
    found: dict[str, tuple[list[Evidence], str]] = {}
    for code in batches.keys() | adjusted.keys():
        evidence = []
        if code in batches:
            pk, number = batches[code]
            url = find_link("figures.batch", pk)
            evidence += [Evidence(f"填报批次 {number}", url)] if url else []
            evidence += files.get(("batch", pk), [])
        row = adjusted.get(code)
        if row is not None:
            evidence += files.get(("adjustment", row.pk), [])
        found[code] = (evidence, f"{row.get_kind_display()}:{row.reason}" if row is not None else "")
    return found


def may_see_figures(user: Any, unit: Unit) -> bool:
    """Tell whether the reader sees the unit's own rows: the same rule as UnitReadQuerySet, without a query."""
    standing = standing_of(user)
    own = standing.units_of(("reporter", "station_chief", "group_leader"))
    return unit.area_id in standing.areas_of(READERS) or unit.pk in own


def find_documents(batches: set[int], adjustments: set[int]) -> dict[tuple[str, int], list[Evidence]]:
    """Return the files of batches and adjustments. One query."""
    types = ContentType.objects.get_for_models(Batch, Adjustment)
    rows = Document.objects.filter(
        Q(object_type=types[Batch], object_id__in=batches) | Q(object_type=types[Adjustment], object_id__in=adjustments)
    )
    found: dict[tuple[str, int], list[Evidence]] = {}
    for row in rows:
        kind = "batch" if row.object_type_id == types[Batch].pk else "adjustment"
        url = reverse("documents:download", args=[row.pk])
        found.setdefault((kind, row.object_id), []).append(Evidence(row.name, url))
    return found


def group_fronts(scheme: Any, result: Result, lines: list[MarkLine]) -> list[Front]:
    """Put the marks under the fronts of the scheme; vetoes stand apart."""
    codes = {indicator.code: indicator for indicator in scheme.indicators}
    fronts = {}
    for dimension in scheme.dimensions:
        fulls = [item.full for item in scheme.indicators_for(result.track) if item.dimension == dimension.code]
        total = result.dimensions.get(dimension.code) or ""
        fronts[dimension.code] = Front(
            dimension.code, dimension.name, write_total(total, scheme.digits), kernel.plain(sum(fulls, Decimal(0)))
        )
    for line in lines:
        item = codes.get(line.code)
        if item is not None and not item.is_veto and item.dimension in fronts:
            fronts[item.dimension].lines.append(line)
    return [front for front in fronts.values() if front.lines]


def write_total(text: str, digits: int) -> str:
    """Write a dimension's total as kept in the result."""
    return kernel.fixed(Decimal(text), digits) if text else ""


def build_trend(run: Run, own: dict[int, Result], runs: list[Run], digits: int) -> dict[str, Any]:
    """Return the two line charts (total, place) and their table, oldest month first."""
    months = sorted({item.period: item for item in [*runs, run] if item.pk in own}.items())[-12:]
    rows = [own[item.pk] for _period, item in months]
    labels = [period for period, _item in months]
    totals = [kernel.fixed(row.total, digits) or None for row in rows]
    return {
        "trend": {"labels": labels, "decimals": digits, "series": [{"name": "总分", "role": "ours", "values": totals}]},
        "places": {
            "labels": labels,
            "decimals": 0,
            "min": 1,
            "max": max([row.peers for row in rows] + [2]),
            "inverse": True,
            "series": [{"name": "名次", "role": "ours", "values": [row.place for row in rows]}],
        },
        "trend_rows": [
            {"month": label, "total": total or "—", "place": f"{row.place} / {row.peers}" if row.place else "—", "grade": row.grade or "—"}
            for label, total, row in zip(labels, totals, rows, strict=True)
        ],
    }


def build_radar(scheme: Any, result: Result, peers: list[Result], name: str) -> dict[str, Any]:
    """Return the four fronts as a radar: this unit, the track's mean, the best in each, as percentages of the full marks."""
    axes, ours, means, best, rows = [], [], [], [], []
    for dimension in scheme.dimensions:
        full = sum((item.full for item in scheme.indicators_for(result.track) if item.dimension == dimension.code), Decimal(0))
        if not full:
            continue
        values = [percent_of(row.dimensions.get(dimension.code), full) for row in peers]
        known = [value for value in values if value is not None]
        mine = percent_of(result.dimensions.get(dimension.code), full)
        average, top = mean(known), max(known, default=None)
        axes.append({"name": dimension.name, "max": 110})
        ours.append(kernel.fixed(mine, 1) or None)
        means.append(kernel.fixed(average, 1) or None)
        best.append(kernel.fixed(top, 1) or None)
        rows.append({"name": dimension.name, "ours": ours[-1] or "—", "mean": means[-1] or "—", "best": best[-1] or "—"})
    series = [
        {"name": name, "role": "ours", "values": ours},
        {"name": "赛道平均", "role": "mean", "values": means},
        {"name": "赛道最好", "role": "best", "values": best},
    ]
    return {"radar": {"axes": axes, "decimals": 1, "series": series}, "radar_rows": rows}


def percent_of(text: str | None, full: Decimal) -> Decimal | None:
    """Return a front's total as a percentage of its full marks."""
    return Decimal(text) * 100 / full if text else None
