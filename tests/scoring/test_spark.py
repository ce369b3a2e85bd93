"""Spark gives the bytes of DuckDB: every method, edge, missing policy and rounding case, in few runs (SCORING.md, Engines).

A Spark run costs the same for one unit as for hundreds, so that many cases share a scheme: each has indicators of its own.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from ronghe.scoring.engine import score
from ronghe.scoring.figures import parse_figures_csv
from ronghe.scoring.scheme import parse_scheme
from ronghe.scoring.tables import RESULT_NAMES
from tests.scoring.builders import indicator, row, scheme
from tests.scoring.helpers import csv_of
from tests.scoring.test_gaps import NEEDS
from tests.scoring.test_marks import MARKS, decimals_in

pytest.importorskip("pyspark")
pytestmark = pytest.mark.spark

POLICIES = ("zero", "unplaced", "exempt")
LONG = ("999999999999.999999", "-999999999999.999999", "0.000001", "-0.7", "0", "")


def same_bytes(text: str, rows: list[dict[str, str]]) -> None:
    checked = parse_scheme(text)
    figures = parse_figures_csv(csv_of(rows), checked)

    duckdb, spark = score(checked, figures), score(checked, figures, engine="spark")

    for name in RESULT_NAMES:
        assert spark.csv_bytes(name).decode().splitlines() == duckdb.csv_bytes(name).decode().splitlines()
        assert spark.table(name).schema == duckdb.table(name).schema


def test_every_method_and_every_way_to_the_next_place() -> None:
    items: list[dict[str, Any]] = []
    rows: list[dict[str, str]] = []
    for number, (item, figures, _) in enumerate(MARKS):
        items.append(decimals_in(item) | {"code": f"m{number}", "tracks": ["marks"]})
        others = () if item["method"] in ("events", "veto") else (("B", LONG[:3]), ("C", LONG[2:5]))
        rows += [row(unit, f"m{number}", *given, track="marks") for unit, given in (("A", figures), *others)]
    for number, (item, figures, better, _) in enumerate(NEEDS):
        items.append(item | {"code": f"n{number}", "tracks": [f"t{number}"]})
        items.append(indicator(f"z{number}", "direct", full=100, missing="zero", tracks=[f"t{number}"]))
        rows += [row(f"A{number}", f"n{number}", *figures, track=f"t{number}"), row(f"B{number}", f"z{number}", better, track=f"t{number}")]

    same_bytes(scheme(*items, ranking={"min_peers": 1, "tie_break": ["m0", "m1"]}), rows)


@pytest.mark.parametrize("digits", [0, 4])
def test_every_missing_policy_veto_cap_and_rounding(digits: int) -> None:
    dimensions = [{"code": policy, "name": policy, **({"cap": 30} if policy == "zero" else {})} for policy in POLICIES]
    items = []
    for policy in POLICIES:
        keys: dict[str, Any] = {"dimension": policy, "missing": policy, "full": Decimal("7.5")}
        items += [
            indicator(f"{policy}-a", "curve", on="attainment", points=[[Decimal("0.8"), 0], [1, 1]], **keys),
            indicator(f"{policy}-d", "curve", on="deviation", points=[[-1, Decimal("-0.5")], [2, Decimal("1.5")]], **keys),
            indicator(f"{policy}-g", "bands", on="growth", bands=[[Decimal("-0.1"), Decimal("0.333")], [0, 1]], below=-1, **keys),
            indicator(f"{policy}-e", "events", each=Decimal("-1.125"), **keys),
        ]
    vetoes = [
        indicator("v1", "veto", effect="zero_total"),
        indicator("v2", "veto", effect="zero_dimension", dimension="zero"),
        indicator("v3", "veto", effect="cap_total", limit=20, at=2),
    ]
    rows = []
    for number in range(12):
        unit, track = f"单位{number:02d}", "东区" if number < 9 else ""
        for position, item in enumerate(items + vetoes):
            counted = item["method"] in ("events", "veto")
            if (number + position) % 7 == 0 and not counted:
                continue
            actual = str((number * position) % 3 if number % 4 == 1 else 0) if counted else f"{80 + 3 * number + position}.{number}5"
            if (number + 2 * position) % 11 == 0:
                actual = ""
            exempt = "停产检修" if (number * 5 + position) % 13 == 0 else ""
            rows.append(
                row(unit, item["code"], actual, "" if number == 5 else "100", "0" if number == 6 else "-97", track=track, exempt=exempt)
            )

    same_bytes(scheme(*items, *vetoes, dimensions=dimensions, digits=digits, cap=95, floor=-3, grades=[{"name": "优", "min": 20}]), rows)
