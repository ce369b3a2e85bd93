"""Totals: sums, exemption, caps, vetoes, missing, grades (SCORING.md, Rounding, totals, missing)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.scoring.builders import indicator, row, scheme, tables_of, total_of

TWO = [{"code": "d", "name": "创效"}, {"code": "e", "name": "安全"}]


def direct(code: str, full: Any, dimension: str = "d", **keys: Any) -> dict[str, Any]:
    return indicator(code, "direct", full=full, dimension=dimension, **({"missing": "exempt"} | keys))


def test_plain_marks_add_up_without_words() -> None:
    total = total_of(scheme(direct("a", 20), direct("b", 30, "e"), dimensions=TWO), row("A", "a", "15.5"), row("A", "b", "10.25"))

    assert (total["dim_d"], total["dim_e"], total["total"], total["because"]) == ("15.50", "10.25", "25.75", "")


def test_an_exempt_indicator_scales_its_dimension_once() -> None:
    total = total_of(scheme(direct("a", 20), direct("b", 10)), row("A", "a", "15.23"))

    # 15.23 × 30 ÷ 20 = 22.845
    assert (total["total"], total["state"]) == ("22.85", "final")
    assert total["because"] == "维度:有指标免考,15.23 × 30 ÷ 20 = 22.85"


def test_scaling_counts_full_never_caps() -> None:
    text = scheme(direct("a", 20), direct("b", 10), dimensions=[{"code": "d", "name": "维度", "cap": Decimal("21.5")}])

    total = total_of(text, row("A", "a", "15.23"))

    assert total["total"] == "21.50"
    assert total["because"] == "维度:有指标免考,15.23 × 30 ÷ 20 = 22.85;维度:合计 22.85,封顶 21.50"


def test_missing_under_zero_counts_as_not_exempt() -> None:
    text = scheme(direct("a", 20), direct("b", 10, missing="zero"), direct("c", 10))

    assert total_of(text, row("A", "a", "15"))["total"] == "20.00"  # 15 × 40 ÷ 30


def test_an_exempt_bonus_scales_nothing() -> None:
    text = scheme(direct("a", 20), indicator("b", "events", each=1, cap=5, full=0, missing="exempt"))

    assert total_of(text, row("A", "a", "15"))["because"] == ""


def test_a_dimension_of_bonuses_only_is_not_scaled() -> None:
    bonus = {"each": 1, "cap": 5, "full": 0, "missing": "exempt"}
    text = scheme(indicator("a", "events", **bonus), indicator("b", "events", **bonus))

    total = total_of(text, row("A", "a", "3"))

    assert (total["total"], total["because"], total["state"]) == ("3.00", "", "final")


def test_a_dimension_left_out_takes_its_bonuses_with_it() -> None:
    text = scheme(
        direct("a", 20),
        indicator("b", "events", each=1, cap=5, full=0, dimension="e"),
        direct("c", 10, "e"),
        dimensions=TWO,
    )

    total = total_of(text, row("A", "a", "15.23"), row("A", "b", "3"))

    assert (total["dim_e"], total["total"], total["state"]) == ("", "22.85", "final")
    assert total["because"] == ("安全:有分值的指标全部免考,不计入总分;有维度不计入,各维度合计 15.23 × 30 ÷ 20 = 22.85")


def test_nothing_left_is_provisional_and_empty_whatever_a_veto_does() -> None:
    text = scheme(direct("a", 20), indicator("v", "veto", effect="zero_total"), floor=5)

    tables = tables_of(text, row("A", "v", "1"))

    total = tables["totals"][0]
    assert (total["total"], total["state"], total["grade"], total["dim_d"]) == ("", "provisional", "", "")
    assert tables["places"][0]["because"] == "全部指标免考,没有总分,不排名"


def test_zero_dimension_leaves_a_left_out_dimension_empty() -> None:
    veto = indicator("v", "veto", effect="zero_dimension", dimension="e")
    text = scheme(direct("a", 20), direct("c", 10, "e"), veto, dimensions=TWO)

    total = total_of(text, row("A", "a", "10"), row("A", "v", "1"))

    assert (total["dim_e"], total["total"], total["vetoed"]) == ("", "15.00", "1")


def test_zero_dimension_comes_after_the_cap_and_leaves_marks_alone() -> None:
    veto = indicator("v", "veto", effect="zero_dimension", dimension="e")
    text = scheme(direct("a", 20), direct("c", 10, "e"), veto, dimensions=TWO)

    tables = tables_of(text, row("A", "a", "10"), row("A", "c", "8"), row("A", "v", "1"))

    assert tables["marks"][1]["mark"] == "8.00"
    assert tables["totals"][0]["dim_e"] == "0.00"
    assert tables["totals"][0]["total"] == "10.00"
    assert tables["totals"][0]["because"] == "安全:一票否决,计 0 分;否决项 指标v 已触发"


def test_cap_total_and_zero_total_come_last() -> None:
    vetoes = [
        indicator("v", "veto", effect="cap_total", limit=60),
        indicator("w", "veto", effect="cap_total", limit=50),
        indicator("z", "veto", effect="zero_total"),
    ]
    text = scheme(direct("a", 100), *vetoes, floor=55, cap=90)
    rows = [row("A", "a", "95"), row("A", "v", "1"), row("A", "z", "0")]

    assert total_of(text, *rows, row("A", "w", "0"))["total"] == "60.00"
    capped = total_of(text, *rows, row("A", "w", "1"))
    assert (capped["total"], capped["vetoed"]) == ("50.00", "2")
    assert "总分 95.00,封顶 90.00" in capped["because"]
    assert "一票否决,总分 90.00,不超过 50.00" in capped["because"]
    zero = total_of(text, *rows[:-1], row("A", "w", "1"), row("A", "z", "1"))
    assert (zero["total"], zero["vetoed"]) == ("0.00", "3")


def test_the_floor_holds_a_total_up() -> None:
    total = total_of(scheme(direct("a", 100), floor=55), row("A", "a", "5"))

    assert (total["total"], total["because"]) == ("55.00", "总分 5.00,保底 55.00")


def test_unplaced_is_provisional_without_grade() -> None:
    text = scheme(direct("a", 20), direct("b", 10, missing="unplaced"), grades=[{"name": "优", "min": 0}])

    tables = tables_of(text, row("A", "a", "15"))

    total = tables["totals"][0]
    assert (total["total"], total["state"], total["grade"], total["missing"]) == ("15.00", "provisional", "", "1")
    assert tables["places"][0]["because"] == "缺 1 项指标,总分为暂定,不排名"


def test_nothing_reported_totals_zero() -> None:
    total = total_of(scheme(direct("a", 20, missing="unplaced")), row("A", "a"))

    assert (total["total"], total["dim_d"], total["state"]) == ("0.00", "0.00", "provisional")


def test_a_missing_veto_figure_counts_as_no_event_and_is_said() -> None:
    total = total_of(scheme(direct("a", 20), indicator("v", "veto", effect="zero_total")), row("A", "a", "15"))

    assert (total["total"], total["missing"], total["vetoed"]) == ("15.00", "0", "0")
    assert total["because"] == "否决项 指标v 未报,按未发生计"


def test_grades_go_by_the_first_reached() -> None:
    grades = [{"name": "优", "min": Decimal("90.005")}, {"name": "良", "min": 80}, {"name": "差", "min": -10}]
    text = scheme(direct("a", 100), grades=grades[:2])

    found = [total_of(text, row("A", "a", actual))["grade"] for actual in ("90.01", "90", "80", "79.99")]

    assert found == ["优", "良", "良", ""]


def test_negative_totals_are_printed_with_a_sign_and_zero_without() -> None:
    events = indicator("a", "events", each=-1, full=0, floor=-5)

    assert total_of(scheme(events), row("A", "a", "3"))["total"] == "-3.00"
    assert total_of(scheme(events), row("A", "a", "0"))["total"] == "0.00"


def test_a_track_has_its_own_indicators() -> None:
    text = scheme(
        direct("a", 20),
        direct("b", 10, tracks=["production"]),
        direct("c", 5, "e", tracks=["production"]),
        dimensions=TWO,
    )

    tables = tables_of(
        text,
        row("A", "a", "10", track="production"),
        row("A", "b", "5", track="production"),
        row("A", "c", "5", track="production"),
        row("B", "a", "10", track="office"),
    )

    office, production = tables["totals"]
    assert [mark["indicator"] for mark in tables["marks"]] == ["a", "a", "b", "c"]
    assert (office["total"], office["dim_e"], office["because"]) == ("10.00", "", "")
    assert (production["total"], production["dim_e"]) == ("20.00", "5.00")
