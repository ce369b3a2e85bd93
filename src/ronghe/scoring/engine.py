"""Scoring figures by a scheme on an engine (SCORING.md as a whole)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, MutableMapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import pyarrow as pa

from ronghe.scoring.compile import Engine, compile_sql
from ronghe.scoring.parameters import parameter_tables
from ronghe.scoring.results import Results, join_results
from ronghe.scoring.scheme_model import Scheme
from ronghe.scoring.tables import RESULT_NAMES

if TYPE_CHECKING:
    from ronghe.scoring.coding import Coded

WANTED = (*RESULT_NAMES, "dimension_reasons", "veto_reasons")
PART = 400_000
"""Figures that are scored at once: units are compared within their track and period only, so that a large file is scored
in parts of whole tracks, and needs the memory of one part."""
_KEPT_PARAMETERS = 16
_PARAMETERS: dict[tuple[str, tuple[str, ...]], dict[str, pa.Table]] = {}


def score(
    scheme: Scheme,
    figures: pa.Table,
    *,
    engine: Engine = "duckdb",
    spark_master: str | None = None,
    spark_settings: Mapping[str, str] | None = None,
    cache: MutableMapping[str, str] | None = None,
) -> Results:
    """Return marks, totals, places and gaps of checked figures (`figures.check_figures` or `figures.read_figures`).

    `figures` has the columns of `tables.FIGURES`; the kernel does not check them again. `cache` keeps compiled SQL
    between processes (see `compile.compile_sql`).
    """
    return join_results(
        list(score_parts(scheme, figures, engine=engine, spark_master=spark_master, spark_settings=spark_settings, cache=cache))
    )


def score_parts(
    scheme: Scheme,
    figures: pa.Table,
    *,
    engine: Engine = "duckdb",
    spark_master: str | None = None,
    spark_settings: Mapping[str, str] | None = None,
    cache: MutableMapping[str, str] | None = None,
) -> Iterator[Results]:
    """Yield the results of `score` in parts, one after another in their order, each of whole tracks of a period."""
    steps = compile_sql(scheme, engine, cache=cache)
    if engine == "spark":
        from ronghe.scoring.run_spark import score_on_spark

        yield score_on_spark(scheme, steps, figures, spark_master or "local[2]", spark_settings)
        return
    from ronghe.scoring.coding import code_figures, split
    from ronghe.scoring.naming import name_results
    from ronghe.scoring.run_duckdb import FEW, run_few

    coded = code_figures(figures, scheme)
    if figures.num_rows <= FEW:
        tables = run_few(steps, coded.as_inputs(), _parameters_of(scheme, coded.tracks), WANTED)
        yield name_results(scheme, tables, coded.units)
        return
    yield from _score_many(scheme, steps, split(coded, PART))


def _score_many(scheme: Scheme, steps: dict[str, str], parts: Iterator[Coded]) -> Iterator[Results]:
    """Score parts, some at a time, and yield their results in order."""
    from ronghe.scoring.naming import name_results
    from ronghe.scoring.run_duckdb import AT_ONCE, run_many

    def run(part: Coded, parameters: dict[str, pa.Table], narrow: bool) -> tuple[Results, bool]:
        tables, fits = run_many(steps, part.as_inputs(), parameters, WANTED, narrow=narrow)
        return name_results(scheme, tables, part.units), fits

    narrow = True
    running: deque[Future[tuple[Results, bool]]] = deque()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for part in parts:
            if len(running) == AT_ONCE:
                results, fits = running.popleft().result()
                # Where one part's numbers are too long for 64 bits, the others' will be too.
                narrow = narrow and fits
                yield results
            running.append(pool.submit(run, part, _parameters_of(scheme, part.tracks), narrow))
        while running:
            yield running.popleft().result()[0]


def _parameters_of(scheme: Scheme, tracks: tuple[str, ...]) -> dict[str, pa.Table]:
    """Return the scheme's tables; the last ones are kept, as a month's runs ask for the same again and again."""
    key = (scheme.digest, tracks)
    if key not in _PARAMETERS:
        if len(_PARAMETERS) >= _KEPT_PARAMETERS:
            del _PARAMETERS[next(iter(_PARAMETERS))]
        _PARAMETERS[key] = parameter_tables(scheme, tracks)
    return _PARAMETERS[key]
