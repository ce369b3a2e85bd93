"""An indicator's marks drawn against its figures. Where to look is chosen here; every mark comes from the kernel."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal

from ronghe.assessment import kernel
from ronghe.scoring.scheme_model import Bands, Curve, Dimension, Direct, Events, Indicator, Scheme, Step, Veto, bounds_of, start_of

SAMPLES = 48
MOST_STEPS = 24
MOST_KNOTS = 60
WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 52, 16, 16, 34
LIMIT = Decimal(10) ** 12
PERIODS = {"month": "2000-01", "quarter": "2000Q1", "half": "2000H1", "year": "2000"}
UNIT, REST = "curve", "curve-rest"
ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True)
class Row:
    """One figure, what the method looks at, the mark, and the kernel's sentence."""

    actual: str
    x: str
    mark: str
    because: str


@dataclass(frozen=True)
class Tick:
    """A line of the grid: where it stands, and its label."""

    at: str
    label: str


@dataclass(frozen=True)
class Drawing:
    """What the SVG and the table beside it need."""

    label: str
    line: str
    dots: list[tuple[str, str]]
    across: list[Tick]
    up: list[Tick]
    rows: list[Row]
    on: str
    is_total: bool
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


@dataclass(frozen=True)
class Example:
    """The target and base with which a curve over attainment, deviation or growth is drawn."""

    target: Decimal = Decimal(100)
    base: Decimal = Decimal(100)
    actuals: tuple[Decimal, ...] = field(default=())


def draw_curve(indicator: Indicator, digits: int, example: Example) -> Drawing | None:
    """Draw an indicator: marks at its own points, just before them, and between. One run of the kernel.

    None where no figure that may be reported comes near the rule.
    """
    knots = [value for value in (to_actual(indicator, x, example) for x in list_knots(indicator)) if value is not None]
    figures = list_figures(indicator, [value for value in (*knots, *example.actuals) if abs(value) < LIMIT])
    if not figures:
        return None
    marks = mark_figures(indicator, digits, figures, example)
    shown = [(figure, marks[figure]) for figure in figures if marks.get(figure) is not None]
    points = [(figure, mark.value) for figure, mark in shown if mark is not None]
    place_x, across = scale_x([figure for figure, _ in points], indicator)
    place_y, up = scale_y([mark for _, mark in points], digits)
    wanted = choose_rows(figures, knots, indicator)
    rows = [row for row in (describe(figure, marks.get(figure), digits) for figure in figures if figure in wanted) if row]
    return Drawing(
        label=f"{indicator.name}:{'总分' if indicator.is_veto else '得分'}随实际值的变化",
        line=" ".join(f"{place_x(figure)},{place_y(mark)}" for figure, mark in points),
        dots=[(place_x(figure), place_y(mark)) for figure, mark in points if figure in knots],
        across=across,
        up=up,
        rows=rows,
        on=indicator.on or "",
        is_total=indicator.is_veto,
    )


def list_knots(indicator: Indicator) -> list[Decimal]:
    """Return the x at which the rule turns, jumps or meets a bound."""
    rule = indicator.rule
    if isinstance(rule, Curve):
        return [x for x, _ in rule.points]
    if isinstance(rule, Bands):
        return [x for x, _ in rule.bands]
    if isinstance(rule, Step):
        return list_steps(rule, indicator)
    if isinstance(rule, Events):
        span = count_events(rule, indicator.full)
        return [Decimal(number) for number in range(span + 1)]
    if isinstance(rule, Veto):
        at = rule.at.to_integral_value(rounding=ROUND_FLOOR)
        return sorted({ZERO, max(at - 1, ZERO), at, at + 1, at + 2})
    return [ZERO, indicator.full]


def list_steps(rule: Step, indicator: Indicator) -> list[Decimal]:
    """Return the origin and the steps on both sides, until nothing changes any more or enough are shown."""
    origin = rule.origin if rule.origin is not None else (ONE if indicator.on == "attainment" else ZERO)
    start = start_of(rule, indicator.full)
    floor, cap = bounds_of(rule, indicator.full)

    def reach(change: Decimal) -> int:
        room = (cap if change > 0 else floor) - start
        return min(max(int(room / change) + 1, 1), MOST_STEPS) if change else 1

    return [origin + rule.per * number for number in range(-reach(-rule.down), reach(rule.up) + 1)]


def count_events(rule: Events, full: Decimal) -> int:
    """Return how many occurrences it takes until a bound is met, within what can be read."""
    start = start_of(rule, full)
    bound = rule.floor if rule.each < 0 else (rule.cap if rule.cap is not None else full)
    return min(max(int(abs(start - bound) / abs(rule.each)) + 2, 3), MOST_STEPS) if rule.each else 3


def to_actual(indicator: Indicator, x: Decimal, example: Example) -> Decimal | None:
    """Return the figure at which the method sees x; None where there is none."""
    if indicator.on == "attainment":
        return x * example.target
    if indicator.on == "deviation":
        return example.target + x * abs(example.target)
    if indicator.on == "difference":
        return example.target + x
    if indicator.on == "growth":
        return example.base + x * abs(example.base)
    return x


def list_figures(indicator: Indicator, points: list[Decimal]) -> list[Decimal]:
    """Return the figures to look at: the points, just before each, and an even grid over a little more than their span."""
    if not points:
        return []
    whole = isinstance(indicator.rule, Events | Veto)
    low, high = min(points), max(points)
    if whole:
        return sorted({value for value in points if value >= 0 and value == value.to_integral_value()})
    margin = (high - low) / 5 or abs(high) / 5 or ONE
    low, high = low - margin, high + margin
    if isinstance(indicator.rule, Direct):
        low = max(low, -margin)
    grid = [low + (high - low) * number / SAMPLES for number in range(SAMPLES + 1)]
    least = Decimal(1).scaleb(-6)
    jumps = points[:MOST_KNOTS] if not isinstance(indicator.rule, Curve) else []
    # just left of a jump, so that it is drawn as one
    before = [value - max((high - low) / 2000, least) for value in jumps]
    near = (value for value in [*points, *grid, *before] if abs(value) < LIMIT - 1)
    return sorted({round(value, 6).normalize() + ZERO for value in near})


@dataclass(frozen=True)
class Marked:
    value: Decimal
    x: Decimal | None
    because: str


def mark_figures(indicator: Indicator, digits: int, figures: list[Decimal], example: Example) -> dict[Decimal, Marked | None]:
    """Return figure → what the kernel gives for it; for a veto the total of a unit that earned 100 elsewhere."""
    alone = dataclasses.replace(indicator, code=UNIT, dimension="d" if indicator.dimension else None, tracks=None, missing="unplaced")
    rest = Indicator(code=REST, name="其余", unit="分", rule=Direct(), full=Decimal(100), dimension="d")
    scheme = Scheme(
        code="curve", name="曲线", version=1, basis="曲线", period="month", digits=digits,
        dimensions=(Dimension("d", "维度"),), indicators=(alone, rest), min_peers=1,
    )  # fmt: skip
    units = {f"u{number:04d}": figure for number, figure in enumerate(figures)}
    common = {"track": "-", "period": PERIODS["month"], "base": None}
    rows = [
        row
        for unit, figure in units.items()
        for row in (
            {**common, "unit": unit, "indicator": UNIT, "actual": figure, "target": example.target, "base": example.base},
            {**common, "unit": unit, "indicator": REST, "actual": Decimal(100), "target": None},
        )
    ]
    scored = kernel.score_rows(scheme, rows)
    if indicator.is_veto:
        words = {row["unit"]: row["because"] or "" for row in scored.totals}
        return {units[row["unit"]]: Marked(row["total"], None, words[row["unit"]]) for row in scored.totals}
    return {
        units[row["unit"]]: None if row["mark"] is None else Marked(row["mark"], row["x"], row["because"] or "")
        for row in scored.marks
        if row["indicator"] == UNIT
    }


def choose_rows(figures: list[Decimal], knots: list[Decimal], indicator: Indicator) -> set[Decimal]:
    """Return the figures that the table shows: where the rule turns, and a few between and beyond."""
    at = {round(value, 6).normalize() + ZERO for value in knots if abs(value) < LIMIT}
    if isinstance(indicator.rule, Events | Veto):
        return set(figures)
    between = {figures[number] for number in range(0, len(figures), max(len(figures) // 8, 1))}
    return at | between | {figures[0], figures[-1]}


def describe(figure: Decimal, marked: Marked | None, digits: int) -> Row | None:
    if marked is None:
        return None
    x = kernel.plain(marked.x) if marked.x is not None else ""
    return Row(kernel.plain(figure), x, kernel.fixed(marked.value, digits), marked.because)


def scale_x(figures: list[Decimal], indicator: Indicator) -> tuple[Placer, list[Tick]]:
    low, high = (min(figures), max(figures)) if figures else (ZERO, ONE)
    place = Placer(low, high, LEFT, WIDTH - RIGHT)
    return place, [Tick(place(value), f"{kernel.plain(value)}") for value in list_ticks(low, high, 6)]


def scale_y(marks: Iterable[Decimal], digits: int) -> tuple[Placer, list[Tick]]:
    known = [*marks, ZERO]
    low, high = min(known), max(known)
    place = Placer(low, high, HEIGHT - BOTTOM, TOP)
    return place, [Tick(place(value), kernel.plain(value)) for value in list_ticks(low, high, 5)]


class Placer:
    """Puts a value between two edges of the picture."""

    def __init__(self, low: Decimal, high: Decimal, start: int, stop: int) -> None:
        self.low, self.span, self.start, self.length = low, (high - low) or ONE, start, stop - start

    def __call__(self, value: Decimal) -> str:
        return f"{self.start + float((value - self.low) / self.span) * self.length:.1f}"


def list_ticks(low: Decimal, high: Decimal, count: int) -> list[Decimal]:
    """Return round values between two, about so many."""
    span = (high - low) or ONE
    size = Decimal(1).scaleb((span / count).adjusted())
    each = next(step * size for step in (Decimal(1), Decimal(2), Decimal(5), Decimal(10)) if step * size * count >= span)
    first = (low / each).to_integral_value(rounding=ROUND_FLOOR) * each
    ticks = [first + each * number for number in range(count + 3)]
    return [value for value in ticks if low <= value <= high]
