"""The command `ronghe score` (SCORING.md, The command). It starts no web application and opens no database."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

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
    figures = None
    try:
        # Imported late: a wrong scheme alone needs no Arrow, and --help nothing at all.
        from ronghe.scoring.figures import find_problems, read_figures

        if scheme is None:
            problems += find_problems(arguments.figures, None)
        else:
            figures = read_figures(arguments.figures, scheme)
    except InputError as error:
        problems += error.problems
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
        parts = score_parts(scheme, figures, engine=arguments.engine, spark_master=arguments.spark_master)
        write_parts(count(parts), arguments.out, format=arguments.format)
    except ModuleNotFoundError as error:
        return _say(f"引擎 {arguments.engine} 没有安装:{error.name}")
    except OSError as error:
        return _say(f"{arguments.out}: 结果写不进去:{error.strerror or error}")
    sys.stdout.write(f"{scheme.name}:{counted['totals']} 个单位期次、{counted['marks']} 项得分,已写入 {arguments.out}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ronghe score", description="按方案给指标数据计分,写出得分、总分、名次和差距四张表")
    parser.add_argument("--scheme", required=True, metavar="TOML", help="方案文件")
    parser.add_argument("--figures", required=True, metavar="FILE", help="指标数据:.csv、.parquet、.xlsx 或装有 .parquet 的文件夹")
    parser.add_argument("--out", required=True, metavar="DIR", help="结果写入的文件夹")
    parser.add_argument("--format", choices=("csv", "parquet"), default="csv", help="结果的格式,默认 csv")
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb", help="计算引擎,默认 duckdb")
    parser.add_argument("--spark-master", metavar="URL", help="Spark 集群地址,默认 local[2]")
    return parser


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
