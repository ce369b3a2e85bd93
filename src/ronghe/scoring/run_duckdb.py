"""Running the steps on DuckDB: few figures by statements prepared once a process, many on all cores.

Both run the same SQL, first over BIGINT (`narrow`), which most files fit in. DuckDB checks every operation on integers,
so that a number too long is an error here, never a wrong result; then the same SQL runs over DECIMAL(38, 0).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from ronghe.scoring.functions import DUCKDB_NARROW, DUCKDB_WIDE

FEW = 5_000
"""Up to so many figures, planning a query takes longer than running it."""
_WIDE_TYPE = "DECIMAL(38, 0)"
_KEPT: dict[tuple[Any, ...], _Kept] = {}
_LOCK = threading.Lock()


def run_on_duckdb(steps: Mapping[str, str], inputs: Mapping[str, pa.Table], wanted: Sequence[str]) -> dict[str, pa.Table]:
    """Run the steps in their order over the input tables and return the wanted ones."""
    import duckdb

    run = _run_few if inputs["figures"].num_rows <= FEW else _run_many
    try:
        return run(steps, inputs, wanted, narrow=True)
    except (duckdb.OutOfRangeException, duckdb.ConversionException):
        return run(steps, inputs, wanted, narrow=False)


def narrow_sql(sql: str) -> str:
    """Return a step's SQL over 64-bit integers."""
    return sql.replace(_WIDE_TYPE, "BIGINT")


def _open(narrow: bool) -> Any:
    import duckdb

    connection = duckdb.connect()
    for macro in DUCKDB_NARROW if narrow else DUCKDB_WIDE:
        connection.execute(macro)
    return connection


def _columns(table: pa.Table, narrow: bool) -> str:
    kind = "BIGINT" if narrow else _WIDE_TYPE
    return ", ".join(
        f'CAST("{field.name}" AS {kind}) AS "{field.name}"' if pa.types.is_decimal(field.type) else f'"{field.name}"'
        for field in table.schema
    )


def _run_many(steps: Mapping[str, str], inputs: Mapping[str, pa.Table], wanted: Sequence[str], *, narrow: bool) -> dict[str, pa.Table]:
    results: dict[str, pa.Table] = {}
    with _open(narrow) as connection:
        for name, table in inputs.items():
            connection.register("given", table)
            if name == "figures":
                connection.register(name, table)
            else:
                connection.execute(f'CREATE TEMP TABLE "{name}" AS SELECT {_columns(table, narrow)} FROM given')
        for name, sql in steps.items():
            text = narrow_sql(sql) if narrow else sql
            if name in wanted:
                results[name] = connection.execute(text).to_arrow_table()
            else:
                connection.execute(f'CREATE TEMP TABLE "{name}" AS {text}')
    return results


class _Kept:
    """A connection that keeps its tables, its prepared statements and one scheme's parameters."""

    def __init__(self, steps: Mapping[str, str], inputs: Mapping[str, pa.Table], wanted: Sequence[str], narrow: bool) -> None:
        self._narrow = narrow
        self._wanted = wanted
        self._steps = list(steps)
        self._connection = _open(narrow)
        self._connection.execute("SET threads = 1")
        # Statements are planned while the tables are empty: what is true of empty tables must not shape the plan.
        self._connection.execute("SET disabled_optimizers = 'statistics_propagation,compressed_materialization,empty_result_pullup'")
        for name, table in inputs.items():
            given = table.slice(0, 0)  # noqa: F841  (DuckDB finds it by its name)
            self._connection.execute(f'CREATE TEMP TABLE "{name}" AS SELECT {_columns(table, narrow)} FROM given')
        for name, sql in steps.items():
            text = narrow_sql(sql) if narrow else sql
            if name not in wanted:
                self._connection.execute(f'CREATE TEMP TABLE "{name}" AS {text} LIMIT 0')
                text = f'INSERT INTO "{name}" {text}'
            self._connection.execute(f"PREPARE step_{name} AS {text}")

    def run(self, inputs: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
        results: dict[str, pa.Table] = {}
        self._connection.execute("BEGIN")
        try:
            for name, given in inputs.items():
                self._connection.execute(f'INSERT INTO "{name}" SELECT {_columns(given, self._narrow)} FROM given')
            for name in self._steps:
                answer = self._connection.execute(f"EXECUTE step_{name}")
                if name in self._wanted:
                    results[name] = answer.to_arrow_table()
        finally:
            # What was filled in is gone again; tables and statements stay.
            self._connection.execute("ROLLBACK")
        return results


def _run_few(steps: Mapping[str, str], inputs: Mapping[str, pa.Table], wanted: Sequence[str], *, narrow: bool) -> dict[str, pa.Table]:
    # A forked process must not use its parent's connection.
    key = (os.getpid(), narrow, tuple(wanted), steps["ranked"])
    with _LOCK:
        if key not in _KEPT:
            _KEPT[key] = _Kept(steps, inputs, wanted, narrow)
        return _KEPT[key].run(inputs)
