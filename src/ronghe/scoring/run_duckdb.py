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
from ronghe.scoring.tables import ENGINE_FIGURES

FEW = 5_000
"""Up to so many figures one core is enough, and planning a query takes longer than running it."""
_WIDE_TYPE = "DECIMAL(38, 0)"
_KEPT: dict[tuple[Any, ...], DuckdbRunner] = {}
_LOCK = threading.Lock()


def run_few(steps: Mapping[str, str], figures: pa.Table, parameters: Mapping[str, pa.Table], wanted: Sequence[str]) -> dict[str, pa.Table]:
    """Run the steps over few figures, with the statements that this process prepared before."""
    # A forked process must not use its parent's connection.
    key = (os.getpid(), tuple(wanted), steps["ranked"])
    with _LOCK:
        if key not in _KEPT:
            _KEPT[key] = DuckdbRunner(steps, wanted, few=True)
        return _KEPT[key].run(figures, parameters)


class DuckdbRunner:
    """Runs the same steps over one part of the figures after another."""

    def __init__(self, steps: Mapping[str, str], wanted: Sequence[str], *, few: bool = False) -> None:
        self._steps, self._wanted, self._few = steps, wanted, few
        self._sessions: dict[bool, _Session] = {}
        self._narrow = True

    def run(self, figures: pa.Table, parameters: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
        """Run the steps in their order and return the wanted tables."""
        import duckdb

        if self._narrow:
            try:
                return self._session(narrow=True).run(figures, parameters)
            except (duckdb.OutOfRangeException, duckdb.ConversionException):
                # The other parts of a large file will be no smaller; the next month of a few units may be.
                self._narrow = self._few
        return self._session(narrow=False).run(figures, parameters)

    def close(self) -> None:
        for session in self._sessions.values():
            session.close()
        self._sessions.clear()

    def _session(self, *, narrow: bool) -> _Session:
        if narrow not in self._sessions:
            self._sessions[narrow] = _Session(self._steps, self._wanted, narrow=narrow, few=self._few)
        return self._sessions[narrow]


def narrow_sql(sql: str) -> str:
    """Return a step's SQL over 64-bit integers."""
    return sql.replace(_WIDE_TYPE, "BIGINT")


class _Session:
    """A connection that keeps its tables, its prepared statements and one scheme's parameters."""

    def __init__(self, steps: Mapping[str, str], wanted: Sequence[str], *, narrow: bool, few: bool) -> None:
        import duckdb

        self._texts = {name: narrow_sql(sql) if narrow else sql for name, sql in steps.items()}
        self._wanted = wanted
        self._prepared: set[str] = set()
        self._parameters: Mapping[str, pa.Table] | None = None
        self._number = "BIGINT" if narrow else _WIDE_TYPE
        self._connection = duckdb.connect()
        if few:
            self._connection.execute("SET threads = 1")
        # A statement outlives the rows for which it was planned: what is true of these must not shape the plan.
        self._connection.execute("SET disabled_optimizers = 'statistics_propagation,compressed_materialization,empty_result_pullup'")
        for macro in DUCKDB_NARROW if narrow else DUCKDB_WIDE:
            self._connection.execute(macro)
        # All tables first: one created later would make DuckDB plan every statement anew at each run.
        for name, schema in {"figures": ENGINE_FIGURES, **PARAMETERS}.items():
            given = schema.empty_table()
            self._connection.execute(f'CREATE TEMP TABLE "{name}" AS SELECT {self._columns(given)} FROM given')
        for name, text in self._texts.items():
            if name not in wanted:
                self._connection.execute(f'CREATE TEMP TABLE "{name}" AS {text} LIMIT 0')

    def run(self, figures: pa.Table, parameters: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
        if self._parameters is not parameters:
            self._parameters = None
            for name, table in parameters.items():
                self._connection.execute(f'DELETE FROM "{name}"')
                self._fill(name, table)
            self._parameters = parameters
        results: dict[str, pa.Table] = {}
        self._connection.execute("BEGIN")
        try:
            self._fill("figures", figures)
            for name in self._texts:
                answer = self._connection.execute(self._statement(name))
                if name in self._wanted:
                    results[name] = answer.to_arrow_table()
        finally:
            # What was filled in is gone again; tables and statements stay.
            self._connection.execute("ROLLBACK")
        return results

    def close(self) -> None:
        self._connection.close()

    def _fill(self, name: str, given: pa.Table) -> None:
        # DuckDB finds `given` by its name in this frame; to register it would be a change of the catalog.
        self._connection.execute(f'INSERT INTO "{name}" SELECT {self._columns(given)} FROM given')

    def _statement(self, name: str) -> str:
        if name not in self._prepared:
            # Planned now that its tables are filled, so that the sizes of joins are known.
            into = "" if name in self._wanted else f'INSERT INTO "{name}" '
            self._connection.execute(f"PREPARE step_{name} AS {into}{self._texts[name]}")
            self._prepared.add(name)
        return f"EXECUTE step_{name}"

    def _columns(self, table: pa.Table) -> str:
        return ", ".join(
            f'CAST("{field.name}" AS {self._number}) AS "{field.name}"' if pa.types.is_decimal(field.type) else f'"{field.name}"'
            for field in table.schema
        )
