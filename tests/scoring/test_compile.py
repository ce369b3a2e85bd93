"""The SQL: compiled ahead, kept, run without Ibis (SCORING.md, Engines)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import ronghe
from ronghe.scoring import compile as compiling
from ronghe.scoring.compile import compile_sql, shipped_steps, write_steps
from ronghe.scoring.scheme import parse_scheme
from tests.scoring.builders import indicator, scheme

SOURCE = Path(ronghe.__file__).parent.parent


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_the_shipped_sql_is_that_of_the_expressions(engine: compiling.Engine) -> None:
    path = Path(compiling.__file__).parent / "sql" / f"{engine}.sql"

    assert path.read_text(encoding="utf-8") == write_steps(engine), "run python -m ronghe.scoring.compile"


def test_aggregates_come_before_windows() -> None:
    """No window runs over figures: rows are ranked by unit and stepped by place."""
    for name, sql in shipped_steps("duckdb").items():
        if "OVER (" in sql:
            assert name.startswith("ranked_")
    for name in ("marked", "summed", "totalled", "needed", "marks", "gaps"):
        assert "OVER (" not in shipped_steps("duckdb")[name]


def test_no_float_is_in_the_sql() -> None:
    for engine in ("duckdb", "spark"):
        for sql in shipped_steps(engine).values():
            assert "DOUBLE" not in sql
            assert " / " not in sql


def test_what_is_compiled_at_run_time_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [indicator(f"i{number}", "direct") for number in range(5)]
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
