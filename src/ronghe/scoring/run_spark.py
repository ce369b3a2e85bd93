"""Running the steps on Spark: the same SQL, cut where its selects are nested (`unnest.py`).

Each step's plan begins at the rows of those before it, not at their formulas: neither a plan nor the code that Spark
writes for it grows with the number of steps. ANSI mode is on: a number too long is an error, never a NULL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pyarrow as pa

from ronghe.scoring.functions import SPARK
from ronghe.scoring.unnest import unnest

_SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    # What is known of a row after each formula is no help here, and takes long to work out.
    "spark.sql.constraintPropagation.enabled": "false",
}
_LOCAL = {
    # Spark's 200 shuffle partitions are meant for a cluster; here each would be a task of a few rows.
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.enabled": "false",
    # Replanning at run time would compute each piece as soon as it is cut off, and Java code compiled for each formula takes
    # longer than a file that one machine can hold; a cluster keeps both.
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


def open_session(master: str) -> Any:
    """Return the Spark session of this process, opened on `master` where there is none yet."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("ronghe")
    for key, value in {**_SETTINGS, **(_LOCAL if master.startswith("local") else {})}.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def run_on_spark(
    steps: Mapping[str, str], figures: pa.Table, parameters: Mapping[str, pa.Table], wanted: Sequence[str], master: str
) -> dict[str, pa.Table]:
    """Run the steps in their order over the input tables and return the wanted ones."""
    session = open_session(master)
    for name, table in {"figures": figures, **parameters}.items():
        session.createDataFrame(table).createOrReplaceTempView(name)
    results: dict[str, pa.Table] = {}
    for step, sql in steps.items():
        for name, text in _pieces(step, sql).items():
            frame = session.sql(text)
            if name in wanted:
                results[name] = frame.toArrow()
            else:
                # Not computed yet; but what follows starts from these rows, whatever made them.
                frame.localCheckpoint(eager=False).createOrReplaceTempView(name)
    return results


@cache
def _pieces(step: str, sql: str) -> dict[str, str]:
    return unnest(step, sql, "spark", SPARK)
