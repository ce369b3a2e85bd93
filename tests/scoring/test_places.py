"""Places within a track, ties, and the step to the next place (SCORING.md, Places)."""

from __future__ import annotations

from tests.scoring.builders import indicator, row, scheme, tables_of

A, B = indicator("a", "direct", full=50, missing="exempt"), indicator("b", "direct", full=50, missing="exempt")


def places(ranking: dict, *marks: tuple[str, str, str], track: str = "") -> list[tuple[str, ...]]:
    rows = []
    for unit, first, second in marks:
        rows += [row(unit, "a", first, track=track), row(unit, "b", second, track=track)]
    table = tables_of(scheme(A, B, ranking=ranking), *rows)["places"]
    return [(line["unit"], line["place"], line["tied"], line["to_next"]) for line in table]


def test_equal_totals_share_a_place_and_the_next_is_skipped() -> None:
    found = places({}, ("p", "40", "0"), ("q", "30", "0"), ("r", "0", "30"), ("s", "10", "0"))

    assert found == [("p", "1", "1", ""), ("q", "2", "2", "10.00"), ("r", "2", "2", "10.00"), ("s", "4", "1", "20.00")]


def test_tie_break_marks_decide_best_first() -> None:
    found = places({"tie_break": ["b"], "min_peers": 1}, ("p", "40", "0"), ("q", "30", "10"), ("r", "30", "10"))

    assert found == [("p", "3", "1", "0.00"), ("q", "1", "2", ""), ("r", "1", "2", "")]


def test_an_empty_tie_break_mark_comes_last() -> None:
    # p is exempt from b: 15 × 100 ÷ 50 = 30
    found = places({"tie_break": ["b"], "min_peers": 1}, ("p", "15", ""), ("q", "30", "0"))

    assert [line[:2] for line in found] == [("p", "2"), ("q", "1")]


def test_too_few_peers_get_no_place() -> None:
    rows = [row("p", "a", "1"), row("p", "b", "1"), row("q", "a", "2"), row("q", "b", "1")]

    tables = tables_of(scheme(A, B, ranking={}), *rows)

    line = tables["places"][0]
    assert (line["place"], line["peers"], line["tied"], line["to_next"]) == ("", "2", "", "")
    assert line["because"] == "本赛道有最终总分的单位 2 个,少于 3 个,不排名"


def test_provisional_units_are_listed_without_a_place_and_are_no_peers() -> None:
    item = indicator("a", "direct", full=50)
    rows = [row("p", "a", "1"), row("q", "a", "2"), row("r", "a")]

    table = tables_of(scheme(item, ranking={"min_peers": 2}), *rows)["places"]

    assert [(line["place"], line["peers"]) for line in table] == [("2", "2"), ("1", "2"), ("", "2")]


def test_tracks_are_never_ranked_together() -> None:
    rows = [row(unit, "a", mark, track=track) for unit, mark, track in (("p", "1", "x"), ("q", "2", "y"), ("r", "3", ""), ("s", "4", "-"))]

    table = tables_of(scheme(indicator("a", "direct"), ranking={"min_peers": 1}), *rows)["places"]

    assert [(line["track"], line["unit"], line["place"]) for line in table] == [
        ("-", "r", "2"),
        ("-", "s", "1"),
        ("x", "p", "1"),
        ("y", "q", "1"),
    ]


def test_periods_are_ranked_apart() -> None:
    rows = [row("p", "a", "1"), row("p", "a", "3") | {"period": "2026-09"}, row("q", "a", "2")]

    table = tables_of(scheme(indicator("a", "direct"), ranking={"min_peers": 1}), *rows)["places"]

    assert [(line["period"], line["unit"], line["place"]) for line in table] == [
        ("2026-09", "p", "1"),
        ("2026-10", "p", "2"),
        ("2026-10", "q", "1"),
    ]


def test_more_ties_than_were_compiled_ahead() -> None:
    items = [indicator(f"i{number}", "direct") for number in range(5)]
    ranking = {"tie_break": [item["code"] for item in reversed(items)], "min_peers": 1}
    rows = [row("p", f"i{number}", "1") for number in range(5)]
    rows += [row("q", f"i{number}", mark) for number, mark in enumerate(("2", "0", "1", "1", "1"))]

    table = tables_of(scheme(*items, ranking=ranking), *rows)["places"]

    assert [line["place"] for line in table] == ["1", "2"]
