"""What must hold for any figures: order, names, monotony, missing figures (SCORING.md; issue C)."""

from __future__ import annotations

from decimal import Decimal
from random import Random

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


RISING = [
    indicator("curve", "curve", on="attainment", points=[[Decimal("0.8"), 0], [1, 1], [Decimal("1.2"), Decimal("1.1")]]),
    indicator("steps", "step", on="attainment", per=Decimal("0.03"), up=Decimal("0.7"), down=Decimal("1.1"), cap=25, floor=-2),
    indicator("parts", "step", on="difference", per=7, up=Decimal("0.7"), down=Decimal("1.1"), cap=25, whole=False),
    indicator("bands", "bands", on="deviation", bands=[[Decimal("-0.1"), Decimal("0.4")], [0, 1], [Decimal("0.1"), Decimal("1.2")]]),
    indicator("growth", "curve", on="growth", points=[[Decimal("-0.2"), 0], [Decimal("0.2"), 1]]),
    indicator("direct", "direct"),
]
FALLING = [
    indicator("lower", "curve", on="attainment", points=[[1, 1], [Decimal("1.2"), 0]]),
    indicator("costs", "step", on="attainment", per=Decimal("0.03"), up=Decimal("-0.7"), cap=20, floor=0),
    indicator("events", "events", each=Decimal("-1.5")),
]
BOUNDS = {"curve": (0, 22), "steps": (-2, 25), "parts": (0, 25), "bands": (0, 24), "growth": (0, 20), "direct": (0, 20)}


@FEW
@given(st.lists(st.integers(0, 200), min_size=2, max_size=12))
def test_marks_are_monotone_where_the_method_is_and_bounded_by_its_caps(actuals: list[int]) -> None:
    rows = [
        row(f"u{number:02d}", item["code"], str(actual), "100", "90") for number, actual in enumerate(actuals) for item in RISING + FALLING
    ]
    marks = tables_of(scheme(*RISING, *FALLING), *rows)["marks"]

    for item in RISING + FALLING:
        own = [Decimal(line["mark"]) for line in marks if line["indicator"] == item["code"]]
        ordered = [mark for _, mark in sorted(zip(actuals, own, strict=True))]
        assert ordered == sorted(ordered, reverse=item in FALLING), item["code"]
        least, most = BOUNDS.get(item["code"], (0, 20))
        assert all(least <= mark <= most for mark in own), item["code"]


@FEW
@given(UNITS, st.randoms(use_true_random=False))
def test_places_do_not_depend_on_names(values: list[tuple[int, int]], random: Random) -> None:
    names = [f"站{number}" for number in range(len(values))]
    random.shuffle(names)
    first = {line["unit"]: line["place"] for line in tables_of(TEXT, *rows_of(values))["places"]}
    renamed_rows = [line | {"unit": names[int(line["unit"][1:])]} for line in rows_of(values)]
    renamed = {line["unit"]: line["place"] for line in tables_of(TEXT, *renamed_rows)["places"]}

    assert [first[f"u{number}"] for number in range(len(values))] == [renamed[name] for name in names]


@FEW
@given(UNITS)
def test_a_figure_left_out_never_improves_a_place(values: list[tuple[int, int]]) -> None:
    rows = rows_of(values)
    before = tables_of(TEXT, *rows)["places"][0]["place"]

    under_zero = tables_of(TEXT, *rows[1:])["places"][0]
    unplaced = tables_of(TEXT.replace('missing = "zero"', 'missing = "unplaced"'), *rows[1:])["places"][0]

    assert int(under_zero["place"]) >= int(before)
    assert (unplaced["unit"], unplaced["place"]) == ("u0", "")


@FEW
@given(UNITS)
def test_removing_another_unit_never_lowers_a_total(values: list[tuple[int, int]]) -> None:
    rows = rows_of(values)
    before = {line["unit"]: line["total"] for line in tables_of(TEXT, *rows)["totals"]}

    after = {line["unit"]: line["total"] for line in tables_of(TEXT, *rows[2:])["totals"]}

    assert all(before[unit] == total for unit, total in after.items())
