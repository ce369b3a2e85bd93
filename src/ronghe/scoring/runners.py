"""Running compiled SQL on DuckDB or Spark. No Ibis here: a scheme compiled before runs without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from ronghe.scoring.compile import Engine

_DUCKDB_QUOTIENT = """
CREATE TEMP MACRO ronghe_quotient(a, b) AS CASE
    WHEN a < 1000000000000000000 AND b < 1000000000000000000
    THEN CAST(CAST(CAST(a AS DECIMAL(18, 0)) AS BIGINT) // CAST(CAST(b AS DECIMAL(18, 0)) AS BIGINT) AS DECIMAL(38, 0))
    ELSE CAST(CAST(a AS HUGEINT) // CAST(b AS HUGEINT) AS DECIMAL(38, 0))
END
"""
# The quotient of exact multiples is exact in decimal(38, 6); nothing is rounded.
_SPARK_QUOTIENT = """
CREATE TEMPORARY FUNCTION ronghe_quotient(a DECIMAL(38, 0), b DECIMAL(38, 0)) RETURNS DECIMAL(38, 0)
RETURN CAST((a - a % b) / b AS DECIMAL(38, 0))
"""


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
        return _run_duckdb(steps, inputs, wanted)
    return _run_spark(steps, inputs, wanted, spark_master or "local[2]")


def _run_duckdb(steps: Mapping[str, str], inputs: Mapping[str, pa.Table], wanted: Sequence[str]) -> dict[str, pa.Table]:
    import duckdb

    results: dict[str, pa.Table] = {}
    with duckdb.connect() as connection:
        connection.execute(_DUCKDB_QUOTIENT)
        for name, table in inputs.items():
            connection.register(name, table)
        for name, sql in steps.items():
            if name in wanted:
                results[name] = connection.execute(sql).to_arrow_table()
            else:
                connection.execute(f'CREATE TEMP TABLE "{name}" AS {sql}')
    return results


def _run_spark(steps: Mapping[str, str], inputs: Mapping[str, pa.Table], wanted: Sequence[str], master: str) -> dict[str, pa.Table]:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("ronghe")
    if master.startswith("local"):
        # Spark's 200 shuffle partitions are meant for a cluster; here each would be a task of a few rows.
        builder = builder.config("spark.sql.shuffle.partitions", "2").config("spark.ui.enabled", "false")
    session = builder.getOrCreate()
    session.sql("DROP TEMPORARY FUNCTION IF EXISTS ronghe_quotient")
    session.sql(_SPARK_QUOTIENT)
    results: dict[str, pa.Table] = {}
    for name, table in inputs.items():
        session.createDataFrame(table).createOrReplaceTempView(name)
    for name, sql in steps.items():
        frame = session.sql(sql)
        if name in wanted:
            results[name] = frame.toArrow()
        else:
            frame.cache().createOrReplaceTempView(name)
    return results
