"""The SQL: compiled ahead, kept, run without Ibis (SCORING.md, Engines)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

import ronghe
from ronghe.scoring import compile as compiling
from ronghe.scoring.compile import compile_sql, shipped_steps, write_steps
from ronghe.scoring.functions import DUCKDB_WIDE
from ronghe.scoring.parameters import PARAMETERS
from ronghe.scoring.scheme import parse_scheme
from ronghe.scoring.scheme_model import Scheme
from ronghe.scoring.tables import INPUTS
from tests.scoring.builders import indicator, scheme

SOURCE = Path(ronghe.__file__).parent.parent


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_the_shipped_sql_is_that_of_the_expressions(engine: compiling.Engine) -> None:
    path = Path(compiling.__file__).parent / "sql" / f"{engine}.sql"

    assert path.read_text(encoding="utf-8") == write_steps(engine), "run python -m ronghe.scoring.compile"


def test_aggregates_come_before_windows() -> None:
    """No window runs over figures: units are ranked, places stepped through. Spark numbers units, of which each is a group."""
    for engine in ("duckdb", "spark"):
        for name, sql in shipped_steps(engine).items():
            if "OVER (" in sql:
                assert name.startswith("ranked_") or (engine, name) == ("spark", "units")
    assert '"figures"' not in shipped_steps("duckdb")["ranked_1"]
    numbering = shipped_steps("spark")["units"]
    assert numbering.index("OVER (") < numbering.index("GROUP BY"), "the select that numbers reads the one that groups"


def test_the_plan_ranks_units_alone_and_sorts_nothing() -> None:
    """DuckDB's own plan: windows lie above aggregates; no step sorts, least of all its sentences; no name of a unit is joined or grouped."""
    plans = plans_of(parse_scheme(scheme(indicator("a", "direct"), ranking={"tie_break": ["a"]})))

    assert plans["ranked"].index("WINDOW") < plans["ranked"].rindex("HASH_GROUP_BY")
    for name, plan in plans.items():
        assert "ORDER_BY" not in plan, name
        assert name == "ranked" or "WINDOW" not in plan, name
        assert "NESTED_LOOP" not in plan, name
        assert "CROSS_PRODUCT" not in plan or name.endswith("_reasons"), name
    for name, sql in compile_sql(parse_scheme(scheme(indicator("a", "direct")))).items():
        assert '."unit"' not in sql, name
        assert '."period"' not in sql, name


def plans_of(checked: Scheme) -> dict[str, str]:
    plans: dict[str, str] = {}
    with duckdb.connect() as connection:
        for macro in DUCKDB_WIDE:
            connection.execute(macro)
        for name, schema in {**INPUTS, **PARAMETERS}.items():
            given = schema.empty_table()  # noqa: F841  (DuckDB finds it by its name)
            connection.execute(f'CREATE TEMP TABLE "{name}" AS SELECT * FROM given')
        # Without these DuckDB plans next to nothing for tables that are empty.
        connection.execute("SET disabled_optimizers = 'statistics_propagation,empty_result_pullup'")
        for name, sql in compile_sql(checked).items():
            plans[name] = connection.execute(f"EXPLAIN {sql}").fetchall()[0][1]
            connection.execute(f'CREATE TEMP TABLE IF NOT EXISTS "{name}" AS {sql} LIMIT 0')
    return plans


def test_no_float_is_in_the_sql() -> None:
    for engine in ("duckdb", "spark"):
        for sql in shipped_steps(engine).values():
            assert "DOUBLE" not in sql
            assert " / " not in sql


def test_what_is_compiled_at_run_time_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [indicator(f"i{number}", "direct") for number in range(compiling.SHIPPED_TIES + 2)]
    many_ties = parse_scheme(scheme(*items, ranking={"tie_break": [item["code"] for item in items]}))
    monkeypatch.setattr(compiling, "_IN_PROCESS", {})
    kept: dict[str, str] = {}

    first = compile_sql(many_ties, cache=kept)

    assert len(kept) == 1
    monkeypatch.setattr(compiling, "_IN_PROCESS", {})
    monkeypatch.setattr("ronghe.scoring.expressions.build_steps", None)
    assert compile_sql(many_ties, cache=kept) == first


def test_scoring_imports_neither_ibis_nor_django() -> None:
    program = (
        "import sys\n"
        "from ronghe.scoring.engine import score\nfrom ronghe.scoring.figures import parse_figures_csv\n"
        "from ronghe.scoring.scheme import parse_scheme\n"
        f"scheme = parse_scheme({scheme(indicator('a', 'direct'))!r})\n"
        "score(scheme, parse_figures_csv(b'unit,period,indicator,actual\\nA,2026-10,a,1\\n', scheme))\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'ibis', 'django', 'sqlglot'}))\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | {"PYTHONPATH": str(SOURCE)}, capture_output=True, text=True, check=True
    )

    assert done.stdout == "[]\n"
