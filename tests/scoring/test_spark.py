"""Spark gives the bytes of DuckDB: every method, edge, missing policy and rounding case, in few runs (SCORING.md, Engines).

A Spark run costs the same for one unit as for hundreds, so that many cases share a scheme: each has indicators of its own.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from ronghe.scoring.cli import main
from ronghe.scoring.engine import score
from ronghe.scoring.figures import parse_figures_csv
from ronghe.scoring.scheme import parse_scheme
from ronghe.scoring.spark_checks import SPACES
from ronghe.scoring.tables import FIGURES, RESULT_NAMES
from tests.scoring.builders import indicator, row, scheme
from tests.scoring.helpers import csv_of
from tests.scoring.test_gaps import NEEDS
from tests.scoring.test_marks import MARKS, decimals_in

pytest.importorskip("pyspark")
pytestmark = pytest.mark.spark

COMMAND = ["--format", "parquet", "--engine", "spark"]
SMALL = (
    "spark.sql.adaptive.enabled=false",
    "spark.sql.codegen.wholeStage=false",
    "spark.sql.codegen.factoryMode=NO_CODEGEN",
)
"""Compiling Java takes longer than a few rows do."""
STORED = pa.schema(
    [field.with_type(pa.string()) if pa.types.is_dictionary(field.type) else field for field in FIGURES if field.name != "period"]
)
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


def test_every_missing_policy_veto_cap_and_rounding() -> None:
    text, rows = every_policy(digits=0)

    same_bytes(text, rows)


def test_a_folder_by_period_is_read_and_written_by_the_executors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first period's numbers fit 64 bits, the second's do not; a period of an earlier run stays, one scored again is replaced."""
    text, rows = every_policy(digits=4)
    long = [given | {"period": "2026-11"} for given in rows if given["unit"] <= "单位03"]
    for number, given in enumerate(given for given in long if given["indicator"].endswith(("-a", "-d", "-g"))):
        given["actual"] = LONG[number % len(LONG)]
    checked = parse_scheme(text)
    figures = parse_figures_csv(csv_of(rows + long), checked)
    folder = lay_out(tmp_path, text, figures.to_pylist())
    out = tmp_path / "out"
    for period in ("2026-09", "2026-10"):
        (out / "marks.parquet" / f"period={period}").mkdir(parents=True)
        (out / "marks.parquet" / f"period={period}" / "part-old.parquet").write_bytes(b"old")

    arguments = ["--scheme", f"{tmp_path}/scheme.toml", "--figures", str(folder), "--out", str(out)]
    status = main([*COMMAND, *arguments, *(f"--spark-conf={setting}" for setting in SMALL)])

    expected = score(checked, figures)
    assert (status, capsys.readouterr().out) == (
        0,
        f"方案:{expected.totals.num_rows} 个单位期次、{expected.marks.num_rows} 项得分,已写入 {out}\n",
    )
    assert (out / "marks.parquet" / "period=2026-09" / "part-old.parquet").read_bytes() == b"old"
    assert not list(out.glob(".ronghe-*"))
    for name in RESULT_NAMES:
        wanted = plain(expected.table(name))
        for period in ("2026-10", "2026-11"):
            parts = sorted((out / f"{name}.parquet" / f"period={period}").glob("*.parquet"))
            found = pa.concat_tables([pq.ParquetFile(part).read() for part in parts])
            of_period = wanted.filter(pc.equal(wanted["period"], period)).drop_columns(["period"])
            assert found.schema.types == of_period.schema.types
            assert found.to_pylist() == of_period.to_pylist()


def test_wrong_figures_in_a_folder_are_told_as_anywhere_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, rows = every_policy(digits=2)
    folder = lay_out(tmp_path, text, rows, pa.schema([(name, pa.string()) for name in STORED.names]))
    wrong = folder / "period=2026-11" / "part-1.parquet"
    wrong.parent.mkdir()
    cells = {
        "unit": ["A", "A\u3000", "B", " ", "C", "C", "D", "E"],
        "track": ["x", "x", "x", "x", "x", "y", None, None],
        "indicator": ["zero-a", "zero-a", "gas", "zero-a", "zero-a", "zero-d", "zero-e", "v1"],
        "actual": ["1", "2", "3", "4", "1e3", "1234567890123", "1.5", "-1"],
    }
    pq.write_table(pa.table(cells), wrong)
    arguments = ["--scheme", f"{tmp_path}/scheme.toml", "--figures", str(folder), "--out", str(tmp_path / "out")]

    statuses = [main([*command, *arguments]) for command in (COMMAND, COMMAND[:2])]

    told = capsys.readouterr().err.splitlines()
    assert statuses == [2, 2]
    assert len(told) == 2 * 8
    assert told[:8] == told[8:]
    assert not (tmp_path / "out").exists()


def test_texts_are_trimmed_as_arrow_does() -> None:
    every = [chr(code) for code in range(1, 0x3100)]

    trimmed = pc.utf8_trim_whitespace(pa.array(every)).to_pylist()

    assert {char for char, rest in zip(every, trimmed, strict=True) if not rest} == set(SPACES)


def lay_out(root: Path, text: str, rows: list[dict[str, Any]], schema: pa.Schema = STORED) -> Path:
    """Write a scheme, and figures as a company keeps them: a folder for each period, files of their own types."""
    (root / "scheme.toml").write_text(text, encoding="utf-8")
    folder = root / "figures"
    for period in sorted({given["period"] for given in rows}):
        (folder / f"period={period}").mkdir(parents=True)
        of_period = [{name: value for name, value in given.items() if name != "period"} for given in rows if given["period"] == period]
        for number, part in enumerate((of_period[:20], of_period[20:])):
            pq.write_table(pa.Table.from_pylist(part, schema=schema), folder / f"period={period}" / f"part-{number}.parquet")
    return folder


def plain(table: pa.Table) -> pa.Table:
    """Return a table with texts where it has dictionaries of them."""
    return pa.table(
        {
            field.name: table[field.name].cast(pa.string()) if pa.types.is_dictionary(field.type) else table[field.name]
            for field in table.schema
        }
    )


def every_policy(digits: int) -> tuple[str, list[dict[str, str]]]:
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

    return scheme(*items, *vetoes, dimensions=dimensions, digits=digits, cap=95, floor=-3, grades=[{"name": "优", "min": 20}]), rows
