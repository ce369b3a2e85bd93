"""`ronghe forecast` as an outsider runs it."""

import csv
import io
import random
import time
from pathlib import Path

import pytest

from bench.forecast_families import FAMILIES, draw_series
from tests.forecast.builders import run_command, write_csv

HEADER = b"series,method,estimate,low,high,backtest_error\n"


def rows_of(series: int, months: int = 36) -> list[tuple[str, str, object]]:
    families = list(FAMILIES)
    drawn = {f"s{number}": draw_series(families[number % len(families)], months, number) for number in range(series)}
    return [(name, period, figure) for name, figures in drawn.items() for period, figure in figures.items()]


def test_prints_bytes_that_can_be_reckoned(tmp_path: Path) -> None:
    rows = [("采油一站", f"2025-{month:02d}", 10) for month in range(1, 7)]
    path = write_csv(tmp_path / "f.csv", [*rows, *(("b", f"2025-{month:02d}", "1.500") for month in range(1, 13))])
    result = run_command("--history", path, "--as-of", "2025-06")
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout == HEADER + "采油一站,run_rate,120.00,120.00,120.00,0.00\nb,run_rate,18.000,18.000,18.000,0.00\n".encode()


def test_what_comes_after_as_of_is_not_looked_at(tmp_path: Path) -> None:
    rows = rows_of(len(FAMILIES))
    early = [row for row in rows if row[1] <= "2023-05"]
    wild = [(name, period, figure if period <= "2023-05" else 999_999) for name, period, figure in rows]
    later = [("only later", "2023-06", 5)]
    outputs = [
        run_command("--history", write_csv(tmp_path / f"{number}.csv", some), "--as-of", "2023-05").stdout
        for number, some in enumerate((rows, early, wild, [*rows, *later]))
    ]
    assert outputs[0].count(b"\n") == len(FAMILIES) + 1
    assert set(outputs) == {outputs[0]}


def test_twice_the_same_and_each_series_by_itself(tmp_path: Path) -> None:
    rows = rows_of(len(FAMILIES))
    mixed = random.Random(7).sample(rows, len(rows))
    plain = run_command("--history", write_csv(tmp_path / "a.csv", rows), "--as-of", "2023-08").stdout
    again = run_command("--history", write_csv(tmp_path / "a.csv", rows), "--as-of", "2023-08").stdout
    other = run_command("--history", write_csv(tmp_path / "b.csv", mixed), "--as-of", "2023-08").stdout
    alone = run_command("--history", write_csv(tmp_path / "c.csv", rows[:36]), "--as-of", "2023-08").stdout
    assert plain == again
    assert sorted(plain.splitlines()) == sorted(other.splitlines())
    assert alone.splitlines()[1] == plain.splitlines()[1]


def test_levels_by_column_or_by_name(tmp_path: Path) -> None:
    rows = [("rate", "2025-01", 90, "level"), ("rate", "2025-02", 92, ""), ("oil", "2025-01", 5, "sum"), ("oil", "2025-02", 5, "")]
    by_column = run_command("--history", write_csv(tmp_path / "k.csv", rows, "series,period,actual,kind"), "--as-of", "2025-02")
    by_name = run_command("--history", write_csv(tmp_path / "n.csv", [row[:3] for row in rows]), "--as-of", "2025-02", "--levels", "rate")
    assert by_column.stdout == by_name.stdout
    table = list(csv.DictReader(io.StringIO(by_column.stdout.decode())))
    assert [row["estimate"] for row in table] == ["91.00", "60.00"]


def test_every_problem_is_a_line_and_nothing_is_printed(tmp_path: Path) -> None:
    rows = [
        ("a", "2025-1", 1), ("a", "2025-02", "x"), ("", "2025-03", 1), ("a", "2025-04", "nan"), ("a", "", 1),
        ("a", "2025-05", 1), ("a", "2025-05", 2), ("a", "2025-06", '"1,234"'),
    ]  # fmt: skip
    path = write_csv(tmp_path / "f.csv", rows)
    result = run_command("--history", path, "--as-of", "2025-6")
    lines = result.stderr.decode().splitlines()
    assert (result.returncode, result.stdout) == (2, b"")
    assert [line.removeprefix(path).split(": ")[0] for line in lines] == [
        "--as-of:1:period", ":2:period", ":3:actual", ":4:series", ":5:actual", ":6:period", ":8:period", ":9:actual",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", ":1:series: 缺少必需的列"),
        (b"series,period,actual\n", ":1:series: 没有任何数据行"),
        (b"series,period\na,2025-01\n", ":1:actual: 缺少必需的列"),
        (b"series,period,actual,actual\na,2025-01,1,1\n", ":1:actual: 同名的列出现了两次"),
        (b"series,period,actual\na,2025-01\n", ":2:actual: 该行有 2 个单元格"),
        (b"series,period,actual\na,2025-01,\xb2\xe2\n", ":2:actual: 不是 UTF-8"),
        (b"series,period,actual,kind\na,2025-01,1,mean\n", ":2:kind: 应为 sum"),
        (b"series,period,actual,kind\na,2025-01,1,sum\na,2025-02,1,level\n", ":3:kind: 同一序列"),
        (b'series,period,actual\n"a,2025-01,1\n', "引号"),
        (b"series,period,actual\na,2025-01,1e999\n", ":2:actual: 数字过大"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, text: bytes, said: str) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(text)
    result = run_command("--history", str(path), "--as-of", "2025-06")
    assert (result.returncode, result.stdout) == (2, b"")
    assert said in result.stderr.decode()


def test_a_file_that_is_not_there_and_levels_unknown(tmp_path: Path) -> None:
    missing = run_command("--history", str(tmp_path / "no.csv"), "--as-of", "2025-06")
    assert (missing.returncode, "找不到文件" in missing.stderr.decode()) == (2, True)
    path = write_csv(tmp_path / "f.csv", [("a", "2025-01", 1)])
    unknown = run_command("--history", path, "--as-of", "2025-06", "--levels", "b")
    assert (unknown.returncode, "文件中没有这个序列:b" in unknown.stderr.decode()) == (2, True)


def test_bom_quotes_floats_and_empty_cells_are_read(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes('\ufeffperiod,series,actual\r\n2025-01,"甲,乙",1.0000000001\r\n2025-02,"甲,乙",\r\n2025-03,"甲,乙",1e0\r\n'.encode())
    result = run_command("--history", str(path), "--as-of", "2025-03")
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.decode().splitlines()[1].startswith('"甲,乙",run_rate,12.0000')


def test_many_series_take_seconds(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "f.csv", rows_of(300))
    started = time.monotonic()
    result = run_command("--history", path, "--as-of", "2023-06")
    assert result.returncode == 0
    assert result.stdout.count(b"\n") == 301
    assert time.monotonic() - started < 20  # about 1 s of CPU; the rest is for a busy machine


def test_help_needs_no_numpy_and_no_django(tmp_path: Path) -> None:
    result = run_command("--help")
    assert result.returncode == 0
    assert b"--as-of" in result.stdout
