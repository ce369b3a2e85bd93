"""双挂钩: each unit's party work and business by quarter from published results; what lies behind where the two drift apart."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Subquery

from ronghe.appraisal.models import SplitNorm
from ronghe.appraisal.rules.periods import name_period
from ronghe.appraisal.rules.quadrant import MARGIN, Point, Scale, find_medians, find_splits, make_scale
from ronghe.assessment.models import Result, Run
from ronghe.assessment.queries.marks import list_marks, list_runs
from ronghe.common.links import link_to
from ronghe.goals.models import Indicator
from ronghe.org.models import Track, Unit

QUARTERS, SIZE, MOST_BEHIND = 4, 400, 3
LABEL_WIDTH, LABEL_HEIGHT = 80, 16
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Dot:
    """One unit's path: the newest quarter last."""

    unit: str
    url: str
    label: str
    places: list[tuple[int, int]]
    path: str
    split: bool
    label_y: int = 0


@dataclass(frozen=True)
class Row:
    unit: str
    url: str
    cells: list[str]


@dataclass(frozen=True)
class Behind:
    """A unit whose sides drift apart, and the indicators that lost most on the weak one."""

    unit: str
    url: str
    text: str
    indicators: list[str]


@dataclass
class Quadrant:
    track: str
    quarters: list[str]
    dots: list[Dot] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    splits: list[Behind] = field(default_factory=list)
    middle: tuple[int, int] | None = None
    medians: tuple[str, str] | None = None
    ticks: list[tuple[int, int, str, str]] = field(default_factory=list)
    margin: Decimal = MARGIN
    basis: str = ""


def quarter_of(month: str) -> str:
    return f"{month[:4]}Q{(int(month[5:7]) + 2) // 3}"


def list_quarters(user: Any, area_id: int) -> dict[str, list[Run]]:
    """Return quarter → its runs in force, the newest first. One query."""
    found: dict[str, list[Run]] = defaultdict(list)
    for run in list_runs(Run.objects.visible_to(user).in_force().filter(area_id=area_id)):
        found[quarter_of(run.period)].append(run)
    return dict(sorted(found.items(), reverse=True))


def list_tracks(area_id: int) -> tuple[list[tuple[str, str]], tuple[Decimal, str]]:
    """Return the tracks, and the margin in force with what it rests on. One query."""
    norms = SplitNorm.objects.filter(area_id=area_id).order_by("-number")
    tracks = Track.objects.filter(area_id=area_id).order_by("order", "code")
    rows = list(tracks.annotate(margin=Subquery(norms.values("margin")[:1]), basis=Subquery(norms.values("basis")[:1])))
    in_force = (rows[0].margin, rows[0].basis or "") if rows and rows[0].margin is not None else (MARGIN, "")
    return [(row.code, row.name) for row in rows], in_force


def load_points(user: Any, area_id: int, quarters: Iterable[str]) -> dict[str, list[Point]]:
    """Return quarter → the points of all units: the mean of the months' rates, months with both sides only. One query."""
    wanted = set(quarters)
    rates: dict[tuple[str, int, str], list[tuple[Decimal, Decimal]]] = defaultdict(list)
    rows = Result.objects.visible_to(user).filter(run__area_id=area_id, run__state__in=Run.IN_FORCE)
    for unit, track, month, party, party_full, business, business_full in rows.values_list(
        "unit_id", "track", "run__period", "party", "party_full", "business", "business_full"
    ):
        if quarter_of(month) in wanted and party_full and business_full and party is not None and business is not None:
            rates[quarter_of(month), unit, track].append((party * 100 / party_full, business * 100 / business_full))
    found: dict[str, list[Point]] = {quarter: [] for quarter in wanted}
    for (quarter, unit, track), pairs in rates.items():
        party, business = (sum((pair[n] for pair in pairs), Decimal(0)) / len(pairs) for n in (0, 1))
        found[quarter].append(Point(unit, track, party, business))
    return found


def find_margin(area_id: int) -> tuple[Decimal, str]:
    """Return the margin in force in an area, and on what it rests. One query."""
    row = SplitNorm.objects.filter(area_id=area_id).order_by("-number").values_list("margin", "basis").first()
    return row or (MARGIN, "")


def build_quadrant(
    user: Any, area_id: int, track: str, quarters: dict[str, list[Run]], norm: tuple[Decimal, str] = (MARGIN, "")
) -> Quadrant:
    """Return the picture of one track up to the first of `quarters` (the newest), with its table and what drifts apart. Four queries."""
    shown = list(quarters)[:QUARTERS][::-1]
    points = {quarter: [one for one in rows if one.track == track] for quarter, rows in load_points(user, area_id, shown).items()}
    page = Quadrant(track, [name_period(quarter) for quarter in shown])
    page.margin, page.basis = norm
    if not shown or not points[shown[-1]]:
        return page
    units = {unit.pk: unit for unit in Unit.objects.filter(area_id=area_id).order_by("order", "code")}
    every = [one for rows in points.values() for one in rows]
    across, up = make_scale([one.business for one in every], SIZE), make_scale([one.party for one in every], SIZE)
    splits = find_splits(points[shown[-1]], page.margin)
    apart = {split.unit_id for split in splits}
    for pk, unit in units.items():
        trail = [(quarter, next((one for one in points[quarter] if one.unit_id == pk), None)) for quarter in shown]
        if trail[-1][1] is None:
            continue
        places = [(across.place(one.business), SIZE - up.place(one.party)) for _quarter, one in trail if one is not None]
        url = link_to("assessment:station", pk)
        label = f"{unit.name}:党建 {show(trail[-1][1].party)}%,业务 {show(trail[-1][1].business)}%"
        page.dots.append(Dot(unit.name, url, label, places, " ".join(f"{x},{y}" for x, y in places), pk in apart))
        cells = [f"{show(one.party)} / {show(one.business)}" if one is not None else "—" for _quarter, one in trail]
        page.rows.append(Row(unit.name, url, cells))
    page.dots = spread_labels(page.dots)
    medians = find_medians(points[shown[-1]]).get(track)
    if medians:
        page.middle = (across.place(medians[1]), SIZE - up.place(medians[0]))
        page.medians = (show(medians[0]), show(medians[1]))
    page.ticks = make_ticks(across, up)
    behind = find_behind(area_id, quarters[shown[-1]], {split.unit_id: split.weak for split in splits})
    for split in splits:
        strong, weak = ("党建", "业务") if split.weak == "business" else ("业务", "党建")
        text = f"{strong}高于赛道中位 {show(split.strong_by)} 个百分点,{weak}低于中位 {show(split.weak_by)} 个百分点"
        page.splits.append(
            Behind(units[split.unit_id].name, link_to("assessment:station", split.unit_id), text, behind.get(split.unit_id, []))
        )
    return page


def spread_labels(dots: list[Dot]) -> list[Dot]:
    """Return the dots from top to bottom with their names moved down where two would stand on each other."""
    placed: list[Dot] = []
    for dot in sorted(dots, key=lambda one: (one.places[-1][1], one.places[-1][0])):
        x, y = dot.places[-1]
        for other in placed:
            if abs(other.places[-1][0] - x) < LABEL_WIDTH and y - other.label_y < LABEL_HEIGHT:
                y = other.label_y + LABEL_HEIGHT
        placed.append(replace(dot, label_y=y))
    return placed


def show(value: Decimal) -> str:
    return str(value.quantize(TENTH, ROUND_HALF_UP))


def make_ticks(across: Scale, up: Scale) -> list[tuple[int, int, str, str]]:
    """Return (x, y, label of x, label of y) of the axes at their ends and middles."""
    ticks = []
    for part in (0, 1, 2):
        x, y = across.low + (across.high - across.low) * part / 2, up.low + (up.high - up.low) * part / 2
        ticks.append((across.place(x), SIZE - up.place(y), show(x), show(y)))
    return ticks


def find_behind(area_id: int, runs: list[Run], weak: dict[int, str]) -> dict[int, list[str]]:
    """Return unit → the indicators that lost most on its weak side in the quarter, with how much. Two queries, none without units."""
    if not weak:
        return {}
    names = dict(Indicator.objects.filter(area_id=area_id).values_list("code", "name"))
    gone: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    for mark in list_marks(runs, units=weak):
        if mark.side == weak[mark.unit_id] and mark.lost:
            gone[mark.unit_id, mark.indicator] += mark.lost
    found: dict[int, list[str]] = defaultdict(list)
    for (unit, code), lost in sorted(gone.items(), key=lambda pair: (-pair[1], pair[0])):
        if len(found[unit]) < MOST_BEHIND:
            found[unit].append(f"{names.get(code, code)} 失 {show(lost)} 分")
    return found
