"""From a scheme to SQL for an engine: one definition in Ibis, compiled once and kept (SCORING.md, Engines).

The SQL is a list of named steps over the tables `figures`, `items`, `segments` and `sentences`; each step creates a
table that the next ones read. Running it needs no Ibis.
"""

from __future__ import annotations

import json
from collections.abc import MutableMapping
from typing import Literal

from ronghe.scoring.scheme_model import Scheme

Engine = Literal["duckdb", "spark"]
SQL_VERSION = 1
"""Raised with every change of the expressions, so that kept SQL of an older program is not used."""
_COMPILED: dict[str, dict[str, str]] = {}


def cache_key(scheme: Scheme, engine: Engine) -> str:
    """Return the key under which a scheme's SQL is kept."""
    return f"ronghe-sql:{SQL_VERSION}:{engine}:{scheme.digest}"


def compile_sql(
    scheme: Scheme, engine: Engine = "duckdb", *, cache: MutableMapping[str, str] | None = None
) -> dict[str, str]:
    """Return the SQL of each step by its name, in the order in which they run.

    `cache` is any mapping of texts that the caller keeps (a table, a file): where it holds the scheme's SQL, Ibis is
    not imported.
    """
    key = cache_key(scheme, engine)
    if key in _COMPILED:
        return _COMPILED[key]
    kept = cache.get(key) if cache is not None else None
    if kept is not None:
        steps: dict[str, str] = json.loads(kept)
    else:
        # Importing Ibis takes a second; only a scheme seen for the first time pays for it.
        from ronghe.scoring.expressions import build_steps

        steps = build_steps(scheme, engine)
        if cache is not None:
            cache[key] = json.dumps(steps, ensure_ascii=False)
    _COMPILED[key] = steps
    return steps
