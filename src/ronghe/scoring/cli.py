"""The command `ronghe score` (SCORING.md, The command). It starts no web application and opens no database."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ronghe.scoring.problems import InputError, Problem
from ronghe.scoring.scheme import load_scheme
from ronghe.scoring.scheme_model import Scheme

WRONG_INPUT = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Score a figures file and write the result tables; `argv` begins after the word `score`.

    Returns 0 where results were written, 2 where an input is wrong: then every problem is a line on stderr and
    nothing was written.
    """
    arguments = _parser().parse_args(argv)
    problems: list[Problem] = []
    scheme = _load_scheme(arguments.scheme, problems)
    try:
        if scheme is not None and _is_spread(arguments):
            counted = _score_spread(arguments, scheme)
            if counted is not None:
                return _told(scheme, counted, arguments.out)
        figures = _read(arguments.figures, scheme, problems)
    except InputError as error:
        return _refuse(problems + list(error.problems))
    except (ModuleNotFoundError, OSError) as error:
        return _failed(error, arguments)
    if problems or scheme is None or figures is None:
        return _refuse(problems)

    from ronghe.scoring.engine import score_parts
    from ronghe.scoring.results import Results, write_parts

    counted = {"totals": 0, "marks": 0}

    def count(parts: Iterable[Results]) -> Iterator[Results]:
        for part in parts:
            for name in counted:
                counted[name] += part.table(name).num_rows
            yield part

    try:
        settings = dict(arguments.spark_conf)
        parts = score_parts(scheme, figures, engine=arguments.engine, spark_master=arguments.spark_master, spark_settings=settings)
        write_parts(count(parts), arguments.out, format=arguments.format)
    except (ModuleNotFoundError, OSError) as error:
        return _failed(error, arguments)
    return _told(scheme, counted, arguments.out)


def _read(path: str, scheme: Scheme | None, problems: list[Problem]) -> Any:
    # Imported late: a wrong scheme alone needs no Arrow, and --help nothing at all.
    from ronghe.scoring.figures import find_problems, read_figures
    from ronghe.scoring.memory import use_quick_memory

    use_quick_memory()
    if scheme is not None:
        return read_figures(path, scheme)
    if "://" not in path:
        problems += find_problems(path, None)
    return None


def _is_spread(arguments: argparse.Namespace) -> bool:
    """Tell whether the executors read and write: a folder of Parquet in, Parquet out."""
    if arguments.engine != "spark" or arguments.format != "parquet":
        return False
    return "://" in arguments.figures or Path(arguments.figures).is_dir()


def _score_spread(arguments: argparse.Namespace, scheme: Scheme) -> dict[str, int] | None:
    """Score on Spark's executors; None where this process has to read the figures."""
    import pyspark  # noqa: F401  (a missing one is told before anything starts)

    from ronghe.scoring.spark_folder import CannotTell, score_folder

    try:
        return score_folder(scheme, arguments.figures, arguments.out, master=arguments.spark_master, settings=dict(arguments.spark_conf))
    except CannotTell as error:
        if "://" in arguments.figures:
            raise InputError([Problem(arguments.figures, "1", "-", str(error), 1)]) from error
        sys.stderr.write(f"{arguments.figures}: {error},改由本进程读入\n")
        return None


def _told(scheme: Scheme, counted: dict[str, int], out: str) -> int:
    sys.stdout.write(f"{scheme.name}:{counted['totals']} 个单位期次、{counted['marks']} 项得分,已写入 {out}\n")
    return 0


def _failed(error: Exception, arguments: argparse.Namespace) -> int:
    if isinstance(error, ModuleNotFoundError):
        return _say(f"引擎 {arguments.engine} 没有安装:{error.name}")
    return _say(f"{arguments.out}: 结果写不进去:{getattr(error, 'strerror', None) or error}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ronghe score", description="按方案给指标数据计分,写出得分、总分、名次和差距四张表")
    parser.add_argument("--scheme", required=True, metavar="TOML", help="方案文件")
    parser.add_argument(
        "--figures",
        required=True,
        metavar="FILE",
        help="指标数据:.csv、.parquet、.xlsx 或装有 .parquet 的文件夹;Spark 也可用 hdfs:// 等地址",
    )
    parser.add_argument("--out", required=True, metavar="DIR", help="结果写入的文件夹")
    parser.add_argument("--format", choices=("csv", "parquet"), default="csv", help="结果的格式,默认 csv")
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb", help="计算引擎,默认 duckdb")
    master = os.environ.get("RONGHE_SPARK_MASTER", "local[2]")
    parser.add_argument(
        "--spark-master", metavar="URL", default=master, help="Spark 集群地址,默认取环境变量 RONGHE_SPARK_MASTER,没有则 local[2]"
    )
    setting = "Spark 的设置,可多次,如 spark.executor.memory=8g"
    parser.add_argument("--spark-conf", metavar="KEY=VALUE", type=_setting, action="append", default=[], help=setting)
    return parser


def _setting(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not (key and equals):
        raise argparse.ArgumentTypeError(f"应为 KEY=VALUE:{text}")
    return key, value


def _load_scheme(path: str, problems: list[Problem]) -> Scheme | None:
    try:
        return load_scheme(path)
    except InputError as error:
        problems += error.problems
    except OSError as error:
        message = "找不到文件" if not Path(path).exists() else f"文件读不出来:{error.strerror or error}"
        problems.append(Problem(path, "1", "1", message, 1))
    return None


def _refuse(problems: list[Problem]) -> int:
    sys.stderr.write("".join(f"{problem}\n" for problem in problems))
    return WRONG_INPUT


def _say(message: str) -> int:
    sys.stderr.write(message + "\n")
    return WRONG_INPUT


if __name__ == "__main__":
    sys.exit(main())
