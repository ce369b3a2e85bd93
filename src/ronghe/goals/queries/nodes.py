"""One goal's parts, ready to print: the table of a split, the months, the milestones."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ronghe.common import registry
from ronghe.common.calendar import today
from ronghe.common.lights import Light, light_for
from ronghe.goals.models import Goal, Milestone
from ronghe.goals.rules import print_number
from ronghe.goals.rules.cascade import MILESTONES, SAME, Part, combine, split_goal
from ronghe.goals.rules.curve import CurveBalance, last_years, sum_to, weigh_curve
from ronghe.org.models import Unit
from ronghe.org.queries import map_tracks


@dataclass
class SplitRow:
    """One unit in the table of a split."""

    unit: Unit
    track: str
    value: Decimal | None
    weight: Decimal | None
    share: Decimal | None
    last: Decimal | None
    chosen: bool
    shown: dict[str, str] = field(default_factory=dict)

    def show(self, data: Mapping[str, Any], decimals: int) -> "SplitRow":
        """Fill in what the inputs show: what was typed where it can't be read, else the number."""
        for prefix, value in (("v", self.value), ("w", self.weight), ("s", self.share)):
            typed = data.get(f"{prefix}-{self.unit.pk}", "") if "draw" not in data or prefix != "v" else ""
            self.shown[prefix] = print_number(value) or str(typed)
        self.shown["last"] = print_number(self.last.quantize(Decimal(1).scaleb(-decimals))) if self.last is not None else "—"
        return self


def build_split(
    goal: Goal,
    *,
    track: str,
    by: str,
    values: Mapping[str, Decimal | None],
    weights: Mapping[str, Decimal | None],
    shares: Mapping[str, Decimal | None],
) -> list[SplitRow]:
    """Return a row for each unit that can take part: as saved, as typed, or drawn `by` shares. Four queries.

    Chosen are the units that have a child, that were typed, and, when drawn, those of the track.
    """
    area = goal.plan.area_id
    tracks = map_tracks(area, today())
    units = Unit.objects.filter(area=area, closed_on=None).exclude(pk=area).without_tree_fields().order_by("order", "code")
    saved = {row.unit_id: row for row in Goal.objects.standing().filter(parent=goal, person=None)}
    last = sum_last_year(goal)
    rows = []
    for unit in units:
        if unit.pk not in tracks and unit.pk not in saved:
            continue
        key, child = str(unit.pk), saved.get(unit.pk)
        value = values.get(key, child.value if child else None)
        weight = weights.get(key, child.mean_weight if child else None)
        inside = not track or tracks.get(unit.pk) == track
        chosen = child is not None or value is not None or (bool(by) and inside)
        rows.append(SplitRow(unit, tracks.get(unit.pk, ""), value, weight, shares.get(key), last.get(unit.pk), chosen))
    if by and by != "hand" and goal.value is not None:
        draw_shares(goal, [row for row in rows if row.chosen and (not track or row.track == track)], by)
    return rows


def draw_shares(goal: Goal, rows: list[SplitRow], by: str) -> None:
    """Fill in the values of the rows by shares: equal, last year's figures, or capacity as typed."""
    if not rows or goal.value is None:
        return
    taken: list[Decimal] = []
    for row in rows:
        share = row.last if by == "last_year" else row.share if by == "capacity" else Decimal(1)
        taken.append(max(Decimal(0), share or Decimal(0)))
    total = goal.value - (goal.named if goal.rule == "sum" else 0)
    for row, value in zip(rows, split_goal(goal.rule, total, taken, goal.decimals), strict=True):
        row.value = value


def sum_last_year(goal: Goal) -> dict[int, Decimal]:
    """Return unit → last year's figure of the goal's indicator over the plan's months. One query."""
    if goal.indicator is None:
        return {}
    months = goal.plan.months
    found: dict[int, dict[str, Decimal]] = {}
    for (unit, _indicator, month), value in registry.find_actuals(
        goal.plan.area_id, [goal.indicator.pk], last_years(months[0]), last_years(months[-1])
    ).items():
        found.setdefault(unit, {})[month] = value
    sums = {unit: sum_to(values, max(values), rollup=goal.indicator.rollup) for unit, values in found.items()}
    return {unit: value for unit, value in sums.items() if value is not None}


@dataclass(frozen=True)
class MonthLine:
    month: str
    label: str
    target: str
    actual: str
    done: str


@dataclass(frozen=True)
class Months:
    """A goal's year month by month."""

    lines: list[MonthLine]
    balance: CurveBalance
    left: str
    targets: list[Decimal | None]
    actuals: list[Decimal | None]

    @property
    def is_empty(self) -> bool:
        return not any(line.target for line in self.lines)


def describe_months(goal: Goal) -> Months:
    """Return the goal's months: target, actual, how much of the target that is. Three queries at most."""
    if goal.indicator is None:
        return Months([], CurveBalance(None, None, checked=False), "", [], [])
    months = goal.plan.months
    curve = dict(goal.curve_months.values_list("month", "value"))
    actuals = sum_tallies(goal) if goal.is_part else load_months(goal, months)
    balance = weigh_curve(goal.value, [curve.get(month) for month in months], rollup=goal.indicator.rollup, decimals=goal.decimals)
    lines = []
    for month in months:
        target, actual = curve.get(month), actuals.get(month)
        done = f"{actual / target * 100:.1f}%" if target and actual is not None and goal.indicator.direction != "down" else ""
        lines.append(MonthLine(month, _("%(n)d月") % {"n": int(month[5:])}, print_number(target), print_number(actual), done))
    return Months(
        lines, balance, print_number(balance.left), [curve.get(month) for month in months], [actuals.get(month) for month in months]
    )


def hide_results(months: Months, *, shown: bool) -> Months:
    """Leave out what was done, for who may see a member's part but not its result."""
    if shown:
        return months
    lines = [replace(line, actual="", done="") for line in months.lines]
    return replace(months, actuals=[None] * len(months.actuals), lines=lines)


def sum_tallies(goal: Goal) -> dict[str, Decimal]:
    """Return month → what was done of a member's part, whoever had it then. One query."""
    found: dict[str, list[Decimal]] = {}
    for month, value in goal.tallies.values_list("month", "value"):
        found.setdefault(month, []).append(value)
    adds_up = goal.indicator is not None and goal.indicator.rollup == "sum"
    return {month: sum(values, Decimal(0)) / (1 if adds_up else len(values)) for month, values in found.items()}


def load_months(goal: Goal, months: list[str]) -> dict[str, Decimal]:
    """Return month → figure: of the goal's own unit, else what its children's units make together. Two queries at most."""
    if goal.indicator is None or goal.person_id is not None:
        return {}
    weights: dict[int, Decimal | None] = {goal.unit_id: None} if goal.unit_id else {}
    if not weights and goal.rule != MILESTONES:
        children = Goal.objects.standing().filter(parent=goal, person=None, unit__isnull=False)
        weights = dict(children.values_list("unit_id", "mean_weight"))  # type: ignore[arg-type]
    parts: dict[str, list[Part]] = {}
    for (unit, _indicator, month), value in registry.find_actuals(goal.plan.area_id, [goal.indicator.pk], months[0], months[-1]).items():
        if unit in weights:
            parts.setdefault(month, []).append(Part(value, weights[unit]))
    rule = "mean" if goal.rule == SAME else goal.rule
    made = {month: combine(rule, found, goal.decimals + 1) for month, found in parts.items() if len(found) == len(weights)}
    return {month: value for month, value in made.items() if value is not None}


def draw_goal(goal: Goal, months: Months, estimate: Decimal | None) -> dict[str, Any]:
    """Return the chart of plan, actual and where it is heading: running sums for amounts, month by month for levels."""
    adds_up = goal.indicator is not None and goal.indicator.rollup == "sum"
    plan, actual = (run_up(values) if adds_up else values for values in (months.targets, months.actuals))
    series = [
        {"name": _("累计目标") if adds_up else _("目标"), "role": "target", "values": [show_point(value, goal) for value in plan]},
        {"name": _("累计实际") if adds_up else _("实际"), "role": "ours", "values": [show_point(value, goal) for value in actual]},
    ]
    last = max((n for n, value in enumerate(actual) if value is not None), default=-1)
    if estimate is not None and 0 <= last < len(actual) - 1:
        ahead: list[str | None] = [None] * len(actual)
        start, rest = actual[last] or Decimal(0), len(actual) - 1 - last
        for n in range(last, len(actual)):
            ahead[n] = show_point(start + (estimate - start) * (n - last) / rest if adds_up else estimate, goal)
        series.append({"name": _("全期预计"), "role": "mean", "values": ahead})
    assert goal.indicator is not None
    return {
        "labels": [line.label for line in months.lines],
        "decimals": goal.decimals,
        "unit": goal.indicator.unit_text,
        "series": [one for one in series if any(value is not None for value in one["values"])],
    }


def run_up(values: list[Decimal | None]) -> list[Decimal | None]:
    """Return running sums; nothing after the last known month."""
    last = max((n for n, value in enumerate(values) if value is not None), default=-1)
    total, sums = Decimal(0), []
    for n, value in enumerate(values):
        total += value or Decimal(0)
        sums.append(total if n <= last else None)
    return sums


def show_point(value: Decimal | None, goal: Goal) -> str | None:
    return None if value is None else print_number(value.quantize(Decimal(1).scaleb(-goal.decimals)))


@dataclass(frozen=True)
class MilestoneLine:
    row: Milestone
    share: str
    light: Light


def list_milestones(goal: Goal) -> list[MilestoneLine]:
    """Return a goal's milestones with their lights. One query."""
    day = today()
    rows = goal.milestones.select_related("done_by__person")
    return [
        MilestoneLine(row, print_number(row.share) if row.share else "", light_for(row.due, day, done=row.done_on is not None))
        for row in rows
    ]
