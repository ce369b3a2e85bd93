"""The child process that parses: under limits, one request from standard input, the answer to standard output.

Input: one JSON line, then the file's bytes. Output: JSON lines, {"progress": [stage, done, total]} while working, and last
the answer. This module answers {"grids": …} or {"refused": message}; `figures/reading/child.py` answers with a reading.
"""

import json
import resource
import sys
from collections.abc import Callable
from typing import Any

from ronghe.common.sheets import limits
from ronghe.common.sheets.container import NotASheetError, find_kind
from ronghe.common.sheets.grid import SheetTooLargeError, dump_grid
from ronghe.common.sheets.load import load_grids


def set_limits() -> None:
    """Bound memory and CPU of this process; no files may be written and none kept open beyond a few."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.CHILD_MEMORY, limits.CHILD_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.CHILD_CPU_SECONDS, limits.CHILD_CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def write_line(values: dict[str, Any]) -> None:
    """Write one line of the answer."""
    sys.stdout.write(json.dumps(values, ensure_ascii=True, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def report_progress(stage: str, done: int, total: int) -> None:
    """Tell the parent how far the work is."""
    write_line({"progress": [stage, done, total]})


def answer_grids(job: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Give the sheets of the file as plain cells."""
    try:
        return {"grids": [dump_grid(grid) for grid in load_grids(data, find_kind(data), report_progress)]}
    except (NotASheetError, SheetTooLargeError) as trouble:
        return {"refused": str(trouble)}


def run_job(answer_job: Callable[[dict[str, Any], bytes], dict[str, Any]]) -> int:
    """Run one job. Anything unforeseen ends the process with status 3; the parent has a message for it."""
    set_limits()
    job = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read(limits.MAX_BYTES + 1)
    try:
        answer = answer_job(job, data)
    except MemoryError:
        return 4
    write_line(answer)
    return 0


if __name__ == "__main__":
    sys.exit(run_job(answer_grids))
