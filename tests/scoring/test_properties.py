"""What must hold for any figures: order, names, monotony, missing figures (SCORING.md; issue C)."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ronghe.scoring.tables import RESULT_NAMES
from tests.scoring.builders import indicator, row, scheme, tables_of
from tests.scoring.cases import figures, schemes, to_toml
from tests.scoring.helpers import run

FEW = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
CURVE = indicator("a", "curve", on="attainment", missing="zero", points=[[Decimal("0.8"), 0], [1, 1], [Decimal("1.2"), Decimal("1.1")]])
TEXT = scheme(CURVE, indicator("b", "direct", full=30, missing="zero"))
UNITS = st.lists(st.tuples(st.integers(700, 1300), st.integers(0, 3000)), min_size=3, max_size=8)


@FEW
@given(st.data())
def test_row_order_changes_nothing_and_two_runs_are_equal(data: st.DataObject) -> None:
    case = data.draw(schemes())
    rows = data.draw(figures(case))
    shuffled = data.draw(st.permutations(rows))

    first, again = run(to_toml(case), rows), run(to_toml(case), shuffled)

    for name in RESULT_NAMES:
        assert first.csv_bytes(name) == again.csv_bytes(name)


def rows_of(values: list[tuple[int, int]], prefix: str = "u") -> list[dict[str, str]]:
    return [
        line
        for number, (tenths, cents) in enumerate(values)
        for line in (
            row(f"{prefix}{number}", "a", f"{Decimal(tenths) / 10}", "100"),
            row(f"{prefix}{number}", "b", f"{Decimal(cents) / 100}"),
        )
    ]


@FEW
@given(UNITS)
def test_marks_rise_within_their_bounds_and_add_up(values: list[tuple[int, int]]) -> None:
    tables = tables_of(TEXT, *rows_of(values))

    marks = [Decimal(line["mark"]) for line in tables["marks"] if line["indicator"] == "a"]
    ordered = [mark for _, mark in sorted(zip((value for value, _ in values), marks, strict=True))]
    assert ordered == sorted(ordered)
    assert all(0 <= mark <= 22 for mark in marks)
    for line in tables["totals"]:
        own = [Decimal(mark["mark"]) for mark in tables["marks"] if mark["unit"] == line["unit"]]
        assert sum(own) == Decimal(line["total"])


@FEW
@given(UNITS)
def test_places_do_not_depend_on_names(values: list[tuple[int, int]]) -> None:
    first = tables_of(TEXT, *rows_of(values))["places"]
    renamed = tables_of(TEXT, *rows_of(values, "站"))["places"]

    assert [line["place"] for line in first] == [line["place"] for line in renamed]


@FEW
@given(UNITS)
def test_a_figure_left_out_never_improves_a_place(values: list[tuple[int, int]]) -> None:
    rows = rows_of(values)
    before = tables_of(TEXT, *rows)["places"][0]["place"]

    after = tables_of(TEXT, *rows[1:])["places"][0]["place"]

    assert int(after) >= int(before)


@FEW
@given(UNITS)
def test_removing_another_unit_never_lowers_a_total(values: list[tuple[int, int]]) -> None:
    rows = rows_of(values)
    before = {line["unit"]: line["total"] for line in tables_of(TEXT, *rows)["totals"]}

    after = {line["unit"]: line["total"] for line in tables_of(TEXT, *rows[2:])["totals"]}

    assert all(before[unit] == total for unit, total in after.items())
