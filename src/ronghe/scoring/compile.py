"""From Ibis expressions to SQL for an engine, compiled once and kept (SCORING.md, Engines).

A scheme reaches the SQL as tables (`parameters.py`), so that the SQL is the same for every scheme but for the number of
indicators that break a tie. It is therefore compiled when the program is built: `sql/<engine>.sql` beside this module holds
it, a test keeps that file equal to the expressions, and `python -m ronghe.scoring.compile` writes it again. Only a scheme
with more ties than the file foresees needs Ibis at run time; what that gives is kept in the process and, where the caller
wants it, in a mapping of texts.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import MutableMapping
from functools import cache as remember
from pathlib import Path
from typing import Literal, get_args

from ronghe.scoring.scheme_model import Scheme

Engine = Literal["duckdb", "spark"]
SHIPPED_TIES = 6
_FOLDER = Path(__file__).parent / "sql"
_MARK = "-- step "
_RANKED = "ranked"


def compile_sql(scheme: Scheme, engine: Engine = "duckdb", *, cache: MutableMapping[str, str] | None = None) -> dict[str, str]:
    """Return the SQL of each step by its name, in the order in which they run.

    `cache` is any mapping of texts that the caller keeps (a table, a file). Where the SQL was shipped, used before in
    this process or is in `cache`, Ibis is not imported.
    """
    tie_count = len(scheme.tie_break)
    shipped = shipped_steps(engine)
    if shipped and tie_count <= SHIPPED_TIES:
        return _pick(shipped, tie_count)
    return _compile_once(engine, tie_count, cache)


@remember
def shipped_steps(engine: Engine) -> dict[str, str]:
    """Return the SQL that came with the program; empty where the file is not there."""
    path = _FOLDER / f"{engine}.sql"
    if not path.exists():
        return {}
    steps: dict[str, str] = {}
    for block in path.read_text(encoding="utf-8").split(_MARK)[1:]:
        name, _, sql = block.partition("\n")
        steps[name.strip()] = sql.strip()
    return steps


def write_steps(engine: Engine) -> str:
    """Compile every shipped step with Ibis and return the text of `sql/<engine>.sql`."""
    from ronghe.scoring.expressions import build_steps

    lines = ["-- Written by `python -m ronghe.scoring.compile` from the Ibis expressions. Do not edit.\n"]
    for name, sql in build_steps(engine, 0).items():
        variants = {name: sql}
        if name == _RANKED:
            variants = {f"{_RANKED}_{count}": build_steps(engine, count)[_RANKED] for count in range(SHIPPED_TIES + 1)}
        lines += [f"{_MARK}{variant}\n{text}\n" for variant, text in variants.items()]
    return "\n".join(lines)


_IN_PROCESS: dict[str, dict[str, str]] = {}


def _pick(shipped: dict[str, str], tie_count: int) -> dict[str, str]:
    ranked = {f"{_RANKED}_{tie_count}": _RANKED}
    return {ranked.get(name, name): sql for name, sql in shipped.items() if name in ranked or not name.startswith(f"{_RANKED}_")}


def _compile_once(engine: Engine, tie_count: int, cache: MutableMapping[str, str] | None) -> dict[str, str]:
    # Kept SQL belongs to one version of the expressions: the shipped file stands for it.
    version = hashlib.sha256(json.dumps(shipped_steps(engine)).encode()).hexdigest()[:16]
    key = f"ronghe-sql:{engine}:{tie_count}:{version}"
    if key in _IN_PROCESS:
        return _IN_PROCESS[key]
    kept = cache.get(key) if cache is not None else None
    if kept is not None:
        steps: dict[str, str] = json.loads(kept)
    else:
        from ronghe.scoring.expressions import build_steps

        steps = build_steps(engine, tie_count)
        if cache is not None:
            cache[key] = json.dumps(steps, ensure_ascii=False)
    _IN_PROCESS[key] = steps
    return steps


def main() -> None:
    """Write the shipped SQL of every engine."""
    _FOLDER.mkdir(exist_ok=True)
    for engine in get_args(Engine):
        (_FOLDER / f"{engine}.sql").write_text(write_steps(engine), encoding="utf-8")
        sys.stdout.write(f"{engine}.sql\n")


if __name__ == "__main__":
    main()
