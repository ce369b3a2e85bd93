"""Histories to forecast, and the command run as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).parents[2]
History = list[tuple[str, Decimal | None]]


def make_history(figures: Iterable[float | str | None], start: str = "2023-01") -> History:
    """Figures of months that follow each other from `start` on; None: not reported."""
    year, month = map(int, start.split("-"))
    first = year * 12 + month - 1
    return [
        (f"{at // 12:04d}-{at % 12 + 1:02d}", None if figure is None else Decimal(str(figure))) for at, figure in enumerate(figures, first)
    ]


def run_command(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run `ronghe forecast`; a warning is an error."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C", "PYTHONHASHSEED": "random"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-W", "error", "-m", "ronghe.cli", "forecast", *arguments]
    return subprocess.run(command, capture_output=True, env=environment, check=False)


def write_csv(path: Path, rows: Sequence[Sequence[object]], header: str = "series,period,actual") -> str:
    path.write_text("\n".join([header, *(",".join(map(str, row)) for row in rows)]) + "\n", encoding="utf-8")
    return str(path)
