"""The command `ronghe forecast` (docs/forecast.md). It starts no web application and opens no database."""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from pathlib import Path

from ronghe.forecast.model import Forecast
from ronghe.forecast.months import parse_month
from ronghe.forecast.reading import SeriesHistory, read_history
from ronghe.scoring.problems import InputError

WRONG_INPUT = 2
HEADER = ("series", "method", "estimate", "low", "high", "backtest_error")
_FEWEST_DECIMALS, _MOST_DECIMALS = 2, 6


def main(argv: Sequence[str] | None = None) -> int:
    """Forecast every series of a history file and print CSV; `argv` begins after the word `forecast`.

    Returns 0 where results were printed, 2 where an input is wrong: then every problem is a line on stderr and nothing
    was printed.
    """
    arguments = _parser().parse_args(argv)
    problems: list[str] = []
    try:
        parse_month(arguments.as_of)
    except ValueError as error:
        problems.append(f"--as-of:1:period: {error}")
    levels = [name.strip() for name in arguments.levels.split(",") if name.strip()]
    series = _read(arguments.history, levels, problems)
    if problems:
        sys.stderr.write("".join(f"{problem}\n" for problem in problems))
        return WRONG_INPUT
    text = _write_table(_forecast_all(series, arguments.as_of))
    # Bytes, so that neither the locale nor the system's line ends change the result.
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ronghe forecast", description="按各序列自己的历史预测全年,打印 CSV")
    parser.add_argument("--history", required=True, metavar="CSV", help="历史数据:列 series、period(如 2025-06)、actual,可加 kind")
    parser.add_argument("--as-of", required=True, metavar="MONTH", help="截至月份,如 2025-06;其后的行不看")
    parser.add_argument("--levels", default="", metavar="A,B", help="不能逐月相加的序列(率、水平),预测全年各月的平均")
    return parser


def _read(path: str, levels: Sequence[str], problems: list[str]) -> list[SeriesHistory]:
    try:
        return read_history(path, levels)
    except InputError as error:
        problems += [str(problem) for problem in error.problems]
    except OSError as error:
        message = "找不到文件" if not Path(path).exists() else f"文件读不出来:{error.strerror or error}"
        problems.append(f"{path}:1:-: {message}")
    return []


def _forecast_all(series: Iterable[SeriesHistory], as_of: str) -> Iterable[tuple[SeriesHistory, Forecast]]:
    # Imported late: a wrong file needs no NumPy.
    from ronghe.forecast.series import forecast_series  # noqa: PLC0415

    for one in series:
        # A series that begins later is not there yet.
        if any(period <= as_of for period in one.figures):
            yield one, forecast_series(list(one.figures.items()), as_of=as_of, kind=one.kind)


def _write_table(results: Iterable[tuple[SeriesHistory, Forecast]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for series, forecast in results:
        decimals = min(max(series.decimals, _FEWEST_DECIMALS), _MOST_DECIMALS)
        numbers = (forecast.estimate, forecast.low, forecast.high)
        cells = [_write_number(number, decimals) for number in numbers]
        writer.writerow((series.name, forecast.method, *cells, _write_number(forecast.backtest_error, 2)))
    return text.getvalue()


def _write_number(number: Decimal | None, decimals: int) -> str:
    if number is None:
        return ""
    with localcontext(prec=60):
        rounded = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)
    return format(abs(rounded) if rounded == 0 else rounded, "f")


if __name__ == "__main__":
    sys.exit(main())
