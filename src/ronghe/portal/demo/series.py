"""Two years of monthly targets and figures for every unit of the demo, up to last month; targets on to the year's end."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from ronghe.portal.demo.catalogue import Indicator, read_indicators
from ronghe.portal.demo.entities import Organisation, World
from ronghe.portal.demo.months import first_of_month, list_months, name_period, shift_month
from ronghe.portal.demo.stories import Relief, list_happenings, list_reliefs, shift_skill
from ronghe.portal.demo.values import Place, adjust_cost, draw_target, draw_value

SEED = 20260101
HISTORY = 24  # months of figures; a year more is drawn for their `base`
COLUMNS = ("unit", "track", "period", "indicator", "actual", "target", "base")


@dataclass(frozen=True)
class Target:
    """What is asked of a unit in a month. `planned` differs where a relief was approved."""

    unit: str
    period: str
    indicator: str
    value: Decimal
    planned: Decimal
    reason: str = ""


@dataclass(frozen=True)
class Figure:
    """One row of SCORING.md's figures file, and who answers for it."""

    unit: str
    track: str
    period: str
    indicator: str
    actual: Decimal | None
    target: Decimal | None
    base: Decimal | None
    reported_by: str  # unit, or the office that reports it
    remark: str = ""


@dataclass(frozen=True)
class Exemption:
    """A request to adjust a target, with its proof and what became of it."""

    unit: str
    period: str
    indicator: str
    planned: Decimal
    adjusted: Decimal
    reason: str
    proof: str
    state: str  # approved | asked


@dataclass
class Series:
    targets: list[Target] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    exemptions: list[Exemption] = field(default_factory=list)

    def list_figures(self, area: str, period: str) -> list[Figure]:
        """The figures of one area's month: what one run scores."""
        return [row for row in self.figures if row.period == period and row.unit.startswith(f"{area}-")]


def build_series(world: World, seed: int = SEED) -> Series:
    """The same figures for the same world and seed."""
    return _SeriesBuilder(world, seed).build()


def write_rows(figures: list[Figure]) -> Iterator[tuple[str, ...]]:
    """The rows of a figures file, header first; an absent value is empty."""
    yield COLUMNS
    for row in figures:
        numbers = (row.actual, row.target, row.base)
        yield (row.unit, row.track, row.period, row.indicator, *("" if n is None else str(n) for n in numbers))


class _SeriesBuilder:
    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.seed = seed
        self.current = first_of_month(world.today)
        self.start = shift_month(self.current, -HISTORY - 12)
        self.indicators = read_indicators()
        self.profiles = _read_profiles()
        self.skills = {row.organisation: row for row in world.skills}
        self.people = {unit.code: world.count_people(unit.code) for unit in world.list_units()}
        self.happenings = {(h.unit, h.month, h.indicator): h for h in list_happenings(world.today)}
        self.reliefs = {(r.unit, r.month, r.indicator): r for r in list_reliefs(world.today)}
        self.resigned = {(p.organisation, first_of_month(p.left)) for p in world.people if p.left and p.left_reason == "辞职"}

    def build(self) -> Series:
        series = Series()
        months = list_months(self.world.today, HISTORY)
        year_end = date(self.current.year, 12, 1)
        planned = [*months, *_months_between(self.current, year_end)]
        for month in planned:
            for unit in self.world.list_units():
                for indicator in self.indicators:
                    if not indicator.applies_to(unit.track):
                        continue
                    target = self._make_target(indicator, unit, month)
                    if target is not None:
                        series.targets.append(target)
                    if month < self.current:
                        series.figures.append(self._make_figure(indicator, unit, month, target))
        series.exemptions = [self._make_exemption(relief) for relief in self.reliefs.values()]
        return series

    def _make_target(self, indicator: Indicator, unit: Organisation, month: date) -> Target | None:
        planned = self._plan(indicator.code, unit, month)
        if planned is None:
            return None
        value = _quantize(planned, indicator.decimals)
        relief = self.reliefs.get((unit.code, month, indicator.code))
        if relief is None or relief.state != "approved":
            return Target(unit.code, name_period(month), indicator.code, value, value)
        adjusted = _quantize(planned * relief.factor, indicator.decimals)
        return Target(unit.code, name_period(month), indicator.code, adjusted, value, relief.reason)

    def _make_figure(self, indicator: Indicator, unit: Organisation, month: date, target: Target | None) -> Figure:
        base = self._actual(indicator, unit, shift_month(month, -12)) if indicator.needs_base else None
        happening = self.happenings.get((unit.code, month, indicator.code))
        return Figure(
            unit=unit.code,
            track=unit.track,
            period=name_period(month),
            indicator=indicator.code,
            actual=self._actual(indicator, unit, month),
            target=target.value if target else None,
            base=base,
            reported_by=indicator.reported_by,
            remark=happening.remark if happening else "",
        )

    def _make_exemption(self, relief: Relief) -> Exemption:
        unit = next(unit for unit in self.world.list_units() if unit.code == relief.unit)
        indicator = next(row for row in self.indicators if row.code == relief.indicator)
        planned = self._plan(relief.indicator, unit, relief.month) or 0.0
        return Exemption(
            relief.unit, name_period(relief.month), relief.indicator,
            _quantize(planned, indicator.decimals), _quantize(planned * relief.factor, indicator.decimals),
            relief.reason, relief.proof, relief.state,
        )  # fmt: skip

    def _plan(self, code: str, unit: Organisation, month: date) -> float | None:
        # Plans do not know how able a unit is; the side does not matter to them.
        return draw_target(self.profiles[code], code, self._place(unit, month, "business"))

    def _actual(self, indicator: Indicator, unit: Organisation, month: date) -> Decimal | None:
        happening = self.happenings.get((unit.code, month, indicator.code))
        if happening and happening.missing:
            return None
        value = self._draw(indicator, unit, month)
        if value is None:
            return None
        if happening:
            value = max(0.0, value * happening.factor + happening.plus)
        if indicator.code == "leavers" and (unit.code, month) in self.resigned:
            value += 1
        return _quantize(_limit(value, indicator), indicator.decimals)

    def _draw(self, indicator: Indicator, unit: Organisation, month: date) -> float | None:
        place = self._place(unit, month, indicator.side)
        target = self._plan(indicator.code, unit, month)
        value = draw_value(self.profiles[indicator.code], indicator.code, place, target)
        if indicator.code != "unit_cost" or value is None:
            return value
        oil = next(row for row in self.indicators if row.code == "oil")
        actual_oil = self._actual(oil, unit, month)
        planned_oil = self._plan("oil", unit, month)
        if not actual_oil or not planned_oil:
            return value
        return adjust_cost(value, float(actual_oil), planned_oil)

    def _place(self, unit: Organisation, month: date, side: str) -> Place:
        skill = self.skills[unit.code]
        months_back = _count_months(month, self.current)
        moved = shift_skill(unit.code, months_back)
        able = skill.party + moved[0] if side == "party" else skill.business + moved[1]
        return Place(
            unit=unit.code,
            track=unit.track,
            month=month,
            step=_count_months(self.start, month),
            skill=max(-1.0, min(1.0, able)),
            people=self.people[unit.code],
            oil=skill.oil,
            seed=self.seed,
        )


def _read_profiles() -> dict[str, dict[str, Any]]:
    with (Path(__file__).parent / "profiles.toml").open("rb") as file:
        return tomllib.load(file)


def _count_months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _months_between(first: date, last: date) -> list[date]:
    return [shift_month(first, step) for step in range(_count_months(first, last) + 1)]


def _limit(value: float, indicator: Indicator) -> float:
    """A happening may push a rate past what a rate can be."""
    return min(value, 100.0) if indicator.unit == "%" else value


def _quantize(value: float, decimals: int) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
