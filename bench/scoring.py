"""The kernel beside the same rules by hand: `python -m bench scoring` (`RONGHE_BENCH=all` adds the year of 86.4 M values).

Each run is a process of its own that says how long it took, what CPU it used and how much memory at most; contestants
take turns, and medians and ratios of CPU are printed. All read Parquet and keep their results in memory or write them as said.
"""

from __future__ import annotations

import importlib.abc
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.scoring_data import SIZES, scheme_text, write_months

DATA = Path(os.environ.get("RONGHE_BENCH_DATA", Path(tempfile.gettempdir()) / f"ronghe-bench-{os.getuid()}-2"))
ROUNDS = {"360": 5, "4320": 5, "7.2M": 3}
SAMPLES = {"apply": "360", "orm": "360", "apply_less": "43200", "orm_less": "43200"}
"""The loops run on a sample. Those that do all of the work take milliseconds for each value; the others need more for a figure to mean something."""
CONTESTANTS = {
    "360": ("kernel", "sql", "polars", "pandas", "pandas_less"),
    "4320": ("kernel", "sql", "polars", "pandas", "pandas_less", "apply", "orm", "apply_less", "orm_less"),
    "7.2M": ("kernel", "sql", "polars", "pandas", "pandas_less"),
}


class _NoPandas(importlib.abc.MetaPathFinder):
    """The product has no pandas; PyArrow would load it where a benchmark installed it."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name.partition(".")[0] == "pandas":
            raise ModuleNotFoundError(name)


class Watch:
    """Measures one stretch of work: wall time, CPU of this process, peak memory so far."""

    def __enter__(self) -> Watch:
        self._started = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall = time.perf_counter() - self._started[0]
        self.cpu = time.process_time() - self._started[1]

    def told(self, values: int) -> dict[str, float]:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return {"wall": self.wall, "cpu": self.cpu, "peak": peak, "values": values}


def run_kernel(folder: Path) -> dict[str, float]:
    """Read and check the month's figures, score them, write the four tables as Parquet."""
    from ronghe.scoring.engine import score_parts
    from ronghe.scoring.figures import read_figures
    from ronghe.scoring.results import write_parts
    from ronghe.scoring.scheme import parse_scheme

    scheme = parse_scheme(scheme_text())
    with tempfile.TemporaryDirectory() as out, Watch() as watch:
        figures = read_figures(folder, scheme)
        read = time.process_time()
        write_parts(score_parts(scheme, figures), out, format="parquet")
        scored = time.process_time()
    return watch.told(figures.num_rows) | {"score": scored - read}


def run_sql(folder: Path, keep: Path | None = None) -> dict[str, float]:
    """Score with the SQL written by hand, track by track as the kernel does, and write the four tables as Parquet."""
    import duckdb

    from bench.scoring_sql import FUNCTIONS, ITEMS, MARKED, NEEDED, RESULTS, TOTALLED

    files = str(folder / "**" / "*.parquet")
    micro = ", ".join(f"CAST({name} * 1000000 AS BIGINT) AS {name}" for name in ("actual", "target", "base"))
    with tempfile.TemporaryDirectory() as scratch, Watch() as watch:
        out = keep or scratch
        tracks = duckdb.execute(f"SELECT DISTINCT track FROM '{files}' ORDER BY 1").fetchall()
        values = 0
        for number in range(0, len(tracks), 2):
            some = ", ".join(f"'{track}'" for (track,) in tracks[number : number + 2])
            with duckdb.connect() as connection:
                given = f"SELECT CAST(period AS VARCHAR) AS period, CAST(track AS VARCHAR) AS track, CAST(unit AS VARCHAR) AS unit, CAST(indicator AS VARCHAR) AS indicator, {micro}"
                connection.execute(f"CREATE TEMP TABLE figures AS {given} FROM '{files}' WHERE track IN ({some})")
                values += connection.execute("SELECT count(*) FROM figures").fetchall()[0][0]
                for text in (FUNCTIONS, ITEMS, MARKED, TOTALLED, NEEDED):
                    connection.execute(text)
                for name, text in RESULTS.items():
                    connection.execute(f"COPY ({text}) TO '{out}/{name}-{number:03d}.parquet' (FORMAT parquet)")
    return watch.told(values)


def run_month_by_month(folder: Path) -> dict[str, float]:
    """Close a year: each month scored and its totals carried, as the product does; marks stay as Parquet by period."""
    import pyarrow as pa

    from ronghe.scoring.engine import score_parts
    from ronghe.scoring.figures import read_figures
    from ronghe.scoring.results import write_parts
    from ronghe.scoring.scheme import parse_scheme

    scheme = parse_scheme(scheme_text())
    carried: list[pa.Table] = []
    values = 0

    def carry(parts: Any) -> Any:
        nonlocal values
        for part in parts:
            values += part.marks.num_rows
            carried.append(part.totals.select(["period", "track", "unit", "total"]))
            yield part

    with tempfile.TemporaryDirectory(dir=folder) as out, Watch() as watch:
        for month in sorted(path for path in folder.glob("period=*") if path.is_dir()):
            figures = read_figures(month, scheme)
            write_parts(carry(score_parts(scheme, figures)), Path(out) / month.name, format="parquet")
            del figures
        year = pa.concat_tables(carried).unify_dictionaries().group_by(["track", "unit"]).aggregate([("total", "sum"), ("total", "count")])
    return watch.told(values) | {"carried": year.num_rows}


def run_polars(folder: Path) -> dict[str, float]:
    from bench.scoring_frames import run_polars as run

    with Watch() as watch:
        run(folder)
    return watch.told(_count(folder))


def run_pandas(folder: Path) -> dict[str, float]:
    """All of the work: sentences, needed figures and files too."""
    from bench.scoring_pandas import run

    with tempfile.TemporaryDirectory() as out, Watch() as watch:
        run(folder, Path(out))
    return watch.told(_count(folder))


def run_pandas_less(folder: Path) -> dict[str, float]:
    """Floats; no sentences, no needed figures, no files."""
    from bench.scoring_frames import run_pandas as run

    with Watch() as watch:
        run(folder)
    return watch.told(_count(folder))


def run_apply(folder: Path) -> dict[str, float]:
    import pandas  # noqa: F401  (loading it is not the loop's work)

    from bench.scoring_loops import run_apply as run

    with Watch() as watch:
        run(folder)
    return watch.told(_count(folder))


def run_apply_less(folder: Path) -> dict[str, float]:
    from bench.scoring_frames import run_apply as run

    with Watch() as watch:
        run(folder)
    return watch.told(_count(folder))


def run_orm(folder: Path) -> dict[str, float]:
    from bench.scoring_loops import run_orm as run

    with Watch() as watch:
        count = run(folder)
    watch.cpu, watch.wall = run.spent  # type: ignore[attr-defined]  # without filling the database
    return watch.told(count)


def run_orm_less(folder: Path) -> dict[str, float]:
    from bench.scoring_frames import run_orm as run

    with Watch() as watch:
        count = run(folder)
    watch.cpu, watch.wall = run.spent  # type: ignore[attr-defined]  # without filling the database
    return watch.told(count)


def run_warm(folder: Path) -> dict[str, float]:
    """One unit's month in a process that has scored before; no expression is compiled."""
    from ronghe.scoring.engine import score
    from ronghe.scoring.figures import read_figures
    from ronghe.scoring.scheme import parse_scheme

    scheme = parse_scheme(scheme_text())
    figures = read_figures(folder, scheme).slice(0, 30)
    score(scheme, figures)
    walls, cpus = [], []
    for _ in range(20):
        with Watch() as watch:
            score(scheme, figures)
        walls.append(watch.wall)
        cpus.append(watch.cpu)
    assert not {"ibis", "sqlglot"} & set(sys.modules)
    watch.wall, watch.cpu = statistics.median(walls), statistics.median(cpus)
    return watch.told(30) | {"best": min(walls)}


def _count(folder: Path) -> int:
    import pyarrow.parquet as pq

    return sum(pq.ParquetFile(path).metadata.num_rows for path in folder.rglob("*.parquet"))


def measure(contestant: str, size: str) -> dict[str, float]:
    """Run one contestant in a process of its own."""
    command = [sys.executable, "-m", "bench.scoring", contestant, size]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def table(size: str) -> list[str]:
    """Return the lines of one size's table: medians of interleaved runs, CPU beside the SQL's."""
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in CONTESTANTS[size]}
    for _ in range(ROUNDS[size]):
        for name in runs:
            runs[name].append(measure(name, SAMPLES.get(name, size)))
    middle = {name: {key: statistics.median(run[key] for run in of) for key in of[0]} for name, of in runs.items()}
    floor = middle["sql"]["cpu"] / middle["sql"]["values"]
    lines = ["| 做法 | 数值 | 秒 | CPU 秒 | 每百万个数 CPU 秒 | 与手写 SQL 之比 | 峰值 MB |", "|---|---:|---:|---:|---:|---:|---:|"]
    for name, of in middle.items():
        each = of["cpu"] / of["values"]
        lines.append(
            f"| {name} | {of['values']:,.0f} | {of['wall']:.2f} | {of['cpu']:.2f} | {each * 1e6:.2f} | {each / floor:.2f} | {of['peak']:,.0f} |"
        )
    return lines


def main() -> None:
    """Print every table; the year of 86.4 M values only where RONGHE_BENCH=all."""
    names = ("duckdb", "pyarrow", "polars", "pandas", "numpy", "django")
    print(f"\n{platform.python_version()} · " + " · ".join(f"{name} {version(name)}" for name in names))
    print(f"{os.cpu_count()} 核,平均负载 {os.getloadavg()[0]:.1f}")
    for size in set(SAMPLES.values()):
        write_months(DATA / size, size)
    from bench import scoring_check

    write_months(DATA / "4320", "4320")
    scoring_check.check(DATA / "4320")
    write_months(DATA / "360", "360")
    scoring_check.check_loop(DATA / "360")
    for size in ROUNDS:
        write_months(DATA / size, size)
        print(f"\n### {size} 个数\n\n" + "\n".join(table(size)), flush=True)
    warm = measure("warm", "360")
    print(
        f"\n一个单位一个月(已热的进程):中位 {warm['wall'] * 1000:.0f} 毫秒,最快 {warm['best'] * 1000:.0f} 毫秒,CPU {warm['cpu'] * 1000:.0f} 毫秒"
    )
    from bench import scoring_postgres

    scoring_postgres.main()
    if os.environ.get("RONGHE_BENCH") == "all":
        write_months(DATA / "86.4M", "86.4M")
        year = measure("month_by_month", "86.4M")
        print(
            f"\n一年 {year['values']:,.0f} 个数逐月关账:{year['wall']:.0f} 秒,CPU {year['cpu']:.0f} 秒,峰值 {year['peak']:,.0f} MB",
            flush=True,
        )


if __name__ == "__main__":
    asked, asked_size = sys.argv[1:3]
    if asked in ("kernel", "warm", "month_by_month"):
        from ronghe.scoring.memory import use_quick_memory

        use_quick_memory()
    if asked not in ("pandas", "pandas_less", "apply", "apply_less"):
        sys.meta_path.insert(0, _NoPandas())
    assert asked_size in SIZES
    print(json.dumps(globals()[f"run_{asked}"](DATA / asked_size)))
