"""The rivals that do all of the work give the kernel's tables: `python -m bench.scoring_check`, and first in `make bench`."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.scoring_data import scheme_text, write_months

COLUMNS = {
    "marks": ("unit", "indicator", "x", "full", "mark", "lost", "state", "because"),
    "totals": ("unit", "total", "grade", "missing", "because", "dim_d0", "dim_d1", "dim_d2", "dim_d3"),
    "places": ("unit", "total", "place", "peers", "tied", "to_next"),
    "gaps": ("unit", "indicator", "mark", "lost", "to_target", "leader", "to_leader", "to_mean", "needed_actual"),
}
MICROS = ("x", "to_target", "needed_actual")


def check(folder: Path) -> None:
    """Compare cell by cell. Raises AssertionError at the first table that differs."""
    kernel = _kernel(folder)
    for rival, tables in (("SQL", _sql(folder)), ("pandas", _pandas(folder))):
        for name, rows in tables.items():
            assert len(rows) == len(kernel[name]), (rival, name, len(rows), len(kernel[name]))
            for mine, theirs in zip(kernel[name], rows, strict=True):
                assert mine == theirs, (rival, name, mine, theirs)


def check_loop(folder: Path) -> None:
    """Compare the row-by-row scorer's gaps, in which all else has a part, with the kernel's. Raises AssertionError where they differ."""
    from bench.scoring_loops import walk_frame

    rows = walk_frame(folder)["gaps"]
    places = [10**6 if column in MICROS else None if column in ("unit", "indicator", "leader") else 100 for column in COLUMNS["gaps"]]
    loop = [tuple(_scale(text, places[at]) for at, text in enumerate(row[2:])) for row in rows]
    for mine, theirs in zip(_kernel(folder)["gaps"], loop, strict=True):
        assert mine == theirs, ("loop", mine, theirs)


def _scale(text: str, by: int | None) -> Any:
    return (text or None) if by is None else int(Decimal(text) * by) if text else None


def _kernel(folder: Path) -> dict[str, list[Any]]:
    from ronghe.scoring.engine import score
    from ronghe.scoring.figures import read_figures
    from ronghe.scoring.scheme import parse_scheme

    scheme = parse_scheme(scheme_text())
    results = score(scheme, read_figures(folder, scheme))
    found = {}
    for name, columns in COLUMNS.items():
        table = results.table(name)
        scale = {column: 10**6 if column in MICROS else 100 for column in columns}
        lists = [
            [int(v * scale[column]) if hasattr(v, "as_tuple") else v for v in table[column].to_pylist()] for column in columns
        ]  # hundredths and millionths
        found[name] = list(zip(*lists, strict=True))
    return found


def _sql(folder: Path) -> dict[str, list[Any]]:
    from bench.scoring import run_sql

    with tempfile.TemporaryDirectory() as out:
        run_sql(folder, Path(out))
        import pyarrow as pa
        import pyarrow.parquet as pq

        found = {}
        for name, columns in COLUMNS.items():
            table = pa.concat_tables(pq.ParquetFile(path).read() for path in sorted(Path(out).glob(f"{name}-*.parquet")))
            found[name] = [tuple(row[column] for column in columns) for row in sorted(table.to_pylist(), key=_period)]
    return found


def _period(row: dict[str, Any]) -> Any:
    return row["period"]


def _pandas(folder: Path) -> dict[str, list[Any]]:
    from bench.scoring_pandas import score

    found = {}
    for name, table in score(folder).items():
        lists = [table[column].tolist() for column in COLUMNS[name]]
        found[name] = [tuple(_plain(value) for value in row) for row in zip(*lists, strict=True)]
    return found


def _plain(value: Any) -> Any:
    if value != value:  # NaN is not itself
        return None
    return int(value) if isinstance(value, float) else value


if __name__ == "__main__":
    from bench.scoring import DATA

    write_months(DATA / "4320", "4320")
    check(DATA / "4320")
    print("SQL、pandas 与内核的四张表逐格相同")
