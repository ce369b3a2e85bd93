"""The child process that parses: under limits, one request from standard input, the answer to standard output.

Input: one JSON line {mode, filename, request}, then the file's bytes. Output: JSON lines, {"progress": [stage, done,
total]} while working, and last {"reading": …} or {"grids": …} or {"refused": message}.
"""

import json
import resource
import sys
from typing import Any

from ronghe.figures.reading import limits
from ronghe.figures.reading.container import NotASheetError, find_kind
from ronghe.figures.reading.grid import dump_grid
from ronghe.figures.reading.parse import load_grids, parse_sheet
from ronghe.figures.reading.request import load_request
from ronghe.figures.reading.result import dump_reading


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


def answer_job(job: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Do what is asked and give the answer's values."""
    if job["mode"] == "read":
        return {"reading": dump_reading(parse_sheet(data, job["filename"], load_request(job["request"]), report_progress))}
    try:
        return {"grids": [dump_grid(grid) for grid in load_grids(data, find_kind(data), report_progress)]}
    except NotASheetError as trouble:
        return {"refused": str(trouble)}


def main() -> int:
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
    sys.exit(main())
