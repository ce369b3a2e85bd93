"""Scoring figures by a scheme on an engine (SCORING.md as a whole)."""

from __future__ import annotations

from collections.abc import MutableMapping

import pyarrow as pa
import pyarrow.compute as pc

from ronghe.scoring.compile import Engine, compile_sql
from ronghe.scoring.parameters import parameter_tables
from ronghe.scoring.results import Results
from ronghe.scoring.runners import run_steps
from ronghe.scoring.scheme_model import Scheme
from ronghe.scoring.tables import RESULT_NAMES, result_schema, scale_result, to_engine
from ronghe.scoring.totals import assemble_totals

WANTED = (*RESULT_NAMES, "dimension_reasons", "veto_reasons")


def score(
    scheme: Scheme,
    figures: pa.Table,
    *,
    engine: Engine = "duckdb",
    spark_master: str | None = None,
    cache: MutableMapping[str, str] | None = None,
) -> Results:
    """Return marks, totals, places and gaps of checked figures (`figures.check_figures` or `figures.read_figures`).

    `figures` has the columns of `tables.FIGURES`; the kernel does not check them again. `cache` keeps compiled SQL
    between processes (see `compile.compile_sql`).
    """
    steps = compile_sql(scheme, engine, cache=cache)
    tracks = pc.unique(figures["track"]).to_pylist()
    inputs = {"figures": to_engine(figures), **parameter_tables(scheme, tracks)}
    raw = run_steps(steps, inputs, WANTED, engine=engine, spark_master=spark_master)
    raw["totals"] = assemble_totals(scheme, raw["totals"], raw["dimension_reasons"], raw["veto_reasons"])
    tables = {name: scale_result(raw[name], result_schema(name, scheme)) for name in RESULT_NAMES}
    return Results(scheme=scheme, **tables)
