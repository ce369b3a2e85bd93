"""Gaps: to the target, the leader, the mean, and the figure that would close them (SCORING.md, Result tables: gaps)."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from tests.scoring.builders import indicator, needs_together, row, scheme, tables_of


def needed(item: dict[str, Any], actual: str, better: str, target: str = "", base: str = "", **head: Any) -> str:
    """Return needed_actual of a unit with one figure, behind a unit whose other mark is `better`."""
    text = scheme(item, indicator("z", "direct", full=100, missing="zero"), **head)
    rows = [row("A", item["code"], actual, target, base), row("A", "z", "0")]
    table = tables_of(text, *rows, row("B", "z", better))["gaps"]
    return next(line["needed_actual"] for line in table if line["unit"] == "A" and line["indicator"] == item["code"])


def item(method: str, **keys: Any) -> dict[str, Any]:
    return indicator("a", method, **({"missing": "zero"} | keys))


LINE = [[Decimal("0.8"), 0], [1, 1]]


# 15.00 is reached from 14.995 on: where the grid is fine enough, the first such figure counts.
NEEDS: list[tuple[dict[str, Any], tuple[str, ...], str, str]] = [
    (item("curve", on="attainment", points=LINE), ("80", "100"), "15", "95"),
    (item("curve", on="attainment", points=LINE, decimals=0), ("80", "100"), "15.01", "96"),
    # 14.995 rounds up to 15.00: the least sufficient figure is below the exact one.
    (item("curve", on="attainment", points=LINE, decimals=4), ("80", "100"), "15", "94.995"),
    (item("curve", on="attainment", points=LINE), ("80", "100"), "20.01", ""),
    # Off the grid: the actual has more decimals than the indicator.
    (item("curve", on="attainment", points=LINE, decimals=0), ("80.123", "100"), "15", "95"),
    # A negative target turns the direction round.
    (item("curve", on="attainment", points=LINE), ("-80", "-100"), "15", "-95"),
    (item("curve", on="deviation", points=[[Decimal("-0.1"), 0], [Decimal("0.1"), 1]]), ("-55", "-50"), "10", "-50"),
    (item("curve", on="growth", points=[[0, 0], [1, 1]]), ("100", "", "100"), "10", "149.98"),
    (item("curve", on="difference", points=[[0, 1], [10, 0]]), ("110", "100"), "10", "105"),
    # Lower is better.
    (item("step", on="difference", per=1, up=-2), ("107", "100"), "16", "102.99"),
    (item("step", on="attainment", per=Decimal("0.03"), down=2), ("90", "100"), "18", "94.01"),
    (item("step", on="attainment", per=Decimal("0.03"), down=2, whole=False), ("90", "100"), "18", "97"),
    (item("step", on="attainment", per=Decimal("0.1"), up=2, start=0), ("100", "100"), "5", "130"),
    (item("bands", on="attainment", bands=[[Decimal("0.9"), Decimal("0.5")], [1, 1]]), ("80", "100"), "10", "90"),
    (item("events", each=-4), ("4",), "11", "2"),
    (item("events", each=4, cap=20), ("1",), "11", "3"),
    (item("direct"), ("3",), "11.11", "11.11"),
    (item("direct", decimals=0), ("3",), "11.11", "12"),
    # Not monotone: below and above are equally near, the greater is given; then only one side.
    (item("curve", on="actual", points=[[0, 1], [10, 0], [20, 1]]), ("10",), "10", "15"),
    (item("curve", on="actual", points=[[0, 1], [10, 0], [20, 1]]), ("9",), "10", "5"),
    (item("curve", on="actual", points=[[0, 1], [10, 0], [20, 1]], decimals=0), ("11",), "10", "15"),
    (item("direct"), ("",), "10", ""),
]


@cache
def found_needs() -> list[str]:
    return needs_together(*(case[:3] for case in NEEDS))


@pytest.mark.parametrize("number", range(len(NEEDS)))
def test_needed_actual(number: int) -> None:
    assert found_needs()[number] == NEEDS[number][3]


def test_needed_actual_goes_through_scaling_and_caps() -> None:
    capped = [{"code": "d", "name": "维度", "cap": 12}]

    # Under a cap of 11.10 the unit ahead has 11.10 too.
    assert needed(item("direct"), "3", "11.11", cap=Decimal("11.10")) == "11.1"
    assert needed(item("direct"), "3", "11.11", cap=Decimal("11.11")) == "11.11"
    assert needed(item("direct"), "3", "11.11", dimensions=capped) == "11.11"


def test_a_dimension_s_cap_may_leave_no_way_up() -> None:
    dimensions = [{"code": "d", "name": "维度", "cap": 12}, {"code": "e", "name": "其他"}]
    text = scheme(item("direct"), indicator("z", "direct", dimension="e", missing="zero"), dimensions=dimensions)

    found = [tables_of(text, row("A", "a", "3"), row("B", "z", better))["gaps"][0]["needed_actual"] for better in ("12", "12.01")]

    assert found == ["12", ""]


def test_needed_actual_is_scaled_back() -> None:
    text = scheme(item("direct"), indicator("b", "direct", full=10, missing="exempt"))
    rows = [row("A", "a", "3"), row("B", "a", "13"), row("B", "b", "2.01")]

    line = tables_of(text, *rows)["gaps"][0]

    # A is exempt from b: mark × 30 ÷ 20 must reach 15.01 once rounded; 10.00 gives 15.00 and 10.01 gives 15.02.
    assert line["needed_actual"] == "10.01"


@pytest.mark.parametrize(
    ("effect", "keys", "wanted"),
    [
        ("zero_total", {}, ""),
        ("zero_dimension", {"dimension": "d"}, ""),
        ("cap_total", {"limit": 4}, ""),
        ("cap_total", {"limit": 5}, "5"),
    ],
)
def test_a_struck_veto_may_leave_no_way_up(effect: str, keys: dict[str, Any], wanted: str) -> None:
    text = scheme(item("direct"), indicator("v", "veto", effect=effect, **keys))
    rows = [row("A", "a", "3"), row("A", "v", "1"), row("B", "a", "5")]

    assert tables_of(text, *rows)["gaps"][0]["needed_actual"] == wanted


def test_the_first_the_level_and_the_unplaced_need_nothing() -> None:
    text = scheme(item("direct"), indicator("b", "direct", missing="unplaced"), ranking={"tie_break": ["a"], "min_peers": 1})
    rows = [row("A", "a", "3"), row("A", "b", "5"), row("B", "a", "5"), row("B", "b", "3"), row("C", "a", "1")]

    table = tables_of(text, *rows)["gaps"]

    assert [line["needed_actual"] for line in table] == [""] * 6


def test_leader_and_mean() -> None:
    text = scheme(indicator("a", "direct"))
    rows = [row("B", "a", "5", "7"), row("A", "a", "5"), row("C", "a", "4.99"), row("D", "a")]

    table = tables_of(text, *rows)["gaps"]

    assert {line["leader"] for line in table} == {"A"}
    assert [line["to_leader"] for line in table] == ["0.00", "0.00", "0.01", ""]
    # The mean of 5, 5 and 4.99 is 4.99666…: −0.00333 and 0.00666
    assert [line["to_mean"] for line in table] == ["0.00", "0.00", "0.01", ""]
    assert [line["to_target"] for line in table] == ["", "2", "", ""]


def test_vetoes_have_no_gaps() -> None:
    text = scheme(indicator("a", "direct"), indicator("v", "veto", effect="zero_total"))

    table = tables_of(text, row("A", "a", "1"), row("A", "v", "1"))["gaps"]

    assert [line["indicator"] for line in table] == ["a"]
