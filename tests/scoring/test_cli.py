"""The command as a person runs it (SCORING.md, The command)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import ronghe

SOURCE = Path(ronghe.__file__).parent.parent
EXAMPLES = SOURCE.parent / "docs" / "examples"
FILES = ["gaps.csv", "marks.csv", "places.csv", "totals.csv"]


def ronghe_score(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ronghe.cli", "score", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def prepare(folder: Path, figures: str | bytes, scheme: str | None = None) -> list[str]:
    text = scheme or (EXAMPLES / "completion" / "scheme.toml").read_text(encoding="utf-8")
    (folder / "scheme.toml").write_text(text, encoding="utf-8")
    (folder / "figures.csv").write_bytes(figures.encode() if isinstance(figures, str) else figures)
    return ["--scheme", "scheme.toml", "--figures", "figures.csv", "--out", "results"]


@pytest.mark.parametrize("example", ["efficacy", "completion"])
def test_the_published_examples_come_out(example: str, tmp_path: Path) -> None:
    folder = EXAMPLES / example

    done = ronghe_score(folder, "--scheme", "scheme.toml", "--figures", "figures.csv", "--out", str(tmp_path / "out"))

    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == FILES
    for name in FILES:
        assert (tmp_path / "out" / name).read_bytes() == (folder / "results" / name).read_bytes(), name


def test_two_runs_are_byte_identical_and_replace_each_other(tmp_path: Path) -> None:
    arguments = prepare(tmp_path, (EXAMPLES / "completion" / "figures.csv").read_bytes())

    first = ronghe_score(tmp_path, *arguments)
    written = {name: (tmp_path / "results" / name).read_bytes() for name in FILES}
    again = ronghe_score(tmp_path, *arguments)

    assert (first.returncode, again.returncode) == (0, 0)
    assert written == {name: (tmp_path / "results" / name).read_bytes() for name in FILES}


def test_wrong_figures_end_with_2_every_problem_and_nothing_written(tmp_path: Path) -> None:
    arguments = prepare(tmp_path, "unit,period,indicator,actual,target\nA,2026-10,gas,95%,\nB,2026Q1,oil,1,2\n")

    done = ronghe_score(tmp_path, *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "figures.csv:2:indicator: 方案中没有指标 gas",
        "figures.csv:2:actual: 应为数字:95%",
        "figures.csv:3:period: 期间种类不符:2026Q1 是季,本方案按月考核",
    ]
    assert not (tmp_path / "results").exists()


def test_a_wrong_scheme_and_wrong_figures_are_told_together(tmp_path: Path) -> None:
    arguments = prepare(tmp_path, "unit,period,indicator,actual\nA,2026-10,oil,x\n", "[scheme\n")

    done = ronghe_score(tmp_path, *arguments)

    assert done.returncode == 2
    assert [line.rsplit(": ", 1)[0].split(": ")[0] for line in done.stderr.splitlines()] == ["scheme.toml:1:8", "figures.csv:2:actual"]


def test_files_that_are_not_there(tmp_path: Path) -> None:
    done = ronghe_score(tmp_path, "--scheme", "no.toml", "--figures", "no.csv", "--out", "results")

    assert done.returncode == 2
    assert done.stderr.splitlines() == ["no.toml:1:1: 找不到文件", "no.csv:1:-: 找不到文件"]


def test_parquet_comes_out_typed(tmp_path: Path) -> None:
    arguments = prepare(tmp_path, (EXAMPLES / "completion" / "figures.csv").read_bytes())

    done = ronghe_score(tmp_path, *arguments, "--format", "parquet")

    assert done.returncode == 0
    assert sorted(path.name for path in (tmp_path / "results").iterdir()) == [name.replace("csv", "parquet") for name in FILES]
    totals = pq.read_table(tmp_path / "results" / "totals.parquet")
    assert str(totals.schema.field("total").type) == "decimal128(38, 2)"


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    arguments = prepare(tmp_path, (EXAMPLES / "completion" / "figures.csv").read_bytes())
    (tmp_path / "results").write_text("in the way")

    done = ronghe_score(tmp_path, *arguments)

    assert done.returncode == 2
    assert done.stderr.startswith("results: 结果写不进去")
