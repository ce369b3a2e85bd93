"""What holds for any finite history."""

import warnings
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from ronghe.forecast.series import forecast_series
from tests.forecast.builders import History

WILD = st.decimals(allow_nan=False, allow_infinity=False)
USUAL = st.decimals(min_value=-10_000, max_value=10_000, places=2)
MONTH = st.integers(1, 12)


def histories(figures: st.SearchStrategy[Decimal], most: int = 60) -> st.SearchStrategy[History]:
    return st.lists(st.none() | figures, min_size=1, max_size=most).map(lambda values: _months(values))


def _months(values: list[Decimal | None]) -> History:
    return [(f"{2021 + step // 12}-{step % 12 + 1:02d}", value) for step, value in enumerate(values)]


@settings(max_examples=200, deadline=None)
@given(
    histories(WILD) | histories(USUAL) | histories(st.sampled_from([Decimal(0), Decimal(1), Decimal(2)])), MONTH, st.integers(2020, 2027)
)
def test_any_history_has_an_answer(history: History, month: int, year: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        forecast = forecast_series(history, as_of=f"{year}-{month:02d}", target=Decimal(7))
    if forecast.estimate is None:
        assert forecast.method == "none"
        return
    assert forecast.low is not None
    assert forecast.high is not None
    assert forecast.low <= forecast.estimate <= forecast.high
    known = [figure for period, figure in history if figure is not None and period <= f"{year}-{month:02d}"]
    if forecast.so_far is not None and min(known) >= 0:
        assert forecast.low >= forecast.so_far


@settings(max_examples=60, deadline=None)
@given(histories(USUAL), MONTH, st.sampled_from(["0.001", "1000", "3", "0.7"]), st.sampled_from(["sum", "level"]))
def test_other_units_change_nothing_but_the_unit(history: History, month: int, factor: str, kind: str) -> None:
    scale, as_of = Decimal(factor), f"2023-{month:02d}"
    scaled = [(period, None if figure is None else figure * scale) for period, figure in history]
    one = forecast_series(history, as_of=as_of, kind=kind)  # type: ignore[arg-type]
    other = forecast_series(scaled, as_of=as_of, kind=kind)  # type: ignore[arg-type]
    assert one.method == other.method
    size = max((abs(figure) for _, figure in scaled if figure is not None), default=Decimal(1))
    for mine, theirs in ((one.estimate, other.estimate), (one.low, other.low), (one.high, other.high)):
        assert mine is None or theirs is None or abs(mine * scale - theirs) <= size * Decimal("1e-6")


@settings(max_examples=40, deadline=None)
@given(histories(USUAL), MONTH, st.data())
def test_order_and_what_came_later_change_nothing(history: History, month: int, data: st.DataObject) -> None:
    as_of = f"2023-{month:02d}"
    before = [row for row in history if row[0] <= as_of]
    shuffled = data.draw(st.permutations(history))
    assert forecast_series(shuffled, as_of=as_of) == forecast_series(before, as_of=as_of)
