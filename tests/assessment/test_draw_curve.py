"""The curve of an indicator: each mark is the kernel's, judged here by the plain scorer that judges the kernel."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ronghe.assessment.curves import Example, draw_curve, list_ticks
from ronghe.scoring.scheme import parse_scheme
from tests.scoring import builders, cases

HUNDRED = Example()


def draw(method, example=HUNDRED, digits=2, **keys):
    scheme = parse_scheme(builders.scheme(builders.indicator("a", method, **keys), builders.indicator("rest", "direct")))
    return draw_curve(scheme.indicators[0], digits, example)


def marks(drawing):
    return {row.actual: row.mark for row in drawing.rows}


def test_curve_turns_at_its_points():
    drawn = draw("curve", on="attainment", points=[[0.8, 0], [1, 1]], example=Example(target=Decimal(1000)))
    table = marks(drawn)
    assert (table["800"], table["1000"]) == ("0.00", "20.00")
    assert len(drawn.dots) == 2
    assert next(row.because for row in drawn.rows if row.actual == "1000").endswith("20 × 100% = 20.00")
    assert len(drawn.line.split()) == len({point.split(",")[0] for point in drawn.line.split()})


def test_bands_jump_where_they_begin():
    table = marks(draw("bands", on="actual", bands=[[0, 1], [5, 0.5]]))
    assert (table["0"], table["5"]) == ("20.00", "10.00")


def test_events_count_to_the_floor():
    drawn = draw("events", each=-8)
    assert marks(drawn) == {"0": "20.00", "1": "12.00", "2": "4.00", "3": "0.00", "4": "0.00"}


def test_direct_is_clamped():
    table = marks(draw("direct"))
    assert (table["0"], table["20"]) == ("0.00", "20.00")


def test_step_stops_at_its_bounds():
    table = marks(draw("step", on="attainment", per=0.1, up=1, down=5, cap=22))
    assert [table[x] for x in ("60", "90", "100", "110", "120")] == ["0.00", "15.00", "20.00", "21.00", "22.00"]


@pytest.mark.parametrize(
    ("keys", "totals"),
    [
        ({"effect": "zero_total"}, {"0": "100.00", "1": "0.00"}),
        ({"effect": "cap_total", "limit": 59, "at": 2}, {"1": "100.00", "2": "59.00"}),
        ({"effect": "zero_dimension", "dimension": "d"}, {"0": "100.00", "1": "0.00"}),
    ],
)
def test_veto_shows_what_becomes_of_the_total(keys, totals):
    drawn = draw("veto", **keys)
    assert drawn.is_total
    assert {count: marks(drawn)[count] for count in totals} == totals


@settings(max_examples=8, deadline=None)
@given(st.data())
def test_any_rule_can_be_drawn(data):
    item = data.draw(cases.indicators("a", "d", 2))
    target = data.draw(st.sampled_from([Decimal(100), Decimal(-50), Decimal("0.5"), Decimal(12345678)]))
    scheme = parse_scheme(builders.scheme({**item, "tracks": ["-"]}))
    drawn = draw_curve(scheme.indicators[0], 2, Example(target=target, base=target))
    assert drawn.rows
    for point in drawn.line.split():
        x, y = map(float, point.split(","))
        assert 0 <= x <= drawn.width
        assert 0 <= y <= drawn.height


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(0, 100, ["0", "20", "40", "60", "80", "100"]), (0, 7, ["0", "2", "4", "6"]), (3, 3, ["3"])],
)
def test_ticks_are_round(low, high, ticks):
    assert [f"{tick.normalize():f}" for tick in list_ticks(Decimal(low), Decimal(high), 5)] == ticks


@pytest.mark.parametrize(
    ("method", "keys"),
    [
        ("curve", {"on": "actual", "points": [[Decimal("1e25"), 0], [Decimal("2e25"), 1]]}),
        ("veto", {"effect": "zero_total", "at": Decimal("1e15")}),
        ("step", {"on": "attainment", "per": Decimal("0.0000001"), "down": Decimal("0.5"), "whole": False}),
        ("step", {"on": "difference", "per": Decimal("1e13"), "up": Decimal(-1), "down": Decimal("0.0001")}),
        ("direct", {"full": Decimal("1e9")}),
        ("events", {"each": Decimal("-0.0001"), "full": 10}),
    ],
)
def test_far_and_tiny_numbers_are_drawn_or_left(method, keys):
    drawn = draw(method, **keys)
    assert drawn is None or drawn.rows


def test_nothing_that_can_be_reported_comes_near():
    assert draw("curve", on="actual", points=[[Decimal("1e25"), 0], [Decimal("2e25"), 1]]) is None
