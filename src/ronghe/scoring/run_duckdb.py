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
from ronghe.scoring.parameters import PARAMETERS
from ronghe.scoring.tables import INPUTS

FEW = 5_000
"""Up to so many figures one core is enough, and planning a query takes longer than running it."""
_WIDE_TYPE = "DECIMAL(38, 0)"
_KEPT: dict[tuple[Any, ...], _Session] = {}
_LOCK = threading.Lock()
Tables = Mapping[str, pa.Table]


def run_few(steps: Mapping[str, str], inputs: Tables, parameters: Tables, wanted: Sequence[str]) -> dict[str, pa.Table]:
    """Run the steps in their order over few figures, with the statements that this process prepared before."""
    import duckdb

    try:
        return _run_kept(steps, inputs, parameters, wanted, narrow=True)
    except (duckdb.OutOfRangeException, duckdb.ConversionException):
        return _run_kept(steps, inputs, parameters, wanted, narrow=False)


def run_many(
    steps: Mapping[str, str], inputs: Tables, parameters: Tables, wanted: Sequence[str], *, narrow: bool = True
) -> tuple[dict[str, pa.Table], bool]:
    """Run the steps over many figures on all cores; return the wanted tables, and whether 64 bits were enough."""
    import duckdb

    if narrow:
        try:
            return _run_once(steps, inputs, parameters, wanted, narrow=True), True
        except (duckdb.OutOfRangeException, duckdb.ConversionException):
            pass
    return _run_once(steps, inputs, parameters, wanted, narrow=False), False


def narrow_sql(sql: str) -> str:
    """Return a step's SQL over 64-bit integers."""
    return sql.replace(_WIDE_TYPE, "BIGINT")


def _run_once(steps: Mapping[str, str], inputs: Tables, parameters: Tables, wanted: Sequence[str], *, narrow: bool) -> dict[str, pa.Table]:
    import duckdb

    results: dict[str, pa.Table] = {}
    with duckdb.connect() as connection:
        _define(connection, narrow=narrow)
        for name, given in {**inputs, **parameters}.items():
            connection.execute(f'CREATE TEMP TABLE "{name}" AS SELECT {_columns(given, narrow=narrow)} FROM given')
        # Every step is planned when the tables that it reads are filled: their sizes and ranges make the plan.
        for name, sql in steps.items():
            text = narrow_sql(sql) if narrow else sql
            if name in wanted:
                results[name] = connection.execute(text).to_arrow_table()
            else:
                connection.execute(f'CREATE TEMP TABLE "{name}" AS {text}')
    return results


def _run_kept(steps: Mapping[str, str], inputs: Tables, parameters: Tables, wanted: Sequence[str], *, narrow: bool) -> dict[str, pa.Table]:
    # A forked process must not use its parent's connection.
    key = (os.getpid(), narrow, tuple(wanted), steps["ranked"])
    with _LOCK:
        if key not in _KEPT:
            _KEPT[key] = _Session(steps, wanted, narrow=narrow)
        return _KEPT[key].run(inputs, parameters)


def _define(connection: Any, *, narrow: bool) -> None:
    for macro in DUCKDB_NARROW if narrow else DUCKDB_WIDE:
        connection.execute(macro)


def _columns(table: pa.Table, *, narrow: bool) -> str:
    kind = "BIGINT" if narrow else _WIDE_TYPE
    return ", ".join(
        f'CAST("{field.name}" AS {kind}) AS "{field.name}"' if pa.types.is_decimal(field.type) else f'"{field.name}"'
        for field in table.schema
    )


class _Session:
    """A connection that keeps its tables, its prepared statements and one scheme's parameters."""

    def __init__(self, steps: Mapping[str, str], wanted: Sequence[str], *, narrow: bool) -> None:
        import duckdb

        self._names = list(steps)
        self._wanted = wanted
        self._narrow = narrow
        self._parameters: Tables | None = None
        self._connection = duckdb.connect()
        self._connection.execute("SET threads = 1")
        # Statements are planned while the tables are empty: what is true of empty tables must not shape the plan.
        self._connection.execute("SET disabled_optimizers = 'statistics_propagation,compressed_materialization,empty_result_pullup'")
        _define(self._connection, narrow=narrow)
        # All tables first: one created later would make DuckDB plan every statement anew at each run.
        for name, schema in {**INPUTS, **PARAMETERS}.items():
            given = schema.empty_table()
            self._connection.execute(f'CREATE TEMP TABLE "{name}" AS SELECT {_columns(given, narrow=narrow)} FROM given')
        texts = {name: narrow_sql(sql) if narrow else sql for name, sql in steps.items()}
        for name in self._names:
            if name not in wanted:
                self._connection.execute(f'CREATE TEMP TABLE "{name}" AS {texts[name]} LIMIT 0')
        for name in self._names:
            into = "" if name in wanted else f'INSERT INTO "{name}" '
            self._connection.execute(f"PREPARE step_{name} AS {into}{texts[name]}")

    def run(self, inputs: Tables, parameters: Tables) -> dict[str, pa.Table]:
        if self._parameters is not parameters:
            self._parameters = None
            for name, table in parameters.items():
                self._connection.execute(f'DELETE FROM "{name}"')
                self._fill(name, table)
            self._parameters = parameters
        results: dict[str, pa.Table] = {}
        self._connection.execute("BEGIN")
        try:
            for name, table in inputs.items():
                self._fill(name, table)
            for name in self._names:
                answer = self._connection.execute(f"EXECUTE step_{name}")
                if name in self._wanted:
                    results[name] = answer.to_arrow_table()
        finally:
            # What was filled in is gone again; tables and statements stay.
            self._connection.execute("ROLLBACK")
        return results

    def _fill(self, name: str, given: pa.Table) -> None:
        # DuckDB finds `given` by its name in this frame; to register it would be a change of the catalog.
        self._connection.execute(f'INSERT INTO "{name}" SELECT {_columns(given, narrow=self._narrow)} FROM given')
