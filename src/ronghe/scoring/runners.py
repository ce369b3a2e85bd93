"""Running compiled SQL on DuckDB or Spark. No Ibis here: a scheme compiled before runs without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from ronghe.scoring.compile import Engine


def run_steps(
    steps: Mapping[str, str],
    inputs: Mapping[str, pa.Table],
    wanted: Sequence[str],
    *,
    engine: Engine = "duckdb",
    spark_master: str | None = None,
) -> dict[str, pa.Table]:
    """Run the steps in their order over the input tables and return the wanted ones."""
    if engine == "duckdb":
        from ronghe.scoring.run_duckdb import run_on_duckdb

        return run_on_duckdb(steps, inputs, wanted)
    from ronghe.scoring.run_spark import run_on_spark

    return run_on_spark(steps, inputs, wanted, spark_master or "local[2]")
