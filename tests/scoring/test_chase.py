"""The cheapest plan is what trying out every combination finds, and the kernel confirms it."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ronghe.scoring.chase import Goal, Range, relative_change, search_plan
from ronghe.scoring.engine import score
from ronghe.scoring.scheme import parse_scheme
from ronghe.scoring.whatif import change_figures, compute, make_table

SCHEME = """
[scheme]
code = "small"
name = "小方案"
version = 1
basis = "测试"
period = "month"

[ranking]
tie_break = ["oil"]

[[grade]]
name = "好"
min = 80
[[grade]]
name = "一般"
min = 0

[[dimension]]
code = "a"
name = "甲"
cap = 45
[[dimension]]
code = "b"
name = "乙"

[[indicator]]
code = "oil"
name = "产量"
unit = "t"
decimals = 0
dimension = "a"
full = 40
method = "curve"
on = "attainment"
points = [[0.8, 0], [1, 1], [1.1, 1.3]]

[[indicator]]
code = "rate"
name = "率"
unit = "%"
decimals = 0
dimension = "a"
full = 10
method = "bands"
on = "actual"
bands = [[90, 0.5], [95, 1]]

[[indicator]]
code = "cost"
name = "成本"
unit = "元"
decimals = 0
dimension = "b"
full = 20
method = "step"
on = "difference"
per = 3
up = -2
down = 0

[[indicator]]
code = "events"
name = "起数"
unit = "起"
decimals = 0
dimension = "b"
full = 10
method = "events"
each = -4

[[indicator]]
code = "accident"
name = "事故"
unit = "起"
decimals = 0
method = "veto"
effect = "zero_total"
"""
TARGETS = {"oil": Decimal(100), "cost": Decimal(50)}
RANGES = {"oil": (90, 112), "rate": (88, 96), "cost": (44, 60), "events": (0, 2)}


def rows_of(units):
    return [
        {
            "unit": unit, "track": "-", "period": "2026-10", "indicator": code, "actual": None if actual is None else Decimal(actual),
            "target": TARGETS.get(code), "base": None, "exempt": "停井" if (unit, code) in EXEMPT else None, "target_note": None,
        }
        for unit, figures in units.items()
        for code, actual in figures.items()
    ]  # fmt: skip


EXEMPT: set[tuple[str, str]] = set()
UNITS = {
    "u1": {"oil": 95, "rate": 89, "cost": 58, "events": 1, "accident": 0},
    "u2": {"oil": 100, "rate": 92, "cost": 52, "events": 1, "accident": 0},
    "u3": {"oil": 104, "rate": 95, "cost": 50, "events": 0, "accident": 0},
    "u4": {"oil": 90, "rate": 88, "cost": 60, "events": 2, "accident": 0},
}


@pytest.fixture(scope="module")
def scheme():
    return parse_scheme(SCHEME)


def ranges_for(figures):
    """Better than now, up to the end of the range."""
    low_is_better = ("cost", "events")
    found = {}
    for code, (low, high) in RANGES.items():
        actual = Decimal(figures[code])
        found[code] = Range(min(Decimal(low), actual), actual) if code in low_is_better else Range(actual, max(Decimal(high), actual))
    return found


def try_everything(scheme, table, unit, total):
    """Return the least cost of any combination that reaches the total, or None."""
    own = {row["indicator"]: row for row in table.to_pylist() if row["unit"] == unit}
    ranges = ranges_for({code: row["actual"] for code, row in own.items()})
    axes = [[Decimal(n) for n in range(int(ranges[code].low), int(ranges[code].high) + 1)] for code in RANGES]
    made, costs = [], {}
    for number, figures in enumerate(product(*axes)):
        chosen = dict(zip(RANGES, figures, strict=True))
        name = f"{number:06d}"
        made += [{**row, "unit": name, "actual": chosen.get(code, row["actual"])} for code, row in own.items()]
        costs[name] = sum((relative_change(own[code], ranges[code], figure) for code, figure in chosen.items()), Decimal(0))
    totals = compute(scheme, make_table(made))["2026-10"].standings
    return min((cost for name, cost in costs.items() if totals[name].total >= total), default=None)


def test_light_run_equals_the_kernel(scheme):
    table = make_table(rows_of(UNITS))
    full, light = score(scheme, table), compute(scheme, table)["2026-10"]
    for row in full.totals.to_pylist():
        standing = light.standings[row["unit"]]
        assert (standing.total, standing.grade, standing.is_final) == (row["total"], row["grade"] or "", row["state"] == "final")
    for row in full.places.to_pylist():
        standing = light.standings[row["unit"]]
        assert (standing.place, standing.peers, standing.tied) == (row["place"], row["peers"], row["tied"])
    assert light.marks == {(row["unit"], row["indicator"]): row["mark"] for row in full.marks.to_pylist()}


@pytest.mark.parametrize("total", ["58", "70"])
def test_plan_is_the_cheapest_of_all(scheme, total):
    table = make_table(rows_of(UNITS))
    plan = search_plan(scheme, table, "u1", Goal(total=Decimal(total)), ranges_for(UNITS["u1"]))
    cheapest = try_everything(scheme, table, "u1", Decimal(total))
    assert (plan.state, float(plan.cost)) == ("reached", pytest.approx(float(cheapest), abs=1e-6))
    assert plan.standing.total >= Decimal(total)


def test_exempt_indicator_counts_by_its_factor(scheme):
    EXEMPT.add(("u1", "events"))
    try:
        table = make_table(rows_of(UNITS))
    finally:
        EXEMPT.clear()
    figures = {**UNITS["u1"]}
    plan = search_plan(scheme, table, "u1", Goal(total=Decimal(64)), ranges_for(figures))
    cheapest = try_everything(scheme, table, "u1", Decimal(64))
    assert plan.state == "reached"
    assert float(plan.cost) == pytest.approx(float(cheapest), abs=1e-6)
    assert "events" not in {step.indicator for step in plan.steps}


@pytest.mark.parametrize(("unit", "place"), [("u1", 2), ("u1", 1), ("u4", 3), ("u2", 1)])
def test_kernel_confirms_the_place(scheme, unit, place):
    table = make_table(rows_of(UNITS))
    plan = search_plan(scheme, table, unit, Goal(place=place), ranges_for(UNITS[unit]))
    again = score(scheme, change_figures(table, unit, {step.indicator: step.after for step in plan.steps}))
    row = next(row for row in again.places.to_pylist() if row["unit"] == unit)
    assert (plan.standing.place, plan.standing.total) == (row["place"], row["total"])
    assert (plan.state == "reached") == (row["place"] <= place)


def test_more_than_the_ranges_allow(scheme):
    table = make_table(rows_of(UNITS))
    plan = search_plan(scheme, table, "u4", Goal(total=Decimal("99.5")), ranges_for(UNITS["u4"]))
    assert (plan.state, plan.standing.total) == ("out_of_reach", Decimal("75.00"))


def test_leader_needs_nothing(scheme):
    plan = search_plan(scheme, make_table(rows_of(UNITS)), "u3", Goal(place=1), ranges_for(UNITS["u3"]))
    assert (plan.state, plan.steps) == ("there", ())


def test_missing_figure_has_no_place_to_chase(scheme):
    units = {**UNITS, "u1": {**UNITS["u1"], "oil": None}}
    plan = search_plan(scheme, make_table(rows_of(units)), "u1", Goal(place=1), {})
    assert (plan.state, plan.steps) == ("unplaced", ())


def test_veto_is_cleared_first(scheme):
    units = {**UNITS, "u3": {**UNITS["u3"], "accident": 1}}
    plan = search_plan(scheme, make_table(rows_of(units)), "u3", Goal(place=1), ranges_for(UNITS["u3"]))
    assert [(step.indicator, step.after) for step in plan.steps] == [("accident", Decimal(0))]
    assert (plan.before.total, plan.standing.place) == (Decimal("0.00"), 1)


@settings(max_examples=4, deadline=None)
@given(
    figures=st.fixed_dictionaries({code: st.integers(low, high) for code, (low, high) in RANGES.items()}),
    raised=st.decimals("0.01", "30", places=2),
)
def test_any_plan_is_the_cheapest(scheme, figures, raised):
    units = {**UNITS, "u1": {**figures, "accident": 0}}
    table = make_table(rows_of(units))
    total = compute(scheme, table)["2026-10"].standings["u1"].total + raised
    plan = search_plan(scheme, table, "u1", Goal(total=total), ranges_for(figures))
    cheapest = try_everything(scheme, table, "u1", total)
    if cheapest is None:
        assert plan.state == "out_of_reach"
    else:
        assert (plan.state, float(plan.cost)) == ("reached", pytest.approx(float(cheapest), abs=1e-6))
