"""Running the steps on Spark: the same SQL, cut where its selects are nested (`unnest.py`).

Each piece's plan begins at the rows of those before it, not at their formulas: neither a plan nor the code that Spark
writes for it grows with the number of steps. ANSI mode is on: a number too long is an error, never a NULL.

Figures that this process has read pass through it (`score_on_spark`); a folder of Parquet is read, checked, scored and
written by the executors (`spark_folder.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ronghe.scoring.coding import integers
from ronghe.scoring.functions import SPARK, SPARK_NARROW
from ronghe.scoring.naming import in_order
from ronghe.scoring.parameters import parameter_tables
from ronghe.scoring.results import Results
from ronghe.scoring.scheme_model import Scheme
from ronghe.scoring.tables import GIVEN, INPUTS, RESULT_NAMES, result_schema, scale_result
from ronghe.scoring.totals import name_columns
from ronghe.scoring.unnest import unnest

WANTED = (*(f"named_{name}" for name in RESULT_NAMES), "dimension_reasons", "veto_reasons")
SHARED = ("units", "figures", "marked", "summed", "totalled", "ranked", "least", "needed")
"""Steps that several others read: their rows are kept, all other rows pass on."""
_WIDE_TYPE = "DECIMAL(38, 0)"
_SETTINGS = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "true",
    # 2026 in a folder's name is a period, not a number.
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    # What is known of a row after each formula is no help here, and takes long to work out.
    "spark.sql.constraintPropagation.enabled": "false",
}
_LOCAL = {
    # Spark's 200 shuffle partitions are meant for a cluster; here each would be a task of a few rows.
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.enabled": "false",
}
_HERE = {
    # Replanning at run time would compute each piece as soon as it is cut off, and Java code compiled for each formula takes
    # longer than a file that passes through one process.
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
_SPREAD = {"spark.sql.adaptive.enabled": "true", "spark.sql.codegen.wholeStage": "true", "spark.sql.codegen.factoryMode": "FALLBACK"}


def open_session(master: str, settings: Mapping[str, str] | None = None, *, spread: bool = False) -> Any:
    """Return the Spark session of this process, opened on `master` where there is none yet."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).appName("ronghe")
    for key, value in {**_SETTINGS, **(_LOCAL if master.startswith("local") else {}), **(settings or {})}.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    for key, value in {**(_SPREAD if spread else _HERE), **(settings or {})}.items():
        if not session.conf.isModifiable(key):
            continue
        session.conf.set(key, value)
    return session


def score_on_spark(
    scheme: Scheme, steps: Mapping[str, str], figures: pa.Table, master: str, settings: Mapping[str, str] | None = None
) -> Results:
    """Score figures (`tables.FIGURES`) on Spark, which numbers and names the units itself."""
    given = pa.Table.from_arrays([_plain(figures.column(field.name), field.type) for field in GIVEN], schema=GIVEN)
    parameters = parameter_tables(scheme, pc.unique(figures["track"]).to_pylist())
    session = open_session(master, settings)
    session.createDataFrame(given).createOrReplaceTempView("given")
    show_parameters(session, parameters, narrow=False)
    frames = run_steps(session, steps, narrow=False)
    raw = {name: in_order(frames[name].toArrow()) for name in WANTED}
    reasons = raw["dimension_reasons"], raw["veto_reasons"]
    tables = {name: raw[f"named_{name}"] for name in RESULT_NAMES}
    tables["totals"] = name_columns(scheme, tables["totals"], *reasons)
    return Results(scheme=scheme, **{name: scale_result(table, result_schema(name, scheme)) for name, table in tables.items()})


def _plain(column: pa.ChunkedArray, wanted: pa.DataType) -> pa.ChunkedArray:
    if wanted == pa.string():
        return column.cast(wanted)
    return pa.chunked_array([integers(chunk) for chunk in column.chunks], type=wanted)


def show_parameters(session: Any, parameters: Mapping[str, pa.Table], *, narrow: bool) -> None:
    """Give the scheme's tables to the session. Raises pa.ArrowInvalid where `narrow` and a number is too long for 64 bits."""
    for name, table in parameters.items():
        columns = [_narrow(table.column(field.name), field.type) if narrow else table.column(field.name) for field in table.schema]
        session.createDataFrame(pa.Table.from_arrays(columns, names=table.column_names)).createOrReplaceTempView(name)


def _narrow(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    return column.cast(pa.int64()) if pa.types.is_decimal(kind) else column


def run_steps(session: Any, steps: Mapping[str, str], *, narrow: bool) -> dict[str, Any]:
    """Return the wanted steps' rows as frames; nothing is computed before they are asked for.

    The steps read the views `given` and those of the parameters. `narrow`: over 64-bit integers; a number too long for
    them is an error when the rows are computed.
    """
    frames: dict[str, Any] = {}
    for step, sql in steps.items():
        for name, text in _pieces(step, sql, narrow).items():
            frame = session.sql(text)
            if name in WANTED:
                frames[name] = frame
                continue
            # Not computed yet; but what follows starts from these rows, whatever made them.
            frame = frame.localCheckpoint(eager=False) if name in SHARED else _cut_off(session, frame)
            # Figures carry the units' own columns; under names of their own both can be joined to each other.
            frame = frame.toDF(*frame.columns) if name in INPUTS else frame
            frame.createOrReplaceTempView(name)
    return frames


def _cut_off(session: Any, frame: Any) -> Any:
    """Return the same rows as a frame whose plan begins with them; unlike a checkpoint it keeps none of them."""
    from pyspark.sql import DataFrame

    inside = frame._jdf
    return DataFrame(session._jsparkSession.internalCreateDataFrame(inside.queryExecution().toRdd(), inside.schema(), False), session)


@cache
def _pieces(step: str, sql: str, narrow: bool) -> dict[str, str]:
    if narrow:
        return unnest(step, sql.replace(_WIDE_TYPE, "BIGINT"), "spark", SPARK_NARROW)
    return unnest(step, sql, "spark", SPARK)


def too_long(error: BaseException) -> bool:
    """Tell whether Spark stopped because a number did not fit."""
    return any(word in str(error) for word in ("ARITHMETIC_OVERFLOW", "CAST_OVERFLOW", "NUMERIC_VALUE_OUT_OF_RANGE"))
