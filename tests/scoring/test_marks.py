"""Marks: methods, what they look at, rounding, states and the sentence that explains them (SCORING.md, Scheme; Rounding)."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from tests.scoring.builders import indicator, mark_of, marks_together, row, scheme, tables_of


def curve(points: list[list[Any]], on: str = "attainment", **keys: Any) -> dict[str, Any]:
    return indicator("a", "curve", on=on, points=points, **keys)


def step(**keys: Any) -> dict[str, Any]:
    return indicator("a", "step", **({"on": "attainment"} | keys))


def decimals_in(value: Any) -> Any:
    """Turn quoted numbers into decimals, so that the tables above stay readable."""
    if isinstance(value, dict):
        return {
            key: decimals_in(item) if key not in ("on", "method", "code", "dimension", "missing") else item for key, item in value.items()
        }
    if isinstance(value, list):
        return [decimals_in(item) for item in value]
    return Decimal(value) if isinstance(value, str) else value


MARKS: list[tuple[dict[str, Any], tuple[str, ...], str]] = [
    # Published: 功效系数, 8 between 本档 1.7 (0.6) and 上档 9.5 (0.8), worth 20.
    (curve([["1.7", "0.6"], ["9.5", "0.8"]], on="actual"), ("8",), "15.23"),
    # Half-up, once: 15.225 and 5.005 would fall as doubles.
    (curve([[0, 0], [1, 1]], on="actual", full="30.45"), ("0.5",), "15.23"),
    (curve([[0, 0], [1, 1]], full="15.015"), ("1", "3"), "5.01"),
    (curve([[0, 0], [1, -1]], full="15.015"), ("1", "3"), "-5.01"),
    (curve([["0.8", 0], [1, 1]]), ("79.99", "100"), "0.00"),
    (curve([["0.8", 0], [1, 1]]), ("80", "100"), "0.00"),
    (curve([["0.8", 0], [1, 1]]), ("90", "100"), "10.00"),
    (curve([["0.8", 0], [1, 1]]), ("999999999999.999999", "0.000001"), "20.00"),
    (curve([["0.8", 0], [1, "1.2"]]), ("120", "100"), "24.00"),
    # Lower is better, with a dip: the share may fall and rise again.
    (curve([[0, 1], [2, "0.5"], [3, "0.75"]], on="difference"), ("101", "100"), "15.00"),
    # A negative target: 10 % less loss than planned is a rise of 0.1.
    (curve([["-0.1", 0], ["0.1", 1]], on="deviation"), ("-45", "-50"), "20.00"),
    (curve([["-0.1", 0], ["0.1", 1]], on="deviation"), ("-52.5", "-50"), "5.00"),
    (curve([["-0.1", 0], ["0.1", 1]], on="growth"), ("-50", "", "-50"), "10.00"),
    (curve([["-1", 0], ["1", 1]]), ("25", "-50"), "5.00"),
    # 0.97 is one whole step of 0.03 below 1.
    (step(per="0.03", down=2), ("97", "100"), "18.00"),
    (step(per="0.03", down=2), ("97.01", "100"), "20.00"),
    (step(per="0.03", down=2, up=1, cap=25), ("103", "100"), "21.00"),
    (step(per="0.03", down=2, up=1, cap=25), ("102.99", "100"), "20.00"),
    (step(per="0.03", down=2, whole=False), ("98.5", "100"), "19.00"),
    (step(per="0.01", down=3), ("10", "100"), "0.00"),
    (step(per="0.01", down=3, floor=-5), ("10", "100"), "-5.00"),
    (step(per="0.01", up=-2, on="difference"), ("100.03", "100"), "14.00"),
    (step(per="0.01", up=1), ("200", "100"), "20.00"),
    (step(per="0.01", up=1, start=10), ("105", "100"), "15.00"),
    (step(per="0.01", up=1, start=30), ("100", "100"), "30.00"),
    (step(per=1, on="growth", origin="0.5", up=1, start=0), ("500", "", "100"), "3.00"),
    (step(per="0.3", cap="10.555", up="10.5555", start=0), ("200", "100"), "10.56"),
    (indicator("a", "bands", on="attainment", bands=[["0.9", "0.6"], [1, 1]]), ("99.999999", "100"), "12.00"),
    (indicator("a", "bands", on="attainment", bands=[["0.9", "0.6"], [1, 1]]), ("1", "1"), "20.00"),
    (indicator("a", "bands", on="attainment", bands=[["0.9", "0.6"]], below="-0.1"), ("1", "2"), "-2.00"),
    (indicator("a", "events", each=-3), ("2",), "14.00"),
    (indicator("a", "events", each=-3), ("17",), "0.00"),
    (indicator("a", "events", each="1.5", cap=4, full=0), ("2",), "3.00"),
    (indicator("a", "events", each="1.5", cap=4, full=0), ("9",), "4.00"),
    (indicator("a", "direct"), ("18.005",), "18.01"),
    (indicator("a", "direct"), ("-3",), "0.00"),
    (indicator("a", "direct"), ("23",), "20.00"),
]


@cache
def scored_marks() -> list[dict[str, str]]:
    return marks_together(*((decimals_in(item), figures) for item, figures, _ in MARKS))


@pytest.mark.parametrize("number", range(len(MARKS)))
def test_mark(number: int) -> None:
    assert scored_marks()[number]["mark"] == MARKS[number][2]


@pytest.mark.parametrize(("digits", "mark"), [(0, "15"), (1, "15.2"), (2, "15.23"), (4, "15.2308")])
def test_marks_have_the_scheme_s_digits(digits: int, mark: str) -> None:
    item = decimals_in(curve([["1.7", "0.6"], ["9.5", "0.8"]], on="actual"))

    assert mark_of(item, "8", digits=digits)["mark"] == mark


def test_full_longer_than_the_digits_is_printed_rounded() -> None:
    marks = mark_of(decimals_in(curve([[0, 0], [1, 1]], on="actual", full="3.3333")), "0.5")

    assert (marks["full"], marks["mark"], marks["lost"]) == ("3.33", "1.67", "1.66")


def test_a_bonus_loses_nothing() -> None:
    marks = mark_of(decimals_in(curve([["0.8", 0], [1, "1.2"]])), "120", "100")

    assert (marks["mark"], marks["lost"]) == ("24.00", "0.00")


ABSENCES = [
    ("actual", ("",), "未报实际值"),
    ("attainment", ("5", ""), "没有目标值"),
    ("attainment", ("5", "0"), "目标值为 0"),
    ("deviation", ("5", "0"), "目标值为 0"),
    ("difference", ("5", ""), "没有目标值"),
    ("growth", ("5", "1", ""), "没有对比基数"),
    ("growth", ("5", "1", "0"), "对比基数为 0"),
]


@pytest.mark.parametrize(
    ("policy", "mark", "state"),
    [
        ("zero", "0.00", "missing"),
        ("unplaced", "", "missing"),
        ("exempt", "", "exempt"),
    ],
)
def test_missing_x(policy: str, mark: str, state: str) -> None:
    found = marks_together(*((curve([[0, 0], [1, 1]], on=on), figures) for on, figures, _ in ABSENCES), missing=policy)

    for marks, (_, _, reason) in zip(found, ABSENCES, strict=True):
        assert (marks["mark"], marks["state"], marks["x"]) == (mark, state, "")
        assert reason in marks["because"]


def test_difference_to_a_target_of_zero_is_a_number() -> None:
    assert mark_of(curve([[0, 0], [10, 1]], on="difference"), "5", "0")["mark"] == "10.00"


def test_an_indicator_s_policy_overrides_the_scheme_s() -> None:
    assert mark_of(curve([[0, 0], [1, 1]], on="actual", missing="zero"), "", missing="exempt")["state"] == "missing"


def test_an_approved_exemption_counts_whatever_the_policy() -> None:
    text = scheme(curve([[0, 0], [1, 1]], on="actual", missing="zero"), indicator("b", "direct"))
    rows = (row("A", "a", "1", exempt=" 计划检修,批复 3 号 "), row("A", "b", "10"))

    tables = tables_of(text, *rows)

    assert tables["marks"][0]["state"] == "exempt"
    assert tables["marks"][0]["mark"] == ""
    assert tables["marks"][0]["because"] == "经批准本期免考:计划检修,批复 3 号"
    assert tables["totals"][0]["total"] == "20.00"


def test_x_has_six_decimals_half_up() -> None:
    marks = mark_of(curve([[0, 0], [1, 1]]), "2", "3")

    assert marks["x"] == "0.666667"
    assert mark_of(curve([[0, 0], [1, 1]], on="deviation"), "2", "3")["x"] == "-0.333333"
    assert mark_of(indicator("a", "events", each=-1), "2")["x"] == ""


def test_figures_are_printed_plainly() -> None:
    marks = mark_of(curve([[0, 0], [1, 1]]), " -0.500 ", "100")

    assert (marks["actual"], marks["target"]) == ("-0.5", "100")
    assert mark_of(curve([[0, 0], [1, 1]]), "-0", "0100")["actual"] == "0"


SENTENCES: list[tuple[dict[str, Any], tuple[str, ...], str]] = [
    (curve([["0.8", 0], [1, 1]]), ("95", "100"), "完成率 95 ÷ 100 = 0.95,在 0.8(0%)与 1(100%)之间按直线计 75%,20 × 75% = 15.00"),
    (curve([["0.8", 0], [1, 1]]), ("70", "100"), "完成率 70 ÷ 100 = 0.7,低于起点 0.8,按 0% 计,20 × 0% = 0.00"),
    (curve([["0.8", 0], [1, 1]]), ("1", "1"), "完成率 1 ÷ 1 = 1,达到终点 1,按 100% 计,20 × 100% = 20.00"),
    (curve([["0", 0], [1, 1]]), ("1", "3"), "完成率 1 ÷ 3 ≈ 0.333333,在 0(0%)与 1(100%)之间按直线计约 33.333333%,20 × 33.333333% ≈ 6.67"),
    (
        curve([["-1", 0], [1, 1]], on="deviation"),
        ("-45", "-50"),
        "偏差率 [(-45) − (-50)] ÷ |-50| = 0.1,在 -1(0%)与 1(100%)之间按直线计 55%,20 × 55% = 11.00",
    ),
    (
        curve([["-1", 0], [1, 1]], on="growth"),
        ("120", "", "100"),
        "增长率 [120 − 100] ÷ |100| = 0.2,在 -1(0%)与 1(100%)之间按直线计 60%,20 × 60% = 12.00",
    ),
    (curve([["-1", 0], [1, 1]], on="difference"), ("1.5", "2"), "差值 1.5 − 2 = -0.5,在 -1(0%)与 1(100%)之间按直线计 25%,20 × 25% = 5.00"),
    (
        step(per="0.03", down="1.5"),
        ("93", "100"),
        "完成率 93 ÷ 100 = 0.93,比基准 1 低 0.07,每 0.03 为一步,满 2 个整步,20 − 1.5 × 2 = 17.00",
    ),
    (
        step(per="0.03", up="-1.5", whole=False),
        ("106", "100"),
        "完成率 106 ÷ 100 = 1.06,比基准 1 高 0.06,每 0.03 为一步,合 2 步,20 + (-1.5) × 2 = 17.00",
    ),
    (
        step(per="0.03", down="10"),
        ("90", "100"),
        "完成率 90 ÷ 100 = 0.9,比基准 1 低 0.1,每 0.03 为一步,满 3 个整步,20 − 10 × 3,低于下限 0,按下限计 0.00",
    ),
    (indicator("a", "bands", on="actual", bands=[[1, "0.5"]]), ("3",), "实际值 3,达到 1 一档,按 50% 计,20 × 50% = 10.00"),
    (indicator("a", "bands", on="actual", bands=[[1, "0.5"]]), ("0",), "实际值 0,低于最低一档 1,按 0% 计,20 × 0% = 0.00"),
    (indicator("a", "events", each=-3), ("2",), "发生 2 次,20 − 3 × 2 = 14.00"),
    (indicator("a", "events", each=3, cap=5), ("2",), "发生 2 次,0 + 3 × 2,超过上限 5,按上限计 5.00"),
    (indicator("a", "direct"), ("18",), "评定 18 分,得 18.00"),
    (indicator("a", "direct"), ("21",), "评定 21 分,超过上限 20,按上限计 20.00"),
    (curve([[0, 0], [1, 1]], on="actual", missing="zero"), ("",), "未报实际值,按规定计 0.00"),
    (curve([[0, 0], [1, 1]], on="actual"), ("",), "未报实际值,本项暂无得分,总分为暂定"),
    (curve([[0, 0], [1, 1]], on="actual", missing="exempt"), ("",), "未报实际值,按规定免考,所在维度按其余指标的满分折算"),
]


@cache
def scored_sentences() -> list[dict[str, str]]:
    return marks_together(*((decimals_in(item), figures) for item, figures, _ in SENTENCES))


@pytest.mark.parametrize("number", range(len(SENTENCES)))
def test_because_lets_a_person_redo_the_sum(number: int) -> None:
    assert scored_sentences()[number]["because"] == SENTENCES[number][2]


def test_because_names_an_adjusted_target() -> None:
    text = scheme(curve([[0, 0], [1, 1]]))

    marks = tables_of(text, row("A", "a", "80", "100", target_note="关井影响,批复 5 号"))["marks"][0]

    assert marks["because"].endswith("20 × 80% = 16.00;目标说明:关井影响,批复 5 号")


def test_vetoes_say_what_they_do() -> None:
    scored = indicator("a", "direct")
    veto = indicator("v", "veto", effect="zero_total", at=2)
    text = scheme(scored, veto)

    marks = {actual: tables_of(text, row("A", "a", "1"), row("A", "v", actual))["marks"][1] for actual in ("", "1", "2")}

    assert [marks[actual]["state"] for actual in marks] == ["ok", "ok", "veto"]
    assert {marks[actual]["mark"] for actual in marks} == {"0.00"}
    assert marks[""]["because"] == "未报,按未发生计"
    assert marks["1"]["because"] == "发生 1 次,未达到 2 次,不触发否决"
    assert marks["2"]["because"] == "发生 2 次,达到 2 次,触发一票否决:总分计 0 分"
