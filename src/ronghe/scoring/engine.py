"""Scoring figures by a scheme on an engine (SCORING.md as a whole)."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ronghe.scoring.compile import Engine, compile_sql
from ronghe.scoring.parameters import parameter_tables
from ronghe.scoring.results import Results, join_results
from ronghe.scoring.scheme_model import Scheme
from ronghe.scoring.tables import RESULT_NAMES, result_schema, scale_result, to_engine
from ronghe.scoring.totals import assemble_totals

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
    cache: MutableMapping[str, str] | None = None,
) -> Results:
    """Return marks, totals, places and gaps of checked figures (`figures.check_figures` or `figures.read_figures`).

    `figures` has the columns of `tables.FIGURES`; the kernel does not check them again. `cache` keeps compiled SQL
    between processes (see `compile.compile_sql`).
    """
    return join_results(list(score_parts(scheme, figures, engine=engine, spark_master=spark_master, cache=cache)))


def score_parts(
    scheme: Scheme,
    figures: pa.Table,
    *,
    engine: Engine = "duckdb",
    spark_master: str | None = None,
    cache: MutableMapping[str, str] | None = None,
) -> Iterator[Results]:
    """Yield the results of `score` in parts, one after another in their order, each of whole tracks of a period."""
    steps = compile_sql(scheme, engine, cache=cache)
    if engine == "spark":
        from ronghe.scoring.run_spark import run_on_spark

        tables = run_on_spark(steps, to_engine(figures), _parameters_of(scheme, figures), WANTED, spark_master or "local[2]")
        yield _results(scheme, tables)
        return
    from ronghe.scoring.run_duckdb import FEW, run_few, run_many

    if figures.num_rows <= FEW:
        yield _results(scheme, run_few(steps, to_engine(figures), _parameters_of(scheme, figures), WANTED))
        return
    narrow = True
    for part in split_figures(figures, PART):
        # Where one part's numbers are too long for 64 bits, the others' will be too.
        tables, narrow = run_many(steps, to_engine(part), _parameters_of(scheme, part), WANTED, narrow=narrow)
        yield _results(scheme, tables)


def split_figures(figures: pa.Table, size: int) -> Iterator[pa.Table]:
    """Yield parts of about `size` rows, each of whole tracks, in the order of period and track."""
    import numpy as np

    if figures.num_rows <= size:
        yield figures
        return
    codes, names = zip(*(_encode(figures[column]) for column in ("period", "track")), strict=True)
    group = codes[0] * len(names[1]) + codes[1]
    ends = np.cumsum(np.bincount(group, minlength=len(names[0]) * len(names[1])))
    # Rows that came in order are cut where they lie; others are gathered part by part.
    order = None if bool((group[1:] >= group[:-1]).all()) else np.argsort(group, kind="stable")
    start = 0
    for position, end in enumerate(ends):
        after = ends[position + 1] if position + 1 < len(ends) else None
        if end > start and (after is None or after - start > size):
            yield figures.slice(start, end - start) if order is None else figures.take(pa.array(order[start:end]))
            start = int(end)


def _encode(column: pa.ChunkedArray) -> tuple[Any, list[str]]:
    """Return a number for each row, in the order of the names."""
    import numpy as np

    encoded = column.combine_chunks().dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    names = encoded.dictionary.to_pylist()
    ordered = sorted(names)
    numbers = {name: number for number, name in enumerate(ordered)}
    table = np.array([numbers[name] for name in names], dtype=np.int32)
    return table[encoded.indices.to_numpy()], ordered


def _parameters_of(scheme: Scheme, figures: pa.Table) -> dict[str, pa.Table]:
    """Return the scheme's tables; the last ones are kept, as a month's runs ask for the same again and again."""
    tracks = tuple(sorted(pc.unique(figures["track"]).to_pylist()))
    key = (scheme.digest, tracks)
    if key not in _PARAMETERS:
        if len(_PARAMETERS) >= _KEPT_PARAMETERS:
            del _PARAMETERS[next(iter(_PARAMETERS))]
        _PARAMETERS[key] = parameter_tables(scheme, tracks)
    return _PARAMETERS[key]


def _results(scheme: Scheme, raw: dict[str, pa.Table]) -> Results:
    raw["totals"] = assemble_totals(scheme, raw["totals"], raw["dimension_reasons"], raw["veto_reasons"])
    tables = {name: scale_result(raw[name], result_schema(name, scheme)) for name in RESULT_NAMES}
    return Results(scheme=scheme, **tables)
