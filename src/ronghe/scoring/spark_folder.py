"""A folder of Parquet in, folders of Parquet out, on Spark's executors: figures and results pass through no single process.

Figures lie as `period=2026-10/part-*.parquet` (or have a column `period`), results as `marks.parquet/period=2026-10/part-*.parquet`
and so on; each period is scored and written by itself and replaces that period's folders alone. The executors look whether a period
holds anything wrong; only then are its rows read here and explained by the same checks as any other file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ronghe.scoring.compile import compile_sql
from ronghe.scoring.figures_checks import Checker, check_header
from ronghe.scoring.figures_raw import RawFigures, broken_file
from ronghe.scoring.parameters import parameter_tables
from ronghe.scoring.problems import FiguresError, Problem
from ronghe.scoring.run_spark import open_session, run_steps, show_parameters, too_long
from ronghe.scoring.scheme_model import Scheme
from ronghe.scoring.spark_checks import CannotTell, list_figures, spoilt_periods, text_of
from ronghe.scoring.spark_store import Store
from ronghe.scoring.spark_tables import result_frames
from ronghe.scoring.tables import RESULT_NAMES

UNITS_A_FILE = 10_000
_FILE, _ROW = "ronghe file", "ronghe row"


def score_folder(
    scheme: Scheme, folder: str, out: str, *, master: str = "local[2]", settings: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Score a folder of Parquet, a path or an address that Spark can read, and write the four tables under `out`.

    Returns how many rows of marks and totals were written. Raises FiguresError with every problem, and CannotTell where
    this process has to read the figures itself (`figures.read_figures`); then nothing was written.
    """
    session = open_session(master, settings, spread=True)
    raw = _read(session, folder)
    given = _checked(session, raw, scheme, folder)
    counted = {"marks": 0, "totals": 0}
    narrow = True
    with Store(session, out) as store:
        for period in sorted(row.period for row in given.select("period").distinct().collect()):
            rows = given.where(given.period == period)
            try:
                _write_period(session, scheme, rows, period, store, narrow=narrow)
            except Exception as error:
                if not narrow or not (too_long(error) or isinstance(error, ValueError)):
                    raise
                # Where one period's numbers are too long for 64 bits, the others' will be too.
                narrow = False
                _write_period(session, scheme, rows, period, store, narrow=narrow)
            for name in counted:
                counted[name] += session.read.parquet(store.place(name, period)).count()
    return counted


def _read(session: Any, folder: str) -> Any:
    from pyspark.errors import AnalysisException

    root = folder.rstrip("/")
    while "=" in root.rpartition("/")[2]:
        root = root.rpartition("/")[0] or "/"
    try:
        return session.read.option("basePath", root).parquet(folder)
    except AnalysisException as error:
        message = str(error).splitlines()[0]
        if "UNABLE_TO_INFER_SCHEMA" in message:
            message = "文件夹里没有 .parquet 文件"
        elif "PATH_NOT_FOUND" in message:
            message = "找不到文件"
        raise FiguresError(broken_file(folder, message).problems) from error


def _checked(session: Any, raw: Any, scheme: Scheme, folder: str) -> Any:
    """Return the rows of `tables.GIVEN`. Raises FiguresError with the problems of every period that has any."""
    if check_header(folder, [name.strip() for name in raw.columns]):
        raise FiguresError(_explain(raw, scheme, folder))
    given = list_figures(raw, scheme)
    spoilt = spoilt_periods(given)
    if spoilt is not None:
        problems = _explain(raw, scheme, folder, spoilt)
        if not problems:
            raise RuntimeError(f"the executors and this process disagree about the figures of {spoilt}")
        raise FiguresError(problems)
    return given.drop("wrong")


def _explain(raw: Any, scheme: Scheme, folder: str, periods: Sequence[str | None] = ()) -> list[Problem]:
    """Read the rows of these periods (of all, where none is given) in the order of their files, and say what is wrong with each."""
    from pyspark.sql import functions as f

    rows = raw.select("*", f.col("_metadata.file_path").alias(_FILE), f.col("_metadata.row_index").alias(_ROW))
    if periods:
        wanted = raw.sparkSession.createDataFrame([(period,) for period in periods], "wanted string")
        name = next(name for name in raw.columns if name.strip() == "period")
        rows = rows.join(f.broadcast(wanted), text_of(raw, name).eqNullSafe(f.col("wanted")), "left_semi")
    table = rows.orderBy(_FILE, _ROW).toArrow()
    files, numbers = table[_FILE].to_pylist(), table[_ROW].to_pylist()
    inside = "/" + (folder.partition("://")[2] or str(Path(folder).absolute())).strip("/")

    def locate(indices: list[int]) -> list[tuple[str, int]]:
        return [(folder.rstrip("/") + unquote(files[index]).rpartition(inside)[2], numbers[index] + 2) for index in indices]

    return Checker(RawFigures(folder, table.drop_columns([_FILE, _ROW]), locate), scheme).check()[1]


def _write_period(session: Any, scheme: Scheme, rows: Any, period: str, store: Store, *, narrow: bool) -> None:
    # Units, figures and notes are each made from it: it is read once.
    rows.localCheckpoint(eager=False).createOrReplaceTempView("given")
    tracks = [row.track for row in session.table("given").select("track").distinct().collect()]
    show_parameters(session, parameter_tables(scheme, tracks), narrow=narrow)
    frames = run_steps(session, compile_sql(scheme, "spark"), narrow=narrow)
    units = frames["named_places"].count()
    tables = result_frames(scheme, frames, files=max(1, -(-units // UNITS_A_FILE)))
    for name in RESULT_NAMES:
        tables[name].write.mode("overwrite").option("compression", "snappy").parquet(store.place(name, period))


__all__ = ["CannotTell", "score_folder"]
