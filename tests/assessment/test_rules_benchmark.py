"""对标: places with ties, the best by direction, and the newest month of the best."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ronghe.assessment.rules_benchmark import give_places, measure_step, pick_best, pick_best_month

numbers = st.decimals(-1000, 1000, places=1)


@given(st.dictionaries(st.integers(1, 40), st.one_of(st.none(), numbers), max_size=12), st.sampled_from(["up", "down"]))
def test_places_are_those_of_the_sorted_values(values, direction):
    ordered = sorted((value for value in values.values() if value is not None), reverse=direction == "up")
    assert give_places(values, direction) == {unit: ordered.index(value) + 1 for unit, value in values.items() if value is not None}


@given(st.lists(numbers, min_size=1), st.sampled_from(["up", "down"]))
def test_nothing_is_better_than_the_best(values, direction):
    best = pick_best(values, direction)
    assert best == (max(values) if direction == "up" else min(values))


def test_a_measure_without_direction_has_neither_best_nor_places():
    assert (pick_best([Decimal(1)], "none"), give_places({1: Decimal(1)}, "none")) == (None, {})


def test_the_newest_of_equal_records_counts():
    line = {"2026-01": Decimal(5), "2026-03": Decimal(5), "2026-04": Decimal(4), "2026-05": None}
    assert (pick_best_month(line, "up"), pick_best_month(line, "down"), pick_best_month({}, "up")) == ("2026-03", "2026-04", "")


def test_a_distance_needs_both_ends():
    assert (measure_step(Decimal(5), Decimal(7)), measure_step(None, Decimal(7)), measure_step(Decimal(5), None)) == (
        Decimal(-2),
        None,
        None,
    )
