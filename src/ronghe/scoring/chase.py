"""追标: the cheapest change of a unit's figures that reaches a place or a total, all else unchanged (DOMAIN.md M4).

Cheap means the smallest sum of relative changes, each |new − actual| ÷ |actual| (÷ |target| where the actual is 0, ÷ the
width of the plausible range where there is neither). The kernel tabulates marks at many figures at once; a dynamic program
picks the cheapest combination from the table; the kernel then runs the track with it, and only what it confirms is
returned. Around the figures that were picked the table is made finer and the choice repeated, until nothing lies between.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ronghe.scoring.candidates import Range, list_between, list_candidates
from ronghe.scoring.scheme_model import Indicator, Scheme, Veto
from ronghe.scoring.whatif import Outcome, Row, Standing, compute, make_table

_TABLE = "~"  # the period of the made-up units: they are never ranked among the real ones
_MOST_ROUNDS = 12
_TIE = 1e-9  # of two equally cheap combinations, the one that moves fewer figures
State = Literal["there", "reached", "out_of_reach", "unplaced"]


@dataclass(frozen=True)
class Goal:
    """What is to be reached: a place or a total."""

    place: int | None = None
    total: Decimal | None = None


@dataclass(frozen=True)
class Step:
    """One figure that has to change."""

    indicator: str
    before: Decimal
    after: Decimal
    cost: Decimal
    mark_before: Decimal
    mark_after: Decimal


@dataclass(frozen=True)
class Plan:
    """The cheapest way, as the kernel confirmed it; for `out_of_reach` the best that the ranges allow.

    `cost` is the sum of the steps'. `standing`: total and place with it; `before`: without.
    """

    state: State
    steps: tuple[Step, ...]
    cost: Decimal
    before: Standing
    standing: Standing


@dataclass
class _Choice:
    """What one indicator may become: figure → its mark in units, as far as it was tabulated."""

    item: Indicator
    row: Row
    within: Range
    marks: dict[Decimal, int] = field(default_factory=dict)

    @property
    def actual(self) -> Decimal:
        actual: Decimal = self.row["actual"]
        return actual

    def cost_of(self, figure: Decimal) -> float:
        return float(relative_change(self.row, self.within, figure))

    def list_better(self) -> list[tuple[Decimal, int, float]]:
        """Return (figure, gain, cost), cheapest first, each gaining more than all cheaper ones."""
        now = self.marks[self.actual]
        found: list[tuple[Decimal, int, float]] = []
        for figure in sorted(self.marks, key=lambda one: (self.cost_of(one), one)):
            gain = self.marks[figure] - now
            if gain > (found[-1][1] if found else 0):
                found.append((figure, gain, self.cost_of(figure) + _TIE))
        return found

    def list_around(self, figure: Decimal) -> list[Decimal]:
        """Return figures not tried yet between this one and its tried neighbours."""
        tried = sorted(self.marks)
        place = tried.index(figure)
        near = [tried[place - 1]] if place else []
        near += [tried[place + 1]] if place + 1 < len(tried) else []
        return [point for other in near for point in list_between(self.item, min(figure, other), max(figure, other))]


def relative_change(row: Row, within: Range, figure: Decimal) -> Decimal:
    """Return |new − actual| ÷ |actual|, or ÷ |target|, or ÷ the width of the range, or itself: the first that is not zero."""
    size = abs(row["actual"]) or abs(row["target"] or Decimal(0)) or within.high - within.low or Decimal(1)
    return abs(figure - row["actual"]) / size


def search_plan(scheme: Scheme, figures: pa.Table, unit: str, goal: Goal, ranges: Mapping[str, Range]) -> Plan:
    """Return the cheapest plan for a unit of the track that `figures` holds (one period). Raises KeyError for another unit."""
    return _Search(scheme, figures, unit, goal, ranges).run()


class _Search:
    def __init__(self, scheme: Scheme, figures: pa.Table, unit: str, goal: Goal, ranges: Mapping[str, Range]) -> None:
        self.scheme, self.unit, self.goal = scheme, unit, goal
        self.rows = figures.to_pylist()
        self.period = self.rows[0]["period"]
        own = [row for row in self.rows if row["unit"] == unit]
        if not own:
            raise KeyError(unit)
        self.own = own
        self.cleared = {row["indicator"]: Decimal(0) for row in own if self._strikes(row)}
        self.choices: dict[str, _Choice] = {}
        for row in own:
            item = scheme.indicator_by_code[row["indicator"]]
            within = ranges.get(item.code)
            if within is not None and row["actual"] is not None and row["exempt"] is None and not item.is_veto:
                self.choices[item.code] = _Choice(item, row, within)

    def _strikes(self, row: Row) -> bool:
        rule = self.scheme.indicator_by_code[row["indicator"]].rule
        return isinstance(rule, Veto) and row["exempt"] is None and row["actual"] is not None and row["actual"] >= rule.at

    def run(self) -> Plan:
        wanted = {code: [one.actual, *list_candidates(one.item, one.row, one.within)] for code, one in self.choices.items()}
        start = self._tabulate({}, wanted)
        before = compute(self.scheme, make_table(self.rows))[self.period] if self.cleared else start
        first, cleared = before.standings[self.unit], start.standings[self.unit]
        if self._is_met(first):
            return Plan("there", (), Decimal(0), first, first)
        if not cleared.is_final or (self.goal.total is None and cleared.place is None):
            return Plan("unplaced", (), Decimal(0), first, first)
        if self._is_met(cleared):
            return self._describe("reached", {}, before, start)
        return self._search(before, start)

    def _search(self, before: Outcome, start: Outcome) -> Plan:
        target = self._target(start)
        confirmed: tuple[dict[str, Decimal], Outcome] | None = None
        for _round in range(_MOST_ROUNDS):
            picked = None if target is None else self._pick(start, target)
            if picked is None:
                break
            if confirmed is not None and picked == confirmed[0]:
                break
            finer = {code: self.choices[code].list_around(figure) for code, figure in picked.items()}
            outcome = self._tabulate(picked, finer)
            short = self._shortfall(outcome, start)
            if short > 0:
                if target is not None:
                    target += short
            elif confirmed is None or self._cost(picked) <= self._cost(confirmed[0]):
                confirmed = (picked, outcome)
        if confirmed is not None:
            return self._describe("reached", confirmed[0], before, confirmed[1])
        best = {code: max(found, key=lambda row: row[1])[0] for code, one in self.choices.items() if (found := one.list_better())}
        outcome = self._tabulate(best, {})
        # the best of everything may do where a combination on the table fell short of a cap by rounding
        state: State = "reached" if self._is_met(outcome.standings[self.unit]) else "out_of_reach"
        return self._describe(state, best, before, outcome)

    def _tabulate(self, picked: Mapping[str, Decimal], wanted: Mapping[str, list[Decimal]]) -> Outcome:
        """Run the kernel over the track with the picked figures and, in a period of their own, one made-up unit for each row of the table."""
        real = [
            {**row, "actual": picked.get(row["indicator"], self.cleared.get(row["indicator"], row["actual"]))} if row["unit"] == self.unit else row
            for row in self.rows
        ]  # fmt: skip
        height = max((len(points) for points in wanted.values()), default=0)
        made = [
            {**row, "unit": f"{number:06d}", "period": _TABLE, "actual": points[number] if number < len(points) else row["actual"]}
            for number in range(height)
            for row in self.own
            for points in [wanted.get(row["indicator"], [])]
        ]
        outcomes = compute(self.scheme, make_table([*real, *made]))
        if made:
            marks = outcomes[_TABLE].marks
            for code, points in wanted.items():
                for number, figure in enumerate(points):
                    self.choices[code].marks[figure] = self._units(marks[f"{number:06d}", code])
        return outcomes[self.period]

    def _units(self, mark: Decimal | None) -> int:
        return 0 if mark is None else int(mark.scaleb(self.scheme.digits))

    def _target(self, start: Outcome) -> int | None:
        """Return the total to reach, in units; None where a cap of the scheme forbids it or there are not so many units."""
        if self.goal.total is not None:
            wanted = self._units(self.goal.total)
        else:
            others = sorted(
                (self._units(row.total) for unit, row in start.standings.items() if unit != self.unit and row.is_final), reverse=True
            )
            place = self.goal.place or 1
            if place > len(others):
                return start.standings[self.unit].raw
            wanted = others[place - 1]
        return None if self.scheme.cap is not None and wanted > self._units(self.scheme.cap) else wanted

    def _is_met(self, standing: Standing) -> bool:
        if self.goal.total is not None:
            return standing.total is not None and standing.total >= self.goal.total
        return standing.place is not None and standing.place <= (self.goal.place or 1)

    def _shortfall(self, outcome: Outcome, start: Outcome) -> int:
        """Return by how many units the target has to be raised for the next try; 0 where the goal is met."""
        standing = outcome.standings[self.unit]
        if self._is_met(standing):
            return 0
        target = self._target(start)
        return max(1, (target or 0) - self._units(standing.total))

    def _cost(self, picked: Mapping[str, Decimal]) -> float:
        return sum(self.choices[code].cost_of(figure) for code, figure in picked.items())

    def _pick(self, start: Outcome, target: int) -> dict[str, Decimal] | None:
        """Return the cheapest figures of the table with which the sum of marks rises enough; None where none do."""
        standing = start.standings[self.unit]
        need = target - standing.raw
        if need <= 0:
            need = 1
        whole = Fraction(*standing.factor)
        fronts: list[list[tuple[int, float]]] = []
        inside: list[tuple[list[str], list[list[tuple[Decimal, int, float]]], _Best]] = []
        for dimension in self.scheme.dimensions:
            sums = start.sums.get((self.unit, dimension.code))
            codes = [code for code, one in self.choices.items() if one.item.dimension == dimension.code]
            if sums is None or not sums.counts or not codes:
                continue
            room = need
            if dimension.cap is not None:
                room = min(room, int((self._units(dimension.cap) - sums.subtotal) * whole))
            if room <= 0:
                continue
            factor = Fraction(*sums.factor) * whole
            better = [self.choices[code].list_better() for code in codes]
            best = _Best([[(int(gain * factor), cost) for _figure, gain, cost in rows] for rows in better], room)
            inside.append((codes, better, best))
            fronts.append(best.list_front())
        total = _Best(fronts, need)
        if not np.isfinite(total.costs[need]):
            return None
        picked: dict[str, Decimal] = {}
        for (codes, better, best), chosen, front in zip(inside, total.trace(need), fronts, strict=True):
            if chosen is None:
                continue
            for code, rows, number in zip(codes, better, best.trace(front[chosen][0]), strict=True):
                if number is not None:
                    picked[code] = rows[number][0]
        return picked

    def _describe(self, state: State, picked: Mapping[str, Decimal], before: Outcome, after: Outcome) -> Plan:
        steps = []
        for row in self.own:
            code = row["indicator"]
            figure = picked.get(code, self.cleared.get(code))
            if figure is None or figure == row["actual"]:
                continue
            within = self.choices[code].within if code in self.choices else Range(Decimal(0), row["actual"])
            key = (self.unit, code)
            marks = (before.marks[key] or Decimal(0), after.marks[key] or Decimal(0))
            steps.append(Step(code, row["actual"], figure, relative_change(row, within, figure), *marks))
        cost = sum((step.cost for step in steps), Decimal(0))
        return Plan(state, tuple(steps), cost, before.standings[self.unit], after.standings[self.unit])


class _Best:
    """Of each group at most one entry (gain, cost): the least cost of every gain from 0 to `need` (more is as good as `need`)."""

    def __init__(self, groups: list[list[tuple[int, float]]], need: int) -> None:
        self.need, self.groups = need, groups
        self.costs: NDArray[np.float64] = np.full(need + 1, np.inf)
        self.costs[0] = 0.0
        self.taken: list[NDArray[np.int64]] = []
        self._states: list[NDArray[np.float64]] = []  # the costs before each group, for tracing back
        for group in groups:
            costs, taken = self.costs.copy(), np.full(need + 1, -1)
            for number, (gain, cost) in enumerate(group):
                if gain <= 0:
                    continue
                offered = np.full(need + 1, np.inf)
                offered[min(gain, need) :] = self.costs[: need + 1 - min(gain, need)] + cost
                # whatever overshoots is as good as the whole need
                tail = self.costs[max(0, need - gain) :]
                offered[need] = min(offered[need], float(tail.min()) + cost)
                wins = offered < costs
                costs[wins], taken[wins] = offered[wins], number
            self._states.append(self.costs)
            self.costs = costs
            self.taken.append(taken)

    def _origin(self, before: NDArray[np.float64], place: int, gain: int) -> int:
        """Return the gain from which an entry led to this one."""
        if place < self.need:
            return place - gain
        first = max(0, self.need - gain)
        return first + int(np.argmin(before[first:]))

    def list_front(self) -> list[tuple[int, float]]:
        """Return (gain, cost), each gaining more than all cheaper ones."""
        front: list[tuple[int, float]] = []
        for gain in range(self.need, 0, -1):
            cost = float(self.costs[gain])
            if np.isfinite(cost) and (not front or cost < front[-1][1]):
                front.append((gain, cost))
        return front[::-1]

    def trace(self, gain: int) -> list[int | None]:
        """Return for each group the entry that was taken on the cheapest way to a gain."""
        found: list[int | None] = []
        place = gain
        for number in range(len(self.groups) - 1, -1, -1):
            taken = int(self.taken[number][place])
            found.append(None if taken < 0 else taken)
            if taken >= 0:
                place = self._origin(self._states[number], place, self.groups[number][taken][0])
        return found[::-1]
