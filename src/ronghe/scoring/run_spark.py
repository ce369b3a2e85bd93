"""Running the steps on Spark: the same SQL, cut where its selects are nested (`unnest.py`).

Each step's plan begins at the rows of those before it, not at their formulas: neither a plan nor the code that Spark
writes for it grows with the number of steps. ANSI mode is on: a number too long is an error, never a NULL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ronghe.scoring.coding import integers
from ronghe.scoring.functions import SPARK
from ronghe.scoring.naming import in_order
from ronghe.scoring.parameters import parameter_tables
from ronghe.scoring.results import Results
from ronghe.scoring.scheme_model import Scheme
from ronghe.scoring.tables import GIVEN, INPUTS, RESULT_NAMES, result_schema, scale_result
from ronghe.scoring.totals import name_columns
from ronghe.scoring.unnest import unnest

WANTED = (*(f"named_{name}" for name in RESULT_NAMES), "dimension_reasons", "veto_reasons")
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


def score_on_spark(scheme: Scheme, steps: Mapping[str, str], figures: pa.Table, master: str) -> Results:
    """Score figures (`tables.FIGURES`) on Spark, which numbers and names the units itself."""
    given = pa.Table.from_arrays([_plain(figures.column(field.name), field.type) for field in GIVEN], schema=GIVEN)
    parameters = parameter_tables(scheme, pc.unique(figures["track"]).to_pylist())
    raw = run_on_spark(steps, {"given": given, **parameters}, WANTED, master)
    raw = {name: in_order(table) for name, table in raw.items()}
    reasons = raw["dimension_reasons"], raw["veto_reasons"]
    tables = {name: raw[f"named_{name}"] for name in RESULT_NAMES}
    tables["totals"] = name_columns(scheme, tables["totals"], *reasons)
    return Results(scheme=scheme, **{name: scale_result(table, result_schema(name, scheme)) for name, table in tables.items()})


def _plain(column: pa.ChunkedArray, wanted: pa.DataType) -> pa.ChunkedArray:
    if wanted == pa.string():
        return column.cast(wanted)
    return pa.chunked_array([integers(chunk) for chunk in column.chunks], type=wanted)


def run_on_spark(steps: Mapping[str, str], inputs: Mapping[str, pa.Table], wanted: Sequence[str], master: str) -> dict[str, pa.Table]:
    """Run the steps in their order over the input tables and return the wanted ones."""
    session = open_session(master)
    for name, table in inputs.items():
        session.createDataFrame(table).createOrReplaceTempView(name)
    results: dict[str, pa.Table] = {}
    for step, sql in steps.items():
        for name, text in _pieces(step, sql).items():
            frame = session.sql(text)
            if name in wanted:
                results[name] = frame.toArrow()
            else:
                # Not computed yet; but what follows starts from these rows, whatever made them.
                frame = frame.localCheckpoint(eager=False)
                # Figures carry the units' own columns; under names of their own both can be joined to each other.
                frame = frame.toDF(*frame.columns) if name in INPUTS else frame
                frame.createOrReplaceTempView(name)
    return results


@cache
def _pieces(step: str, sql: str) -> dict[str, str]:
    return unnest(step, sql, "spark", SPARK)
